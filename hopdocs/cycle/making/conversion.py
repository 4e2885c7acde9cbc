"""PDFs of the Word files that changed, over warm LibreOffice workers, and the plans bound with their attachments.

The same Word file needs no new PDF. Conversions run in as many threads as there are workers; everything that writes
stays in the calling thread. Between two documents somebody may ask to stop: what is left is still stale, and the
next cycle goes on.
"""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.making.publishing import report_left_out
from hopdocs.cycle.tasks import DocumentResult
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.errors import ConverterFault
from hopdocs.freshness.cache_keys import Lookup
from hopdocs.freshness.fingerprint import digest_bytes
from hopdocs.freshness.publish import OutputFault, OutputFolder
from hopdocs.freshness.staleness import Action, Format, LeftOut, Reason
from hopdocs.rendering.pdf.bundle import Attachment, bind_plan
from hopdocs.sources.file_sizes import LARGEST_ATTACHMENT_BYTES
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from hopdocs.cycle.making.publishing import PdfJob, PublishedFamily, Publisher
    from hopdocs.rendering.pdf.bundle import AttachmentFault
    from hopdocs.rendering.pdf.worker_pool import PdfConverter

PATIENCE: Final = timedelta(minutes=15)
_AHEAD: Final = 2
"""How many documents wait for each worker: enough that none is idle, few enough to stay small."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A conversion that failed. The same Word file (`source`, its digest) waits for `PATIENCE` before another try."""

    source: str
    at: datetime
    fault: ConverterFault


@dataclass(frozen=True, slots=True)
class Converted:
    """One PDF that came out, or why none did."""

    published: PublishedFamily
    job: PdfJob
    data: bytes = b""
    fault: ConverterFault | None = None
    left_out: tuple[AttachmentFault, ...] = ()


def convert_families(  # noqa: PLR0913 - what there is to do, with what, and whom to ask and to report to
    families: Iterable[PublishedFamily],
    publisher: Publisher,
    converter: PdfConverter,
    *,
    failures: dict[str, Failure],
    should_stop: Callable[[], bool],
    report_result: Callable[[DocumentResult, PublishedFamily], None],
) -> dict[str, list[Diagnostic]]:
    """Make every stale PDF, plain ones before those that bind them; returns what went wrong, by family file."""
    todo = list(families)
    faults: dict[str, list[Diagnostic]] = {}
    failed: set[str] = set()
    for is_bound in (False, True):
        jobs = ((item, job) for item in todo for job in item.jobs if job.want.is_bound is is_bound)
        for done in _convert_all(jobs, publisher, converter, failures, should_stop):
            result = _publish(done, publisher)
            unkept = publisher.archive.keep_pdf(done.published.product, result) if publisher.archive is not None else []
            name = f"{done.published.product.task.folder}/{done.job.want.name}"
            if done.fault is None:
                failures.pop(name, None)
            elif name not in failures or failures[name].fault is not done.fault:
                failures[name] = Failure(done.job.source, publisher.settings.now, done.fault)
            faults.setdefault(done.published.product.task.path, []).extend([*_faults_of(done, publisher), *unkept])
            if result.action is Action.FAILED or unkept:
                failed.add(done.published.product.task.path)
            report_result(result, done.published)
    is_whole = not should_stop()
    for item in todo:
        path = item.product.task.path
        publisher.settle(item, is_settled=is_whole and item.product.is_settled and path not in failed)
    return faults


def _convert_all(
    jobs: Iterator[tuple[PublishedFamily, PdfJob]],
    publisher: Publisher,
    converter: PdfConverter,
    failures: dict[str, Failure],
    should_stop: Callable[[], bool],
) -> Iterator[Converted]:
    running: set[Future[Converted]] = set()
    threads = ThreadPoolExecutor(converter.size, thread_name_prefix="pdf")
    try:
        for published, job in jobs:
            if should_stop():
                break
            earlier = failures.get(f"{published.product.task.folder}/{job.want.name}")
            if earlier and earlier.source == job.source and publisher.settings.now < earlier.at + PATIENCE:
                yield Converted(published, job, fault=earlier.fault)
                continue
            running.add(threads.submit(_convert, published, job, publisher, converter))
            while len(running) >= converter.size * _AHEAD:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (item.result() for item in done)
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (item.result() for item in done)
    except BaseException:
        converter.close()  # so that no thread waits for a document that nobody wants any more
        raise
    finally:
        threads.shutdown(wait=True, cancel_futures=True)


def _convert(published: PublishedFamily, job: PdfJob, publisher: Publisher, converter: PdfConverter) -> Converted:
    folder = publisher.settings.output / published.product.task.folder
    want = job.want
    try:
        if not want.is_bound:
            word = read_source(folder / want.word_file, LARGEST_ATTACHMENT_BYTES)
            return Converted(published, job, converter.convert(word, want.title))
        plan = read_source(folder / f"{want.word_file.removesuffix('.docx')}.pdf", LARGEST_ATTACHMENT_BYTES)
        own = publisher.settings.workspace.attachments(published.product.task.path)
        attachments = [
            Attachment(file, read_source(own / file, LARGEST_ATTACHMENT_BYTES), title)
            for file, title in want.attachments
            if published.product.lookups.get(Lookup.ATTACHMENT.key(file))
        ]
        bound = bind_plan(plan, attachments, title=want.title)
        return Converted(published, job, bound.data, left_out=bound.faults)
    except ConverterFault as fault:
        return Converted(published, job, fault=fault)
    except (FileNotFoundError, UnreadableFile):  # gone or changed meanwhile: the next cycle sees it
        return Converted(published, job, fault=ConverterFault("HD517", name=want.name))


def _publish(done: Converted, publisher: Publisher) -> DocumentResult:
    job, task = done.job, done.published.product.task
    known = task.records.get(job.want.name)
    base = DocumentResult(
        job.want.key, Format.PDF, job.want.name, Action.FAILED, job.reason, known, file_state=job.file_state
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


def _left_out(done: Converted) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(item.name, item.code, item.params) for item in done.left_out)


def _faults_of(done: Converted, publisher: Publisher) -> list[Diagnostic]:
    task = done.published.product.task
    place = f"{publisher.settings.output.name}/{task.folder}/{done.job.want.name}"
    found = report_left_out(done.published.product, _left_out(done))
    if done.fault is not None:
        found.append(Diagnostic(place, 0, 0, done.fault.code, done.fault.params, Severity.ERROR, Blocks.NOTHING))
    return found
