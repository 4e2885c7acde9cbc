"""A PDF's fonts in the order of their names: F1, F2, F3.

LibreOffice names a font when a page first needs it, but writes the fonts ordered by where each lies in its memory
(`m_aSubsets` in vcl/source/gdi/pdfwriter_impl.cxx is a map by address), and numbers their objects as it writes. So two
LibreOffices of the same build, given the same document, now and then make files that differ in nothing else. Each font
is a run of objects that only the dictionary of fonts points into. Those runs change places here, and their objects
change numbers; pages say F1 and stay as they are. What is not written in that way is left as it is.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

from hopdocs.rendering.pdf.edits import apply_edits, find_table, read_offsets

if TYPE_CHECKING:
    from collections.abc import Callable

_DICTIONARY: Final = re.compile(rb" 0 obj\n<<((?:/F\d+ \d+ 0 R\n?)+)\n>>\nendobj\n")
"""From behind its number on: what always begins with the same text is found fastest."""
_FONT: Final = re.compile(rb"/F(\d+) (\d+) 0 R")
_NUMBER: Final = re.compile(rb"\d+(?= 0 (?:R|obj)\b)")
"""An object's number, where it begins and where another points to it."""
_STREAM: Final = b">>\nstream\n"


def settle_fonts(pdf: bytes) -> bytes:
    """The same PDF with its fonts in the order of their names, wherever LibreOffice kept them in memory."""
    table, dictionary = find_table(pdf), _DICTIONARY.search(pdf)
    if table is None or dictionary is None:
        return pdf
    offsets = read_offsets(table)
    ends = dict(pairwise([*sorted(offsets), table.start() + 1]))

    def read(number: int) -> bytes:
        return pdf[offsets[number] : ends[offsets[number]]]

    fonts = sorted((int(name), int(number)) for name, number in _FONT.findall(dictionary[1]))
    try:
        named = list(chain.from_iterable(_collect_objects(number, read) for _, number in fonts))
    except IndexError:  # a number that is not in the table
        return pdf
    places = sorted(named)
    is_one_run = places == list(range(places[0], places[0] + len(places))) and all(
        ends[offsets[one]] == offsets[following] for one, following in pairwise(places)
    )
    if named == places or not is_one_run:
        return pdf
    numbers = dict(zip(named, places, strict=True))
    edits = [(*dictionary.span(1), _renumber(dictionary[1], numbers))]
    for number, place in numbers.items():
        head, stream, content = read(number).partition(_STREAM)
        edits.append((offsets[place], ends[offsets[place]], _renumber(head, numbers) + stream + content))
    return apply_edits(pdf, sorted(edits), table)


def _collect_objects(font: int, read: Callable[[int], bytes]) -> list[int]:
    """The numbers of all that makes up a font: its letters, their length, description, widths and texts."""
    found, left = set(), [font]
    while left:
        number = left.pop()
        if number not in found:
            found.add(number)
            left += map(int, _NUMBER.findall(read(number).partition(_STREAM)[0]))
    return sorted(found)


def _renumber(text: bytes, numbers: dict[int, int]) -> bytes:
    return _NUMBER.sub(lambda match: b"%d" % numbers.get(int(match[0]), int(match[0])), text)
