"""Deadlines of the plan: follow-up in its rhythm, and what law asks of each activity for a child."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.deadlines.deadline import Deadline, Kind, set_deadline
from hopdocs.deadlines.rhythm import rhythm_of
from hopdocs.domain.calendar import months_later
from hopdocs.domain.meetings import ADULT_AGE, held_meetings
from hopdocs.domain.pauses import is_paused
from hopdocs.domain.tovholder import contact_person
from hopdocs.model.meeting import MeetingType
from hopdocs.model.plan import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.plan import Activity

FIRST_FOLLOW_UP_MONTHS = 3
"""The first follow-up of an effort for a child (barnets lov § 95)."""


def list_all(family: Family, config: Config, today: date) -> Iterator[Deadline]:
    """Follow-up of the plan and of its activities, and waits that the steering group must hear of."""
    if not is_paused(family, today):
        yield from _list_follow_up(family, config, today)
    yield from _list_activities(family, config, today)
    yield from _list_waiting_times(family, config)


def _list_follow_up(family: Family, config: Config, today: date) -> Iterator[Deadline]:
    rhythm = rhythm_of(family, config, today)
    who = contact_person(family, config, today).staff
    if rhythm.target is not None:
        title = f"Opfølgningsmøde (hver {rhythm.target_days // 7}. uge)"
        yield set_deadline(config, "follow_up_target", title, rhythm.target, done=None, kind=Kind.AGREEMENT, who=who)
    if rhythm.limit is not None:
        title = "Opfølgningsmøde senest (mindst ét om året)"
        yield set_deadline(config, "follow_up_limit", title, rhythm.limit, done=None, kind=Kind.AGREEMENT, who=who)


def _list_activities(family: Family, config: Config, today: date) -> Iterator[Deadline]:
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
                done=_first_look(family, activity, activity.review, today),
                kind=Kind.LOCAL,
                who=_answerable(family, config, activity, today),
            )
        if activity.area == config.target_group.required_area and _is_for_child(family, activity):
            yield set_deadline(
                config,
                f"first_follow_up:{activity.id}",
                "Første opfølgning på en indsats for et barn",
                months_later(activity.start, FIRST_FOLLOW_UP_MONTHS),
                done=_first_look(family, activity, activity.start + timedelta(days=1), today),
                kind=Kind.LAW,
                who=_answerable(family, config, activity, today),
            )


def _answerable(family: Family, config: Config, activity: Activity, today: date) -> str:
    """Who sees to it: the professional responsible; what the family does itself is for the tovholder to bring up."""
    is_staff = any(activity.responsible == key for key in config.staff)
    return activity.responsible if is_staff else contact_person(family, config, today).staff


def _is_for_child(family: Family, activity: Activity) -> bool:
    people = [family.members[key] for key in activity.for_ if key in family.members]
    return any(person.is_child and person.age_on(activity.start) < ADULT_AGE for person in people)


def _first_look(family: Family, activity: Activity, since: date, today: date) -> date | None:
    """When the activity was first looked at: a status of its goal, or a follow-up meeting."""
    readings = [line.date for line in family.plan.status if line.goal == activity.goal] if family.plan else []
    meetings = [meeting.date for meeting in held_meetings(family, today, MeetingType.OPFØLGNINGSMØDE)]
    return min((day for day in (*readings, *meetings) if day >= since), default=None)


def _list_waiting_times(family: Family, config: Config) -> Iterator[Deadline]:
    for index, wait in enumerate(family.waiting_times):
        yield set_deadline(
            config,
            f"waiting_time:{wait.activity or index}",
            f"Ventetid i {config.areas[wait.area].name} løftes til styregruppen",
            wait.applied + timedelta(days=config.deadlines.waiting_time),
            done=wait.granted,
            kind=Kind.AGREEMENT,
            who=config.project_coordinator,
        )
