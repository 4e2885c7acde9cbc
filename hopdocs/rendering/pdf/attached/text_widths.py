"""How far a string moves what stands after it on its line."""

from __future__ import annotations

from collections import deque
from typing import Any, Final

from pypdf._codecs.core_font_metrics import CORE_FONT_METRICS  # the widths of Adobe's fourteen fonts
from pypdf.generic import ArrayObject, DictionaryObject

from hopdocs.rendering.pdf.attached.objects import dictionary_of, items_of, number_of, resolve, text_of

_HELVETICA: Final = CORE_FONT_METRICS["Helvetica"].character_widths
_USUAL: Final = 556.0
_READ: Final[deque[tuple[DictionaryObject, dict[int, float]]]] = deque(maxlen=32)
"""The composite fonts that were met last, whose widths may be thousands, while a page has a string for each word."""


def width_of(text: str) -> float:
    """In thousandths of the size, in Helvetica."""
    return sum(_HELVETICA.get(letter, _USUAL) for letter in text)


def widths_in(font: DictionaryObject, string: bytes) -> list[float]:
    """Each character's width in a page's own font, in thousandths of the size."""
    if font.get("/Subtype") == "/Type0":
        own = dictionary_of(next(iter(items_of(font.get("/DescendantFonts"))), None))
        known, usual = _composite_widths(own), number_of(own.get("/DW"), 1000)
        return [known.get(int.from_bytes(string[at : at + 2]), usual) for at in range(0, len(string), 2)]
    widths = items_of(font.get("/Widths"))
    if widths:
        first = int(number_of(font.get("/FirstChar")))
        usual = number_of(dictionary_of(font.get("/FontDescriptor")).get("/MissingWidth"))
        scale = 1.0
        if font.get("/Subtype") == "/Type3":
            scale = 1000 * number_of(next(iter(items_of(font.get("/FontMatrix"))), None), 0.001)
        return [
            scale * (number_of(widths[code - first]) if 0 <= code - first < len(widths) else usual) for code in string
        ]
    core = CORE_FONT_METRICS.get(text_of(font.get("/BaseFont")))
    known_letters = core.character_widths if core else _HELVETICA
    return [known_letters.get(letter, _USUAL) for letter in string.decode("cp1252", "replace")]


def _composite_widths(font: DictionaryObject) -> dict[int, float]:
    """`c [w1 w2 …]` and `first last w`, as ISO 32000-1, 9.7.4.3 has them."""
    for read, widths in _READ:
        if read is font:
            return widths
    known: dict[int, float] = {}
    left: deque[Any] = deque(resolve(item) for item in items_of(font.get("/W")))
    while len(left) > 1:
        start = int(number_of(left.popleft()))
        if isinstance(left[0], ArrayObject):
            known |= {start + step: number_of(width) for step, width in enumerate(left.popleft())}
        elif len(left) > 1:
            last, width = min(int(number_of(left.popleft())), 0xFFFF), number_of(left.popleft())
            known |= dict.fromkeys(range(start, last + 1), width)
    _READ.append((font, known))
    return known
