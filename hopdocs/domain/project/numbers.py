"""The numbers of all courses on a day, for those who steer the project: by case number, and small groups not at all.

A count of one to four can be a family that somebody at the table knows. So it is said as "færre end 5".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from hopdocs.domain.course.first_consent import signed_by_all_on
from hopdocs.domain.state import BEFORE_CONSENT, RUNNING, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.domain.family_day import FamilyDay

SMALLEST_TOLD: Final = 5
"""Fewer than so many are not told as a number."""
ACTIVE: Final = "active"
WAITING: Final = "waiting"
CLOSED: Final = "closed"
WITHDRAWN: Final = "withdrawn"
_CLOSED: Final = frozenset({State.AFSLUTTET, State.FRAFLYTTET, State.UDGAAET_AF_MAALGRUPPE})


@dataclass(frozen=True, slots=True)
class CourseRow:
    """What the project may know of one course: no name of the family, and before consent no more than that it waits.

    `group` is one of the four above, '' for a course that is none of them (a no).
    """

    group: str = ""
    case: str = ""
    """The case number, or the course's id while there is none."""
    consented: date | None = None
    areas: tuple[str, ...] = ()
    """Codes of the areas that work with the family and may share."""
    staff: tuple[str, ...] = ()
    """Ids of their people on the team today."""

    def as_json(self) -> dict[str, Any]:
        """The row as plain values."""
        return {
            "group": self.group,
            "case": self.case,
            "consented": self.consented.isoformat() if self.consented else "",
            "areas": list(self.areas),
            "staff": list(self.staff),
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> CourseRow:
        """The inverse of `as_json`."""
        consented = date.fromisoformat(row["consented"]) if row["consented"] else None
        return cls(row["group"], row["case"], consented, tuple(row["areas"]), tuple(row["staff"]))


NOT_TOLD: Final = CourseRow()
"""A course that is in none of the project's numbers."""


@dataclass(frozen=True, slots=True)
class ProjectNumbers:
    """All courses on one day. `unread` counts the families whose file cannot be read, and that are in no number."""

    counts: Mapping[str, int]
    running: tuple[CourseRow, ...]
    unread: int = 0

    @property
    def staff(self) -> tuple[str, ...]:
        """The project group: everybody on the team of an active course (samarbejdsaftale 2023, Organisering)."""
        return tuple(dict.fromkeys(sorted(staff for row in self.running for staff in row.staff)))

    def new_between(self, after: date | None, until: date) -> tuple[CourseRow, ...]:
        """The courses that all said yes to after one meeting and by the next, oldest first."""
        rows = [
            row for row in self.running if row.consented and row.consented <= until
            and (after is None or row.consented > after)
        ]  # fmt: skip
        return tuple(sorted(rows, key=lambda row: (row.consented or until, row.case)))

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept as they were on a meeting's day."""
        return {
            "counts": dict(self.counts),
            "running": [row.as_json() for row in self.running],
            "unread": self.unread,
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> ProjectNumbers:
        """The inverse of `as_json`."""
        return cls(raw["counts"], tuple(map(CourseRow.from_json, raw["running"])), raw["unread"])


def course_row(day: FamilyDay) -> CourseRow:
    """What the project may know of one course."""
    if day.state in BEFORE_CONSENT:
        return CourseRow(WAITING)
    if day.state not in RUNNING:
        withdrawn = WITHDRAWN if day.state is State.SAMTYKKE_TRUKKET else ""
        return CourseRow(CLOSED if day.state in _CLOSED else withdrawn)
    family, config = day.family, day.config
    on_team = [line.staff for line in family.team_on(day.today) if line.staff in config.staff]
    known = [staff for staff in on_team if config.staff[staff].area in day.consents.signed_areas]
    areas = dict.fromkeys(config.staff[staff].area for staff in known)
    return CourseRow(
        group=ACTIVE,
        case=family.case_number or family.id,
        consented=signed_by_all_on(day),
        areas=tuple(areas),
        staff=tuple(dict.fromkeys(known)),
    )


def add_up(rows: Iterable[CourseRow], unread: int = 0) -> ProjectNumbers:
    """The numbers of all courses."""
    found = list(rows)
    counts = Counter(row.group for row in found if row.group)
    running = sorted((row for row in found if row.group == ACTIVE), key=lambda row: row.case)
    return ProjectNumbers({name: counts[name] for name in (ACTIVE, WAITING, CLOSED, WITHDRAWN)}, tuple(running), unread)


def say_count(number: int) -> str:
    """A number as it may be told: "færre end 5" for a small group, "0" for none."""
    return str(number) if number == 0 or number >= SMALLEST_TOLD else f"færre end {SMALLEST_TOLD}"
