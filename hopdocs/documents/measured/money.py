"""What a course costs by month and area, and how many services it gets: as lines, and drawn."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hopdocs.danish import capitalise, decimal, money, sentence
from hopdocs.documents.views.chart import BarChart, ChartBars, ChartLine, LineChart
from hopdocs.documents.views.chart_words import say_chart
from hopdocs.documents.views.measured import DrawLine, MonthLine, TrendLine
from hopdocs.figures.services import say_draw

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hopdocs.figures.costs import CostTable, CostVerdict
    from hopdocs.figures.services import ServiceTable
    from hopdocs.model.reports import Reports

ALL_AREAS: Final = "I alt"
_WIDTH_MM: Final = 166
_HEIGHT_MM: Final = 70


def draw_lines(table: ServiceTable, areas: Mapping[str, str]) -> tuple[DrawLine, ...]:
    """Each draw with what was counted; those to come have a day and no number."""
    lines = []
    for draw in table.draws:
        total = table.total(draw)
        counts = ((area, table.count(draw, area)) for area in table.areas)
        lines.append(
            DrawLine(
                name=say_draw(draw.months),
                due=draw.due,
                made=draw.made,
                total=decimal(total) if total is not None else "",
                by_area=tuple(f"{areas.get(area, area)}: {number}" for area, number in counts if number is not None),
            )
        )
    return tuple(lines)


def say_services(table: ServiceTable) -> str:
    """From the first draw to the last, as a sentence; empty with fewer than two that all areas were counted at."""
    told = [(draw, total) for draw in table.made if (total := table.total(draw)) is not None]
    if len(told) < 2:  # noqa: PLR2004 - a way has two ends
        return ""
    (first, before), (last, after) = told[0], told[-1]
    way = "uændret" if before == after else f"gået fra {before} til {after}"
    return f"Antallet af ydelser er {way} (fra {say_draw(first.months)} til {say_draw(last.months)})."


def service_chart(table: ServiceTable, areas: Mapping[str, str]) -> BarChart | None:
    """The draws that were made, the areas on top of each other."""
    if not table.made:
        return None
    names = tuple(capitalise(say_draw(draw.months)) for draw in table.made)
    rows = tuple(
        ChartBars(
            name=areas.get(area, area),
            values=tuple(_number(table.count(draw, area)) for draw in table.made),
        )
        for area in table.areas
    )
    told = [(say_draw(draw.months), table.total(draw)) for draw in table.made]
    said = ", ".join(
        f"{total} ved {name}" if total is not None else f"ikke alt talt ved {name}" for name, total in told
    )
    return BarChart(
        title="Antal ydelser",
        description=sentence(f"Antal ydelser: {said}"),
        width=_WIDTH_MM,
        height=_HEIGHT_MM,
        categories=names,
        rows=rows,
        unit="ydelser",
        is_stacked=True,
    )


def month_lines(table: CostTable) -> tuple[MonthLine, ...]:
    """Each month with what it cost, the gaps among them. Areas stand by their codes, which `trend_lines` explain."""
    lines = []
    for month in table.months:
        total = table.total(month)
        amounts = ((area, table.amount(month, area)) for area in table.areas)
        lines.append(
            MonthLine(
                month=month,
                total=money(total) if total is not None else "",
                by_area=tuple(f"{area} {decimal(spent)}" for area, spent in amounts if spent is not None),
            )
        )
    return tuple(lines)


def trend_lines(table: CostTable, rule: Reports, areas: Mapping[str, str]) -> tuple[TrendLine, ...]:
    """All areas together, then each."""
    if not table.months:
        return ()
    own = ((f"{areas.get(area, area)} ({area})", table.of_area(area).verdict(rule)) for area in table.areas)
    every = [(ALL_AREAS, table.verdict(rule))]
    return tuple(_trend(name, verdict) for name, verdict in (*every, *(own if len(table.areas) > 1 else ())))


def say_trend(verdict: CostVerdict) -> str:
    """The verdict as a sentence; empty where there is none."""
    if verdict.first is None or verdict.last is None or verdict.why_unknown:
        return ""
    change = f" ({_percent(verdict.change)})" if verdict.change is not None else ""
    return (
        f"Udgiften pr. måned: {verdict.trend}{change}, fra {_rounded(verdict.first)} til {_rounded(verdict.last)} "
        "i gennemsnit."
    )


def cost_chart(
    table: CostTable, areas: Mapping[str, str], verdict: CostVerdict, marks: tuple[tuple[date, str], ...]
) -> LineChart | None:
    """All areas together, and each; a month with a gap is a gap in the line."""
    if not table.months:
        return None
    totals = [(month, total) for month in table.months if (total := table.total(month)) is not None]
    lines = [ChartLine(name=ALL_AREAS, points=tuple(totals))] if totals and len(table.areas) > 1 else []
    for area in table.areas:
        spent = [(month, amount) for month in table.months if (amount := table.amount(month, area)) is not None]
        lines.append(ChartLine(name=areas.get(area, area), points=tuple(spent)))
    chart = LineChart(
        title="Udgift pr. måned",
        description="",
        width=_WIDTH_MM,
        height=_HEIGHT_MM,
        lines=tuple(lines),
        unit="kr.",
        lowest=Decimal(0),
        marks=tuple(mark for mark in marks if table.months[0] <= mark[0] <= table.months[-1]),
    )
    return replace(chart, description=f"{say_chart(chart)} {say_trend(verdict)}".rstrip())


def _trend(name: str, verdict: CostVerdict) -> TrendLine:
    return TrendLine(
        name=name,
        first=_rounded(verdict.first) if verdict.first is not None else "",
        last=_rounded(verdict.last) if verdict.last is not None else "",
        change=_percent(verdict.change) if verdict.change is not None else "",
        trend=verdict.trend.value,
        why_unknown=verdict.why_unknown,
    )


def _number(count: int | None) -> Decimal | None:
    return Decimal(count) if count is not None else None


def _rounded(amount: Decimal) -> str:
    """A mean, in whole kroner."""
    return money(round(amount))


def _percent(change: Decimal) -> str:
    return f"{decimal(round(change, 1))} %"
