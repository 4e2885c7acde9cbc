"""Which deadlines of a course a reader may know of: most are about the course itself, some about what may be hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from hopdocs.documents.audience import Concern
from hopdocs.documents.plan_goals import may_see_activity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.documents.audience import Audience, Reader

_Line = TypeVar("_Line")

OF_ACTIVITIES: Final = frozenset({"review", "first_follow_up", "waiting_time"})
"""Kinds of deadline whose key holds an activity's id."""


def may_know_date(audience: Audience, reader: Reader, key: str) -> bool:
    """Whether a reader may know of what the deadline with this key is about."""
    family, place = audience.family, _place_in_file(key)
    kind, _, about = key.partition(":")
    if kind == "sector_plan":
        plan = _at(place, family.plan.sector_plans if family.plan is not None else ())
        return plan is not None and audience.may_see(reader, Concern(plan.for_, plan.area, plan.visible_to))
    if kind == "examination":
        case = _at(place, family.cases)
        return case is not None and audience.may_see(reader, Concern(case.for_, case.area))
    if kind not in OF_ACTIVITIES:
        return True
    activities = family.plan.activities if family.plan is not None else ()
    activity = next((found for found in activities if found.id == about), None)
    if activity is not None:
        return may_see_activity(audience, reader, activity)
    wait = _at(place, family.waiting_times)  # one that names no activity
    return kind != "waiting_time" or (wait is not None and audience.may_see(reader, Concern(area=wait.area)))


def _place_in_file(key: str) -> int:
    """The place in its list in the file of what a deadline is about, where its key ends with one; else -1."""
    number = key.rpartition(":")[2]
    return int(number) if number.isdecimal() else -1


def _at(place: int, lines: Sequence[_Line]) -> _Line | None:
    return lines[place] if 0 <= place < len(lines) else None
