"""Meetings and deadlines of families on a day, as tables: by case number, and by nobody's name in the family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.deadlines.course import deadlines_of
from hopdocs.deadlines.deadline import DeadlineKind
from hopdocs.documents.measured.project_row import tell_project
from hopdocs.exports.table import Column, Table
from hopdocs.model.scalars.places import locate
from hopdocs.pages.withheld_dates import as_tovholder_may_know

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.exports.table import Cell
    from hopdocs.figures.course import MeetingFact
    from hopdocs.model.meeting import Meeting

_CASE: Final = Column("case", "sagsnummer")
SET_BY: Final[Mapping[DeadlineKind, str]] = {
    DeadlineKind.LAW: "loven",
    DeadlineKind.AGREEMENT: "samarbejdsaftalen",
    DeadlineKind.LOCAL: "jeres egen frist",
}
_STATUS: Final[Mapping[str, str]] = {
    "planned": "planlagt",
    "held": "holdt",
    "cancelled": "aflyst",
    "no_show": "ingen kom",
}


def tabulate_deadlines(days: Iterable[FamilyDay]) -> Table:
    """A row a deadline, also those that were kept, as the family's tovholder may know of them."""
    columns = (
        _CASE,
        Column("kind", "slags", width=22),
        Column("title", "frist", width=50),
        Column("due", "senest"),
        Column("nominal", "regnet til"),
        Column("done", "gjort"),
        Column("overdue", "overskredet"),
        Column("set_by", "kommer af", width=18),
        Column("who", "hvem", width=22),
    )
    return Table("Frister", columns, tuple(row for day in days for row in _deadline_rows(day)))


def _deadline_rows(day: FamilyDay) -> Iterator[tuple[Cell, ...]]:
    for item in (as_tovholder_may_know(item, day) for item in deadlines_of(day)):
        yield (
            case_of(day),
            item.key.partition(":")[0],  # what stands behind it may be somebody's name
            item.title,
            item.due,
            item.nominal,
            item.done,
            item.is_overdue(day.today),
            SET_BY[item.kind],
            item.who,
        )


def tabulate_meetings(days: Iterable[FamilyDay]) -> Table:
    """A row a meeting of the courses that may be told of, with the areas that were asked and that came."""
    columns = (
        _CASE,
        Column("type", "møde", width=20),
        Column("date", "dato"),
        Column("start", "fra"),
        Column("end", "til"),
        Column("place", "sted", width=34),
        Column("status", "status"),
        Column("asked", "indkaldte fagområder", width=24),
        Column("came", "fremmødte fagområder", width=24),
        Column("children", "børn"),
        Column("children_came", "børn med"),
    )
    return Table("Møder", columns, tuple(row for day in days for row in _meeting_rows(day)))


def _meeting_rows(day: FamilyDay) -> Iterator[tuple[Cell, ...]]:
    for fact in tell_project(day).meetings:  # none of a course that is only counted
        meeting = day.family.meetings[int(fact.at.rpartition(".")[2])]
        yield (
            case_of(day),
            meeting.type.value,
            meeting.date,
            f"{meeting.start:%H.%M}",
            f"{meeting.end:%H.%M}",
            say_place(day, meeting),
            _STATUS.get(fact.status, fact.status),
            *_who_came(fact),
        )


def _who_came(fact: MeetingFact) -> tuple[Cell, ...]:
    if fact.status != "held":
        return ", ".join(sorted(set(fact.asked))), None, None, None
    areas = (", ".join(sorted(set(areas))) for areas in (fact.asked, fact.came))
    return *areas, len(fact.children), sum(child.attended is True for child in fact.children)


def case_of(day: FamilyDay) -> str:
    """What a family is called where its name does not belong."""
    return day.family.case_number or day.family.id


def say_place(day: FamilyDay, meeting: Meeting) -> str:
    """The municipality's own rooms by name. What was typed for one meeting may be somebody's address."""
    place = locate(meeting.place, day.config.places)
    if place.room is not None:
        return day.config.places[place.room].text
    return "i hjemmet" if place.host is not None else "se indkaldelsen"
