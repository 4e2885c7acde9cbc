"""Is the offer for this family at all (samarbejdsaftale 2023, Målgruppe)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.domain.course.target_group import target_group_of
from hopdocs.domain.state import State
from hopdocs.rules.context import error, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import Finding
    from hopdocs.domain.family_day import FamilyDay


def check_areas_with_cases(day: FamilyDay) -> Iterator[Finding]:
    """An active case in the area that must be there, and in at least so many others."""
    group = target_group_of(day)
    if group.required_area is None or group.meets_areas:
        return
    cases = day.family.cases
    seen = {case.area for case in cases}
    if not cases and day.state is State.HENVENDT:
        return  # a family just referred has no cases written yet
    if not group.is_required_active:
        say = warn if group.required_area in seen else error  # a case that ended is what time brought
        yield say("HD224", ("cases",), missing=True, area=day.config.areas[group.required_area].name)
        return
    say = warn if len(seen) > group.needed else error
    yield say("HD225", ("cases",), missing=True, needed=str(group.needed), found=str(len(group.other_areas)))


def check_parent_has_case(day: FamilyDay) -> Iterator[Finding]:
    """At least one parent is in an active effort: a case of her own, or an activity of the plan."""
    family = day.family
    if not family.cases or target_group_of(day).is_parent_active:
        return
    parents = {key for key, person in family.members.items() if not person.is_child}
    had_one = any(parents & set(case.for_) for case in family.cases)
    yield (warn if had_one else error)("HD226", ("cases",), missing=True)


def check_criteria(day: FamilyDay) -> Iterator[Finding]:
    """Why the family is in the target group stands in the file."""
    if not target_group_of(day).has_reason:
        yield warn("HD227", ("criteria",), missing=True)
