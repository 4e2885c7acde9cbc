"""Activities that want the same person at the same time of the week, or that two areas do towards the same goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hopdocs.model.plan import Activity
    from hopdocs.model.scalars.values import MemberKey
    from hopdocs.model.scalars.weekly import WeeklyTime


def run_together(one: Activity, other: Activity) -> bool:
    """Whether the weeks of two activities overlap."""
    return (one.last_day is None or other.start <= one.last_day) and (
        other.last_day is None or one.start <= other.last_day
    )


def find_clash(one: Activity, other: Activity) -> tuple[MemberKey, WeeklyTime] | None:
    """Who is asked to be at both at once, and the time of the first; None if nobody is."""
    member = next((key for key in one.for_ if key in other.for_), None)
    time = next((mine for mine in one.times for theirs in other.times if mine.overlaps(theirs)), None)
    return (member, time) if member is not None and time is not None and run_together(one, other) else None


def do_the_same(one: Activity, other: Activity) -> bool:
    """Whether two areas work for the same person towards the same goal at once: they may know nothing of each other."""
    shares_person = any(key in other.for_ for key in one.for_)
    return one.area != other.area and one.goal == other.goal and shares_person and run_together(one, other)
