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

from hopdocs.cycle.making.output_check import PAGE
from hopdocs.cycle.report import say_nothing
from hopdocs.cycle.run import CycleOptions, run_cycle
from hopdocs.cycle.shared_inputs import read_shared_inputs
from hopdocs.errors import LedgerFault
from hopdocs.freshness import delivered, laid_ready
from hopdocs.freshness.cache import open_cache_to_read
from hopdocs.freshness.delivered import read_copies
from hopdocs.freshness.publish import FolderListing, list_folder, read_digest
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.freshness.staleness import Action, Format
from hopdocs.freshness.versions import VersionBook
from hopdocs.notices.ledger.marks import NAME_IN_OUTPUT
from hopdocs.workspace import PROJECT_FOLDER, make_private_folder, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hopdocs.clock import Clock
    from hopdocs.cycle.report import DocumentLine, Progress
    from hopdocs.freshness.staleness import Record
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
    shared = read_shared_inputs(workspace, clock, writes=False)
    expected = run_cycle(workspace, clock, CycleOptions(writes=False, jobs=jobs, lists_unchanged=False))
    lines = {PurePosixPath(line.path): line for line in expected.documents}
    with tempfile.TemporaryDirectory(prefix="hopdocs-verify-") as name:
        clean = replace(workspace, apart=Path(name))
        _copy_ledger(workspace, clean)
        run_cycle(clean, clock, CycleOptions(jobs=jobs, progress=progress, lists_unchanged=False))
        made = clean.output(shared.config.documents)
        with contextlib.ExitStack() as opened:
            place = PurePosixPath(workspace.relative(shared.settings.output))
            held = frozenset(digest for copy in read_copies(workspace.ledger_path) for _, digest in copy.files)
            comparison = _Comparison(place, lines, _Memory(workspace, opened), _Memory(clean, opened), held)
            found = comparison.compare(shared.settings.output, made, has_pdf=shared.settings.makes_pdf)
    _compare_copies(workspace, shared.settings.output, found)
    return found


def _compare_copies(workspace: Workspace, output: Path, found: Verification) -> None:
    """Each copy of what was handed over against the ledger: no build makes one again."""
    kept = {
        f"{copy.folder}/{delivered.FOLDER}/{name}": digest
        for copy in read_copies(workspace.ledger_path)
        for name, digest in copy.files
    }
    for name, digest in sorted(kept.items()):
        there = read_digest(output / name)
        if there != digest:
            what = Mismatch.MISSING if there is None else Mismatch.CHANGED
            found.differences.append(Difference(f"{workspace.relative(output)}/{name}", what))
    found.compared += len(kept)


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


class _Memory:
    """What is remembered of a workspace's outputs, read one family at a time."""

    def __init__(self, workspace: Workspace, opened: contextlib.ExitStack) -> None:
        self._cache = opened.enter_context(contextlib.closing(open_cache_to_read(workspace.cache_path)))
        self._book: VersionBook | None = None
        if workspace.ledger_path.is_file():
            connection = opened.enter_context(contextlib.closing(connect_to_read(workspace.ledger_path)))
            book = VersionBook(connection)
            self._book = book if book.is_prepared() else None

    def records(self, folder: str) -> dict[str, Record]:
        """The documents of one family, by file name."""
        return self._cache.records(source_of(folder))

    def digests(self, folder: str) -> dict[str, frozenset[str]]:
        """What hopdocs itself put there, by file name. The ledger knows it even if the cache is lost."""
        return self._book.outputs(folder) if self._book is not None else {}


class _Comparison:
    """The two folders, and what is remembered of either.

    `lines` has what the next build would touch, `held` the digests of what somebody has in hand: that stays as it is.
    """

    def __init__(
        self,
        place: PurePosixPath,
        lines: Mapping[PurePosixPath, DocumentLine],
        memory: _Memory,
        clean: _Memory,
        held: frozenset[str],
    ) -> None:
        self._held = held
        self._place = place
        self._lines = lines
        self._memory = memory
        self._clean = clean
        self._found = Verification()

    def compare(self, real: Path, clean: Path, *, has_pdf: bool) -> Verification:
        """Every document of both, in order."""
        self._found.has_pdf = has_pdf
        for folder in sorted(_folders(real) | _folders(clean)):
            self._compare_folder(folder, list_folder(real / folder), list_folder(clean / folder))
        for name in _strays(real):
            self._found.differences.append(Difference(str(self._place / name), Mismatch.EXTRA))
        return self._found

    def _compare_folder(self, folder: str, here: FolderListing, there: FolderListing) -> None:
        left_out = {PAGE, delivered.FOLDER, laid_ready.FOLDER, *here.asides()}
        names = sorted(
            name
            for name in here.file_stats.keys() | there.file_stats.keys()
            if name not in left_out and not name.startswith(_LOCKS)
        )
        if not self._found.has_pdf:
            names = [name for name in names if not name.endswith(f".{Format.PDF}")]
        self._found.compared += len(names)
        differing = [name for name in names if here.digest(name) != there.digest(name)]
        if not differing:
            return
        was, now, ours = self._memory.records(folder), self._clean.records(folder), self._memory.digests(folder)
        for name in differing:
            path = self._place / folder / name
            line = self._lines.get(path)
            if name not in here.file_stats:
                self._found.differences.append(Difference(str(path), Mismatch.MISSING, line))
                continue
            what = Mismatch.CHANGED if name in there.file_stats else Mismatch.EXTRA
            record = was.get(name)
            is_ours = here.digest(name) in ({record.digest} if record else set()) | ours.get(name, frozenset())
            is_meant = (
                what is Mismatch.EXTRA or _is_final_otherwise(record, now.get(name)) or here.digest(name) in self._held
            )
            if is_ours and is_meant and (line is None or line.action in (Action.KEPT, Action.FAILED)):
                self._found.kept += 1
            else:
                self._found.differences.append(Difference(str(path), what, line))


def _is_final_otherwise(was: Record | None, now: Record | None) -> bool:
    """Whether it is final, or was left as final, and was made from other than is here now."""
    return was is not None and now is not None and (was.is_final or now.is_final) and _inputs(was) != _inputs(now)


def _inputs(record: Record) -> tuple[object, ...]:
    return (record.template_digest, record.software, record.whole, record.version, record.day, record.source)


def _folders(output: Path) -> set[str]:
    """The families' and the project's; any other name that no family's file can have is of what belongs to all."""
    names = (entry.name for entry in _entries(output) if entry.is_dir(follow_symlinks=False))
    return {name for name in names if not name.startswith("_") or name == PROJECT_FOLDER}


def _strays(output: Path) -> list[str]:
    """What lies beside the families' folders."""
    names = (entry.name for entry in _entries(output) if not entry.is_dir(follow_symlinks=False))
    return sorted(name for name in names if name not in {PAGE, NAME_IN_OUTPUT} and not name.startswith(_LOCKS))


def _entries(output: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(output) as entries:
            yield from entries
    except FileNotFoundError:
        return
