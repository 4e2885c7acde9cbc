"""The goals of one copy of the plan: those its reader may see, each with the activities she may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from hopdocs.danish import day_and_month
from hopdocs.documents.at_work import may_see_area_at_work
from hopdocs.documents.audience import AreaReader, Concern, MemberReader, Withheld
from hopdocs.documents.goals.progress import goal_path
from hopdocs.documents.goals.themes import DIRECTION_WORDS, Theme, heading_of, theme_of
from hopdocs.documents.law import law_reference
from hopdocs.documents.letterhead import person_name
from hopdocs.documents.told_reasons import reason_for
from hopdocs.documents.views import ActivityLine, GoalView, StatusLine
from hopdocs.domain.goal_knowledge import knowledge_of
from hopdocs.domain.tasks import find_person
from hopdocs.model.plan import Decision, OpenEnd

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.domain.goal_knowledge import GoalKnowledge
    from hopdocs.model.plan import Activity, Goal, GoalStatus, Plan


@dataclass(frozen=True, slots=True)
class GoalPart:
    """A goal and those of its activities that one reader may see."""

    goal: Goal
    activities: tuple[Activity, ...]
    readings: tuple[GoalStatus, ...]
    """Oldest first."""
    is_withheld: bool = False
    """Only the activities may be read: the goal is also about somebody whose consent does not reach this far."""


def visible_parts(audience: Audience, plan: Plan, reader: Reader) -> tuple[GoalPart, ...]:
    """What one reader may see of goals, activities and readings, in the file's order."""
    parts = []
    for goal in plan.goals:
        knowledge = knowledge_of(audience.family, audience.config, goal)
        activities = tuple(
            activity for activity in knowledge.activities if audience.may_see(reader, activity_concern(activity))
        )
        if why_goal_hidden(audience, reader, goal, knowledge) is None:
            readings = (line for line in plan.status if line.goal == goal.id)
            seen = [line for line in readings if audience.may_see(reader, reading_concern(goal, line))]
            parts.append(GoalPart(goal, activities, tuple(sorted(seen, key=lambda line: line.date))))
        elif activities and goal.visible_to is None:
            parts.append(_withhold(goal, activities, reader))
    return tuple(parts)


WITHHELD_FROM_AREA = "Det gælder også andre, og det står i familiens egen udgave."
WITHHELD_FROM_MEMBER = "Målet står i den udgave, som den har, det gælder."


_OWN_WORDS = ("words", "to_child", "need", "sign", "direction", "area", "baseline", "target", "indicator")
"""What of a goal goes with its words."""


def _withhold(goal: Goal, activities: tuple[Activity, ...], reader: Reader) -> GoalPart:
    """What somebody may read of what is done stands in her copy, also if the goal's words are not hers to read."""
    for_ = tuple(member for member in goal.for_ if any(member in activity.for_ for activity in activities))
    ended = goal.ended.model_copy(update={"reason": None, "told_as": None}) if goal.ended is not None else None
    sentence = WITHHELD_FROM_AREA if isinstance(reader, AreaReader) else WITHHELD_FROM_MEMBER
    words = {"goal": sentence, "for_": for_} | dict.fromkeys(_OWN_WORDS)
    return GoalPart(goal.model_copy(update=words | {"ended": ended}), activities, (), is_withheld=True)


def may_see_activity(audience: Audience, reader: Reader, activity: Activity) -> bool:
    """Whether her copy of the plan shows it: what is done towards a goal that is kept to some is kept with the goal."""
    plan = audience.family.plan
    goal = next((goal for goal in plan.goals if goal.id == activity.goal), None) if plan is not None else None
    if goal is not None and goal.visible_to is not None:
        knowledge = knowledge_of(audience.family, audience.config, goal)
        if why_goal_hidden(audience, reader, goal, knowledge) is not None:
            return False
    return audience.may_see(reader, activity_concern(activity))


def activity_concern(activity: Activity) -> Concern:
    """What an area does is that area's knowledge of those it is for."""
    return Concern(activity.for_, activity.area, activity.visible_to)


def reading_concern(goal: Goal, reading: GoalStatus) -> Concern:
    """A reading is read with its goal, unless it names an area whose knowledge it is."""
    return Concern(goal.for_, reading.area, goal.visible_to if reading.area is None else None)


def why_goal_hidden(audience: Audience, reader: Reader, goal: Goal, knowledge: GoalKnowledge) -> Withheld | None:
    """Why a goal's words may not stand in one reader's copy, or None if they may.

    A member reads a goal of her household, and one that is knowledge of health only if it is hers (or her child's,
    under 15); `visible_to` decides for her instead. An area reads one when it may read something that is done towards
    it, and every health area's knowledge of all whom it is for; `visible_to` can only narrow that.
    """
    own = Concern(goal.for_, goal.area, goal.visible_to)
    health = tuple(Concern(goal.for_, area, goal.visible_to) for area in knowledge.health_areas)
    if isinstance(reader, MemberReader):
        why = audience.why_hidden(reader, health[0] if health else own)
        return Withheld.UNSAID if why is Withheld.HEALTH and knowledge.is_unsaid else why
    if knowledge.is_unsaid:
        return Withheld.UNSAID
    for concern in (own, *health):
        if (why := audience.why_hidden(reader, concern)) is not None:
            return why
    is_open = not knowledge.activities or goal.area is not None or goal.visible_to is not None
    if is_open or any(audience.may_see(reader, activity_concern(activity)) for activity in knowledge.activities):
        return None
    return Withheld.NOT_ITS_WORK


def goals_by_theme(audience: Audience, reader: Reader, parts: Iterable[GoalPart], day: date) -> tuple[GoalView, ...]:
    """The goals as they are printed, heading by heading, and numbered in that order.

    A heading stands where the family has put the first goal under it.
    """
    by_theme: dict[Theme, list[GoalPart]] = {}
    for part in parts:
        by_theme.setdefault(theme_of(audience.config, part), []).append(part)
    numbers = count(1)
    return tuple(
        replace(
            goal_view(audience, reader, part, next(numbers), day),
            heading=heading_of(theme, by_theme.keys()) if part is own[0] else "",
        )
        for theme, own in by_theme.items()
        for part in own
    )


def goal_view(audience: Audience, reader: Reader, part: GoalPart, number: int, day: date) -> GoalView:
    """One goal as it is printed; `day` tells the activities that are over."""
    goal = part.goal
    return GoalView(
        number=number,
        for_=tuple(audience.short_names[member] for member in goal.for_),
        words=goal.words or "",
        need=goal.need or "",
        goal=goal.goal,
        sign=goal.sign or "",
        direction=DIRECTION_WORDS[goal.direction] if goal.direction is not None else "",
        status=status_line(goal, part.readings[-1]) if part.readings else None,
        ended=goal.ended.date if goal.ended is not None else None,
        ended_reason=reason_for(audience, reader, goal.ended, goal.ended.date) if goal.ended is not None else "",
        activities=tuple(activity_line(audience, reader, activity, day) for activity in part.activities),
        path=goal_path(audience.family, part, audience.config.catalogue),
    )


def status_line(goal: Goal, reading: GoalStatus) -> StatusLine:
    """One reading."""
    return StatusLine(date=reading.date, goal=goal.goal, progress=reading.progress.value, note=reading.note or "")


def activity_line(audience: Audience, reader: Reader, activity: Activity, day: date) -> ActivityLine:
    """One activity as it is printed."""
    area = audience.config.areas[activity.area].name if activity.area in audience.config.areas else activity.area
    return ActivityLine(
        what=activity.what,
        for_=tuple(audience.short_names[member] for member in activity.for_),
        area=area,
        responsible=person_name(audience.family, audience.config, activity.responsible),
        start=activity.start,
        end=activity.last_day,
        until=_until_words(activity),
        hours_per_week=activity.hours_per_week,
        follow_up=follow_up_words(activity),
        followed_up_by=_who_follows_up(audience, reader, activity),
        decision=activity.decision.value if activity.decision is not None else "",
        decision_text=_decision_sentence(activity, area, is_own=activity.responsible in audience.family.members),
        law=law_reference(audience.config, activity.law, audience.today),
        continues_in=activity.continues_in or "",
        is_over=is_over(activity, day),
    )


def _until_words(activity: Activity) -> str:
    if activity.last_day is not None:
        return day_and_month(activity.last_day)
    if activity.review is not None:
        return f"{OpenEnd.LØBENDE.value}, tages op den {day_and_month(activity.review)}"
    return OpenEnd.LØBENDE.value


def follow_up_words(activity: Activity) -> str:
    """`Samtale hver 4. uge`: how it is followed up; '' when nothing is agreed."""
    if activity.follow_up is None:
        return ""
    weeks = activity.follow_up.every_weeks
    rhythm = "" if not weeks else "hver uge" if weeks == 1 else f"hver {weeks}. uge"
    return " ".join(part for part in (activity.follow_up.how or "", rhythm) if part)


def _who_follows_up(audience: Audience, reader: Reader, activity: Activity) -> str:
    """Who is responsible, unless somebody else is named whom this reader may know at work with those it is for."""
    if activity.follow_up is None:
        return ""
    family, config, named = audience.family, audience.config, activity.follow_up.by
    area = audience.area_of(find_person(family, config, named).staff) if named is not None else None
    is_open = named is not None and may_see_area_at_work(audience, area, activity.for_, (reader,))
    return person_name(family, config, named if named is not None and is_open else activity.responsible)


def _decision_sentence(activity: Activity, area: str, *, is_own: bool) -> str:
    """Reports where the area's own decision stands. The plan decides nothing, and no sentence may read as if it did.

    What somebody of the family does herself, and no area was asked about, is nobody else's to decide.
    """
    match activity.decision:
        case Decision.ANSØGT:
            return f"Der er søgt om det. {area} tager stilling."
        case Decision.AFVENTER:
            return f"Det er ikke afgjort endnu. {area} tager stilling."
        case Decision.BEVILGET:
            return f"{area} har bevilget det."
        case Decision.AFSLAG:
            return f"{area} har sagt nej til det."
        case None if is_own:
            return "Det bestemmer familien selv."
        case None:
            return f"Det afgøres ikke i denne plan. {area} tager stilling."


def is_over(activity: Activity, day: date) -> bool:
    """Whether an activity has ended before `day`, or was refused."""
    has_ended = activity.last_day is not None and activity.last_day < day
    return has_ended or activity.decision is Decision.AFSLAG
