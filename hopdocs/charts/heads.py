"""What stands above a chart: its title, and which look is which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.charts.canvas import MM_PER_POINT, NORMAL, break_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.charts.canvas import Canvas, Frame
    from hopdocs.charts.palette import FillLook, LineLook

_ROW_MM: Final = 4.4
_LINE_SAMPLE_MM: Final = 9.0
_FILL_SAMPLE_MM: Final = 5.0
_BETWEEN_MM: Final = 4.0


@dataclass(frozen=True, slots=True)
class Legend:
    """A name with the look that it has."""

    name: str
    line: LineLook | None = None
    fill: FillLook | None = None

    @property
    def sample(self) -> float:
        """How wide its sample is."""
        return _LINE_SAMPLE_MM if self.line else _FILL_SAMPLE_MM


def draw_head(canvas: Canvas, frame: Frame, title: str, legend: Sequence[Legend]) -> float:
    """Draw both, in as many rows as they take; how far up is free below them."""
    left, width, y = frame.left, frame.width, frame.top - 0.4
    for row in break_words(title, width, NORMAL, is_bold=True):
        canvas.words(left, y, row, points=NORMAL, level="top", is_bold=True)
        y -= NORMAL * MM_PER_POINT * 1.3
    if title:
        y -= 0.8
    x = left
    for item in legend:
        needed = item.sample + 1.2 + canvas.width_of(item.name)
        if x > left and x + needed > left + width:
            x, y = left, y - _ROW_MM
        _draw_sample(canvas, item, x, y - 1.6)
        canvas.words(x + item.sample + 1.2, y - 1.6, item.name, level="center")
        x += needed + _BETWEEN_MM
    return y - (_ROW_MM + 0.6 if legend else 0)


def _draw_sample(canvas: Canvas, item: Legend, x: float, y: float) -> None:
    if item.line:
        canvas.line([(x, y), (x + _LINE_SAMPLE_MM, y)], item.line.colour, width=0.5, dashes=item.line.dashes)
        canvas.mark(x + _LINE_SAMPLE_MM / 2, y, item.line.marker, item.line.colour)
    elif item.fill:
        canvas.bar(x, y - 1.4, _FILL_SAMPLE_MM, 2.8, item.fill)
