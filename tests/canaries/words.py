"""Canary words: invented, of one shape, and each put in one place only, so that a word found says what leaked."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CONSONANTS, _VOWELS = "bdfgklmnpr", "aeiou"
_ALL = (len(_CONSONANTS) * len(_VOWELS)) ** 3
_STRIDE = 7919  # prime to the number of words: neighbours look nothing like each other
PER_HOUSEHOLD = 450
SHAPE = re.compile(rf"zq(?:[{_CONSONANTS}][{_VOWELS}]){{3}}")


def word_at(number: int) -> str:
    """The canary word of that number."""
    rest = number * _STRIDE % _ALL
    letters = ""
    for _ in range(3):
        rest, syllable = divmod(rest, len(_CONSONANTS) * len(_VOWELS))
        letters += _CONSONANTS[syllable // len(_VOWELS)] + _VOWELS[syllable % len(_VOWELS)]
    return f"zq{letters}"


def canaries_in(text: str) -> frozenset[str]:
    """Every canary word, whatever its case and its ending."""
    return frozenset(SHAPE.findall(text.casefold()))


@dataclass
class Words:
    """The words of one household; no other household has them."""

    household: int
    used: int = 0

    def new(self) -> str:
        """A word that stands nowhere yet."""
        assert self.used < PER_HOUSEHOLD
        self.used += 1
        return word_at((self.household + 1) * PER_HOUSEHOLD + self.used)

    def name(self) -> str:
        """The same, as a name is written."""
        return self.new().capitalize()
