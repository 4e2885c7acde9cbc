"""What stands on each report of the project: sender, title, whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from hopdocs.documents.letterhead import coordinator_box, document_info, municipality_box, table_recipient

if TYPE_CHECKING:
    from hopdocs.documents.kinds.project.reports.facts import ReportFacts
    from hopdocs.documents.views import ContactBox, DocumentInfo, MunicipalityBox, Recipient


class ReportFrame(TypedDict):
    """The fields that every context has."""

    document: DocumentInfo
    municipality: MunicipalityBox
    case_number: str
    recipient: Recipient
    tovholder: ContactBox


def report_frame(facts: ReportFacts, kind: str, title: str, to: str) -> ReportFrame:
    """The frame of one report; a draft until it is approved."""
    until = facts.until
    return ReportFrame(
        document=document_info(kind, title, draft=facts.report.approved is None),
        municipality=municipality_box(facts.config),
        case_number="",
        recipient=table_recipient(to),
        tovholder=coordinator_box(facts.config, until, until),
    )
