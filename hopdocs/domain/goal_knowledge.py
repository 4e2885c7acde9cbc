"""Whose knowledge a goal is. A goal names people, and what is done towards it tells what it is about.

"Jeg vil leve bedre med mine smerter" is knowledge of health as soon as a health area works on it, and stays so when
the language school works on it as well, when the treatment is over, and when the consent to it is taken back. Where
nothing is done towards a goal, and it names no area, nobody can tell: for somebody with whom a health area works, or
worked, it counts as health.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.plan import Activity, Goal
    from hopdocs.model.scalars.values import AreaCode, MemberKey


@dataclass(frozen=True, slots=True)
class GoalKnowledge:
    """What one goal, and every reading of it, tells about those it is for."""

    activities: tuple[Activity, ...]
    """All that is or was done towards it, in the file's order."""
    health_areas: tuple[AreaCode, ...]
    """The health areas whose knowledge it is; none if it is a goal like any other."""
    is_unsaid: bool
    """Neither an activity nor an area says what it is about, and it may be health: no area reads it."""


def knowledge_of(family: Family, config: Config, goal: Goal) -> GoalKnowledge:
    """What a goal tells, from its own `area` and from everything that is done towards it."""
    activities = family.plan.activities if family.plan is not None else ()
    towards = tuple(activity for activity in activities if activity.goal == goal.id)
    named = [*((goal.area,) if goal.area is not None else ()), *(activity.area for activity in towards)]
    if named:
        return GoalKnowledge(towards, tuple(dict.fromkeys(filter(config.is_health, named))), is_unsaid=False)
    at_work = (area for member in goal.for_ for area in health_areas_with(family, config, member))
    health = tuple(dict.fromkeys(at_work))
    return GoalKnowledge((), health, is_unsaid=bool(health))


def health_areas_with(family: Family, config: Config, member: MemberKey) -> tuple[AreaCode, ...]:
    """The health areas that work with somebody, or did."""
    return tuple(dict.fromkeys(filter(config.is_health, _areas_with(family, config, member))))


def _areas_with(family: Family, config: Config, member: MemberKey) -> Iterator[AreaCode]:
    """Every area that works with somebody, or did: an end, a "no" and a withdrawal make nothing unknown again."""
    yield from (line.area for line in family.cases if member in line.for_)
    yield from (
        config.staff[line.staff].area for line in family.team if member in line.for_ and line.staff in config.staff
    )
    yield from (area for line in family.consents if line.member == member for area in line.areas)
    if family.plan is not None:
        yield from (line.area for line in family.plan.activities if member in line.for_)
        yield from (line.area for line in family.plan.sector_plans if member in line.for_)
