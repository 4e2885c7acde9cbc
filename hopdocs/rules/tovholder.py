"""Exactly one tovholder, with authority and on the team (samarbejdsaftale 2023, Tovholder)."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks
from hopdocs.domain.meetings import held_meetings
from hopdocs.domain.tovholder import is_available
from hopdocs.model.meeting import MeetingType
from hopdocs.rules.context import error, in_words, warn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.diagnostics import Finding
    from hopdocs.model.people import TovholderPeriod
    from hopdocs.model.values import StaffId
    from hopdocs.rules.context import Course

_ONE_DAY = timedelta(days=1)


def check_one_at_a_time(course: Course) -> Iterator[Finding]:
    """The role passes from one to the next: no two at once but on the day of the shift, no day without."""
    in_order = sorted(enumerate(course.family.tovholder), key=lambda item: item[1].from_)
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


def check_there_is_one(course: Course) -> Iterator[Finding]:
    """From the first meeting of the team on somebody holds the threads; until then it is the coordinator."""
    if course.family.tovholder_on(course.today) is not None:
        return
    begun = held_meetings(course.family, course.today, *MeetingType)
    if begun:
        yield warn("HD230", ("tovholder",), missing=True, coordinator=course.config.project_coordinator)


def check_authority(course: Course) -> Iterator[Finding]:
    """Only an authority adviser can hold the role, never a provider."""
    for index, period in enumerate(course.family.tovholder):
        if not _has_authority(course, period.staff):
            yield error(
                "HD203",
                ("tovholder", index, "staff"),
                blocks=Blocks.FAMILY,
                staff=period.staff,
                choices=_eligible(course, period.from_),
            )


def check_on_team(course: Course) -> Iterator[Finding]:
    """The tovholder is one of the team on the day the role begins, and stays so while holding it."""
    for index, period in enumerate(course.family.tovholder):
        if period.staff not in _team_on(course, period.from_):
            yield error(
                "HD231",
                ("tovholder", index, "staff"),
                blocks=Blocks.FAMILY,
                staff=period.staff,
                date=period.from_.isoformat(),
                choices=_eligible(course, period.from_),
            )
        elif (
            course.is_running
            and course.family.tovholder_on(course.today) is period
            and period.staff not in _team_on(course, course.today)
        ):
            yield warn("HD232", ("tovholder", index, "staff"), staff=period.staff)


def _team_on(course: Course, day: date) -> tuple[StaffId, ...]:
    return tuple(line.staff for line in course.family.team_on(day))


def _has_authority(course: Course, staff: StaffId) -> bool:
    return staff in course.config.staff and course.config.staff[staff].authority


def _eligible(course: Course, day: date) -> str:
    """Who on that day's team could be tovholder; where there is nobody, everyone with authority."""
    on_team = [staff for staff in dict.fromkeys(_team_on(course, day)) if _has_authority(course, staff)]
    return in_words(on_team or [staff for staff in course.config.staff if _has_authority(course, staff)])


def check_shifts(course: Course) -> Iterator[Finding]:
    """When the role passes to somebody else, the file says why."""
    in_order = sorted(enumerate(course.family.tovholder), key=lambda item: item[1].from_)
    for (_, earlier), (index, later) in pairwise(in_order):
        if later.staff != earlier.staff and later.reason is None:
            yield warn("HD233", ("tovholder", index, "reason"), missing=True, one=earlier.staff, other=later.staff)


def check_substitute(course: Course) -> Iterator[Finding]:
    """Somebody can be called when the tovholder is away."""
    period = course.family.tovholder_on(course.today)
    if period is None:
        return
    index = course.family.tovholder.index(period)
    substitute = _substitute(course, period)
    if substitute is None:
        yield warn("HD234", ("tovholder", index, "substitute"), missing=True, staff=period.staff)
    elif not is_available(course.config, period.staff, course.today) and not is_available(
        course.config, substitute, course.today
    ):
        yield warn("HD235", ("tovholder", index, "staff"), staff=period.staff, substitute=substitute)


def _substitute(course: Course, period: TovholderPeriod) -> StaffId | None:
    known = course.config.staff.get(period.staff)
    return period.substitute or (known.substitute if known is not None else None)
