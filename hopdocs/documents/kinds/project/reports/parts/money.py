"""What the courses cost together, by area and month, and in how many of them it falls. No sum of fewer than five."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hopdocs.danish import capitalise, join, money, month_name, short_month
from hopdocs.documents.kinds.project.reports.parts.basis import PAID
from hopdocs.documents.kinds.project.reports.parts.published import tell_parts
from hopdocs.documents.kinds.project.reports.parts.work import area_name, in_order
from hopdocs.documents.kinds.project.reports.views import Fact, TextRow
from hopdocs.documents.views.chart import BarChart, ChartBars
from hopdocs.domain.calendar import months_later
from hopdocs.domain.project.numbers import SMALLEST_TOLD, say_count
from hopdocs.figures.costs import CostTrend, cost_table
from hopdocs.figures.suppression.protection import HIDDEN, protect_tables
from hopdocs.figures.suppression.tables import Cell, PublishedTable, Sum

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hopdocs.documents.kinds.project.reports.facts import ReportFacts
    from hopdocs.figures.suppression.run import Atom

COSTS: Final = "udgifter"
"""What these are called among the numbers of all reports, with the area or its month."""
_MOST_MONTHS: Final = 12
TOO_FEW: Final = f"Vises ikke: færre end {SMALLEST_TOLD} familier"
_TRENDS: Final = (CostTrend.FALL, CostTrend.STABLE, CostTrend.RISE, CostTrend.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Sum:
    """An amount, and the courses that it is of."""

    amount: Decimal = Decimal(0)
    cases: frozenset[str] = frozenset()

    def plus(self, amount: Decimal, case: str) -> _Sum:
        return _Sum(self.amount + amount, self.cases | {case})

    @property
    def is_told(self) -> bool:
        return len(self.cases) >= SMALLEST_TOLD


def cost_rows(facts: ReportFacts) -> tuple[TextRow, ...]:
    """By area: what was written for the report's months, of how many families, and how much that is a family."""
    sums, hidden = _by_area(facts), _hidden(facts)
    rows = []
    for area in in_order(facts.config, sums):
        found = sums[area]
        per_family = found.amount / len(found.cases)
        told = (money(round(found.amount)), money(round(per_family)))
        if area in hidden:
            told = (capitalise(HIDDEN) if found.is_told else TOO_FEW, "–")
        families = HIDDEN if found.is_told and facts.is_untold(COSTS, area) else say_count(len(found.cases))
        rows.append(TextRow(cells=(area_name(facts.config, area), families, *told)))
    return tuple(rows)


def _by_area(facts: ReportFacts) -> Mapping[str, _Sum]:
    sums: dict[str, _Sum] = defaultdict(_Sum)
    for course in facts.courses:
        for line in course.costs:
            if facts.is_within(line.month):
                sums[line.area] = sums[line.area].plus(line.amount, course.case)
    return sums


def _charted(facts: ReportFacts) -> list[date]:
    last = facts.until.replace(day=1)
    return [months_later(last, -back) for back in range(_MOST_MONTHS - 1, -1, -1)]


def _by_month(facts: ReportFacts) -> Mapping[tuple[str, date], _Sum]:
    sums: dict[tuple[str, date], _Sum] = defaultdict(_Sum)
    for course in facts.courses:
        for line in course.costs:
            key = line.area, line.month.replace(day=1)
            sums[key] = sums[key].plus(line.amount, course.case)
    return sums


def _hidden(facts: ReportFacts) -> frozenset[str]:
    """Areas and their months whose sum is not told. A year less eleven months that are drawn is the twelfth."""
    charted, by_month = _charted(facts), _by_month(facts)
    tables = []
    for area, whole in _by_area(facts).items():
        months = {month: found for (of, month), found in by_month.items() if of == area}
        cells = [
            Cell(month_key(area, month), found.amount, len(found.cases))
            for month, found in months.items()
            if month in charted
        ]
        within = [month for month in months if facts.is_within(month)]
        is_drawn_whole = all(month in charted for month in within)
        sums = (Sum(area, tuple(month_key(area, month) for month in within)),) if is_drawn_whole else ()
        tables.append(PublishedTable(area, (*cells, Cell(area, whole.amount, len(whole.cases))), sums))
    keys = (*_by_area(facts), *(month_key(area, month) for area, month in by_month))
    return protect_tables(tables).hidden | {key for key in keys if facts.is_untold(COSTS, key)}


def cost_atoms(facts: ReportFacts) -> Mapping[str, tuple[Decimal, frozenset[Atom]]]:
    """By area the sum of the report's months, and the months of each case that it is of."""
    atoms: dict[str, set[Atom]] = defaultdict(set)
    for course in facts.courses:
        for line in course.costs:
            if facts.is_within(line.month):
                atoms[line.area].add((course.case, f"{line.month:%Y-%m}"))
    return {area: (found.amount, frozenset(atoms[area])) for area, found in _by_area(facts).items()}


def charted_atoms(facts: ReportFacts) -> Mapping[tuple[str, date], frozenset[Atom]]:
    """The same of each area's months that are drawn."""
    months = _charted(facts)
    return {
        (area, month): frozenset((case, f"{month:%Y-%m}") for case in found.cases)
        for (area, month), found in _by_month(facts).items()
        if month in months
    }


def month_key(area: str, month: date) -> str:
    """What an area's costs of one month are called."""
    return f"{area}|{month:%Y-%m}"


def trend_facts(facts: ReportFacts) -> tuple[Fact, ...]:
    """In how many courses the costs fell, were stable or rose until the report's last day."""
    rule = facts.config.reports
    found = Counter(cost_table(course).verdict(rule).trend for course in facts.courses if course.costs)
    told = tell_parts([found[trend] for trend in _TRENDS])
    if facts.is_untold(PAID):
        told = tuple(HIDDEN for _ in _TRENDS)
    return tuple(Fact(name=trend.value, value=value) for trend, value in zip(_TRENDS, told, strict=True))


def draw_costs(facts: ReportFacts) -> BarChart | None:
    """The costs of the last months by area; None where no month has enough families to be told."""
    months, sums, hidden = _charted(facts), _by_month(facts), _hidden(facts)
    areas = in_order(facts.config, dict.fromkeys(area for area, month in sums if month in months))
    told = {
        (area, month): round(found.amount)
        for (area, month), found in sums.items()
        if found.is_told and month in months and month_key(area, month) not in hidden
    }
    months = [month for month in months if any((area, month) in told for area in areas)]
    areas = [area for area in areas if any((area, month) in told for month in months)]
    if not months:
        return None
    return BarChart(
        title="Udgifter pr. måned",
        description=_say(told, months, [*areas], facts),
        width=166,
        height=78,
        categories=tuple(short_month(month) for month in months),
        rows=tuple(
            ChartBars(
                name=area_name(facts.config, area),
                values=tuple(_number(told.get((area, month))) for month in months),
            )
            for area in areas
        ),
        unit="kr.",
        is_stacked=True,
    )


def _number(amount: int | None) -> Decimal | None:
    return Decimal(amount) if amount is not None else None


def _say(told: Mapping[tuple[str, date], int], months: list[date], areas: list[str], facts: ReportFacts) -> str:
    """The first and the last month of each area, and where nothing is shown."""
    said = []
    for area in areas:
        first, last = (next(month for month in way if (area, month) in told) for way in (months, months[::-1]))
        amounts = [f"{money(told[area, first])} i {month_name(first)}"]
        if last != first:
            amounts.append(f"{money(told[area, last])} i {month_name(last)}")
        said.append(f"{area_name(facts.config, area)}: {join(amounts)}")
    hidden = len(told) < len(months) * len(areas)
    note = (
        f" Måneder med færre end {SMALLEST_TOLD} familier er ikke tegnet, og heller ikke en måned, der ville røbe dem."
        if hidden
        else ""
    )
    return f"Udgifter pr. måned, fagområde for fagområde. {'. '.join(said)}.{note}"
