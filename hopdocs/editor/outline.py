"""The shape of a file that is being written, read line by line: indentation, dashes, brackets and colons.

While somebody types a file is hardly ever YAML: a quote is open, a key has no colon yet. So what stands where is read
here from the lines alone, each of which can be wrong without taking the others along. Whether it is right, the parser
says (`hopdocs.sources.yaml`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.diagnostics import DataPath

_DASH: Final = re.compile(r"-(?:[ \t]+|$)")
_KEY: Final = re.compile(r"""("[^"]*"[ \t]*|'[^']*'[ \t]*|[^\s#&*!|>%@`"'{}\[\],][^:#]*+):(?:[ \t]+|$)""")
_FLOW_KEY: Final = re.compile(
    r"""[ \t]*("[^"]*"[ \t]*|'[^']*'[ \t]*|[^\s"'{}\[\],:#][^:,{}\[\]#]*+):(?:[ \t]+|(?=[,}\]])|$)"""
)
_BLOCK_TEXT: Final = re.compile(r"[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$")
_COMMENT: Final = re.compile(r"(?:^|[ \t])#.*$")
_MARKS: Final = "\"'"
_MOST_DEEP: Final = 40
"""Twice as deep as the parser reads: what lies deeper is nobody's, and no text may cost more than its length."""


@dataclass(slots=True)
class _Level:
    """A mapping or a list that is open: how far in it stands, and the key or number that was met last."""

    indent: int
    step: str | int
    closes: str = ""
    """The bracket that ends it; '' for lines that are only indented."""

    @property
    def is_list(self) -> bool:
        """Whether its steps are numbers."""
        return isinstance(self.step, int)


@dataclass(slots=True)
class Outline:
    """What is open after the lines that were read, and which keys each mapping has."""

    keys: dict[DataPath, set[str]] = field(default_factory=dict)
    is_text: bool = False
    """Whether what follows is inside a block of free text (`|`, `>`)."""
    _levels: list[_Level] = field(default_factory=list)
    _text_indent: int = -1
    _bracket_indent: int = -1
    """How far in the line stands that opened the outermost bracket: no line of what is in it may begin there."""

    @property
    def path(self) -> DataPath:
        """The way to what was met last."""
        return tuple(level.step for level in self._levels)

    @property
    def is_in_brackets(self) -> bool:
        """Whether a bracket is open."""
        return bool(self._levels) and bool(self._levels[-1].closes)

    @property
    def is_in_list(self) -> bool:
        """Whether the innermost thing is a list."""
        return bool(self._levels) and self._levels[-1].is_list

    def read_lines(self, lines: Iterable[str]) -> None:
        """Take in whole lines."""
        for line in lines:
            self.read_line(line)

    def read_line(self, line: str) -> int:
        """Take in a line, or its beginning; gives where what is being written begins."""
        column = len(line) - len(line.lstrip(" \t"))
        rest = line[column:]
        if self._text_indent >= 0:
            if not rest or column > self._text_indent:
                self.is_text = True
                return column
            self._text_indent = -1
        self.is_text = False
        if self.is_in_brackets and column <= self._bracket_indent and (_DASH.match(rest) or _KEY.match(rest)):
            self._levels = [level for level in self._levels if not level.closes]  # nobody has closed it yet
        if self.is_in_brackets:
            return self._read_flow(line, column)
        if not rest or rest.startswith("#"):
            return column
        return self._read_block(line, column)

    def close_below(self, column: int) -> bool:
        """Go back to what a line that begins in `column` may belong to; whether a key stands beside it."""
        while self._levels and not self._levels[-1].closes:
            level = self._levels[-1]
            is_beside = level.indent == column and not level.is_list
            if level.indent < column or is_beside:
                return is_beside
            self._levels.pop()
        return False

    def _read_block(self, line: str, column: int) -> int:
        while (dash := _DASH.match(line, column)) is not None and len(self._levels) < _MOST_DEEP:
            while self._levels and self._levels[-1].indent > column:
                self._levels.pop()
            if self._levels and self._levels[-1].is_list and self._levels[-1].indent == column:
                self._levels[-1].step = self._levels[-1].step + 1  # type: ignore[operator]
            else:
                self._levels.append(_Level(column, 0))
            column = dash.end()
        key = _KEY.match(line, column)
        if key is None:
            if not (self._levels and self._levels[-1].is_list):
                self.close_below(column)
            return self._read_value(line, column, column)
        name = _bare(key[1])
        if not self.close_below(column):
            self._levels.append(_Level(column, name))
        self._levels[-1].step = name
        self._note_key(name)
        return self._read_value(line, key.end(), column)

    def _note_key(self, name: str) -> None:
        self.keys.setdefault(self.path[:-1], set()).add(name)

    def _read_value(self, line: str, column: int, indent: int) -> int:
        if _BLOCK_TEXT.match(line, column):
            self._text_indent = indent
            return column
        if line[column : column + 1] in ("[", "{"):
            self._bracket_indent = len(line) - len(line.lstrip(" \t"))
            return self._read_flow(line, column)
        return column

    def _read_flow(self, line: str, column: int) -> int:
        """Within brackets, which may go on over lines. A quote that is not closed ends with its line."""
        start, has_begun = column, False
        while column < len(line):
            letter = line[column]
            if letter == "#" and (column == 0 or line[column - 1] in " \t"):
                return len(line)
            if letter in "[{]},":
                column = start = self._turn(line, column)
                has_begun = False
                if not self.is_in_brackets:
                    return column
            elif letter in _MARKS and not has_begun:
                end = line.find(letter, column + 1)
                column, has_begun = len(line) if end < 0 else end + 1, True
            else:
                has_begun |= letter not in " \t"
                column += 1
        if not has_begun:
            start = self._after_key(line, start)
        return start + len(line[start:]) - len(line[start:].lstrip(" \t"))

    def _turn(self, line: str, column: int) -> int:
        """Past a sign that opens or closes a bracket, or begins its next entry, and past the key that follows."""
        letter = line[column]
        if letter in "]}":
            self._levels.pop()
            return column + 1
        if letter == ",":
            level = self._levels[-1]
            level.step = level.step + 1 if isinstance(level.step, int) else ""
        elif len(self._levels) < _MOST_DEEP:
            self._levels.append(_Level(column, 0 if letter == "[" else "", "]" if letter == "[" else "}"))
        else:
            return len(line)
        return self._after_key(line, column + 1)

    def _after_key(self, line: str, column: int) -> int:
        """Past the key of a pair within `{…}`, noted."""
        level = self._levels[-1]
        if not level.is_list and (key := _FLOW_KEY.match(line, column)) is not None:
            level.step = _bare(key[1])
            self._note_key(level.step)
            return key.end()
        return column


def _bare(name: str) -> str:
    name = name.rstrip(" \t")
    return name[1:-1] if name[:1] in _MARKS and len(name) > 1 else name


def ends_in_comment(text: str) -> bool:
    """Whether a line's beginning ends within a comment; a `#` within quotes begins none."""
    plain = re.sub(r"\"[^\"]*\"|'[^']*'", lambda found: "x" * len(found[0]), text)
    return _COMMENT.search(plain) is not None
