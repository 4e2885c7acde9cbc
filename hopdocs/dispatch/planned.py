"""Which letters wait for the family, which way each goes, and what lies in its envelope.

Only what stands in the output folder as the file says it now may leave: a letter that is out of date, that a person
changed by hand, or whose enclosure is missing stays behind, and is told of.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from hopdocs.danish import decimal
from hopdocs.diagnostics import Blocks, Finding, Severity
from hopdocs.dispatch.message import id_of_message
from hopdocs.freshness.dispatched import ReceiptStatus
from hopdocs.freshness.staleness import DocumentKey, Format
from hopdocs.pages.letters import LetterRoute, list_letters
from hopdocs.pages.views import DocumentLine

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

    from hopdocs.diagnostics import DataPath
    from hopdocs.documents.views import ContactBox
    from hopdocs.documents.views.meeting import MeetingView
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.freshness.dispatched import LetterKey, Receipt
    from hopdocs.freshness.staleness import Record
    from hopdocs.model.dispatch import Dispatch
    from hopdocs.model.people import Member
    from hopdocs.pages.letters import Letter

_MEGABYTE: Final = 1_000_000
_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class ChangedMeanwhile(Exception):
    """A document was replaced or removed between the look at it and its use; `stem` is its name without ending."""

    def __init__(self, stem: str) -> None:
        super().__init__(stem)
        self.stem = stem


@dataclass(frozen=True, slots=True)
class EnvelopeFile:
    """One document in an envelope, as it lies in the output folder: read when it is used, since there are many."""

    kind: str
    name: str
    title: str
    digest: str
    size: int
    read: Callable[[], bytes | None]
    language: str = "da"
    """What it is written in, by the two letters of ISO 639."""

    @property
    def data(self) -> bytes:
        """Its bytes; raises `ChangedMeanwhile` if they are no longer those that were looked at."""
        data = self.read()
        if data is None:
            raise ChangedMeanwhile(self.stem)
        return data

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return self.name.rpartition(".")[0]

    @property
    def ending(self) -> str:
        """What its name ends with, without the dot."""
        return self.name.rpartition(".")[2]

    @property
    def media_type(self) -> str:
        """As MIME names it."""
        return _TYPES[self.ending]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLetter:
    """A letter to one person, with everything that goes along. `files` has the letter itself first.

    `meeting` is what the reader may put into a calendar, as the letter's own reader sees it; None if it calls to none.
    """

    family: str
    folder: str
    case_number: str
    kind: str
    about: str
    recipient: str
    person: Member
    address: tuple[str, ...]
    stem: str
    title: str
    edition: int
    day: date
    route: LetterRoute
    deliver_by: date | None
    files: tuple[EnvelopeFile, ...]
    meeting: MeetingView | None
    contact: ContactBox
    at: DataPath

    @property
    def document(self) -> LetterKey:
        """Which edition of which document, as the ledger names it."""
        return (self.family, self.kind, self.about, self.recipient, self.edition)


@dataclass(frozen=True, slots=True)
class Built:
    """What stands in a family's output folder: its records by name, and how to read a file that is still as recorded.

    `stale` are the names, without endings, of papers that a build would make anew.
    """

    folder: str
    records: Mapping[str, Record]
    stale: Collection[str]
    read: Callable[[Record], bytes | None]


def plan_letters(
    day: FamilyDay,
    documents: Iterable[WantedDocument],
    built: Built,
    outcomes: Mapping[LetterKey, Receipt],
) -> tuple[list[PlannedLetter], list[Finding]]:
    """The letters to lay ready, and what keeps others back. `outcomes`: what the sender has said of each edition."""
    planning = _Planning(day, tuple(documents), built, outcomes)
    letters = list(planning.letters())
    return letters, planning.findings


class _Planning:
    """One family's letters while they are gathered."""

    def __init__(
        self,
        day: FamilyDay,
        documents: tuple[WantedDocument, ...],
        built: Built,
        outcomes: Mapping[LetterKey, Receipt],
    ) -> None:
        self.findings: list[Finding] = []
        self._day = day
        self._documents = {item.key: item for item in documents}
        self._built = built
        self._outcomes = outcomes
        self._limits: Dispatch = day.config.dispatch
        self._records: dict[DocumentKey, list[Record]] = {}
        for record in built.records.values():
            self._records.setdefault(record.key, []).append(record)

    def letters(self) -> Iterator[PlannedLetter]:
        """Every letter that may leave."""
        listed = list_letters(self._day, [self._line(item) for item in self._documents.values()])
        waiting = [(item, self._document(item)) for item in listed if item.delivery is None]
        covered = {item.key for letter, document in waiting for item in self._covered(letter, document)}
        for letter, document in waiting:
            planned = self._plan(letter, document) if document.key not in covered else None
            if planned is not None:
                yield planned

    def _document(self, letter: Letter) -> WantedDocument:
        line = letter.document
        return self._documents[self._day.family.id, line.kind, line.meeting, line.recipient_key]

    def _covered(self, letter: Letter, document: WantedDocument) -> list[WantedDocument]:
        """What goes in a covering letter's envelope and in none of its own, or went there as it stands now."""
        about = document.meeting or ""
        names = letter.kind.encloses(self._day, about) if letter.kind.encloses is not None else ()
        below = [self._enclosure(name, about, document.recipient or "") for name in names]
        covered = [item for item in below if item is not None and item.kind.name in letter.kind.is_settled_by]
        record = self._record(document)
        edition = (*document.key, record.version if record is not None else 0)
        came = self._outcomes.get(edition)
        if record is None or came is None or came.status is not ReceiptStatus.DELIVERED:
            return covered
        digests = [known.digest for item in below if item is not None and (known := self._record(item)) is not None]
        as_it_is = (id_of_message(edition, route, [record.digest, *digests]) for route in LetterRoute)
        return covered if came.id in as_it_is else []

    def _line(self, document: WantedDocument) -> DocumentLine:
        record = self._record(document)
        return DocumentLine(
            title=document.title,
            kind=document.kind.name,
            meeting=document.meeting or "",
            recipient_key=document.recipient or "",
            day=record.day if record is not None else None,
        )

    def _record(self, document: WantedDocument) -> Record | None:
        """How a document was last made: its PDF, else its Word file."""
        found = self._records.get(DocumentKey(*document.key), [])
        return max(found, key=lambda record: record.format is Format.PDF, default=None)

    def _plan(self, letter: Letter, document: WantedDocument) -> PlannedLetter | None:
        at = self._place(document)
        route, record = letter.route, self._record(document)
        came = self._outcomes.get((*document.key, record.version)) if record is not None else None
        if came is not None and came.status is ReceiptStatus.DELIVERED:
            return None
        if came is not None and came.status is ReceiptStatus.NO_MAILBOX and route is LetterRoute.DIGITAL_POST:
            route = LetterRoute.PAPER
        if route is LetterRoute.UNKNOWN:
            self._hold("HD542", ("members", letter.document.recipient_key), member=letter.document.recipient_key)
            return None
        files = self._files(letter, document, at)
        if record is None or files is None:
            return None
        context = document.context
        planned = PlannedLetter(
            family=document.family,
            folder=self._built.folder,
            case_number=context.case_number,
            kind=document.kind.name,
            about=document.meeting or "",
            recipient=letter.document.recipient_key,
            person=next(item for key, item in self._day.family.members.items() if key == document.recipient),
            address=(context.recipient.name, *context.recipient.address_lines),
            stem=document.stem,
            title=document.title,
            edition=record.version,
            day=record.day,
            route=route,
            deliver_by=letter.deliver_by,
            files=files,
            meeting=self._meeting(document),
            contact=context.tovholder,
            at=at,
        )
        return planned if self._may_leave(planned) else None

    def _meeting(self, document: WantedDocument) -> MeetingView | None:
        if not document.kind.calls_to_meeting or getattr(document.context, "cancelled", False):
            return None
        view: MeetingView | None = getattr(document.context, "meeting", None)
        return view

    def _files(self, letter: Letter, document: WantedDocument, at: DataPath) -> tuple[EnvelopeFile, ...] | None:
        """The letter and what lies beside it; None if any of it may not leave as it stands."""
        about = document.meeting or ""
        names = letter.kind.encloses(self._day, about) if letter.kind.encloses is not None else ()
        found: list[EnvelopeFile] = []
        for name in (document.kind.name, *self._translation_of(document), *names):
            item = document if name == document.kind.name else self._enclosure(name, about, document.recipient or "")
            if item is None:
                self._hold("HD545", at, document=document.stem, missing=name)
                return None
            record = self._record(item)
            file = self._file(item, record) if record is not None and item.stem not in self._built.stale else None
            if file is None:
                self._hold("HD544", at, file=item.stem)
                return None
            found.append(file)
        return tuple(found)

    def _translation_of(self, document: WantedDocument) -> tuple[str, ...]:
        """The kind of a letter's translation, if its reader gets one: it lies behind the letter that applies."""
        kind = document.kind.translation
        key = (document.family, kind.name, document.meeting or "", document.recipient or "") if kind is not None else ()
        return (kind.name,) if kind is not None and key in self._documents else ()

    def _file(self, document: WantedDocument, record: Record) -> EnvelopeFile | None:
        read = partial(self._built.read, record)
        data = read()
        if data is None:
            return None
        language = document.language.tag.partition("-")[0]
        return EnvelopeFile(document.kind.name, record.name, document.title, record.digest, len(data), read, language)

    def _enclosure(self, kind: str, about: str, recipient: str) -> WantedDocument | None:
        """The paper of a kind that belongs to a letter: of its meeting before none, the reader's own before all's."""
        family = self._day.family.id
        keys = [(family, kind, meeting, reader) for meeting in (about, "") for reader in (recipient, "")]
        return next((self._documents[key] for key in keys if key in self._documents), None)

    def _may_leave(self, letter: PlannedLetter) -> bool:
        """Whether nothing forbids a letter as it is put together; what does is told at its place (V47, V49)."""
        limits, before = self._limits, len(self.findings)
        allowed = {ending.lower().lstrip(".") for ending in limits.file_types}
        if letter.route is LetterRoute.PAPER:
            allowed = {Format.PDF.value}
            if len(letter.address) < 2:  # noqa: PLR2004 - the name alone
                self._hold("HD543", ("members", letter.recipient), member=letter.recipient)
        for item in letter.files:
            if item.ending not in allowed:
                params = {"file": item.name, "choices": ", ".join(sorted(allowed))}
                self._hold("HD647", letter.at, severity=Severity.ERROR, **params)
        if letter.route is LetterRoute.DIGITAL_POST:
            self._weigh(letter)
        return len(self.findings) == before

    def _weigh(self, letter: PlannedLetter) -> None:
        """Digital Post takes so many attachments and so many bytes, as they stand in a message (base64)."""
        limits, enclosed = self._limits, len(letter.files) - 1
        if enclosed > limits.most_attachments:
            params = {"file": letter.stem, "number": str(enclosed), "most": str(limits.most_attachments)}
            self._hold("HD645", letter.at, severity=Severity.ERROR, **params)
        written = sum(4 * ((item.size + 2) // 3) for item in letter.files)
        if written > limits.most_megabytes * _MEGABYTE:
            heaviest = max(letter.files, key=lambda item: item.size)
            size, most = decimal(round(written / _MEGABYTE, 1)), decimal(limits.most_megabytes)
            params = {"file": letter.stem, "heaviest": heaviest.name, "size": size, "most": most}
            self._hold("HD646", letter.at, severity=Severity.ERROR, **params)

    def _place(self, document: WantedDocument) -> DataPath:
        """Where in the family's file a letter comes from: its meeting, else its reader."""
        for index, meeting in enumerate(self._day.family.meetings):
            if meeting.id == document.meeting:
                return ("meetings", index)
        return ("members", document.recipient or "")

    def _hold(self, code: str, at: DataPath, severity: Severity = Severity.WARNING, **params: str) -> None:
        self.findings.append(Finding(code, at, params, severity, Blocks.NOTHING))
