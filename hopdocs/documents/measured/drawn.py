"""How values over time are drawn: a small chart a thing that is measured, the same months below each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.documents.measured.words import name_series
from hopdocs.documents.views.chart import BarChart, ChartBars, ChartLine, LineChart, SmallMultiples
from hopdocs.documents.views.chart_words import describe
from hopdocs.model.indicators import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hopdocs.figures.indicators import Series

_COLUMNS: Final = 3
_WIDTH_MM: Final = 166
_ROW_MM: Final = 33
_HEAD_MM: Final = 4
_BAR_MM: Final = 12
_ANSWERS: Final = "Familiens svar fra 0 til 10"
_TOP: Final = 10
_FEWEST_DRAWN: Final = 3
_SCALE: Final = "("
"""Stands in the unit of what is answered on a scale, "point (0-10)": the curve is shown on all of it."""


def worth_drawing(series: Iterable[Series], most: int) -> tuple[Series, ...]:
    """Those with a way to show, in their order; of too many the ones that were measured most often.

    A yes or no is no curve, and of two values the table says all that a straight line would.
    """
    drawn = [item for item in series if len(item.points) >= _FEWEST_DRAWN and not item.kind.is_yes_or_no]
    kept = sorted(drawn, key=lambda item: -len(item.points))[:most]
    return tuple(item for item in drawn if item in kept)


def small_charts(series: Sequence[Series], names: Mapping[str, str], title: str = "") -> SmallMultiples | None:
    """One small chart for each, `names` being what the members are called; None where there is nothing to draw."""
    if not series:
        return None
    columns = min(_COLUMNS, len(series))
    rows = -(-len(series) // columns)
    charts = tuple(line_chart(item, names, _WIDTH_MM / columns, _ROW_MM) for item in series)
    drawn = SmallMultiples(
        title=title,
        description="",
        width=_WIDTH_MM,
        height=_HEAD_MM + rows * _ROW_MM,
        charts=charts,
        columns=columns,
    )
    return describe(drawn)


def line_chart(series: Series, names: Mapping[str, str], width: float, height: float) -> LineChart:
    """One thing that is measured of one person."""
    who = names.get(series.member, "")
    title = f"{name_series(series)}, {who}" if who else name_series(series)
    kind = series.kind
    chart = LineChart(
        title=title,
        description="",
        width=width,
        height=height,
        lines=(ChartLine(name=title, points=tuple((point.on, point.value) for point in series.points)),),
        unit=kind.unit,
        lowest=kind.lowest,
        highest=kind.highest if _SCALE in kind.unit else None,
    )
    return describe(chart)


def bars_before_and_after(series: Sequence[Series]) -> BarChart | None:
    """What a family answered from 0 to 10 at first and at last; None where nothing was answered twice."""
    twice = [item for item in series if item.kind.who is Subject.FAMILIE and item.kind.highest == _TOP]
    pairs = [(item, item.after) for item in twice if item.after is not None]
    if not pairs:
        return None
    chart = BarChart(
        title=_ANSWERS,
        description="",
        width=_WIDTH_MM,
        height=_HEAD_MM + _BAR_MM * (len(pairs) + 1),
        categories=tuple(name_series(item) for item, _ in pairs),
        rows=(
            ChartBars(name="Første gang", values=tuple(item.before.value for item, _ in pairs)),
            ChartBars(name="Seneste gang", values=tuple(after.value for _, after in pairs)),
        ),
        unit="point",
        is_lying=True,
    )
    return describe(chart)
