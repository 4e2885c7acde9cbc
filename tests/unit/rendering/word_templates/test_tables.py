"""Tables keep the columns that they were drawn with."""

from __future__ import annotations

import re

import pytest

from tests.golden.docxtpl.word_markup import Word, cell, content_control, row, table
from tests.unit.rendering.word_templates.made_in_word import make

_WIDTHS = ("1500", "1500", "6000")
_ODD = table(row("a", "b"), columns=3, width=3000)


def widths_of(part: bytes) -> list[str]:
    return re.findall(r'<w:gridCol w:w="(\d+)"', part.decode())


def drawn(*rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    return re.sub(r"<w:tblGrid>.*?</w:tblGrid>", f"<w:tblGrid>{grid}</w:tblGrid>", table(*rows, columns=3))


@pytest.mark.parametrize(
    "around", [content_control, lambda inner: f'<w:customXml w:element="felt">{inner}</w:customXml>']
)
def test_whole_cells_in_content_controls_keep_their_widths(around: object) -> None:
    assert callable(around)
    cells = [cell("{{ dag }}"), around(cell("{{ kl }}")), around(cell("{{ hvad }}"))]
    controlled = drawn(f"<w:tr>{''.join(cells)}</w:tr>")
    body = make(Word(controlled + _ODD).pack(), dag="tirsdag", kl="10", hvad="skolen")["word/document.xml"]
    assert widths_of(body) == [*_WIDTHS, "4500", "4500"]


def test_a_row_in_a_content_control_counts_as_docxtpl_counts_it() -> None:
    body = make(Word(drawn(content_control(row("a", "b", "{{ c }}"))) + _ODD).pack(), c="c")["word/document.xml"]
    assert widths_of(body) == [*_WIDTHS, "4500", "4500"]
