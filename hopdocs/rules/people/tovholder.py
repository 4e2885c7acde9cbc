"""Exactly one tovholder, with authority and on the team (samarbejdsaftale 2023, Tovholder)."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks
from hopdocs.domain.tovholder import is_available
from hopdocs.model.meeting import MeetingType
from hopdocs.rules.context import error, in_words, warn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.diagnostics import Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.people import TovholderPeriod
    from hopdocs.model.scalars.values import StaffId

_ONE_DAY = timedelta(days=1)


def check_one_at_a_time(day: FamilyDay) -> Iterator[Finding]:
    """The role passes from one to the next: no two at once but on the day of the shift, no day without."""
    in_order = sorted(enumerate(day.family.tovholder), key=lambda item: item[1].from_)
    for (_, earlier), (index, later) in pairwise(in_order):
        if earlier.from_ == later.from_ or (earlier.to is not None and earlier.to > later.from_):
            yield error(
                "HD228",
                ("tovholder", index, "from"),
                blocks=Blocks.FAMILY,
                one=earlier.staff,
                other=later.staff,
                date=later.from_.isoformat(),
            )
        elif earlier.to is not None and earlier.to + _ONE_DAY < later.from_:
            yield error(
                "HD229",
                ("tovholder", index, "from"),
                blocks=Blocks.FAMILY,
                start=(earlier.to + _ONE_DAY).isoformat(),
                end=(later.from_ - _ONE_DAY).isoformat(),
            )


def check_there_is_one(day: FamilyDay) -> Iterator[Finding]:
    """From the first meeting of the team on somebody holds the threads; until then it is the coordinator."""
    if day.family.tovholder_on(day.today) is not None:
        return
    begun = day.held(*MeetingType)
    if begun:
        yield warn("HD230", ("tovholder",), missing=True, coordinator=day.config.project_coordinator)


def check_authority(day: FamilyDay) -> Iterator[Finding]:
    """Only an authority adviser can hold the role, never a provider."""
    for index, period in enumerate(day.family.tovholder):
        if not _has_authority(day, period.staff):
            yield error(
                "HD203",
                ("tovholder", index, "staff"),
                blocks=Blocks.FAMILY,
                staff=period.staff,
                choices=_eligible(day, period.from_),
            )


def check_on_team(day: FamilyDay) -> Iterator[Finding]:
    """The tovholder is one of the team on the day the role begins, and stays so while holding it."""
    for index, period in enumerate(day.family.tovholder):
        if period.staff not in _team_on(day, period.from_):
            yield error(
                "HD231",
                ("tovholder", index, "staff"),
                blocks=Blocks.FAMILY,
                staff=period.staff,
                date=period.from_.isoformat(),
                choices=_eligible(day, period.from_),
            )
        elif (
            day.is_running
            and day.family.tovholder_on(day.today) is period
            and period.staff not in _team_on(day, day.today)
        ):
            yield warn("HD232", ("tovholder", index, "staff"), staff=period.staff)


def _team_on(day: FamilyDay, on: date) -> tuple[StaffId, ...]:
    return tuple(line.staff for line in day.family.team_on(on))


def _has_authority(day: FamilyDay, staff: StaffId) -> bool:
    return staff in day.config.staff and day.config.staff[staff].authority


def _eligible(day: FamilyDay, on: date) -> str:
    """Who on that day's team could be tovholder; if there is nobody, everyone with authority."""
    on_team = [staff for staff in dict.fromkeys(_team_on(day, on)) if _has_authority(day, staff)]
    return in_words(on_team or [staff for staff in day.config.staff if _has_authority(day, staff)])


def check_shifts(day: FamilyDay) -> Iterator[Finding]:
    """When the role passes to somebody else, the file says why."""
    in_order = sorted(enumerate(day.family.tovholder), key=lambda item: item[1].from_)
    for (_, earlier), (index, later) in pairwise(in_order):
        if later.staff != earlier.staff and later.reason is None:
            yield warn("HD233", ("tovholder", index, "reason"), missing=True, one=earlier.staff, other=later.staff)


def check_substitute(day: FamilyDay) -> Iterator[Finding]:
    """Somebody can be called when the tovholder is away."""
    period = day.family.tovholder_on(day.today)
    if period is None:
        return
    index = day.family.tovholder.index(period)
    substitute = _substitute(day, period)
    if substitute is None:
        yield warn("HD234", ("tovholder", index, "substitute"), missing=True, staff=period.staff)
    elif not is_available(day.config, period.staff, day.today) and not is_available(day.config, substitute, day.today):
        yield warn("HD235", ("tovholder", index, "staff"), staff=period.staff, substitute=substitute)


def _substitute(day: FamilyDay, period: TovholderPeriod) -> StaffId | None:
    known = day.config.staff.get(period.staff)
    return period.substitute or (known.substitute if known is not None else None)
