"""By which words a family is known, as wholes: the case 26-1 is not the one that the case 26-12 begins with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIGN: Final = r"[0-9A-Za-zÆØÅæøå-]"


@dataclass(frozen=True, slots=True)
class KnownBy:
    """What a family is called in texts that people and programs write.

    A name may have an ending behind it ("Bodil Stjernekasts"); a number is found only where it stands whole.
    """

    names: tuple[str, ...]
    numbers: tuple[str, ...]

    def is_in(self, text: str) -> bool:
        """Whether a text says it."""
        said = text.casefold()
        return any(name.casefold() in said for name in self.names) or whole_words(self.numbers).search(text) is not None


def whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """Finds each of these words where it stands by itself, in capitals or not; the longest first."""
    in_order = sorted(filter(None, words), key=len, reverse=True)
    alternatives = "|".join(map(re.escape, in_order)) or "(?!)"
    return re.compile(rf"(?<!{_SIGN})(?:{alternatives})(?!{_SIGN})", re.IGNORECASE)
