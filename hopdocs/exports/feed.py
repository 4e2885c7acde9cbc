"""One colleague's meetings and deadlines in all families, as entries of a calendar that she subscribes to.

A calendar is seen by whoever it is shared with. So an entry has the case number, what sort of meeting it is, and for a
deadline what it is about; of what somebody typed it has nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.danish import capitalise
from hopdocs.deadlines.measuring import LACKS
from hopdocs.documents.kinds.project.groups import group_meetings, members_of
from hopdocs.domain.consent import Gate
from hopdocs.domain.project.numbers import add_up, course_row
from hopdocs.exports.days import case_of, say_place
from hopdocs.model.meeting import MeetingStatus
from hopdocs.pages.status import family_status
from hopdocs.pages.todo import TodoKind, todo_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.config import Config
    from hopdocs.model.project import Project
    from hopdocs.model.scalars.values import StaffId

_LOOK_BACK: Final = timedelta(days=31)
"""Meetings that are longer past than this are no longer in it."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A meeting with its times on the clock, or a day by which something is to be done."""

    uid: str
    """Always the same for the same thing: a calendar moves its entry when the day is moved."""
    summary: str
    starts: datetime | date
    ends: datetime | date
    place: str = ""
    url: str = ""


def feed_entries(
    days: Sequence[FamilyDay], project: Project | None, staff: StaffId, config: Config, today: date
) -> tuple[FeedEntry, ...]:
    """All that has a day, the soonest first; `days` are all families."""
    found = [entry for day in days for entry in (*_meetings(day, staff), *_deadlines(day, staff))]
    if project is not None:
        found += _project_meetings(days, project, staff, config, today)
    return tuple(sorted(_tell_twins_apart(found), key=lambda entry: (_day_of(entry).isoformat(), entry.uid)))


def _meetings(day: FamilyDay, staff: StaffId) -> Iterator[FeedEntry]:
    """Those that she is asked to, while the family lets its team meet about it: what invitations go by, too."""
    if day.gate is not Gate.OPEN:
        return
    for meeting in day.family.meetings:
        is_off = day.status(meeting) in (MeetingStatus.CANCELLED, MeetingStatus.NO_SHOW)
        if is_off or meeting.date < day.today - _LOOK_BACK or staff not in day.invited_staff(meeting):
            continue
        yield FeedEntry(
            uid=_uid(day.config, "meeting", day.family.id, meeting.id, staff),
            summary=f"{capitalise(meeting.type.value)}, sag {case_of(day)}",
            starts=datetime.combine(meeting.date, meeting.start),
            ends=datetime.combine(meeting.date, meeting.end),
            place=say_place(day, meeting),
            url=day.config.records.url_of(day.family.case_number),
        )


def _deadlines(day: FamilyDay, staff: StaffId) -> Iterator[FeedEntry]:
    """Her own list of what is to be done, without the words of what was agreed and what is measured of whom."""
    status = family_status(day)
    keys = {(capitalise(item.title), item.due): item.key for item in status.open_deadlines}
    for line in todo_lines(day, status):
        if line.person != staff or line.due is None:
            continue
        is_counted = line.kind is TodoKind.DEADLINE
        what = line.what.partition(LACKS)[0] if is_counted else f"Aftale ({line.comes_from})"
        key = keys.get((line.what, line.due), line.what)  # two meetings have deadlines of the same words
        yield FeedEntry(
            uid=_uid(day.config, "deadline", line.family, key, line.comes_from, staff),
            summary=f"Frist: {what}, sag {line.case_number}",
            starts=line.due,
            ends=line.due + timedelta(days=1),
            url=day.config.records.url_of(day.family.case_number),
        )


def _project_meetings(
    days: Iterable[FamilyDay], project: Project, staff: StaffId, config: Config, today: date
) -> Iterator[FeedEntry]:
    numbers = add_up(course_row(day) for day in days)
    for held in group_meetings(project):
        meeting = held.meeting
        if meeting.date >= today - _LOOK_BACK and staff in members_of(held, project, config, numbers):
            room = config.places.get(meeting.place)
            yield FeedEntry(
                uid=_uid(config, "project", meeting.id, staff),
                summary=held.group.meeting,
                starts=datetime.combine(meeting.date, meeting.start),
                ends=datetime.combine(meeting.date, meeting.end),
                place=room.text if room is not None else meeting.place,
            )


def _uid(config: Config, *parts: str) -> str:
    """Tells nothing of what it stands for, and is no invitation's: a calendar that has both keeps both."""
    digest = hashlib.sha256("|".join(("feed", *parts)).encode()).hexdigest()
    return f"{digest[:32]}@{config.municipality.email.rpartition('@')[2]}"


def _tell_twins_apart(entries: Iterable[FeedEntry]) -> Iterator[FeedEntry]:
    """Two agreements in the same words at the same meeting are two entries."""
    seen: Counter[str] = Counter()
    for entry in entries:
        seen[entry.uid] += 1
        yield replace(entry, uid=f"{seen[entry.uid]}-{entry.uid}") if seen[entry.uid] > 1 else entry


def _day_of(entry: FeedEntry) -> date:
    return entry.starts.date() if isinstance(entry.starts, datetime) else entry.starts
