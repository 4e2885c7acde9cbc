"""Builds the agenda: one a meeting, holding only what everybody at the table may see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hopdocs.documents.letterhead import document_info, municipality_box, table_recipient
from hopdocs.documents.meeting_facts import (
    attendance_line,
    contact_box,
    family_names,
    family_points,
    guest_views,
    interpreter_view,
    participants,
)
from hopdocs.documents.views import DagsordenContext
from hopdocs.model.attendance import ATTENDANCE_TEXTS, NOBODY_ANSWERED, attendance_of

if TYPE_CHECKING:
    from hopdocs.documents.meeting_facts import Gathering
    from hopdocs.documents.views import GuestView, Participant
    from hopdocs.model.attendance import Attendances

TABLE = "Alle ved mødet"


def dagsorden(gathering: Gathering, attendances: Attendances = NOBODY_ANSWERED) -> DagsordenContext:
    """The agenda of one meeting.

    Who comes is said once the first of those invited has answered: before that it would be a list of nothing.
    """
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
        participants=_participants(gathering, attendances),
        guests=_guests(gathering, attendances),
        family=family_names(gathering),
        children=tuple(attendance_line(audience, child, entry) for child, entry in gathering.children.items()),
        interpreter=interpreter_view(meeting),
    )


def _participants(gathering: Gathering, attendances: Attendances) -> tuple[Participant, ...]:
    lines = zip(gathering.seats, participants(gathering, gathering.table), strict=True)
    return tuple(replace(line, answer=_answer(gathering, attendances, seat.person.email)) for seat, line in lines)


def _guests(gathering: Gathering, attendances: Attendances) -> tuple[GuestView, ...]:
    lines = zip(gathering.meeting.guests, guest_views(gathering.meeting), strict=True)
    return tuple(
        replace(line, answer=_answer(gathering, attendances, guest.email) if guest.email else "")
        for guest, line in lines
    )


def _answer(gathering: Gathering, attendances: Attendances, email: str) -> str:
    if gathering.meeting.id not in attendances:
        return ""
    return ATTENDANCE_TEXTS[attendance_of(attendances, gathering.meeting.id, email)]
