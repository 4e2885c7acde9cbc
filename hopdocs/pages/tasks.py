"""What was agreed with a family and is not done yet, as the tovholder's page shows it: whose task is whose. Pure.

The page is made for her area: what that may not read of the minutes is not on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.documents.minutes.reading import may_read_point, shown_name
from hopdocs.domain.consent import Gate
from hopdocs.domain.tasks import tasks_of
from hopdocs.pages.views import TaskLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.documents.audience import Reader
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.domain.tasks import Task


def task_lines(day: FamilyDay) -> tuple[TaskLine, ...]:
    """The open tasks, those with a last day first."""
    audience = Audience(day).without_lapsed()
    area = audience.area_of(day.contact.staff)
    if area is None:
        return ()
    return tuple(_line(audience, task, AreaReader(area)) for task in readable_tasks(day, audience, AreaReader(area)))


def readable_tasks(day: FamilyDay, audience: Audience, reader: Reader) -> Iterator[Task]:
    """The open tasks that a reader may know of; none where consent is missing."""
    if day.gate is Gate.CLOSED:
        return
    for task in tasks_of(day):
        if task.is_open and may_read_point(audience, task.meeting, reader, task.point):
            yield task


def _line(audience: Audience, task: Task, reader: Reader) -> TaskLine:
    areas = audience.config.areas
    return TaskLine(
        what=task.what,
        who=shown_name(audience, task.meeting, task.who, (reader,)) if task.who is not None else "",
        due=task.due,
        is_overdue=task.is_overdue,
        decided_in=areas[task.area].name if task.area in areas else "",
        agreed_at=task.meeting.type.value,
        agreed_on=task.meeting.date,
    )
