"""Bars for categories: side by side or on top of each other, standing or lying, each with its number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hopdocs.charts.canvas import Frame, break_words
from hopdocs.charts.heads import Legend, draw_head
from hopdocs.charts.palette import GRID, SOFT, fill_look
from hopdocs.charts.scales import Scale, Ticks, number_ticks
from hopdocs.danish import decimal

if TYPE_CHECKING:
    from hopdocs.charts.canvas import Canvas
    from hopdocs.documents.views.chart import BarChart

_FILLED: Final = 0.72
"""How much of a category's room its bars take."""
_WIDEST_MM: Final = 16.0
_ROW_MM: Final = 3.6
"""One row of words."""
_NAMES_SHARE: Final = 0.38
"""How much of a sheet's width the names of lying bars take at most."""
_NONE: Final = "–"
"""Stands where nothing was counted, which is no nought."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """One bar: from where to where along the categories, and from which value to which."""

    row: int
    begin: float
    thickness: float
    low: float
    high: float
    words: str


def draw_bar_chart(canvas: Canvas, chart: BarChart) -> None:
    """The chart on a sheet of its own."""
    frame = Frame(0, 0, canvas.width, canvas.height)
    legend = [Legend(row.name, fill=fill_look(number)) for number, row in enumerate(chart.rows)]
    top = draw_head(canvas, frame, chart.title, legend if len(legend) > 1 else [])
    if chart.unit:
        canvas.words(0, top, chart.unit, level="top", colour=SOFT)
        top -= 4.2
    ticks = number_ticks([Decimal(0), *_ends(chart)], None, None)
    if chart.is_lying:
        _draw_lying(canvas, chart, Frame(0, 0, frame.width, top), ticks)
    else:
        _draw_standing(canvas, chart, Frame(0, 0, frame.width, top), ticks)


def _draw_standing(canvas: Canvas, chart: BarChart, room: Frame, ticks: Ticks) -> None:
    left = max(map(canvas.width_of, ticks.words()), default=0) + 2.5
    across = max(room.width - left - 1, 1)
    band = across / max(len(chart.categories), 1)
    names = [break_words(name, band - 1) for name in chart.categories]
    below = max(map(len, names), default=0) * _ROW_MM + 2.2
    plot = Frame(left, below, across, max(room.top - below - 4, 1))
    upwards = Scale(ticks.lowest, ticks.highest, plot.bottom, plot.top)
    for value, words in zip(ticks.values, ticks.words(), strict=True):
        y = upwards.place(value)
        canvas.line([(plot.left, y), (plot.right, y)], GRID, width=0.2)
        canvas.words(plot.left - 1.2, y, words, side="right", level="center", colour=SOFT)
    bars = _lay_bars(chart, band)
    # Numbers over a few bars only would look as if the others had none.
    has_numbers = all(canvas.width_of(bar.words) <= max(bar.thickness * 1.25, bar.thickness + 1.5) for bar in bars)
    for bar in bars:
        low, high = upwards.place(bar.low), upwards.place(bar.high)
        x = plot.left + bar.begin
        if bar.high != bar.low:
            canvas.bar(x, min(low, high), bar.thickness, abs(high - low), fill_look(bar.row))
        if has_numbers or bar.words == _NONE:
            canvas.words(x + bar.thickness / 2, max(low, high) + 0.9, bar.words, side="center")
    base = upwards.place(0)
    canvas.line([(plot.left, base), (plot.right, base)], SOFT)
    for number, rows in enumerate(names):
        for line, row in enumerate(rows):
            x, y = plot.left + (number + 0.5) * band, plot.bottom - 1.6 - line * _ROW_MM
            canvas.words(x, y, row, side="center", level="top", colour=SOFT)


def _draw_lying(canvas: Canvas, chart: BarChart, room: Frame, ticks: Ticks) -> None:
    names = [break_words(name, room.width * _NAMES_SHARE) for name in chart.categories]
    left = max((canvas.width_of(row) for rows in names for row in rows), default=0) + 2.5
    widest = max((canvas.width_of(bar.words) for bar in _lay_bars(chart, 1)), default=0)
    plot = Frame(left, 5, max(room.width - left - widest - 3, 1), max(room.top - 5, 1))
    band = plot.height / max(len(chart.categories), 1)
    rightwards = Scale(ticks.lowest, ticks.highest, plot.left, plot.right)
    for value, words in zip(ticks.values, ticks.words(), strict=True):
        x = rightwards.place(value)
        canvas.line([(x, plot.bottom), (x, plot.top)], GRID, width=0.2)
        canvas.words(x, plot.bottom - 1.6, words, side="center", level="top", colour=SOFT)
    for bar in _lay_bars(chart, band):
        low, high = rightwards.place(bar.low), rightwards.place(bar.high)
        y = plot.top - bar.begin - bar.thickness
        if bar.high != bar.low:
            canvas.bar(min(low, high), y, abs(high - low), bar.thickness, fill_look(bar.row))
        canvas.words(max(low, high) + 1.2, y + bar.thickness / 2, bar.words, level="center")
    base = rightwards.place(0)
    canvas.line([(base, plot.bottom), (base, plot.top)], SOFT)
    for number, rows in enumerate(names):
        first = plot.top - (number + 0.5) * band + (len(rows) - 1) * _ROW_MM / 2
        for line, row in enumerate(rows):
            canvas.words(left - 2, first - line * _ROW_MM, row, side="right", level="center")


def _lay_bars(chart: BarChart, band: float) -> list[_Bar]:
    """Each bar's place; a stack has its sum's number alone, at its end."""
    count = 1 if chart.is_stacked else max(len(chart.rows), 1)
    thickness = min(band * _FILLED / count, _WIDEST_MM)
    bars: list[_Bar] = []
    for number in range(len(chart.categories)):
        values = [row.values[number] if number < len(row.values) else None for row in chart.rows]
        begin = (number + 0.5) * band - thickness * count / 2
        if chart.is_stacked:
            bars += _stack(values, begin, thickness)
            continue
        for place, value in enumerate(values):
            words = _NONE if value is None else decimal(value)
            bars.append(_Bar(place, begin + place * thickness, thickness, 0, float(value or 0), words))
    return bars


def _stack(values: list[Decimal | None], begin: float, thickness: float) -> list[_Bar]:
    known = [(row, value) for row, value in enumerate(values) if value is not None]
    done = Decimal(0)
    bars = []
    for row, value in known:
        bars.append(_Bar(row, begin, thickness, float(done), float(done + value), ""))
        done += value
    return [*bars, _Bar(0, begin, thickness, float(done), float(done), decimal(done) if known else _NONE)]


def _ends(chart: BarChart) -> list[Decimal]:
    """The values that the scale must reach."""
    if not chart.is_stacked:
        return [value for row in chart.rows for value in row.values if value is not None]
    return [
        sum((row.values[number] or Decimal(0) for row in chart.rows if number < len(row.values)), Decimal(0))
        for number in range(len(chart.categories))
    ]
