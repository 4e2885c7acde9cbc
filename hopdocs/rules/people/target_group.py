"""Is the offer for this family at all (samarbejdsaftale 2023, Målgruppe)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.domain.state import State
from hopdocs.rules.context import error, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import Finding
    from hopdocs.domain.family_day import FamilyDay


def check_areas_with_cases(day: FamilyDay) -> Iterator[Finding]:
    """An active case in the area that must be there, and in at least so many others."""
    group = day.config.target_group
    if group.required_area is None:
        return
    cases = day.family.cases
    active = {case.area for case in cases if case.is_active_on(day.today)}
    seen = {case.area for case in cases}
    if group.required_area not in active:
        # A case that ended is what time brought; a family just referred may not have its cases written yet.
        is_soft = group.required_area in seen or (not cases and day.state is State.HENVENDT)
        say = warn if is_soft else error
        yield say("HD224", ("cases",), missing=True, area=day.config.areas[group.required_area].name)
        return
    others = active - {group.required_area}
    if len(others) < group.other_areas:
        say = warn if len(seen) > group.other_areas else error
        yield say("HD225", ("cases",), missing=True, needed=str(group.other_areas), found=str(len(others)))


def check_parent_has_case(day: FamilyDay) -> Iterator[Finding]:
    """At least one parent is in an active effort: a case of her own, or an activity of the plan."""
    family = day.family
    if not family.cases:
        return
    parents = {key for key, person in family.members.items() if not person.is_child}
    in_cases = {key for case in family.cases if case.is_active_on(day.today) for key in case.for_}
    in_plan = {key for activity in (family.plan.activities if family.plan else ()) for key in activity.for_}
    if not parents & (in_cases | in_plan):
        had_one = any(parents & set(case.for_) for case in family.cases)
        yield (warn if had_one else error)("HD226", ("cases",), missing=True)


def check_criteria(day: FamilyDay) -> Iterator[Finding]:
    """Why the family is in the target group stands in the file."""
    if not day.family.criteria:
        yield warn("HD227", ("criteria",), missing=True)
