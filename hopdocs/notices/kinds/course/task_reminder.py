"""To whoever has promised something at a meeting: once before its last day, and once when that has passed.

The mail says which case and which day, and never what was promised: that stands in the minutes. What is not done two
weeks after is for the next meeting, not for another mail.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from hopdocs.danish import day_and_month
from hopdocs.domain.consent import Gate
from hopdocs.domain.tasks import tasks_of
from hopdocs.domain.team import is_area_open
from hopdocs.domain.tovholder import is_available
from hopdocs.domain.working_days import next_working_day, working_days_before
from hopdocs.notices.kinds.short_mails import define_reminder, wanted_mail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.scalars.values import StaffId
    from hopdocs.notices.wanted import WantedReminder

_KEY: Final = "opgave-"
_OVERDUE_HELPS_FOR: Final = timedelta(days=14)


def wanted_task_reminders(day: FamilyDay) -> Iterator[WantedReminder]:
    """One mail for all that somebody promised at one meeting for the same day. The family is never mailed."""
    if day.gate is not Gate.OPEN or not day.is_running or not day.config.deadlines.task_reminder:
        return
    promised = Counter(
        (task.meeting.id, task.who.staff, task.due)
        for task in tasks_of(day)
        if task.is_open and task.due is not None and task.who is not None and task.who.staff is not None
    )
    for (meeting_id, staff, due), number in promised.items():
        meeting = day.family.meeting(meeting_id)
        if meeting is not None and staff is not None and due is not None and _works_here(day, staff):
            yield from _before(day, meeting, staff, due, number)
            yield _overdue(day, meeting, staff, due, number)


def _works_here(day: FamilyDay, staff: StaffId) -> bool:
    """Whether she still works with the family, and somebody still lets her area share."""
    known, config = day.config.staff.get(staff), day.config
    if known is None or not is_available(config, staff, day.today):
        return False
    is_near = staff == config.project_coordinator or any(line.staff == staff for line in day.family.team_on(day.today))
    return is_near and is_area_open(day.consents, known.area, staff, day.today)


def _before(day: FamilyDay, meeting: Meeting, staff: StaffId, due: date, number: int) -> Iterator[WantedReminder]:
    """Not for what was promised for the next few days: she has just sat there."""
    on = working_days_before(due, day.config.deadlines.task_reminder, day.config)
    if on <= meeting.date:
        return
    yield wanted_mail(
        day,
        staff=staff,
        meeting=meeting.id,
        key=f"{_KEY}senest-{due.isoformat()}",
        due=on,
        expires=_midnight(day, due + timedelta(days=1)),
        subject=f"{_tasks(number)} fra et møde",
        lines=(
            f"Du har {_tasks(number)} fra {_named(meeting)}, som skal være gjort senest den {day_and_month(due)}.",
            *_where_it_stands(day, staff),
        ),
    )


def _overdue(day: FamilyDay, meeting: Meeting, staff: StaffId, due: date, number: int) -> WantedReminder:
    return wanted_mail(
        day,
        staff=staff,
        meeting=meeting.id,
        key=f"{_KEY}efter-{due.isoformat()}",
        due=next_working_day(due + timedelta(days=1), day.config),
        expires=_midnight(day, due + _OVERDUE_HELPS_FOR),
        subject=f"{_tasks(number)} er over tiden",
        lines=(
            f"Du har {_tasks(number)} fra {_named(meeting)}, som skulle være gjort senest den {day_and_month(due)}.",
            *_where_it_stands(day, staff),
        ),
    )


def _where_it_stands(day: FamilyDay, staff: StaffId) -> tuple[str, str]:
    """The tovholder has nobody to tell: she is the one who keeps the list."""
    tell = "skriv dagen ved punktet (done:) i familiens fil" if staff == day.tovholder else "sig det til tovholderen"
    return ("Hvad det er, står i referatet i sagen.", f"Er det gjort, så {tell}. Ellers tages det op på næste møde.")


def _tasks(number: int) -> str:
    return "en opgave" if number == 1 else f"{number} opgaver"


def _named(meeting: Meeting) -> str:
    return f"{meeting.type.definite} den {day_and_month(meeting.date)}"


def _midnight(day: FamilyDay, on: date) -> datetime:
    return datetime.combine(on, datetime.min.time(), ZoneInfo(day.config.timezone))


TASK_REMINDER: Final = define_reminder(_KEY, wanted_task_reminders, lambda switches: switches.task_reminder)
