"""What the terminal at the other end can show, whether it is ours just now, and keys that print nothing meanwhile."""

from __future__ import annotations

import os
import sys
import termios
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from typing import TextIO

_DUMB: Final = frozenset({"", "dumb", "unknown"})
"""Values of TERM that promise nothing: no moving about, no second screen."""
_USUAL: Final = (80, 24)
_LOCAL_MODES: Final = 3
"""Where termios(3)'s `c_lflag` stands in what `tcgetattr` gives."""


def can_draw(stream: TextIO) -> bool:
    """Whether a person looks at `stream`, what she looks at can be drawn on, and nobody else is at work on it.

    Letters as they are, too: a stream in an old code page gets lines, in which signs that it lacks become numbers.
    """
    encoding = (stream.encoding or "").lower().replace("-", "").replace("_", "")
    knows_codes = os.environ.get("TERM", "").lower() not in _DUMB and encoding.startswith("utf")
    return knows_codes and stream.isatty() and is_in_front(stream)


def is_in_front(stream: TextIO) -> bool:
    """Whether the terminal is ours, and not that of the shell that sent us to the background."""
    try:
        return os.tcgetpgrp(stream.fileno()) == os.getpgrp()
    except (OSError, ValueError):  # not our session's terminal, or a stream in memory: nobody else draws on it
        return True


def size_of(stream: TextIO) -> tuple[int, int]:
    """Columns and lines, asked each time; those of a usual terminal where it does not say."""
    with suppress(OSError, ValueError):
        size = os.get_terminal_size(stream.fileno())
        if size.columns and size.lines:
            return size.columns, size.lines
    return _USUAL


class QuietKeys:
    """Keys that are pressed print nothing into what is drawn; Ctrl-C and Ctrl-Z work as ever."""

    def __init__(self) -> None:
        self._before: list[Any] | None = None

    def begin(self) -> None:
        """From now on; nothing where nobody sits at the keys."""
        if self._before is not None:
            return
        with suppress(OSError, ValueError, termios.error):
            keys = sys.stdin.fileno()
            before = termios.tcgetattr(keys)
            quiet = [*before]
            quiet[_LOCAL_MODES] &= ~(termios.ECHO | termios.ICANON)
            termios.tcsetattr(keys, termios.TCSADRAIN, quiet)
            self._before = before

    def end(self) -> None:
        """As it was, and what was typed meanwhile is no command to the shell."""
        before, self._before = self._before, None
        if before is not None:
            with suppress(OSError, ValueError, termios.error):
                termios.tcsetattr(sys.stdin.fileno(), termios.TCSAFLUSH, before)
