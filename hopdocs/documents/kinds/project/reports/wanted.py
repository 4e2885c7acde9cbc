"""Which reports about all families should exist on a day. One that is approved stays as it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from hopdocs.documents.kinds.project.desired import NO_FAMILY
from hopdocs.documents.kinds.project.reports.evaluation import EVALUERINGSRAPPORT, fill_evaluation
from hopdocs.documents.kinds.project.reports.facts import ReportFacts, told_until, waiting_of
from hopdocs.documents.kinds.project.reports.january import JANUARSTATUS, fill_january
from hopdocs.documents.kinds.project.reports.kept import pack_context, unpack_context
from hopdocs.documents.kinds.project.reports.monthly import STATUSRAPPORT, fill_monthly
from hopdocs.documents.kinds.project.reports.parts.together import PUBLISHABLE, untold_together
from hopdocs.documents.kinds.project.reports.quarterly import PROJEKTSTATUS, fill_quarterly
from hopdocs.documents.wanted import WantedDocument
from hopdocs.domain.project.reports import reports_on
from hopdocs.model.project import ReportKind
from hopdocs.model.scalars.values import MeetingId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from hopdocs.documents.kinds.kind import DocumentKind
    from hopdocs.documents.views import Context
    from hopdocs.domain.project.numbers import ProjectNumbers
    from hopdocs.domain.project.reports import ReportPeriod
    from hopdocs.figures.course import CourseFigures
    from hopdocs.model.config import Config
    from hopdocs.model.project import Project

_PAPERS: Final[Mapping[ReportKind, tuple[tuple[DocumentKind, Callable[[ReportFacts], Context]], ...]]] = {
    ReportKind.KVARTAL: ((PROJEKTSTATUS, fill_quarterly),),
    ReportKind.MÅNED: ((STATUSRAPPORT, fill_monthly),),
    ReportKind.JANUAR: ((JANUARSTATUS, fill_january),),
    ReportKind.MIDTVEJS: ((EVALUERINGSRAPPORT, fill_evaluation),),
    ReportKind.AFSLUTNING: ((EVALUERINGSRAPPORT, fill_evaluation),),
}
"""By report: its papers, and what fills each."""


def wanted_reports(  # noqa: PLR0913, PLR0917 - what a report is read from
    project: Project,
    config: Config,
    today: date,
    courses: Iterable[CourseFigures],
    numbers: ProjectNumbers,
    kept_numbers: Mapping[str, ProjectNumbers],
    approved: Mapping[str, str],
) -> Iterator[WantedDocument]:
    """Every paper of every report.

    `numbers` are today's; `kept_numbers` have by `numbers_key` those of the periods that are over. `approved` has by
    `approval_key` what the approved ones said (`packed_when_approved`).
    """
    rows = tuple(courses)
    waiting = waiting_of(rows)
    papers = [
        _Paper(
            kind,
            fill,
            ReportFacts(
                report=report,
                project=project,
                config=config,
                courses=told_until(rows, report.until),
                numbers=kept_numbers.get(numbers_key(report)) if report.is_over else numbers,
                waiting=() if report.is_over else waiting,
                unread=numbers.unread,
            ),
            _approved_before(kind, report, approved),
        )
        for report in reports_on(project, today)
        for kind, fill in _PAPERS.get(report.kind, ())
    ]
    public = [item for item in papers if item.facts.report.kind in PUBLISHABLE]
    untold = untold_together(
        [item.facts for item in public if item.before is None],
        [(item.facts, item.before) for item in public if item.before is not None],
    )
    for paper in papers:
        kind, report, context = paper.kind, paper.facts.report, paper.before
        if context is None:
            is_public = report.kind in PUBLISHABLE
            context = paper.fill(replace(paper.facts, untold=untold) if is_public else paper.facts)
            if report.approved is not None:  # as it will be read back: 96 and 96.0 are not the same data
                context = unpack_context(kind.context, pack_context(context)) or context
        yield _document(kind, report, context)


@dataclass(frozen=True, slots=True)
class _Paper:
    """One paper of a report, and what fills it; `before` is what it said when it was approved."""

    kind: DocumentKind
    fill: Callable[[ReportFacts], Context]
    facts: ReportFacts
    before: Context | None


def _approved_before(kind: DocumentKind, report: ReportPeriod, approved: Mapping[str, str]) -> Context | None:
    text = approved.get(approval_key(kind.name, report)) if report.approved is not None else None
    return unpack_context(kind.context, text) if text is not None else None


def find_report(project: Project, today: date, file: str) -> ReportPeriod | None:
    """The report whose paper has that file name, with or without its ending."""
    stem = file.casefold().removesuffix(".docx").removesuffix(".pdf")
    return next(
        (
            report
            for report in reports_on(project, today)
            for kind, _ in _PAPERS.get(report.kind, ())
            if f"{kind.name}-{report.key}".casefold() == stem
        ),
        None,
    )


def running_reports(project: Project, today: date) -> tuple[str, ...]:
    """The keys of the reports whose numbers are still today's."""
    return tuple(numbers_key(report) for report in reports_on(project, today) if not report.is_over)


def packed_when_approved(project: Project, today: date, documents: Iterable[WantedDocument]) -> dict[str, str]:
    """By `approval_key` what the approved reports among the documents say."""
    stems = {
        f"{kind.name}-{report.key}": approval_key(kind.name, report)
        for report in reports_on(project, today)
        for kind, _ in _PAPERS.get(report.kind, ())
        if report.approved is not None
    }
    return {stems[item.stem]: pack_context(item.context) for item in documents if item.stem in stems}


def numbers_key(report: ReportPeriod) -> str:
    """What the numbers of a report's last day are kept by; no meeting's id has a blank."""
    return f"{report.kind.value} {report.key}"


def approval_key(kind: str, report: ReportPeriod) -> str:
    """What an approved paper is kept by. Another day of approval is another paper."""
    approved = report.approved.isoformat() if report.approved is not None else ""
    return f"{kind} {report.key} {approved}"


def _document(kind: DocumentKind, report: ReportPeriod, context: Context) -> WantedDocument:
    return WantedDocument(
        family=NO_FAMILY,
        kind=kind,
        meeting=MeetingId(report.key),
        recipient=None,
        stem=f"{kind.name}-{report.key}",
        template=kind.template,
        variant=None,
        title=context.document.title,
        context=context,
        final=report.approved is not None,
    )
