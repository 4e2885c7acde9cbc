"""Directory entries, as evidence that a file is as we left it."""

from __future__ import annotations

import os
from typing import Final, NamedTuple

OPEN_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
"""How a folder is opened: never through a link in its place."""


class FileStat(NamedTuple):
    """What a directory entry says of a file: cheap evidence that nobody touched it since we put it there.

    The change time is among it, which no program can set back; if any part differs the contents are read.
    """

    size: int
    modified_ns: int
    changed_ns: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> FileStat:
        """From the result of `os.stat`."""
        return cls(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def list_file_stats(path: str) -> dict[str, FileStat]:
    """The folder's directory entries by name; empty if the folder is missing."""
    file_stats: dict[str, FileStat] = {}
    try:
        descriptor = os.open(path, OPEN_FOLDER)
    except FileNotFoundError:
        return file_stats
    try:
        with os.scandir(descriptor) as entries:
            for entry in entries:
                try:
                    found = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                file_stats[entry.name] = FileStat(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    finally:
        os.close(descriptor)
    return file_stats
