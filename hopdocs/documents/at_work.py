"""Which areas and professionals a reader sees: one answer, and every paper asks it.

That an area works with somebody is itself knowledge: "Handicap og Psykiatri" beside a name tells one home about the
other, in a list of participants as in the plan's own table. A person of the family knows the areas that work with
the own household and the own children, and of health areas those that work with herself; a professional, the
colleagues who serve somebody whose consent covers both areas.

Who sits at a table is seen by all who sit there. Her name stands in its papers, and colleagues know each other where
anybody's consent covers both areas: that names nobody whom they work with. Who serves only people who no longer let
her area share does not sit there at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.audience import AreaReader, Concern, MemberReader
from hopdocs.domain.family_day import worked_out_once
from hopdocs.domain.meetings import caller_of
from hopdocs.domain.team import is_area_open

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.scalars.values import AreaCode, MemberKey, StaffId


def may_see_area_at_work(
    audience: Audience, area: AreaCode | None, served: tuple[MemberKey, ...], readers: Iterable[Reader]
) -> bool:
    """Whether all these readers may know that an area works with those it serves; none named is the whole family."""
    return area is None or all(_may_know_of_work(audience, reader, area, served) for reader in readers)


def may_know_at_table(
    audience: Audience, area: AreaCode | None, served: tuple[MemberKey, ...], readers: Iterable[Reader]
) -> bool:
    """Whether all these readers may know where somebody works who sits at their table, or is the family's tovholder."""
    return area is None or all(_may_know_colleague(audience, reader, area, served) for reader in readers)


def _may_know_of_work(audience: Audience, reader: Reader, area: AreaCode, served: tuple[MemberKey, ...]) -> bool:
    if isinstance(reader, AreaReader):
        return audience.is_covered(frozenset((reader.area, area)), served)
    return audience.may_see(reader, Concern(served, area))


def _may_know_colleague(audience: Audience, reader: Reader, area: AreaCode, served: tuple[MemberKey, ...]) -> bool:
    if isinstance(reader, AreaReader):
        return audience.is_covered(frozenset((area,)), served) and audience.is_covered(
            frozenset((reader.area, area)), ()
        )
    return _may_know_of_work(audience, reader, area, served)


def coming_staff(audience: Audience, meeting: Meeting) -> tuple[StaffId, ...]:
    """The professionals who are asked to a meeting, less those whose area nobody whom they serve lets share today.

    A meeting's own day decides who is asked; a paper of it that is made later lists nobody whose area was taken back
    since. A stand-in serves whom the other serves. Where there is no consent at all, the gate decides.
    """
    consents = audience.day.consents
    away = {stand_in: staff for staff, stand_in in meeting.stand_ins.items()}

    caller = caller_of(meeting, audience.config)

    def is_let(staff: StaffId) -> bool:
        area, instead_of = audience.area_of(staff), away.get(staff, staff)
        return area is None or instead_of == caller or is_area_open(consents, area, instead_of, meeting.date)

    coming = audience.day.invited_staff(meeting)
    return tuple(staff for staff in coming if is_let(staff)) if consents.signed_areas else coming


def may_see_plan_of_area(audience: Audience, area: AreaCode, reader: Reader) -> bool:
    """Whether a plan of an area, which names nobody, may stand in a copy: it tells whom the area works with.

    It may be about each of them. Where nothing says whom it works with, only a family in one home may read it.
    """
    everybody = tuple(audience.family.members)
    served = served_by_area(audience, area)
    if isinstance(reader, MemberReader):
        if not served and not all(audience.share_household(reader.member, other) for other in everybody):
            return False
        return may_see_area_at_work(audience, area, served, (reader,))
    if served:
        return audience.may_see(reader, Concern(served, area))
    return any(audience.may_see(reader, Concern((member,), area)) for member in everybody)


def served_by(audience: Audience, staff: StaffId, on: date) -> tuple[MemberKey, ...]:
    """Whom a professional works with; one may have several lines on the team."""
    lines = (line for line in audience.family.team_on(on) if line.staff == staff)
    return tuple(dict.fromkeys(member for line in lines for member in line.for_))


def served_by_area(audience: Audience, area: AreaCode) -> tuple[MemberKey, ...]:
    """Whom an area works with, or has: what its cases, its people on the team and its work in the plan say."""
    return _served_by_area(audience.day, area)


@worked_out_once
def _served_by_area(day: FamilyDay, area: AreaCode) -> tuple[MemberKey, ...]:
    family, plan, staff = day.family, day.family.plan, day.config.staff
    named = [case.for_ for case in family.cases if case.area == area]
    named += [line.for_ for line in family.team if line.staff in staff and staff[line.staff].area == area]
    if plan is not None:
        named += [activity.for_ for activity in plan.activities if activity.area == area]
        named += [sector.for_ for sector in plan.sector_plans if sector.area == area]
    return tuple(dict.fromkeys(member for members in named for member in members))
