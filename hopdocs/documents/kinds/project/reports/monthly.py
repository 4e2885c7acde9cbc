"""The monthly status report of the project: milestones, risks, what stands still, and who lacks a month.

After the monthly registration of the national project 2013-2016 (steering data, early warning, validation).
"""

from dataclasses import dataclass
from typing import Final

from hopdocs.documents.kinds.kind import DocumentKind
from hopdocs.documents.kinds.project.reports.facts import ReportFacts, head_of
from hopdocs.documents.kinds.project.reports.frame import report_frame
from hopdocs.documents.kinds.project.reports.parts.courses import rows_missing_month
from hopdocs.documents.kinds.project.reports.parts.key_numbers import key_numbers
from hopdocs.documents.kinds.project.reports.parts.plan import (
    LIGHT_RULE,
    RISK_RULE,
    draw_milestones,
    draw_risks,
    milestone_rows,
    risk_rows,
)
from hopdocs.documents.kinds.project.reports.parts.warnings import warning_rows, warning_rules
from hopdocs.documents.kinds.project.reports.views import CaseRow, Fact, MilestoneRow, ReportHead, RiskRow
from hopdocs.documents.views import Context
from hopdocs.documents.views.chart import Gantt, RiskMatrix

NAME: Final = "statusrapport"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusrapportContext(Context):
    """The report of one month. Courses stand in it by case number."""

    head: ReportHead
    numbers: tuple[Fact, ...]
    target: int
    """How many families the project aims at; 0 when nothing is said."""
    milestones: tuple[MilestoneRow, ...]
    milestone_chart: Gantt | None
    milestone_rule: str
    risks: tuple[RiskRow, ...]
    risk_chart: RiskMatrix | None
    risk_rule: str
    warnings: tuple[CaseRow, ...]
    """The courses that are not green."""
    warning_rules: tuple[str, ...]
    missing: tuple[CaseRow, ...]
    """The courses that lack something of the month."""


def fill_monthly(facts: ReportFacts) -> StatusrapportContext:
    """The report of one month."""
    head, risks = head_of(facts), risk_rows(facts.project, facts.config)
    return StatusrapportContext(
        **report_frame(facts, NAME, f"{head.title}, {head.period}", "Projektets styregruppe"),
        head=head,
        numbers=key_numbers(facts),
        target=(facts.project.targets.families or 0) if facts.project.targets is not None else 0,
        milestones=milestone_rows(facts.project, facts.until),
        milestone_chart=draw_milestones(facts.project, facts.until),
        milestone_rule=LIGHT_RULE,
        risks=risks,
        risk_chart=draw_risks(risks),
        risk_rule=RISK_RULE,
        warnings=warning_rows(facts),
        warning_rules=warning_rules(facts.config),
        missing=rows_missing_month(facts, facts.report.start),
    )


STATUSRAPPORT: Final = DocumentKind(
    name=NAME,
    title="Statusrapport for projektet",
    template=NAME,
    context=StatusrapportContext,
    needs_consent=False,
    stays_with_staff=True,
)
