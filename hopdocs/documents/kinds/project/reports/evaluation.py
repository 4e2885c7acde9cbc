"""The project's effect report, half-way and at the end (Effektmåling). It may be published: no small number in it."""

from dataclasses import dataclass
from typing import Final

from hopdocs.documents.kinds.kind import DocumentKind
from hopdocs.documents.kinds.project.reports.facts import ReportFacts, head_of
from hopdocs.documents.kinds.project.reports.frame import report_frame
from hopdocs.documents.kinds.project.reports.parts.basis import basis_facts, missing_rows, say_method
from hopdocs.documents.kinds.project.reports.parts.effects import (
    counted_rows,
    experienced_rows,
    group_rows,
    service_rows,
)
from hopdocs.documents.kinds.project.reports.parts.money import cost_rows, draw_costs, trend_facts
from hopdocs.documents.kinds.project.reports.parts.published import draw_effects, tell_effects
from hopdocs.documents.kinds.project.reports.parts.work import (
    PUBLIC,
    children_facts,
    progress_facts,
    shift_facts,
    wait_rows,
    work_of,
)
from hopdocs.documents.kinds.project.reports.views import Fact, ReportHead, TextRow
from hopdocs.documents.views import Context
from hopdocs.documents.views.chart import BarChart
from hopdocs.figures.conduct import say_rhythm_rule
from hopdocs.figures.costs import say_rule
from hopdocs.figures.groups import ADULTS, CHILDREN

NAME: Final = "evalueringsrapport"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalueringsrapportContext(Context):
    """The report. Neither a family nor a case stands in it, and no number that is about fewer than five."""

    head: ReportHead
    basis: tuple[Fact, ...]
    method: tuple[str, ...]
    experienced: tuple[TextRow, ...]
    """Criterion, better, same, worse, families."""
    experienced_chart: BarChart | None
    counted: tuple[TextRow, ...]
    counted_chart: BarChart | None
    children: tuple[TextRow, ...]
    children_chart: BarChart | None
    adults: tuple[TextRow, ...]
    adults_chart: BarChart | None
    services: tuple[TextRow, ...]
    """Draw, families, services of the middle family."""
    costs: tuple[TextRow, ...]
    """Area, families, sum, a family's."""
    cost_chart: BarChart | None
    cost_trends: tuple[Fact, ...]
    cost_rule: str
    staff_view: str
    """May be empty."""
    progress: tuple[Fact, ...]
    rhythm_rule: str
    taking_part: tuple[Fact, ...]
    waits: tuple[TextRow, ...]
    """Area, number, ongoing, long ones, median and longest in days."""
    learned: tuple[str, ...]
    missing: tuple[TextRow, ...]
    """What is missing, and of how many families."""


def fill_evaluation(facts: ReportFacts) -> EvalueringsrapportContext:
    """The report at the end of its days."""
    head, work, entry = head_of(facts), work_of(facts), facts.report.entry
    experienced, counted, children, adults = tell_effects(
        experienced_rows(facts), counted_rows(facts), group_rows(facts, CHILDREN), group_rows(facts, ADULTS)
    )
    costs = cost_rows(facts)
    return EvalueringsrapportContext(
        **report_frame(facts, NAME, head.title, "Fagudvalg og byråd"),
        head=head,
        basis=basis_facts(facts),
        method=say_method(facts),
        experienced=experienced,
        experienced_chart=draw_effects("Hvordan familierne og medarbejderne oplever det", experienced),
        counted=counted,
        counted_chart=draw_effects("Hvad der har ændret sig", counted),
        children=children,
        children_chart=draw_effects("Hvordan det går børnene", children),
        adults=adults,
        adults_chart=draw_effects("Hvordan det går de voksne", adults),
        services=service_rows(facts),
        costs=costs,
        cost_chart=draw_costs(facts),
        cost_trends=trend_facts(facts) if costs else (),
        cost_rule=say_rule(facts.config.reports),
        staff_view=(entry.staff_view or "") if entry is not None else "",
        progress=(*progress_facts(work, PUBLIC), *shift_facts(work, facts.config, PUBLIC)),
        rhythm_rule=say_rhythm_rule(facts.config.deadlines.follow_up_target),
        taking_part=children_facts(work, PUBLIC),
        waits=wait_rows(facts, PUBLIC),
        learned=entry.learned if entry is not None else (),
        missing=missing_rows(facts),
    )


EVALUERINGSRAPPORT: Final = DocumentKind(
    name=NAME,
    title="Evaluering af projektet",
    template=NAME,
    context=EvalueringsrapportContext,
    needs_consent=False,
    stays_with_staff=True,
)
