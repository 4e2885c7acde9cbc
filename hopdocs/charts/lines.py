"""Values over time: lines with a mark at each value, and nothing where no value is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.charts.canvas import NORMAL, SMALL, Frame
from hopdocs.charts.heads import Legend, draw_head
from hopdocs.charts.palette import GRID, SOFT, line_look
from hopdocs.charts.scales import Scale, Ticks, month_ticks, number_ticks
from hopdocs.figures.gaps import find_rhythm, months_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from hopdocs.charts.canvas import Canvas
    from hopdocs.documents.views.chart import LineChart

_RIGHT_MM: Final = 4.0
_BELOW_MM: Final = 6.0
_MONTH_MM: Final = 13.0
"""The room that a month's name takes."""
_LARGEST_MARK_MM: Final = 1.7
_SMALLEST_MARK_MM: Final = 0.8
_OF_STEP: Final = 0.45
_DENSE: Final = 40
"""From so many values on, marks would hide the line; the first and the last still bear one."""


def draw_line_chart(canvas: Canvas, chart: LineChart) -> None:
    """The chart on a sheet of its own."""
    days = days_of([chart])
    draw_lines(canvas, chart, Frame(0, 0, canvas.width, canvas.height), days)


def draw_lines(canvas: Canvas, chart: LineChart, frame: Frame, days: tuple[date, date] | None) -> None:
    """The chart within a frame, over the days that the sheet has; no days is a chart without any value."""
    looks = [line_look(number) for number in range(len(chart.lines))]
    legend = [Legend(line.name, line=look) for line, look in zip(chart.lines, looks, strict=True)]
    top = draw_head(canvas, frame, chart.title, legend if len(legend) > 1 else [])
    ticks = number_ticks(
        [value for line in chart.lines for _, value in line.points],
        chart.lowest,
        chart.highest,
        _most_ticks(top, frame),
    )
    if chart.unit:
        canvas.words(frame.left, top, chart.unit, level="top", colour=SOFT)
        top -= 4.2
    if chart.marks:
        top -= 3.4
    left = frame.left + max(map(canvas.width_of, ticks.words()), default=0) + 2.5
    below = frame.bottom + _BELOW_MM
    plot = Frame(left, below, max(frame.right - _RIGHT_MM - left, 1), max(top - 1.2 - below, 1))
    draw_grid(canvas, plot, ticks)
    if days:
        draw_months(canvas, plot, across := day_scale(days, plot), days)
    if days is None or not any(line.points for line in chart.lines):
        canvas.words(plot.left + plot.width / 2, plot.bottom + plot.height / 2, "Ingen tal endnu", points=NORMAL,
                     side="center", level="center", colour=SOFT)  # fmt: skip
        return
    _draw_marks(canvas, chart, plot, across)
    upwards = Scale(ticks.lowest, ticks.highest, plot.bottom, plot.top)
    size = _size_of_marks(plot.width, max(len(line.points) for line in chart.lines))
    for line, look in zip(chart.lines, looks, strict=True):
        for stretch in unbroken(line.points):
            places = [(across.place(day.toordinal()), upwards.place(value)) for day, value in stretch]
            if len(places) > 1:
                canvas.line(places, look.colour, width=0.5, dashes=look.dashes)
            shown = places if len(line.points) <= _DENSE else [places[0], places[-1]]
            canvas.marks(shown, look.marker, look.colour, size=size)


def _size_of_marks(width: float, count: int) -> float:
    """As large as leaves the line between two of them to be seen."""
    return max(min(width / max(count, 1) * _OF_STEP, _LARGEST_MARK_MM), _SMALLEST_MARK_MM)


def unbroken(points: Sequence[tuple[date, Decimal]]) -> Iterator[list[tuple[date, Decimal]]]:
    """The stretches without a gap."""
    rhythm = find_rhythm([day for day, _ in points])
    stretch: list[tuple[date, Decimal]] = []
    for point in points:
        if stretch and rhythm is not None and months_apart(stretch[-1][0], point[0]) > rhythm:
            yield stretch
            stretch = []
        stretch.append(point)
    if stretch:
        yield stretch


def draw_grid(canvas: Canvas, plot: Frame, ticks: Ticks) -> None:
    """Thin lines at the ticks, with their numbers on the left."""
    upwards = Scale(ticks.lowest, ticks.highest, plot.bottom, plot.top)
    for value, words in zip(ticks.values, ticks.words(), strict=True):
        y = upwards.place(value)
        canvas.line([(plot.left, y), (plot.right, y)], GRID, width=0.2)
        canvas.words(plot.left - 1.2, y, words, side="right", level="center", colour=SOFT)
    canvas.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], SOFT, width=0.25)


def day_scale(days: tuple[date, date], plot: Frame) -> Scale:
    """Days from left to right, the first and the last of them clear of the edges."""
    first, last = (day.toordinal() for day in days)
    margin = 2.5 if last > first else plot.width / 2
    return Scale(first, max(last, first + 1), plot.left + margin, max(plot.right - margin, plot.left + margin + 0.1))


def draw_months(canvas: Canvas, plot: Frame, across: Scale, days: tuple[date, date]) -> None:
    """The months below the plot, each with a small tick."""
    for day, words in month_ticks(*days, most=max(int(plot.width / _MONTH_MM), 1)):
        x = across.place(day.toordinal())
        canvas.line([(x, plot.bottom), (x, plot.bottom - 0.9)], SOFT, width=0.25)
        half = canvas.width_of(words) / 2
        canvas.words(min(x, plot.right + _RIGHT_MM - half), plot.bottom - 1.8, words, side="center", level="top",
                     colour=SOFT)  # fmt: skip


def _draw_marks(canvas: Canvas, chart: LineChart, plot: Frame, across: Scale) -> None:
    """Days worth a word; one that would stand on another is written out in the chart's description alone."""
    free = plot.left
    for day, words in sorted(chart.marks):
        x = across.place(day.toordinal())
        if not plot.left <= x <= plot.right:
            continue
        canvas.line([(x, plot.bottom), (x, plot.top + 0.8)], SOFT, width=0.2, dashes=(2, 2))
        width = canvas.width_of(words, SMALL)
        begin = min(max(x - width / 2, plot.left), plot.right + _RIGHT_MM - width)
        if begin >= free:
            canvas.words(begin, plot.top + 1.2, words, colour=SOFT)
            free = begin + width + 1.5


def days_of(charts: Iterable[LineChart]) -> tuple[date, date] | None:
    """The first and the last day of any value."""
    days = [day for chart in charts for line in chart.lines for day, _ in line.points]
    return (min(days), max(days)) if days else None


def _most_ticks(top: float, frame: Frame) -> int:
    return max(3, min(6, int((top - frame.bottom - _BELOW_MM) / 6)))
