"""What is on this week and next, in all families: the page to open on a Monday. Pure.

It stands on the page of all families, so it names nobody of any.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.danish import clock, week
from hopdocs.model.scalars.places import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.pages.status import FamilyStatus
    from hopdocs.pages.views import FamilyRow

_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DayLine:
    """A meeting or a last day. `at` is the clock time of a meeting, and empty for something to have done by then."""

    day: date
    at: str
    what: str
    place: str = ""

    def as_json(self) -> list[str]:
        """Plain values for the cache."""
        return [self.day.isoformat(), self.at, self.what, self.place]

    @classmethod
    def from_json(cls, raw: Iterable[str]) -> DayLine:
        """The inverse of `as_json`."""
        day, at, what, place = raw
        return cls(date.fromisoformat(day), at, what, place)


@dataclass(frozen=True, slots=True)
class Week:
    """One week, with each line beside the family that it is about."""

    title: str
    lines: tuple[tuple[DayLine, FamilyRow], ...]


def days_ahead(day: FamilyDay, status: FamilyStatus) -> tuple[DayLine, ...]:
    """From today until the end of next week: the meetings, and the last days of what is still open."""
    end = _monday(day.today) + 2 * _WEEK
    return tuple(
        sorted(
            (item for item in (*_meetings(day, status), *_deadlines(status)) if item.day < end),
            key=lambda item: (item.day, item.at, item.what),
        )
    )


def group_weeks(rows: Iterable[FamilyRow], today: date) -> tuple[Week, ...]:
    """This week and next, by day; a row that was made on an earlier day tells nothing of days that are over."""
    lines = sorted(
        ((line, row) for row in rows for line in row.days if line.day >= today),
        key=lambda pair: (pair[0].day, pair[0].at, pair[1].family),
    )
    found = []
    for number, name in enumerate(("Denne uge", "Næste uge")):
        start = _monday(today) + number * _WEEK
        found.append(
            Week(f"{name} ({week(start)})", tuple(pair for pair in lines if start <= pair[0].day < start + _WEEK))
        )
    return tuple(found)


def _meetings(day: FamilyDay, status: FamilyStatus) -> Iterator[DayLine]:
    if status.next_meeting is None:
        return
    for meeting in day.planned():
        is_in_a_home = locate(meeting.place, day.config.places).host is not None
        yield DayLine(meeting.date, clock(meeting.start), meeting.type.value, "i hjemmet" if is_in_a_home else "")


def _deadlines(status: FamilyStatus) -> Iterator[DayLine]:
    for deadline in status.coming:
        yield DayLine(deadline.due, "", deadline.title)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
