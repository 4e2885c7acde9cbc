"""Where a goal began, where it is now, and where it is to come: from its indicator, its readings and its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.danish import capitalise, day_and_month, decimal, month_name
from hopdocs.documents.views import GoalPath

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.documents.plan_goals import GoalPart
    from hopdocs.model.family import Family
    from hopdocs.model.indicators import IndicatorCatalogue
    from hopdocs.model.measurement import Indicator
    from hopdocs.model.plan import Goal


def goal_path(family: Family, part: GoalPart, catalogue: IndicatorCatalogue) -> GoalPath | None:
    """The way of one goal; None where nobody has said where it began."""
    goal = part.goal
    values = values_of(family.measurements.indicators if family.measurements is not None else (), goal, catalogue)
    baseline = goal.baseline or (_said(values[0], catalogue) if values else "")
    if not baseline:
        return None
    newest = values[-1] if len(values) > 1 or (values and goal.baseline) else None
    reading = part.readings[-1] if part.readings else None
    if newest is not None:
        now = _said(newest, catalogue)
    else:
        now = f"{capitalise(reading.progress.value)} ({day_and_month(reading.date)})" if reading is not None else ""
    return GoalPath(baseline=baseline, now=now, wanted=goal.target or goal.goal)


def values_of(lines: Iterable[Indicator], goal: Goal, catalogue: IndicatorCatalogue) -> list[Indicator]:
    """The values of a goal's indicator for those it is for, oldest first."""
    if goal.indicator is None:
        return []
    own = [
        line
        for line in lines
        if line.value is not None
        and catalogue.is_same(line.key, goal.indicator)
        and set(line.for_) <= set(goal.for_)
        and _day_of(line)
    ]
    return sorted(own, key=lambda line: str(_day_of(line)))


def _day_of(line: Indicator) -> date | None:
    return line.date or line.month


def _said(line: Indicator, catalogue: IndicatorCatalogue) -> str:
    kind = catalogue.find(line.key)
    assert line.value is not None  # noqa: S101 - only lines with a value are listed
    if kind is not None and kind.is_yes_or_no:
        value = "Ja" if line.value else "Nej"
    else:
        value = decimal(line.value) + (" %" if kind is not None and kind.unit == "%" else "")
    when = (
        day_and_month(line.date) if line.date is not None else month_name(line.month) if line.month is not None else ""
    )
    return f"{value} ({when})"
