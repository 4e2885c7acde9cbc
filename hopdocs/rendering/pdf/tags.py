"""What LibreOffice's tags say to somebody who listens, put right where it is not what stands on the paper.

Word draws with tables what is none: a shaded box, fields to write in, boxes to tick. Read out, each would be a table of
so many rows and columns; and a table without heads breaks PDF/UA (ISO 14289-1, 7.5). So a table without heads is a
division, whose cells are read row by row, and ticks are a list. A cell of words in the style of a table's head is a
head, of its column or, beside others, of its row: Word knows heads of columns only. And a style whose name is one of
the standard types stays the paragraph that it is (7.1). The file stays LibreOffice's own, as in `marks`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from hopdocs.rendering.pdf.edits import apply_edits, find_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hopdocs.rendering.pdf.edits import Edit

_HEAD_STYLE: Final = b"Tabelhoved"
_TICK_STYLE: Final = b"Kryds"
_STANDARD: Final = frozenset(
    b"Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl "
    b"LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu "
    b"WT WP Figure Formula Form".split()
)
"""ISO 32000-1, 14.8.4."""

_ELEMENT: Final = re.compile(
    rb"(?<=\n)(?P<number>\d+) 0 obj\n(?P<whole><</Type/StructElem\n/S/(?P<kind>\S+)\n/P (?P<above>\d+) 0 R\n"
    rb"(?:(?!/K\[|>>\nendobj)[^\n]*\n)*?(?:/K(?P<kids>\[[^\]]*\])\n)?>>)\nendobj\n"
)
_TYPE: Final = b"/Type/StructElem"
_NUMBER_BYTES: Final = 40
"""More than an object's number takes, which stands before its type."""
_ATTRIBUTES: Final = re.compile(rb"/A (?P<own>\d+ 0 R|<<[^>]*>>|\[(?P<several>(?:[^\[\]]|\[[^\]]*\])*)\])")
"""Objects of their own in LibreOffice 7.4; in place in 25.2."""
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_ROLES: Final = re.compile(rb"/RoleMap<<(?P<roles>(?:/\S+/\S+\n)+)>>")
_ROLE: Final = re.compile(rb"/(\S+)/(\S+)\n")


@dataclass(frozen=True, slots=True)
class _Element:
    """One element as LibreOffice wrote it, and what it holds that is an element too."""

    match: re.Match[bytes]
    kids: tuple[int, ...]

    @classmethod
    def read(cls, match: re.Match[bytes]) -> _Element:
        return cls(match, tuple(map(int, _REFERENCE.findall(match["kids"] or b""))))

    @property
    def number(self) -> int:
        return int(self.match["number"])

    @property
    def kind(self) -> bytes:
        return self.match["kind"]

    def called(self, kind: bytes) -> Edit:
        return (*self.match.span("kind"), kind)

    def put_under(self, number: int) -> Edit:
        return (*self.match.span("above"), b"%d" % number)

    def holding(self, *numbers: int) -> Edit:
        return (*self.match.span("kids"), b"[%s]" % b"".join(b"%d 0 R " % number for number in numbers))

    def with_attributes(self, more: bytes) -> Edit:
        written = _ATTRIBUTES.search(self.match["whole"])
        begin = self.match.start("whole")
        if written is None:
            place = self.match.start("kids") - len(b"/K")
            return place, place, b"/A %s\n" % more
        own = written["several"] if written["several"] is not None else written["own"]
        return begin + written.start("own"), begin + written.end("own"), b"[ %s %s ]" % (own.strip(), more)


def repair_tags(pdf: bytes) -> bytes:
    """The same PDF with tables where tables are, and no standard type that stands for another."""
    offsets = find_table(pdf)
    if offsets is None:
        return pdf
    found = [_Element.read(match) for match in _ELEMENT.finditer(pdf, max(pdf.find(_TYPE) - _NUMBER_BYTES, 0))]
    elements = {element.number: element for element in found}
    edits = [*_edit_roles(pdf, elements)]
    for element in elements.values():
        edits += _edit_table(element, elements) if element.kind == b"Table" else ()
    return apply_edits(pdf, sorted(edits), offsets) if edits else pdf


def _edit_roles(pdf: bytes, elements: Mapping[int, _Element]) -> Iterator[Edit]:
    written = _ROLES.search(pdf)
    if written is None:
        return
    roles = dict(_ROLE.findall(written["roles"]))
    wrong = {kind: meant for kind, meant in roles.items() if kind in _STANDARD}
    if wrong:
        kept = (b"/%s/%s\n" % (kind, meant) for kind, meant in roles.items() if kind not in wrong)
        yield (*written.span("roles"), b"".join(kept))
    yield from (element.called(wrong[element.kind]) for element in elements.values() if element.kind in wrong)


def _edit_table(table: _Element, elements: Mapping[int, _Element]) -> Iterator[Edit]:
    rows = [elements[number] for number in table.kids if number in elements]
    if not rows or any(row.kind != b"TR" for row in rows):
        return
    cells = [[elements[number] for number in row.kids if number in elements] for row in rows]
    labels = {cell.number for row in cells for cell in row if _is_label(cell, elements)}
    if labels or any(cell.kind == b"TH" for row in cells for cell in row):
        for row in cells:
            scope = b"Row" if any(cell.number not in labels for cell in row) else b"Column"
            for cell in row:
                if cell.number in labels:
                    yield cell.called(b"TH")
                    yield cell.with_attributes(b"<</O/Table/Scope/%s>>" % scope)
        return
    ticks = [pair for row in cells for pair in _pair_ticks(row, elements)]
    if ticks and 2 * len(ticks) == sum(map(len, cells)):
        yield from _edit_ticks(table, rows, ticks, elements)
    else:
        yield from (element.called(b"Div") for element in (table, *rows, *chain.from_iterable(cells)))


def _is_label(cell: _Element, elements: Mapping[int, _Element]) -> bool:
    return cell.kind == b"TD" and _kinds_in(cell, elements) == {_HEAD_STYLE}


def _kinds_in(cell: _Element, elements: Mapping[int, _Element]) -> set[bytes]:
    return {elements[kid].kind for kid in cell.kids if kid in elements}


def _pair_ticks(row: Sequence[_Element], elements: Mapping[int, _Element]) -> Iterator[tuple[_Element, _Element]]:
    """Each cell with a box to tick, and the cell with its words behind it."""

    def is_tick(cell: _Element) -> bool:
        return len(cell.kids) == 1 and _kinds_in(cell, elements) == {_TICK_STYLE}

    for tick, words in zip(row[::2], row[1::2], strict=False):
        if is_tick(tick) and not is_tick(words):
            yield tick, words


def _edit_ticks(
    table: _Element,
    rows: Sequence[_Element],
    ticks: Sequence[tuple[_Element, _Element]],
    elements: Mapping[int, _Element],
) -> Iterator[Edit]:
    """A list whose items have a box for their label; rows, which may hold two, mean nothing then."""
    yield table.called(b"L")
    yield table.with_attributes(b"<</O/List/ListNumbering/Square>>")
    yield table.holding(*(tick.number for tick, _ in ticks))
    yield from ((*row.match.span("whole"), b"null") for row in rows)
    for tick, words in ticks:
        yield tick.called(b"LI")
        yield tick.put_under(table.number)
        yield tick.holding(*tick.kids, words.number)
        yield elements[tick.kids[0]].called(b"Lbl")
        yield words.called(b"LBody")
        yield words.put_under(tick.number)
