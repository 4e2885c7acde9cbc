"""What must hold in `project.yaml`: meetings that can be told apart, groups that somebody sits in, minutes in time."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.domain.calendar import months_later
from hopdocs.domain.project.reports import midterm_of, reports_on
from hopdocs.model.meeting import MeetingStatus
from hopdocs.rules.context import error, warn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from datetime import date

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.model.config import Config
    from hopdocs.model.project import Project, ProjectMeeting

_LISTS: Final = ("steering_meetings", "working_group_meetings", "stop_days")
_WORD: Final = re.compile(r"\w{4,}")
"""Shorter names are words of everyday speech."""
_RHYTHMS: Final = (("stop_days", 6, "HD635"), ("steering_meetings", 3, "HD636"))
"""After how many months the next meeting is due (samarbejdsaftale 2023, Mødestruktur and Styregruppe)."""
_AFTERWARDS: Final = timedelta(days=366)
"""So long after the project's last day all its reports are there."""
_GRACE: Final = timedelta(days=14)
"""How long after a meeting its minutes are missed."""


def check_project(project: Project, config: Config, today: date) -> Iterator[Finding]:
    """Everything the rules have to say about the project."""
    yield from _check_ids(project)
    yield from _check_groups(project, config)
    for name in _LISTS:
        for index, meeting in enumerate(_meetings(project, name)):
            yield from _check_minutes(name, index, meeting, today)
    yield from _check_rhythms(project, today)
    yield from _check_period(project)
    yield from _check_reports(project)


def _check_period(project: Project) -> Iterator[Finding]:
    """From a period that ends before it begins no report can be made."""
    period = project.period
    if period is None:
        return
    if period.to < period.from_:
        yield warn("HD870", ("period", "to"), start=period.from_.isoformat(), end=period.to.isoformat())
    elif not period.from_ <= midterm_of(period) <= period.to:
        yield warn("HD871", ("period", "midterm"), day=midterm_of(period).isoformat())


def _check_reports(project: Project) -> Iterator[Finding]:
    """What people write is for a report that there is, once each, and no report is approved before its last day."""
    every = reports_on(project, project.period.to + _AFTERWARDS) if project.period is not None else ()
    taken: set[str] = set()
    for index, entry in enumerate(project.reports):
        report = next((item for item in every if item.holds(entry)), None)
        kind, day = entry.kind.value, entry.day.isoformat()
        if report is None:
            yield warn("HD872", ("reports", index, "day"), kind=kind, day=day)
            continue
        key = f"{kind} {report.key}"
        if key in taken:
            yield warn("HD873", ("reports", index), kind=kind, day=day)
        elif entry.approved is not None and entry.approved <= report.end:
            approved, end = entry.approved.isoformat(), report.end.isoformat()
            yield warn("HD874", ("reports", index, "approved"), kind=kind, approved=approved, end=end)
        taken.add(key)


def _check_rhythms(project: Project, today: date) -> Iterator[Finding]:
    """A group that meets goes on doing so: a stop-op-dag each half year, the steering group's status each quarter."""
    for name, months, code in _RHYTHMS:
        meetings = [
            (meeting.date, index)
            for index, meeting in enumerate(_meetings(project, name))
            if meeting.status is not MeetingStatus.CANCELLED
        ]
        if not meetings:
            continue
        last, index = max(meetings)
        due = months_later(last, months)
        if due < today:
            yield warn(code, (name, index, "date"), date=last.isoformat(), due=due.isoformat())


def _meetings(project: Project, name: str) -> tuple[ProjectMeeting, ...]:
    return {
        "steering_meetings": project.steering_meetings,
        "working_group_meetings": project.working_group_meetings,
        "stop_days": project.stop_days,
    }[name]


def _check_ids(project: Project) -> Iterator[Finding]:
    """Two meetings of different groups with one id would have one file; capitals tell none apart on some disks."""
    first: dict[str, str] = {}
    for name in _LISTS:
        for index, meeting in enumerate(_meetings(project, name)):
            key = meeting.id.casefold()
            if first.setdefault(key, name) != name:
                yield error("HD630", (name, index, "id"), id=meeting.id, other=first[key])


def _check_groups(project: Project, config: Config) -> Iterator[Finding]:
    """An agenda for a group that nobody sits in reaches nobody."""
    if project.steering_meetings and not config.steering_group:
        yield warn("HD631", ("steering_meetings",), group="steering_group", file="config.yaml")
    if project.working_group_meetings and not project.working_group:
        yield warn("HD631", ("working_group_meetings",), group="working_group", file="project.yaml")


def _check_minutes(name: str, index: int, meeting: ProjectMeeting, today: date) -> Iterator[Finding]:
    if meeting.status is MeetingStatus.CANCELLED:
        return
    if meeting.minutes is None and meeting.date + _GRACE < today:
        yield warn("HD632", (name, index, "minutes"), missing=True, meeting=meeting.id, date=meeting.date.isoformat())
    if meeting.minutes is not None and meeting.date > today:
        yield warn("HD633", (name, index, "minutes"), meeting=meeting.id, date=meeting.date.isoformat())


def find_named_families(tree: object, names: AbstractSet[str], at: DataPath = ()) -> Iterator[Finding]:
    """Every text that holds a family's last name: what the project writes is read by people who may not know any.

    `tree` is the file as it stands, so that every text is found, whatever its key.
    """
    if isinstance(tree, str):
        named = names & {word.casefold() for word in _WORD.findall(tree)}
        if named:
            yield warn("HD634", at)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from find_named_families(value, names, (*at, key))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from find_named_families(value, names, (*at, number))
