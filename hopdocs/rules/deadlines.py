"""What is late. Time alone never stops a family: these are tasks, and they block nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.domain.meetings import PLAN_MEETINGS
from hopdocs.domain.pauses import paused_days
from hopdocs.model.meeting import MeetingType
from hopdocs.rules.context import error, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import Finding
    from hopdocs.domain.family_day import FamilyDay

_GRACE_DAYS = 14
"""How much later than the target a follow-up may be before it is mentioned."""

_DAYS_IN_WEEK = 7


def check_follow_up(day: FamilyDay) -> Iterator[Finding]:
    """The plan is followed up in the rhythm agreed on, and at the very least once a year."""
    held = day.held(*PLAN_MEETINGS)
    if not held:
        return
    last = held[-1]
    at = ("meetings", day.family.meetings.index(last), "date")
    coming = day.planned(MeetingType.OPFØLGNINGSMØDE, MeetingType.AFSLUTNINGSMØDE)
    until = coming[0].date if coming else day.today
    rhythm = day.family.follow_up
    target = rhythm.every_weeks * _DAYS_IN_WEEK if rhythm is not None else day.config.deadlines.follow_up_target
    days = (until - last.date).days - paused_days(day.family, last.date, until)
    limit = day.config.deadlines.follow_up_limit
    since = last.date.isoformat()
    if days > limit:
        yield error("HD289", at, meeting=last.id, date=since, days=str(days), limit=str(limit))
    elif days > target + _GRACE_DAYS:
        yield warn("HD288", at, meeting=last.id, date=since, days=str(days), target=str(target))


def check_ended_activities(day: FamilyDay) -> Iterator[Finding]:
    """When an activity has ended its goal gets a status."""
    plan = day.family.plan
    for index, activity in enumerate(plan.activities if plan is not None else ()):
        if activity.last_day is None or activity.last_day >= day.today or plan is None:
            continue
        if not any(line.goal == activity.goal and line.date >= activity.last_day for line in plan.status):
            at = ("plan", "activities", index, "end")
            yield warn("HD290", at, activity=activity.id, goal=activity.goal, date=activity.last_day.isoformat())


def check_waiting_times(day: FamilyDay) -> Iterator[Finding]:
    """A wait that goes on too long says what it costs the family, so that the steering group can be told."""
    limit = day.config.deadlines.waiting_time
    for index, wait in enumerate(day.family.waiting_times):
        until = wait.granted or day.today
        is_open = wait.granted is None
        if is_open and until > wait.applied + timedelta(days=limit) and wait.consequence is None:
            at = ("waiting_times", index, "consequence")
            yield warn("HD298", at, missing=True, area=wait.area, days=str((until - wait.applied).days))
