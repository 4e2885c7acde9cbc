"""What was agreed before and is not done yet: what the next agenda begins with."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.documents.minutes.reading import may_read_point, point_concern, shown_name
from hopdocs.documents.views import AgreementLine
from hopdocs.domain.tasks import tasks_until
from hopdocs.domain.working_days import working_days_before
from hopdocs.model.meeting import MeetingType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.documents.meeting_facts import MeetingFacts
    from hopdocs.domain.tasks import Task


def tasks_on_the_table(gathering: MeetingFacts) -> tuple[AgreementLine, ...]:
    """The open tasks that a meeting begins with, as far as everybody may see them who sits there.

    Only the next meeting takes them along, so that marking one done remakes one agenda; and what is done after the day
    that the agenda is to be out stays on it, since people hold it by then.
    """
    if gathering.meeting.type is MeetingType.INTERVIEW or _waits_for_another(gathering):
        return ()
    audience, areas = gathering.audience, gathering.audience.config.areas
    tasks = [task for task in _open_tasks(gathering) if _is_for_the_table(gathering, task)]
    return tuple(
        AgreementLine(
            agreed=task.what,
            who=shown_name(audience, gathering.meeting, task.who, gathering.table) if task.who is not None else "",
            is_readers=False,
            due=task.due,
            decided_in=areas[task.area].name if task.area in areas else "",
        )
        for task in tasks
    )


def _waits_for_another(gathering: MeetingFacts) -> bool:
    """Whether people meet once more before: then it is that meeting that takes them up."""
    day, meeting = gathering.audience.day, gathering.meeting
    return any(
        other.date < meeting.date and other.type is not MeetingType.INTERVIEW for other in day.planned()
    ) and day.is_planned(meeting)


def _open_tasks(gathering: MeetingFacts) -> Iterator[Task]:
    audience, meeting = gathering.audience, gathering.meeting
    is_out = working_days_before(meeting.date, audience.config.deadlines.agenda, audience.config)
    last_day = min(audience.today, meeting.date - timedelta(days=1))
    tasks = tasks_until(audience.family, audience.config, last_day, is_out - timedelta(days=1))
    return (task for task in tasks if task.is_open)


def _is_for_the_table(gathering: MeetingFacts, task: Task) -> bool:
    """A guest from outside reads what is open to all, and nothing of anybody's health."""
    audience, concern = gathering.audience, point_concern(gathering.audience, task.point)
    is_health = concern.area is not None and audience.config.is_health(concern.area)
    if gathering.meeting.guests and (is_health or concern.visible_to is not None):
        return False
    return all(may_read_point(audience, task.meeting, reader, task.point) for reader in gathering.table)
