"""How hard a Danish text is to read: LIX, and the words of the office. Advice for who writes, never a verdict.

LIX = words per sentence + the share of words longer than six letters, in per cent (Björnsson 1968). Danish compounds
("samtykkeerklæring") push it up; up to 35 is easy enough for a letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LONG_WORD_LETTERS = 6
"""A long word has more letters than this."""

LONG_SENTENCE_WORDS = 25

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NOT_AN_END = re.compile(
    r"\b(?:bl\.a|f\.eks|fx|kl|ca|nr|stk|evt|osv|m\.v|mv|mm|m\.m|dvs|pga|ift|inkl|ekskl|tlf|jf|hhv|incl|min|maks|str)\.",
    re.IGNORECASE,
)
_DOTTED_NUMBER = re.compile(r"(?<=\d)[.:](?=\d)")
_SENTENCE_END = re.compile(r"[.!?…]+(?=$|\s+[^\Wa-zæøå]|\s*[\"»”)–-])|\n\s*\n")
"""A full stop before a small letter ended an abbreviation or an ordinal ("24. november", "kr. om året")."""


OFFICE_WORDS: Final[Mapping[str, str]] = {
    "afdække": "finde ud af",
    "afdækning": "undersøgelse",
    "borgeren": "skriv navnet",
    "effektuer": "gennemføre",
    "endvidere": "også",
    "foranstaltning": "hjælp",
    "fordre": "kræve",
    "foreligge": "være der",
    "henhold": "efter",
    "iværksat": "sat i gang",
    "iværksæt": "sætte i gang",
    "jobcent": "Beskæftigelse",
    "kompetenceudvikl": "at lære nyt",
    "monofaglig": "fra ét fagområde",
    "problematik": "det, der er svært",
    "problemstilling": "det, der er svært",
    "progression": "fremgang",
    "pågældende": "den, det handler om",
    "ressourceforløb": "forløb",
    "stillingtagen": "svar",
    "såfremt": "hvis",
    "udredning": "undersøgelse",
    "vedrørende": "om",
    "visiter": "tage stilling til hjælp",
    "visitation": "beslutning om hjælp",
}
"""How a word of the office begins, and what one would say at a kitchen table."""

_OFFICE_WORD = re.compile(rf"\b(?:{'|'.join(OFFICE_WORDS)})\w*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Readability:
    """What was counted in a text. `lix` is 0 if there is no text to measure."""

    words: int
    sentences: int
    long_words: int
    longest_sentence: int

    @property
    def lix(self) -> int:
        """The score, rounded: below 25 very easy, 25-34 easy, 35-44 medium, 45-54 hard, from 55 very hard."""
        if not self.words:
            return 0
        return round(self.words / self.sentences + 100 * self.long_words / self.words)


def measure_readability(text: str) -> Readability:
    """Counts words and sentences. Abbreviations, dates and clock times end no sentence."""
    cleaned = _DOTTED_NUMBER.sub("", _NOT_AN_END.sub(lambda found: found[0].replace(".", ""), text))
    lengths = [len(found) for part in _SENTENCE_END.split(cleaned) if (found := _WORD.findall(part))]
    words = _WORD.findall(cleaned)
    return Readability(
        words=len(words),
        sentences=len(lengths),
        long_words=sum(len(word) > LONG_WORD_LETTERS for word in words),
        longest_sentence=max(lengths, default=0),
    )


def find_office_words(text: str) -> tuple[tuple[str, str], ...]:
    """Each word of the office as it is written, once, with a plainer one."""
    found: dict[str, str] = {}
    for match in _OFFICE_WORD.finditer(text):
        word = match[0].casefold()
        found.setdefault(word, next(plain for stem, plain in OFFICE_WORDS.items() if word.startswith(stem)))
    return tuple(found.items())
