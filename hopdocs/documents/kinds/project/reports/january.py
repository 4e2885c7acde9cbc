"""The status of a year for the committees of the council, in January. It may be published."""

from dataclasses import dataclass
from typing import Final

from hopdocs.danish import short_date
from hopdocs.documents.kinds.kind import DocumentKind
from hopdocs.documents.kinds.project.reports.facts import ReportFacts, head_of
from hopdocs.documents.kinds.project.reports.frame import report_frame
from hopdocs.documents.kinds.project.reports.parts.effects import counted_rows, experienced_rows
from hopdocs.documents.kinds.project.reports.parts.key_numbers import key_numbers
from hopdocs.documents.kinds.project.reports.parts.money import cost_rows, draw_costs
from hopdocs.documents.kinds.project.reports.parts.plan import milestone_rows
from hopdocs.documents.kinds.project.reports.parts.published import draw_effects, tell_effects
from hopdocs.documents.kinds.project.reports.parts.work import PUBLIC, children_facts, progress_facts, work_of
from hopdocs.documents.kinds.project.reports.views import Fact, ReportHead, TextRow
from hopdocs.documents.views import Context
from hopdocs.documents.views.chart import BarChart
from hopdocs.figures.costs import say_rule

NAME: Final = "januarstatus"


@dataclass(frozen=True, slots=True, kw_only=True)
class JanuarstatusContext(Context):
    """The status. Neither a family nor a case stands in it, and no number that is about fewer than five."""

    head: ReportHead
    numbers: tuple[Fact, ...]
    target: int
    """How many families the project aims at; 0 when nothing is said."""
    effects: tuple[TextRow, ...]
    """Criterion, better, same, worse, families."""
    effect_chart: BarChart | None
    costs: tuple[TextRow, ...]
    """Area, families, sum, a family's."""
    cost_chart: BarChart | None
    cost_rule: str
    progress: tuple[Fact, ...]
    milestones: tuple[TextRow, ...]
    """Name, due, how it stands."""
    decide: tuple[str, ...]


def fill_january(facts: ReportFacts) -> JanuarstatusContext:
    """The status of one year."""
    head, work, entry = head_of(facts), work_of(facts), facts.report.entry
    experienced, counted = tell_effects(experienced_rows(facts), counted_rows(facts))
    effects = (*experienced, *counted)
    return JanuarstatusContext(
        **report_frame(facts, NAME, f"{head.title}, {head.period}", "Fagudvalgene"),
        head=head,
        numbers=key_numbers(facts),
        target=(facts.project.targets.families or 0) if facts.project.targets is not None else 0,
        effects=effects,
        effect_chart=draw_effects("Hvordan det er gået familierne", effects),
        costs=cost_rows(facts),
        cost_chart=draw_costs(facts),
        cost_rule=say_rule(facts.config.reports),
        progress=(*progress_facts(work, PUBLIC), *children_facts(work, PUBLIC)),
        milestones=tuple(
            TextRow(cells=(row.name, short_date(row.due), f"{row.light}: {row.state}"))
            for row in milestone_rows(facts.project, facts.until)
        ),
        decide=entry.decide if entry is not None else (),
    )


JANUARSTATUS: Final = DocumentKind(
    name=NAME,
    title="Status til fagudvalgene",
    template=NAME,
    context=JanuarstatusContext,
    needs_consent=False,
    stays_with_staff=True,
)
