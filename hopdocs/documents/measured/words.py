"""How a value, a day and a way are said: "38 %", "trin 3", "ja", "maj 2025", "fra 38 % i maj 2025 til 9 % i marts"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.danish import NBSP, day_and_month, decimal, month_name, short_date, short_month, yes_no
from hopdocs.model.indicators import Better

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from hopdocs.figures.indicators import Point, Series
    from hopdocs.model.indicators import IndicatorKind

_UNSAID: Final = frozenset({"antal", "karakter", "VUM"})
"""Units that say no more than the number's own heading does."""
_BEFORE_NUMBER: Final = frozenset({"trin"})
_WAYS: Final = {Better.HØJERE: "Højere er bedre.", Better.LAVERE: "Lavere er bedre.", Better.INGEN: ""}


def say_value(kind: IndicatorKind, value: Decimal) -> str:
    """`38 %`, `12 timer om ugen`, `trin 3`, `ja`: a number with its unit, without the scale that the unit names."""
    if kind.is_yes_or_no:
        return yes_no(bool(value))
    unit, number = say_unit(kind), decimal(value)
    if unit in _BEFORE_NUMBER:
        return f"{unit}{NBSP}{number}"
    return f"{number}{NBSP}{unit}" if unit else number


def say_unit(kind: IndicatorKind) -> str:
    """The unit's own word; empty where it says nothing."""
    unit = kind.unit.partition(" (")[0]
    return "" if unit in _UNSAID else unit


def say_when(on: date) -> str:
    """The month, or the day where one was written."""
    return month_name(on) if on.day == 1 else day_and_month(on)


def say_change(series: Series) -> str:
    """From the first value to the latest, or the only one."""
    first, last = series.before, series.after
    if last is None:
        return f"{_value_at(series.kind, first)}."
    return f"Fra {_value_at(series.kind, first)} til {_value_at(series.kind, last)}."


def say_values(series: Series) -> tuple[str, ...]:
    """`maj 25: 38`, `jun. 25: 37 %`: each value with its month, oldest first; the unit stands behind the last."""
    kind, last = series.kind, series.points[-1]
    has_words = kind.is_yes_or_no or say_unit(kind) in _BEFORE_NUMBER
    return tuple(
        f"{short_month(point.on) if point.on.day == 1 else short_date(point.on)}: "
        f"{say_value(kind, point.value) if has_words or point is last else decimal(point.value)}"
        for point in series.points
    )


def say_way(kind: IndicatorKind) -> str:
    """Which way is the better one; empty where none is."""
    return "" if kind.is_yes_or_no else _WAYS[kind.better]


def name_series(series: Series) -> str:
    """What is measured, and who answered where somebody has to be named."""
    return f"{series.kind.label} (svar fra {series.informant})" if series.informant else series.kind.label


def say_point(kind: IndicatorKind, point: Point) -> str:
    """`38 % (maj 2025)`."""
    return f"{say_value(kind, point.value)} ({say_when(point.on)})"


def _value_at(kind: IndicatorKind, point: Point) -> str:
    before = "i" if point.on.day == 1 else "den"
    return f"{say_value(kind, point.value)} {before} {say_when(point.on)}"
