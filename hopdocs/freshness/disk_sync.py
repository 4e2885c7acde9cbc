"""Making many new files safe on the disk with one wait instead of one a file.

`fsync` waits for the disk's journal, once a file, however many threads share the waiting: for the two hundred files of
eight families that is a fifth of the time that making them takes. syncfs(2) writes all that a file system holds, once,
and takes a tenth of it. It is used if all of this is true; otherwise each file is synced by itself:

- Linux 5.17 or later. Before 5.8 syncfs reported no failure, before 5.17 of none in the file system's own records.
- ext4, xfs, btrfs, f2fs or tmpfs. overlayfs hands it on to its upper layer, but the failure to write a file's data
  does not come back that way; and the server behind FUSE, NFS or SMB may never hear of it. Such folders are rare for
  documents: a container's volume is the host's own file system.
- Little waits to be written on the whole machine. Somebody who copies films to the same disk would let every family
  wait for them. The more families share the wait, the longer it may be: one edit in the watcher waits for little.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_WAITING_BYTES: Final = 16 * 1024**2
"""For each family that waits: a slow disk writes so much in an eighth of a second, which its own fsyncs take too."""
_SINCE: Final = (5, 17)
_KINDS: Final = frozenset({0xEF53, 0x58465342, 0x9123683E, 0xF2F52010, 0x01021994})
"""`f_type` of ext4, xfs, btrfs, f2fs and tmpfs, from linux/magic.h."""
_LARGER_THAN_STATFS: Final = 512
_MEMORY: Final = Path("/proc/meminfo")
_WAITING: Final = re.compile(rb"^(?:Dirty|Writeback): +(\d+) kB$", re.MULTILINE)


@contextlib.contextmanager
def sync_together(folder: Path, families: int) -> Iterator[Callable[[], None] | None]:
    """Yield a function that syncs all files written in `folder` so far at once; None if each must be synced alone.

    It raises `OSError` if something could not be written, ours or not; then none of the files is to be trusted.
    The folder is opened before they are written, so that no failure is missed, whoever else the system reports it to.
    """
    with contextlib.ExitStack() as opened:
        descriptor = -1
        with contextlib.suppress(OSError):
            if _reports_failures() and _waiting_bytes() <= families * MOST_WAITING_BYTES:
                descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
                opened.callback(os.close, descriptor)
        if descriptor >= 0 and _kind(descriptor) in _KINDS:
            yield lambda: _syncfs(descriptor)
        else:
            yield None


@cache
def _reports_failures() -> bool:
    release = re.match(r"(\d+)\.(\d+)", os.uname().release)
    return sys.platform == "linux" and release is not None and (int(release[1]), int(release[2])) >= _SINCE


def _waiting_bytes() -> int:
    return sum(int(kilobytes) * 1024 for kilobytes in _WAITING.findall(_MEMORY.read_bytes()))


def _kind(descriptor: int) -> int:
    """The file system's `f_type`: the first field of `struct statfs`."""
    found = ctypes.create_string_buffer(_LARGER_THAN_STATFS)
    if _system().fstatfs(descriptor, found) != 0:
        return 0
    return int.from_bytes(found.raw[: ctypes.sizeof(ctypes.c_int)], sys.byteorder)


def _syncfs(descriptor: int) -> None:
    if _system().syncfs(descriptor) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


@cache
def _system() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
