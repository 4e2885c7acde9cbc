"""Builds the agenda: one a meeting, holding only what everybody at the table may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.agendas import agenda_lines
from hopdocs.documents.gathering import (
    attendance_line,
    child_entries,
    contact_box,
    family_names,
    family_points,
    guest_views,
    interpreter_view,
    meeting_view,
    participants,
    table_readers,
)
from hopdocs.documents.letterhead import document_info, municipality_box, table_recipient
from hopdocs.documents.views import DagsordenContext

if TYPE_CHECKING:
    from hopdocs.documents.audience import Audience
    from hopdocs.model.meeting import Meeting

TABLE = "Alle ved mødet"


def dagsorden(audience: Audience, meeting: Meeting) -> DagsordenContext:
    """The agenda of one meeting."""
    readers = table_readers(audience, meeting)
    lines = agenda_lines(audience.family, audience.config, meeting)
    return DagsordenContext(
        document=document_info("dagsorden", f"Dagsorden for {meeting.type.value}"),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=table_recipient(TABLE, is_professional=not meeting.type.is_for_family),
        tovholder=contact_box(audience, meeting, readers),
        meeting=meeting_view(audience, meeting),
        family_name=audience.family.name,
        is_for_family=meeting.type.is_for_family,
        message=meeting.message or "",
        agenda=lines,
        planned_minutes=sum(line.minutes for line in lines),
        family_points=family_points(audience, meeting, readers),
        participants=participants(audience, meeting, readers),
        guests=guest_views(meeting),
        family=family_names(audience, meeting),
        children=tuple(
            attendance_line(audience, child, entry) for child, entry in child_entries(audience, meeting).items()
        ),
        interpreter=interpreter_view(meeting),
    )
