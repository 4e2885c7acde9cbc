"""The facts of one copy of the plan: the entries that its reader may see, in the words that the plan prints.

They come from the data and never from the day: that a date passes is nothing new to whoever was told the date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.danish import decimal, join, long_date, time_range
from hopdocs.documents.at_work import may_see_area_at_work
from hopdocs.documents.audience import Concern
from hopdocs.documents.changes.facts import Fact, FactKind, PlanFacts, digests_of
from hopdocs.documents.letterhead import person_name
from hopdocs.documents.meeting_facts import meeting_view
from hopdocs.documents.plan_goals import follow_up_words
from hopdocs.documents.sector_plans import sector_plan_lines, visible_sector_plans
from hopdocs.domain.family_day import worked_out_once
from hopdocs.domain.goal_knowledge import knowledge_of
from hopdocs.model.meeting import FAMILY_MEETINGS
from hopdocs.model.scalars.moments import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.documents.changes.facts import Ground
    from hopdocs.documents.plan_goals import GoalPart
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.family import Family
    from hopdocs.model.plan import Activity, GoalStatus, SectorPlan

SHARED_GOAL: Final = FactKind.PLAN.key("shared_goal")
RHYTHM: Final = FactKind.PLAN.key("rhythm")
CLOSING: Final = FactKind.PLAN.key("closing")


def plan_facts(audience: Audience, reader: Reader, parts: tuple[GoalPart, ...]) -> PlanFacts:
    """What one reader's copy says; `parts` are the goals that she may see something of."""
    facts = (
        *_course(audience),
        *_goals(audience, reader, parts),
        *_meetings(audience, reader),
        *_tovholders(audience),
        *_team(audience, reader),
        *_network(audience, reader),
        *_sector_plans(audience, reader),
    )
    return PlanFacts(facts, _all_digests(audience.day))


@worked_out_once
def _all_digests(day: FamilyDay) -> frozenset[str]:
    """What stands for every entry of the family's file that any copy may show."""
    return digests_of(day.family.id, _all_keys(day.family))


def _all_keys(family: Family) -> Iterator[str]:
    plan = family.plan
    yield from (FactKind.MEETING.key(meeting.id) for meeting in family.meetings)
    yield from (FactKind.TOVHOLDER.key(line.staff, line.from_.isoformat()) for line in family.tovholder)
    yield from (FactKind.TEAM.key(line.staff, line.from_.isoformat()) for line in family.team)
    yield from (FactKind.NETWORK.key(line.name) for line in family.network)
    if plan is not None:
        yield from (FactKind.GOAL.key(goal.id) for goal in plan.goals)
        yield from (_reading_key(reading) for reading in plan.status)
        yield from (FactKind.ACTIVITY.key(activity.id) for activity in plan.activities)
        yield from (_sector_plan_key(line) for line in plan.sector_plans)


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _course(audience: Audience) -> Iterator[Fact]:
    family = audience.family
    plan, rhythm = family.plan, family.follow_up
    weeks = rhythm.every_weeks if rhythm is not None else audience.config.deadlines.follow_up_target // 7
    ends = [day for day in (family.closing.date if family.closing else None, family.moved_away) if day is not None]
    yield Fact(CLOSING, {"date": _day(min(ends, default=None))})
    yield Fact(SHARED_GOAL, {"goal": (plan.shared_goal or "") if plan is not None else ""})
    yield Fact(RHYTHM, {"weeks": str(weeks)})


def _goals(audience: Audience, reader: Reader, parts: tuple[GoalPart, ...]) -> Iterator[Fact]:
    names = audience.short_names
    for part in parts:
        goal = part.goal
        if not part.is_withheld:
            yield Fact(
                FactKind.GOAL.key(goal.id),
                {
                    "goal": goal.goal,
                    "for": join(names[member] for member in goal.for_),
                    "words": goal.words or "",
                    "need": goal.need or "",
                    "sign": goal.sign or "",
                    "ended": _day(goal.ended.date if goal.ended is not None else None),
                },
                _goal_grounds(audience, reader, part),
            )
            for reading in part.readings:
                words = {"goal": goal.id, "date": _day(reading.date), "progress": reading.progress.value}
                yield Fact(_reading_key(reading), words)
        for activity in part.activities:
            yield _activity(audience, activity)


def _goal_grounds(audience: Audience, reader: Reader, part: GoalPart) -> tuple[Ground, ...]:
    """Everything that let the reader see a goal; nothing if only its own `visible_to` did."""
    goal = part.goal
    areas = (*knowledge_of(audience.family, audience.config, goal).health_areas, goal.area)
    grounds: list[Ground] = [(goal.for_, area) for area in dict.fromkeys(areas)]
    grounds += [(activity.for_, activity.area) for activity in part.activities]
    is_plain = all(audience.may_see(reader, Concern(members, area)) for members, area in grounds)
    return tuple(dict.fromkeys(grounds)) if is_plain else ()


def _reading_key(reading: GoalStatus) -> str:
    return FactKind.READING.key(reading.goal, reading.date.isoformat(), reading.area or "")


def _activity(audience: Audience, activity: Activity) -> Fact:
    family, config = audience.family, audience.config
    times = (f"{WEEKDAYS[item.weekday]} {time_range(item.start, item.end)}" for item in activity.times)
    return Fact(
        FactKind.ACTIVITY.key(activity.id),
        {
            "what": activity.what,
            "for": join(audience.short_names[member] for member in activity.for_),
            "area": config.areas[activity.area].name if activity.area in config.areas else activity.area,
            "responsible": person_name(family, config, activity.responsible),
            "is_own": "ja" if activity.responsible in family.members else "",
            "decision": activity.decision.value if activity.decision is not None else "",
            "start": _day(activity.start),
            "end": _day(activity.last_day),
            "hours": decimal(activity.hours_per_week) if activity.hours_per_week is not None else "",
            "times": join(times),
            "follow_up": follow_up_words(activity),
            "continues_in": activity.continues_in or "",
        },
        ((activity.for_, activity.area),),
    )


def _meetings(audience: Audience, reader: Reader) -> Iterator[Fact]:
    """The meetings of family and team: every reader of the plan is told of the next of them."""
    for meeting in audience.family.meetings:
        if meeting.type not in FAMILY_MEETINGS:
            continue
        words = {
            "type": meeting.type.value,
            "date": _day(meeting.date),
            "when": f"{long_date(meeting.date)} {time_range(meeting.start, meeting.end)}",
            "place": meeting_view(audience, meeting, reader).place,
            "status": meeting.status.value if meeting.status is not None else "",
        }
        yield Fact(FactKind.MEETING.key(meeting.id), words, (((), None),))


def _tovholders(audience: Audience) -> Iterator[Fact]:
    family, config = audience.family, audience.config
    for line in family.tovholder:
        name = person_name(family, config, line.staff)
        yield Fact(FactKind.TOVHOLDER.key(line.staff, line.from_.isoformat()), {"name": name, "from": _day(line.from_)})


def _team(audience: Audience, reader: Reader) -> Iterator[Fact]:
    for line in audience.family.team:
        person = audience.config.staff.get(line.staff)
        if person is None or not may_see_area_at_work(audience, person.area, line.for_, (reader,)):
            continue
        words = {
            "staff": line.staff,
            "name": person.name,
            "title": person.title,
            "from": _day(line.from_),
            "to": _day(line.to),
        }
        yield Fact(FactKind.TEAM.key(line.staff, line.from_.isoformat()), words, ((line.for_, person.area),))


def _network(audience: Audience, reader: Reader) -> Iterator[Fact]:
    for line in audience.family.network:
        if audience.may_see(reader, Concern(line.for_)):
            yield Fact(FactKind.NETWORK.key(line.name), {"name": line.name}, ((line.for_, None),))


def _sector_plan_key(line: SectorPlan) -> str:
    return FactKind.SECTOR_PLAN.key(line.kind, line.area, ",".join(line.for_))


def _sector_plans(audience: Audience, reader: Reader) -> Iterator[Fact]:
    seen = visible_sector_plans(audience, reader)
    for (_, line), view in zip(seen, sector_plan_lines(audience, reader), strict=True):
        words = {"name": view.name, "for": join(view.for_), "relation": view.relation_text}
        yield Fact(_sector_plan_key(line), words, ((line.for_, line.area),))
