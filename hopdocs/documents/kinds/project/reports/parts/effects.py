"""What it did for the families: how many of them got better, by criterion and by group, and how much help they get.

A family counts once in each row, with the way that it went on the whole.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from hopdocs.danish import capitalise, decimal
from hopdocs.documents.kinds.project.reports.parts.work import NOTHING
from hopdocs.documents.kinds.project.reports.views import TextRow
from hopdocs.domain.data_deliveries import AT_THE_END
from hopdocs.domain.project.numbers import SMALLEST_TOLD, say_count
from hopdocs.figures.groups import COUNTED, EXPERIENCED, by_criterion, by_group
from hopdocs.figures.indicators import Verdict, list_series
from hopdocs.figures.services import say_draw, service_table
from hopdocs.figures.suppression.protection import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from hopdocs.documents.kinds.project.reports.facts import ReportFacts
    from hopdocs.figures.groups import Criterion, Outcome
    from hopdocs.figures.indicators import Series

EFFECT: Final = "virkning"
"""What the numbers of these rows are called among those of all reports, with who it is about and the row's name."""
SERVICES: Final = "ydelser"
SHOWN: Final = (Verdict.BETTER, Verdict.SAME, Verdict.WORSE)
"""The ways that are counted; a family with one value alone went none."""


@dataclass(frozen=True, slots=True)
class EffectRow:
    """How many families went which way in one thing."""

    name: str
    counts: Mapping[Verdict, int]
    cases: frozenset[str] = frozenset()
    """Those with a value before and one after."""
    is_untold: bool = False
    """Whether the other reports would give a small group away with it."""

    @property
    def counts_shown(self) -> tuple[int, ...]:
        """By the ways that are counted."""
        return tuple(self.counts.get(verdict, 0) for verdict in SHOWN)

    @property
    def families(self) -> int:
        """How many have a value before and one after."""
        return sum(self.counts_shown)


def criterion_rows(facts: ReportFacts, criteria: Iterable[Criterion]) -> tuple[EffectRow, ...]:
    """By success criterion. One that no indicator is about (7e) has no row: it is counted where courses end."""
    wanted = [item for item in criteria if item.keys]

    def outcomes(series: Sequence[Series]) -> Iterator[tuple[str, Outcome]]:
        for item, outcome in by_criterion(series, wanted):
            yield f"{item.number}. {item.label}", outcome

    return _count(facts, outcomes, [f"{item.number}. {item.label}" for item in wanted], "")


def group_rows(facts: ReportFacts, who: str) -> tuple[EffectRow, ...]:
    """By the children's six groups, or the adults' seven."""

    def outcomes(series: Sequence[Series]) -> Iterator[tuple[str, Outcome]]:
        for outcome in by_group(series):
            if outcome.who == who:
                yield outcome.name, outcome

    return _count(facts, outcomes, [outcome.name for outcome in by_group(()) if outcome.who == who], who)


def _count(
    facts: ReportFacts,
    outcomes: Callable[[Sequence[Series]], Iterable[tuple[str, Outcome]]],
    names: Iterable[str],
    who: str,
) -> tuple[EffectRow, ...]:
    counts: dict[str, Counter[Verdict]] = {name: Counter() for name in names}
    cases: dict[str, set[str]] = {name: set() for name in counts}
    for course in facts.courses:
        for name, outcome in outcomes(list_series(course, facts.config.catalogue)):
            counts[name][outcome.verdict] += 1
            if outcome.verdict in SHOWN:
                cases[name].add(course.case)
    return tuple(
        EffectRow(name, found, frozenset(cases[name]), facts.is_untold(EFFECT, who, name))
        for name, found in counts.items()
    )


def experienced_rows(facts: ReportFacts) -> tuple[EffectRow, ...]:
    """The criteria 1-6."""
    return criterion_rows(facts, EXPERIENCED)


def counted_rows(facts: ReportFacts) -> tuple[EffectRow, ...]:
    """The criteria 7a-7f."""
    return criterion_rows(facts, COUNTED)


def service_rows(facts: ReportFacts) -> tuple[TextRow, ...]:
    """The services at each draw: of how many families, and how many the middle one gets."""
    totals = services_by_draw(facts)
    rows = []
    for months in sorted(totals, key=lambda months: (months == AT_THE_END, months)):
        found = totals[months]
        told = (say_count(len(found)), decimal(median(found.values())) if len(found) >= SMALLEST_TOLD else NOTHING)
        if facts.is_untold(SERVICES, str(months)):
            told = (HIDDEN, NOTHING)
        rows.append(TextRow(cells=(capitalise(say_draw(months)), *told)))
    return tuple(rows)


def services_by_draw(facts: ReportFacts) -> Mapping[int, Mapping[str, int]]:
    """By draw and case how many services were counted, where every area was."""
    totals: dict[int, dict[str, int]] = {}
    for course in facts.courses:
        table = service_table(course)
        for draw in table.made:
            total = table.total(draw)
            if total is not None:
                totals.setdefault(draw.months, {})[course.case] = total
    return totals
