"""The thread that judges, so that whoever types is answered meanwhile: it alone touches the desks."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.editor.buffer import Buffer
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hopdocs.clock import Clock
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.editor.desk import Desk, LastRead
    from hopdocs.editor.opened import Located, OpenFile

QUIET_SECONDS: Final = 0.3
"""How long nothing is typed before the work begins that takes longer than a moment."""
PATIENCE_SECONDS: Final = 30.0
"""How long somebody waits for the first look at a workspace."""
MOST_FAMILIES_TOLD: Final = 500
"""In a larger workspace an editor is told of the faults of what is open, and not of ten thousand files' at once."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong with a file, and the text that its places are counted in."""

    root: Path
    path: str
    buffer: Buffer
    version: int | None
    diagnostics: Sequence[Diagnostic]


class Clerk:
    """Takes in what editors do, in any thread, and `tell`s in its own."""

    def __init__(
        self,
        clock: Clock,
        operator: Path | None,
        tell: Callable[[Told], None],
        report: Callable[[Exception], None],
    ) -> None:
        self._clock = clock
        self._operator = operator
        self._tell = tell
        self._report = report
        self._desks: dict[Path, Desk] = {}
        self._files: dict[tuple[Path, str], tuple[OpenFile, int | None]] = {}
        self._inbox: deque[Callable[[], None]] = deque()
        self._looked_at: set[Path] = set()
        self._news = threading.Condition()
        self._is_over = False
        self._thread = threading.Thread(target=self._work, name="hopdocs-lsp", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """End after the piece of work at hand."""
        with self._news:
            self._is_over = True
            self._news.notify_all()
        self._thread.join()

    def put(self, file: OpenFile, version: int | None) -> None:
        """A file is open, or has changed."""
        self._hand_in(lambda: self._take_in(file, version))

    def close(self, located: Located) -> None:
        """A file is open no more."""
        self._hand_in(lambda: self._put_away(located))

    def look_around(self) -> None:
        """Something may have changed on the disk."""
        self._hand_in(self._look_around)

    def desk(self, root: Path) -> Desk | None:
        """A workspace's desk, to read from what was last known there."""
        return self._desks.get(root)

    def wait_for_desk(self, root: Path) -> Desk | None:
        """The same, once the configuration has been looked at: for a thread that may wait."""
        with self._news:
            self._news.wait_for(lambda: root in self._looked_at or self._is_over, PATIENCE_SECONDS)
        return self._desks.get(root)

    def last_read(self, located: Located) -> LastRead | None:
        """An open family as its text could last be read."""
        desk = self._desks.get(located.root)
        return desk.last_read(located.path) if desk is not None else None

    def _hand_in(self, work: Callable[[], None]) -> None:
        with self._news:
            self._inbox.append(work)
            self._news.notify_all()

    def _take_in(self, file: OpenFile, version: int | None) -> None:
        from hopdocs.editor.desk import Desk  # noqa: PLC0415 - reads every rule, while the editor is answered already

        located = file.located
        if located.root not in self._desks:
            self._desks[located.root] = Desk(located.root, self._clock, self._operator)
        self._files[located.root, located.path] = file, version
        self._desks[located.root].put(located.path, file.buffer.data)

    def _look_around(self) -> None:
        for desk in self._desks.values():
            desk.look_around()

    def _put_away(self, located: Located) -> None:
        self._files.pop((located.root, located.path), None)
        desk = self._desks.get(located.root)
        if desk is None:
            return
        desk.close(located.path)
        if desk.families > MOST_FAMILIES_TOLD:  # of which nothing more is told
            self._tell(Told(located.root, located.path, Buffer(""), None, ()))

    def _work(self) -> None:
        is_quiet = False
        while not self._is_over:
            while self._inbox:
                self._guarded(self._inbox.popleft())
            has_worked = False
            for root, desk in self._desks.items():
                has_worked |= self._do_piece(root, desk, is_quiet=is_quiet)
            if self._inbox:
                is_quiet = False
            elif not has_worked:
                is_quiet = not self._wait_for_news(None if is_quiet else QUIET_SECONDS)

    def _wait_for_news(self, seconds: float | None) -> bool:
        """Whether any came in that time."""
        with self._news:
            return self._news.wait_for(lambda: bool(self._inbox) or self._is_over, seconds)

    def _do_piece(self, root: Path, desk: Desk, *, is_quiet: bool) -> bool:
        has_worked = False

        def work() -> None:
            nonlocal has_worked
            has_worked = desk.do_next(may_take_long=is_quiet)
            for path, diagnostics in desk.take_changed().items():
                self._tell_of(root, path, diagnostics, desk)

        self._guarded(work)
        if root not in self._looked_at:
            with self._news:
                self._looked_at.add(root)
                self._news.notify_all()
        return has_worked

    def _tell_of(self, root: Path, path: str, diagnostics: Sequence[Diagnostic], desk: Desk) -> None:
        file, version = self._files.get((root, path), (None, None))
        if file is not None:
            self._tell(Told(root, path, file.buffer, version, diagnostics))
        elif desk.families <= MOST_FAMILIES_TOLD:
            self._tell(Told(root, path, _buffer_of(root / path), None, diagnostics))

    def _guarded(self, work: Callable[[], None]) -> None:
        """A fault of hopdocs' own must not end the thread: then an editor would show old faults for ever."""
        try:
            work()
        except Exception as err:  # noqa: BLE001 - as it says
            self._report(err)


def _buffer_of(path: Path) -> Buffer:
    """A file that nobody has open, to count places in."""
    try:
        return Buffer(read_source(path).decode("utf-8", "replace"))
    except (FileNotFoundError, UnreadableFile):
        return Buffer("")
