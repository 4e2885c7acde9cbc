"""What is shaped like a CPR number, found and hidden: no output of ours may repeat one.

Ten digits DDMMYY-SSSS, with or without a hyphen (CPR-kontoret). The check digit says nothing: valid numbers
without it exist since 2007-10-01. Fictive test numbers add 60 to the day (Styrelsen for It og Læring), and they
count as shaped like one too. Day and month must be possible, so that phone and case numbers pass.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = "[0-36-9](?<![0-9]{2})(?:(?<=[06])[1-9]|(?<=[1278])[0-9]|(?<=[39])[01])"
"""01-31 and 61-91, not amid other digits. Begins with a plain class, which the search runs through quickest."""
_MONTH = "(?:0[1-9]|1[0-2])"
_GAP = "[ \u00a0]?[-–—‐‑. \u00a0]?[ \u00a0]?"
CPR_SHAPE = re.compile(f"{_DAY}[ .-]?{_MONTH}[ .-]?[0-9]{{2}}{_GAP}[0-9]{{4}}(?![0-9])")
_DIGIT = re.compile("[0-9]")


def find_cpr_shapes(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of everything in `text` that is shaped like a CPR number."""
    for match in CPR_SHAPE.finditer(text):
        yield match.span()


def mask_cpr_shapes(text: str) -> str:
    """`text` with `x` for each digit of such a number: same length, so that carets still fit."""
    return CPR_SHAPE.sub(lambda match: _DIGIT.sub("x", match.group()), text)
