"""What families' documents are made with: the configuration, compiled templates, the ledger's versions, attachments.

Reads, never writes. One store serves a whole cycle, or a worker's whole life; it gets quicker with use.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from hopdocs.cycle.attachments import find_attachment
from hopdocs.cycle.looking_back.seen_plans import search_on_disk
from hopdocs.cycle.making.kept.archive import read_copy
from hopdocs.cycle.template_names import choose_name, template_name, translated_variants
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.documents.translated.letters import reading_language
from hopdocs.documents.wanted import numbered_fields
from hopdocs.errors import FaultyInput
from hopdocs.evaluation import AttachmentLookup
from hopdocs.freshness.delivered import DeliveredBefore, DeliveredCopies
from hopdocs.freshness.fingerprint import NOTHING_THERE
from hopdocs.freshness.publish import FolderListing, list_folder, sweep_folder
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.freshness.versions import VersionBook
from hopdocs.languages.filters import filters_of
from hopdocs.model.scalars.languages import DANISH
from hopdocs.rendering.docx.properties import DocumentProperties
from hopdocs.rendering.docx.repairs.direction import set_right_to_left
from hopdocs.rendering.kept_templates import is_shipped, keep, kept_path, read_kept
from hopdocs.rendering.sandbox.environment import make_environment
from hopdocs.rendering.template import Template, compile_template_bytes
from hopdocs.sources.file_sizes import LARGEST_TEMPLATE_BYTES
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from hopdocs.cycle.looking_back.seen_plans import SeenPlansSearch
    from hopdocs.cycle.tasks import FamilyTask, Settings, TemplateFile
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.freshness.fingerprint import Digest
    from hopdocs.freshness.staleness import DocumentKey
    from hopdocs.freshness.versions import Version
    from hopdocs.model.family import Family
    from hopdocs.model.scalars.languages import LetterLanguage


class TemplateStore:
    """The templates of all families, each compiled when first asked for, and the configuration they are used with."""

    def __init__(self, settings: Settings) -> None:
        self._templates: dict[tuple[Digest, LetterLanguage], Template | FaultyInput] = {}
        self.adopt(settings)

    def adopt(self, settings: Settings) -> None:
        """Go on with these settings, keeping the compiled templates that are still the same."""
        config = settings.config_text.parse().config
        assert config is not None  # noqa: S101 - the cycle has read these very bytes
        self.config = config
        self.settings = settings
        wanted = {item.digest for item in settings.template_files.values()}
        self._templates = {key: item for key, item in self._templates.items() if key[0] in wanted}

    def choose_template(self, stem: str, variant: str | None) -> tuple[str, dict[str, Digest]]:
        """The template that makes a letter; and every file that was looked for, with its digest."""
        files = self.settings.template_files
        chosen, looked_for = choose_name(stem, variant, files)
        return chosen, {name: files[name].digest if name in files else NOTHING_THERE for name in looked_for}

    def look_for_translations(self, document: WantedDocument, day: FamilyDay | None) -> dict[str, Digest]:
        """The templates that a letter's translation may be made with, whether they are there or may come."""
        language = reading_language(day, document) if day is not None else None
        forms = translated_variants(document.variant, language.code) if language is not None else ()
        names, files = [template_name(f"{document.template}.{form}") for form in forms], self.settings.template_files
        return {name: files[name].digest if name in files else NOTHING_THERE for name in names}

    def template(self, name: str, language: LetterLanguage = DANISH) -> Template:
        """A compiled template by its file name, to be filled in in a language.

        Raises `FaultyInput` with what is wrong with it.
        """
        file = self.settings.template_files.get(name)
        if file is None:
            raise FaultyInput([_template_missing(name)])
        known = self._templates.get((file.digest, language))
        if known is None:
            known = self._templates[file.digest, language] = self._compile(file, name, language)
        if isinstance(known, FaultyInput):
            raise known
        return known

    def read_template(self, file: TemplateFile) -> bytes:
        """A template's bytes; raises `FileNotFoundError` and `UnreadableFile`."""
        return read_source(file.path, LARGEST_TEMPLATE_BYTES)

    def list_output(self, folder: str) -> FolderListing:
        """What stands in a family's output folder."""
        return list_folder(self.settings.output / folder)

    def sweep(self, folder: str) -> None:
        """Take away what waits in a family's output folder for places that it will not get."""
        if self.settings.writes:
            sweep_folder(self.settings.output / folder)

    def look_up(self, folder: Path, name: str) -> AttachmentLookup:
        """A file that a family binds."""
        return look_up_attachment(folder, name)

    def search_plans(self, task: FamilyTask, family: Family) -> SeenPlansSearch:
        """The family's plans that were handed over before."""
        workspace = self.settings.workspace
        return search_on_disk(
            family, workspace.root / task.path, self.config, workspace.ledger_path, last_good=task.last_good
        )

    def kept_copy(self, before: DeliveredBefore, key: DocumentKey, edition: int) -> bytes | None:
        """The Word file of an edition as it was handed over."""
        return read_copy(self.settings.output, before, key, edition)

    def render(self, document: WantedDocument, template: Template, version: int, day: date) -> bytes:
        """A document's Word file, as that version of it on that day."""
        return template.render(
            numbered_fields(document.context, version=version, day=day),
            properties=DocumentProperties(
                title=document.title,
                author=self.config.municipality.name,
                language=document.language.tag,
                created=day,
            ),
        )

    def latest_versions(self, family: str) -> dict[DocumentKey, Version]:
        """The latest version of each of a family's documents; none if there is no ledger yet."""
        path = self.settings.workspace.ledger_path
        if not path.is_file():
            return {}
        with contextlib.closing(connect_to_read(path)) as connection:
            book = VersionBook(connection)
            return book.latest(family) if book.is_prepared() else {}

    def delivered_before(self, family: str, folder: str) -> DeliveredBefore:
        """What the ledger knows of what a family got; asked only for those that got something."""
        path = self.settings.workspace.ledger_path
        if not path.is_file():
            return DeliveredBefore()
        with contextlib.closing(connect_to_read(path)) as connection:
            book = VersionBook(connection)
            if not book.is_prepared():
                return DeliveredBefore()
            copies = DeliveredCopies(connection).of_family(family)
            return DeliveredBefore(copies, book.editions(family), book.standing_since(folder))

    def _compile(self, file: TemplateFile, name: str, language: LetterLanguage) -> Template | FaultyInput:
        path = kept_path(name, language.code)
        kept = read_kept(path, file.digest) if path is not None else None
        if kept is not None:
            return Template(kept, make_environment(filters=filters_of(language)))
        try:
            data = self.read_template(file)
            template = compile_in(data, name, language)
        except FaultyInput as fault:
            return fault
        except (UnreadableFile, FileNotFoundError):
            return FaultyInput([_template_missing(name)])
        if path is not None and is_shipped(name, data):
            keep(path, file.digest, template.compiled)
        return template


def compile_in(data: bytes, name: str, language: LetterLanguage) -> Template:
    """A template as letters in a language are made with it; raises `FaultyInput`."""
    laid = set_right_to_left(data, f"templates/{name}") if language.is_right_to_left else data
    return compile_template_bytes(laid, f"templates/{name}", filters=filters_of(language))


def look_up_attachment(folder: Path, name: str) -> AttachmentLookup:
    """A file in the family's own folder, and in no other: its digest, or why it cannot be used."""
    digest, fault = find_attachment(folder, name)
    return AttachmentLookup(digest, fault)


def _template_missing(name: str) -> Diagnostic:
    """A template that neither the workspace nor hopdocs has."""
    return Diagnostic(f"templates/{name}", 0, 0, "HD515", {"name": name}, Severity.ERROR, Blocks.DOCUMENTS)
