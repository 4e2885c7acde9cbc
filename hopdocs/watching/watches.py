"""The system's watches on some folders, and whether they can be trusted: they die, or are too few, without a word.

Seen in watchdog 7.1.0: an observer counts as alive though the thread that reads the system's events for it is dead, and
where the limit of watches is reached below a folder, the folders in it are left out silently.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import sys
import threading
import warnings
from typing import TYPE_CHECKING, Final

from watchdog.observers import Observer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchdog.events import FileSystemEventHandler
    from watchdog.observers.api import BaseObserver

_STOP_SECONDS: Final = 5.0
_IN_MODIFY: Final = 0x2


class Watches:
    """Starts, stops and looks after one observer."""

    def __init__(self, handler: FileSystemEventHandler) -> None:
        self._handler = handler
        self._observer: BaseObserver | None = None

    def start(self, folders: Mapping[str, bool]) -> bool:
        """Watch these folders, those that are true with all below them; false if the system has refused."""
        self.stop()
        observer = None
        try:
            observer = Observer()
            for folder, recursive in folders.items():
                observer.schedule(self._handler, folder, recursive=recursive)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)
                observer.start()
        except (
            OSError,
            RuntimeError,
        ):  # no watches (ENOSPC, EMFILE) or threads left, or none on this disk
            if observer is not None:
                with contextlib.suppress(Exception):
                    observer.stop()  # one that was only made has a thread and handles of the system already
            return False
        self._observer = observer
        return True

    def stop(self) -> None:
        """Let go of them."""
        observer, self._observer = self._observer, None
        if observer is not None:
            with contextlib.suppress(Exception):
                observer.stop()
                observer.join(_STOP_SECONDS)

    def are_alive(self) -> bool:
        """Whether every thread on the way from the system to us still runs."""
        observer = self._observer
        if observer is None or not observer.is_alive() or not all(item.is_alive() for item in observer.emitters):
            return False
        reader = getattr(observer, "_inotify_fd", None)  # there is no other way to it
        return not isinstance(reader, threading.Thread) or reader.is_alive()


def can_watch_more(folder: str) -> bool:
    """Whether the system would give one more watch: if not, some folder may be without."""
    if not sys.platform.startswith("linux"):
        return True
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.inotify_init1(os.O_CLOEXEC)
    if descriptor < 0:
        return False
    try:
        watch = libc.inotify_add_watch(descriptor, os.fsencode(folder), _IN_MODIFY)
        return watch >= 0 or ctypes.get_errno() not in {errno.ENOSPC, errno.ENOMEM}
    finally:
        os.close(descriptor)
