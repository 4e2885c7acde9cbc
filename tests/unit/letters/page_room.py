"""What a finished page looks like to whoever turns it: how much of it is blank, and what was torn apart on its edge."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from pypdf import PdfReader
from pypdf.generic import ContentStream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PageObject

_Matrix = tuple[float, float, float, float, float, float]

MOST_BLANK: Final = 0.4
"""Of each page but the last."""

_UPRIGHT: Final[_Matrix] = (1, 0, 0, 1, 0, 0)
_HEAD: Final = 62
_FOOT: Final = 68
"""Points at the top and the bottom of a page that are margin, and the lines that stand on every one."""
_PAINTS: Final = frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
_SHOWS: Final = frozenset((b"Tj", b"TJ", b"'", b'"'))
_PLACES: Final = frozenset((b"cm", b"Tm", b"Td", b"TD", b"re", b"m", b"l", b"c"))
_HEADINGS: Final = frozenset(("/H1", "/H2", "/H3", "/H4"))
_GREETING: Final = "Venlig hilsen"
_PAGE_NUMBER: Final = re.compile(r"\bSide \d+ af \d+$")


def find_torn(data: bytes) -> list[str]:
    """Every page that a reader would wonder at."""
    reader = PdfReader(BytesIO(data))
    pages = list(reader.pages)
    shares = [_blank_share(page, reader) for page in pages[:-1]]
    return [
        *(f"page {number}: {share:.0%} blank" for number, share in enumerate(shares, 1) if share > MOST_BLANK),
        *(
            f"page {number}: only the signature"
            for number, page in enumerate(pages[1:], 2)
            if _first_line(page) == _GREETING
        ),
        *_lone_headings(reader),
    ]


def _first_line(page: PageObject) -> str:
    """The first line below the head; LibreOffice 25.2 writes the foot before it, 7.4 after all others."""
    lines = page.extract_text().split("\n")[1:]
    return next((line for line in lines if not _PAGE_NUMBER.search(line)), "")


def _blank_share(page: PageObject, reader: PdfReader) -> float:
    """How much of the text's height lies below the last mark."""
    top = float(page.mediabox.height) - _HEAD
    lowest = min((y for y in _marks(page, reader) if _FOOT < y < top), default=top)
    return (lowest - _FOOT) / (top - _FOOT)


def _marks(page: PageObject, reader: PdfReader) -> Iterator[float]:
    """How high each mark lies that leaves ink."""
    pen = _Pen()
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        numbers = [float(one) for one in operands] if operator in _PLACES else []
        pen.move(operator, numbers)
        yield from pen.draw(operator, numbers)


class _Pen:
    """Where the page's operators have led to, and the path that is not painted yet."""

    def __init__(self) -> None:
        self._now, self._line = _UPRIGHT, _UPRIGHT
        self._kept: list[_Matrix] = []
        self._path: list[float] = []

    def move(self, operator: bytes, numbers: list[float]) -> None:
        if operator == b"q":
            self._kept.append(self._now)
        elif operator == b"Q":
            self._now = self._kept.pop()
        elif operator == b"cm":
            self._now = _within(_matrix(numbers), self._now)
        elif operator == b"BT":
            self._line = _UPRIGHT
        elif operator == b"Tm":
            self._line = _matrix(numbers)
        elif operator in (b"Td", b"TD"):
            self._line = _within((1, 0, 0, 1, *numbers), self._line)  # type: ignore[arg-type] # two of them

    def draw(self, operator: bytes, numbers: list[float]) -> Iterator[float]:
        """What a letter, a picture, a line or a filled shape reaches down to."""
        if operator in _SHOWS:
            yield _height(0, 0, _within(self._line, self._now))
        elif operator == b"Do":
            yield _height(0, 0, self._now)
        elif operator == b"re":
            x, y, width, height = numbers
            self._path += [_height(x, y, self._now), _height(x + width, y + height, self._now)]
        elif operator in (b"m", b"l", b"c"):
            self._path.append(_height(numbers[-2], numbers[-1], self._now))
        elif operator in _PAINTS:
            yield from self._path
            self._path = []
        elif operator == b"n":  # a path that only clips
            self._path = []


def _matrix(numbers: list[float]) -> _Matrix:
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _within(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _height(x: float, y: float, matrix: _Matrix) -> float:
    return x * matrix[1] + y * matrix[3] + matrix[5]


def _lone_headings(reader: PdfReader) -> Iterator[str]:
    """A heading whose text or table begins on the next page."""
    catalogue: Any = reader.root_object
    numbers = {page.indirect_reference: number for number, page in enumerate(reader.pages, 1)}
    for (role, at), (_, following) in pairwise(_pieces(catalogue["/StructTreeRoot"], "", None)):
        if role in _HEADINGS and at != following:
            yield f"page {numbers[at]}: a heading is its last line"


def _pieces(node: Any, role: str, page: Any) -> Iterator[tuple[str, Any]]:
    """Each piece of content in the order it is read: what it is part of, and the page that it stands on."""
    role = role if role in _HEADINGS else str(node.get("/S", role))
    page = node.raw_get("/Pg") if "/Pg" in node else page
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        inner = child.get_object()
        if hasattr(inner, "get"):
            yield from _pieces(inner, role, page)
        else:
            yield role, page
