"""What a template would make before it is saved for good: one letter to look at, or every letter that would change.

Nothing here reaches `out/`, the cache or the ledger. A letter that is final is left out of a comparison, since no new
template remakes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.outcomes import find_families
from hopdocs.cycle.template_names import choose_name, short_name, split_name, template_name
from hopdocs.cycle.template_review import compile_letter, find_faults, kind_of_template
from hopdocs.diagnostics import has_errors, sort_diagnostics
from hopdocs.documents.translated.letters import translate
from hopdocs.errors import FaultyInput
from hopdocs.freshness.staleness import DocumentKey
from hopdocs.model.scalars.languages import DANISH, language_of_template
from hopdocs.rendering.docx.tracked.comparison import Difference, compare_documents
from hopdocs.sources.file_sizes import LARGEST_TEMPLATE_BYTES
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from hopdocs.cycle.tasks import TemplateFile
    from hopdocs.cycle.template_store import TemplateStore
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.evaluation import FamilyOutcome
    from hopdocs.freshness.cache import Cache
    from hopdocs.rendering.template import Template

_FIRST_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class LetterChange:
    """One document that a draft would make differently; nothing is different where it could not be made till now."""

    template: str
    path: str
    """The family's file."""
    key: DocumentKey
    name: str
    """Of the document, below the output folder."""
    difference: Difference


@dataclass(slots=True)
class DraftComparison:
    """What a comparison came to: how many letters were tried, and how many are final and stay as they are."""

    tried: int = 0
    final: int = 0
    faults: list[Diagnostic] = field(default_factory=list)


def read_family(store: TemplateStore, path: str, cache: Cache) -> FamilyOutcome:
    """A family as the next cycle would see it, `path` being relative to the workspace; else raises `FaultyInput`."""
    families = find_families(store.config, store.settings, cache, [path])
    outcome = next(families.outcomes(), None)
    faults = [*families.faults, *(outcome.diagnostics if outcome is not None else ())]
    if outcome is None or (outcome.is_stopped and has_errors(faults)):
        raise FaultyInput(sort_diagnostics(faults))
    return outcome


def render_letter(store: TemplateStore, document: WantedDocument, template: Template) -> bytes:
    """The letter as it would be made first. Its number is 1 whatever the ledger says: nothing is made of it."""
    day = document.date or store.settings.today
    return store.render(document, template, _FIRST_VERSION, day)


def fitting_letters(outcome: FamilyOutcome, name: str) -> list[WantedDocument]:
    """A family's documents that a template could make, those that ask for this very variant first.

    A template in another language makes all of them that may be translated, whoever reads it: it may be a new one.
    """
    template, variant = split_name(name)
    letters = [item for item in outcome.documents if item.template == template and not item.kind.is_translation]
    language = language_of_template(variant)
    if language != DANISH and outcome.day is not None:
        config, form = outcome.day.config, variant.removesuffix(language.code).removesuffix(".")
        kinds = [(item, item.kind.translation) for item in letters if (item.variant or "") == form or not form]
        return [translate(item, kind, language, config) for item, kind in kinds if kind is not None]
    return sorted(letters, key=lambda item: (item.variant or "") != variant)


def compile_drafts(drafts: Mapping[str, TemplateFile], faults: list[Diagnostic]) -> dict[str, Template]:
    """The drafts that can be used, by the name that each would have when it is saved for good."""
    compiled: dict[str, Template] = {}
    for name, file in drafts.items():
        kind = kind_of_template(name)
        if kind is None:
            continue
        try:
            data = read_source(file.path, LARGEST_TEMPLATE_BYTES)
            faults += find_faults(data, name, kind)
            compiled[template_name(short_name(name))] = compile_letter(data, name)
        except (FaultyInput, FileNotFoundError, UnreadableFile):
            continue  # its faults are told already
    return compiled


def compare_drafts(
    store: TemplateStore,
    drafts: Mapping[str, Template],
    cache: Cache,
    comparison: DraftComparison,
    report_progress: Callable[[int, int], None],
) -> Iterator[LetterChange]:
    """Every family's letters with the present templates and with the drafts, family by family."""
    families = find_families(store.config, store.settings, cache)
    comparison.faults += families.faults
    for number, outcome in enumerate(families.outcomes(), 1):
        path = outcome.path
        is_final = {record.key: record.is_final for record in cache.records(path).values()}
        for document in outcome.documents:
            key, name = DocumentKey(*document.key), _would_use(store, document, drafts)
            if name is None or (document.is_too_late and key not in is_final):
                continue
            is_frozen = outcome.is_frozen and document.kind.needs_consent
            if is_frozen or (document.final and is_final.get(key, False)):
                comparison.final += 1
                continue
            comparison.tried += 1
            change = _try(store, path, document, (name, drafts[name]), comparison)
            if change is not None:
                yield change
        report_progress(number, len(families.files))


def _would_use(store: TemplateStore, document: WantedDocument, drafts: Collection[str]) -> str | None:
    """The draft that would make a document, were it saved for good."""
    if document.template is None:
        return None
    there = {*drafts, *store.settings.template_files}
    name, _ = choose_name(document.template, document.variant, there)
    return name if name in drafts else None


def _try(
    store: TemplateStore, path: str, document: WantedDocument, draft: tuple[str, Template], comparison: DraftComparison
) -> LetterChange | None:
    name, template = draft
    now, _ = store.choose_template(document.template or "", document.variant)
    try:
        after = render_letter(store, document, template)
    except FaultyInput as fault:
        comparison.faults += fault.diagnostics
        return None
    try:
        before = render_letter(store, document, store.template(now, document.language))
    except FaultyInput:
        before = b""  # the present template cannot make it at all: a draft that can is all new
    difference = compare_documents(before, after) if before else Difference((), ())
    if difference is None:
        return None
    folder = PurePosixPath(path).stem
    return LetterChange(name, path, DocumentKey(*document.key), f"{folder}/{document.stem}.docx", difference)
