"""Families at size: all documents, nothing changed, one edited and checked, and the memory that it takes."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.commands import HOME, JOBS, build, build_without_change, check, start_interpreter, start_pydantic
from bench.figure import Figure, at_least, at_most
from bench.table import format_seconds
from bench.turns import clock
from bench.workspaces import Standing, write_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL: Final = 1_000
LOOPED: Final = 12
ROUNDS: Final = 5
FASTER: Final = 28.0
MOST_MEGABYTES: Final = 600.0
WITHIN: Final = 1.5
CHECKED_WITHIN: Final = 2.5
EDITED: Final = "hop-2026-1003"
MEGABYTE: Final = 1024**2
_LOOP_NOTE: Final = (
    f"`hopdocs build --jobs {JOBS}` on {SMALL} families, start included, with fsync, versions, cache and pages; "
    f"the loop (PyYAML's C loader, docxtpl, 2 processes, data handed to it free) makes the documents of {LOOPED} "
    "of them just before and just after, and is scaled by the number of documents"
)
MEMORY_NOTE: Final = "Sum of PSS over the whole process tree, sampled"
_NOTHING_NOTE: Final = (
    "The whole command with its output, less the time of an interpreter that starts and imports the same modules; "
    "against reading and hashing (SHA-256) the families' files in one process, its start left out. The whole command "
    "took {whole} and the interpreter with the modules {start}"
)


_CHECK_NOTE: Final = (
    "`hopdocs check`, start and output included, of what the last build has not seen; it reads the configuration and "
    "makes the edited family's documents in memory"
)


def measure() -> Iterator[Figure]:
    """All of them; the workspaces are made on the way."""
    with tempfile.TemporaryDirectory(prefix="hopdocs-bench-") as name:
        small = Path(name) / "small"
        write_workspace(small, SMALL, Standing())
        figure, peak = _measure_build(small, Path(name) / "loop")
        yield figure
        yield Figure(
            what="the same, peak memory",
            ours=f"{peak / MEGABYTE:.0f} MB",
            theirs="",
            measured=peak / MEGABYTE,
            unit="MB",
            target=at_most(MOST_MEGABYTES),
            notes=(MEMORY_NOTE,),
        )
        yield measure_nothing_changed(small, SMALL)
        yield from measure_check(small, SMALL)


def _measure_build(workspace: Path, out: Path) -> tuple[Figure, int]:
    names = sorted(path.name for path in (workspace / "families").glob("*.yaml"))
    names = names[:: len(names) // LOOPED][:LOOPED]
    before = run_loop(workspace, out / "before", names)
    seconds, peak = build(workspace)
    after = run_loop(workspace, out / "after", names)
    made = sum(1 for _ in (workspace / "out").glob("*/*.docx"))
    _assert_same_documents(workspace / "out", out / "after", names)
    theirs = (before + after) / 2 * made
    return (
        Figure(
            what=f"{SMALL:,} families, {made:,} DOCX, 2 processes",
            ours=format_seconds(seconds),
            theirs=f"plain loop {format_seconds(theirs)}",
            measured=theirs / seconds,
            target=at_least(FASTER),
            notes=(_LOOP_NOTE,),
        ),
        peak,
    )


def run_loop(workspace: Path, out: Path, names: list[str]) -> float:
    """The plain loop's seconds a document, in two processes."""
    out.mkdir(parents=True)
    command = [sys.executable, "-m", "bench.plain_loop", str(workspace), str(out), *names]
    done = subprocess.run(command, check=True, capture_output=True, cwd=HOME)  # noqa: S603 - our own program
    answer = json.loads(done.stdout)
    return float(answer["seconds"]) / int(answer["documents"])


def _assert_same_documents(ours: Path, theirs: Path, names: list[str]) -> None:
    for name in names:
        stem = name.removesuffix(".yaml")
        if {path.name for path in (ours / stem).glob("*.docx")} != {path.name for path in (theirs / stem).iterdir()}:
            raise ValueError(f"the loop made other documents of {name}")


def measure_nothing_changed(workspace: Path, count: int, *notes: str) -> Figure:
    """A build that finds nothing to do, beside reading and hashing what it must read."""
    files = sorted((workspace / "families").glob("*.yaml"))
    build(workspace)
    build_without_change(workspace)  # folders that came to rest after the first build are seen whole once more
    starts, whole, hashing = [], [], []
    for _ in range(ROUNDS):
        starts.append(clock(start_interpreter))
        whole.append(build_without_change(workspace))
        hashing.append(clock(lambda: hash_files(files)))
    ours = median(whole) - median(starts)
    return Figure(
        what=f"nothing changed, {count:,} families",
        ours=format_seconds(ours),
        theirs=f"reading and hashing {format_seconds(median(hashing))}",
        measured=ours / median(hashing),
        target=at_most(WITHIN),
        notes=(
            _NOTHING_NOTE.format(whole=format_seconds(median(whole)), start=format_seconds(median(starts))),
            *notes,
        ),
    )


def measure_check(workspace: Path, count: int, *notes: str) -> Iterator[Figure]:
    """One family edited after the build, and checked by a command that begins cold: it alone, or all of them."""
    source = workspace / "families" / f"{EDITED}.yaml"
    text = source.read_text(encoding="utf-8")
    edited = re.sub(r'^case_number: "[^"]+"', 'case_number: "26-700000"', text, flags=re.MULTILINE)
    source.write_text(edited, encoding="utf-8")
    starts: list[float] = []
    checks: dict[str, list[float]] = {EDITED: [], "": []}
    for _ in range(ROUNDS):
        starts.append(clock(start_pydantic))
        for family, seconds in checks.items():
            seconds.append(check(workspace, *([family] if family else [])))
    source.write_text(text, encoding="utf-8")
    for what, seconds, target in (
        (f"check of one family edited of {count:,}", checks[EDITED], at_most(CHECKED_WITHIN)),
        (f"check of all {count:,}, one edited", checks[""], None),
    ):
        yield Figure(
            what=what,
            ours=format_seconds(median(seconds)),
            theirs=f'python -c "import pydantic, yaml" {format_seconds(median(starts))}',
            measured=median(seconds) / median(starts),
            target=target,
            notes=(_CHECK_NOTE, *notes),
        )


def hash_files(files: list[Path]) -> None:
    """Read each file whole and hash it: nobody who looks at contents can do less."""
    for file in files:
        hashlib.sha256(file.read_bytes()).hexdigest()
