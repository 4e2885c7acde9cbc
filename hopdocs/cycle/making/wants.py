"""A document as it should be: what it would show as digests, its edition and its day; and what is remembered of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.making.frozen_papers import historic_digest, may_show_more
from hopdocs.cycle.making.whole_data import digest_whole, unnumbered_fields
from hopdocs.cycle.tasks import DocumentResult
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.errors import FaultyInput
from hopdocs.freshness.field_digests import digest_fields, digest_sorted
from hopdocs.freshness.fingerprint import Digest, changed_fields, digest_plain
from hopdocs.freshness.staleness import OPEN_ELSEWHERE, Action, DocumentKey, Format, Reason, Record, Want
from hopdocs.freshness.versions import Version, number_version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hopdocs.cycle.tasks import PdfWant, Settings
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.evaluation import FamilyOutcome
    from hopdocs.rendering.template import Template

_ADDRESS: Final = "address_lines"
_DOCUMENT: Final = "document"


def describe(  # noqa: PLR0913 - what a document is made of
    document: WantedDocument,
    named_template: tuple[str, Template],
    latest: Version | None,
    settings: Settings,
    *,
    author: str,
    is_held: bool,
) -> Want:
    """What a document of this author would be, made now; `is_held` if the family has its latest edition in hand."""
    name, template = named_template
    given = unnumbered_fields(document)
    narrowed = template.narrow(given)
    shown = narrowed if isinstance(narrowed, dict) else {"*": narrowed}
    fields = digest_fields(shown)
    content, whole = digest_sorted(fields), digest_whole(given)
    version = number_version(latest, content, whole, settings.today)
    return Want(
        key=DocumentKey(*document.key),
        name=f"{document.stem}.docx",
        title=document.title,
        template=name,
        template_digest=Digest(template.digest),
        software=settings.software,
        fields=fields | historic_digest(document),
        content=content,
        whole=whole,
        version=version.number,
        day=document.date or version.day,
        is_final=document.final or is_held,
        unaddressed=_unaddressed(shown) if document.is_past else "",
        properties=digest_plain([document.title, author, document.language.tag]),
    )


class Numbers:
    """The number and the day that each letter of a family bears: a translation bears those of the one it lies beside.

    It is no letter of its own: who calls about "the letter of 3 November" may hold either.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._letters: dict[tuple[str, str, str, str], DocumentResult] = {}

    def noted(self, document: WantedDocument, result: DocumentResult | None) -> DocumentResult | None:
        """What has become of a document: its translation follows it."""
        if document.beside is None and result is not None:
            self._letters[document.key] = result
        return result

    def give(self, document: WantedDocument, want: Want, record: Record | None) -> Want:
        """The document as it should be, with the number and day that it has to bear.

        Raises `FaultyInput` for a translation of a letter that can't be made: alone it would be nobody's, and beside
        the letter as it was it would say something else.
        """
        if document.beside is None:
            return want
        letter = self._letters.get(document.beside)
        is_behind = letter is not None and (letter.action is Action.FAILED or letter.reason == OPEN_ELSEWHERE)
        danish = letter.record if letter is not None else record
        if danish is None or is_behind:
            params = {"document": document.stem}
            raise FaultyInput([Diagnostic(self._path, 0, 0, "HD692", params, Severity.WARNING, Blocks.NOTHING)])
        fields = numbered_like(danish, want.fields, document)
        return replace(want, version=danish.version, day=danish.day, fields=fields)


def numbered_like(letter: Record, fields: Mapping[str, Digest], translation: WantedDocument) -> dict[str, Digest]:
    """The digests of what a translation shows, with the number and day of its letter."""
    own = [letter.version, letter.day.isoformat(), translation.language.tag]  # dari and persisk share a template
    return {**fields, _DOCUMENT: digest_plain([fields.get(_DOCUMENT, ""), *own])}


def _unaddressed(shown: Mapping[str, object]) -> Digest:
    """What the recipient would digest to without an address; '' where the letter shows none."""
    recipient = shown.get("recipient")
    if not isinstance(recipient, dict) or not recipient.get(_ADDRESS):
        return Digest("")
    return digest_sorted(recipient | {_ADDRESS: _emptied(recipient[_ADDRESS])})


def _emptied(value: object) -> object:
    """A list of the letter's data with nothing in it, in whichever form the template's use of it has left it."""
    return {name: _emptied(item) for name, item in value.items()} if isinstance(value, dict) else []


def is_of_its_day(document: WantedDocument, want: Want, record: Record, outcome: FamilyOutcome) -> bool:
    """Whether an edit changes nothing that a paper of a day behind us should follow, and nobody sees less by it."""
    if _is_only_addressed(document, want, record, outcome):
        return True
    is_settled = document.settled.issuperset(changed_fields(record.fields, want.fields))
    return is_settled and not may_show_more(record, document.recipient, outcome)


def _is_only_addressed(document: WantedDocument, want: Want, record: Record, outcome: FamilyOutcome) -> bool:
    """Whether a paper whose day has come would only show an address that it had none of, or the day it was given on.

    A letter that stood on the day on which it was given is the one that was given, whatever day stands on it. An
    address that was there and is another now is no such case: it may be nobody's to read any more.
    """
    if not document.is_past:
        return False
    may_differ = {"recipient"} if want.unaddressed and record.fields.get("recipient") == want.unaddressed else set()
    given = document.date if document.kind.is_dated_by_handover else None
    if given is not None and outcome.day is not None and record.made_on(outcome.day.config.timezone) <= given:
        may_differ |= {"document", "tovholder"}
    return may_differ.issuperset(changed_fields(record.fields, want.fields))


def describe_frozen(
    document: WantedDocument, record: Record | None, latest: Version, edition: int, settings: Settings
) -> Want:
    """A paper of a stopped course: the edition that stands, with a mark, and nothing of today's data."""
    return Want(
        key=DocumentKey(*document.key),
        name=f"{document.stem}.docx",
        title=document.title,
        template=record.template if record is not None else "",
        template_digest=Digest(record.template_digest if record is not None else ""),
        software=settings.software,
        fields=historic_digest(document),
        content=Digest(latest.content),
        whole=Digest(latest.whole),
        version=edition,
        day=record.day if record is not None else latest.day,
        is_final=True,
    )


def result_of(want: Want, action: Action, reason: Reason, record: Record | None) -> DocumentResult:
    """What is to become of a document's Word file."""
    return DocumentResult(want.key, Format.DOCX, want.name, action, reason, record)


def record_of(want: Want, reason: Reason, digest: Digest, made_at: str, blob: str) -> Record:
    """What is remembered of a Word file; `blob` is the id of the family's file as it was read."""
    return Record(
        key=want.key,
        format=Format.DOCX,
        name=want.name,
        title=want.title,
        template=want.template,
        template_digest=want.template_digest,
        software=want.software,
        fields=want.fields,
        whole=want.whole,
        version=want.version,
        day=want.day,
        digest=digest,
        source="",
        reason=reason,
        made_at=made_at,
        is_final=want.is_final,
        data=blob,
        properties=want.properties,
    )


def standing(
    results: Sequence[DocumentResult], pdfs: Sequence[PdfWant], remembered: Mapping[str, Record]
) -> list[Record]:
    """What lies in the family's folder once these results are there: the PDFs of Word files made anew do not yet."""
    made = {item.name for item in results if item.action is Action.MADE}
    outdated = {item.name for item in pdfs if item.word_file in made}
    there = {
        item.name: item.record for item in results if item.record is not None and item.action is not Action.REMOVED
    }
    kept = [item for name, item in remembered.items() if name.endswith(".pdf") and name not in there.keys() | outdated]
    return [*there.values(), *kept]
