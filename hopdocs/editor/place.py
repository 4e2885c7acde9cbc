"""Where the cursor stands in a file: which key is being written, or the value of which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.editor.outline import Outline, ends_in_comment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.diagnostics import DataPath

_PLAIN: Final = re.compile(r"""[^,\[\]{}:#"']*""")
_SECTION: Final = re.compile(r"[^\s#\-\]}]")
_COLON: Final = re.compile(r"""["']?[ \t]*:(?:[ \t]|$)""")


@dataclass(frozen=True, slots=True)
class Place:
    """What may be written where the cursor stands.

    `key_in` is the mapping that a key may be written in, `value_at` the place that a value may be written at; None
    where neither may. Both may: behind a dash nobody knows yet which of the two it becomes. `word` stands on the line
    from `start` to `end`, and `typed` is its part before the cursor.
    """

    key_in: DataPath | None
    value_at: DataPath | None
    word: str
    typed: str
    start: int
    end: int
    has_colon: bool = False
    taken: frozenset[str] = frozenset()
    """The keys that the mapping has, this one not among them."""
    is_in_brackets: bool = False

    @property
    def path(self) -> DataPath:
        """The way to what stands here: to a key's own value, or to the value."""
        if self.key_in is not None and (self.has_colon or self.value_at is None):
            return (*self.key_in, self.word)
        return self.value_at if self.value_at is not None else ()

    @property
    def is_on_key(self) -> bool:
        """Whether a key stands here."""
        return self.key_in is not None and self.has_colon


def find_place(lines: Sequence[str], line: int, column: int) -> Place | None:
    """The place at a line and character from 0; None in a comment and in a block of free text."""
    if ends_in_comment(lines[line][:column]):
        return None
    first, after = _section_around(lines, line)
    outline = Outline()
    outline.read_lines(lines[first:line])
    here, before = lines[line], lines[line][:column]
    begin = outline.read_line(before)
    if outline.is_text:
        return None
    start, end = _extent(here, begin, column)
    key_in, value_at = _what_may_stand(outline, before, begin)
    word, has_colon = here[start:end], _COLON.match(here, end) is not None
    section = lines[first:after] if key_in else [item for item in lines if _SECTION.match(item)]
    taken = _keys_of(section, key_in, word) if key_in is not None else frozenset()
    return Place(
        key_in, value_at, word, here[start:column], start, end, has_colon, taken, is_in_brackets=outline.is_in_brackets
    )


def _section_around(lines: Sequence[str], line: int) -> tuple[int, int]:
    """The lines of the file's own key that a line belongs to: a long file has many, and each stands for itself."""
    first, after = line, line + 1
    while first and not _SECTION.match(lines[first]):
        first -= 1
    while after < len(lines) and not _SECTION.match(lines[after]):
        after += 1
    return first, after


def _what_may_stand(outline: Outline, before: str, begin: int) -> tuple[DataPath | None, DataPath | None]:
    """The mapping that a key may be written in, and the place of a value."""
    indent = len(before) - len(before.lstrip(" \t"))
    if outline.is_in_brackets:
        path = outline.path
        is_key = path[-1] == ""
        return (path[:-1], None) if is_key else (None, path)
    if begin > indent:  # behind a dash or a key, perhaps both
        is_after_dash = outline.is_in_list
        return (outline.path if is_after_dash else None), outline.path
    is_beside_key = outline.close_below(indent)
    if is_beside_key:
        return outline.path[:-1], None
    return outline.path, (outline.path or None)


def _extent(line: str, begin: int, column: int) -> tuple[int, int]:
    """Where the word at the cursor begins and ends, without its quotes."""
    quote = line[begin : begin + 1] if line[begin : begin + 1] in ("'", '"') else ""
    start = min(begin + len(quote), column)
    if quote:
        close = line.find(quote, start)
        return start, max(column, close if close >= 0 else len(line))
    rest = _PLAIN.match(line, column)
    end = rest.end() if rest is not None else column
    return start, max(column, start + len(line[start:end].rstrip()))


def _keys_of(lines: Sequence[str], mapping: DataPath, word: str) -> frozenset[str]:
    """The keys of a mapping, but for the one that is being written."""
    outline = Outline()
    outline.read_lines(lines)
    return frozenset(outline.keys.get(mapping, set()) - {word})
