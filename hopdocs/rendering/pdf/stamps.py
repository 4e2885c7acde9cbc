"""The numbers at the foot of a bound plan's pages: "Samlet plan: Side 3 af 12".

They are artifacts (ISO 32000-1, 14.8.2.2): a screen reader passes over them. They are set in a font that the plan has
in it already, as PDF/UA wants of each font (ISO 14289-1, 7.21.4.1). A plan holds only those letters of it that it
uses; where one is missing, the numbers are in Helvetica, which every viewer has and no file needs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from hopdocs.rendering.pdf.attached.objects import add_object, box_of, dictionary_of, items_of, make_stream, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pypdf import PageObject, PdfWriter

STAMP_POINTS: Final = 8
STAMP_MARGIN_POINTS: Final = 14
_NAME: Final = "/HopdocsStamp"
_HELVETICA: Final = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
        NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
    }
)
_HELVETICA_WIDTHS: Final = {"i": 222, "l": 222, "f": 278, " ": 278, ":": 278, "S": 667, "m": 833}
_LETTER: Final = re.compile(r"<([0-9A-Fa-f]{2})> *<([0-9A-Fa-f]{4})>(?! *<)")
"""A code of one byte and its letter, as LibreOffice writes them."""
_SLANTED_OR_HEAVY: Final = re.compile("Bold|Italic|Oblique")


@dataclass(frozen=True, slots=True)
class _Font:
    """What the numbers are set in: the code and the width of each letter, in thousandths of its size."""

    reference: Any
    codes: Mapping[str, int]
    widths: Mapping[str, float]


def stamp_pages(writer: PdfWriter) -> None:
    """Write its number at the foot of every page, as an artifact."""
    total = len(writer.pages)
    texts = [f"Samlet plan: Side {number} af {total}" for number in range(1, total + 1)]
    font = _choose_font(writer, set("".join(texts)))
    before = add_object(writer, make_stream(b"q\n"))
    for page, text in zip(writer.pages, texts, strict=True):
        after = add_object(writer, make_stream(b"\nQ\n" + _draw_stamp(page, text, font)))
        own = page.get("/Contents")
        own = own.get_object() if own is not None else None
        middle = list(own) if isinstance(own, ArrayObject) else [page.raw_get("/Contents")] if own is not None else []
        page[NameObject("/Contents")] = ArrayObject([before, *middle, after])
        resources = DictionaryObject(dictionary_of(page.get("/Resources")))
        fonts = DictionaryObject(dictionary_of(resources.get("/Font")))
        fonts[NameObject(_NAME)] = font.reference
        resources[NameObject("/Font")] = fonts
        page[NameObject("/Resources")] = resources


def _choose_font(writer: PdfWriter, letters: set[str]) -> _Font:
    """The plan's own upright one with all these letters, or another of its own, or Helvetica."""
    fonts = dictionary_of(dictionary_of(writer.pages[0].get("/Resources")).get("/Font"))
    able = [(str(font.get("/BaseFont")), name) for name, font in _embedded(fonts) if letters <= set(_codes_of(font))]
    if not able:
        codes = {letter: ord(letter) for letter in letters}
        return _Font(add_object(writer, _HELVETICA), codes, dict.fromkeys(letters, 556) | _HELVETICA_WIDTHS)
    _, name = min(able, key=lambda one: (_SLANTED_OR_HEAVY.search(one[0]) is not None, one))
    font = dictionary_of(fonts[name])
    codes, first = _codes_of(font), int(number_of(font.get("/FirstChar")))
    widths = [number_of(width) for width in items_of(font.get("/Widths"))]
    return _Font(fonts.raw_get(name), codes, {letter: widths[codes[letter] - first] for letter in letters})


def _embedded(fonts: DictionaryObject) -> Iterator[tuple[str, DictionaryObject]]:
    for name in fonts:
        font = dictionary_of(fonts[name])
        if font.get("/Subtype") == "/TrueType" and "/FontFile2" in dictionary_of(font.get("/FontDescriptor")):
            yield name, font


def _codes_of(font: DictionaryObject) -> dict[str, int]:
    table = font.get("/ToUnicode")
    stream = table.get_object() if table is not None else None
    if not isinstance(stream, StreamObject):
        return {}
    found = _LETTER.findall(stream.get_data().decode("latin-1"))
    return {chr(int(letter, 16)): int(code, 16) for code, letter in reversed(found)}


def _draw_stamp(page: PageObject, text: str, font: _Font) -> bytes:
    """The operators, upright and at the right edge of the foot as the reader sees it."""
    left, bottom, right, top = _visible_box(page)
    scale = 1 / max(number_of(page.get("/UserUnit"), 1), 0.01)
    width = sum(font.widths[letter] for letter in text) * STAMP_POINTS / 1000
    turned = int(number_of(page.get("/Rotate"))) % 360
    along, across = (STAMP_MARGIN_POINTS * 2 + width) * scale, STAMP_MARGIN_POINTS * scale
    turn, x, y = {
        0: ((1, 0, 0, 1), right - along, bottom + across),
        90: ((0, 1, -1, 0), right - across, top - along),
        180: ((-1, 0, 0, -1), left + along, top - across),
        270: ((0, -1, 1, 0), left + across, bottom + along),
    }.get(turned, ((1, 0, 0, 1), right - along, bottom + across))
    matrix = " ".join(f"{part * scale:g}" for part in turn)
    drawn = bytes(font.codes[letter] for letter in text).hex()
    head = f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q {matrix} {x:.2f} {y:.2f} cm 0.35 g BT "
    return f"{head}{_NAME} {STAMP_POINTS} Tf <{drawn}> Tj ET Q EMC\n".encode()


def _visible_box(page: PageObject) -> tuple[float, float, float, float]:
    """What is shown of a page: its crop box, and of that no more than the page has (ISO 32000-1, 14.11.2)."""
    left, bottom, right, top = (float(side) for side in page.mediabox)
    left, right, bottom, top = min(left, right), max(left, right), min(bottom, top), max(bottom, top)
    crop = box_of(page.get("/CropBox"))
    if crop is None:
        return left, bottom, right, top
    shown = max(left, crop[0]), max(bottom, crop[1]), min(right, crop[2]), min(top, crop[3])
    return shown if shown[0] < shown[2] and shown[1] < shown[3] else (left, bottom, right, top)
