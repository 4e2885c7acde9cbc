"""Families at size: all documents, nothing changed, and the memory that it takes."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.figure import Figure, at_least, at_most
from bench.memory import PeakMemory
from bench.samples import TODAY
from bench.table import format_seconds
from bench.turns import clock
from bench.workspaces import Standing, write_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL: Final = 1_000
LARGE: Final = 10_000
LARGE_STANDING: Final = Standing(unconsented_every=1, full=10)
"""Ten thousand whole courses would take the time of all the other figures together."""
LOOPED: Final = 12
JOBS: Final = 2
ROUNDS: Final = 5
FASTER: Final = 15.0
MOST_MEGABYTES: Final = 600.0
NO_MORE: Final = 1.0
WITHIN: Final = 3.0
MEGABYTE: Final = 1024**2
_HOME: Final = Path(__file__).parents[1]
_START: Final = (sys.executable, "-c", "import hopdocs.cli.cycling")
_LOOP_NOTE: Final = (
    f"`hopdocs build --jobs {JOBS}` on {SMALL} families, start included, with fsync, version book, cache and pages; "
    f"the loop (PyYAML's C loader, docxtpl, 2 processes, data handed to it for nothing) makes the documents of {LOOPED} "
    "of them just before and just after, and is scaled by the number of documents"
)
_MEMORY_NOTE: Final = (
    "Sum of PSS over the whole process tree, sampled. Of the 10,000 families 10 are in the middle of their course and "
    "the others before consent (4 documents each), for the sake of time"
)
_NOTHING_NOTE: Final = (
    "The whole command, less the time of an interpreter that starts and imports the same modules; against reading and "
    "hashing (SHA-256) the families' files in one process, its start left out"
)


def measure() -> Iterator[Figure]:
    """All of them; the workspaces are made on the way."""
    with tempfile.TemporaryDirectory(prefix="hopdocs-bench-") as name:
        small, large = Path(name) / "small", Path(name) / "large"
        write_workspace(small, SMALL, Standing())
        seconds, peak_small, figure = _measure_build(small, Path(name) / "loop")
        yield figure
        yield _figure_of_memory(peak_small)
        write_workspace(large, LARGE, LARGE_STANDING)
        seconds, peak_large = build(large)
        yield Figure(
            what=f"the same, memory at {LARGE:,} families",
            ours=f"{peak_large / MEGABYTE:.0f} MB in {format_seconds(seconds)}",
            theirs=f"at {SMALL:,}: {peak_small / MEGABYTE:.0f} MB",
            measured=peak_large / peak_small,
            target=at_most(NO_MORE),
            notes=(_MEMORY_NOTE,),
        )
        for count, workspace in ((SMALL, small), (LARGE, large)):
            yield _measure_nothing_changed(workspace, count)


def _measure_build(workspace: Path, out: Path) -> tuple[float, int, Figure]:
    names = sorted(path.name for path in (workspace / "families").glob("*.yaml"))
    names = names[:: len(names) // LOOPED][:LOOPED]
    before = run_loop(workspace, out / "before", names)
    seconds, peak = build(workspace)
    after = run_loop(workspace, out / "after", names)
    made = sum(1 for _ in (workspace / "out").glob("*/*.docx"))
    _assert_same_documents(workspace / "out", out / "after", names)
    theirs = (before + after) / 2 * made
    return (
        seconds,
        peak,
        Figure(
            what=f"{SMALL:,} families, {made:,} DOCX, 2 processes",
            ours=format_seconds(seconds),
            theirs=f"plain loop {format_seconds(theirs)}",
            measured=theirs / seconds,
            target=at_least(FASTER),
            notes=(_LOOP_NOTE,),
        ),
    )


def _figure_of_memory(peak: int) -> Figure:
    return Figure(
        what="the same, peak memory",
        ours=f"{peak / MEGABYTE:.0f} MB",
        theirs="",
        measured=peak / MEGABYTE,
        unit="MB",
        target=at_most(MOST_MEGABYTES),
        notes=(_MEMORY_NOTE,),
    )


def build(workspace: Path) -> tuple[float, int]:
    """Seconds and peak memory of `hopdocs build`, from its start to its end."""
    begun = time.perf_counter()
    with subprocess.Popen(build_command(workspace), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
        with PeakMemory(process.pid) as memory:
            _, said = process.communicate()
        seconds = time.perf_counter() - begun
    if process.returncode not in {0, 1}:
        raise ValueError(f"hopdocs build ended with {process.returncode}: {said[-2000:].decode()}")
    return seconds, memory.peak_bytes


def build_command(workspace: Path) -> list[str]:
    """The command as an operator would give it."""
    program = [sys.executable, "-m", "hopdocs", "-w", str(workspace), "--today", TODAY.isoformat()]
    return [*program, "build", "--jobs", str(JOBS)]


def run_loop(workspace: Path, out: Path, names: list[str]) -> float:
    """The plain loop's seconds a document, in two processes."""
    out.mkdir(parents=True)
    command = [sys.executable, "-m", "bench.plain_loop", str(workspace), str(out), *names]
    done = subprocess.run(command, check=True, capture_output=True, cwd=_HOME)  # noqa: S603 - our own program
    answer = json.loads(done.stdout)
    return float(answer["seconds"]) / int(answer["documents"])


def _assert_same_documents(ours: Path, theirs: Path, names: list[str]) -> None:
    for name in names:
        stem = name.removesuffix(".yaml")
        if {path.name for path in (ours / stem).glob("*.docx")} != {path.name for path in (theirs / stem).iterdir()}:
            raise ValueError(f"the loop made other documents of {name}")


def _measure_nothing_changed(workspace: Path, count: int) -> Figure:
    files = sorted((workspace / "families").glob("*.yaml"))
    build(workspace)
    starts, whole, hashing = [], [], []
    for _ in range(ROUNDS):
        starts.append(clock(_start))
        whole.append(build_without_change(workspace))
        hashing.append(clock(lambda: hash_files(files)))
    ours = median(whole) - median(starts)
    return Figure(
        what=f"nothing changed, {count:,} families",
        ours=format_seconds(ours),
        theirs=f"reading and hashing {format_seconds(median(hashing))}",
        measured=ours / median(hashing),
        target=at_most(WITHIN),
        notes=(_NOTHING_NOTE,),
    )


def build_without_change(workspace: Path) -> float:
    """Seconds of a build that must find nothing to do."""
    begun = time.perf_counter()
    done = subprocess.run(build_command(workspace), capture_output=True, text=True, check=False)  # noqa: S603 - as above
    seconds = time.perf_counter() - begun
    if done.returncode not in {0, 1} or any(line.startswith(("+", "-")) for line in done.stdout.splitlines()):
        raise ValueError(f"hopdocs build did something: {done.stdout[-500:]}{done.stderr[-500:]}")
    return seconds


def hash_files(files: list[Path]) -> None:
    """Read each file whole and hash it: nobody who looks at contents can do less."""
    for file in files:
        hashlib.sha256(file.read_bytes()).hexdigest()


def _start() -> None:
    subprocess.run(_START, check=True, capture_output=True, cwd=_HOME)  # noqa: S603 - this Python
