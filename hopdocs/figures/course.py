"""The facts of one course that figures are made of: typed, dated, and each with the place where it was written.

A row names nobody: people stand in it by their key in the family's file, and only to tell one line of values from
another. It goes into the cache and into exports, and is read back from both.

(No postponed annotations here: rows are checked against these types at run time.)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, NewType

from pydantic import TypeAdapter

Place = NewType("Place", str)
"""Where a fact is written in the family's file: the path of its entry, `measurements.costs.3`."""


SOMEBODY_ELSE: Final = "en anden"
TOVHOLDER_AT_WORK: Final = "at_work"
TOVHOLDER_AWAY: Final = "away"


@dataclass(frozen=True, slots=True)
class CourseMember:
    """Somebody of the family, by the key in the file."""

    key: str
    is_child: bool
    """Under 18 when the course began."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One value of one indicator. `indicator` is the key in the catalogue, or as written if none has it."""

    indicator: str
    member: str
    """'' if it is about the family, or about several as one."""
    month: date
    """The first of the month, or the day when a day was written."""
    value: Decimal
    source: str
    """"register", "indtastet" or ''."""
    at: Place
    informant: str = ""
    """Who answered, as a role ("forælder"); `SOMEBODY_ELSE` for any other words, which may be a name."""


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw of the services: after how many months, when it was due and made, and what was counted (by area)."""

    months: int
    """`data_deliveries.AT_THE_END` for the last one."""
    due: date
    made: date | None
    counts: Mapping[str, int]
    at: Place


@dataclass(frozen=True, slots=True)
class CostLine:
    """One area's expenses in one month, in kroner."""

    month: date
    area: str
    amount: Decimal
    at: Place


@dataclass(frozen=True, slots=True)
class ChildAtMeeting:
    """Whether a child took part, and what was given as the reason; None while nobody has said."""

    member: str
    attended: bool | None
    reason: str
    at: Place


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """One meeting, with the areas that were asked and those that came."""

    type: str
    date: date
    status: str
    """"planned", "held", "cancelled" or "no_show", as it stands on the day of the figures."""
    asked: tuple[str, ...]
    """An area a colleague who was asked, with doubles."""
    came: tuple[str, ...]
    """An area a colleague who came."""
    children: tuple[ChildAtMeeting, ...]
    at: Place


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody who took over as tovholder, or who took over an area's work."""

    date: date
    area: str
    is_tovholder: bool
    at: Place


@dataclass(frozen=True, slots=True)
class AreaAtWork:
    """One time that an area had somebody on the team; `last` is None while nobody has written an end."""

    area: str
    first: date
    last: date | None
    at: Place


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait for a decision. `granted` is None while it lasts."""

    area: str
    what: str
    """The activity's id."""
    applied: date
    expected: date | None
    granted: date | None
    consequence: str
    at: Place

    def days_on(self, day: date) -> int:
        """How long it took, or has taken by that day."""
        return ((self.granted or day) - self.applied).days


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFigures:
    """One course on one day. Before all have said yes, and after a withdrawal, it is counted and nothing else."""

    family: str
    case: str
    """The case number, or the family's id while there is none."""
    group: str
    """One of the groups of `domain.project.numbers`, '' for a course that is none of them."""
    state: str
    start: date
    end: date | None = None
    """The last day of the course, once it has one."""
    consented: date | None = None
    areas: tuple[str, ...] = ()
    """The areas that may share."""
    criteria: tuple[str, ...] = ()
    members: tuple[CourseMember, ...] = ()
    measured: tuple[Measured, ...] = ()
    draws: tuple[Draw, ...] = ()
    costs: tuple[CostLine, ...] = ()
    meetings: tuple[MeetingFact, ...] = ()
    at_work: tuple[AreaAtWork, ...] = ()
    shifts: tuple[Shift, ...] = ()
    waits: tuple[Wait, ...] = ()
    pauses: tuple[tuple[date, date | None], ...] = ()
    follow_up_days: int = 0
    """How often the plan is to be followed up."""
    baseline: date | None = None
    """The first interview."""
    final: date | None = None
    """The last interview."""
    closing: str = ""
    """Why the course was closed, in one of the words that letters use ("målet er nået"); '' for any other words."""
    lapsed: date | None = None
    """The last day on which all consents stood, once one has run out: nothing is told of what came later."""
    tovholder: str = ""
    """`TOVHOLDER_AT_WORK` or `TOVHOLDER_AWAY` on the day of the figures; '' while there is none."""

    @property
    def is_told(self) -> bool:
        """Whether anything but its being there may be told."""
        return bool(self.areas)

    def untold(self) -> "CourseFigures":
        """No more of it than that it is there."""
        return CourseFigures(family=self.family, case=self.case, group=self.group, state=self.state, start=self.start)

    def last_day(self, on: date) -> date:
        """The last day until `on` on which the course was worked with."""
        return min(day for day in (on, self.end, self.lapsed) if day is not None)

    def areas_at_work(self, on: date) -> tuple[str, ...]:
        """The areas that had somebody on the team on a day, or on the course's last day before it."""
        day = self.last_day(on)
        there = {it.area for it in self.at_work if it.first <= day and (it.last is None or day <= it.last)}
        return tuple(area for area in self.areas if area in there)

    def as_json(self) -> dict[str, Any]:
        """The row as plain values."""
        plain: dict[str, Any] = _ROWS.dump_python(self, mode="json")
        return plain

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "CourseFigures":
        """The inverse of `as_json`. Raises `pydantic.ValidationError` for a row that somebody else wrote wrongly."""
        return _ROWS.validate_python(row)


_ROWS: Final = TypeAdapter(CourseFigures)
