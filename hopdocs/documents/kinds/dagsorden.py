"""The dagsorden: the agenda, one a meeting, with only what everybody at the table may see."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from hopdocs.documents.kinds.kind import DocumentKind, HandoverDeadline, Paper
from hopdocs.documents.letterhead import PLAIN_TITLE, document_info, municipality_box, table_recipient
from hopdocs.documents.meeting_facts import (
    MeetingFacts,
    attendance_line,
    contact_box,
    family_names,
    guest_views,
    has_papers_for_all,
    interpreter_view,
    participants,
)
from hopdocs.documents.minutes.open_tasks import tasks_on_the_table
from hopdocs.documents.table_points import points_on_the_table
from hopdocs.documents.views import (
    AgendaLine,
    AgreementLine,
    ChildLine,
    ContactBox,
    Context,
    GuestView,
    InterpreterView,
    MeetingView,
    Participant,
)
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.tovholder import leader_on
from hopdocs.domain.working_days import working_days_before
from hopdocs.model.config import Staff
from hopdocs.model.meeting import Meeting, MeetingType
from hopdocs.model.meeting_answers import ANSWER_TEXTS, CurrentAnswers, answer_of

_NAME: Final = "dagsorden"
_TABLE: Final = "Alle ved mødet"
_TOVHOLDER: Final = "tovholder"


@dataclass(frozen=True, slots=True, kw_only=True)
class DagsordenContext(Context):
    """The agenda: only what everybody at the table may see. Recipient: "Alle ved mødet"."""

    meeting: MeetingView
    family_name: str
    is_for_family: bool
    """False for introduktionsmøde and fagligt formøde: words for colleagues."""
    message: str
    """Often empty."""
    agenda: tuple[AgendaLine, ...]
    """Never empty: config's points for the meeting's type, or hopdocs' own, when the meeting names none."""
    planned_minutes: int
    """The points' minutes together; 0 when none has any."""
    family_points: tuple[str, ...]
    open_tasks: tuple[AgreementLine, ...]
    """What was agreed before and is not done yet; only on the next meeting's agenda. Often empty."""
    participants: tuple[Participant, ...]
    """With boxes to tick for attendance."""
    guests: tuple[GuestView, ...]
    family: tuple[str, ...]
    """Those of the family who come; empty for the meetings of professionals alone."""
    children: tuple[ChildLine, ...]
    """Only `name`, `attends` and, where all may know it, `part` are filled; empty for meetings of professionals."""
    interpreter: InterpreterView | None
    """None when no interpreter comes."""


def _papers(gathering: MeetingFacts, current_answers: CurrentAnswers) -> Iterator[Paper]:
    """One for all at the table."""
    if has_papers_for_all(gathering.meeting):
        yield Paper(context=_fill(gathering, current_answers))


def _fill(gathering: MeetingFacts, current_answers: CurrentAnswers) -> DagsordenContext:
    """The agenda of one meeting.

    Who comes is said once the first of those invited has answered: before that it would be a list of nothing.
    """
    gathering = replace(gathering, audience=gathering.audience.without_birthdays())
    audience, meeting = gathering.audience, gathering.meeting
    return DagsordenContext(
        document=document_info(_NAME, f"Dagsorden for {meeting.type.value}"),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=table_recipient(_TABLE, is_professional=not meeting.type.is_for_family),
        tovholder=_contact(gathering),
        meeting=gathering.view,
        family_name=audience.family.name,
        is_for_family=meeting.type.is_for_family,
        message=meeting.message or "",
        agenda=gathering.agenda,
        planned_minutes=sum(line.minutes for line in gathering.agenda),
        family_points=points_on_the_table(gathering),
        open_tasks=tasks_on_the_table(gathering),
        participants=_participants(gathering, current_answers),
        guests=_guests(gathering, current_answers),
        family=family_names(gathering),
        children=_children(gathering),
        interpreter=interpreter_view(meeting),
    )


def _children(gathering: MeetingFacts) -> tuple[ChildLine, ...]:
    """Which of them come; to which part, where everybody at the table may know, and no guest sits there."""
    lines = (
        attendance_line(gathering.audience, child, entry, gathering.table)
        for child, entry in gathering.children.items()
    )
    return tuple(replace(line, part="") if gathering.meeting.guests else line for line in lines)


def _participants(gathering: MeetingFacts, current_answers: CurrentAnswers) -> tuple[Participant, ...]:
    lines = zip(gathering.seats, participants(gathering, gathering.table), strict=True)
    return tuple(
        replace(
            line
            if _may_guests_know(gathering, seat.person, seat.replaced)
            else replace(line, title=PLAIN_TITLE, area="", function=""),
            answer=_answer(gathering, current_answers, seat.person.email),
        )
        for seat, line in lines
    )


def _contact(gathering: MeetingFacts) -> ContactBox:
    """Whom to call; without the profession where it would tell a guest of a treatment."""
    box = contact_box(gathering, gathering.table)
    leader = leader_on(gathering.audience.family, gathering.meeting.date)
    staff = gathering.audience.config.staff.get(leader.staff) if leader is not None else None
    is_open = box.role != _TOVHOLDER or _may_guests_know(gathering, staff)
    return box if is_open else replace(box, title=box.role, area="")


def _may_guests_know(gathering: MeetingFacts, *staff: Staff | None) -> bool:
    """Whether guests, if any come, may read where these work: nobody's treatment is theirs to know."""
    is_health = gathering.audience.config.is_health
    return not gathering.meeting.guests or not any(person is not None and is_health(person.area) for person in staff)


def _guests(gathering: MeetingFacts, current_answers: CurrentAnswers) -> tuple[GuestView, ...]:
    lines = zip(gathering.meeting.guests, guest_views(gathering.meeting), strict=True)
    return tuple(
        replace(line, answer=_answer(gathering, current_answers, guest.email) if guest.email else "")
        for guest, line in lines
    )


def _answer(gathering: MeetingFacts, current_answers: CurrentAnswers, email: str) -> str:
    if gathering.meeting.id not in current_answers:
        return ""
    return ANSWER_TEXTS[answer_of(current_answers, gathering.meeting.id, email)]


def _due(day: FamilyDay, meeting: Meeting) -> date | None:
    if meeting.type is MeetingType.INTERVIEW:
        return None
    return working_days_before(meeting.date, day.config.deadlines.agenda, day.config)


DAGSORDEN: Final = DocumentKind(
    name=_NAME,
    title="Dagsorden",
    template="dagsorden",
    context=DagsordenContext,
    needs_consent=True,
    for_meeting=_papers,
    is_final_once_delivered=True,
    handover=HandoverDeadline("agenda", "Familien har dagsordenen til", _due),
)
