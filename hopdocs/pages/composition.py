"""Fills the pages from what the other layers know: one family's page, one row of the overview. Pure.

Names stand here, since a page is a document for a person; what may be shown at all is decided below
(`documents.audience`, the consent gate), and the page itself lies in a private folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from hopdocs.catalogue import fill_hint, fill_message
from hopdocs.danish import capitalise, join
from hopdocs.diagnostics import Blocks, Severity
from hopdocs.documents.letterhead import person_name
from hopdocs.domain.consent import Gate
from hopdocs.domain.surveys import survey_rounds
from hopdocs.model.meeting_answers import ANSWER_TEXTS, MeetingAnswer
from hopdocs.notices.current_answers import find_current_answers
from hopdocs.notices.reasons import say_params
from hopdocs.notices.record import State
from hopdocs.notices.wanted import WantedMeeting
from hopdocs.pages.letters import handed_over_lines, letters_to_deliver
from hopdocs.pages.measured import measured_view
from hopdocs.pages.sections.consents import consent_lines, count_consents
from hopdocs.pages.sections.mails import coming_reminders
from hopdocs.pages.sections.week import days_ahead
from hopdocs.pages.status import (
    STATE_TEXTS,
    deadline_line,
    family_status,
    meeting_line,
    meeting_line_for_all,
    status_for_all,
    with_answers,
)
from hopdocs.pages.tasks import task_lines
from hopdocs.pages.timeline import plan_timeline
from hopdocs.pages.todo import pack_lines, todo_lines
from hopdocs.pages.views import DocumentLine, FamilyRow, FamilyView, FaultLine, Link, NoticeLine, SurveyLine
from hopdocs.pages.waiting import words_for_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from hopdocs.diagnostics import Diagnostic
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.freshness.delivered import DeliveredCopy
    from hopdocs.freshness.staleness import Record
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.notices.current_answers import FamilyAnswers
    from hopdocs.notices.record import NoticeRecord
    from hopdocs.notices.sending.outbox import OutboxRow
    from hopdocs.pages.meeting_answers import AnswerLine

_STOPS: Final = {
    Blocks.FAMILY: "alt for familien",
    Blocks.DOCUMENTS: "dokumenter",
    Blocks.NOTICES: "nye mails",
    Blocks.NOTHING: "",
}
_STATES: Final = {
    State.PENDING: "venter",
    State.DATA_STARTED: "er ved at blive sendt",
    State.ACCEPTED: "sendt",
    State.FAILED: "kunne ikke leveres",
    State.IN_DOUBT: "uvist, om den nåede frem",
    State.DROPPED: "blev ikke sendt",
}
_CAME_BACK: Final = "kom retur"
_WITHHELD: Final = "noget, som siden her ikke viser, skal ses efter"
_WHERE_IT_STANDS: Final = "se linjen i familiens fil; hopdocs check siger, hvad det er"
_AWAITED: Final = "PDF på vej"
_FORMATS: Final = {"docx": "Word", "pdf": "PDF"}


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is not in the family's file: when it was read and from where, its faults, its documents and its mail.

    `folder` is the family's folder under the output folder. Moments are aware. `awaits_pdf` says that each Word file
    has a PDF beside it, or will have one soon.
    """

    source: str
    folder: str
    read_at: datetime
    diagnostics: Sequence[Diagnostic] = ()
    records: Sequence[Record] = ()
    faults: Mapping[str, str] = field(default_factory=dict)  # by file name: why a document could not be made
    waiting: Sequence[OutboxRow] = ()
    told: Sequence[NoticeRecord] = ()
    answers: FamilyAnswers = field(default_factory=dict)
    delivered: Sequence[DeliveredCopy] = ()
    awaits_pdf: bool = False
    next_step: str = ""


def family_view(day: FamilyDay, facts: PageFacts) -> FamilyView:
    """The page of a family that could be read."""
    family, config = day.family, day.config
    current_answers = find_current_answers(family, config, facts.answers)
    status = with_answers(family_status(day), day, current_answers)
    person = config.staff.get(day.contact.reachable)
    documents = tuple(document_lines(facts, family, config))
    return FamilyView(
        **_frame(config, day.today, facts),
        family=family.id,
        name=family.name,
        state=STATE_TEXTS[status.state],
        case_number=family.case_number or "",
        case_url=config.records.url_of(family.case_number),
        tovholder=_tovholder(config, status.tovholder),
        next_step=say_first_mend(facts.diagnostics, facts.source) or facts.next_step,
        tovholder_contact=", ".join(item for item in (person.phone, person.email) if item) if person else "",
        next_meeting=meeting_line(status.next_meeting, day) if status.next_meeting else None,
        answers=_said_by(status.answers),
        last_meeting=meeting_line(status.last_meeting, day) if status.last_meeting else None,
        waiting_for=tuple(f"{item.name}: {item.what}" for item in status.waiting_for),
        consents=consent_lines(day),
        deadlines=tuple(deadline_line(item, config) for item in (*status.overdue, *status.coming)),
        surveys=_survey_lines(day),
        tasks=task_lines(day),
        documents=documents,
        letters=letters_to_deliver(day, documents),
        handed_over=handed_over_lines(day, facts.delivered, facts.folder),
        reminders=coming_reminders(day),
        timeline=plan_timeline(day),
        measured=measured_view(day),
    )


def stopped_view(family_id: str, config: Config, today: date, facts: PageFacts) -> FamilyView:
    """The page of a family whose file cannot be read: what is wrong, and the last good documents."""
    return FamilyView(
        **_frame(config, today, facts),
        family=family_id,
        name=family_id,
        state="filen kan ikke læses",
        next_step=say_first_mend(facts.diagnostics, facts.source),
        documents=tuple(document_lines(facts, None, config)),
        documents_stopped="Filen kan ikke læses, så intet er ændret. Dokumenterne her er de seneste, der var i orden, "
        "og det, folk har fået at vide, står ved magt. Ret fejlene herunder, og gem.",
    )


def say_first_mend(diagnostics: Iterable[Diagnostic], path: str) -> str:
    """The first error in the family's own file as something to do, `Tilføj …: linje 24`: the rest waits for it."""
    first = next((item for item in diagnostics if item.severity is Severity.ERROR and item.path == path), None)
    if first is None:
        return ""
    line = fault_line(first)
    return f"{capitalise(line.hint or line.message)}{f': linje {first.line}' if first.line else ''}"


def _survey_lines(day: FamilyDay) -> tuple[SurveyLine, ...]:
    """The surveys that are asked by now, with the links to give on."""
    if day.gate is Gate.CLOSED:
        return ()
    return tuple(
        SurveyLine(item.name, item.url if item.url.startswith("https://") else "", item.is_answered)
        for item in survey_rounds(day)
    )


def _said_by(answers: Iterable[AnswerLine]) -> tuple[tuple[str, str], ...]:
    """Each answer once, with the names of those who gave it."""
    by_answer: dict[MeetingAnswer, list[str]] = {answer: [] for answer in MeetingAnswer}
    for item in answers:
        by_answer[item.answer].append(item.name)
    return tuple((ANSWER_TEXTS[answer], join(names)) for answer, names in by_answer.items() if names)


def _frame(config: Config, today: date, facts: PageFacts) -> dict[str, Any]:
    zone = ZoneInfo(config.timezone)
    return {
        "municipality": config.municipality.name,
        "unit": config.municipality.unit,
        "today": today,
        "read_at": facts.read_at.astimezone(zone),
        "source": facts.source,
        "faults": tuple(fault_line(item) for item in facts.diagnostics),
        "notices": tuple(waiting_line(row, config) for row in facts.waiting),
        "told": tuple(told_line(record, config) for record in facts.told),
    }


def family_row(day: FamilyDay, folder: str, diagnostics: Iterable[Diagnostic]) -> FamilyRow:
    """The family's row on the page of all families, which every tovholder reads: it names nobody of the family."""
    family, config, status = day.family, day.config, status_for_all(day)
    found = list(diagnostics)
    return FamilyRow(
        family=family.id,
        name=family.name,
        href=f"{folder}/overblik.html",
        state=STATE_TEXTS[status.state],
        tovholder=_tovholder(config, status.tovholder),
        next_meeting=meeting_line_for_all(status.next_meeting, day) if status.next_meeting else None,
        next_deadline=deadline_line(status.coming[0], config) if status.coming else None,
        overdue=tuple(item.title for item in status.overdue),
        waiting_for=words_for_all(status.waiting_for),
        consents=count_consents(day),
        days=days_ahead(day, status),
        errors=sum(item.severity is Severity.ERROR for item in found),
        warnings=sum(item.severity is Severity.WARNING for item in found),
        todo=pack_lines(todo_lines(day, status)),
    )


def stopped_row(family_id: str, folder: str, diagnostics: Iterable[Diagnostic]) -> FamilyRow:
    """The row of a family whose file cannot be read."""
    errors = sum(item.severity is Severity.ERROR for item in diagnostics)
    return FamilyRow(family_id, family_id, f"{folder}/overblik.html", "filen kan ikke læses", "", errors=max(errors, 1))


def fault_line(item: Diagnostic) -> FaultLine:
    """A diagnostic in Danish; what stands in a template is named by its place in Word.

    Of what the page's reader may not see there is nothing but the line.
    """
    message = _WITHHELD if item.is_withheld else fill_message(item.code, item.params, "da")
    return FaultLine(
        path=f"{item.path} ({item.place})" if item.place else item.path,
        line=item.line,
        column=item.column,
        code=item.code,
        weight=item.severity.value,
        message=message,
        hint=_WHERE_IT_STANDS if item.is_withheld else fill_hint(item.code, item.params, "da"),
        stops=_STOPS[item.blocks] if item.severity is Severity.ERROR else "",
    )


def waiting_line(row: OutboxRow, config: Config) -> NoticeLine:
    """A mail on its way: when it leaves, or what it waits for."""
    hold, record = row.hold, row.record
    zone = ZoneInfo(config.timezone)
    return NoticeLine(
        family=record.family,
        what=_what(record),
        recipient=_recipient(record, config),
        state=_STATES[record.state],
        when=hold.until.astimezone(zone) if hold and hold.until else None,
        reason=fill_message(hold.code, say_params(hold.params, "da"), "da") if hold else "",
        kind=record.kind.label,
        meeting=record.meeting,
        about=_about(record),
    )


def told_line(record: NoticeRecord, config: Config) -> NoticeLine:
    """A mail that left, or that could not."""
    moment = record.first_attempt_at or record.planned_at
    when = moment.astimezone(ZoneInfo(config.timezone))
    state = _CAME_BACK if record.reason == "bounced" else _STATES[record.state]
    return NoticeLine(
        family=record.family,
        what=_what(record),
        recipient=_recipient(record, config),
        state=state,
        when=when,
        kind=record.kind.label,
        meeting=record.meeting,
        about=_about(record),
    )


def document_lines(facts: PageFacts, family: Family | None, config: Config) -> list[DocumentLine]:
    """A line a document, its formats as links, in the order of the files' names."""
    zone = ZoneInfo(config.timezone)
    by_stem: dict[str, list[Record]] = {}
    for record in sorted(facts.records, key=lambda item: item.name):
        by_stem.setdefault(record.name.rpartition(".")[0], []).append(record)
    return [_document_line(group, facts, family, config, zone) for group in by_stem.values()]


def project_lines(facts: PageFacts, config: Config) -> tuple[DocumentLine, ...]:
    """The same for the papers of the project, with links from the page of all families."""
    lines = document_lines(facts, None, config)
    return tuple(
        replace(
            line, recipient="", links=tuple(replace(link, href=f"{facts.folder}/{link.href}") for link in line.links)
        )
        for line in lines
    )


def _document_line(
    group: list[Record], facts: PageFacts, family: Family | None, config: Config, zone: ZoneInfo
) -> DocumentLine:
    latest = max(group, key=lambda record: (record.made_at, record.format.value == "docx"))
    source = next((record for record in group if record.format.value == "docx"), latest)
    awaited = _AWAITED if facts.awaits_pdf and all(record.format.value == "docx" for record in group) else ""
    return DocumentLine(
        title=latest.title,
        recipient=_reader(latest.key.recipient, family, config) if latest.key.recipient or latest.key.meeting else "",
        links=tuple(Link(_FORMATS[record.format.value], record.name) for record in group),
        version=latest.version,
        made=datetime.fromisoformat(latest.made_at).astimezone(zone),
        reason=fill_message(source.reason.code, source.reason.params, "da"),
        fault=next((facts.faults[record.name] for record in group if record.name in facts.faults), awaited),
        kind=latest.key.kind,
        meeting=latest.key.meeting,
        meeting_day=_meeting_day(latest.key.meeting, family),
        recipient_key=latest.key.recipient,
        day=latest.day,
    )


def _meeting_day(key: str, family: Family | None) -> date | None:
    """The day of a document's meeting: ten agendas of one kind are told apart by it."""
    meeting = family.meeting(key) if family is not None and key else None
    return meeting.date if meeting is not None else None


def _reader(key: str, family: Family | None, config: Config) -> str:
    if not key:
        return "alle på mødet"
    areas = [area.name for code, area in config.areas.items() if code == key]
    if areas:
        return areas[0]
    return person_name(family, config, key) if family is not None else key


def _tovholder(config: Config, staff: str | None) -> str:
    return next((f"{person.name}, {person.title}" for key, person in config.staff.items() if key == staff), staff or "")


def _what(record: NoticeRecord) -> str:
    about = _about(record)
    return f"{record.kind.label}: {about}" if about else record.subject


def _about(record: NoticeRecord) -> str:
    """The meeting that a calendar entry is of."""
    facts = record.facts
    return f"{facts.title.lower()} {facts.starts:%d.%m.%Y kl. %H.%M}" if isinstance(facts, WantedMeeting) else ""


def _recipient(record: NoticeRecord, config: Config) -> str:
    names = [person.name for person in config.staff.values() if person.email.lower() == record.email.lower()]
    return names[0] if names else record.email
