"""The look of marks that have none in the file: each viewer draws them itself, as ISO 32000-1, 12.5.6 describes them.

Everything is drawn in the page's own coordinates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.rendering.pdf.attached.objects import (
    box_of,
    dictionary_of,
    items_of,
    number_of,
    numbers_of,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf.generic import DictionaryObject

_CIRCLE: Final = 0.5523
"""How far a quarter circle's handles lie from its ends."""
_TEXT_MARKS: Final = {"/Highlight", "/Underline", "/Squiggly", "/StrikeOut"}
_ENDS: Final = {"/Square", "/Circle", "/Line", "/Polygon", "/PolyLine", "/Ink", "/Caret", "/Stamp"}
SHAPES: Final = _TEXT_MARKS | _ENDS


def draw_shape(mark: DictionaryObject) -> bytes:
    """The operators; empty for a mark that says too little to be drawn."""
    box = box_of(mark.get("/Rect"))
    kind = mark.get("/Subtype")
    if box is None:
        return b""
    stroke, fill = colour(mark.get("/C"), "RG"), colour(mark.get("/IC"), "rg")
    if kind in _TEXT_MARKS:
        return _draw_text_mark(str(kind), quads_of(mark), mark)
    width = border_width(mark)
    head = f"{stroke or '0 G'} {fill} {width:.2f} w {_dashes(mark)}"
    left, bottom, right, top = _inset(box, numbers_of(mark.get("/RD")), width / 2)
    if kind == "/Square":
        path, is_closed = f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re", True
    elif kind == "/Circle":
        path, is_closed = ellipse(left, bottom, right, top), True
    elif kind == "/Ink":
        path, is_closed, fill = " ".join(_lines(numbers_of(one)) for one in items_of(mark.get("/InkList"))), False, ""
    elif kind == "/Caret":
        path, is_closed, fill = _lines([left, bottom, (left + right) / 2, top, right, bottom]), False, ""
    elif kind == "/Stamp":
        path, is_closed, fill = f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re", True, ""
    else:
        path = _lines(numbers_of(mark.get("/L" if kind == "/Line" else "/Vertices")))
        is_closed = kind == "/Polygon"
        fill = fill if is_closed else ""
    if not path:
        return b""
    paint = ("b" if stroke and width else "f") if fill else "n" if not width else "s" if is_closed else "S"
    return f"{head} {path} {paint}\n".encode()


def quads_of(mark: DictionaryObject) -> list[list[float]]:
    """The four corners of each marked piece of a line; the mark's own box where it names none."""
    numbers = numbers_of(mark.get("/QuadPoints"))
    if len(numbers) >= 8:  # noqa: PLR2004 - four corners
        return [numbers[at : at + 8] for at in range(0, len(numbers) - 7, 8)]
    box = box_of(mark.get("/Rect"))
    if box is None:
        return []
    left, bottom, right, top = box
    return [[left, top, right, top, left, bottom, right, bottom]]


def draw_covers(mark: DictionaryObject) -> bytes:
    """What is marked for removal, covered: the look that it has once it is removed, black where it names no colour."""
    return f"{colour(mark.get('/IC'), 'rg') or '0 g'} {_filled(quads_of(mark))} f\n".encode()


def _filled(quads: list[list[float]]) -> str:
    # the corners stand as two lines, upper and lower, so that the last two change places in a path around them
    return " ".join(
        f"{q[0]:.2f} {q[1]:.2f} m {q[2]:.2f} {q[3]:.2f} l {q[6]:.2f} {q[7]:.2f} l {q[4]:.2f} {q[5]:.2f} l h"
        for q in quads
    )


def _draw_text_mark(kind: str, quads: list[list[float]], mark: DictionaryObject) -> bytes:
    if kind == "/Highlight":
        return f"{colour(mark.get('/C'), 'rg') or '1 1 0 rg'} {_filled(quads)} f\n".encode()
    lines = []
    for q in quads:
        low = [q[4], q[5], q[6], q[7]]
        middle = [(q[0] + q[4]) / 2, (q[1] + q[5]) / 2, (q[2] + q[6]) / 2, (q[3] + q[7]) / 2]
        lines.append(_lines(middle if kind == "/StrikeOut" else low))
    width = max(abs(quads[0][1] - quads[0][5]) / 14, 0.5) if quads else 1
    return f"{colour(mark.get('/C'), 'RG') or '0 G'} {width:.2f} w {' '.join(lines)} S\n".encode()


def colour(value: object, operator: str) -> str:
    """A colour of one, three or four parts with its operator, `rg` for filling or `RG`; empty for no colour."""
    parts = numbers_of(value)
    by_length = {1: "g", 3: "rg", 4: "k"}
    if len(parts) not in by_length:
        return ""
    chosen = by_length[len(parts)]
    return " ".join(f"{part:.3f}" for part in parts) + " " + (chosen.upper() if operator.isupper() else chosen)


def border_width(mark: DictionaryObject) -> float:
    """One point where nothing is said."""
    style = dictionary_of(mark.get("/BS"))
    if "/W" in style:
        return number_of(style["/W"], 1)
    border = items_of(mark.get("/Border"))
    return number_of(border[2], 1) if len(border) > 2 else 1.0  # noqa: PLR2004 - two radii, then the width


def _dashes(mark: DictionaryObject) -> str:
    style = dictionary_of(mark.get("/BS"))
    if style.get("/S") != "/D":
        return ""
    dashes = [number for number in numbers_of(style.get("/D")) if number > 0] or [3.0]
    return f"[{' '.join(f'{number:.2f}' for number in dashes)}] 0 d"


def _inset(
    box: tuple[float, float, float, float], differences: Sequence[float], half: float
) -> tuple[float, float, float, float]:
    left, bottom, right, top = box
    if len(differences) == 4:  # noqa: PLR2004 - one for each side
        left, bottom = left + differences[0], bottom + differences[1]
        right, top = right - differences[2], top - differences[3]
    return left + half, bottom + half, max(right - half, left + half), max(top - half, bottom + half)


def _lines(numbers: Sequence[float]) -> str:
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    return " ".join(f"{x:.2f} {y:.2f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points)) if points[1:] else ""


def ellipse(left: float, bottom: float, right: float, top: float) -> str:
    """Four curves."""
    x, y, wide, high = (left + right) / 2, (bottom + top) / 2, (right - left) / 2, (top - bottom) / 2
    over, up = wide * _CIRCLE, high * _CIRCLE
    curves = [
        (right, y + up, x + over, top, x, top),
        (x - over, top, left, y + up, left, y),
        (left, y - up, x - over, bottom, x, bottom),
        (x + over, bottom, right, y - up, right, y),
    ]
    return (
        f"{right:.2f} {y:.2f} m " + " ".join(" ".join(f"{one:.2f}" for one in curve) + " c" for curve in curves) + " h"
    )


def stamp_words(mark: DictionaryObject) -> str:
    """What a stamp without a look says: its name, as viewers write it."""
    return (text_of(mark.get("/Name")) or "Draft").upper()
