"""Which lines each value of a file takes up. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import yaml

from hopdocs.sources.yaml.decoding import LINE_BREAK
from hopdocs.sources.yaml.libyaml import ENDS, OPENINGS, walk_events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.diagnostics import DataPath
    from hopdocs.sources.yaml.libyaml import YamlEvent


_BLOCKS: Final = ("|", ">")


@dataclass(frozen=True, slots=True)
class Extents:
    """By path: the lines of each text with its key, from 1, and the line on which each list or mapping is named.

    `starts` has the line on which each text itself begins, and its columns there, from 0. `ends` has by line where its
    last value or key ends: what comes behind is a comment.
    """

    values: dict[DataPath, range] = field(default_factory=dict)
    heads: dict[DataPath, int] = field(default_factory=dict)
    starts: dict[DataPath, tuple[int, slice]] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)

    def without_comment(self, number: int, line: str) -> str:
        """A line without the note that somebody has written behind it."""
        end = self.ends.get(number)
        return line if end is None else line[:end] + line[end:].partition("#")[0].rstrip()


@dataclass(slots=True)
class _Holder:
    """A list or mapping while it is walked through. `key_line` is 0 where no key waits for its value."""

    at: DataPath
    is_mapping: bool
    key: str = ""
    key_line: int = 0
    count: int = 0

    def step(self) -> DataPath:
        """The path of the value that comes now."""
        if self.is_mapping:
            return (*self.at, self.key)
        self.count += 1
        return (*self.at, self.count - 1)


def measure_extents(text: str) -> Extents:
    """The lines of everything in a text; of two values under one key those of the first, which the data keep."""
    found = Extents()
    lines = LINE_BREAK.split(text)
    stack: list[_Holder] = []
    for event in walk_events(text):
        kind = type(event)
        if kind in ENDS:
            stack.pop()
            continue
        if kind is not yaml.ScalarEvent and kind not in OPENINGS:
            continue
        if kind is yaml.ScalarEvent and event.style not in _BLOCKS:
            if event.end_mark.line > event.start_mark.line:
                found.ends.pop(event.start_mark.line + 1, None)  # a text that goes on has no comment in it
            found.ends[event.end_mark.line + 1] = event.end_mark.column
        holder = stack[-1] if stack else None
        if holder is not None and holder.is_mapping and not holder.key_line:
            holder.key_line = event.start_mark.line + 1
            holder.key = event.value if kind is yaml.ScalarEvent else ""
            if kind is yaml.ScalarEvent:
                continue
        at = holder.step() if holder is not None else ()
        first = (holder.key_line if holder is not None else 0) or event.start_mark.line + 1
        if holder is not None:
            holder.key_line = 0
        if kind in OPENINGS:
            found.heads.setdefault(at, first)
            stack.append(_Holder(at, kind is yaml.MappingStartEvent))
        else:
            found.values.setdefault(at, range(first, max(first, _last_line(event, lines)) + 1))
            start, end = event.start_mark, event.end_mark
            found.ends.update(dict.fromkeys(range(first + 1, start.line + 1), 0))  # between a key and its value
            columns = slice(start.column, end.column if end.line == start.line else None)
            found.starts.setdefault(at, (start.line + 1, columns))
    return found


def _last_line(event: YamlEvent, lines: Sequence[str]) -> int:
    """The last line with a letter of it: a block of text ends where the next line begins."""
    end = event.end_mark
    last: int = end.line + (0 if end.column == 0 and end.line > event.start_mark.line else 1)
    while last > event.start_mark.line + 1 and (last > len(lines) or not lines[last - 1].strip()):
        last -= 1
    return last
