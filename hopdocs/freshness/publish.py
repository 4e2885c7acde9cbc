"""Files appear whole or not at all, and nothing that a person wrote is lost.

A document is written to a temporary file in its own folder (`O_EXCL`, `O_NOFOLLOW`, 0600), given its access rights,
synced (by itself, or together with others: `disk_sync`), and renamed over the old one; then the folder is synced. A
crash leaves the old file or the new one, and at worst a temporary file, which the next start sweeps away. Everything
goes through the folder's descriptor, so that a symbolic link put in its place meanwhile leads nowhere.
"""

from __future__ import annotations

import contextlib
import grp
import os
import re
import secrets
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from hopdocs.errors import EnvironmentFault
from hopdocs.freshness.aside_names import aside_names, is_aside
from hopdocs.freshness.disk_sync import sync_together
from hopdocs.freshness.file_stats import OPEN_FOLDER, FileStat, list_file_stats
from hopdocs.freshness.fingerprint import digest_bytes
from hopdocs.model.config import Access

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from types import TracebackType

    from hopdocs.freshness.fingerprint import Digest
    from hopdocs.model.config import DocumentSettings

_TEMPORARY: Final = re.compile(r"\.hopdocs-[0-9a-f]{16}\.tmp")
_SYNCED_AT_ONCE: Final = 16


class OutputFault(EnvironmentFault):
    """A file or folder under the output folder cannot be written, read or removed."""


@dataclass(frozen=True, slots=True)
class AccessRule:
    """Rights of what hopdocs makes; None leaves them to the folder and the umask."""

    file_mode: int | None = 0o600
    folder_mode: int | None = 0o700
    group: int | None = None


def access_rule(settings: DocumentSettings) -> AccessRule:
    """The rights that `documents.access` asks for; an `OutputFault` if its group does not exist here."""
    if settings.access is Access.INHERIT:
        return AccessRule(None, None)
    if settings.access is Access.PRIVATE:
        return AccessRule()
    try:
        group = grp.getgrnam(settings.group or "").gr_gid
    except KeyError as err:
        raise OutputFault("HD512", group=settings.group or "") from err
    return AccessRule(0o640, 0o2750, group)


@dataclass(frozen=True, slots=True)
class Staged:
    """A finished file that waits under a temporary name for its place."""

    temporary: str
    name: str


class OutputFolder:
    """One family's folder under the output folder, held open by descriptor."""

    def __init__(self, path: Path, rule: AccessRule) -> None:
        self.path = path
        self._rule = rule
        self._descriptor = -1

    def __enter__(self) -> Self:
        try:
            make_folder(self.path.parent, self._rule)
            make_folder(self.path, self._rule)
            self._descriptor = os.open(self.path, OPEN_FOLDER)
        except OSError as err:
            raise _fault(self.path, err) from err
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._descriptor)
        self._descriptor = -1

    def stage(self, name: str, data: bytes, *, lasting: bool = True) -> Staged:
        """Write `data` whole, safe on disk if it must last, under a temporary name. A failure leaves nothing."""
        staged, descriptor = self._write(name, data)
        try:
            if lasting:
                # A failed fsync is never repeated on the same file: the kernel may have dropped the pages and
                # would then say yes (PostgreSQL, Fsync Errors). The file is thrown away instead.
                os.fsync(descriptor)
        except OSError as err:
            self._unlink(staged.temporary)
            raise _fault(self.path / name, err) from err
        finally:
            os.close(descriptor)
        return staged

    def stage_all(self, files: Mapping[str, bytes], *, lasting: bool = True) -> dict[str, Staged | OutputFault]:
        """Write several files, each as `stage` does; who wants them not `lasting` yet syncs them with others'."""
        done: dict[str, Staged | OutputFault] = {}
        written: dict[str, tuple[Staged, int]] = {}
        for name, data in files.items():
            try:
                if lasting:
                    written[name] = self._write(name, data)
                else:
                    done[name] = self.stage(name, data, lasting=False)
            except OutputFault as fault:
                done[name] = fault
        if written:
            self._sync_each(written, done)
        return done

    def _sync_each(self, written: Mapping[str, tuple[Staged, int]], done: dict[str, Staged | OutputFault]) -> None:
        """Sync files at the same time, so that the disk's journal is written for many of them at once."""
        try:
            with ThreadPoolExecutor(min(len(written), _SYNCED_AT_ONCE)) as threads:
                syncs = {name: threads.submit(os.fsync, descriptor) for name, (_, descriptor) in written.items()}
            for name, sync in syncs.items():
                staged = written[name][0]
                err = sync.exception()
                if isinstance(err, OSError):
                    self._unlink(staged.temporary)
                    done[name] = _fault(self.path / name, err)
                else:
                    done[name] = staged
        finally:
            for _, descriptor in written.values():
                os.close(descriptor)

    def _write(self, name: str, data: bytes) -> tuple[Staged, int]:
        """The file with its rights, open, not yet synced."""
        temporary = f".hopdocs-{secrets.token_hex(8)}.tmp"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        mode = 0o666 if self._rule.file_mode is None else 0o600
        try:
            descriptor = os.open(temporary, flags, mode, dir_fd=self._descriptor)
        except OSError as err:
            raise _fault(self.path / name, err) from err
        try:
            _write_all(descriptor, data)
            _grant(descriptor, self._rule.file_mode, self._rule.group)
        except BaseException as err:
            os.close(descriptor)
            self._unlink(temporary)
            if isinstance(err, OSError):
                raise _fault(self.path / name, err) from err
            raise
        return Staged(temporary, name), descriptor

    def put_in_place(self, staged: Staged) -> FileStat:
        """Let a staged file take its name; `sync_names` makes it last."""
        try:
            os.replace(staged.temporary, staged.name, src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)
            return FileStat.of(os.stat(staged.name, dir_fd=self._descriptor, follow_symlinks=False))
        except OSError as err:
            self._unlink(staged.temporary)
            raise _fault(self.path / staged.name, err) from err

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already is no fault."""
        try:
            os.unlink(name, dir_fd=self._descriptor)
        except FileNotFoundError:
            return
        except OSError as err:
            raise _fault(self.path / name, err) from err

    def keep_aside(self, name: str) -> str:
        """Rename a file that a person changed to `<name>.rettet-<n>.<ending>`; gives its new name."""
        for aside in aside_names(name):
            try:
                # A link fails if the name is taken, a rename would overwrite it.
                os.link(name, aside, src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor, follow_symlinks=False)
            except FileExistsError:
                continue
            except OSError as err:
                raise _fault(self.path / name, err) from err
            self.remove(name)
            return aside
        raise AssertionError  # the names never end

    def _unlink(self, name: str) -> None:
        with contextlib.suppress(OSError):
            os.unlink(name, dir_fd=self._descriptor)


@dataclass(frozen=True, slots=True)
class FolderListing:
    """What stands in a family's output folder, from one reading of the directory."""

    path: Path
    file_stats: dict[str, FileStat]

    def digest(self, name: str) -> Digest | None:
        """The contents' digest; None if it is no readable regular file."""
        return read_digest(self.path / name)

    def read(self, name: str) -> bytes | None:
        """The contents of one file; None if nobody can read it."""
        try:
            return (self.path / name).read_bytes()
        except OSError:
            return None

    def is_folder(self, name: str) -> bool:
        """Whether a folder stands there, which nobody moves aside: it is no letter that somebody changed."""
        path = self.path / name
        return path.is_dir() and not path.is_symlink()

    def is_open_elsewhere(self, name: str) -> bool:
        """Whether Word or LibreOffice has the document open, as their lock files beside it say.

        Word writes `~$` over the first two letters, or before a name of six letters or less, and over the first
        letter of one of seven; LibreOffice writes `.~lock.<name>#`.
        """
        return any(
            lock in self.file_stats for lock in (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~lock.{name}#")
        )

    def was_opened_since(self, name: str, moment: datetime) -> bool:
        """Whether somebody has read it since it was made, and after this moment.

        Most systems note the first reading after a change, and not each (`relatime`, mount(8)): enough for whoever
        saves, looks, and saves again. Where none is noted, nothing has been opened.
        """
        try:
            found = (self.path / name).stat(follow_symlinks=False)
        except OSError:
            return False
        return found.st_atime_ns > found.st_mtime_ns and found.st_atime >= moment.timestamp()

    def asides(self) -> tuple[str, ...]:
        """Files that a person had changed, kept aside earlier."""
        return tuple(sorted(name for name in self.file_stats if is_aside(name)))


def list_folder(path: Path) -> FolderListing:
    """Read a folder; one that is not there is empty. A symbolic link in its place is a fault."""
    try:
        return FolderListing(path, list_file_stats(str(path)))
    except OSError as err:
        raise _fault(path, err) from err


def read_digest(path: Path) -> Digest | None:
    """The digest of a regular file's contents; None if there is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # a folder would not even become a file object
        os.close(descriptor)
        return None
    with os.fdopen(descriptor, "rb") as file:
        return digest_bytes(file.read())


def make_folder(path: Path, rule: AccessRule) -> None:
    """Make a folder with its rights; one that exists keeps the rights that somebody gave it."""
    if path.is_dir() and not path.is_symlink():
        return
    path.mkdir(mode=0o777 if rule.folder_mode is None else 0o700, parents=True, exist_ok=True)
    if rule.folder_mode is not None:
        descriptor = os.open(path, OPEN_FOLDER)
        try:
            _grant(descriptor, rule.folder_mode, rule.group)
        finally:
            os.close(descriptor)


def sync_names(output: Path, folders: Sequence[str]) -> None:
    """Make the names in these folders last.

    If the disk refuses, the names stand already: nothing to undo. A name that a crash takes back is missed at the
    next look, since its directory entry is not the one that was remembered.
    """
    if len(folders) > 1:
        with sync_together(output, len(folders)) as sync, contextlib.suppress(OSError):
            if sync is not None:
                sync()
                return
    for folder in folders:
        with contextlib.suppress(OSError):
            descriptor = os.open(output / folder, OPEN_FOLDER)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def publish_page(path: Path, data: bytes, rule: AccessRule) -> None:
    """One file, whole, in its place; not synced, since it can be made again from what is."""
    with OutputFolder(path.parent, rule) as folder:
        folder.put_in_place(folder.stage(path.name, data, lasting=False))


def sweep_temporaries(output: Path) -> int:
    """Remove what a crash left behind, in the output folder and the families' folders; returns how many."""
    return sum(map(sweep_folder, _folders(output)))


def sweep_folder(folder: str | Path) -> int:
    """Remove what was left behind in one folder; returns how many."""
    swept = 0
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name):
                Path(entry.path).unlink()
                swept += 1
    return swept


def _folders(output: Path) -> Iterator[str]:
    try:
        with os.scandir(output) as entries:
            found = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return
    yield str(output)
    yield from found


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _grant(descriptor: int, mode: int | None, group: int | None) -> None:
    if group is not None:
        os.fchown(descriptor, -1, group)
    if mode is not None:
        os.fchmod(descriptor, mode)


def _fault(path: Path, err: OSError) -> OutputFault:
    return OutputFault("HD511", path=f"{path.parent.name}/{path.name}", detail=err.strerror or str(err))
