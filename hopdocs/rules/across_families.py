"""What the rules across families need to know about each: one small row a family, fit for a cache.

No family's rules may read another family's file; this row is all that crosses over, and it holds no name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from hopdocs.diagnostics import Blocks, Finding, Severity
from hopdocs.documents.at_work import coming_staff
from hopdocs.documents.audience import Audience
from hopdocs.domain.consent import Gate
from hopdocs.domain.project.numbers import NOT_TOLD, CourseRow, course_row
from hopdocs.model.scalars.values import FamilyId, StaffId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.config import Config


MOST_TOLD_A_DAY: Final = 4
"""How many collisions of one professional on one day are told: a thousand copies of a family say no more."""


@dataclass(frozen=True, slots=True)
class MeetingSlot:
    """When a planned meeting takes its people's time. `index` is its place in the file's list."""

    index: int
    date: date
    start: time
    end: time
    staff: tuple[StaffId, ...]

    def overlaps(self, other: MeetingSlot) -> bool:
        """Whether nobody can be at both; a meeting may begin the minute another ends."""
        return self.date == other.date and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """One family's row."""

    id: FamilyId
    slots: tuple[MeetingSlot, ...] = ()
    course: CourseRow = NOT_TOLD
    """What the project may know of it."""
    case_number: str = ""

    def as_json(self) -> dict[str, Any]:
        """The row as plain values."""
        return {
            "id": self.id,
            "slots": [
                [
                    slot.index,
                    slot.date.isoformat(),
                    slot.start.isoformat(),
                    slot.end.isoformat(),
                    list(slot.staff),
                ]
                for slot in self.slots
            ],
            "course": self.course.as_json(),
            "case": self.case_number,
        }

    def shared_texts(self) -> frozenset[str]:
        """One of these stands, as plain values, in whatever may clash with it: a day of a meeting, or its number."""
        days = (slot.date.isoformat() for slot in self.slots)
        return frozenset(filter(None, (*days, self.case_number.strip())))

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> FamilyFacts:
        """The row that `as_json` wrote."""
        return cls(
            FamilyId(row["id"]),
            tuple(
                MeetingSlot(
                    index,
                    date.fromisoformat(day),
                    time.fromisoformat(start),
                    time.fromisoformat(end),
                    tuple(StaffId(staff) for staff in people),
                )
                for index, day, start, end, people in row["slots"]
            ),
            CourseRow.from_json(row["course"]),
            row.get("case", ""),
        )


_Booking: TypeAlias = "tuple[FamilyId, MeetingSlot]"


def family_facts(day: FamilyDay) -> FamilyFacts:
    """What others must know about one family. Behind a closed gate no meeting takes anybody's time."""
    if day.gate is Gate.CLOSED:
        return FamilyFacts(day.family.id, course=course_row(day), case_number=day.family.case_number or "")
    audience = Audience(day)
    return FamilyFacts(
        day.family.id,
        tuple(
            MeetingSlot(index, meeting.date, meeting.start, meeting.end, coming_staff(audience, meeting))
            for index, meeting in enumerate(day.family.meetings)
            if day.is_planned(meeting)
        ),
        course_row(day),
        day.family.case_number or "",
    )


def check_across(facts: Iterable[FamilyFacts], config: Config) -> list[tuple[str, Finding]]:
    """What is wrong only when the families are seen together; each finding with the id of its family."""
    rows = list(facts)
    return [*_check_double_booking(rows, config), *_check_case_numbers(rows)]


def _check_case_numbers(rows: list[FamilyFacts]) -> Iterator[tuple[str, Finding]]:
    """Which other family has the number is not this family's to know; who has all files finds it there."""
    holders: dict[str, set[FamilyId]] = defaultdict(set)
    for row in rows:
        holders[row.case_number.strip()].add(row.id)
    for number, families in holders.items():
        if number and len(families) > 1:
            for family in sorted(families):
                params = {"number": number}
                yield family, Finding("HD610", ("case_number",), params, Severity.WARNING, Blocks.NOTHING)


def _check_double_booking(rows: list[FamilyFacts], config: Config) -> Iterator[tuple[str, Finding]]:
    booked: dict[tuple[StaffId, date], list[_Booking]] = defaultdict(list)
    for row in rows:
        for slot in row.slots:
            for staff in slot.staff:
                booked[staff, slot.date].append((row.id, slot))
    for (staff, _), bookings in booked.items():
        for (family, slot), (_, there) in islice(_find_collisions(bookings), MOST_TOLD_A_DAY):
            yield family, _double_booking(staff, slot, there, config)


def _find_collisions(bookings: list[_Booking]) -> Iterator[tuple[_Booking, _Booking]]:
    """Each booking that collides, with one that it collides with, as the day goes; one pass over the day."""
    in_order = sorted(bookings, key=lambda item: (item[1].start, item[1].end, item[0], item[1].index))
    longest: _Booking | None = None  # of those already begun, the one that ends last
    for place, booking in enumerate(in_order):
        following = in_order[place + 1] if place + 1 < len(in_order) else None
        for other in (longest, following):
            if other is not None and booking[1].overlaps(other[1]):
                yield booking, other
                break
        if longest is None or booking[1].end > longest[1].end:
            longest = booking


def _double_booking(staff: StaffId, here: MeetingSlot, there: MeetingSlot, config: Config) -> Finding:
    """Which family the colleague meets then is not this family's to know: its page says no more than a calendar."""
    known = config.staff.get(staff)
    params = {
        "name": known.name if known is not None else staff,
        "time": f"{there.start:%H.%M}-{there.end:%H.%M}",
    }
    return Finding("HD259", ("meetings", here.index, "start"), params, Severity.WARNING, Blocks.NOTHING)
