"""What each step of the service takes, for the simulation: `python -m bench.service_times` measures and writes it down.

Seconds are those of the processor, and for the owner those for which it waits for its disk beside: what a busy machine
makes anybody wait for the processor is left out (`/proc/thread-self/schedstat`), so that a measurement on one says the
same.
"""

from __future__ import annotations

import copy
import json
import os
import sys
import tempfile
import time
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final, Self

from bench.cluster_parts import make_certificates, running_cluster
from bench.machine import describe_machine
from bench.memory import descendants
from bench.samples import TODAY
from bench.workspaces import Standing, write_workspace
from hopdocs.cluster.connection import connect_cluster
from hopdocs.cycle.making.elsewhere.identity import identify
from hopdocs.cycle.making.elsewhere.place import Elsewhere
from hopdocs.cycle.making.elsewhere.sealed import Answer, Sealed, Word
from hopdocs.cycle.making.elsewhere.work import BENCH, convert_document, make_families
from hopdocs.cycle.run import CycleOptions, run_cycle
from hopdocs.cycle.session import Session
from hopdocs.package_data import shipped_path
from hopdocs.rendering.pdf.worker_pool import PdfConverter
from hopdocs.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

WRITTEN: Final = Path(__file__).with_name("service_times.json")
FAMILIES: Final = 48
EVERY: Final = 3
"""Of the sample families' documents every so many is converted, twice; the second time counts."""
TASKS: Final = 200
TASK_BYTES: Final = 80_000
EDITS: Final = {
    "a meeting is moved": ('date: 2026-11-24\n    start: "10.00"', 'date: 2026-11-24\n    start: "10.30"'),
    "the case number is corrected": ('"26-012345"', '"26-012346"'),
    "a line of the plan is corrected": ("Sami er glad for idræt.", "Sami er meget glad for idræt."),
    "somebody's name is corrected": ("name: Lina Zamirandi", "name: Lina Zamirani"),
}
_TICKS: Final = os.sysconf("SC_CLK_TCK")


class Stopwatch:
    """What one thread took: the processor's time and its waits for anything else but the processor."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __enter__(self) -> Self:
        self._begun = self._now()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds += self._now() - self._begun

    @staticmethod
    def _now() -> float:
        _, queued, _ = Path("/proc/thread-self/schedstat").read_text("ascii").split()
        return time.perf_counter() - int(queued) / 1e9


def worked(processes: list[int]) -> float:
    """Processor time of some processes, in seconds."""
    found = 0.0
    for process in processes:
        fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
        found += sum(map(int, fields[11:13])) / _TICKS
    return found


class Clock:
    """The day that the sample families are written for."""

    def now(self) -> datetime:
        """Nine o'clock."""
        return datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)

    def monotonic(self) -> float:
        """For waits alone."""
        return time.monotonic()


class Measured(Executor):
    """Makes Word files at once, and knows how long each took; as a PDF it gives always the same."""

    def __init__(self) -> None:
        self.word_seconds: list[float] = []
        self.pdfs = 0
        self._pdf = b"%PDF-1.7\n" + os.urandom(60_000) + b"\n%%EOF\n"

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        """At once."""
        future: Future[Any] = Future()
        if fn is convert_document:
            self.pdfs += 1
            future.set_result(Answer.of(Word.DONE, self._pdf))
            return future
        assert fn is make_families  # noqa: S101 - there is nothing else

        begun = time.thread_time()
        answer = fn(*args)
        if answer.word is Word.DONE:
            self.word_seconds.append(time.thread_time() - begun)
        future.set_result(answer)
        return future


def measure_owner(folder: Path) -> dict[str, Any]:
    """Seconds a family on a worker and at its owner, and a PDF at its owner."""
    _write(folder, FAMILIES)
    identity = identify(None)
    executor = Measured()
    far = Elsewhere(executor, lambda: 2, words=identity, pdf=replace(identity, office="x", probe="x"))
    marks: dict[str, Stopwatch] = {"whole": Stopwatch()}
    workspace = open_workspace(folder)
    with Session(workspace, Clock(), elsewhere=far) as session, marks["whole"]:
        report = run_cycle(workspace, Clock(), CycleOptions(jobs=1), session)
    BENCH.forget()
    files = sum(1 for _ in (folder / "out").rglob("*.docx"))
    words = sum(executor.word_seconds)
    shares = {name: report.seconds[name] for name in ("documents", "pdf")}
    own = marks["whole"].seconds - words
    in_words = own * max(shares["documents"] - words, 0) / max(sum(shares.values()) - words, 1e-9)
    return {
        "families": FAMILIES,
        "word_files": files,
        "worker_seconds_a_family": words / FAMILIES,
        "owner_seconds_a_family": in_words / FAMILIES,
        "owner_seconds_a_pdf": (own - in_words) / executor.pdfs,
    }


def measure_pdfs(folder: Path) -> list[float]:
    """Processor seconds of LibreOffice and its driver for each of the sample families' documents."""
    _write_samples(folder)
    workspace = open_workspace(folder)
    run_cycle(workspace, Clock(), CycleOptions(jobs=1))
    found = []
    with PdfConverter(workers=1) as converter:
        converter.warm_up()
        processes = [item for item in descendants(os.getpid()) if item != os.getpid()]
        for path in sorted((folder / "out").rglob("*.docx"))[::EVERY]:
            data = path.read_bytes()
            converter.convert(data, "Brev")
            processes = [item for item in descendants(os.getpid()) if item != os.getpid()]
            begun, own = worked(processes), time.process_time()
            converter.convert(data, "Brev")
            found.append(worked(processes) - begun + time.process_time() - own)
    return found


def measure_edits(folder: Path) -> dict[str, int]:
    """By edit: how many PDFs are made anew."""
    _write_samples(folder)
    workspace = open_workspace(folder)
    executor = Measured()
    identity = identify(None)
    far = Elsewhere(executor, lambda: 2, words=identity, pdf=replace(identity, office="x", probe="x"))
    file = folder / "families" / "hop-2026-007.yaml"
    text = file.read_text("utf-8")
    made = {}
    with Session(workspace, Clock(), elsewhere=far) as session:
        run_cycle(workspace, Clock(), CycleOptions(jobs=1), session)
        for name, (old, new) in EDITS.items():
            before = executor.pdfs
            if old not in text:
                raise ValueError(f"the sample family has no {old!r}")
            file.write_text(text.replace(old, new), "utf-8")
            run_cycle(workspace, Clock(), CycleOptions(jobs=1), session)
            made[name] = executor.pdfs - before
            file.write_text(text, "utf-8")
            run_cycle(workspace, Clock(), CycleOptions(jobs=1), session)
    return made


def measure_line(folder: Path) -> dict[str, float]:
    """Of a piece of work that does nothing: processor seconds of scheduler, worker and owner, and the way and back."""
    with running_cluster(make_certificates(folder / "certificates"), 1) as parts:
        connected = connect_cluster(parts.address, parts.certificates, makes_pdf=False)
        with connected as far:
            payload = Sealed(os.urandom(TASK_BYTES))

            def ask() -> float:
                begun = time.perf_counter()
                asked = far.submit(copy.copy, payload)
                if asked is None:
                    raise ValueError("the cluster takes nothing")
                asked.future.result(60)
                return time.perf_counter() - begun

            for _ in range(20):
                ask()
            hub, worker = parts.scheduler.process.pid, parts.workers[0].process.pid
            begun = worked([hub]), worked([worker]), time.process_time()
            trips = [ask() for _ in range(TASKS)]
            ended = worked([hub]), worked([worker]), time.process_time()
    hub_seconds, worker_seconds, owner_seconds = (
        (last - first) / TASKS for first, last in zip(begun, ended, strict=True)
    )
    return {
        "scheduler_seconds": hub_seconds,
        "worker_seconds": worker_seconds,
        "owner_seconds": owner_seconds,
        "trip_seconds": median(trips),
    }


def _write(folder: Path, count: int) -> None:
    write_workspace(folder, count, Standing(in_course=count // 4))
    _with_pdf(folder)


def _write_samples(folder: Path) -> None:
    folder.mkdir()
    (folder / "families").mkdir()
    (folder / "config.yaml").write_bytes(shipped_path("config.yaml").read_bytes())
    for path in shipped_path("families").glob("*.yaml"):
        (folder / "families" / path.name).write_bytes(path.read_bytes())


def _with_pdf(folder: Path) -> None:
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("  pdf: none", "  pdf: auto"), "utf-8")


def main() -> None:
    """All of it, written down beside this program."""
    with tempfile.TemporaryDirectory(prefix="hopdocs-bench-") as name:
        home = Path(name)
        pdfs = [round(item, 3) for item in sorted(measure_pdfs(home / "pdfs"))]
        found = {
            "machine": describe_machine().splitlines(),
            "line": measure_line(home / "line"),
            "owner": measure_owner(home / "owner"),
            "edits": measure_edits(home / "edits"),
            "pdf_seconds": pdfs,
        }
    WRITTEN.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    shown = {**found, "pdf_seconds": f"{len(pdfs)}, median {median(pdfs):.3f}"}
    sys.stdout.write(json.dumps(shown, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
