"""Whether the output folder is what a clean build would make of the same files, ledger and day.

The clean build believes no cache: it makes everything anew in a private folder, which is gone afterwards. What stays
by intent although a clean build would make it otherwise (final documents, the last good ones of a family that is
stopped, what only time has made unwanted) is counted, and is no difference as long as it is as hopdocs left it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from hopdocs.build.cache import open_cache_to_read
from hopdocs.build.plan import Action, Format
from hopdocs.build.publish import FolderListing, list_folder
from hopdocs.build.readers import connect_to_read
from hopdocs.build.versions import VersionBook
from hopdocs.cycle import CycleOptions, run_cycle
from hopdocs.errors import LedgerFault
from hopdocs.stages.answers import PAGE
from hopdocs.stages.report import say_nothing
from hopdocs.stages.surroundings import read_surroundings
from hopdocs.workspace import make_private_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hopdocs.build.plan import Record
    from hopdocs.clock import Clock
    from hopdocs.stages.report import DocumentLine, Progress
    from hopdocs.workspace import Workspace

_LOCKS: Final = ("~$", ".~lock.", ".hopdocs-")
"""What Word and LibreOffice put beside a document that they have open, and our own file on its way."""


class Mismatch(StrEnum):
    """How a file is not as a clean build would have it."""

    MISSING = "missing"
    CHANGED = "changed"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Difference:
    """One file that a clean build would make otherwise; `line` is what the next build would do with it."""

    path: str
    what: Mismatch
    line: DocumentLine | None = None


@dataclass(slots=True)
class Verification:
    """What the comparison came to. Without `has_pdf` only Word files could be made here, and PDFs were left out."""

    compared: int = 0
    kept: int = 0
    has_pdf: bool = True
    differences: list[Difference] = field(default_factory=list)


def verify_outputs(
    workspace: Workspace, clock: Clock, *, jobs: int | None = None, progress: Callable[[Progress], None] = say_nothing
) -> Verification:
    """Build everything anew beside the workspace, and compare file by file. Nothing in the workspace is written."""
    around = read_surroundings(workspace, clock, writes=False)
    expected = run_cycle(workspace, clock, CycleOptions(writes=False, jobs=jobs))
    lines = {PurePosixPath(line.path): line for line in expected.documents}
    with tempfile.TemporaryDirectory(prefix="hopdocs-verify-") as name:
        clean = replace(workspace, apart=Path(name))
        _copy_ledger(workspace, clean)
        run_cycle(clean, clock, CycleOptions(jobs=jobs, progress=progress, lists_unchanged=False))
        made = clean.output(around.config.documents)
        place = PurePosixPath(workspace.relative(around.settings.output))
        comparison = _Comparison(place, lines, _read_memory(workspace), _read_memory(clean))
        return comparison.compare(around.settings.output, made, has_pdf=around.settings.makes_pdf)


def _copy_ledger(workspace: Workspace, clean: Workspace) -> None:
    """The same versions and days, in a ledger that may be written in."""
    if not workspace.ledger_path.is_file():
        return
    make_private_folder(clean.state)
    try:
        with (
            contextlib.closing(connect_to_read(workspace.ledger_path)) as source,
            contextlib.closing(sqlite3.connect(clean.ledger_path)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as err:
        raise LedgerFault("HD413", detail=str(err)) from err


@dataclass(frozen=True, slots=True)
class _Memory:
    """What is remembered of a workspace's outputs, by folder and name: each document, whose bytes hopdocs put there.

    `stopped` are the folders of families whose last good documents stay.
    """

    records: Mapping[tuple[str, str], Record]
    outputs: Mapping[tuple[str, str], frozenset[str]]
    stopped: frozenset[str]

    def is_ours(self, name: tuple[str, str], digest: str | None) -> bool:
        """Whether a file is as hopdocs left it. The ledger knows also where the cache is lost."""
        record = self.records.get(name)
        return digest is not None and (
            (record is not None and record.digest == digest) or digest in self.outputs.get(name, ())
        )


def _read_memory(workspace: Workspace) -> _Memory:
    with contextlib.closing(open_cache_to_read(workspace.cache_path)) as cache:
        records = {(PurePosixPath(source).stem, record.name): record for source, record in cache.all_records()}
        paths = [path for path, _, _ in cache.signatures()]
        found = {path: cache.findings(path) for path in paths}
    outputs: dict[tuple[str, str], frozenset[str]] = {}
    if workspace.ledger_path.is_file():
        with contextlib.closing(connect_to_read(workspace.ledger_path)) as connection:
            book = VersionBook(connection)
            for folder in book.folders() if book.is_prepared() else ():
                outputs |= {(folder, name): digests for name, digests in book.outputs(folder).items()}
    stopped = frozenset(PurePosixPath(path).stem for path, row in found.items() if row and row["is_stopped"])
    return _Memory(records, outputs, stopped)


class _Comparison:
    """The two folders, and what is remembered of either."""

    def __init__(
        self, place: PurePosixPath, lines: Mapping[PurePosixPath, DocumentLine], memory: _Memory, clean: _Memory
    ) -> None:
        self._place = place
        self._lines = lines
        self._memory = memory
        self._clean = clean
        self._found = Verification()

    def compare(self, real: Path, clean: Path, *, has_pdf: bool) -> Verification:
        """Every document of both, in order."""
        self._found.has_pdf = has_pdf
        for folder in sorted(_folders(real) | _folders(clean)):
            here, there = list_folder(real / folder), list_folder(clean / folder)
            asides = set(here.asides())
            for name in sorted(here.stamps.keys() | there.stamps.keys()):
                if name == PAGE or name in asides or name.startswith(_LOCKS) or self._is_left_out(name):
                    continue
                self._compare_file(folder, name, here, there)
        for name in _strays(real):
            self._found.differences.append(Difference(str(self._place / name), Mismatch.EXTRA))
        return self._found

    def _is_left_out(self, name: str) -> bool:
        return not self._found.has_pdf and name.endswith(f".{Format.PDF}")

    def _compare_file(self, folder: str, name: str, here: FolderListing, there: FolderListing) -> None:
        self._found.compared += 1
        path = self._place / folder / name
        line = self._lines.get(path)
        if name not in here.stamps:
            self._found.differences.append(Difference(str(path), Mismatch.MISSING, line))
            return
        digest = here.digest(name)
        if name in there.stamps and digest == there.digest(name):
            return
        what = Mismatch.CHANGED if name in there.stamps else Mismatch.EXTRA
        is_ours = self._memory.is_ours((folder, name), digest)
        if is_ours and self._will_stay(folder, line) and (what is Mismatch.EXTRA or self._is_final((folder, name))):
            self._found.kept += 1
        else:
            self._found.differences.append(Difference(str(path), what, line))

    def _will_stay(self, folder: str, line: DocumentLine | None) -> bool:
        if line is None:
            return folder in self._clean.stopped
        return line.action in (Action.KEPT, Action.FAILED)

    def _is_final(self, name: tuple[str, str]) -> bool:
        """Whether it is final, and was made with another template, configuration or hopdocs than are here now."""
        was, now = self._memory.records.get(name), self._clean.records.get(name)
        return was is not None and now is not None and now.is_final and _inputs(was) != _inputs(now)


def _inputs(record: Record) -> tuple[object, ...]:
    return (record.template_digest, record.software, record.whole, record.version, record.day, record.source)


def _folders(output: Path) -> set[str]:
    return {entry.name for entry in _entries(output) if entry.is_dir(follow_symlinks=False)}


def _strays(output: Path) -> list[str]:
    """What lies beside the families' folders."""
    names = (entry.name for entry in _entries(output) if not entry.is_dir(follow_symlinks=False))
    return sorted(name for name in names if name != PAGE and not name.startswith(_LOCKS))


def _entries(output: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(output) as entries:
            yield from entries
    except FileNotFoundError:
        return
