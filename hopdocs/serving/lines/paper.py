"""One paper beside the lines of the family's file that it comes from: looked up when somebody asks for it.

Nothing is written, and no lock of the workspace is taken: the cache, the ledger and the file are read as they lie.
"""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NoReturn

from hopdocs.cycle.making.frozen_papers import without_mark
from hopdocs.cycle.making.wants import numbered_like
from hopdocs.cycle.making.whole_data import unnumbered_fields
from hopdocs.cycle.outcomes import evaluate_file
from hopdocs.cycle.shared_inputs import read_shared_inputs
from hopdocs.cycle.template_store import TemplateStore
from hopdocs.danish import short_date
from hopdocs.documents.kinds.familieplan import FAMILIEPLAN
from hopdocs.documents.kinds.table import find_kind
from hopdocs.errors import FaultyInput, HopdocsError
from hopdocs.freshness.cache import CacheDamaged, open_cache_to_read
from hopdocs.freshness.field_digests import digest_fields
from hopdocs.freshness.fingerprint import changed_fields, digest_bytes
from hopdocs.freshness.staleness import Format
from hopdocs.pages.composition import PageFacts, document_lines
from hopdocs.serving.lines.line_blocks import LineBlock, gather_blocks
from hopdocs.serving.lines.traces import PaperTrial
from hopdocs.serving.request import Refused
from hopdocs.serving.shown_files import NOT_THERE, edition_of
from hopdocs.sources.families import parse_family
from hopdocs.workspace import PROJECT_FOLDER, UnreadableFile, read_source, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hopdocs.clock import Clock
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.freshness.staleness import Record
    from hopdocs.pages.views import DocumentLine
    from hopdocs.rendering.checking.template_inputs import Plain
    from hopdocs.sources.config import ConfigText
    from hopdocs.sources.families import FamilySource
    from hopdocs.workspace import Workspace

_MOST_SECONDS: Final = 10.0
"""A large family's plan takes one or two."""
_FAULTY: Final = "Filen har fejl, så linjerne kan ikke findes, før de er rettet. Familiens side siger hvilke."
_NOT_WANTED: Final = "Filen siger ikke længere, at der skal være sådan et papir. Det her er fra før."
_OUTDATED: Final = "Filen er ændret, siden papiret blev lavet. Kører hopdocs watch, er det nye her om lidt."
_NOT_TRIED: Final = "Filen er så stor, at ikke alt er prøvet: der kan være flere linjer end dem her."


@dataclass(frozen=True, slots=True)
class OtherPaper:
    """Another paper of the family's, to go to."""

    file: str
    title: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """What stands beside a paper."""

    municipality: str
    unit: str
    title: str
    file: str
    is_there: bool
    source: str
    template: str
    note: str
    blocks: tuple[LineBlock, ...]
    others: tuple[OtherPaper, ...]


class PaperDesk:
    """Finds the lines behind papers, one at a time. `config_text` goes for a `config.yaml` that cannot be used."""

    def __init__(self, workspace: Workspace, clock: Clock, config_text: ConfigText) -> None:
        self._workspace = workspace
        self._clock = clock
        self._config_text = config_text
        self._store: TemplateStore | None = None
        self._last: tuple[object, tuple[str, tuple[LineBlock, ...]]] | None = None
        self._is_closed = False

    def close(self) -> None:
        """End a search that is under way at its next step."""
        self._is_closed = True

    def _may_go_on_for(self, seconds: float) -> Callable[[], bool]:
        """Whether this thread may go on: until it has used so much processor time, or nobody waits any more."""
        end = time.thread_time() + seconds
        return lambda: not self._is_closed and time.thread_time() < end

    def look_up(self, folder: str, name: str) -> PaperView:
        """A PDF by its place in the output folder; `Refused` if hopdocs made none of a family's there."""
        try:
            return self._look_up(folder, name)
        except (CacheDamaged, HopdocsError) as err:  # what is wrong, whoever makes the papers says
            raise Refused(HTTPStatus.NOT_FOUND) from err

    def _look_up(self, folder: str, name: str) -> PaperView:
        if folder == PROJECT_FOLDER:
            raise Refused(HTTPStatus.NOT_FOUND)
        source = source_of(folder)
        with closing(open_cache_to_read(self._workspace.cache_path)) as cache:
            records = cache.records(source)
        record = _made_from(records, name)
        try:
            data = read_source(self._workspace.root / source)
        except (FileNotFoundError, UnreadableFile) as err:
            raise Refused(HTTPStatus.NOT_FOUND) from err
        store = self._current_store()
        read = parse_family(data, source, store.config)
        note, blocks = self._remembered(data, read, record, store)
        facts = PageFacts(source, folder, store.settings.now, records=tuple(records.values()))
        lines = document_lines(facts, read.family, store.config)
        titles = {link.href: _say_title(line) for line in lines for link in line.links}
        return PaperView(
            municipality=store.config.municipality.name,
            unit=store.config.municipality.unit,
            title=titles.get(name) or titles[record.name],
            file=name,
            is_there=name in records and edition_of(store.settings.output, (folder, name)) != NOT_THERE,
            source=source,
            template=f"templates/{record.template}" if record.template else "",
            note=note,
            blocks=blocks,
            others=tuple(
                OtherPaper(file, title) for file, title in titles.items() if file.endswith(".pdf") and file != name
            ),
        )

    def _current_store(self) -> TemplateStore:
        shared = read_shared_inputs(self._workspace, self._clock, writes=False, fallback_config=self._config_text)
        if self._store is None:
            self._store = TemplateStore(shared.settings)
        else:
            self._store.adopt(shared.settings)
        return self._store

    def _remembered(
        self, data: bytes, read: FamilySource, record: Record, store: TemplateStore
    ) -> tuple[str, tuple[LineBlock, ...]]:
        """What was found the last time, if it was the same paper and everything that it comes from is as it was."""
        settings = store.settings
        templates = {name: file.digest for name, file in settings.template_files.items()}
        digests = digest_bytes(data), digest_bytes(settings.config_text.as_bytes())
        asked = (record, *digests, templates, settings.today, settings.answers_digest(record.key.family))
        if self._last is None or self._last[0] != asked:
            self._last = (asked, _find_lines(data, read, record, store, self._may_go_on_for(_MOST_SECONDS)))
        return self._last[1]


def _made_from(records: Mapping[str, Record], name: str) -> Record:
    """What a PDF shows: the Word file of its name, or the plan that others' are bound behind; `Refused` if nothing."""
    word = records.get(f"{name.removesuffix('.pdf')}.docx")
    paper = records.get(name)
    if word is not None or paper is None:
        return word or _refuse()
    plans = (item for item in records.values() if item.key.kind == FAMILIEPLAN.name and item.format is Format.DOCX)
    return next((item for item in plans if item.key.recipient == paper.key.recipient), paper)


def _refuse() -> NoReturn:
    raise Refused(HTTPStatus.NOT_FOUND)


def _find_lines(
    data: bytes, read: FamilySource, record: Record, store: TemplateStore, may_go_on: Callable[[], bool]
) -> tuple[str, tuple[LineBlock, ...]]:
    """What is to be said of the paper, and the lines behind it: behind a translation those of its Danish letter."""

    def show(document: WantedDocument) -> Plain:
        name, _ = store.choose_template(document.template or "", document.variant)
        return store.template(name).narrow(unnumbered_fields(document))

    if read.family is None:
        return _FAULTY, ()
    key = (record.key.family, record.key.kind, record.key.meeting, record.key.recipient)
    kind = find_kind(record.key.kind)
    try:
        outcome = evaluate_file(data, read.source.path, (), store.config, store.settings)
        document = next((item for item in outcome.documents if item.key == key), None)
        if outcome.is_stopped or (document is None and outcome.withheld_by is not None):
            return _FAULTY, ()
        letter = (document.beside if document is not None else None) or key
        traces = PaperTrial(read.source.tree, letter, store.config, store.settings.today, show, may_go_on).find_traces()
        if traces is None or document is None or kind is None:
            return _NOT_WANTED, ()
        shown = show(document)
    except FaultyInput:  # a template that cannot be used
        return _FAULTY, ()
    fields = digest_fields(shown if isinstance(shown, dict) else {"*": shown})
    if document.beside is not None:
        fields = numbered_like(record, fields, document)
    is_outdated = not record.is_final and bool(changed_fields(without_mark(record.fields), fields))
    notes = [_OUTDATED] * is_outdated + [_NOT_TRIED] * (not traces.is_whole)
    return " ".join(notes), gather_blocks(read.source, traces)


def _say_title(line: DocumentLine) -> str:
    """A paper's title with the day of its meeting and whose copy it is."""
    day = f" {short_date(line.meeting_day)}" if line.meeting_day is not None else ""
    return f"{line.title}{day}{f', {line.recipient}' if line.recipient else ''}"
