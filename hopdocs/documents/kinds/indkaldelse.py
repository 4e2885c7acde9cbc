"""The indkaldelse: the summons to the professionals, one a meeting, with only what everybody invited may know."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from hopdocs.documents.audience import Audience
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import document_info, municipality_box, table_recipient
from hopdocs.documents.meeting_facts import (
    MeetingFacts,
    contact_box,
    family_names,
    guest_views,
    has_papers_for_all,
    interpreter_view,
    moved_view,
    participants,
    reasoned_line,
)
from hopdocs.documents.views import (
    ChildLine,
    Context,
    GuestView,
    InterpreterView,
    MeetingView,
    MovedView,
    Participant,
    ScopeLine,
)
from hopdocs.domain.working_days import working_days_before
from hopdocs.model.meeting import Meeting, MeetingType
from hopdocs.model.meeting_answers import CurrentAnswers

_NAME: Final = "indkaldelse"
_TEAM: Final = "Familieteamet"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndkaldelseContext(Context):
    """The summons to the professionals: only what everybody invited may know. Recipient: "Familieteamet"."""

    meeting: MeetingView
    moved: MovedView | None
    """None when the meeting was never moved."""
    family_name: str
    message: str
    """Often empty."""
    participants: tuple[Participant, ...]
    guests: tuple[GuestView, ...]
    family: tuple[str, ...]
    """Names of those of the family who come; empty for the meetings of professionals alone."""
    children: tuple[ChildLine, ...]
    """Empty for the meetings of professionals alone."""
    interpreter: InterpreterView | None
    """None when no interpreter comes."""
    scope: tuple[ScopeLine, ...]
    """The consents as far as these areas need them, person by person."""
    own_part_due: date | None
    """Fagligt formøde: the last day for one's own part of the familiefaglig undersøgelse. None for other types."""
    records_name: str
    """The records system: "eDoc"."""
    case_url: str
    """The link to the case; empty without case number or link in config."""


def _papers(gathering: MeetingFacts, _current_answers: CurrentAnswers) -> Iterator[Paper]:
    """One for all professionals who are asked."""
    if has_papers_for_all(gathering.meeting) and gathering.seats:
        yield Paper(context=_fill(gathering))


def _fill(gathering: MeetingFacts) -> IndkaldelseContext:
    """The professionals' paper about one meeting."""
    gathering = replace(gathering, audience=gathering.audience.without_birthdays())
    audience, meeting = gathering.audience, gathering.meeting
    return IndkaldelseContext(
        document=document_info(_NAME, f"Indkaldelse til {meeting.type.value}"),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=table_recipient(_TEAM),
        tovholder=contact_box(gathering, gathering.areas),
        meeting=gathering.view,
        moved=moved_view(gathering),
        family_name=audience.family.name,
        message=meeting.message or "",
        participants=participants(gathering, gathering.areas),
        guests=guest_views(meeting),
        family=family_names(gathering),
        children=tuple(
            reasoned_line(audience, child, entry, gathering.areas) for child, entry in gathering.children.items()
        ),
        interpreter=interpreter_view(meeting),
        scope=_scope_lines(gathering),
        own_part_due=_own_part_due(audience, meeting),
        records_name=audience.config.records.name,
        case_url=audience.config.records.url_of(audience.family.case_number),
    )


def _scope_lines(gathering: MeetingFacts) -> tuple[ScopeLine, ...]:
    """What those who are asked may share about each person. To keep a limit, one must be told of it.

    Which other areas somebody has said yes to is nothing that these need in order to keep theirs.
    """
    audience, asked = gathering.audience, {reader.area for reader in gathering.areas}
    areas = [(code, area) for code, area in audience.config.areas.items() if code in asked]
    return tuple(
        ScopeLine(name=name, areas=tuple(area.name for code, area in areas if code in audience.sharing[key].areas))
        for key, name in audience.full_names.items()
    )


def _own_part_due(audience: Audience, meeting: Meeting) -> date | None:
    """The day of the last reminder: who has written by then is never reminded twice."""
    reminders = audience.config.deadlines.assessment_reminders
    if meeting.type is not MeetingType.FAGLIGT_FORMØDE or not reminders:
        return None
    return working_days_before(meeting.date, min(reminders), audience.config)


INDKALDELSE: Final = DocumentKind(
    name=_NAME,
    title="Indkaldelse",
    template="indkaldelse",
    context=IndkaldelseContext,
    needs_consent=True,
    for_meeting=_papers,
    is_final_once_delivered=True,
)
