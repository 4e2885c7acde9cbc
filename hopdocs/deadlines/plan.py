"""Deadlines of the plan: follow-up in its rhythm, and what law asks of each activity for a child."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.deadlines.deadline import Deadline, DeadlineKind, set_deadline
from hopdocs.deadlines.rhythm import rhythm_of
from hopdocs.domain.ages import ADULT_AGE, SIGNING_AGE
from hopdocs.domain.calendar import birthday, months_later
from hopdocs.domain.pauses import is_paused
from hopdocs.model.meeting import MeetingType
from hopdocs.model.plan import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.family import Family
    from hopdocs.model.plan import Activity
    from hopdocs.model.scalars.values import AreaCode

FIRST_FOLLOW_UP_MONTHS = 3
"""The first follow-up of an effort for a child (barnets lov § 95)."""


PLAN_READY_MONTHS = 3
"""A barnets plan or ungeplan lies ready (barnets lov §§ 91 and 108)."""

EXAMINATION_MONTHS = 4
"""A børnefaglig undersøgelse is finished (barnets lov § 20), from when the municipality became aware."""

_YOUTH_PLAN = "ungeplan"
_CHILDRENS_PLANS = {"barnets_plan": "Barnets plan ligger klar", _YOUTH_PLAN: "Ungeplanen ligger klar"}
"""By id under `law` in config."""


def list_all(day: FamilyDay) -> Iterator[Deadline]:
    """Follow-up of the plan and of its activities, and waits that the steering group must hear of."""
    if not is_paused(day.family, day.today):
        yield from _list_follow_up(day)
    yield from _list_activities(day)
    yield from _list_sector_plans(day)
    yield from _list_examinations(day)
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


def _list_sector_plans(day: FamilyDay) -> Iterator[Deadline]:
    """A child's and a youth's own plan are ready in time; a youth's also counts from the sixteenth birthday."""
    plan, config = day.family.plan, day.config
    for index, sector in enumerate(plan.sector_plans if plan is not None else ()):
        title = _CHILDRENS_PLANS.get(sector.kind)
        starts = [sector.decided] if sector.decided is not None else []
        if sector.kind == _YOUTH_PLAN:
            people = [day.family.members[key] for key in sector.for_ if key in day.family.members]
            starts += [birthday(person.born, SIGNING_AGE) for person in people if not starts and sector.file is None]
        if title is None or not starts:
            continue
        due = months_later(max(starts), PLAN_READY_MONTHS)
        if sector.ready is None and sector.decided is None and due < day.family.start_date:
            continue  # ready long before this course began, as far as anybody knows here
        yield set_deadline(
            config,
            f"sector_plan:{sector.kind}:{index}",
            title,
            due,
            done=sector.ready,
            kind=DeadlineKind.LAW,
            who=_adviser_of(day, sector.area),
        )


def _list_examinations(day: FamilyDay) -> Iterator[Deadline]:
    """A børnefaglig undersøgelse is done within four months."""
    for index, case in enumerate(day.family.cases):
        if case.examination is not None:
            yield set_deadline(
                day.config,
                f"examination:{case.area}:{index}",
                "Børnefaglig undersøgelse er færdig",
                months_later(case.examination.since, EXAMINATION_MONTHS),
                done=case.examination.done,
                kind=DeadlineKind.LAW,
                who=_adviser_of(day, case.area),
            )


def _adviser_of(day: FamilyDay, area: AreaCode) -> str:
    """Who decides for an area on today's team; else the one whom the family calls."""
    staff = day.config.staff
    found = [line.staff for line in day.family.team_on(day.today) if line.staff in staff]
    return next((key for key in found if staff[key].area == area and staff[key].authority), day.contact.staff)


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
