"""A plan that can be followed: goals one can see, activities somebody does (samarbejdsaftale 2023, Familieplan)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks
from hopdocs.documents.goals.clashes import find_clash
from hopdocs.documents.goals.progress import values_of
from hopdocs.domain.ages import JOB_AGE, SIGNING_AGE
from hopdocs.domain.goal_knowledge import knowledge_of
from hopdocs.domain.state import State
from hopdocs.model.meeting import MeetingType
from hopdocs.model.plan import Decision, OpenEnd, PlanRelation, Progress
from hopdocs.rules.context import error, in_words, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.plan import Activity, GoalStatus
    from hopdocs.model.scalars.values import AreaCode, GoalId

WEEK_HOURS = Decimal(37)
"""A full working week in Denmark."""

MANY_HOURS = Decimal(20)

_DAYS_IN_WEEK = 7

_UNDECIDED = (Decision.ANSØGT, Decision.AFSLAG)


def check_has_content(day: FamilyDay) -> Iterator[Finding]:
    """Once the familieplansmøde has been held there is a plan, with goals and activities."""
    plan = day.family.plan
    if day.state is not State.AKTIV:
        return
    if plan is None or not plan.goals:
        yield error("HD269", ("plan", "goals"), missing=True, what="goals")
    elif not plan.activities:
        yield error("HD269", ("plan", "activities"), missing=True, what="activities")
    elif all(goal.need is None for goal in plan.goals):
        yield error("HD269", ("plan", "goals", 0, "need"), missing=True, what="need")
    elif not plan.status and day.held(MeetingType.OPFØLGNINGSMØDE):
        yield error("HD271", ("plan", "status"), missing=True)


def check_progress(day: FamilyDay) -> Iterator[Finding]:
    """What has begun does not go back to not begun: one of the two readings is a slip."""
    begun: dict[GoalId, GoalStatus] = {}
    lines = enumerate(day.family.plan.status if day.family.plan is not None else ())
    for index, line in sorted(lines, key=lambda item: item[1].date):
        earlier = begun.get(line.goal)
        if line.progress is not Progress.IKKE_BEGYNDT:
            begun[line.goal] = line
        elif earlier is not None and earlier.date < line.date:
            at: DataPath = ("plan", "status", index, "progress")
            yield error(
                "HD676",
                at,
                blocks=Blocks.FAMILY,
                goal=line.goal,
                earlier=str(earlier.progress),
                date=earlier.date.isoformat(),
            )


def check_rhythm(day: FamilyDay) -> Iterator[Finding]:
    """A family whose plan is followed up in a rhythm of its own has a reason for it."""
    rhythm = day.family.follow_up
    if rhythm is None or rhythm.reason is not None or rhythm.told_as is not None:
        return
    target = day.config.deadlines.follow_up_target
    if rhythm.every_weeks * _DAYS_IN_WEEK != target:
        weeks = str(target // _DAYS_IN_WEEK)
        yield warn("HD678", ("follow_up", "reason"), missing=True, weeks=str(rhythm.every_weeks), usual=weeks)


def check_goals(day: FamilyDay) -> Iterator[Finding]:
    """A goal says what is needed and how one sees that it is near; at least one speaks in the family's words."""
    plan = day.family.plan
    if plan is None or not plan.goals:
        return
    current = [(index, goal) for index, goal in enumerate(plan.goals) if goal.ended is None]
    used = {activity.goal for activity in plan.activities}
    for index, goal in current:
        absent = [name for name in ("need", "sign") if getattr(goal, name) is None]
        if absent:
            yield warn("HD270", ("plan", "goals", index, absent[0]), missing=True, goal=goal.id, keys=in_words(absent))
        if goal.id not in used:
            yield warn("HD277", ("plan", "goals", index, "id"), goal=goal.id)
        if goal.visible_to is None and knowledge_of(day.family, day.config, goal).is_unsaid:
            yield warn("HD607", ("plan", "goals", index, "id"), goal=goal.id)
    if current and all(goal.words is None for _, goal in current):
        yield warn("HD280", ("plan", "goals", current[0][0], "words"), missing=True)
    ended = {goal.id: goal.ended.date for goal in plan.goals if goal.ended is not None}
    for index, activity in enumerate(plan.activities):
        end = ended.get(activity.goal)
        is_open = activity.last_day is None or (end is not None and activity.last_day > max(end, day.today))
        if end is not None and end <= day.today and is_open and activity.continues_in is None:
            yield warn("HD278", ("plan", "activities", index, "goal"), activity=activity.id, goal=activity.goal)


def check_indicators(day: FamilyDay) -> Iterator[Finding]:
    """An indicator that a goal is held against has been measured for those whom the goal is for."""
    plan, measured = day.family.plan, day.family.measurements
    lines = measured.indicators if measured is not None else ()
    for index, goal in enumerate(plan.goals if plan is not None else ()):
        if goal.indicator is not None and not values_of(lines, goal, day.config.catalogue):
            known = in_words(sorted({line.key for line in lines})) or "–"
            yield warn("HD625", ("plan", "goals", index, "indicator"), goal=goal.id, key=goal.indicator, known=known)


def check_own_area_sees(day: FamilyDay) -> Iterator[Finding]:
    """An area finds its own work in its own copy, unless somebody keeps it out on purpose and is told so."""
    plan = day.family.plan
    if plan is None:
        return
    for index, activity in enumerate(plan.activities):
        if _leaves_out(activity.visible_to, activity.area):
            at: DataPath = ("plan", "activities", index, "visible_to")
            yield warn("HD583", at, activity=activity.id, area=activity.area)
    for index, goal in enumerate(plan.goals):
        areas = dict.fromkeys(item.area for item in plan.activities if item.goal == goal.id)
        lost = [area for area in areas if _leaves_out(goal.visible_to, area)]
        if lost:
            yield warn("HD584", ("plan", "goals", index, "visible_to"), goal=goal.id, areas=in_words(lost))
    for index, sector in enumerate(plan.sector_plans):
        if _leaves_out(sector.visible_to, sector.area):
            at = ("plan", "sector_plans", index, "visible_to")
            yield warn("HD585", at, plan=sector.kind, area=sector.area)


def _leaves_out(visible_to: tuple[str, ...] | None, area: AreaCode) -> bool:
    return visible_to is not None and "all" not in visible_to and area not in visible_to


def check_activities(day: FamilyDay) -> Iterator[Finding]:
    """Who does what, when, how much, and how it is followed up. What is only applied for may still be open."""
    plan = day.family.plan
    for index, activity in enumerate(plan.activities if plan is not None else ()):
        at: DataPath = ("plan", "activities", index)
        absent = [name for name in ("end", "hours_per_week", "follow_up") if getattr(activity, name) is None]
        if absent and activity.decision not in _UNDECIDED:
            yield error(
                "HD272",
                (*at, absent[0]),
                blocks=Blocks.FAMILY,
                missing=True,
                activity=activity.id,
                keys=in_words(absent),
            )
        if activity.end is OpenEnd.LØBENDE and activity.review is None:
            yield error("HD273", (*at, "review"), blocks=Blocks.FAMILY, missing=True, activity=activity.id)
        yield from _check_hours(activity, (*at, "hours_per_week"))


def _check_hours(activity: Activity, at: DataPath) -> Iterator[Finding]:
    hours = activity.hours_per_week
    if hours is None:
        return
    if not 0 <= hours <= WEEK_HOURS:
        yield error("HD274", at, blocks=Blocks.FAMILY, activity=activity.id, hours=str(hours))
    elif hours > MANY_HOURS:
        yield warn("HD275", at, activity=activity.id, hours=str(hours))


def check_load(day: FamilyDay) -> Iterator[Finding]:
    """No adult is asked for more than a working week at once."""
    plan = day.family.plan
    counted = [
        (index, activity)
        for index, activity in enumerate(plan.activities if plan is not None else ())
        if activity.hours_per_week is not None
        and activity.hours_per_week <= WEEK_HOURS
        and activity.decision is not Decision.AFSLAG
        and (activity.last_day is None or activity.last_day >= day.today)
    ]
    for member, person in day.family.members.items():
        if person.is_child:
            continue
        own = [(index, activity) for index, activity in counted if member in activity.for_]
        for index, activity in own:
            start = activity.start
            at_once = [
                other
                for _, other in own
                if other.start <= start and (other.last_day is None or other.last_day >= start)
            ]
            total = sum((other.hours_per_week or Decimal() for other in at_once), Decimal())
            if total > WEEK_HOURS:
                at: DataPath = ("plan", "activities", index, "hours_per_week")
                yield warn("HD276", at, member=member, hours=str(total), date=start.isoformat())
                break


def check_times(day: FamilyDay) -> Iterator[Finding]:
    """Nobody is asked to be in two places at the same time of the week."""
    plan = day.family.plan
    timed = [
        (index, activity)
        for index, activity in enumerate(plan.activities if plan is not None else ())
        if activity.times
        and activity.decision is not Decision.AFSLAG
        and (activity.last_day is None or activity.last_day >= day.today)
    ]
    for place, (index, activity) in enumerate(timed):
        for _, other in timed[:place]:
            clash = find_clash(activity, other)
            if clash is not None:
                member, time = clash
                at: DataPath = ("plan", "activities", index, "times")
                yield warn("HD606", at, member=member, time=str(time), activity=activity.id, other=other.id)


def check_law(day: FamilyDay) -> Iterator[Finding]:
    """A law reference is in force when the activity begins, and a sector plan's today."""
    plan = day.family.plan
    for index, activity in enumerate(plan.activities if plan is not None else ()):
        law = day.config.law.get(activity.law) if activity.law is not None else None
        if law is not None and not law.is_valid_on(activity.start):
            yield warn("HD281", ("plan", "activities", index, "law"), law=law.text, date=activity.start.isoformat())
    for index, sector in enumerate(plan.sector_plans if plan is not None else ()):
        law = day.config.law.get(sector.kind)
        if law is not None and not law.is_valid_on(day.today):
            at: DataPath = ("plan", "sector_plans", index, "kind")
            yield warn("HD281", at, law=law.text, date=day.today.isoformat())


def check_jobs(day: FamilyDay) -> Iterator[Finding]:
    """No spare-time job for a child under 13."""
    plan = day.family.plan
    for index, activity in enumerate(plan.activities if plan is not None else ()):
        if "fritidsjob" not in activity.what.casefold():
            continue
        for key in activity.for_:
            person = day.family.members.get(key)
            if person is not None and person.is_child and person.age_on(activity.start) < JOB_AGE:
                yield warn("HD282", ("plan", "activities", index, "for"), member=key, activity=activity.id)


def check_replaced_plans(day: FamilyDay) -> Iterator[Finding]:
    """This plan can stand in for a youth's plan and a parent's, but never for a child's own barnets plan."""
    plan = day.family.plan
    for index, sector in enumerate(plan.sector_plans if plan is not None else ()):
        if sector.kind != "barnets_plan" or sector.relation is not PlanRelation.ERSTATTES:
            continue
        young = [
            key
            for key in sector.for_
            if key in day.family.members
            and day.family.members[key].is_child
            and day.family.members[key].age_on(day.today) < SIGNING_AGE
        ]
        if young:
            yield error("HD285", ("plan", "sector_plans", index, "relation"), members=in_words(young))
