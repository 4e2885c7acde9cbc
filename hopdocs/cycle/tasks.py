"""What goes into production and comes out of it, as plain values that a worker process can be sent."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from hopdocs.catalogue import fill_message
from hopdocs.cycle.template_names import find_translated
from hopdocs.documents.sight_changes import NEVER_SEEN, Edited
from hopdocs.freshness.fingerprint import digest_plain
from hopdocs.freshness.staleness import (
    FINAL,
    SHOWS_THE_SAME,
    UNCHANGED,
    Action,
    Change,
    DocumentKey,
    FileState,
    Format,
    Reason,
    Record,
)
from hopdocs.workspace import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from hopdocs.cycle.making.kept.handed_over import HandedOver
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.documents.sight_changes import SightHistory
    from hopdocs.evaluation import FamilyOutcome
    from hopdocs.freshness.cache_keys import LookupKey
    from hopdocs.freshness.fingerprint import Digest
    from hopdocs.freshness.publish import AccessRule, Staged
    from hopdocs.freshness.signatures import Signature
    from hopdocs.freshness.versions import Version
    from hopdocs.model.scalars.languages import LetterLanguage
    from hopdocs.notices.current_answers import FamilyAnswers
    from hopdocs.sources.config import ConfigText
    from hopdocs.workspace import Workspace

_PLAN: Final = "familieplan"


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """Where a template lies and what it is."""

    path: Path
    digest: Digest


@dataclass(frozen=True, slots=True)
class Settings:
    """What all families of one cycle share; plain enough to be sent to a worker.

    `template_files` has every template that exists, by its file name. `writes` is false for a dry run. `answers` has by
    family what people have answered to invitations; `delivered` how many copies of what was handed over are kept.
    `wants_pdf` says that PDFs are asked for, `makes_pdf` that this machine can make them just now.
    """

    workspace: Workspace
    config_text: ConfigText
    today: date
    now: datetime
    software: str
    output: Path
    access: AccessRule
    template_files: Mapping[str, TemplateFile]
    makes_pdf: bool
    wants_pdf: bool
    writes: bool = True
    answers: Mapping[str, FamilyAnswers] = field(default_factory=dict)
    delivered: Mapping[str, int] = field(default_factory=dict)

    def find_translation(self, template: str, form: str | None, language: LetterLanguage) -> str | None:
        """The form of a letter's template that says it in a language; None if there is none."""
        return find_translated(template, form, language.code, self.template_files)

    def answers_digest(self, family: str) -> str:
        """What people have answered to one family's invitations, as one text; '' for nothing."""
        found = self.answers.get(family)
        return digest_plain(found) if found else ""

    def delivered_digest(self, family: str) -> str:
        """Another text whenever the ledger has come to know more of what a family was handed."""
        return str(self.delivered.get(family, ""))


@dataclass(frozen=True, slots=True)
class FamilyTask:
    """One family to look at: its bytes as they were read, and what is known of the last time.

    `ours` holds by file name the digests of what hopdocs put there; `twins` the other files with the same id; `sights`
    what everybody saw of it.
    """

    path: str
    data: bytes
    digest: Digest
    config_digest: Digest
    known: Signature | None = None
    records: Mapping[str, Record] = field(default_factory=dict)
    ours: Mapping[str, frozenset[str]] = field(default_factory=dict)
    twins: tuple[str, ...] = ()
    sights: SightHistory = NEVER_SEEN
    made_of: bytes = b""
    """The file as the plans that stand were made of it; empty if none stands, or nobody knows."""
    outcome: FamilyOutcome | None = None
    """What the file means, where that is known already: the project's, which no family's rules look at."""
    lookups: dict[LookupKey, str] = field(default_factory=dict)
    """What was looked up for it beforehand."""

    @property
    def folder(self) -> str:
        """The name of its output folder: that of the family's file, or the project's own."""
        return folder_of(self.path)

    @property
    def last_good(self) -> bytes:
        """What the plans that stand were made of, where it was edited since; else empty."""
        return self.made_of if self.made_of != self.data else b""

    @property
    def change(self) -> Change:
        """What changed since the last look; with no memory of one, everything."""
        if self.known is None:
            return Change(family=True, config=False)
        return Change(
            family=self.known.digest != self.digest,
            config=self.known.config != self.config_digest,
            courses=any(self.known.lookups.get(key) != digest for key, digest in self.lookups.items()),
        )

    @property
    def edited(self) -> Edited:
        """What a person changed since then; the family's own file where she changed both."""
        change = self.change
        return Edited.FAMILY if change.family else Edited.CONFIG if change.config else Edited.NOTHING


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What is to become of one file: the decision, its reason, and the finished file if there is one to place."""

    key: DocumentKey
    format: Format
    name: str
    action: Action
    reason: Reason
    record: Record | None = None
    staged: Staged | None = None
    version: Version | None = None
    file_state: FileState = FileState.OURS
    is_to_be_retried: bool = False

    @property
    def stands(self) -> bool:
        """Whether a file of ours is there, now or once this one is placed."""
        return self.record is not None and self.action is not Action.REMOVED

    @property
    def is_as_wanted(self) -> bool:
        """Whether the file says what the data say now, and no older edition was left for want of a better."""
        return self.action is Action.MADE or self.reason in (UNCHANGED, SHOWS_THE_SAME, FINAL)


@dataclass(frozen=True, slots=True)
class PdfWant:
    """A PDF that should lie beside the Word files: of one of them, or a plan bound with attachments."""

    key: DocumentKey
    name: str
    title: str
    word_file: str
    is_final: bool
    attachments: tuple[tuple[str, str], ...] = ()
    """File and title of what is bound behind it."""
    is_bound: bool = False
    needed_on: date | None = None
    """The day of the family's next meeting, if it is a paper of that."""

    @property
    def plan(self) -> str:
        """The name of the PDF that it binds; '' if it binds none."""
        return f"{self.word_file.removesuffix('.docx')}.pdf" if self.is_bound else ""


@dataclass(frozen=True, slots=True)
class PdfJob:
    """A PDF to make: what it is of, what its Word file and attachments digest to, and why."""

    want: PdfWant
    source: Digest
    reason: Reason
    file_state: FileState
    is_looked_at: bool = False
    """Whether somebody has read it a little while ago."""

    @property
    def turn(self) -> tuple[bool, date]:
        """Its place among those to be made: what is being looked at, then by the day of the meeting it is for."""
        return not self.is_looked_at, self.want.needed_on or date.max

    def as_result(self) -> DocumentResult:
        """What a dry run says of it: it would be made."""
        want = self.want
        return DocumentResult(want.key, Format.PDF, want.name, Action.MADE, self.reason)


@dataclass(frozen=True, slots=True)
class FamilyProduct:
    """One family after production: its outcome without the documents' data, and what to do with each file."""

    task: FamilyTask
    outcome: FamilyOutcome
    results: tuple[DocumentResult, ...]
    pdfs: tuple[PdfWant, ...]
    lookups: Mapping[LookupKey, str]
    faults: tuple[Diagnostic, ...] = ()
    is_settled: bool = True
    handed_over: tuple[HandedOver, ...] = ()
    """Copies of what people hold that are still to be kept."""
    learned: tuple[tuple[str, date, str], ...] = ()
    """By reader and day of a delivery: what stood in her plan then."""
    page: bytes = b""
    page_row: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """What the cache keeps beside the documents' records."""
        return {
            **self.outcome.as_json(),
            "diagnostics": [asdict(item) for item in (*self.outcome.diagnostics, *self.faults)],
            "failed": say_failed(self.results),
            "page_row": dict(self.page_row),
            "made_of": pack_source(self._made_of()),
        }

    def _made_of(self) -> bytes:
        """What the plans that stand now were made of: not what stopped, withheld or failed, which nobody was handed."""
        plans = [item for item in self.results if item.key.kind == _PLAN and item.stands]
        if not plans:
            return b""
        return self.task.data if all(item.is_as_wanted for item in plans) else self.task.made_of


def pack_source(data: bytes) -> str:
    """A family's file as text for the cache."""
    return b64encode(zlib.compress(data)).decode("ascii") if data else ""


def unpack_source(text: str) -> bytes:
    """The inverse of `pack_source`."""
    return zlib.decompress(b64decode(text)) if text else b""


def say_failed(results: Iterable[DocumentResult]) -> dict[str, str]:
    """By file name why a document could not be made."""
    return {
        item.name: fill_message(item.reason.code, item.reason.params, "da")
        for item in results
        if item.action is Action.FAILED
    }
