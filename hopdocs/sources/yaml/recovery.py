"""Reading on after a fault: the unreadable lines are blanked, so that the rest can be read and judged.

A family whose file has a fault stays stopped; this is only about telling all faults at once, since a person who
is told them one by one saves, waits and swears once for each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hopdocs.sources.yaml.decoding import LINE_BREAK
from hopdocs.sources.yaml.indentation import KEY_ALONE

if TYPE_CHECKING:
    from hopdocs.sources.yaml.syntax_fault import SyntaxFault

_BLOCK_START: Final = re.compile(r"[^\s#\-\]},]")
_SAID_AGAIN: Final = frozenset({"HD173", "HD193", "HD179", "HD199"})
_MOST_ROUNDS: Final = 25
_MOST_IN_A_BLOCK: Final = 5


class Recovery:
    """One file's lines, of which more and more are blanked until libyaml takes the rest.

    First only the faulty line goes, with the lines that stand deeper below it; where that brings another fault at
    the same place or above, or where a quote or bracket was never closed, the whole top-level key goes.
    """

    def __init__(self, text: str) -> None:
        self.lines: list[str] = LINE_BREAK.split(text)
        self._rounds = 0
        self._told: dict[int, list[int]] = {}
        self._open_ended: set[int] = set()
        self._seen: set[tuple[int, str, str, str]] = set()

    @property
    def text(self) -> str:
        """What is left, on the lines where it stood."""
        return "\n".join(self.lines)

    def is_news(self, fault: SyntaxFault) -> bool:
        """Whether this fault is one of its own, not a consequence of one already told in the same block.

        A line that stands too far in takes its neighbours along: they are the same distance off.
        """
        block = self._block_start(fault.line)
        told = self._told.get(block, [])
        if block in self._open_ended or (told and fault.line <= max(told)):
            return False
        home = int(fault.params.get("key_line", block))  # of a pasted text, the key that it stands below
        seen = (home, fault.code, fault.params.get("found", ""), fault.params.get("expected", ""))
        is_repeated = fault.code in _SAID_AGAIN and seen in self._seen
        self._seen.add(seen)
        return not is_repeated

    def blank(self, fault: SyntaxFault) -> bool:
        """Takes the faulty lines out; False if nothing can be done any more."""
        self._rounds += 1
        if self._rounds > _MOST_ROUNDS or not self.lines:
            return False
        line = min(fault.line, len(self.lines) - 1)
        if fault.code == "HD108":  # a second document: all of the rest
            return self._blank_lines(line, len(self.lines))
        block = self._block_start(line)
        told = self._told.setdefault(block, [])
        is_stuck = block in self._open_ended or (told and line <= max(told)) or len(told) >= _MOST_IN_A_BLOCK
        told.append(line)
        if fault.is_open_ended:
            self._open_ended.add(block)
        start, end = self._block(block) if is_stuck else self._chunk(line)
        if not any(self.lines[number].strip() for number in range(start, end)):
            start, end = self._block(block)
        return self._blank_lines(start, end)

    def _blank_lines(self, start: int, end: int) -> bool:
        has_changed = any(self.lines[number].strip() for number in range(start, end))
        self.lines[start:end] = [""] * (end - start)
        return has_changed

    def _block_start(self, line: int) -> int:
        """The first line of the top-level key that holds `line`."""
        for number in range(min(line, len(self.lines) - 1), -1, -1):
            if _BLOCK_START.match(self.lines[number]) or number in self._told:
                return number
        return 0

    def _block(self, start: int) -> tuple[int, int]:
        end = start + 1
        while end < len(self.lines) and not _BLOCK_START.match(self.lines[end]):
            end += 1
        return start, end

    def _chunk(self, line: int) -> tuple[int, int]:
        """The line and what stands deeper right below it, or as list entries of a key without a value."""
        depth = _indent(self.lines[line])
        heads_list = KEY_ALONE.match(self.lines[line]) is not None
        end = line + 1
        while end < len(self.lines):
            here = self.lines[end]
            is_entry = heads_list and _indent(here) == depth and here.lstrip().startswith("- ")
            if here.strip() and _indent(here) <= depth and not is_entry:
                break
            end += 1
        return line, end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
