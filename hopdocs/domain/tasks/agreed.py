"""What was agreed at the meetings as tasks: whose each is, by when, and whether it is done.

An agreement stands in the minutes (`meetings: … minutes: points:`) and nowhere else. It is a task from the meeting on,
until its point says `done`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hopdocs.domain.tasks.people import find_person
from hopdocs.model.meeting import MeetingStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.domain.tasks.people import NamedPerson
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting, MinutesPoint
    from hopdocs.model.scalars.values import AreaCode


@dataclass(frozen=True, slots=True)
class Task:
    """One agreement, as it stands on a day."""

    what: str
    who: NamedPerson | None
    """None if nobody is named."""
    due: date | None
    done: date | None
    """None also while the day that is written is still to come."""
    area: AreaCode | None
    """Where it is decided."""
    meeting: Meeting
    point: MinutesPoint
    is_overdue: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody should still do it."""
        return self.done is None


def tasks_of(day: FamilyDay) -> tuple[Task, ...]:
    """All tasks of a family on a day: those with a last day first, the soonest before the others."""
    found = tasks_until(day.family, day.config, day.today, day.today)
    return tuple(sorted(found, key=lambda task: task.due or date.max))


def tasks_until(family: Family, config: Config, last: date, on: date) -> Iterator[Task]:
    """What was agreed at the meetings until `last`, the oldest first, as it stands on the day `on`."""
    for meeting in sorted(family.meetings, key=lambda item: (item.date, item.start)):
        if took_place(meeting, last):
            yield from _tasks_from(meeting, family, config, on)


def took_place(meeting: Meeting, today: date) -> bool:
    """Whether anything was agreed at a meeting; on the day itself minutes are written while people sit there."""
    return meeting.date <= today and meeting.status not in (MeetingStatus.CANCELLED, MeetingStatus.NO_SHOW)


def _tasks_from(meeting: Meeting, family: Family, config: Config, on: date) -> tuple[Task, ...]:
    """In the order of the minutes."""
    points = meeting.minutes.points if meeting.minutes is not None else ()
    return tuple(_task(point, meeting, family, config, on) for point in points if point.agreed)


def _task(point: MinutesPoint, meeting: Meeting, family: Family, config: Config, on: date) -> Task:
    done = point.done if point.done is not None and point.done <= on else None
    return Task(
        what=point.agreed or "",
        who=find_person(family, config, point.who) if point.who is not None else None,
        due=point.due,
        done=done,
        area=point.decided_in,
        meeting=meeting,
        point=point,
        is_overdue=done is None and point.due is not None and point.due < on,
    )
