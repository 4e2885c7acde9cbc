"""Risks by how likely and how bad they are: their numbers in nine squares, each with a word for how it weighs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from hopdocs.charts.canvas import NORMAL, SMALL, Frame
from hopdocs.charts.heads import draw_head
from hopdocs.charts.palette import INK, SOFT
from hopdocs.documents.views.chart_words import LEVELS, level_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.charts.canvas import Canvas
    from hopdocs.documents.views.chart import RiskMatrix

_LARGEST_MM: Final = 6.5
_WEIGHTS: Final = ((2, "lille risiko", "#FFFFFF"), (4, "middel risiko", "#F6DFC8"), (9, "stor risiko", "#E8A978"))
"""Up to which product of both levels, its word and its filling: each darker than the one before."""


def draw_risk_matrix(canvas: Canvas, chart: RiskMatrix) -> None:
    """The matrix; a level beyond the scale stands at its end."""
    top = draw_head(canvas, Frame(0, 0, canvas.width, canvas.height), chart.title, [])
    left = max(map(canvas.width_of, LEVELS)) + 7.5
    plot = Frame(left, 9.5, max(canvas.width - left - 0.5, 3), max(top - 10, 3))
    wide, tall = plot.width / len(LEVELS), plot.height / len(LEVELS)
    for row, level in enumerate(LEVELS):
        canvas.words(left - 1.5, plot.bottom + (row + 0.5) * tall, level, side="right", level="center", colour=SOFT)
        canvas.words(plot.left + (row + 0.5) * wide, plot.bottom - 1.4, level, side="center", level="top", colour=SOFT)
        for column, other in enumerate(LEVELS):
            square = Frame(plot.left + column * wide, plot.bottom + row * tall, wide, tall)
            _, words, fill = next(item for item in _WEIGHTS if (row + 1) * (column + 1) <= item[0])
            canvas.box(square.left, square.bottom, wide, tall, fill, edge=SOFT, edge_width=0.25)
            canvas.words(square.left + 1.2, square.bottom + 1.2, words, colour=INK)
            numbers = [
                risk.number
                for risk in chart.risks
                if (level_word(risk.likelihood), level_word(risk.impact)) == (level, other)
            ]
            _draw_numbers(canvas, Frame(square.left, square.bottom + 4, wide, max(tall - 4.5, 1)), numbers)
    canvas.words(plot.left + plot.width / 2, 0.8, "Konsekvens", points=NORMAL, side="center", is_bold=True)
    canvas.words(
        3.2, plot.bottom + plot.height / 2, "Sandsynlighed", points=NORMAL, side="center", is_bold=True, slope=90
    )


def _draw_numbers(canvas: Canvas, square: Frame, numbers: Sequence[int]) -> None:
    """In rings, as large as all have room."""
    if not numbers:
        return
    columns = max(math.ceil(math.sqrt(len(numbers) * square.width / square.height)), 1)
    rows = math.ceil(len(numbers) / columns)
    size = min(_LARGEST_MM, square.width / columns, square.height / rows)
    left = square.left + (square.width - min(columns, len(numbers)) * size) / 2
    top = square.bottom + (square.height + rows * size) / 2
    for place, number in enumerate(numbers):
        row, column = divmod(place, columns)
        x, y = left + (column + 0.5) * size, top - (row + 0.5) * size
        canvas.mark(x, y, "circle-open", INK, size=size * 0.86)
        canvas.words(x, y, str(number), points=min(SMALL, size * 1.25), side="center", level="center", is_bold=True)
