"""The words of a form's field, laid out as a viewer lays them out: in a row, in lines, or a letter to a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hopdocs.rendering.pdf.attached.text_widths import width_of

FONT: Final = "/HopdocsField"
_READABLE: Final = range(1, 1000)
"""Sizes that a field may ask for; with any other it is as large as there is room."""
_LARGEST: Final = 12.0
_SMALLEST: Final = 4.0
_LEADING: Final = 1.15
_CAPITALS: Final = 0.718
_PADDING: Final = 2.0


@dataclass(frozen=True)
class FieldText:
    """What is to be written, and how."""

    text: str
    width: float
    height: float
    size: float = 0.0
    """0 for as large as there is room."""
    colour: str = "0 g"
    align: int = 0
    """0 at the left, 1 in the middle, 2 at the right."""
    is_multiline: bool = False
    cells: int = 0
    """Of a comb; 0 for none."""


def can_draw(text: str) -> bool:
    """Whether the font has every letter."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def parse_default_look(look: str) -> tuple[float, str]:
    """Size and colour of `/Helv 12 Tf 0 g`; the font is always our own."""
    words, size, ink = look.split(), 0.0, "0 g"
    for at, word in enumerate(words):
        count = {"g": 1, "rg": 3, "k": 4}.get(word, 0)
        try:
            if word == "Tf" and at:
                size = abs(float(words[at - 1]))
                size = size if _READABLE.start <= size < _READABLE.stop else 0.0
            elif count and at >= count:
                ink = " ".join([*(f"{float(part):.3f}" for part in words[at - count : at]), word])
        except ValueError:
            continue
    return size, ink


def fits(field: FieldText) -> bool:
    """Whether all of it can be read: nothing is cut off at the box's edges, at however small a size."""
    size, lines = _lay_out(field)
    is_high_enough = len(lines) == 1 or len(lines) * size * _LEADING <= field.height
    if field.cells:
        return len(lines[0]) <= field.cells
    return is_high_enough and max(map(width_of, lines)) * size / 1000 <= field.width


def draw_text(field: FieldText) -> bytes:
    """The operators, in a box whose lower left corner is 0 0; nothing runs out of the box."""
    size, lines = _lay_out(field)
    ops = [f"q 0 0 {field.width:.2f} {field.height:.2f} re W n {field.colour} BT {FONT} {size:.2f} Tf"]
    low = field.height - _PADDING - size if field.is_multiline else (field.height - _CAPITALS * size) / 2
    for number, line in enumerate(lines):
        y = low - number * size * _LEADING
        for piece, x in _place(field, line, size):
            ops.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm ({_escape(piece)}) Tj")
    return " ".join([*ops, "ET Q\n"]).encode("cp1252")


def _lay_out(field: FieldText) -> tuple[float, list[str]]:
    """The size of the letters, and the lines."""
    text = field.text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    if field.is_multiline:
        return _fit_lines(field, text)
    line = text.replace("\n", " ")
    size = field.size or min(_LARGEST, max(_SMALLEST, field.height * 0.7))
    room, wide = field.width - 2 * _PADDING, width_of(line) * size / 1000
    if wide > room > 0 and not field.cells:
        size = max(_SMALLEST, size * room / wide)
    return size, [line]


def _place(field: FieldText, line: str, size: float) -> list[tuple[str, float]]:
    if field.cells:
        cell = field.width / field.cells
        free = max(field.cells - len(line), 0)
        first = {1: free // 2, 2: free}.get(field.align, 0)
        return [(letter, (first + at + 0.5) * cell - width_of(letter) * size / 2000) for at, letter in enumerate(line)]
    left_over = field.width - 2 * _PADDING - width_of(line) * size / 1000
    return [(line, _PADDING + {1: left_over / 2, 2: left_over}.get(field.align, 0.0))]


def _fit_lines(field: FieldText, text: str) -> tuple[float, list[str]]:
    size = field.size or _LARGEST
    while True:
        lines = _wrap(text, (field.width - 2 * _PADDING) * 1000 / size)
        if size <= _SMALLEST or len(lines) * size * _LEADING <= field.height - _PADDING:
            return size, lines
        size = max(_SMALLEST, size - 0.5)


def _wrap(text: str, room: float) -> list[str]:
    lines = []
    for paragraph in text.split("\n"):
        line, wide = "", 0.0
        for word in paragraph.split(" "):
            more = width_of(f" {word}") if line else width_of(word)
            if line and wide + more > room:
                lines.append(line)
                line, wide = word, width_of(word)
            else:
                line, wide = f"{line} {word}" if line else word, wide + more
        lines.append(line)
    return lines


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
