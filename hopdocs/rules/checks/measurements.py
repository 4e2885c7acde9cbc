"""What is measured is there in time and can be true (samarbejdsaftale 2023, Effektmåling)."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks
from hopdocs.model.meeting import MeetingType
from hopdocs.rules.calendar import months_later
from hopdocs.rules.course import error, warn
from hopdocs.rules.meetings import held_meetings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.model.family import Family
    from hopdocs.model.values import AreaCode
    from hopdocs.rules.course import Course

DRAW_LEAD = timedelta(days=31)
"""A count made so long before a data draw is due belongs to it."""

_DRAW_GRACE = timedelta(days=14)
_SCALES = {"sdq": Decimal(40), "vum": Decimal(4)}
"""The highest total of a scale, by how the indicator's key begins."""


def check_baseline(course: Course) -> Iterator[Finding]:
    """The first interview comes before the plan is made, or it measures nothing."""
    plan_meetings = held_meetings(course.family, course.today, MeetingType.FAMILIEPLANSMØDE)
    if not plan_meetings:
        return
    measured = course.family.measurements.baseline_interview if course.family.measurements is not None else None
    if measured is None or measured > plan_meetings[0].date:
        at = ("measurements", "baseline_interview")
        yield warn("HD291", at, missing=measured is None, date=plan_meetings[0].date.isoformat())


def missing_draws(family: Family, months: tuple[int, ...], today: date) -> list[tuple[int, date]]:
    """The data draws that are due and have no count: how many months after the start, and the day."""
    days = [(number, months_later(family.start_date, number)) for number in months]
    counted = [line.date for line in family.measurements.services] if family.measurements is not None else []
    missing = []
    for place, (number, due) in enumerate(days):
        following = days[place + 1][1] - DRAW_LEAD if place + 1 < len(days) else None
        has_count = any(due - DRAW_LEAD <= day and (following is None or day < following) for day in counted)
        if due <= today and not has_count:
            missing.append((number, due))
    return missing


def check_draws(course: Course) -> Iterator[Finding]:
    """The services are counted at the start and at every half year."""
    if course.family.start_date > course.today:
        return
    for number, due in missing_draws(course.family, course.config.deadlines.data_draws_months, course.today):
        if due + _DRAW_GRACE < course.today:
            yield warn("HD292", ("measurements", "services"), missing=True, months=str(number), date=due.isoformat())


def check_costs(course: Course) -> Iterator[Finding]:
    """Each area's costs are a row of months without holes, none below zero and none to come."""
    costs = course.family.measurements.costs if course.family.measurements is not None else ()
    rows: dict[AreaCode, list[tuple[date, int]]] = defaultdict(list)
    for index, cost in enumerate(costs):
        at: DataPath = ("measurements", "costs", index)
        rows[cost.area].append((cost.month, index))
        if cost.amount < 0:
            yield error("HD294", (*at, "amount"), amount=str(cost.amount))
        if cost.month > course.today:
            yield error("HD295", (*at, "month"), month=f"{cost.month:%Y-%m}")
    for area, months in rows.items():
        months.sort()
        for (earlier, _), (later, index) in pairwise(months):
            expected = months_later(earlier, 1)
            if later != expected:
                at = ("measurements", "costs", index, "month")
                yield error("HD293", at, area=area, month=f"{later:%Y-%m}", expected=f"{expected:%Y-%m}")


def check_scales(course: Course) -> Iterator[Finding]:
    """A score lies on its scale, and an SDQ says who answered."""
    indicators = course.family.measurements.indicators if course.family.measurements is not None else ()
    for index, indicator in enumerate(indicators):
        at: DataPath = ("measurements", "indicators", index)
        scale = next((name for name in _SCALES if indicator.key.casefold().startswith(name)), None)
        if scale is None:
            continue
        if not 0 <= indicator.value <= _SCALES[scale]:
            yield error(
                "HD297",
                (*at, "value"),
                blocks=Blocks.FAMILY,
                indicator=indicator.key,
                value=str(indicator.value),
                highest=str(_SCALES[scale]),
            )
        if scale == "sdq" and indicator.informant is None:
            yield warn("HD279", (*at, "informant"), missing=True, indicator=indicator.key)
