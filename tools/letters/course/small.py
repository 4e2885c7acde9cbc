"""A table that has to leave room for all of a course on one page: smaller type, and little air between its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.wordml import Cell, runs, table

if TYPE_CHECKING:
    from collections.abc import Sequence

_HALF_POINTS = 17
_SIZE = f'<w:sz w:val="{_HALF_POINTS}"/><w:szCs w:val="{_HALF_POINTS}"/>'
_AIR = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 15), ("left", 70), ("bottom", 15), ("right", 70))
)


def small_cell(text: str, style: str = "Tabeltekst") -> Cell:
    """A cell in small type; `**these words**` are bold."""
    made = runs(text).replace("<w:r><w:t", f"<w:r><w:rPr>{_SIZE}</w:rPr><w:t").replace("<w:b/>", f"<w:b/>{_SIZE}")
    return Cell(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{made}</w:p>')


def small_table(rows: str, widths: Sequence[float], *, description: str) -> str:
    """The table, with little air in its cells."""
    made = table(rows, widths, description=description)
    layout = '<w:tblLayout w:type="fixed"/>'
    return made.replace(layout, f"{layout}<w:tblCellMar>{_AIR}</w:tblCellMar>", 1)
