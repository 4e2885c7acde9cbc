"""Charts as families' figures would give them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hopdocs.documents.views.chart import (
    BarChart,
    ChartBars,
    ChartLine,
    Gantt,
    GanttRow,
    LineChart,
    RiskMark,
    RiskMatrix,
    SmallMultiples,
)


def monthly(*values: int | str | None, year: int = 2025, month: int = 9) -> tuple[tuple[date, Decimal], ...]:
    """Values of months in a row, None for a month without."""
    numbers = range(year * 12 + month - 1, year * 12 + month - 1 + len(values))
    return tuple(
        (date(number // 12, number % 12 + 1, 1), Decimal(value))
        for number, value in zip(numbers, values, strict=True)
        if value is not None
    )


ABSENCE = LineChart(
    title="Fravær i skolen",
    description='Fraværet faldt fra 31 % i september til 12 % i marts. "Æble" & <pære>.',
    width=160,
    height=60,
    unit="%",
    lines=(ChartLine(name="Sami", points=monthly(31, 28, None, None, 22, 15, 12)),),
    lowest=Decimal(0),
    highest=Decimal(100),
    marks=((date(2025, 12, 3), "familieplansmøde"),),
)

COSTS = LineChart(
    title="Udgifter pr. måned",
    description="Udgifterne faldt.",
    width=160,
    height=80,
    unit="kr.",
    lines=(
        ChartLine(name="Børn og familie", points=monthly(61400, 58200, 55000, 49000, 42000, 41000, 40500)),
        ChartLine(name="Beskæftigelse", points=monthly(18200, 18200, 18900, 18200, 17000, 17000, 16500)),
        ChartLine(name="Sundhed", points=monthly(9000, 9500, None, 8000, 7500, 7000, 7000)),
    ),
)

SERVICES = BarChart(
    title="Ydelser ved start og slut",
    description="x",
    width=160,
    height=70,
    unit="ydelser",
    categories=("Start", "6 måneder", "12 måneder", "18 måneder", "Slut"),
    rows=(
        ChartBars(name="Børn og familie", values=(Decimal(3), Decimal(3), Decimal(2), None, Decimal(1))),
        ChartBars(name="Beskæftigelse", values=(Decimal(2), Decimal(2), Decimal(2), None, Decimal(0))),
        ChartBars(name="Socialpsykiatri", values=(Decimal(1), Decimal(2), Decimal(1), None, Decimal(1))),
    ),
)

STACKED = replace(SERVICES, is_stacked=True)

LYING = BarChart(
    title="Forældres tilfredshed",
    description="x",
    width=160,
    height=70,
    unit="procent",
    categories=(
        "Jeg blev hørt på møderne og kunne sige, hvad jeg selv mente om planen",
        "Planen passer til os",
        "Jeg ved, hvem jeg kan ringe til",
        "Vi har fået det bedre",
    ),
    rows=(
        ChartBars(name="Før", values=(Decimal(41), Decimal("33.5"), Decimal(20), Decimal(15))),
        ChartBars(name="Efter", values=(Decimal(88), Decimal(72), Decimal(96), None)),
    ),
    is_lying=True,
)

SMALL = SmallMultiples(
    title="Sådan er det gået",
    description="x",
    width=170,
    height=110,
    columns=2,
    charts=(
        ABSENCE,
        replace(
            ABSENCE,
            title="Trivsel (0–10)",
            unit="",
            highest=Decimal(10),
            marks=(),
            lines=(ChartLine(name="Sami", points=monthly(3, 4, 4, 5, 6, 7, 7)),),
        ),
        replace(
            ABSENCE,
            title="SDQ",
            unit="point",
            lowest=None,
            highest=None,
            marks=(),
            lines=(
                ChartLine(name="Forælder", points=((date(2025, 9, 3), Decimal(19)), (date(2026, 3, 4), Decimal(13)))),
                ChartLine(name="Lærer", points=((date(2025, 9, 9), Decimal(17)), (date(2026, 3, 2), Decimal(15)))),
            ),
        ),
        replace(ABSENCE, title="Fremmøde i praktik", marks=(), lines=()),
    ),
)

PLAN = Gantt(
    title="Milepæle og faser",
    description="x",
    width=170,
    height=75,
    today=date(2026, 11, 24),
    rows=(
        GanttRow(
            name="Forberedelse", start=date(2026, 1, 5), end=date(2026, 4, 30), done=date(2026, 4, 30), note="færdig"
        ),
        GanttRow(
            name="Første ti familier er begyndt",
            start=date(2026, 6, 30),
            end=date(2026, 6, 30),
            done=date(2026, 8, 15),
            is_milestone=True,
            note="nået for sent",
        ),
        GanttRow(
            name="Drift med alle de familier, som projektet har plads til",
            start=date(2026, 5, 1),
            end=date(2027, 12, 31),
        ),
        GanttRow(
            name="Midtvejsevaluering",
            start=date(2026, 10, 31),
            end=date(2026, 10, 31),
            is_milestone=True,
            note="forsinket",
        ),
        GanttRow(name="Slutevaluering", start=date(2027, 12, 31), end=date(2027, 12, 31), is_milestone=True),
    ),
)

RISKS = RiskMatrix(
    title="Risici",
    description="x",
    width=130,
    height=85,
    risks=(
        RiskMark(number=1, name="a", likelihood=3, impact=3),
        RiskMark(number=2, name="b", likelihood=2, impact=3),
        RiskMark(number=3, name="c", likelihood=1, impact=1),
        *(RiskMark(number=number, name="d", likelihood=2, impact=2) for number in range(4, 15)),
    ),
)

EVERY_KIND = (ABSENCE, COSTS, SERVICES, STACKED, LYING, SMALL, PLAN, RISKS)
