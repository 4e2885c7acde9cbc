"""PDFs of the Word files that changed, over warm LibreOffice workers, and the plans bound with their attachments.

The same Word file needs no new PDF. Conversions run in as many threads as there are workers; everything that writes
stays in the calling thread. Between two documents somebody may ask to stop: what is left is still stale, and the
next cycle goes on.
"""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from stat import S_ISREG
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.attachments import marked_digest, read_attachment, report_left_out
from hopdocs.cycle.making.failed_conversions import NO_OFFICE
from hopdocs.cycle.tasks import DocumentResult
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.errors import ConverterFault
from hopdocs.freshness.cache_keys import Lookup
from hopdocs.freshness.file_stats import FileStat
from hopdocs.freshness.fingerprint import digest_bytes
from hopdocs.freshness.publish import OutputFault, OutputFolder, read_digest
from hopdocs.freshness.staleness import OPEN_ELSEWHERE, Action, FileState, Format, LeftOut, Reason
from hopdocs.rendering.pdf.bundle import Attachment, bind_plan
from hopdocs.sources.file_sizes import LARGEST_ATTACHMENT_BYTES
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from hopdocs.cycle.making.elsewhere.conversion import Converter
    from hopdocs.cycle.making.failed_conversions import FailedConversions
    from hopdocs.cycle.making.publishing import PublishedFamily, Publisher
    from hopdocs.cycle.tasks import PdfJob
    from hopdocs.rendering.pdf.binder import Binder
    from hopdocs.rendering.pdf.bundle import AttachmentFault

GRACE_SECONDS: Final = 5.0
"""How long what is being converted may go on when somebody asks to stop: longer than any letter takes."""
_LOOK_SECONDS: Final = 0.2
_CHANGED_MEANWHILE: Final = "HD517"
_AHEAD: Final = 2
"""How many documents wait for each worker: enough that none is idle, few enough to stay small."""


@dataclass(frozen=True, slots=True)
class Converted:
    """One PDF that came out, or why none did."""

    published: PublishedFamily
    job: PdfJob
    data: bytes = b""
    fault: ConverterFault | None = None
    left_out: tuple[AttachmentFault, ...] = ()

    @property
    def name(self) -> str:
        """The PDF's name with its folder's."""
        return f"{self.published.product.task.folder}/{self.job.want.name}"

    @property
    def plan(self) -> str:
        """The name of the PDF that it binds, if it binds one."""
        return f"{self.published.product.task.folder}/{self.job.want.plan}"


def convert_families(  # noqa: PLR0913 - what there is to do, with what, and whom to ask and to report to
    families: Iterable[PublishedFamily],
    publisher: Publisher,
    converter: Converter,
    binder: Binder,
    *,
    failures: FailedConversions,
    should_stop: Callable[[], bool],
    report_result: Callable[[DocumentResult, PublishedFamily], None],
) -> dict[str, list[Diagnostic]]:
    """Make every stale PDF, a plan before what it is bound into; returns what went wrong, by family file.

    First those that somebody waits for: what she has just looked at, and the papers of the next meeting.
    """
    todo = list(families)
    faults: dict[str, list[Diagnostic]] = {}
    failed: set[str] = set()
    work = _Conversions(publisher, converter, binder, failures, should_stop)
    jobs = sorted(
        ((item, job) for item in todo for job in item.jobs), key=lambda each: (each[1].want.is_bound, each[1].turn)
    )
    for done in work.convert_all(jobs):
        result = _publish(done, publisher)
        if result.action is Action.MADE and result.record is not None:
            work.made[done.name] = result.record.digest
        unkept = publisher.archive.keep_pdf(done.published.product, result) if publisher.archive is not None else []
        if done.fault is None:
            failures.forget(done.name)
        faults.setdefault(done.published.product.task.path, []).extend([*_faults_of(done, publisher), *unkept])
        if result.action is Action.FAILED or unkept:
            failed.add(done.published.product.task.path)
        report_result(result, done.published)
    is_whole = not (work.is_stopped or should_stop())
    for item in todo:
        path = item.product.task.path
        publisher.settle(item, is_settled=is_whole and item.product.is_settled and path not in failed)
    return faults


class _Conversions:
    """Documents on their way through the converter's workers."""

    def __init__(
        self,
        publisher: Publisher,
        converter: Converter,
        binder: Binder,
        failures: FailedConversions,
        should_stop: Callable[[], bool],
    ) -> None:
        self._publisher = publisher
        self._converter = converter
        self._binder = binder
        self._failures = failures
        self._should_stop = should_stop
        self._no_office: ConverterFault | None = None
        self._unpublished: set[str] = set()
        """What is under way, or was a moment ago."""
        self.made: dict[str, str] = {}
        """By name what each PDF that was published digests to."""
        self.is_stopped = False

    def convert_all(self, jobs: Iterable[tuple[PublishedFamily, PdfJob]]) -> Iterator[Converted]:
        """Each as it is done, until somebody asks to stop; whoever takes it publishes it before the next."""
        running: set[Future[Converted]] = set()
        threads = ThreadPoolExecutor(self._converter.size, thread_name_prefix="pdf")
        try:
            for published, job in jobs:
                waiting = Converted(published, job)
                while job.want.is_bound and waiting.plan in self._unpublished and not self._must_stop():
                    yield from self._collect(running, len(running) - 1)
                if self._must_stop():
                    break
                earlier = self._failures.standing(waiting.name, job.source)
                if earlier is not None and earlier.code == _CHANGED_MEANWHILE and self._is_made_of_new(waiting):
                    earlier = None
                if earlier is None and self._no_office is not None:
                    earlier = self._no_office
                    self._failures.note(waiting.name, job.source, earlier)
                if earlier is not None:
                    yield replace(waiting, fault=earlier)
                    continue
                self._unpublished.add(waiting.name)
                running.add(threads.submit(self._convert, waiting))
                yield from self._collect(running, self._converter.size * _AHEAD - 1)
            yield from self._collect(running, 0)
            yield from self._end(running)
        except BaseException:
            self._converter.interrupt()  # so that no thread waits for a document that nobody wants any more
            self._binder.interrupt()
            raise
        finally:
            threads.shutdown(wait=True, cancel_futures=True)

    def _must_stop(self) -> bool:
        self.is_stopped = self.is_stopped or self._should_stop()
        return self.is_stopped

    def _collect(self, running: set[Future[Converted]], most: int) -> Iterator[Converted]:
        """What is done, until no more than so many are under way, or somebody asks to stop."""
        while len(running) > most and not self._must_stop():
            done, _ = wait(running, _LOOK_SECONDS, FIRST_COMPLETED)
            running -= done
            for item in done:
                yield self._take(item.result())
                self._unpublished.discard(item.result().name)

    def _end(self, running: set[Future[Converted]]) -> Iterator[Converted]:
        """Somebody waits: what has not begun is left, and what does not come to an end soon is broken off."""
        running -= {item for item in running if item.cancel()}
        done, late = wait(running, GRACE_SECONDS)
        for item in done:
            yield self._take(item.result())
        if late:
            self._converter.interrupt()
            self._binder.interrupt()
            for item in wait(late).done:
                result = self._take(item.result(), is_broken_off=True)
                if result.fault is None:
                    yield result

    def _take(self, done: Converted, *, is_broken_off: bool = False) -> Converted:
        if done.fault is not None:
            self._failures.note(done.name, done.job.source, done.fault, is_broken_off=is_broken_off)
            if done.fault.code in NO_OFFICE:
                self._no_office = done.fault
        return done

    def _convert(self, waiting: Converted) -> Converted:
        publisher, published, want = self._publisher, waiting.published, waiting.job.want
        folder = publisher.settings.output / published.product.task.folder
        try:
            if not want.is_bound:
                word = read_source(folder / want.word_file, LARGEST_ATTACHMENT_BYTES)
                if _is_another(word, folder / want.word_file, published):
                    return replace(waiting, fault=ConverterFault(_CHANGED_MEANWHILE, name=want.name))
                return replace(waiting, data=self._converter.convert(word, want.title))
            plan = read_source(publisher.settings.output / waiting.plan, LARGEST_ATTACHMENT_BYTES)
            if digest_bytes(plan) != self._find_plan(waiting):
                return replace(waiting, fault=ConverterFault(_CHANGED_MEANWHILE, name=want.name))
            own = publisher.settings.workspace.attachments(published.product.task.path)
            attachments = [
                Attachment(file, read_attachment(own, file), title)
                for file, title in want.attachments
                if marked_digest(published.product.lookups.get(Lookup.ATTACHMENT.key(file), ""))
            ]
            bound = bind_plan(plan, attachments, title=want.title, binder=self._binder)
            return replace(waiting, data=bound.data, left_out=bound.faults)
        except ConverterFault as fault:
            return replace(waiting, fault=fault)
        except (OSError, UnreadableFile):  # gone or changed meanwhile: the next cycle sees it
            return replace(waiting, fault=ConverterFault(_CHANGED_MEANWHILE, name=want.name))

    def _is_made_of_new(self, waiting: Converted) -> bool:
        """Whether what it is made of was made a moment ago: then it is there, whatever was missing before."""
        word = waiting.job.want.word_file
        made = any(item.name == word and item.action is Action.MADE for item in waiting.published.results)
        return made or waiting.plan in self.made

    def _find_plan(self, waiting: Converted) -> str:
        """What the PDF of a plan digests to; '' if the one that should stand there now could not be made."""
        published, name = waiting.published, waiting.job.want.plan
        record = published.product.task.records.get(name)
        if record is None or any(job.want.name == name for job in published.jobs):
            return self.made.get(waiting.plan, "")
        return record.digest


def _is_another(word: bytes, path: Path, published: PublishedFamily) -> bool:
    """Whether somebody has saved over what is ours since it was made or seen: its PDF would be taken for that of ours.

    What she had changed before and is left so, since it is final or frozen, gets a PDF of its own.
    """
    item = next(item for item in published.results if item.name == path.name)
    if item.record is None or item.record.digest == digest_bytes(word):
        return False
    was_left = item.action is not Action.MADE and item.reason != OPEN_ELSEWHERE
    return not was_left or FileStat.of(path.stat()) != published.standing.get(path.name)


def _publish(done: Converted, publisher: Publisher) -> DocumentResult:
    job, task = done.job, done.published.product.task
    known = task.records.get(job.want.name)
    base = DocumentResult(
        job.want.key,
        Format.PDF,
        job.want.name,
        Action.FAILED,
        job.reason,
        known,
        file_state=_look_again(done, publisher),
    )
    if done.fault is not None:
        return replace(base, reason=Reason("HD564", {"code": done.fault.code}))
    word = next(item.record for item in done.published.results if item.name == job.want.word_file and item.record)
    record = replace(
        word,
        key=job.want.key,
        format=Format.PDF,
        name=job.want.name,
        title=job.want.title,
        software=publisher.engine,
        digest=digest_bytes(done.data),
        source=job.source,
        reason=job.reason,
        left_out=_left_out(done),
        made_at=publisher.settings.now.isoformat(),
    )
    try:
        with OutputFolder(publisher.settings.output / task.folder, publisher.settings.access) as folder:
            staged = folder.stage(job.want.name, done.data)
    except OutputFault as fault:
        return replace(base, reason=Reason("HD564", {"code": fault.code}), is_to_be_retried=True)
    return publisher.publish_file(task, replace(base, action=Action.MADE, record=record, staged=staged))


def _look_again(done: Converted, publisher: Publisher) -> FileState:
    """What stands in its place now: while it was being made, somebody may have saved something there."""
    job, task = done.job, done.published.product.task
    path = publisher.settings.output / task.folder / job.want.name
    try:
        found = path.lstat()
    except OSError:
        return job.file_state
    if FileStat.of(found) == done.published.standing.get(job.want.name) or not S_ISREG(found.st_mode):
        return job.file_state
    known = task.records.get(job.want.name)
    is_ours = known is not None and read_digest(path) == known.digest
    return FileState.OURS if is_ours else FileState.BY_HAND


def _left_out(done: Converted) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(item.name, item.code, item.params) for item in done.left_out)


def _faults_of(done: Converted, publisher: Publisher) -> list[Diagnostic]:
    task = done.published.product.task
    place = f"{publisher.settings.output.name}/{task.folder}/{done.job.want.name}"
    found = report_left_out(done.published.product, _left_out(done))
    if done.fault is not None:
        found.append(Diagnostic(place, 0, 0, done.fault.code, done.fault.params, Severity.ERROR, Blocks.NOTHING))
    return found
