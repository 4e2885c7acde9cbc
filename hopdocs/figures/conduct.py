"""How the work itself went: meetings and their rhythm, shifts, who came, and whether children took part.

(Samarbejdsaftale 2023: a follow-up every eighth week, one contact, children heard.)
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from hopdocs.model.meeting import FAMILY_MEETINGS, MeetingStatus, MeetingType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hopdocs.domain.project.periods import Period
    from hopdocs.figures.course import CourseFigures, MeetingFact, Place, Shift

NO_REASON: Final = "ikke oplyst"
_OTHER_REASON: Final = "andet"
_REASONS: Final = (
    ("ferie", re.compile(r"ferie|helligdag")),
    ("sygdom", re.compile(r"\bsyg")),
    ("spurgt for sig selv", re.compile(r"for sig selv|talt med (ham|hende|barnet)")),
    ("barnets eget ønske", re.compile(r"\bvil(le)? (hellere|ikke)|ønske")),
    ("emnet er for de voksne", re.compile(r"emne|spørgsmål|voksne")),
    ("barnets alder", re.compile(r"\bår\b|\blille\b|\bspæd|\bfor (ung|lille)")),
    ("skole eller dagtilbud", re.compile(r"skole|dagtilbud|børnehave|vuggestue|eksamen|prøve")),
)
"""What people's own words come to: a report of many courses may say no child's own reason."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From one meeting about the plan to the next, or to the day of the figures while there is none."""

    since: date
    until: date
    is_open: bool
    days: int
    """Without the days of a pause."""
    is_kept: bool
    """Whether it is no longer than the rhythm; of an open one, not yet."""
    at: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Attendance:
    """How often an area was asked to a meeting that was held, and how often anybody of it came."""

    area: str
    asked: int
    came: int
    at: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Participation:
    """One child's part in the family's meetings that were held, or that of all children of several."""

    member: str
    attended: int
    stayed_away: int
    unsaid: int
    """Meetings of which nobody has said whether the child took part."""
    reasons: Mapping[str, int]
    """How often each reason to stay away was given, as `say_reason` puts it, the most frequent first."""
    at: tuple[Place, ...]

    @property
    def share(self) -> float | None:
        """Of the meetings that somebody has said it of; None where there is none."""
        said = self.attended + self.stayed_away
        return self.attended / said if said else None


@dataclass(frozen=True, slots=True)
class Process:
    """One course until a day, or what of it lies in a period."""

    meetings: Mapping[str, int]
    """How many were held, by type."""
    held: tuple[MeetingFact, ...]
    """The follow-ups that were held since the plan was made, and the closing meeting."""
    due: tuple[date, ...]
    """The days on which a follow-up would have been held, had each come in time."""
    cancelled: int
    no_show: int
    intervals: tuple[Interval, ...]
    """Those that ended, and the open one where it is longer than the rhythm: what else is open is not over yet."""
    tovholder_shifts: tuple[Shift, ...]
    adviser_shifts: tuple[Shift, ...]
    attendance: tuple[Attendance, ...]
    children: tuple[Participation, ...]

    @property
    def kept(self) -> int:
        """How many intervals were no longer than the rhythm."""
        return sum(interval.is_kept for interval in self.intervals)

    @property
    def is_overdue(self) -> bool:
        """Whether a follow-up should have been held and was not."""
        return any(interval.is_open for interval in self.intervals)


def process_of(course: CourseFigures, on: date, period: Period | None = None) -> Process:
    """How one course went until `on`, or in a period until then."""
    until = min(on, period.last) if period is not None else on
    first = period.first if period is not None else date.min
    lies_in = [meeting for meeting in course.meetings if first <= meeting.date <= until]
    held = [meeting for meeting in lies_in if meeting.status == MeetingStatus.HELD]
    statuses = Counter(meeting.status for meeting in lies_in)
    shifts = [shift for shift in course.shifts if first <= shift.date <= until]
    return Process(
        meetings=Counter(meeting.type for meeting in held),
        held=tuple(item for item in _about_the_plan(course, until) if item.date >= first and item.type in _FOLLOW_UPS),
        due=tuple(day for day in _due_days(course, until) if day >= first),
        cancelled=statuses[MeetingStatus.CANCELLED],
        no_show=statuses[MeetingStatus.NO_SHOW],
        intervals=tuple(item for item in _intervals(course, until) if item.until >= first),
        tovholder_shifts=tuple(shift for shift in shifts if shift.is_tovholder),
        adviser_shifts=tuple(shift for shift in shifts if not shift.is_tovholder),
        attendance=tuple(_attendance(course.areas, held)),
        children=tuple(_children(course, held)),
    )


def say_rhythm_rule(follow_up_days: int) -> str:
    """The sentence that stands beside the rhythm."""
    return (
        f"Rytmen er holdt, når der højst er {follow_up_days} dage fra et møde om planen til det næste. "
        "Dage i en aftalt pause tælles ikke med."
    )


def say_reason(reason: str) -> str:
    """The sort of reason that somebody's own words give for a child to stay away."""
    if not reason.strip():
        return NO_REASON
    words = reason.casefold()
    return next((name for name, pattern in _REASONS if pattern.search(words)), _OTHER_REASON)


def days_without_pause(course: CourseFigures, since: date, until: date) -> int:
    """The days from one to another, less those on which the course rested."""
    days = (until - since).days
    if not course.pauses:
        return days
    return days - sum(_rests_on(course, since + timedelta(days=number)) for number in range(days))


def last_meeting(course: CourseFigures, on: date) -> MeetingFact | None:
    """The last meeting with the family about the plan that was held by that day."""
    return max(_about_the_plan(course, on), key=lambda meeting: meeting.date, default=None)


_FOLLOW_UPS: Final = FAMILY_MEETINGS[1:]


def _about_the_plan(course: CourseFigures, until: date) -> list[MeetingFact]:
    """From the meeting at which the plan was made on, oldest first."""
    held = (item for item in course.meetings if item.status == MeetingStatus.HELD and item.date <= until)
    found = sorted((item for item in held if item.type in FAMILY_MEETINGS), key=lambda item: item.date)
    first = next((at for at, item in enumerate(found) if item.type == MeetingType.FAMILIEPLANSMØDE), len(found))
    return found[first:]


def _intervals(course: CourseFigures, until: date) -> Iterator[Interval]:
    meetings = _about_the_plan(course, until)
    for one, other in pairwise(meetings):
        days = days_without_pause(course, one.date, other.date)
        kept = days <= course.follow_up_days
        yield Interval(one.date, other.date, is_open=False, days=days, is_kept=kept, at=(one.at, other.at))
    if meetings:
        last, end = meetings[-1], course.last_day(until)
        days = days_without_pause(course, last.date, end)
        if days > course.follow_up_days:
            yield Interval(last.date, end, is_open=True, days=days, is_kept=False, at=(last.at,))


def _due_days(course: CourseFigures, until: date) -> Iterator[date]:
    """Every so many days from the meeting at which the plan was made; a day of rest is not counted."""
    meetings = _about_the_plan(course, until)
    if not meetings or not course.follow_up_days:
        return
    day, end, worked = meetings[0].date, course.last_day(until), 0
    step = 1 if course.pauses else course.follow_up_days
    while day + timedelta(days=step) <= end:
        worked += 0 if _rests_on(course, day) else step
        day += timedelta(days=step)
        if worked == course.follow_up_days:
            worked = 0
            yield day


def _rests_on(course: CourseFigures, day: date) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in course.pauses)


def _attendance(order: tuple[str, ...], held: Iterable[MeetingFact]) -> Iterator[Attendance]:
    meetings = list(held)
    for area in dict.fromkeys((*order, *(area for meeting in meetings for area in meeting.asked))):
        asked = [meeting for meeting in meetings if area in meeting.asked]
        if asked:
            came = sum(area in meeting.came for meeting in asked)
            yield Attendance(area, len(asked), came, tuple(meeting.at for meeting in asked))


def _children(course: CourseFigures, held: Iterable[MeetingFact]) -> Iterator[Participation]:
    entries = [entry for meeting in held for entry in meeting.children]
    for member in course.members:
        own = [entry for entry in entries if entry.member == member.key]
        if own:
            away = [entry for entry in own if entry.attended is False]
            reasons = dict(Counter(say_reason(entry.reason) for entry in away).most_common())
            unsaid = sum(entry.attended is None for entry in own)
            attended = len(own) - len(away) - unsaid
            yield Participation(member.key, attended, len(away), unsaid, reasons, tuple(entry.at for entry in own))
