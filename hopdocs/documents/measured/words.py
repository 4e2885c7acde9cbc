"""How what was measured is said: "38 %", "38 % (maj 2025)", "maj 25: 38, jun. 25: 37 %"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.danish import day_and_month, decimal, month_name, short_date, short_month
from hopdocs.figures.words import say_value as say_number

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from hopdocs.figures.indicators import Point, Series
    from hopdocs.model.indicators import IndicatorKind

_SCALE_OF_STAFF: Final = "VUM"
"""A method of professionals: its name tells a family nothing."""


def say_value(kind: IndicatorKind, value: Decimal) -> str:
    """`38 %`, `12 timer om ugen`, `trin 3`, `ja`."""
    return decimal(value) if kind.unit.startswith(_SCALE_OF_STAFF) else say_number(value, kind.unit)


def say_when(on: date) -> str:
    """The month, or the day where one was written."""
    return month_name(on) if on.day == 1 else day_and_month(on)


def say_values(series: Series) -> tuple[str, ...]:
    """`maj 25: 38`, `jun. 25: 37 %`: each value with its month, oldest first; a unit behind it stands at the last."""
    kind, last = series.kind, series.points[-1]
    said = []
    for point in series.points:
        value, number = say_value(kind, point.value), decimal(point.value)
        when = short_month(point.on) if point.on.day == 1 else short_date(point.on)
        said.append(f"{when}: {number if value.startswith(number) and point is not last else value}")
    return tuple(said)


def name_series(series: Series) -> str:
    """What is measured, and who answered where somebody has to be named."""
    return f"{series.kind.label} (svar fra {series.informant})" if series.informant else series.kind.label


def say_point(kind: IndicatorKind, point: Point) -> str:
    """`38 % (maj 2025)`."""
    return f"{say_value(kind, point.value)} ({say_when(point.on)})"
