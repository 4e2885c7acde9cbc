"""What is late. Time alone never stops a family: these are tasks, and they block nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.domain.meetings import PLAN_MEETINGS, held_meetings, planned_meetings
from hopdocs.domain.pauses import paused_days
from hopdocs.model.meeting import MeetingType
from hopdocs.rules.context import error, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import Finding
    from hopdocs.rules.context import Course

_GRACE_DAYS = 14
"""How much later than the target a follow-up may be before it is mentioned."""

_DAYS_IN_WEEK = 7


def check_follow_up(course: Course) -> Iterator[Finding]:
    """The plan is followed up in the rhythm agreed on, and at the very least once a year."""
    held = held_meetings(course.family, course.today, *PLAN_MEETINGS)
    if not held:
        return
    last = held[-1]
    at = ("meetings", course.family.meetings.index(last), "date")
    coming = planned_meetings(course.family, course.today, MeetingType.OPFØLGNINGSMØDE, MeetingType.AFSLUTNINGSMØDE)
    until = coming[0].date if coming else course.today
    rhythm = course.family.follow_up
    target = rhythm.every_weeks * _DAYS_IN_WEEK if rhythm is not None else course.config.deadlines.follow_up_target
    days = (until - last.date).days - paused_days(course.family, last.date, until)
    limit = course.config.deadlines.follow_up_limit
    since = last.date.isoformat()
    if days > limit:
        yield error("HD289", at, meeting=last.id, date=since, days=str(days), limit=str(limit))
    elif days > target + _GRACE_DAYS:
        yield warn("HD288", at, meeting=last.id, date=since, days=str(days), target=str(target))


def check_ended_activities(course: Course) -> Iterator[Finding]:
    """When an activity has ended its goal gets a status."""
    plan = course.family.plan
    for index, activity in enumerate(plan.activities if plan is not None else ()):
        if activity.last_day is None or activity.last_day >= course.today or plan is None:
            continue
        if not any(line.goal == activity.goal and line.date >= activity.last_day for line in plan.status):
            at = ("plan", "activities", index, "end")
            yield warn("HD290", at, activity=activity.id, goal=activity.goal, date=activity.last_day.isoformat())


def check_waiting_times(course: Course) -> Iterator[Finding]:
    """A wait that goes on too long says what it costs the family, so that the steering group can be told."""
    limit = course.config.deadlines.waiting_time
    for index, wait in enumerate(course.family.waiting_times):
        until = wait.granted or course.today
        is_open = wait.granted is None
        if is_open and until > wait.applied + timedelta(days=limit) and wait.consequence is None:
            at = ("waiting_times", index, "consequence")
            yield warn("HD298", at, missing=True, area=wait.area, days=str((until - wait.applied).days))
