"""Puts what was produced in its place: records what is coming, swaps the files, removes what must go, remembers.

The order makes a crash harmless at any point: versions and digests are in the ledger before a file takes its name, and
the cache, which says that nothing is left to do, comes last, when the new names are safe on the disk.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.attachments import marked_digest, report_left_out
from hopdocs.cycle.making.file_state import find_file_state
from hopdocs.cycle.making.output_check import PAGE
from hopdocs.cycle.tasks import DocumentResult, PdfJob
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.errors import LedgerFault
from hopdocs.freshness.cache_keys import Lookup, MetaKey
from hopdocs.freshness.fingerprint import digest_bytes, digest_plain
from hopdocs.freshness.laid_ready import FOLDER, keep_only, lay_files, take_back
from hopdocs.freshness.publish import (
    FolderListing,
    OutputFault,
    OutputFolder,
    list_folder,
    publish_page,
    sweep_folder,
    sync_names,
)
from hopdocs.freshness.signatures import Signature
from hopdocs.freshness.staleness import WORD_FILE_CHANGED, Action, FileState, Format, Reason, why_pdf_stale

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from hopdocs.cycle.making.kept.archive import Archive
    from hopdocs.cycle.tasks import FamilyProduct, FamilyTask, PdfWant, Settings
    from hopdocs.freshness.cache import Cache
    from hopdocs.freshness.cache_keys import LookupKey
    from hopdocs.freshness.file_stats import FileStat
    from hopdocs.freshness.fingerprint import Digest
    from hopdocs.freshness.versions import VersionBook


LOOKED_AT: Final = timedelta(minutes=15)
"""For how long after somebody has opened a PDF it is taken to be on a screen."""


@dataclass(frozen=True, slots=True)
class PublishedFamily:
    """One family after its Word files stand: what was done, and which PDFs are still to be made."""

    product: FamilyProduct
    results: tuple[DocumentResult, ...]
    jobs: tuple[PdfJob, ...]
    signature: Signature
    is_waiting: bool = False
    """Whether something of it is left for later, whatever comes of its PDFs."""
    standing: Mapping[str, FileStat] = field(default_factory=dict)
    """What stood in its folder when its PDFs began to be made."""

    def without_data(self) -> PublishedFamily:
        """The same without the family's text: what the PDFs need of it is small."""
        return replace(
            self, product=replace(self.product, task=replace(self.product.task, data=b"", made_of=b"", ours={}))
        )


@dataclass(slots=True)
class Publisher:
    """The one that writes into the output folder, and beside it into the ledger's tables and the cache.

    `book` and `cache` are None on a dry run, which writes nothing. `engine` is the converter's version.
    """

    settings: Settings
    shared: Digest
    footing: str
    engine: str
    book: VersionBook | None
    cache: Cache | None
    archive: Archive | None = None
    faults: list[Diagnostic] = field(default_factory=list)
    _placed: dict[tuple[str, str], FileStat] = field(default_factory=dict)
    """By folder and name each PDF's entry as it took its place."""

    def publish(self, products: Sequence[FamilyProduct]) -> list[PublishedFamily]:
        """Publish some families' Word files, with one transaction each in ledger and cache."""
        if self.book is not None:
            with self._swept_on_failure(product.task.folder for product in products):
                if self.archive is not None:
                    products = [self.archive.keep_standing(item) if item.handed_over else item for item in products]
                    self.archive.keep_learned(products)
                self._record_outputs(products)
        published = [self._publish_family(product) for product in products]
        if self.settings.writes:
            moved = [item for item in published if _moves_files(item.product.results)]
            self._make_last({item.product.task.folder: item.results for item in moved})
        if self.cache is not None:
            with self.cache.transaction():
                for item in published:
                    self._remember(item)
                self._remember_ledger(self.cache)
        return published

    def publish_file(self, task: FamilyTask, result: DocumentResult) -> DocumentResult:
        """Publish one file that was made later: a PDF."""
        if self.book is not None and result.record is not None:
            with self._swept_on_failure([task.folder]):
                self.book.record_outputs({}, {task.folder: {result.name: result.record.digest}}, self.settings.today)
        [settled] = self._act(task, [result])
        self._make_last({task.folder: [settled]})
        if self.cache is not None and settled.record is not None and settled.action is Action.MADE:
            self.cache.keep_records(task.path, [settled.record])
        return settled

    def settle(self, published: PublishedFamily, *, is_settled: bool) -> None:
        """After a family's PDFs: remember its signature, by which it is recognised next time.

        Of its PDFs what took its place, of all else what stood before: what somebody has saved meanwhile is not ours.
        """
        if self.cache is not None:
            task, pdfs = published.product.task, {job.want.name for job in published.jobs}
            now = {name: stat for name, stat in self._file_stats(task, pdfs).items() if name not in pdfs}
            before = {name: stat for name, stat in published.signature.file_stats.items() if name not in pdfs}
            placed = {name: self._placed.pop((task.folder, name), None) for name in pdfs}
            file_stats = now | before | {name: stat for name, stat in placed.items() if stat is not None}
            is_settled = is_settled and not published.is_waiting
            signature = replace(published.signature, file_stats=file_stats, is_settled=is_settled)
            self.cache.keep_signature(published.product.task.path, signature)

    def remove_family(self, path: str, folder: str, results: Sequence[DocumentResult]) -> list[DocumentResult]:
        """Remove what was made of a family whose file is gone, its page, and its folder once it is empty.

        What is kept of it is no longer the cache's to know.
        """
        if not self.settings.writes:
            return list(results)
        target = self.settings.output / folder
        done = list(self._act_in(folder, results)) if target.is_dir() else list(results)
        self._make_last({folder: done})
        if all(item.action is not Action.FAILED for item in done):
            with contextlib.suppress(OSError, OutputFault):
                keep_only(self.settings.output, folder, ())  # with what of it lies among the paper of all
                lay_files(target / FOLDER, {}, self.settings.access)
                (target / PAGE).unlink(missing_ok=True)
                target.rmdir()
            if self.book is not None:
                self.book.forget_outputs(folder, [item.name for item in done if item.action is Action.REMOVED])
            if self.cache is not None:
                self.cache.drop_family(path)
        return done

    @contextlib.contextmanager
    def _swept_on_failure(self, folders: Iterable[str]) -> Iterator[None]:
        """If the ledger refuses, perhaps for want of room, what waits for its place takes up none."""
        try:
            yield
        except LedgerFault:
            for folder in folders:
                sweep_folder(self.settings.output / folder)
            raise

    def _record_outputs(self, products: Sequence[FamilyProduct]) -> None:
        assert self.book is not None  # noqa: S101 - asked by the caller
        made = [(product, item) for product in products for item in product.results if item.version is not None]
        outputs: dict[str, dict[str, str]] = {}
        for product, item in made:
            if item.record is not None:
                outputs.setdefault(product.task.folder, {})[item.name] = item.record.digest
        if made:
            versions = {item.key: item.version for _, item in made if item.version is not None}
            self.book.record_outputs(versions, outputs, self.settings.today)

    def _remember_ledger(self, cache: Cache) -> None:
        """Which ledger these documents' versions are from: one that is set back is seen by it."""
        stand = self.book.stand() if self.book is not None else None
        if stand is not None:
            cache.set_meta(MetaKey.LEDGER, json.dumps({"footing": self.footing, **asdict(stand)}))

    def _publish_family(self, product: FamilyProduct) -> PublishedFamily:
        task = product.task
        results = self._act(task, product.results) if self.settings.writes else list(product.results)
        if self.settings.writes and product.page:
            self._publish_page(task.folder, product.page)
        if product.handed_over and self.archive is not None:
            product = self.archive.keep_made(product, results)
        jobs, left_out, waiting = self._find_jobs(product, results)
        jobs = self._take_away_stale(task, jobs) if self.settings.writes else jobs
        jobs = [job for job in jobs if job.want.plan not in waiting] if self.settings.makes_pdf else []
        product = replace(product, faults=(*product.faults, *left_out))
        is_waiting = bool(waiting) or any(item.is_to_be_retried for item in results)
        made = {item.name for item in results if item.action is Action.MADE}
        signature = Signature(
            digest=task.digest,
            config=task.config_digest,
            shared=self.shared,
            lookups=product.lookups,
            file_stats=self._file_stats(task, made) if self.settings.writes else {},
            is_settled=product.is_settled and not (is_waiting or jobs),
            notices=digest_plain(product.outcome.notices.as_json()) if product.outcome.notices else "",
            twins=task.twins,
        )
        standing = self._list(task.folder).file_stats if jobs else {}
        return PublishedFamily(product, tuple(results), tuple(jobs), signature, is_waiting, standing)

    def _act(self, task: FamilyTask, results: Sequence[DocumentResult]) -> list[DocumentResult]:
        return self._act_in(task.folder, results) if _moves_files(results) else list(results)

    def _act_in(self, folder: str, results: Sequence[DocumentResult]) -> list[DocumentResult]:
        done: list[DocumentResult] = []
        try:
            with OutputFolder(self.settings.output / folder, self.settings.access) as opened:
                for item in results:
                    try:
                        done.append(self._act_on(opened, folder, item))
                    except OutputFault as fault:
                        self._add_fault(folder, item.name, fault.code, fault.params, Severity.ERROR)
                        done.append(_failed(item, fault))
        except OutputFault as fault:  # the folder itself: replaced by a file or a link since it was written in
            self._add_fault(folder, "", fault.code, fault.params, Severity.ERROR)
            if not (self.settings.output / folder).is_symlink():
                sweep_folder(self.settings.output / folder)  # what waits in it for its place will not be looked for
            done = [_failed(item, fault) if _moves_files([item]) else item for item in results]
        self._take_back(folder, done)
        return done

    def _take_back(self, folder: str, done: Iterable[DocumentResult]) -> None:
        """What was laid ready for the family as these papers were before may not leave any more."""
        stems = {item.name.rpartition(".")[0] for item in done if item.action in (Action.MADE, Action.REMOVED)}
        try:
            take_back(self.settings.output, folder, stems)
        except OutputFault as fault:
            self._add_fault(folder, FOLDER, fault.code, fault.params, Severity.ERROR)

    def _make_last(self, moved: Mapping[str, Sequence[DocumentResult]]) -> None:
        """By folder what was done in it: its names are made safe, then what is gone is no longer ours to look for."""
        sync_names(self.settings.output, list(moved))
        for folder, results in moved.items():
            removed = [item.name for item in results if item.action is Action.REMOVED]
            if removed and self.book is not None:
                self.book.forget_outputs(folder, removed)

    def _act_on(self, opened: OutputFolder, folder: str, item: DocumentResult) -> DocumentResult:
        aside = ""
        replaces = item.staged is not None or item.action is Action.REMOVED
        if replaces and item.file_state is FileState.BY_HAND:
            aside = opened.keep_aside(item.name)
            self._add_fault(folder, item.name, "HD534", {"aside": aside}, Severity.WARNING)
        if item.action is Action.REMOVED:
            opened.remove(item.name)
            return item
        if item.staged is None:
            return item
        file_stat = opened.put_in_place(item.staged)
        if item.format is Format.PDF:
            self._placed[folder, item.name] = file_stat
        if not aside or item.reason.code != "HD556":
            return replace(item, staged=None)
        reason = Reason("HD556", {"aside": aside})
        return replace(
            item, reason=reason, record=replace(item.record, reason=reason) if item.record else None, staged=None
        )

    def _publish_page(self, folder: str, page: bytes) -> None:
        try:
            publish_page(self.settings.output / folder / PAGE, page, self.settings.access)
        except OutputFault as fault:
            self._add_fault(folder, PAGE, fault.code, fault.params, Severity.ERROR)

    def _find_jobs(
        self, product: FamilyProduct, results: Sequence[DocumentResult]
    ) -> tuple[list[PdfJob], list[Diagnostic], set[str]]:
        """The PDFs that are not those of the Word files as they stand now, and what is missing from those that are.

        At last, the names of those that are left for later because somebody has them open.
        """
        if not product.pdfs:
            return [], [], set()
        task = product.task
        listing = self._list(task.folder)
        words = {item.name: item.record.digest for item in results if item.record is not None}
        failed = {item.name for item in results if item.action is Action.FAILED}
        jobs: list[PdfJob] = []
        left_out: list[Diagnostic] = []
        waiting: set[str] = set()
        for want in product.pdfs:
            if want.word_file not in words or want.word_file in failed:
                continue
            record = task.records.get(want.name)
            source = _source_of(want, words[want.word_file], product.lookups)
            is_looked_at = listing.was_opened_since(want.name, self.settings.now - LOOKED_AT)
            file_state = find_file_state(listing, want.name, task, record)  # which may have to read it
            stale = why_pdf_stale(source, record, file_state, self.engine, is_final=want.is_final)
            if stale is not None and listing.is_open_elsewhere(want.name):
                waiting.add(want.name)
            elif stale is not None:
                jobs.append(PdfJob(want, source, stale, file_state, is_looked_at))
            elif record is not None:
                left_out += report_left_out(product, record.left_out)
        return jobs, left_out, waiting

    def _take_away_stale(self, task: FamilyTask, jobs: Sequence[PdfJob]) -> list[PdfJob]:
        """No PDF stands beside a Word file that says something else, however long it takes until it is made again."""
        stale = {
            job.want.name: DocumentResult(
                job.want.key, Format.PDF, job.want.name, Action.REMOVED, job.reason, file_state=job.file_state
            )
            for job in jobs
            if job.reason == WORD_FILE_CHANGED and job.file_state is not FileState.MISSING
        }
        if not stale:
            return list(jobs)
        done = self._act_in(task.folder, list(stale.values()))
        gone = {item.name for item in done if item.action is Action.REMOVED}
        return [replace(job, file_state=FileState.MISSING) if job.want.name in gone else job for job in jobs]

    def _remember(self, published: PublishedFamily) -> None:
        assert self.cache is not None  # noqa: S101 - asked by the caller
        product = published.product
        path = product.task.path
        self.cache.keep_family(path, product.outcome.family_id, published.signature, product.as_json())
        self.cache.keep_records(
            path,
            [
                item.record
                for item in published.results
                if item.record is not None
                and (
                    item.action in (Action.MADE, Action.KEPT)
                    or (item.action is Action.FAILED and not item.record.whole)
                )
            ],
        )
        self.cache.drop_records(path, [item.name for item in published.results if item.action is Action.REMOVED])

    def _file_stats(self, task: FamilyTask, made: Container[str] = ()) -> dict[str, FileStat]:
        """The directory entries of everything of ours in the family's folder, and of what was kept aside there.

        What stands in a paper's place and is not as we made it is no paper of ours, whatever let it stand there. What
        was `made` a moment ago is not read for that: to be read makes a PDF one that somebody looks at.
        """
        listing = self._list(task.folder)
        ours = self.book.outputs(task.folder) if self.book is not None else {}
        told = listing.asides()  # once a person deletes one that was told of, the family is looked at again
        known = task.known.file_stats if task.known is not None else {}
        return {
            name: file_stat
            for name, file_stat in listing.file_stats.items()
            if name in told
            or (name in ours and (name in made or known.get(name) == file_stat or listing.digest(name) in ours[name]))
        }

    def _list(self, folder: str) -> FolderListing:
        """What stands in a family's folder. One that cannot be read counts as empty: writing into it reports why."""
        path = self.settings.output / folder
        try:
            return list_folder(path)
        except OutputFault:
            return FolderListing(path, {})

    def _add_fault(self, folder: str, name: str, code: str, params: Mapping[str, str], severity: Severity) -> None:
        place = f"{self.settings.output.name}/{folder}/{name}"
        self.faults.append(Diagnostic(place, 0, 0, code, params, severity, Blocks.NOTHING))


def _failed(item: DocumentResult, fault: OutputFault) -> DocumentResult:
    reason = Reason("HD564", {"code": fault.code})
    return replace(item, action=Action.FAILED, reason=reason, staged=None, is_to_be_retried=True)


def _moves_files(results: Iterable[DocumentResult]) -> bool:
    return any(item.staged is not None or item.action is Action.REMOVED for item in results)


def _source_of(want: PdfWant, word_digest: str, lookups: Mapping[LookupKey, str]) -> Digest:
    """What a PDF shows: its Word file's digest, and for a bound one those of its attachments with their titles."""
    if not want.is_bound:
        return digest_bytes(word_digest.encode())
    marks = [(file, title, lookups.get(Lookup.ATTACHMENT.key(file), "")) for file, title in want.attachments]
    attachments = [[file, title, marked_digest(mark)] for file, title, mark in marks]
    return digest_plain([word_digest, want.title, attachments])
