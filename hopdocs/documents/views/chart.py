"""Charts as a template and a page get them: what is drawn, its words, and the same as a table.

How a chart looks is for `hopdocs.charts` to know; the template says where it stands: `{{r figur|billede }}`.
(No postponed annotations here: templates are checked against these types at run time.)
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chart:
    """What every chart has."""

    title: str
    """Stands above it and is its name; may be empty where the letter has a heading of its own."""
    description: str
    """All that it says, in words (PDF/UA-1, 7.3): "Fraværet faldt fra 31 % i september til 12 % i marts."."""
    width: float
    """In millimetres."""
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLine:
    """One line: its values by month or day, oldest first. A month without a value is a gap, and no zero."""

    name: str
    points: tuple[tuple[date, Decimal], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart(_Chart):
    """Values over time. `lowest` and `highest` are the ends of the scale, None for as far as the values go."""

    lines: tuple[ChartLine, ...]
    unit: str
    lowest: Decimal | None = None
    highest: Decimal | None = None
    marks: tuple[tuple[date, str], ...] = ()
    """Days worth a thin line with a word: "familieplansmøde"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBars:
    """One row of bars, a value a category; None where nothing was counted, which is no zero."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart(_Chart):
    """Bars side by side, or on top of each other."""

    categories: tuple[str, ...]
    rows: tuple[ChartBars, ...]
    unit: str
    is_stacked: bool = False
    is_lying: bool = False
    """Whether the bars lie down: for long names of categories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallMultiples(_Chart):
    """Small line charts in a grid with the same months below each; every one has its own scale and title."""

    charts: tuple[LineChart, ...]
    columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GanttRow:
    """Something with a beginning and an end; a milestone has one day. `done` is when it was reached."""

    name: str
    start: date
    end: date
    done: date | None = None
    is_milestone: bool = False
    note: str = ""
    """A word beside it that says how it stands: "forsinket". Never colour alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gantt(_Chart):
    """Rows on a line of months, with the day marked that they are told for."""

    rows: tuple[GanttRow, ...]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskMark:
    """One risk, by its number in the list below the matrix. Both levels are 1 (lav) to 3 (høj)."""

    number: int
    name: str
    likelihood: int
    impact: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskMatrix(_Chart):
    """Likelihood upwards, consequence to the right, the numbers of the risks in the squares."""

    risks: tuple[RiskMark, ...]


Chart: TypeAlias = LineChart | BarChart | SmallMultiples | Gantt | RiskMatrix
