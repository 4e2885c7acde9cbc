"""Builds the family's letter about one meeting: an invitation, a new time, or that it is off."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from hopdocs.documents.audience import MemberReader
from hopdocs.documents.letterhead import document_info, member_recipient, municipality_box
from hopdocs.documents.meeting_facts import (
    contact_box,
    family_names,
    family_points,
    guest_views,
    interpreter_view,
    moved_view,
    participants,
    reasoned_line,
    view_for,
)
from hopdocs.documents.views import InvitationContext
from hopdocs.model.meeting import MeetingStatus, MeetingType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.documents.meeting_facts import Gathering
    from hopdocs.documents.views import ChildLine
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.values import MemberKey

ENCLOSURES: Mapping[MeetingType, tuple[str, ...]] = MappingProxyType(
    {
        MeetingType.FAMILIEPLANSMØDE: ("dagsordenen",),
        MeetingType.OPFØLGNINGSMØDE: ("dagsordenen", "familieplanen"),
        MeetingType.AFSLUTNINGSMØDE: ("dagsordenen", "familieplanen"),
    }
)
"""What lies in the same envelope."""


def invitation(gathering: Gathering, member: MemberKey) -> InvitationContext:
    """One person's letter about one meeting."""
    audience, meeting = gathering.audience, gathering.meeting
    cancelled = meeting.status is MeetingStatus.CANCELLED
    letter = InvitationContext(
        document=document_info("invitation", invitation_title(meeting)),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=member_recipient(audience, member),
        tovholder=contact_box(gathering, (MemberReader(member),)),
        meeting=view_for(gathering, member),
        cancelled=cancelled,
        reason=meeting.reason or "" if cancelled else "",
        moved=None,
        message=meeting.message or "",
        participants=(),
        guests=(),
        family=(),
        family_points=(),
        agenda=(),
        children=(),
        interpreter=None,
        enclosures=(),
    )
    return letter if cancelled else _seat(letter, gathering, member)


def _seat(letter: InvitationContext, gathering: Gathering, member: MemberKey) -> InvitationContext:
    """Who comes and what it is about; a letter that calls a meeting off does not say it."""
    meeting, reader = gathering.meeting, (MemberReader(member),)
    return replace(
        letter,
        moved=moved_view(meeting),
        participants=participants(gathering, reader),
        guests=guest_views(meeting),
        family=family_names(gathering, besides=member),
        family_points=family_points(gathering, reader),
        agenda=() if meeting.type is MeetingType.INTERVIEW else gathering.agenda,
        children=_children(gathering, member),
        interpreter=interpreter_view(meeting),
        enclosures=ENCLOSURES.get(meeting.type, ()),
    )


def _children(gathering: Gathering, member: MemberKey) -> tuple[ChildLine, ...]:
    """A parent reads about the children she has custody of, a youth about herself, others about none."""
    audience = gathering.audience
    return tuple(
        replace(reasoned_line(audience, child, entry, (MemberReader(member),)), view="", is_reader=child == member)
        for child, entry in gathering.children.items()
        if child == member or audience.has_custody_of(member, child)
    )


def invitation_title(meeting: Meeting) -> str:
    """The heading, which is also the subject in Digital Post: it names no person."""
    if meeting.status is MeetingStatus.CANCELLED:
        return f"{_definite(meeting.type).capitalize()} er aflyst"
    if meeting.type is MeetingType.INTERVIEW:
        return "Nyt tidspunkt for samtalen" if meeting.moved else "Invitation til samtale"
    if meeting.moved:
        return f"Nyt tidspunkt for {_definite(meeting.type)}"
    return f"Invitation til {meeting.type.value}"


def _definite(kind: MeetingType) -> str:
    return "samtalen" if kind is MeetingType.INTERVIEW else f"{kind.value}t"
