"""What begins and ends when, and what has been reached: a row for each, months above, the day of it as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.charts.canvas import SMALL, Frame, break_words
from hopdocs.charts.heads import draw_head
from hopdocs.charts.palette import GRID, INK, LINES, SOFT
from hopdocs.charts.scales import Scale, month_ticks
from hopdocs.danish import short_date

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.charts.canvas import Canvas
    from hopdocs.documents.views.chart import Gantt, GanttRow

_NAMES_SHARE: Final = 0.36
_TALLEST_MM: Final = 9.0
_ROW_MM: Final = 3.2
_MONTH_MM: Final = 13.0
_MARGIN_MM: Final = 2.0
_PLANNED: Final = "#C9DDE3"
_REACHED: Final = LINES[0].colour
_LATE: Final = LINES[1].colour


def draw_gantt(canvas: Canvas, chart: Gantt) -> None:
    """A milestone is a diamond, filled where it was reached; anything else a bar, dark up to the day when it was."""
    top = draw_head(canvas, Frame(0, 0, canvas.width, canvas.height), chart.title, [])
    names = [break_words(row.name, canvas.width * _NAMES_SHARE) for row in chart.rows]
    left = max((canvas.width_of(line) for lines in names for line in lines), default=0) + 3
    head = 8.5
    plot = Frame(left, 1, max(canvas.width - left - 2, 1), max(top - head - 1, 1))
    height = min(plot.height / max(len(chart.rows), 1), _TALLEST_MM)
    plot = Frame(plot.left, plot.top - height * len(chart.rows), plot.width, height * len(chart.rows))
    days = _days_of(chart)
    begin, end = plot.left + _MARGIN_MM, max(plot.right - _MARGIN_MM, plot.left + 3)
    across = Scale(days[0].toordinal(), days[1].toordinal() + 1, begin, end)
    _draw_months(canvas, plot, across, days)
    x = across.place(chart.today.toordinal())
    canvas.line([(x, plot.bottom), (x, plot.top + 4.2)], _LATE, width=0.35, dashes=(3, 2))
    words = f"pr. {short_date(chart.today)}"
    canvas.words(
        min(max(x - canvas.width_of(words) / 2, 0), canvas.width - canvas.width_of(words)),
        plot.top + 5,
        words,
        colour=_LATE,
    )
    for number, (row, lines) in enumerate(zip(chart.rows, names, strict=True)):
        middle = plot.top - (number + 0.5) * height
        canvas.line([(0, middle - height / 2), (plot.right, middle - height / 2)], GRID, width=0.2)
        for line, words in enumerate(lines):
            canvas.words(0, middle + (len(lines) - 1) * _ROW_MM / 2 - line * _ROW_MM, words, level="center")
        _draw_row(canvas, row, middle, height, across)


def _draw_row(canvas: Canvas, row: GanttRow, middle: float, height: float, across: Scale) -> None:
    begin, end = across.place(row.start.toordinal()), across.place(row.end.toordinal())
    reached = across.place(row.done.toordinal()) if row.done else None
    thick = min(height * 0.5, 4.0)
    last = max(end, reached or end)
    if row.is_milestone:
        if reached is not None and row.done != row.end:
            canvas.line([(end, middle), (reached, middle)], SOFT, dashes=(2, 2))
        if reached is None or row.done != row.end:
            canvas.mark(end, middle, "diamond-open", INK, size=thick * 0.8)
        if reached is not None:
            canvas.mark(reached, middle, "diamond", _REACHED, size=thick * 0.8)
        last += thick / 2
    else:
        canvas.box(begin, middle - thick / 2, max(end - begin, 0.4), thick, _PLANNED, edge=INK)
        if reached is not None:
            canvas.box(begin, middle - thick / 2, max(reached - begin, 0.4), thick, _REACHED, edge=INK)
    if row.note:
        width = canvas.width_of(row.note)
        is_free = last + 1.2 + width <= across.end + _MARGIN_MM
        x = last + 1.2 if is_free else min(begin, end) - 1.4 - (thick / 2 if row.is_milestone else 0)
        canvas.box(x - 0.4 if is_free else x - width - 0.4, middle - 1.6, width + 0.8, 3.2, "#FFFFFF")
        canvas.words(x, middle, row.note, side="left" if is_free else "right", level="center", colour=SOFT)


def _draw_months(canvas: Canvas, plot: Frame, across: Scale, days: tuple[date, date]) -> None:
    for day, words in month_ticks(*days, most=max(int(plot.width / _MONTH_MM), 1)):
        x = across.place(day.toordinal())
        canvas.line([(x, plot.bottom), (x, plot.top + 0.8)], GRID, width=0.2)
        half = canvas.width_of(words, SMALL) / 2
        canvas.words(min(max(x, half), canvas.width - half), plot.top + 1.4, words, side="center", colour=SOFT)
    canvas.line([(0, plot.top), (plot.right, plot.top)], SOFT)


def _days_of(chart: Gantt) -> tuple[date, date]:
    """From the first day of all to the last, today among them; the first month is whole."""
    days = [chart.today]
    for row in chart.rows:
        days += [row.start, row.end, *([row.done] if row.done else [])]
    return min(days).replace(day=1), max(days)
