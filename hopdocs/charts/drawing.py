"""A chart as vectors and as dots, drawn once for each content: several readers get the same one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hopdocs.charts.bars import draw_bar_chart
from hopdocs.charts.canvas import Canvas
from hopdocs.charts.gantt import draw_gantt
from hopdocs.charts.library import own_settings
from hopdocs.charts.lines import draw_line_chart
from hopdocs.charts.multiples import draw_small_multiples
from hopdocs.charts.risks import draw_risk_matrix
from hopdocs.charts.svg import settle_svg
from hopdocs.documents.views.chart import BarChart, Gantt, LineChart, RiskMatrix, SmallMultiples

if TYPE_CHECKING:
    from hopdocs.documents.views.chart import Chart

CHARTS: Final = "1"
"""Raised when a chart looks otherwise than before."""
_REMEMBERED: Final = 256


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart's bytes, and its size on paper in millimetres."""

    svg: bytes
    png: bytes
    width: float
    height: float

    @property
    def digest(self) -> str:
        """What it is called: the same for the same looks."""
        return name_picture(self.svg)


def name_picture(svg: bytes, words: str = "") -> str:
    """A name that no other picture has, nor the same one with other words."""
    return hashlib.sha256(svg + words.encode()).hexdigest()[:16]


@lru_cache(_REMEMBERED)
def draw_picture(chart: Chart) -> Picture:
    """Both forms."""
    with own_settings():
        canvas = _paint(chart)
        return Picture(settle_svg(canvas.svg()), canvas.png(), chart.width, chart.height)


@lru_cache(_REMEMBERED)
def draw_svg(chart: Chart) -> bytes:
    """As vectors alone, for a page."""
    with own_settings():
        return settle_svg(_paint(chart).svg())


def _paint(chart: Chart) -> Canvas:
    canvas = Canvas(chart.width, chart.height)
    match chart:
        case LineChart():
            draw_line_chart(canvas, chart)
        case BarChart():
            draw_bar_chart(canvas, chart)
        case SmallMultiples():
            draw_small_multiples(canvas, chart)
        case Gantt():
            draw_gantt(canvas, chart)
        case RiskMatrix():
            draw_risk_matrix(canvas, chart)
    return canvas
