"""The two short letters about a meeting that does not take place as the invitation said: moved, or called off.

They are for whoever holds an invitation that is no longer right. Who holds none gets the invitation itself, which then
says the same: nobody is told twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hopdocs.documents.audience import MemberReader
from hopdocs.documents.kinds.invitation import holds_older_invitation
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import document_info, member_recipient, municipality_box
from hopdocs.documents.meeting_facts import MeetingFacts, contact_box, moved_view, view_for
from hopdocs.documents.told_reasons import reason_for
from hopdocs.documents.views import Context, MeetingView, MovedView
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.meeting import MeetingStatus
from hopdocs.model.meeting_answers import CurrentAnswers
from hopdocs.model.scalars.values import MemberKey

_MOVED: Final = "moede-flyttet"
_CANCELLED: Final = "moede-aflyst"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoedeFlyttetContext(Context):
    """A meeting has another time."""

    meeting: MeetingView
    """With the new day, time and place."""
    old_time: datetime
    """When it should have been."""
    reason: str
    """A kind of reason that tells of nobody; empty if none is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoedeAflystContext(Context):
    """A meeting does not take place."""

    meeting: MeetingView
    reason: str
    """A kind of reason that tells of nobody; empty if none is given."""


def _papers_of_move(gathering: MeetingFacts, _current_answers: CurrentAnswers) -> Iterator[Paper]:
    """One for each of the family who was invited to the old time."""
    meeting = gathering.meeting
    if not meeting.moved or meeting.status is MeetingStatus.CANCELLED:
        return
    for member in _holders(gathering):
        moved = moved_view(gathering, MemberReader(member))
        if moved is not None:
            day = max(move.on for move in meeting.moved)
            yield Paper(context=_fill_move(gathering, member, moved), recipient=member, date=day)


def _fill_move(gathering: MeetingFacts, member: MemberKey, moved: MovedView) -> MoedeFlyttetContext:
    audience, meeting = gathering.audience, gathering.meeting
    return MoedeFlyttetContext(
        document=document_info(_MOVED, f"{meeting.type.definite.capitalize()} er flyttet"),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=member_recipient(audience, member),
        tovholder=contact_box(gathering, (MemberReader(member),)),
        meeting=view_for(gathering, member),
        old_time=moved.from_,
        reason=moved.reason,
    )


def _papers_of_cancellation(gathering: MeetingFacts, _current_answers: CurrentAnswers) -> Iterator[Paper]:
    """One for each of the family who was invited. The file has no day for it: it is that of the first version."""
    if gathering.meeting.status is MeetingStatus.CANCELLED:
        for member in _holders(gathering):
            yield Paper(context=_fill_cancellation(gathering, member), recipient=member)


def _holders(gathering: MeetingFacts) -> tuple[MemberKey, ...]:
    """Those of the family who hold an invitation to what does not take place like that."""
    family, meeting = gathering.audience.family, gathering.meeting
    return tuple(member for member in gathering.invited if holds_older_invitation(family, meeting, member))


def _fill_cancellation(gathering: MeetingFacts, member: MemberKey) -> MoedeAflystContext:
    audience, meeting = gathering.audience, gathering.meeting
    return MoedeAflystContext(
        document=document_info(_CANCELLED, f"{meeting.type.definite.capitalize()} er aflyst"),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=member_recipient(audience, member),
        tovholder=contact_box(gathering, (MemberReader(member),)),
        meeting=view_for(gathering, member),
        reason=reason_for(audience, MemberReader(member), meeting, meeting.date),
    )


def _is_called_for(day: FamilyDay, meeting_id: str, _recipient: str) -> bool:
    """Until the day of the meeting, or on which it would have been."""
    meeting = day.family.meeting(meeting_id)
    return meeting is not None and meeting.date >= day.today


MOEDE_FLYTTET: Final = DocumentKind(
    name=_MOVED,
    title="Møde flyttet",
    template=_MOVED,
    context=MoedeFlyttetContext,
    needs_consent=True,
    for_meeting=_papers_of_move,
    is_called_for=_is_called_for,
    is_final_once_delivered=True,
    calls_to_meeting=True,
)

MOEDE_AFLYST: Final = DocumentKind(
    name=_CANCELLED,
    title="Møde aflyst",
    template=_CANCELLED,
    context=MoedeAflystContext,
    needs_consent=True,
    for_meeting=_papers_of_cancellation,
    is_called_for=_is_called_for,
    is_final_once_delivered=True,
)
