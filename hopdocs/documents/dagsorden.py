"""Builds the agenda: one a meeting, holding only what everybody at the table may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.gathering import (
    attendance_line,
    contact_box,
    family_names,
    family_points,
    guest_views,
    interpreter_view,
    participants,
)
from hopdocs.documents.letterhead import document_info, municipality_box, table_recipient
from hopdocs.documents.views import DagsordenContext

if TYPE_CHECKING:
    from hopdocs.documents.gathering import Gathering

TABLE = "Alle ved mødet"


def dagsorden(gathering: Gathering) -> DagsordenContext:
    """The agenda of one meeting."""
    audience, meeting = gathering.audience, gathering.meeting
    return DagsordenContext(
        document=document_info("dagsorden", f"Dagsorden for {meeting.type.value}"),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=table_recipient(TABLE, is_professional=not meeting.type.is_for_family),
        tovholder=contact_box(gathering, gathering.table),
        meeting=gathering.view,
        family_name=audience.family.name,
        is_for_family=meeting.type.is_for_family,
        message=meeting.message or "",
        agenda=gathering.agenda,
        planned_minutes=sum(line.minutes for line in gathering.agenda),
        family_points=family_points(gathering, gathering.table),
        participants=participants(gathering, gathering.table),
        guests=guest_views(meeting),
        family=family_names(gathering),
        children=tuple(attendance_line(audience, child, entry) for child, entry in gathering.children.items()),
        interpreter=interpreter_view(meeting),
    )
