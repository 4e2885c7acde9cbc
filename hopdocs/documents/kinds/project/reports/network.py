"""The networks' status at the end of the year: several municipalities' exports side by side, with one set of keys.

(Frikommuneforsøg 2016-2019: who is responsible for a network writes a status each December, and they are gathered.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from hopdocs.documents.kinds.kind import DocumentKind
from hopdocs.documents.kinds.project.reports.facts import ReportFacts, told_until
from hopdocs.documents.kinds.project.reports.frame import report_frame
from hopdocs.documents.kinds.project.reports.parts.effects import EffectRow, counted_rows, experienced_rows
from hopdocs.documents.kinds.project.reports.parts.key_numbers import count_courses
from hopdocs.documents.kinds.project.reports.parts.money import trend_facts
from hopdocs.documents.kinds.project.reports.parts.published import draw_effects, tell_side_by_side
from hopdocs.documents.kinds.project.reports.parts.work import PUBLIC, children_facts, progress_facts, work_of
from hopdocs.documents.kinds.project.reports.views import Fact, TextRow
from hopdocs.documents.views import Context
from hopdocs.documents.views.chart import BarChart
from hopdocs.domain.project.reports import ReportPeriod
from hopdocs.figures.costs import say_rule
from hopdocs.figures.course import CourseFigures
from hopdocs.model.config import Config
from hopdocs.model.project import Project, ReportKind

NAME: Final = "netvaerksstatus"


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityTable:
    """One municipality's numbers by the same names as all others'."""

    name: str
    until: date
    """The day of its export, or the year's last."""
    numbers: tuple[Fact, ...]
    effects: tuple[TextRow, ...]
    """Criterion, better, same, worse, families."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetvaerksstatusContext(Context):
    """The status of a year. Neither a family nor a case stands in it, and no number that is about fewer than five."""

    year: int
    names: tuple[str, ...]
    """The municipalities."""
    municipalities: tuple[MunicipalityTable, ...]
    effects: tuple[TextRow, ...]
    """All municipalities together."""
    effect_chart: BarChart | None
    cost_rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityCourses:
    """What one municipality's export has."""

    name: str
    until: date
    courses: tuple[CourseFigures, ...]


def fill_network(found: Sequence[MunicipalityCourses], year: int, config: Config, name: str) -> NetvaerksstatusContext:
    """The status of one year, the municipalities by name; rules and catalogue are those of whoever gathers.

    `name` is the project's, which may be empty.
    """
    in_order = sorted(found, key=lambda item: item.name)
    last = date(year, 12, 31)
    facts = [_facts(item.courses, min(last, item.until), year, config, name) for item in in_order]
    every = tuple(course for item in facts for course in item.courses)
    whole = _facts(every, last, year, config, name)
    *effects, together = tell_side_by_side([_effects(item) for item in facts], _effects(whole))
    return NetvaerksstatusContext(
        **report_frame(whole, NAME, f"Netværkets status {year}", "Netværkets styregruppe"),
        year=year,
        names=tuple(item.name for item in in_order),
        municipalities=tuple(
            MunicipalityTable(name=item.name, until=one.until, numbers=_numbers(one), effects=told)
            for item, one, told in zip(in_order, facts, effects, strict=True)
        ),
        effects=together,
        effect_chart=draw_effects("Hvordan det er gået i alle kommuner", together),
        cost_rule=say_rule(config.reports),
    )


def _facts(courses: Sequence[CourseFigures], until: date, year: int, config: Config, name: str) -> ReportFacts:
    report = ReportPeriod(ReportKind.JANUAR, date(year, 1, 1), until, until)
    return ReportFacts(
        report=report,
        project=Project(name=name or None),
        config=config,
        courses=told_until(courses, until),
        numbers=None,
    )


def _effects(facts: ReportFacts) -> tuple[EffectRow, ...]:
    return (*experienced_rows(facts), *counted_rows(facts))


def _numbers(facts: ReportFacts) -> tuple[Fact, ...]:
    work = work_of(facts)
    return (
        *count_courses(facts),
        *progress_facts(work, PUBLIC),
        *children_facts(work, PUBLIC, has_reasons=False),
        *(Fact(name=f"Udgiften pr. familie: {item.name}", value=item.value) for item in trend_facts(facts)),
    )


NETVAERKSSTATUS: Final = DocumentKind(
    name=NAME,
    title="Netværkets status",
    template=NAME,
    context=NetvaerksstatusContext,
    needs_consent=False,
    stays_with_staff=True,
)
