"""Under which heading of the plan a goal stands, and what it moves towards, in words for the family.

Only what this reader sees of a goal says what it is about: to whom the treatment is withheld, it is no goal of health.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from hopdocs.model.plan import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from hopdocs.documents.plan_goals import GoalPart
    from hopdocs.model.config import Config


class Theme(StrEnum):
    """The headings, where a copy has goals of more than one."""

    EVERYDAY = "Hverdag og trivsel"
    WORK = "Job, uddannelse og økonomi"
    HEALTH = "Sundhed"


HEADING_OF_ALL = "Hvad er målene, og hvem gør hvad?"
"""Where all goals are of one theme, and that is everyday life."""
DIRECTION_WORDS: Mapping[Direction, str] = MappingProxyType(
    {
        Direction.BØRNS_TRIVSEL: "børnenes trivsel",
        Direction.LIVSMESTRING: "at klare hverdagen",
        Direction.BESKÆFTIGELSE: "job",
        Direction.UDDANNELSE: "uddannelse",
        Direction.ØKONOMI: "økonomi",
    }
)
_WORK = frozenset({Direction.BESKÆFTIGELSE, Direction.UDDANNELSE, Direction.ØKONOMI})


def heading_of(theme: Theme, themes: AbstractSet[Theme]) -> str:
    """What stands over the goals of a theme in a copy that has goals of these themes."""
    return HEADING_OF_ALL if themes == {Theme.EVERYDAY} else theme.value


def theme_of(config: Config, part: GoalPart) -> Theme:
    """Under which heading one reader's part of a goal stands."""
    areas = [activity.area for activity in part.activities]
    if part.goal.area is not None and not part.is_withheld:
        areas.append(part.goal.area)
    if any(config.is_health(area) for area in areas):
        return Theme.HEALTH
    return Theme.WORK if part.goal.direction in _WORK else Theme.EVERYDAY
