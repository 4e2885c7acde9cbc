"""Whether a family's documents stand as we left them, judged by directory entries.

A file that appears, goes or is replaced changes the entry of its folder, and so does a document that is opened in Word
or LibreOffice, which put their lock files beside it. One entry a family is therefore enough of most; only a program
that writes into a file where it lies leaves no trace there. So each look reads some folders whole: all of them in a
small workspace, some by lot in a large one, and all again when the day changes. No edit is lost meanwhile, since the
contents of a document are compared before it is replaced.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from hopdocs.clock import file_clock_ns
from hopdocs.freshness.file_stats import list_file_stats
from hopdocs.workspace import PROJECT_FOLDER, PROJECT_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hopdocs.freshness.cache import Cache
    from hopdocs.freshness.signatures import SignatureRow

PAGE: Final = "overblik.html"
"""The page of a family beside its documents, of the project, and of all."""
SMALL: Final = 50
"""Families of a workspace whose output folders are all read whole at each look."""
LOT: Final = 25
"""Folders of a larger one that are."""
_AT_REST_NS: Final = 2_000_000_000
"""A change may hide in the same tick of the file system's clock as the last one: two seconds is the coarsest (FAT)."""


def draw(number: int) -> int:
    """A random number from 0 up to, but not including, `number`."""
    return int.from_bytes(os.urandom(8), "big") % number


def is_large(count: int) -> bool:
    """Whether so many families are too many to read all their folders whole at each look."""
    return count > SMALL


def choose_by_lot(paths: Sequence[str], draw: Callable[[int], int] = draw) -> frozenset[str]:
    """Whose folders are read whole in a look at all these families."""
    start, end = 0, SMALL
    if is_large(len(paths)):
        start = draw(len(paths))
        end = start + LOT
    return frozenset([*paths[start:end], *paths[: max(0, end - len(paths))]])


def mark_of(entry: os.stat_result) -> str:
    """What a folder's own entry says: another, as soon as a file in it comes, goes or is replaced."""
    return f"{entry.st_ino} {entry.st_mtime_ns} {entry.st_ctime_ns}"


def is_as_left(cache: Cache, path: str, folder: str) -> bool:
    """Whether each document of a family's file is in the folder as it was left there, by its entry, and its page."""
    found = list_file_stats(folder)
    return PAGE in found and cache.file_stats(path).items() <= found.items()


class OutputSight:
    """Looks at the families' output folders, and remembers which of them held what they should."""

    def __init__(
        self, output: str, cache: Cache, now_ns: Callable[[], int] = file_clock_ns, draw: Callable[[int], int] = draw
    ) -> None:
        self._output = output
        self._cache = cache
        self._now_ns = now_ns
        self._draw = draw
        self._by_lot: frozenset[str] = frozenset()
        self._is_large = False
        self._seen: list[tuple[str, str]] = []

    def begin(self, paths: Sequence[str]) -> None:
        """Choose at random whose folders are read whole in this look."""
        self._is_large = is_large(len(paths))
        self._by_lot = choose_by_lot(paths, self._draw)

    def is_untouched(self, known: SignatureRow, folder: str) -> bool:
        """Whether each document that was left there is there as it was."""
        if not known.documents:
            return True
        path = f"{self._output}/{folder}"
        try:
            entry = os.stat(path, follow_symlinks=False)  # noqa: PTH116 - ten thousand times
            mark = mark_of(entry)
            if mark == known.folder and known.path not in self._by_lot:
                return True
            if not is_as_left(self._cache, known.path, path):
                return False
        except OSError:
            return False
        is_at_rest = self._now_ns() - max(entry.st_mtime_ns, entry.st_ctime_ns) > _AT_REST_NS
        if self._is_large and is_at_rest and mark != known.folder:
            self._seen.append((known.path, mark))
        return True

    def keep(self) -> None:
        """Remember what was seen, for the next look."""
        if self._seen:
            self._cache.keep_folders(self._seen)
            self._seen = []


def is_project_untouched(output: str, cache: Cache) -> bool:
    """Whether each paper of the project, which belongs to no family, is there as it was left."""
    left = cache.file_stats(PROJECT_NAME)
    return not left or left.items() <= list_file_stats(f"{output}/{PROJECT_FOLDER}").items()
