"""Opening files that others may have put there: never through a link, never a pipe or a device, never elsewhere.

Each folder on the way is opened on its own and held while the next name is looked up in it (openat), so that nobody can
put a link in its place between a look and the reading.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
LARGEST_SECRET_BYTES: Final = 1024


class NotPlain(OSError):
    """A link, a folder, a pipe or a device where a file should be; or a link among the folders that lead to it."""


def open_plain(path: Path | str, *, folder: int | None = None) -> int:
    """A descriptor of a regular file; a `NotPlain` for anything else, before anything of it is read."""
    return open_sized(path, folder=folder)[0]


def open_sized(path: Path | str, *, folder: int | None = None) -> tuple[int, int]:
    """The same with the file's size, which the look at what it is has told."""
    try:
        descriptor = os.open(path, _FILE, dir_fd=folder)
    except OSError as err:
        if err.errno in (errno.ELOOP, errno.ENXIO):
            raise NotPlain(err.errno, err.strerror, str(path)) from err
        raise
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise NotPlain(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return descriptor, found.st_size


def make_private_file(path: Path) -> None:
    """An empty file that only its owner may read, where there is none: SQLite would make it as the umask says.

    One that is there is not opened: closing it would let go of the locks that this process has on it (POSIX).
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def open_below(root: Path | str, parts: Sequence[str]) -> int:
    """A descriptor of the regular file at `parts` below `root`, which itself may be a link of the operator's."""
    here = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for name in parts[:-1]:
            inner = _open_folder(name, here)
            os.close(here)
            here = inner
        return open_plain(parts[-1], folder=here)
    finally:
        os.close(here)


def _open_folder(name: str, parent: int) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=parent)
    except NotADirectoryError as err:
        if stat.S_ISLNK(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode):
            raise NotPlain(errno.ELOOP, os.strerror(errno.ELOOP), name) from err
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name) from err
    except OSError as err:
        if err.errno == errno.ELOOP:
            raise NotPlain(err.errno, err.strerror, name) from err
        raise


def is_reached_by_link(root: Path | str, parts: Sequence[str]) -> bool:
    """Whether one of the names below `root` is a link. For a look only: what is read is opened with `open_below`."""
    path = str(root)
    for name in parts:
        path = f"{path}/{name}"
        if os.path.islink(path):  # noqa: PTH114 - called for each family in each cycle
            return True
    return False


class UnsafeSecret(Exception):
    """A secret's file that is not read; `why` is the code that says the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read_secret_file(path: Path, folders: Sequence[Path], *, asks_rights: bool = True) -> str:
    """One line of at most a kilobyte from a file that is plainly meant to be a secret.

    It must lie in one of `folders`, be a regular file under one name, and be closed to everybody else. So a path that
    somebody else wrote can't make hopdocs send a key, a password database or another's letter to a server. The rights
    of what the service manager lays ready are its own affair.
    FileNotFoundError if it is not there, `UnsafeSecret` with the reason otherwise.
    """
    name = os.path.normpath(path)
    root = next((item for item in folders if name.startswith(f"{os.path.normpath(item)}/")), None)
    if root is None:
        raise UnsafeSecret("HD721")
    try:
        descriptor = open_below(root, name[len(os.path.normpath(root)) + 1 :].split("/"))
    except NotPlain as err:
        raise UnsafeSecret("HD722") from err
    try:
        found = os.fstat(descriptor)
        if found.st_nlink > 1:
            raise UnsafeSecret("HD722")
        if asks_rights and found.st_mode & 0o007:
            raise UnsafeSecret("HD723")
        data = os.read(descriptor, LARGEST_SECRET_BYTES + 1)
    finally:
        os.close(descriptor)
    text = data.decode("utf-8", "replace").strip("\r\n")
    if len(data) > LARGEST_SECRET_BYTES or "\n" in text or "\r" in text or "\0" in text or not text:
        raise UnsafeSecret("HD724")
    return text
