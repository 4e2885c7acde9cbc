"""Charts as families' figures would give them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hopdocs.documents.views.chart import ChartLine, LineChart


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
