"""What is measured is there in time and can be true (samarbejdsaftale 2023, Effektmåling)."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from hopdocs.domain.calendar import months_later
from hopdocs.domain.data_deliveries import data_draws_of
from hopdocs.model.meeting import MeetingType
from hopdocs.rules.context import error, warn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.scalars.values import AreaCode


def check_baseline(day: FamilyDay) -> Iterator[Finding]:
    """The first interview comes before the plan is made, or it measures nothing."""
    plan_meetings = day.held(MeetingType.FAMILIEPLANSMØDE)
    if not plan_meetings:
        return
    measured = day.family.measurements.baseline_interview if day.family.measurements is not None else None
    if measured is None or measured > plan_meetings[0].date:
        at = ("measurements", "baseline_interview")
        yield warn("HD291", at, missing=measured is None, date=plan_meetings[0].date.isoformat())


def check_draws(day: FamilyDay) -> Iterator[Finding]:
    """The services are counted in time. The coordinator does that: in the tovholder's file it is never an error."""
    for draw in data_draws_of(day.family, day.config.deadlines.data_draws_months):
        if draw.made is None and draw.due < day.today:
            at = ("measurements", "services")
            yield warn("HD292", at, missing=True, months=str(draw.months), date=draw.due.isoformat())


def check_costs(day: FamilyDay) -> Iterator[Finding]:
    """Each area's costs are a row of months without holes, none below zero and none to come."""
    costs = day.family.measurements.costs if day.family.measurements is not None else ()
    rows: dict[AreaCode, list[tuple[date, int]]] = defaultdict(list)
    for index, cost in enumerate(costs):
        at: DataPath = ("measurements", "costs", index)
        rows[cost.area].append((cost.month, index))
        if cost.amount < 0:
            yield error("HD294", (*at, "amount"), amount=str(cost.amount))
        if cost.month > day.today:
            yield error("HD295", (*at, "month"), month=f"{cost.month:%Y-%m}")
    for area, months in rows.items():
        months.sort()
        for (earlier, _), (later, index) in pairwise(months):
            expected = months_later(earlier, 1)
            if later != expected:
                at = ("measurements", "costs", index, "month")
                yield error("HD293", at, area=area, month=f"{later:%Y-%m}", expected=f"{expected:%Y-%m}")
