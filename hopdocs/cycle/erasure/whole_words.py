"""By which words a family is known, as wholes: the case 26-1 is not the one that the case 26-12 begins with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIGN: Final = r"[0-9A-Za-zÆØÅæøå-]"


def whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """Finds each of these words where it stands by itself, in capitals or not; the longest first."""
    in_order = sorted(filter(None, words), key=len, reverse=True)
    alternatives = "|".join(map(re.escape, in_order)) or "(?!)"
    return re.compile(rf"(?<!{_SIGN})(?:{alternatives})(?!{_SIGN})", re.IGNORECASE)
