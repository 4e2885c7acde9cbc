"""A terminal as a person has it before her: a program at the other end of a pseudo-terminal, and what is read on it.

Reads the escape codes that hopdocs' pictures are made of (ECMA-48, and xterm's second screen); any other is a fault of
the test, so that nothing is drawn that nobody has read.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from typing import TYPE_CHECKING, Final

from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_TOKEN: Final = re.compile(r"\x1b\[(\??)([\d;]*)([A-Za-z])|([\r\n\x08])|([^\x1b\r\n\x08]+)")
_LOOK_SECONDS: Final = 0.1


class Glass:
    """What stands on a terminal's two screens after all that was written to it."""

    def __init__(self, columns: int = 80, lines: int = 24) -> None:
        self.columns, self.lines = columns, lines
        self.is_second = False
        self.has_cursor = True
        self.styles: set[str] = set()
        self._first, self._second = self._empty(), self._empty()
        self._row, self._column = 0, 0
        self._kept = 0, 0
        self._unread = ""

    def _empty(self) -> list[list[str]]:
        return [[" "] * self.columns for _ in range(self.lines)]

    @property
    def _screen(self) -> list[list[str]]:
        return self._second if self.is_second else self._first

    @property
    def text(self) -> str:
        """What can be read now."""
        return "\n".join("".join(row).rstrip() for row in self._screen)

    def resize(self, columns: int, lines: int) -> None:
        """A window of another size; what stood in it is anybody's guess, so it is something that must go."""
        self.columns, self.lines = columns, lines
        self._second = [["#"] * columns for _ in range(lines)]
        self._first = self._empty()
        self._row = self._column = 0
        self._kept = 0, 0

    def write(self, text: str) -> None:
        text = self._unread + text
        cut = text.rfind("\x1b")
        whole = cut < 0 or _TOKEN.match(text, cut) is not None
        text, self._unread = (text, "") if whole else (text[:cut], text[cut:])
        at = 0
        while at < len(text):
            token = _TOKEN.match(text, at)
            assert token is not None, f"a code that this terminal does not know: {text[at : at + 20]!r}"
            at = token.end()
            private, numbers, letter, control, words = token.groups()
            if words:
                for sign in words:
                    self._put(sign)
            elif control:
                self._control(control)
            else:
                self._code(private, numbers, letter)

    def _put(self, sign: str) -> None:
        if self._column == self.columns:
            self._control("\n")
            self._column = 0
        if self._row < self.lines:
            self._screen[self._row][self._column] = sign
        self._column += 1

    def _control(self, sign: str) -> None:
        if sign == "\r":
            self._column = 0
        elif sign == "\x08":
            self._column = max(self._column - 1, 0)
        elif self._row == self.lines - 1:
            del self._screen[0]
            self._screen.append([" "] * self.columns)
        else:
            self._row += 1

    def _code(self, private: str, numbers: str, letter: str) -> None:
        match private, numbers, letter:
            case "?", "1049", "h":
                self.is_second, self._second = True, self._empty()
                self._kept = self._row, self._column
            case "?", "1049", "l":
                self.is_second = False
                self._row, self._column = self._kept
            case "?", "25", "h" | "l":
                self.has_cursor = letter == "h"
            case "", _, "H":
                row, _, column = (numbers or "1;1").partition(";")
                self._row, self._column = int(row) - 1, int(column) - 1
            case "", _, "A":
                self._row = max(self._row - int(numbers or 1), 0)
            case "", "2", "K":
                self._screen[self._row] = [" "] * self.columns
            case "", _, "m":
                self.styles.add(numbers)
            case _:
                raise AssertionError(f"a code that this terminal does not know: {private}{numbers}{letter}")


class Seat:
    """A person before a terminal in which a program runs: she reads, types, and pulls at the window's edge."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], *, columns: int, lines: int) -> None:
        self.glass = Glass(columns, lines)
        self.written = ""
        self._end, theirs = os.openpty()
        self._set_size(columns, lines)
        # Of a session of its own, whose terminal it is: else Ctrl-C and Ctrl-Z would be mere letters.
        self._process = subprocess.Popen(
            ["setsid", "--ctty", *words], stdin=theirs, stdout=theirs, stderr=theirs, env={**environment}
        )
        os.close(theirs)

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def resize(self, columns: int, lines: int) -> None:
        self.glass.resize(columns, lines)
        self._set_size(columns, lines)

    def type(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def read_until(self, fits: Callable[[Glass], bool]) -> str:
        """What stands there as soon as it fits."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not fits(self.glass):
            assert time.monotonic() < deadline, f"never seen; last:\n{self.glass.text}"
            assert self._read(), f"the program has ended; last:\n{self.glass.text}"
        return self.glass.text

    def read_to_the_end(self) -> int:
        """The program's exit code, once it has ended and all is read."""
        while self._read():
            pass
        return self._process.wait(PATIENCE_SECONDS)

    def echoes(self) -> bool:
        """Whether keys that are pressed are seen."""
        return bool(termios.tcgetattr(self._end)[3] & termios.ECHO)

    def close(self) -> None:
        """At the end of a test, whatever became of it."""
        os.close(self._end)  # which hangs up on whatever still runs there
        self._process.kill()
        self._process.wait()

    def _read(self) -> bool:
        ready, _, _ = select.select([self._end], [], [], _LOOK_SECONDS)
        if not ready:
            return True
        try:
            data = os.read(self._end, 65536)
        except OSError as err:
            if err.errno == errno.EIO:  # nobody has the other end any more
                return False
            raise
        text = data.decode("utf-8", "surrogateescape")
        self.written += text
        self.glass.write(text)
        return bool(data)
