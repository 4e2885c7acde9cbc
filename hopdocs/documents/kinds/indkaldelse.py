"""Builds the summons to the professionals: one a meeting, holding only what everybody invited may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.letterhead import document_info, municipality_box, table_recipient
from hopdocs.documents.meeting_facts import (
    contact_box,
    family_names,
    guest_views,
    interpreter_view,
    moved_view,
    participants,
    reasoned_line,
)
from hopdocs.documents.views import IndkaldelseContext, ScopeLine
from hopdocs.domain.working_days import working_days_before
from hopdocs.model.meeting import MeetingType

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.documents.audience import Audience
    from hopdocs.documents.meeting_facts import Gathering
    from hopdocs.model.meeting import Meeting

TEAM = "Familieteamet"


def indkaldelse(gathering: Gathering) -> IndkaldelseContext:
    """The professionals' paper about one meeting."""
    audience, meeting = gathering.audience, gathering.meeting
    return IndkaldelseContext(
        document=document_info("indkaldelse", f"Indkaldelse til {meeting.type.value}"),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=table_recipient(TEAM),
        tovholder=contact_box(gathering, gathering.areas),
        meeting=gathering.view,
        moved=moved_view(meeting),
        family_name=audience.family.name,
        message=meeting.message or "",
        participants=participants(gathering, gathering.areas),
        guests=guest_views(meeting),
        family=family_names(gathering),
        children=tuple(
            reasoned_line(audience, child, entry, gathering.areas) for child, entry in gathering.children.items()
        ),
        interpreter=interpreter_view(meeting),
        scope=_scope_lines(audience),
        own_part_due=_own_part_due(audience, meeting),
        records_name=audience.config.records.name,
        case_url=audience.config.records.url_of(audience.family.case_number),
    )


def _scope_lines(audience: Audience) -> tuple[ScopeLine, ...]:
    """What may be shared about each person. To keep a limit, one must be told of it."""
    areas = audience.config.areas
    return tuple(
        ScopeLine(
            name=name,
            areas=tuple(area.name for code, area in areas.items() if code in audience.sharing[key].areas),
        )
        for key, name in audience.full_names.items()
    )


def _own_part_due(audience: Audience, meeting: Meeting) -> date | None:
    """The day of the last reminder: who has written by then is never reminded twice."""
    reminders = audience.config.deadlines.assessment_reminders
    if meeting.type is not MeetingType.FAGLIGT_FORMØDE or not reminders:
        return None
    return working_days_before(meeting.date, min(reminders), audience.config)
