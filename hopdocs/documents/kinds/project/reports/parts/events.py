"""What the numbers of meetings, shifts and waits are made of: which of them, of which case."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from hopdocs.documents.kinds.project.reports.parts.work import (
    ADVISERS,
    AWAY,
    CANCELLED,
    DUE,
    HELD,
    LEADERS,
    MEETINGS,
    NO_SHOW,
    OVERDUE,
    UNSAID,
    waits_in,
)
from hopdocs.domain.project.periods import Period
from hopdocs.figures.conduct import process_of, say_reason
from hopdocs.model.meeting import MeetingStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hopdocs.documents.kinds.project.reports.facts import ReportFacts
    from hopdocs.figures.course import CourseFigures, MeetingFact
    from hopdocs.figures.suppression.run import Atom

_STATUSES: Final = {
    MeetingStatus.HELD: MEETINGS,
    MeetingStatus.CANCELLED: CANCELLED,
    MeetingStatus.NO_SHOW: NO_SHOW,
}


def events_of(facts: ReportFacts) -> Mapping[str, frozenset[Atom]]:
    """By what is counted, in the report's days."""
    found: dict[str, set[Atom]] = {
        name: set() for name in (MEETINGS, DUE, HELD, OVERDUE, CANCELLED, NO_SHOW, LEADERS, ADVISERS, AWAY, UNSAID)
    }
    for course in facts.courses:
        for name, event in _events(course, facts):
            found.setdefault(name, set()).add((course.case, event))
    return {name: frozenset(atoms) for name, atoms in found.items()}


def _events(course: CourseFigures, facts: ReportFacts) -> Iterator[tuple[str, str]]:
    process = process_of(course, facts.until, Period(facts.report.start, facts.until))
    for day in process.due:
        yield DUE, str(day)
    for meeting in process.held:
        yield HELD, str(meeting.at)
    if process.is_overdue and course.end is None:
        yield OVERDUE, str(facts.until)
    for shift in (*process.tovholder_shifts, *process.adviser_shifts):
        yield (LEADERS if shift.is_tovholder else ADVISERS), str(shift.at)
        if not shift.is_tovholder:
            yield f"{ADVISERS}|{shift.area}", str(shift.at)
    for meeting in course.meetings:
        if facts.is_within(meeting.date) and meeting.status in _STATUSES:
            yield _STATUSES[MeetingStatus(meeting.status)], str(meeting.at)
            yield from _children(meeting)


def _children(meeting: MeetingFact) -> Iterator[tuple[str, str]]:
    for child in meeting.children if meeting.status == MeetingStatus.HELD else ():
        if child.attended is None:
            yield UNSAID, str(child.at)
        elif not child.attended:
            yield AWAY, str(child.at)
            yield f"{AWAY}|{say_reason(child.reason)}", str(child.at)


def waits_by_area(facts: ReportFacts) -> Mapping[str, Mapping[str, frozenset[Atom]]]:
    """By area the waits, those that go on and the long ones."""
    found: dict[str, dict[str, set[Atom]]] = defaultdict(lambda: {"number": set(), "ongoing": set(), "long": set()})
    for line in waits_in(facts):
        columns, atom = found[line.wait.area], (line.case, str(line.wait.at))
        columns["number"].add(atom)
        if not line.is_over:
            columns["ongoing"].add(atom)
        if line.is_long:
            columns["long"].add(atom)
    return {area: {name: frozenset(atoms) for name, atoms in columns.items()} for area, columns in found.items()}
