"""The steering group's status of a quarter: key numbers, progress, waits, shifts, risks, money, and what to decide."""

from dataclasses import dataclass
from typing import Final

from hopdocs.documents.kinds.kind import DocumentKind
from hopdocs.documents.kinds.project.reports.facts import ReportFacts, head_of
from hopdocs.documents.kinds.project.reports.frame import report_frame
from hopdocs.documents.kinds.project.reports.parts.courses import new_courses
from hopdocs.documents.kinds.project.reports.parts.key_numbers import area_rows, key_numbers
from hopdocs.documents.kinds.project.reports.parts.money import cost_rows, draw_costs, trend_facts
from hopdocs.documents.kinds.project.reports.parts.plan import (
    LIGHT_RULE,
    RISK_RULE,
    draw_milestones,
    draw_risks,
    milestone_rows,
    risk_rows,
)
from hopdocs.documents.kinds.project.reports.parts.warnings import warning_rows, warning_rules
from hopdocs.documents.kinds.project.reports.parts.work import (
    INSIDE,
    attendance_rows,
    children_facts,
    progress_facts,
    shift_facts,
    wait_rows,
    work_of,
)
from hopdocs.documents.kinds.project.reports.views import (
    CaseRow,
    Fact,
    MilestoneRow,
    NewCourse,
    ReportHead,
    RiskRow,
    TextRow,
)
from hopdocs.documents.views import Context
from hopdocs.documents.views.chart import BarChart, Gantt, RiskMatrix
from hopdocs.figures.conduct import say_rhythm_rule
from hopdocs.figures.costs import say_rule

NAME: Final = "projektstatus"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjektstatusContext(Context):
    """The status. Courses stand in it by case number, and a group of families under five has no number."""

    head: ReportHead
    numbers: tuple[Fact, ...]
    unread: int
    """Families that are in no number, since their file cannot be read."""
    target: int
    """How many families the project aims at; 0 when nothing is said."""
    areas: tuple[TextRow, ...]
    """Area, and how many courses it takes part in."""
    new_courses: tuple[NewCourse, ...]
    progress: tuple[Fact, ...]
    rhythm_rule: str
    warnings: tuple[CaseRow, ...]
    """The courses that are not green."""
    warning_rules: tuple[str, ...]
    waits: tuple[TextRow, ...]
    """Area, number, ongoing, long ones, median and longest in days."""
    wait_limit: int
    """After how many days a wait is long."""
    shifts: tuple[Fact, ...]
    attendance: tuple[TextRow, ...]
    """Area, asked, came, percent."""
    children: tuple[Fact, ...]
    milestones: tuple[MilestoneRow, ...]
    milestone_chart: Gantt | None
    milestone_rule: str
    risks: tuple[RiskRow, ...]
    risk_chart: RiskMatrix | None
    risk_rule: str
    costs: tuple[TextRow, ...]
    """Area, families, sum, a family's."""
    cost_chart: BarChart | None
    cost_trends: tuple[Fact, ...]
    cost_rule: str
    decide: tuple[str, ...]


def fill_quarterly(facts: ReportFacts) -> ProjektstatusContext:
    """The status of one quarter."""
    head, work, entry = head_of(facts), work_of(facts), facts.report.entry
    risks = risk_rows(facts.project, facts.config)
    costs = cost_rows(facts)
    return ProjektstatusContext(
        **report_frame(facts, NAME, f"{head.title}, {head.period}", "Styregruppen"),
        head=head,
        numbers=key_numbers(facts),
        unread=facts.unread,
        target=(facts.project.targets.families or 0) if facts.project.targets is not None else 0,
        areas=area_rows(facts),
        new_courses=new_courses(facts),
        progress=progress_facts(work, INSIDE),
        rhythm_rule=say_rhythm_rule(facts.config.deadlines.follow_up_target),
        warnings=warning_rows(facts),
        warning_rules=warning_rules(facts.config),
        waits=wait_rows(facts, INSIDE),
        wait_limit=facts.config.deadlines.waiting_time,
        shifts=shift_facts(work, facts.config, INSIDE),
        attendance=attendance_rows(work, facts.config),
        children=children_facts(work, INSIDE),
        milestones=milestone_rows(facts.project, facts.until),
        milestone_chart=draw_milestones(facts.project, facts.until),
        milestone_rule=LIGHT_RULE,
        risks=risks,
        risk_chart=draw_risks(risks),
        risk_rule=RISK_RULE,
        costs=costs,
        cost_chart=draw_costs(facts),
        cost_trends=trend_facts(facts) if costs else (),
        cost_rule=say_rule(facts.config.reports),
        decide=entry.decide if entry is not None else (),
    )


PROJEKTSTATUS: Final = DocumentKind(
    name=NAME,
    title="Status til styregruppen",
    template=NAME,
    context=ProjektstatusContext,
    needs_consent=False,
    stays_with_staff=True,
)
