"""A copy of all that can't be made again, taken while the service runs: whole, private, and with a digest of each file.

The ledger comes first, and what was handed over after it: a row there is written once its file stands, and no such file
is ever removed, so the copy holds every file that its ledger speaks of. What is made from these is left out.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from hopdocs.errors import LedgerFault, WorkspaceFault, is_refusal
from hopdocs.freshness.delivered import FOLDER
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.package_data import CATALOGUE_NAME
from hopdocs.workspace import CONFIG_NAME, PROJECT_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from hopdocs.model.config import DocumentSettings
    from hopdocs.workspace import Workspace

MANIFEST: Final = "backup.json"
_FORMAT: Final = 1
_CHUNK: Final = 1 << 20
_KEPT_IN_STATE: Final = ".hopdocs/ledger.db"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: by path the digest of each file; `left_out` are links and the like, which are no files."""

    files: dict[str, str]
    size: int
    left_out: tuple[str, ...] = ()


def make_backup(workspace: Workspace, settings: DocumentSettings, target: Path, now: datetime) -> Backup:
    """Copy to `target`, which must not be there yet: it appears whole, or not at all.

    Raises `WorkspaceFault`: HD481 where it may not be, HD489 for a file that can't be copied. Needs no lock.
    """
    target = target.absolute()
    _refuse_place(workspace, settings, target)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.mkdir(mode=0o700)
    except OSError as err:
        raise WorkspaceFault("HD489", path=str(target), detail=err.strerror or str(err)) from err
    try:
        backup = _fill(workspace, settings, beside)
        shape = {"format": _FORMAT, "made": now.isoformat(timespec="seconds"), "files": backup.files}
        _write(beside / MANIFEST, (json.dumps(shape, indent=1, ensure_ascii=False) + "\n").encode())
        sync_tree(beside)
        _put_in_place(beside, target)
    except OSError as err:
        shutil.rmtree(beside, ignore_errors=True)
        raise WorkspaceFault("HD489", path=str(target), detail=err.strerror or str(err)) from err
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return backup


def _refuse_place(workspace: Workspace, settings: DocumentSettings, target: Path) -> None:
    place = target.resolve()
    homes = (workspace.root.resolve(), workspace.output(settings).resolve())
    if target.exists() or target.is_symlink() or any(place.is_relative_to(home) for home in homes):
        raise WorkspaceFault("HD481", path=str(target))


def _fill(workspace: Workspace, settings: DocumentSettings, target: Path) -> Backup:
    files: dict[str, str] = {}
    left_out: list[str] = []
    size = 0
    if workspace.has_ledger:
        size += _copy_ledger(workspace.ledger_path, target / _KEPT_IN_STATE)
        files[_KEPT_IN_STATE] = digest_file(target / _KEPT_IN_STATE)
    output = workspace.output(settings).resolve()
    home = workspace.root.resolve()
    place = output.relative_to(home).as_posix() if output.is_relative_to(home) else "out"
    sources = [(path, f"{place}/{path.relative_to(output).as_posix()}") for path in _handed_over(output)]
    for name in (CONFIG_NAME, PROJECT_NAME, CATALOGUE_NAME, "families", "templates"):
        top = (home / name).resolve()  # the operator may have put it elsewhere; below it, no link is followed
        sources += [(path, str(PurePosixPath(name) / path.relative_to(top).as_posix())) for path in _walk(top)]
    for path, name in sources:
        copied = _copy(path, target / name)
        if copied is None:
            left_out.append(name)
        else:
            files[name], length = copied
            size += length
    return Backup(files, size, tuple(left_out))


def _copy_ledger(ledger: Path, target: Path) -> int:
    """As it is at one moment, whoever writes meanwhile, in one file without a journal."""
    target.parent.mkdir(mode=0o700)
    try:
        while not _is_of_one_moment(ledger, target):
            target.unlink(missing_ok=True)
        with closing(connect_to_read(target)) as copied:
            verdict = copied.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except (sqlite3.Error, OSError) as err:
        if isinstance(err, OSError) or is_refusal(
            err
        ):  # a full disk, most likely: a ledger that is in order is not to be moved away
            raise WorkspaceFault("HD489", path=str(ledger), detail=str(err)) from err
        raise LedgerFault("HD410", path=str(ledger), detail=str(err)) from err
    if verdict != "ok":
        raise LedgerFault("HD410", path=str(ledger), detail=str(verdict))
    target.chmod(0o600)
    return target.stat().st_size


def _is_of_one_moment(ledger: Path, target: Path) -> bool:
    """Copy it; whether nobody wrote into it meanwhile without our seeing it.

    A file without a journal is read as it lies: if a service starts just then, what is read is half of two moments.
    """
    journal, before = ledger.with_name(f"{ledger.name}-wal"), ledger.stat()
    is_isolated, fault = journal.exists(), None
    with closing(connect_to_read(ledger)) as source:
        is_isolated = is_isolated and journal.exists()
        try:
            source.execute("VACUUM INTO ?", (str(target),))
        except sqlite3.Error as err:
            fault = err
    after = ledger.stat()
    is_sure = is_isolated or (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    if fault is not None and is_sure:
        raise fault
    return is_sure


def _handed_over(output: Path) -> Iterator[Path]:
    """The copies of what people were given, of every family and of the project."""
    if output.is_dir():
        for folder in sorted(output.iterdir()):
            yield from _walk(folder / FOLDER)


def _walk(path: Path) -> Iterator[Path]:
    """A file, or everything in a folder; links are named and not followed."""
    if path.is_symlink() or not path.is_dir():
        if path.is_symlink() or path.exists():
            yield path
        return
    for entry in sorted(path.iterdir()):
        yield from _walk(entry)


def _copy(source: Path, target: Path) -> tuple[str, int] | None:
    """The digest and the length of what was copied; None for what is no plain file, or is gone by now."""
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as err:
        if source.is_symlink():
            return None
        raise WorkspaceFault("HD489", path=str(source), detail=err.strerror or str(err)) from err
    try:
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            _make_folders(target.parent)
            digest, length = hashlib.sha256(), 0
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copied:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
                    copied.write(chunk)
                    length += len(chunk)
    except OSError as err:
        raise WorkspaceFault("HD489", path=str(source), detail=err.strerror or str(err)) from err
    return digest.hexdigest(), length


def _make_folders(path: Path) -> None:
    for folder in reversed((path, *path.parents)):
        if not folder.exists():
            folder.mkdir(mode=0o700)


def copy_file(source: Path, target: Path) -> None:
    """One file of a backup to its place."""
    if _copy(source, target) is None:
        raise WorkspaceFault("HD489", path=str(source), detail="?")


def digest_file(path: Path) -> str:
    """The SHA-256 of a file's contents."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_tree(folder: Path) -> None:
    """Wait until everything in a folder is on the disk."""
    for path in (*folder.rglob("*"), folder):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


def _put_in_place(beside: Path, target: Path) -> None:
    if target.exists():
        raise WorkspaceFault("HD481", path=str(target))
    beside.rename(target)
    descriptor = os.open(target.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
