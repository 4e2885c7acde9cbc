"""What a chart says, in words and as tables, for whoever does not see it: both are written from its values.

`describe(chart)` gives the same chart with its description; a description that somebody wrote stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from hopdocs.danish import decimal, join, lower, month_name, short_date
from hopdocs.documents.views.chart import BarChart, Chart, Gantt, GanttRow, LineChart, RiskMatrix, SmallMultiples
from hopdocs.figures.words import say_course, say_value

if TYPE_CHECKING:
    from decimal import Decimal

LEVELS: Final = ("lav", "middel", "høj")
"""How likely a risk is, or how bad, from 1 to 3."""
NOT_COUNTED: Final = "–"
_SIGNS: Final = ("%", "kr.")

_Drawn = TypeVar("_Drawn", LineChart, BarChart, SmallMultiples, Gantt, RiskMatrix)


@dataclass(frozen=True, slots=True)
class ChartTable:
    """A chart's numbers in rows; the first of each row is what it is about."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def describe(chart: _Drawn) -> _Drawn:
    """The chart with its words."""
    return chart if chart.description else replace(chart, description=say_chart(chart))


def say_chart(chart: Chart) -> str:
    """All that a chart says."""
    match chart:
        case LineChart():
            words = [say_course(line.name or chart.title, line.points, chart.unit) for line in chart.lines]
            words += [f"{short_date(day)}: {word}." for day, word in chart.marks]
        case BarChart():
            words = _say_bars(chart)
        case SmallMultiples():
            words = [one.description or f"{one.title}: {say_chart(one)}" for one in chart.charts]
        case Gantt():
            words = [f"{row.name}: {_say_row(row)}." for row in chart.rows]
        case RiskMatrix():
            words = [
                f"{risk.number}. {risk.name}: {level_word(risk.likelihood)} sandsynlighed og "
                f"{level_word(risk.impact)} konsekvens."
                for risk in sorted(chart.risks, key=lambda risk: (-risk.likelihood * risk.impact, risk.number))
            ]
    return " ".join(words) or "Der er ingen tal endnu."


def tabulate(chart: Chart) -> tuple[ChartTable, ...]:
    """The same as tables: one, or one for each of several small charts."""
    match chart:
        case LineChart():
            return (_tabulate_lines(chart),)
        case BarChart():
            return (_tabulate_bars(chart),)
        case SmallMultiples():
            return tuple(_tabulate_lines(one) for one in chart.charts)
        case Gantt():
            heads = ("Hvad", "Begynder", "Slutter", "Nået", "Sådan står det")
            return (ChartTable(chart.title, heads, tuple(map(_cells, chart.rows))),)
        case RiskMatrix():
            return (_tabulate_risks(chart),)


def level_word(level: int) -> str:
    """`lav`, `middel`, `høj`; a level beyond the scale is at its end."""
    return LEVELS[min(max(level, 1), len(LEVELS)) - 1]


def _tabulate_lines(chart: LineChart) -> ChartTable:
    days = sorted({day for line in chart.lines for day, _ in line.points})
    by_month = all(day.day == 1 for day in days)
    values = [dict(line.points) for line in chart.lines]
    rows = tuple(
        (
            month_name(day) if by_month else short_date(day),
            *(say_value(one[day], _short(chart.unit)) if day in one else NOT_COUNTED for one in values),
        )
        for day in days
    )
    heads = ("Måned" if by_month else "Dag", *(_head(line.name or chart.title, chart.unit) for line in chart.lines))
    return ChartTable(chart.title, heads, rows)


def _tabulate_bars(chart: BarChart) -> ChartTable:
    rows = tuple(
        (name, *(_number(row.values, place) for row in chart.rows)) for place, name in enumerate(chart.categories)
    )
    return ChartTable(chart.title, ("Hvad", *(_head(row.name, chart.unit) for row in chart.rows)), rows)


def _tabulate_risks(chart: RiskMatrix) -> ChartTable:
    rows = tuple(
        (str(risk.number), risk.name, level_word(risk.likelihood), level_word(risk.impact)) for risk in chart.risks
    )
    return ChartTable(chart.title, ("Nr.", "Risiko", "Sandsynlighed", "Konsekvens"), rows)


def _short(unit: str) -> str:
    """What a cell says beside its number: only what makes it another word."""
    return unit if unit == "ja/nej" else ""


def _head(name: str, unit: str) -> str:
    return f"{name} ({unit})" if name and unit and unit != "ja/nej" else name or unit


def _number(values: tuple[Decimal | None, ...], place: int) -> str:
    value = values[place] if place < len(values) else None
    return NOT_COUNTED if value is None else decimal(value)


def _say_bars(chart: BarChart) -> list[str]:
    """A sentence a category; what was not counted is said as that. A unit that is a word is said once, before all.

    Where one bar's name has a capital further on ("Børn og Familie"), all are names, and are said as they are written.
    """
    are_names = any(letter.isupper() for row in chart.rows for letter in row.name[1:])
    unit = chart.unit if chart.unit in _SIGNS else ""
    words = [f"Enhed: {chart.unit}."] if chart.unit and not unit and chart.categories else []
    for place, category in enumerate(chart.categories):
        known = [(row.name, row.values[place]) for row in chart.rows if place < len(row.values)]
        said = [
            f"{name if are_names else lower(name)} {say_value(value, unit)}"
            if name and len(chart.rows) > 1
            else say_value(value, unit)
            for name, value in known
            if value is not None
        ]
        words.append(f"{category}: {join(said)}." if said else f"{category}: ikke talt.")
    return words


def _say_row(row: GanttRow) -> str:
    when = short_date(row.end) if row.is_milestone else f"{short_date(row.start)} til {short_date(row.end)}"
    reached = f"nået {short_date(row.done)}" if row.done else ""
    return ", ".join(part for part in (when, reached, row.note) if part)


def _cells(row: GanttRow) -> tuple[str, ...]:
    begin = NOT_COUNTED if row.is_milestone else short_date(row.start)
    return (
        row.name,
        begin,
        short_date(row.end),
        short_date(row.done) if row.done else NOT_COUNTED,
        row.note or NOT_COUNTED,
    )
