"""A terminal's second screen, on which a picture stands still until something in it changes.

The second screen leaves nothing behind in the first: what stood there before is there again, and no family's name stays
in what can be scrolled back. Only lines that changed are written.
"""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

from rich.console import Console as Terminal

from hopdocs.cli.console import has_colour
from hopdocs.cli.live.picture import lay_out
from hopdocs.cli.live.terminal import QuietKeys, is_in_front, size_of

if TYPE_CHECKING:
    from types import FrameType
    from typing import TextIO

    from rich.segment import Segment

    from hopdocs.cli.live.picture import Picture


class Screen:
    """Shows pictures on `stream`, while the terminal is ours. Used from several threads."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._terminal = Terminal(
            file=stream,
            force_terminal=True,
            no_color=not has_colour(stream),
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
        self._keys = QuietKeys()
        self._drawing = threading.RLock()  # a signal may come in the midst of it
        self._is_up = False
        self._size = (0, 0)
        self._shown: Picture | None = None
        self._lines: list[list[Segment]] = []

    def show(self, picture: Picture) -> None:
        """Show it, in the size that the terminal has now; nothing happens where it stands there already."""
        with self._drawing:
            if not is_in_front(self._stream):
                return
            size = size_of(self._stream)
            if self._is_up and picture == self._shown and size == self._size:
                return
            if not self._is_up:
                self._enter()
            # Each minute whole: whatever else wrote on the terminal is gone then.
            if self._shown is None or size != self._size or picture.clock != self._shown.clock:
                self._lines = []
            self._shown, self._size = picture, size
            self._draw(picture, *size)

    def leave(self) -> None:
        """Give the terminal back as it was; the next picture takes it again."""
        with self._drawing:
            if self._is_up:
                self._is_up = False
                self._shown = None
                self._terminal.show_cursor()
                self._terminal.set_alt_screen(enable=False)
                self._keys.end()

    def suspend(self, _number: int, _frame: FrameType | None) -> None:
        """Ctrl-Z: leave, stop as everybody does, and come back with the next picture when the shell says so."""
        with self._drawing:
            self.leave()
            ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, ours)

    def _enter(self) -> None:
        self._is_up = True
        self._keys.begin()
        self._terminal.set_alt_screen()
        self._terminal.show_cursor(show=False)

    def _draw(self, picture: Picture, width: int, height: int) -> None:
        self._terminal.size = (width, height)
        options = self._terminal.options.update(no_wrap=True, overflow="ellipsis", height=1)
        lines = [self._terminal.render_lines(row, options)[0] for row in lay_out(picture, width, height)]
        before, self._lines = self._lines, lines
        with self._terminal:  # written at once
            for number, line in enumerate(lines):
                if number >= len(before) or line != before[number]:
                    self._terminal.update_screen_lines([line], x=0, y=number)
