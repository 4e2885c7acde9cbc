"""Which parts of the target group a family meets on a day (samarbejdsaftale 2023, Målgruppe).

Counted once: the rules say what is wrong in the file, the screening sheet shows the coordinator what is met.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.scalars.values import AreaCode


@dataclass(frozen=True, slots=True)
class TargetGroupStanding:
    """The three criteria on one day.

    `required_area` is the area that must have a case, None if the municipality names none. `other_areas` are those
    with an active case besides, `needed` how many there must be.
    """

    has_reason: bool
    is_parent_active: bool
    required_area: AreaCode | None
    is_required_active: bool
    other_areas: frozenset[AreaCode]
    needed: int

    @property
    def has_enough_others(self) -> bool:
        """Whether enough other areas work with the family."""
        return len(self.other_areas) >= self.needed

    @property
    def meets_areas(self) -> bool:
        """Whether the areas' criterion is met: the one that must be there, and enough others."""
        return self.required_area is None or (self.is_required_active and self.has_enough_others)

    @property
    def is_met(self) -> bool:
        """Whether all three are."""
        return self.has_reason and self.is_parent_active and self.meets_areas


def target_group_of(day: FamilyDay) -> TargetGroupStanding:
    """Where a family stands towards the target group: from its cases, its plan and the reasons written down."""
    family, group = day.family, day.config.target_group
    active = {case.area for case in family.cases if case.is_active_on(day.today)}
    parents = {key for key, person in family.members.items() if not person.is_child}
    in_cases = {key for case in family.cases if case.is_active_on(day.today) for key in case.for_}
    in_plan = {key for activity in (family.plan.activities if family.plan else ()) for key in activity.for_}
    return TargetGroupStanding(
        has_reason=bool(family.criteria),
        is_parent_active=bool(parents & (in_cases | in_plan)),
        required_area=group.required_area,
        is_required_active=group.required_area in active,
        other_areas=frozenset(active - {group.required_area}),
        needed=group.other_areas,
    )
