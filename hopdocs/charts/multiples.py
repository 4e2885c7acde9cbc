"""Small line charts in a grid, over the same days, so that one can be held against the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.charts.canvas import Frame
from hopdocs.charts.heads import draw_head
from hopdocs.charts.lines import days_of, draw_lines

if TYPE_CHECKING:
    from hopdocs.charts.canvas import Canvas
    from hopdocs.documents.views.chart import SmallMultiples

_BETWEEN_MM: Final = 6.0


def draw_small_multiples(canvas: Canvas, chart: SmallMultiples) -> None:
    """The charts from left to right and downwards."""
    top = draw_head(canvas, Frame(0, 0, canvas.width, canvas.height), chart.title, [])
    columns = max(min(chart.columns, len(chart.charts)), 1)
    rows = max(-(-len(chart.charts) // columns), 1)
    width = (canvas.width - (columns - 1) * _BETWEEN_MM) / columns
    height = (top - (rows - 1) * _BETWEEN_MM) / rows
    days = days_of(chart.charts)
    for number, small in enumerate(chart.charts):
        row, column = divmod(number, columns)
        left, bottom = column * (width + _BETWEEN_MM), top - (row + 1) * height - row * _BETWEEN_MM
        draw_lines(canvas, small, Frame(left, bottom, width, height), days)
