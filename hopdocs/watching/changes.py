"""What the system says has changed in the workspace: a hint to look again, and never more than that.

The threads stay behind two questions: has something changed, and what. Events get lost (a full queue reported 2,668
of 20,000 files), come twice, or name a file that is gone. So besides them the folders' entries are compared every few
seconds, which also finds what happened while a watch was dead. Where the system has no more watches, and on shares,
whose server tells nothing, that is done every second, and why is said.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from watchdog.events import (
    DirModifiedEvent,
    FileClosedNoWriteEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)

from hopdocs.package_data import CATALOGUE_NAME
from hopdocs.watching.shares import share_kind
from hopdocs.watching.watches import Watches, can_watch_more
from hopdocs.workspace import CONFIG_NAME, PROJECT_NAME, is_passing

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from hopdocs.workspace import Workspace

QUIET_SECONDS: Final = 0.075
"""How long nothing must happen before a burst of events counts as over: an editor's save takes 2 ms."""
LONGEST_BURST_SECONDS: Final = 1.0
LOOK_SECONDS: Final = 5.0
POLL_SECONDS: Final = 1.0
"""How often entries are compared: beside events, and if there are none."""
LOOK_SHARE: Final = 0.1
"""How much of its time it may spend on that: a slow share is asked more seldom."""
AGAIN_SECONDS: Final = 60.0
"""When the system is asked anew for the watches that it did not have."""

ANSWERS: Final = "mail"
"""Stands among the changes for the folder of answers, wherever it is."""
_WATCHED_FILES: Final = frozenset({CONFIG_NAME, PROJECT_NAME, CATALOGUE_NAME, "families", "templates"})


class _Entry(NamedTuple):
    """A file's entry: another one may be another file."""

    size: int
    modified_ns: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> _Entry:
        return cls(found.st_size, found.st_mtime_ns, found.st_ino)


@dataclass(frozen=True, slots=True)
class Blindness:
    """Why the system cannot tell of all changes: a code and its parameters."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


_NO_WATCHES: Final = Blindness("HD530")


class Changes(FileSystemEventHandler):
    """Watches the families, the templates and the configuration of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._root = str(workspace.root)
        self._changed = threading.Condition()
        self._paths: set[str] = set()
        self._woken = False
        self._last_event = 0.0
        self._watches = Watches(self)
        self._watch_anew_at = float("inf")
        self._places: dict[str, tuple[int, int]] = {}
        self._entries: dict[str, _Entry] = {}
        self._next_look = 0.0
        self._answers = ""
        self.blindness: Blindness | None = None

    @property
    def is_polling(self) -> bool:
        """Whether entries are compared every second, since the system does not tell everything."""
        return self.blindness is not None

    def __enter__(self) -> Self:
        self._entries = self._list_entries()
        self._watch()
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self._watches.stop()

    def follow_answers(self, folder: Path | None) -> None:
        """Watch the folder where answers to invitations are put, too: what config.yaml names now.

        What lies there already counts as new: it may have come after the cycle that named the folder had read it.
        """
        wanted = str(folder) if folder is not None else ""
        if wanted != self._answers:
            self._answers = wanted
            self._next_look = 0.0

    # Called in the observer's thread

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note the paths. Nothing here may fail: the observer's thread would die of it without a word."""
        if isinstance(event, FileOpenedEvent | FileClosedNoWriteEvent | DirModifiedEvent):
            return  # somebody reads, most often we ourselves; and what changed in a folder is told by itself
        with contextlib.suppress(Exception):
            self._note([os.fsdecode(path) for path in (event.src_path, event.dest_path) if path])

    def _note(self, paths: list[str]) -> None:
        found = {relative for path in paths if (relative := self._relative(path)) is not None}
        if not found:
            return
        with self._changed:
            self._paths |= found
            self._last_event = time.monotonic()
            self._changed.notify_all()

    def _relative(self, path: str) -> str | None:
        folder, _, name = path.rpartition(os.sep)
        if self._answers and folder == self._answers:
            return f"{ANSWERS}/{name}" if name.lower().endswith(".eml") and not is_passing(name) else None
        relative = os.path.relpath(path, self._root).replace(os.sep, "/")
        first, _, _ = relative.partition("/")
        if first not in _WATCHED_FILES or is_passing(relative.rpartition("/")[2]):
            return None
        return relative

    # Called in the service's thread

    def wait(self, seconds: float) -> bool:
        """Wait until something has changed, somebody calls `wake`, or the time is over; whether to look."""
        deadline = time.monotonic() + seconds
        while True:
            with self._changed:
                now = time.monotonic()
                if self._paths or self._woken or now >= deadline:
                    return bool(self._paths or self._woken)
                self._changed.wait(min(deadline - now, max(self._next_look - now, 0.01)))
            if time.monotonic() >= self._next_look:
                self._look()

    def settle(self) -> None:
        """Wait until a burst is over, but not for ever."""
        began = time.monotonic()
        while time.monotonic() - began < LONGEST_BURST_SECONDS:
            with self._changed:
                quiet_for = time.monotonic() - self._last_event
            if quiet_for >= QUIET_SECONDS:
                return
            time.sleep(QUIET_SECONDS - quiet_for)

    def take(self) -> frozenset[str]:
        """What has changed since the last time, by path from the workspace. Whoever takes looks at everything.

        Only these entries are looked at here, so that nobody waits for those of ten thousand others; what changed
        without a word is found when all are compared.
        """
        with self._changed:
            taken, self._paths = frozenset(self._paths), set()
            self._woken = False
        for relative in taken:
            self._entries.pop(relative, None)
            with contextlib.suppress(OSError):
                self._entries[relative] = _Entry.of(os.stat(self._place(relative), follow_symlinks=False))  # noqa: PTH116
        return taken

    def is_waiting(self) -> bool:
        """Whether something has changed that nobody has taken yet."""
        with self._changed:
            return bool(self._paths or self._woken)

    def wake(self) -> None:
        """Let `wait` return: from another thread, or from a signal's handler."""
        # No lock: a handler may run while this very thread holds it. The flag is seen at the next turn at the latest.
        self._woken = True
        if self._changed.acquire(blocking=False):
            try:
                self._changed.notify_all()
            finally:
                self._changed.release()

    def _look(self) -> None:
        """Compare the folders' entries with the last time, and see that the watches still watch these folders."""
        began = time.monotonic()
        entries = self._list_entries()
        changed = {relative for relative, _ in entries.items() ^ self._entries.items()}
        self._entries = entries
        if self._find_places() != self._places or not self.is_alive():
            self._watch()
        elif began >= self._watch_anew_at:
            self._watch_if_it_can()
        elif self.blindness is None and not can_watch_more(self._root):
            self._go_blind()
        now = time.monotonic()
        seconds = POLL_SECONDS if self.is_polling else LOOK_SECONDS
        self._next_look = now + max(seconds, (now - began) / LOOK_SHARE)
        with self._changed:
            # What an event has named already was looked at after it; only what no event named is new.
            self._paths |= {path for path in changed if not is_passing(path.rpartition("/")[2])}

    def is_alive(self) -> bool:
        """Whether the system tells of changes, or entries are compared instead."""
        return self.blindness is _NO_WATCHES or self._watches.are_alive()

    def _watch_if_it_can(self) -> None:
        """The watches that are there may tell of most things: they are let go only for whole ones."""
        if can_watch_more(self._root):
            self._watch()
        else:
            self._go_blind()

    def _go_blind(self) -> None:
        self.blindness = _NO_WATCHES
        self._watch_anew_at = time.monotonic() + AGAIN_SECONDS

    def _find_places(self) -> dict[str, tuple[int, int]]:
        """The folders to watch, by identity: one that was deleted and made again is another one."""
        found: dict[str, tuple[int, int]] = {}
        folders = [self._root, str(self._workspace.families), str(self._workspace.templates)]
        if self._answers:
            folders.append(self._answers)
        for folder in folders:
            with contextlib.suppress(OSError):
                entry = os.stat(folder)  # noqa: PTH116 - text, as the others
                found[folder] = (entry.st_dev, entry.st_ino)
        return found

    def _watch(self) -> None:
        self._places = self._find_places()
        self._watch_anew_at = float("inf")
        self._next_look = time.monotonic() + LOOK_SECONDS
        has_watches = self._watches.start({at: at not in {self._root, self._answers} for at in self._places})
        self.blindness = None
        for place in self._places:
            if kind := share_kind(place):
                self.blindness = Blindness("HD730", {"kind": kind, "folder": os.path.basename(place)})  # noqa: PTH119
        if not has_watches or not can_watch_more(self._root):
            self._go_blind()
        if self.is_polling:
            self._next_look = time.monotonic() + POLL_SECONDS

    def _place(self, relative: str) -> str:
        folder, _, name = relative.partition("/")
        return f"{self._answers}/{name}" if folder == ANSWERS else f"{self._root}/{relative}"

    def _list_entries(self) -> dict[str, _Entry]:
        found: dict[str, _Entry] = {}
        for name in _WATCHED_FILES:
            self._list_into(found, f"{self._root}/{name}", name)
        if self._answers:
            with contextlib.suppress(OSError), os.scandir(self._answers) as entries:
                for item in entries:
                    if item.name.lower().endswith(".eml"):
                        found[f"{ANSWERS}/{item.name}"] = _Entry.of(item.stat(follow_symlinks=False))
        return found

    def _list_into(self, found: dict[str, _Entry], path: str, relative: str) -> None:
        with contextlib.suppress(OSError):
            if not os.path.isdir(path):  # noqa: PTH112 - ten thousand times a look, as text
                found[relative] = _Entry.of(os.stat(path, follow_symlinks=False))  # noqa: PTH116
                return
            with os.scandir(path) as entries:
                for item in entries:
                    if item.is_dir(follow_symlinks=False):
                        self._list_into(found, item.path, f"{relative}/{item.name}")
                        continue
                    with contextlib.suppress(OSError):  # gone meanwhile; the others are there
                        found[f"{relative}/{item.name}"] = _Entry.of(item.stat(follow_symlinks=False))
