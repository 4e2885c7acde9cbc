"""The invitation: the family's letter about one meeting, also with a new time, or that it is off."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from hopdocs.documents.audience import MemberReader
from hopdocs.documents.kinds.kind import DocumentKind, HandoverDeadline, Paper
from hopdocs.documents.kinds.translations import with_translation
from hopdocs.documents.letterhead import document_info, member_recipient, municipality_box
from hopdocs.documents.meeting_facts import (
    MeetingFacts,
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
from hopdocs.documents.told_reasons import reason_for
from hopdocs.documents.views import (
    AgendaLine,
    ChildLine,
    Context,
    GuestView,
    InterpreterView,
    MeetingView,
    MovedView,
    Participant,
)
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.family import Family
from hopdocs.model.meeting import Meeting, MeetingStatus, MeetingType
from hopdocs.model.meeting_answers import CurrentAnswers
from hopdocs.model.scalars.values import MemberKey

_NAME: Final = "invitation"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationContext(Context):
    """The family's letter about one meeting, also when it is moved or cancelled."""

    meeting: MeetingView
    cancelled: bool
    """True: the letter says that the meeting is off, and nothing below but `reason` and `message` is filled."""
    reason: str
    """A kind of reason that tells of nobody: "sygdom". Empty if none is given, and for a meeting that stands."""
    moved: MovedView | None
    """None when the meeting was never moved."""
    message: str
    """The tovholder's own paragraph; often empty."""
    participants: tuple[Participant, ...]
    guests: tuple[GuestView, ...]
    family: tuple[str, ...]
    """Names of the others of the family who are invited, the reader left out."""
    family_points: tuple[str, ...]
    """What the family wants to talk about, first."""
    agenda: tuple[AgendaLine, ...]
    """The points of the dagsorden."""
    children: tuple[ChildLine, ...]
    """Parents: all their children; a youth: the own line alone; others: none."""
    interpreter: InterpreterView | None
    """None when no interpreter comes. `recipient.interpreter_language` still tells whether one is needed."""
    enclosures: tuple[str, ...]
    """What lies in the same envelope, as one speaks of it: "dagsordenen", "familieplanen"."""


_ENCLOSURES: Mapping[MeetingType, tuple[str, ...]] = MappingProxyType(
    {
        MeetingType.FAMILIEPLANSMØDE: ("dagsorden",),
        MeetingType.OPFØLGNINGSMØDE: ("dagsorden", "familieplan"),
        MeetingType.AFSLUTNINGSMØDE: ("dagsorden", "familieplan"),
    }
)
"""Which kinds of paper lie in the same envelope."""


def _papers(gathering: MeetingFacts, _current_answers: CurrentAnswers) -> Iterator[Paper]:
    """One for each of the family who is invited."""
    for member in gathering.invited:
        yield Paper(context=_fill(gathering, member), recipient=member)


def _fill(gathering: MeetingFacts, member: MemberKey) -> InvitationContext:
    """One person's letter about one meeting."""
    audience, meeting = gathering.audience, gathering.meeting
    cancelled = meeting.status is MeetingStatus.CANCELLED
    letter = InvitationContext(
        document=document_info(_NAME, _title(meeting)),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=member_recipient(audience, member),
        tovholder=contact_box(gathering, (MemberReader(member),)),
        meeting=view_for(gathering, member),
        cancelled=cancelled,
        reason=reason_for(audience, MemberReader(member), meeting, meeting.date) if cancelled else "",
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


def _seat(letter: InvitationContext, gathering: MeetingFacts, member: MemberKey) -> InvitationContext:
    """Who comes and what it is about; a letter that calls a meeting off does not say it."""
    meeting, reader = gathering.meeting, (MemberReader(member),)
    return replace(
        letter,
        moved=moved_view(gathering, MemberReader(member)),
        participants=participants(gathering, reader),
        guests=guest_views(meeting),
        family=family_names(gathering, besides=member),
        family_points=family_points(gathering, reader),
        agenda=() if meeting.type is MeetingType.INTERVIEW else gathering.agenda,
        children=_children(gathering, member),
        interpreter=interpreter_view(meeting),
        enclosures=tuple(f"{kind}en" for kind in _ENCLOSURES.get(meeting.type, ())),
    )


def _children(gathering: MeetingFacts, member: MemberKey) -> tuple[ChildLine, ...]:
    """A parent reads about the children she has custody of, a youth about herself, others about none."""
    audience = gathering.audience
    return tuple(
        replace(reasoned_line(audience, child, entry, (MemberReader(member),)), view="", is_reader=child == member)
        for child, entry in gathering.children.items()
        if child == member or audience.has_custody_of(member, child)
    )


def _title(meeting: Meeting) -> str:
    """The heading, which is also the subject in Digital Post: it names no person."""
    if meeting.status is MeetingStatus.CANCELLED:
        return f"{meeting.type.definite.capitalize()} er aflyst"
    if meeting.type is MeetingType.INTERVIEW:
        return "Nyt tidspunkt for samtalen" if meeting.moved else "Invitation til samtale"
    if meeting.moved:
        return f"Nyt tidspunkt for {meeting.type.definite}"
    return f"Invitation til {meeting.type.value}"


def _is_called_for(day: FamilyDay, meeting_id: str, recipient: str) -> bool:
    """Until the meeting is behind us; who holds an older one is told of the change by a short letter of its own."""
    meeting = day.family.meeting(meeting_id)
    if meeting is None or not (day.is_planned(meeting) or meeting.date >= day.today):
        return False
    return not holds_older_invitation(day.family, meeting, recipient)


def holds_older_invitation(family: Family, meeting: Meeting, member: str) -> bool:
    """Whether somebody was handed an invitation that is no longer right: of a time it had, or of one that is off."""
    delivered = [
        line.date
        for line in family.deliveries
        if line.document == _NAME and line.meeting == meeting.id and member in line.to
    ]
    if not delivered:
        return False
    if meeting.status is MeetingStatus.CANCELLED:
        return True
    return bool(meeting.moved) and max(delivered) <= max(move.on for move in meeting.moved)


def _encloses(day: FamilyDay, meeting_id: str) -> tuple[str, ...]:
    """Nothing with a letter that calls the meeting off."""
    meeting = day.family.meeting(meeting_id)
    if meeting is None or meeting.status is MeetingStatus.CANCELLED:
        return ()
    return _ENCLOSURES.get(meeting.type, ())


def _due(day: FamilyDay, meeting: Meeting) -> date:
    """Earlier if an interpreter comes."""
    deadlines = day.config.deadlines
    needs_interpreter = day.needs_interpreter(meeting)
    return meeting.date - timedelta(
        days=deadlines.invitation_with_interpreter if needs_interpreter else deadlines.invitation_family
    )


INVITATION: Final = with_translation(
    DocumentKind(
        name=_NAME,
        title="Invitation",
        template="invitation",
        context=InvitationContext,
        needs_consent=True,
        for_meeting=_papers,
        is_called_for=_is_called_for,
        encloses=_encloses,
        calls_to_meeting=True,
        is_final_once_delivered=True,
        handover=HandoverDeadline("invitation", "Familien har invitationen til", _due),
    )
)
