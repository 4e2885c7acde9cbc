"""What of a file could not be read: there, a key that is missing from the data may well stand in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hopdocs.diagnostics import DataPath, Diagnostic

_TOP_KEY: Final = re.compile(r"([^\s:#'\"\-\]}<>=|][^\s:#]*)")
_HIDE_THE_REST: Final = frozenset({"HD105", "HD108"})
_HIDE_A_KEY: Final = frozenset({"HD171", "HD172", "HD175"})
"""Faults of lines that were read, with one key less than was written."""


@dataclass(frozen=True, slots=True)
class UnreadParts:
    """Which top-level keys lost lines; `top_level`: a top-level key itself may be among them."""

    everything: bool = False
    top_level: bool = False
    blocks: frozenset[str] = frozenset()

    def reaches(self, at: DataPath) -> bool:
        """Whether what stands at a path may be incomplete."""
        if self.everything or not at:
            return self.everything
        return (len(at) == 1 and self.top_level) or at[0] in self.blocks


def find_unread_parts(shown: Sequence[str], parsed: Sequence[str], faults: Iterable[Diagnostic]) -> UnreadParts:
    """From the lines as they stand and as they were read."""
    codes = {fault.code for fault in faults}
    if codes & _HIDE_THE_REST:
        return UnreadParts(everything=True)
    lost = {fault.line - 1 for fault in faults if fault.code in _HIDE_A_KEY}
    lost |= {number for number, line in enumerate(parsed) if not line.strip() and shown[number].strip()}
    blocks: set[str] = set()
    top_level = False
    block = ""
    for number, line in enumerate(shown):
        key = _TOP_KEY.match(line)
        if key:
            block = key[1]
        if number in lost and not line.lstrip().startswith("#"):
            blocks.add(block)
            top_level = top_level or key is not None
    return UnreadParts(top_level=top_level, blocks=frozenset(blocks))
