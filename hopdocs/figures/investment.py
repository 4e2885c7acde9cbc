"""What the courses cost beside what they would have cost: an estimate, with what it rests on (domain item 172).

Nobody knows what would have been. The baseline is the municipality's own choice (`investment:` in config.yaml), and
each doubt counts against a saving:

- the months that a baseline rests on are held against nothing, while the work itself costs from the first month on;
- a month without a figure in them counts as 0 kroner, so a baseline is rather too low;
- an area that comes in later has a baseline of 0, so all that it costs counts as more;
- a later month without a figure is left out: no figure is not a saving (a 0 that was written is one).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from hopdocs.danish import decimal, join, money, month_name
from hopdocs.figures.costs import cost_table
from hopdocs.model.reports import BaselineMethod

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from hopdocs.figures.costs import CostTable
    from hopdocs.figures.course import CourseFigures
    from hopdocs.model.reports import Investment

_ØRE: Final = Decimal("0.01")
_MONTHS_IN_YEAR: Final = 12
_PERCENT: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class MonthOfArea:
    """One area's month in one course."""

    month: date
    number: int
    """1 for the course's first month."""
    spent: Decimal | None
    """None where nothing was written."""
    baseline: Decimal | None
    """What it would have cost; None in the months that the baseline itself rests on."""

    @property
    def saved(self) -> Decimal | None:
        """Below zero where it cost more; None where there is nothing to compare."""
        return None if self.spent is None or self.baseline is None else self.baseline - self.spent


@dataclass(frozen=True, slots=True)
class AreaOfCourse:
    """One area's months in one course, from the course's first month of expenses to its last."""

    case: str
    area: str
    people: int
    months: tuple[MonthOfArea, ...]


@dataclass(frozen=True, slots=True)
class MonthOfAll:
    """All courses in one month; only what can be compared is added up."""

    month: date
    courses: int
    """Those that the work itself is paid for."""
    compared: int
    """The areas' months that both sides are known of."""
    spent: Decimal
    baseline: Decimal
    effort: Decimal
    so_far: Decimal
    """All that was saved to the end of this month, less what the work itself has cost."""

    @property
    def saved(self) -> Decimal:
        """What the areas saved, before the work itself is paid for."""
        return self.baseline - self.spent


@dataclass(frozen=True, slots=True)
class AreaOfAll:
    """One area in all courses. `effort` is its share of what the work itself costs."""

    area: str
    spent: Decimal
    baseline: Decimal
    effort: Decimal

    @property
    def net(self) -> Decimal:
        """What it gains; below zero for what it pays."""
        return self.baseline - self.spent - self.effort


@dataclass(frozen=True, slots=True)
class InvestmentFigures:
    """The courses together. The rules stand in `say_assumptions`, and go wherever a number of these goes."""

    rows: tuple[AreaOfCourse, ...]
    months: tuple[MonthOfAll, ...]
    areas: tuple[AreaOfAll, ...]
    too_short: tuple[str, ...]
    """Cases with expenses, but for no month beyond those that the baseline rests on."""

    @property
    def break_even(self) -> date | None:
        """The first month from which the work has paid for itself, and goes on doing so; None while it has not."""
        found = None
        for line in reversed(self.months):
            if line.so_far < 0:
                break
            found = line.month
        started = next((line.month for line in self.months if line.compared), None)
        return None if found is None or started is None else max(found, started)

    @property
    def net(self) -> Decimal:
        """All that was saved, less what the work itself cost; below zero while it has not paid for itself."""
        return self.months[-1].so_far if self.months else Decimal(0)


def compare_costs(courses: Iterable[CourseFigures], rule: Investment) -> InvestmentFigures:
    """Every course that anything was spent on, held against its baseline."""
    rows: list[AreaOfCourse] = []
    too_short: list[str] = []
    for course in courses:
        table = cost_table(course)
        rows += (_compare_area(course, table, area, rule) for area in table.areas)
        if table.months and len(table.months) <= rested_on(rule):
            too_short.append(course.case)
    months = _add_months(rows, rule)
    return InvestmentFigures(tuple(rows), months, _add_areas(rows, months, rule), tuple(too_short))


def rested_on(rule: Investment) -> int:
    """How many of a course's first months its baseline rests on; these are not compared."""
    return 0 if rule.method is BaselineMethod.FIXED else rule.months


def _compare_area(course: CourseFigures, table: CostTable, area: str, rule: Investment) -> AreaOfCourse:
    spent = [table.amount(month, area) for month in table.months]
    months = (
        MonthOfArea(month, number, amount, _baseline(area, number, spent, rule))
        for number, (month, amount) in enumerate(zip(table.months, spent, strict=True), start=1)
    )
    return AreaOfCourse(course.case, area, len(course.members), tuple(months))


def _baseline(area: str, number: int, spent: Sequence[Decimal | None], rule: Investment) -> Decimal | None:
    count = rested_on(rule)
    if number <= count:
        return None
    first = [amount or Decimal(0) for amount in spent[:count]]
    match rule.method:
        case BaselineMethod.TREND:
            return _in_øre(max(_draw_on(first, number), Decimal(0)))
        case BaselineMethod.FIXED:
            level = next((amount for of, amount in rule.baseline.items() if of == area), Decimal(0))
        case BaselineMethod.FIRST_MONTHS:
            level = sum(first, Decimal(0)) / count
    years = (number - 1) // _MONTHS_IN_YEAR
    return _in_øre(level * (1 + rule.growth / _PERCENT) ** years)


def _draw_on(first: Sequence[Decimal], number: int) -> Decimal:
    """The straight line of least squares through the first months, at a later one."""
    count = len(first)
    numbers = range(1, count + 1)
    sum_x, sum_xx = sum(numbers), sum(x * x for x in numbers)
    sum_y = sum(first, Decimal(0))
    sum_xy = sum((x * y for x, y in zip(numbers, first, strict=True)), Decimal(0))
    slope = (count * sum_xy - sum_x * sum_y) / (count * sum_xx - sum_x * sum_x)
    return (sum_y - slope * sum_x) / count + slope * number


def _in_øre(amount: Decimal) -> Decimal:
    return amount.quantize(_ØRE, ROUND_HALF_UP)


def _add_months(rows: Sequence[AreaOfCourse], rule: Investment) -> tuple[MonthOfAll, ...]:
    """Each month that any course has; how it stands at its end is added up from the first."""
    months: dict[date, list[MonthOfArea]] = {}
    cases: dict[date, set[str]] = {}
    for row in rows:
        for line in row.months:
            months.setdefault(line.month, []).append(line)
            cases.setdefault(line.month, set()).add(row.case)
    found = []
    for month in sorted(months):
        both = [line for line in months[month] if line.saved is not None]
        spent = sum((line.spent or Decimal(0) for line in both), Decimal(0))
        baseline = sum((line.baseline or Decimal(0) for line in both), Decimal(0))
        count = len(cases[month])
        found.append((month, count, len(both), spent, baseline, rule.effort * count))
    so_far = accumulate(baseline - spent - effort for *_, spent, baseline, effort in found)
    return tuple(MonthOfAll(*facts, total) for facts, total in zip(found, so_far, strict=True))


def _add_areas(rows: Sequence[AreaOfCourse], months: Sequence[MonthOfAll], rule: Investment) -> tuple[AreaOfAll, ...]:
    """The areas that spent or pay, in the order in which they come; what nobody is said to pay stands under ''."""
    effort = sum((line.effort for line in months), Decimal(0))
    shares: Mapping[str, Decimal] = {str(area): share for area, share in rule.share_area.items()} or {"": _PERCENT}
    spent, baseline = dict[str, Decimal](), dict[str, Decimal]()
    for row in rows:
        for line in row.months:
            if line.spent is not None and line.baseline is not None:
                spent[row.area] = spent.get(row.area, Decimal(0)) + line.spent
                baseline[row.area] = baseline.get(row.area, Decimal(0)) + line.baseline
    areas = dict.fromkeys((*(row.area for row in rows), *shares))
    zero = Decimal(0)
    return tuple(
        AreaOfAll(area, spent.get(area, zero), baseline.get(area, zero), effort * shares.get(area, zero) / _PERCENT)
        for area in areas
    )


def say_result(figures: InvestmentFigures) -> tuple[str, ...]:
    """What it comes to, for who reads and does not count."""
    if not any(line.compared for line in figures.months):
        return ("Der er ingen måneder at sammenligne endnu.",)
    net, last = figures.net, month_name(figures.months[-1].month)
    word = "sparet" if net >= 0 else "brugt mere"
    until = figures.break_even
    return (
        f"Til og med {last} er der {word}: {money(abs(net))}",
        f"Tjent hjem fra og med {month_name(until)}." if until is not None else "Indsatsen er endnu ikke tjent hjem.",
    )


def say_assumptions(rule: Investment, areas: Mapping[str, str]) -> tuple[str, ...]:
    """The sentences that stand beside every number of these. `areas` has the areas' names by code."""
    count = rested_on(rule)
    fixed = join(f"{areas.get(area, area)} {money(amount)}" for area, amount in rule.baseline.items())
    shares = join(f"{areas.get(area, area)} {decimal(share)} %" for area, share in rule.share_area.items())
    based = {
        BaselineMethod.FIRST_MONTHS: f"Udgifterne holdes op mod gennemsnittet af forløbets første {count} måneder.",
        BaselineMethod.TREND: f"Udgifterne holdes op mod udviklingen i forløbets første {count} måneder, ført videre.",
        BaselineMethod.FIXED: f"Udgifterne holdes op mod et fast beløb om måneden pr. familie: {fixed}.",
    }
    grows = f"Grundlaget vokser {decimal(rule.growth)} % for hvert helt år."
    costs = f"Indsatsen selv koster {money(rule.effort)} om måneden pr. familie."
    sentences = (
        based[rule.method],
        grows if rule.growth and rule.method is not BaselineMethod.TREND else "",
        costs if rule.effort else "Indsatsens egen udgift er ikke regnet med.",
        f"Den betales af {shares}." if rule.effort and shares else "",
        "En måned uden tal er ikke sammenlignet. I de måneder, grundlaget hviler på, tæller den som 0 kr."
        if count
        else "En måned uden tal er ikke sammenlignet.",
        "Et fagområde, der kommer til senere, har grundlaget 0 kr." if count else "",
        "Ingen ved, hvad der var sket uden indsatsen: tallene er et skøn, og der er ingen kontrolgruppe.",
    )
    return tuple(sentence for sentence in sentences if sentence)
