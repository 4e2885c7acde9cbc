"""What is stale, and why: the wanted documents against what was made before and what lies on disk.

Pure. Every decision carries its reason, so that `build --explain` costs nothing. A file's time says nothing here;
only contents count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from hopdocs.freshness.fingerprint import changed_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.freshness.fingerprint import Digest


class Action(StrEnum):
    """What became of a document; the value is the interface's word."""

    MADE = "made"
    KEPT = "kept"
    REMOVED = "removed"
    FAILED = "failed"


class Format(StrEnum):
    """A document's format; the value is the file's ending."""

    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was or was not done: a code of the catalogue, with the values for its wording."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


NEW: Final = Reason("HD550")
OUTPUT_MISSING: Final = Reason("HD555")
NO_LONGER_WANTED: Final = Reason("HD557")
FAMILY_GONE: Final = Reason("HD558")
UNCHANGED: Final = Reason("HD559")
SHOWS_THE_SAME: Final = Reason("HD560")
FINAL: Final = Reason("HD561")
ONLY_TIME_PASSED: Final = Reason("HD562")
OPEN_ELSEWHERE: Final = Reason("HD563")
SHOWS_LESS: Final = Reason("HD575")
MAY_NOT_STAY: Final = Reason("HD576")
WORD_FILE_CHANGED: Final = Reason("HD567")
NUMBER_DIFFERS: Final = Reason("HD570")


@dataclass(frozen=True, slots=True, order=True)
class DocumentKey:
    """Which document: the same one through all its versions. What belongs to no meeting or recipient has ''."""

    family: str
    kind: str
    meeting: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Want:
    """A document as it should be.

    `fields` are digests of what the template can show of the data, by top-level name; `whole` is one of all data
    handed to it; `version` and `day` are what the ledger says of these contents. `unaddressed` is the digest of its
    recipient without an address, where its day has come; `properties` that of what the file says of itself beside them.
    """

    key: DocumentKey
    name: str
    title: str
    template: str
    template_digest: Digest
    software: str
    fields: Mapping[str, Digest]
    content: Digest
    whole: Digest
    version: int
    day: date
    is_final: bool = False
    unaddressed: str = ""
    properties: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An attachment that is missing from a bound PDF."""

    file: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """A document as it was last made: what it was made of, and what came of it.

    `source` is the digest of the Word file that a PDF shows, with what is bound behind it; '' for the Word file.
    `left_out` names the attachments that could not be bound as they are, each with the code that says why.
    `data` is the id that git would give the family's file as it was then: with it the commit can be found.
    `whole` is '' if the family's file was edited since and the document could not be made: that edit still counts.
    """

    key: DocumentKey
    format: Format
    name: str
    title: str
    template: str
    template_digest: str
    software: str
    fields: Mapping[str, str]
    whole: str
    version: int
    day: date
    digest: str
    source: str
    reason: Reason
    made_at: str
    is_final: bool = False
    left_out: tuple[LeftOut, ...] = ()
    data: str = ""
    properties: str = ""

    def made_on(self, timezone: str) -> date:
        """The day on which it was made where the municipality is: what people date is dated there."""
        return datetime.fromisoformat(self.made_at).astimezone(ZoneInfo(timezone)).date()


class FileState(StrEnum):
    """What a look at the disk says of a file that we may replace."""

    OURS = "ours"
    MISSING = "missing"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Change:
    """What changed since the family was last looked at: its own files, the configuration, people's answers, or none.

    `withdrawal`: a consent was taken back from a day that has come since, so that nobody edits when it takes effect.
    `courses`: what all families together say of the project.
    """

    family: bool
    config: bool
    answers: bool = False
    withdrawal: bool = False
    courses: bool = False

    @property
    def is_edit(self) -> bool:
        """Whether a person changed something; else only time has passed."""
        return self.family or self.config


def why_stale(want: Want, record: Record | None, file_state: FileState, change: Change) -> Reason | None:
    """Why a Word file must be made (again); None if it is right as it is.

    What was delivered, and the documents of meetings held or cancelled, are final: only an edit of the family's own
    file remakes them, or a withdrawal whose day has come; not a new template or hopdocs, a new telephone number in
    config.yaml or the passing of time.
    """
    if record is None:
        return NEW
    if file_state is FileState.MISSING:
        return OUTPUT_MISSING
    stale = _why_made_otherwise(want, record, change)
    if file_state is FileState.BY_HAND and stale is None:
        return Reason("HD556")
    return stale


def _why_made_otherwise(want: Want, record: Record, change: Change) -> Reason | None:
    if record.name != want.name:
        return NEW
    fields = changed_fields(record.fields, want.fields)
    is_called_for = change.family or change.withdrawal or not record.whole
    if want.is_final and not (is_called_for and record.whole != want.whole):
        return None
    is_another_template = (record.template, record.template_digest) != (want.template, want.template_digest)
    if fields and (record.whole != want.whole or not is_another_template):
        return Reason(_origin(change), {"fields": ", ".join(fields)})
    return None if want.is_final else _why_made_by_others(want, record, change)


def _why_made_by_others(want: Want, record: Record, change: Change) -> Reason | None:
    if (record.template, record.template_digest) != (want.template, want.template_digest):
        return Reason("HD552", {"template": want.template})
    if record.software != want.software:
        return Reason("HD554", {"was": record.software, "is": want.software})
    if record.properties != want.properties:
        return Reason(_origin(change), {"fields": "document"})
    return None if (record.version, record.day) == (want.version, want.day) else NUMBER_DIFFERS


def _origin(change: Change) -> str:
    if change.family:
        return "HD551"
    if change.config:
        return "HD553"
    if change.courses:
        return "HD571"
    return "HD574" if change.answers else "HD572"


def is_made_alike(want: Want, record: Record) -> bool:
    """Whether the record's template and hopdocs version are those that would make the document now."""
    return record.template_digest == want.template_digest and record.software == want.software


def kept_reason(want: Want, record: Record) -> Reason:
    """Why a document that is right was not made again: final, if that is what saved it."""
    return UNCHANGED if is_made_alike(want, record) or not want.is_final else FINAL


def why_pdf_stale(
    source: str, record: Record | None, file_state: FileState, engine: str, *, is_final: bool
) -> Reason | None:
    """Why a PDF must be made (again). The same Word file needs no new one: the early cut-off."""
    if record is None:
        return NEW
    if record.source != source:  # then it was taken away as well
        return WORD_FILE_CHANGED
    if file_state is FileState.MISSING:
        return OUTPUT_MISSING
    if file_state is FileState.BY_HAND:
        return Reason("HD556")
    if record.software != engine and not is_final:
        return Reason("HD554", {"was": record.software, "is": engine})
    return None


def may_remove(change: Change, *, is_withdrawn: bool) -> bool:
    """Whether a document that is no longer wanted may go.

    Only an edit deletes a document: a consent that ran out or a birthday withholds new copies and leaves the old. A
    withdrawal takes effect on its day whether or not anybody edits then.
    """
    return change.is_edit or is_withdrawn


def pack_record(record: Record) -> dict[str, Any]:
    """A record as plain data for JSON."""
    return {
        "key": [record.key.family, record.key.kind, record.key.meeting, record.key.recipient],
        "format": record.format.value,
        "name": record.name,
        "title": record.title,
        "template": record.template,
        "template_digest": record.template_digest,
        "software": record.software,
        "fields": dict(record.fields),
        "whole": record.whole,
        "version": record.version,
        "day": record.day.isoformat(),
        "digest": record.digest,
        "source": record.source,
        "reason": [record.reason.code, dict(record.reason.params)],
        "made_at": record.made_at,
        "is_final": record.is_final,
        "data": record.data,
        "properties": record.properties,
        "left_out": [[item.file, item.code, dict(item.params)] for item in record.left_out],
    }


def unpack_record(raw: dict[str, Any]) -> Record:
    """The inverse of `pack_record`."""
    return Record(
        **{
            **raw,
            "key": DocumentKey(*raw["key"]),
            "format": Format(raw["format"]),
            "day": date.fromisoformat(raw["day"]),
            "reason": Reason(*raw["reason"]),
            "left_out": tuple(LeftOut(*item) for item in raw["left_out"]),
        }
    )
