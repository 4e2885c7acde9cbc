"""What the pages show, as frozen values: the cycle fills them, the templates only lay them out.

Every text that people read is Danish and ready-made. A link is relative to the folder of the page that shows it,
so that the pages work from a file share, a copied folder and a web server alike.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from hopdocs.deadlines.deadline import DeadlineKind
from hopdocs.pages.sections.consents import ConsentCount
from hopdocs.pages.sections.week import DayLine
from hopdocs.pages.todo import PackedLines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.pages.measured import MeasuredView
    from hopdocs.pages.sections.consents import ConsentLine
    from hopdocs.pages.sections.mails import ReminderLine
    from hopdocs.pages.timeline import Timeline
    from hopdocs.pages.todo import TodoLine

Weight: TypeAlias = Literal["error", "warning", "advice"]
"""How a fault is marked: with a word and a sign, never with colour alone."""


@dataclass(frozen=True, slots=True)
class Link:
    """A file that a page points to, and what the link says ("Word", "PDF")."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One diagnostic: where, what, and how to mend it."""

    path: str
    line: int
    column: int
    code: str
    weight: Weight
    message: str
    hint: str = ""
    stops: str = ""  # what it holds back, in words: "dokumenter", "mails", "" for nothing


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """Something to have done by a day; `kind` says whether law, agreement or local custom asks for it."""

    title: str
    due: date
    kind: DeadlineKind = DeadlineKind.LOCAL
    who: str = ""
    done: date | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed with nothing done."""
        return self.done is None and self.due < today


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as one line: its kind in Danish, when, and where."""

    title: str
    starts: datetime
    place: str = ""
    status: str = ""  # in Danish, only if it is not simply planned: "aflyst", "afholdt"


@dataclass(frozen=True, slots=True)
class TaskLine:
    """Something that was agreed at a meeting and is not done yet."""

    what: str
    who: str  # by name; empty if nobody is named
    due: date | None
    is_overdue: bool
    decided_in: str  # the area's name; often empty
    agreed_at: str  # the kind of meeting
    agreed_on: date


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A survey that the course is asked to answer. `href` is '' where its link is none that may be followed."""

    title: str
    href: str
    is_answered: bool


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A mail on its way, waiting or sent. `recipient` is a professional; the family never gets mail."""

    family: str
    what: str
    recipient: str
    state: str  # in Danish: "venter", "holdt tilbage", "sendt", "kunne ikke leveres"
    when: datetime | None = None  # when it leaves, or left
    reason: str = ""  # why it has not left
    kind: str = ""  # what it is to its meeting: "indkaldelse", "ændring"; empty if the mail itself says it
    meeting: str = ""  # the meeting's key
    about: str = ""  # the meeting's title and time, if the mail is a calendar entry


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document: its links, its version and why it was last made."""

    title: str
    recipient: str = ""
    links: tuple[Link, ...] = ()
    version: int | None = None
    made: datetime | None = None
    reason: str = ""
    fault: str = ""  # why this one could not be made; the last good file stays
    kind: str = ""
    meeting: str = ""
    meeting_day: date | None = None
    recipient_key: str = ""  # a member's key or an area's code
    day: date | None = None  # the day that stands on this version


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter that a person must deliver: hopdocs writes to families on paper or for Digital Post, never by mail."""

    title: str
    recipient: str
    route: str  # "Digital Post" or "papir", "udleveres"
    links: tuple[Link, ...] = ()
    translation: str = ""  # what goes along in the reader's own language; empty if nothing does
    translation_links: tuple[Link, ...] = ()
    deliver_by: date | None = None
    delivered: date | None = None
    delivered_how: str = ""

    def is_late(self, today: date) -> bool:
        """Whether it should have been delivered already."""
        return self.delivered is None and self.deliver_by is not None and self.deliver_by < today


@dataclass(frozen=True, slots=True)
class HandedOverLine:
    """What somebody of the family got on a day, with the copy that is kept of it."""

    day: date
    title: str
    recipient: str
    how: str
    version: int
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """One family on the page of all families."""

    family: str
    name: str
    href: str
    state: str  # in Danish, as people say it
    tovholder: str
    next_meeting: MeetingLine | None = None
    next_deadline: DeadlineLine | None = None
    overdue: tuple[str, ...] = ()
    waiting_for: tuple[str, ...] = ()
    consents: ConsentCount | None = None
    days: tuple[DayLine, ...] = ()  # what is on this week and next
    errors: int = 0
    warnings: int = 0
    todo: Mapping[str, PackedLines] = field(default_factory=dict)  # by colleague, for her own page

    def as_json(self) -> dict[str, Any]:
        """Plain values for the cache: an untouched family's row is not composed again."""
        raw = asdict(self)
        raw["todo"] = {person: (item.mark, item.text) for person, item in self.todo.items()}
        raw["days"] = [item.as_json() for item in self.days]
        raw["consents"] = self.consents.as_json() if self.consents else None
        if self.next_meeting:
            raw["next_meeting"]["starts"] = self.next_meeting.starts.isoformat()
        if self.next_deadline:
            raw["next_deadline"]["due"] = self.next_deadline.due.isoformat()
            raw["next_deadline"]["done"] = None  # a deadline that is done is never the next one
        return raw

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> FamilyRow:
        """The inverse of `as_json`."""
        meeting, deadline = raw["next_meeting"], raw["next_deadline"]
        return cls(
            **{
                **raw,
                "overdue": tuple(raw["overdue"]),
                "waiting_for": tuple(raw["waiting_for"]),
                "days": tuple(map(DayLine.from_json, raw["days"])),
                "consents": ConsentCount.from_json(raw["consents"]) if raw["consents"] else None,
                "todo": {person: PackedLines(*item) for person, item in raw["todo"].items()},
                "next_meeting": MeetingLine(**{**meeting, "starts": datetime.fromisoformat(meeting["starts"])})
                if meeting
                else None,
                "next_deadline": DeadlineLine(
                    **{**deadline, "due": date.fromisoformat(deadline["due"]), "kind": DeadlineKind(deadline["kind"])}
                )
                if deadline
                else None,
            }
        )


@dataclass(frozen=True, slots=True)
class OverviewView:
    """`out/overblik.html`: all families."""

    municipality: str
    unit: str
    today: date
    read_at: datetime  # local time
    families: tuple[FamilyRow, ...] = ()
    notices: tuple[NoticeLine, ...] = ()  # what leaves when, and what waits for a person
    faults: tuple[FaultLine, ...] = ()  # what belongs to no family: config, templates, project
    alerts: tuple[str, ...] = ()  # the machine's own needs: no LibreOffice, mail not started
    project: tuple[DocumentLine, ...] = ()  # the papers of the project, which belong to no family
    project_href: str = ""  # the project's own page, once there is one


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Something to do, on somebody's own list."""

    todo: TodoLine
    href: str  # the family's page, if it is hers to read
    case_url: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """`out/_opgaver/<person>.html`: what is one colleague's, in all families."""

    municipality: str
    unit: str
    today: date
    read_at: datetime  # local time
    name: str
    title: str
    lines: tuple[PersonLine, ...]  # the soonest first, those without a last day behind
    overview_href: str = "../overblik.html"


@dataclass(frozen=True, slots=True)
class FamilyView:
    """`out/<id>/overblik.html`: one family."""

    municipality: str
    unit: str
    today: date
    read_at: datetime  # local time
    family: str
    name: str
    source: str  # the file it was read from: "families/hop-2026-007.yaml"
    state: str
    overview_href: str = "../overblik.html"
    case_number: str = ""
    case_url: str = ""
    tovholder: str = ""
    tovholder_contact: str = ""  # "Telefon 00 00 12 10, iik@vesterlyng.example"
    next_step: str = ""  # the one thing to do next, with the line where it is written
    next_meeting: MeetingLine | None = None
    last_meeting: MeetingLine | None = None
    answers: tuple[tuple[str, str], ...] = ()  # to the next meeting's invitation: "kommer", and who
    waiting_for: tuple[str, ...] = ()
    consents: tuple[ConsentLine, ...] = ()
    faults: tuple[FaultLine, ...] = ()
    deadlines: tuple[DeadlineLine, ...] = ()
    surveys: tuple[SurveyLine, ...] = ()
    tasks: tuple[TaskLine, ...] = ()  # what was agreed at the meetings and is not done yet
    documents: tuple[DocumentLine, ...] = ()
    notices: tuple[NoticeLine, ...] = ()
    told: tuple[NoticeLine, ...] = ()  # the latest that left
    reminders: tuple[ReminderLine, ...] = ()  # those that no mail is written for yet
    letters: tuple[LetterLine, ...] = ()
    handed_over: tuple[HandedOverLine, ...] = ()
    timeline: Timeline | None = None
    measured: MeasuredView | None = None
    documents_stopped: str = ""  # why the documents shown are not of what the file says now
