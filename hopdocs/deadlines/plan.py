"""Deadlines of the plan: follow-up in its rhythm, and what law asks of each activity for a child."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.deadlines.deadline import Deadline, DeadlineKind, set_deadline
from hopdocs.deadlines.rhythm import rhythm_of
from hopdocs.domain.ages import ADULT_AGE
from hopdocs.domain.calendar import months_later
from hopdocs.domain.pauses import is_paused
from hopdocs.model.meeting import MeetingType
from hopdocs.model.plan import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.family import Family
    from hopdocs.model.plan import Activity

FIRST_FOLLOW_UP_MONTHS = 3
"""The first follow-up of an effort for a child (barnets lov § 95)."""


def list_all(day: FamilyDay) -> Iterator[Deadline]:
    """Follow-up of the plan and of its activities, and waits that the steering group must hear of."""
    if not is_paused(day.family, day.today):
        yield from _list_follow_up(day)
    yield from _list_activities(day)
    yield from _list_waiting_times(day)


def _list_follow_up(day: FamilyDay) -> Iterator[Deadline]:
    config = day.config
    rhythm = rhythm_of(day)
    who = day.contact.staff
    if rhythm.target is not None:
        title = f"Opfølgningsmøde (hver {rhythm.target_days // 7}. uge)"
        yield set_deadline(
            config, "follow_up_target", title, rhythm.target, done=None, kind=DeadlineKind.AGREEMENT, who=who
        )
    if rhythm.limit is not None:
        title = "Opfølgningsmøde senest (mindst ét om året)"
        yield set_deadline(
            config, "follow_up_limit", title, rhythm.limit, done=None, kind=DeadlineKind.AGREEMENT, who=who
        )


def _list_activities(day: FamilyDay) -> Iterator[Deadline]:
    family, config, today = day.family, day.config, day.today
    plan = family.plan
    for activity in plan.activities if plan is not None else ():
        if activity.decision is Decision.AFSLAG or activity.start > today:
            continue
        if activity.review is not None:
            yield set_deadline(
                config,
                f"review:{activity.id}",
                "Løbende indsats tages op igen",
                activity.review,
                done=_first_look(day, activity, activity.review),
                kind=DeadlineKind.LOCAL,
                who=_answerable(day, activity),
            )
        if activity.area == config.target_group.required_area and _is_for_child(family, activity):
            yield set_deadline(
                config,
                f"first_follow_up:{activity.id}",
                "Første opfølgning på en indsats for et barn",
                months_later(activity.start, FIRST_FOLLOW_UP_MONTHS),
                done=_first_look(day, activity, activity.start + timedelta(days=1)),
                kind=DeadlineKind.LAW,
                who=_answerable(day, activity),
            )


def _answerable(day: FamilyDay, activity: Activity) -> str:
    """Who sees to it: the professional responsible; what the family does itself is for the tovholder to bring up."""
    is_staff = any(activity.responsible == key for key in day.config.staff)
    return activity.responsible if is_staff else day.contact.staff


def _is_for_child(family: Family, activity: Activity) -> bool:
    people = [family.members[key] for key in activity.for_ if key in family.members]
    return any(person.is_child and person.age_on(activity.start) < ADULT_AGE for person in people)


def _first_look(day: FamilyDay, activity: Activity, since: date) -> date | None:
    """When the activity was first looked at: a status of its goal, or a follow-up meeting."""
    plan = day.family.plan
    readings = [line.date for line in plan.status if line.goal == activity.goal] if plan is not None else []
    meetings = [meeting.date for meeting in day.held(MeetingType.OPFØLGNINGSMØDE)]
    return min((on for on in (*readings, *meetings) if on >= since), default=None)


def _list_waiting_times(day: FamilyDay) -> Iterator[Deadline]:
    config = day.config
    for index, wait in enumerate(day.family.waiting_times):
        yield set_deadline(
            config,
            f"waiting_time:{wait.activity or index}",
            f"Ventetid i {config.areas[wait.area].name} løftes til styregruppen",
            wait.applied + timedelta(days=config.deadlines.waiting_time),
            done=wait.granted,
            kind=DeadlineKind.AGREEMENT,
            who=config.project_coordinator,
        )
