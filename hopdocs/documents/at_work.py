"""Which areas and professionals a reader sees: one answer, and every paper asks it.

That an area works with somebody is itself knowledge: "Handicap og Psykiatri" beside a name tells one home about the
other, in a list of participants as in the plan's own table. A person of the family knows the areas that work with
the own household and the own children, and of health areas those that work with herself; a professional, the
colleagues whose area somebody whom they serve lets share, where one person's consent covers both areas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.audience import AreaReader, Concern, MemberReader

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.model.values import AreaCode, MemberKey, StaffId


def may_see_area_at_work(
    audience: Audience, area: AreaCode | None, served: tuple[MemberKey, ...], readers: Iterable[Reader]
) -> bool:
    """Whether all these readers may know that an area works with those it serves; none named is the whole family."""
    return area is None or all(_may_know_of_work(audience, reader, area, served) for reader in readers)


def _may_know_of_work(audience: Audience, reader: Reader, area: AreaCode, served: tuple[MemberKey, ...]) -> bool:
    if isinstance(reader, AreaReader):
        return area == reader.area or _may_share(audience, reader.area, area, served)
    return audience.may_see(reader, Concern(served, area))


def _may_share(audience: Audience, viewer: AreaCode, area: AreaCode, served: tuple[MemberKey, ...]) -> bool:
    """Whether anybody whom it serves lets an area share, and somebody's consent covers both areas.

    What was taken back, or never given, names nobody.
    """
    is_health = audience.config.is_health(area) or audience.config.is_health(viewer)
    shared = {key: item.areas if is_health else item.with_lapsed for key, item in audience.sharing.items()}
    is_let = any(area in shared[member] for member in served or shared)
    return is_let and any({viewer, area} <= areas for areas in shared.values())


def may_see_plan_of_area(audience: Audience, area: AreaCode, reader: Reader) -> bool:
    """Whether a plan of an area, which names nobody, may stand in a copy: it tells whom the area works with.

    Where nothing says whom that is, only a family in one home may read it.
    """
    everybody = tuple(audience.family.members)
    served = served_by_area(audience, area)
    if isinstance(reader, MemberReader):
        if not served and not all(audience.share_household(reader.member, other) for other in everybody):
            return False
        return may_see_area_at_work(audience, area, served, (reader,))
    return any(audience.may_see(reader, Concern((member,), area)) for member in served or everybody)


def served_by(audience: Audience, staff: StaffId, on: date) -> tuple[MemberKey, ...]:
    """Whom a professional works with; one may have several lines on the team."""
    lines = (line for line in audience.family.team_on(on) if line.staff == staff)
    return tuple(dict.fromkeys(member for line in lines for member in line.for_))


def served_by_area(audience: Audience, area: AreaCode) -> tuple[MemberKey, ...]:
    """Whom an area works with, or has: what its cases, its people on the team and its work in the plan say."""
    family, plan = audience.family, audience.family.plan
    named = [case.for_ for case in family.cases if case.area == area]
    named += [line.for_ for line in family.team if audience.area_of(line.staff) == area]
    if plan is not None:
        named += [activity.for_ for activity in plan.activities if activity.area == area]
        named += [sector.for_ for sector in plan.sector_plans if sector.area == area]
    return tuple(dict.fromkeys(member for members in named for member in members))
