"""What each reader of the plan was handed before: a plain value, from which papers tell what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.documents.changes.facts import PlanFacts


@dataclass(frozen=True, slots=True)
class SeenPlan:
    """One copy of the plan as it was handed over on `day`; `facts` is None if nobody knows what stood in it."""

    day: date
    facts: PlanFacts | None


SeenPlans: TypeAlias = Mapping[str, tuple[SeenPlan, ...]]
"""By a member's key or an area's code: the copies that she got, oldest first."""

NOTHING_SEEN: Final[SeenPlans] = MappingProxyType({})
