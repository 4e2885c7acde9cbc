"""An open file's text, and its places: as an editor counts them and as the parser does.

They count alike in nearly every file. But the Language Server Protocol knows three line breaks where YAML 1.1 knows
six, and counts columns in UTF-16 units unless the two agree on others; and the parser reads a text without the marks
that nobody sees, an `å` in two parts made one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from hopdocs.sources.yaml.decoding import LINE_BREAK, smooth_text

Encoding: TypeAlias = str
"""How columns are counted: `utf-8`, `utf-16` or `utf-32` (LSP 3.17, PositionEncodingKind)."""
_LINE_BREAK: Final = re.compile("\r\n|\n|\r")
_BEYOND: Final = 0xFFFF


class Point(NamedTuple):
    """A line and a column from 0, as the editor counts them."""

    line: int
    column: int


class Span(NamedTuple):
    """A piece of the text from one place up to another."""

    start: Point
    end: Point


@dataclass(frozen=True)
class Buffer:
    """What stands in an editor's window."""

    text: str
    encoding: Encoding = "utf-16"

    @cached_property
    def data(self) -> bytes:
        """The bytes that saving would write; half a pair of UTF-16, which no file can hold, becomes a question mark."""
        return self.text.encode("utf-8", "replace")

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines as the editor counts them, without their ends."""
        return tuple(_LINE_BREAK.split(self.text))

    def find(self, point: Point) -> tuple[int, int]:
        """A place that the editor names, as line and character from 0; a place that is not there, the nearest."""
        line = min(max(point.line, 0), len(self.lines) - 1)
        return line, _character_at(self.lines[line], max(point.column, 0), self.encoding)

    def point(self, line: int, character: int) -> Point:
        """The inverse of `find`."""
        return Point(line, _count(self.lines[line][:character], self.encoding))

    def span(self, line: int, column: int, length: int) -> Span:
        """What a diagnostic marks, from the parser's line and column, which count from 1; 0 is the whole file's."""
        starts = self._read_starts
        row = min(max(line, 1), len(starts)) - 1
        end = starts[row + 1] if row + 1 < len(starts) else len(self.text)
        raw = LINE_BREAK.sub("", self.text[starts[row] : end])
        first, last = (_raw_index(raw, index) for index in (column - 1, column - 1 + length))
        return Span(self._at(starts[row] + first), self._at(starts[row] + max(first, last)))

    def _at(self, offset: int) -> Point:
        line = bisect_right(self._starts, offset) - 1
        return Point(line, _count(self.text[self._starts[line] : offset], self.encoding))

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]

    @cached_property
    def _read_starts(self) -> list[int]:
        return [0, *(found.end() for found in LINE_BREAK.finditer(self.text))]


def _raw_index(raw: str, index: int) -> int:
    """Where in a line as it was typed the parser's character stands."""
    wanted = max(index, 0)
    if smooth_text(raw) == raw:
        return min(wanted, len(raw))
    return bisect_left(range(len(raw)), wanted, key=lambda end: len(smooth_text(raw[:end])))


def _count(text: str, encoding: Encoding) -> int:
    if encoding == "utf-32" or (encoding == "utf-16" and text.isascii()):
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(ord(letter) > _BEYOND for letter in text)


def _character_at(line: str, column: int, encoding: Encoding) -> int:
    """The character that a column begins or lies in; behind the last one, the line's end."""
    if encoding == "utf-32" or line.isascii():
        return min(column, len(line))
    found = bisect_right(range(len(line) + 1), column, key=lambda end: _count(line[:end], encoding))
    return found - 1
