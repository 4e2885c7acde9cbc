"""Tables whose rows came out with other columns than their grid says: docxtpl's rules, for each table by itself.

docxtpl counts the cells that stand right in a row. Word puts whole cells into content controls and lets rows begin
further in; a table with those would lose its columns' widths, so here they count as what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRAPPERS: Final = frozenset({f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"})


def repair_tables(xml: bytes) -> etree._Element:
    """The parsed document, its tables repaired where they can be.

    A table cannot be repaired that lacks its grid or whose grid lacks its widths, as some converters write them. Word
    does not need them, so such a table is left as it is.
    """
    tree = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for table in tree.iter(f"{_W}tbl"):
        try:
            _repair_grid(table)
        except ValueError:
            continue
    return tree


def _repair_grid(table: etree._Element) -> None:
    """Rows of tables inside count too, as docxtpl has it. Raises ValueError where a number is none."""
    grid = table.find(f"{_W}tblGrid")
    if grid is None:
        return
    columns = grid.findall(f"{_W}gridCol")
    rows = [(row, list(_cells(row))) for row in table.iter(f"{_W}tr")]
    missing = max((len(cells) for _, cells in rows), default=0) - len(columns)
    filled = max((_offset(row) + sum(map(_span, cells)) for row, cells in rows), default=0)
    if missing > 0:
        columns = _add_columns(grid, columns, missing)
    if len(columns) > filled:
        _remove_columns(grid, columns, filled)


def _add_columns(grid: etree._Element, columns: list[etree._Element], missing: int) -> list[etree._Element]:
    """Narrower ones, so that the table is as wide as before."""
    if not any(column.get(f"{_W}w") for column in columns):
        return columns
    widths = [_width(column) for column in columns]
    total = sum(widths)
    if total <= 0:
        return columns
    before, average = total / len(columns), total / (len(columns) + missing)
    for column, width in zip(columns, widths, strict=True):
        column.set(f"{_W}w", str(int(width * average / before)))
    added = [etree.SubElement(grid, f"{_W}gridCol", {f"{_W}w": str(int(average))}) for _ in range(missing)]
    return [*columns, *added]


def _remove_columns(grid: etree._Element, columns: list[etree._Element], filled: int) -> None:
    """Those behind every row, whose width goes to the others."""
    widths = [_width(column) for column in columns]
    for column in columns[filled:]:
        grid.remove(column)
    extra = int(sum(widths[filled:]) / filled) if filled else 0
    for column, width in zip(columns[:filled], widths, strict=False):
        column.set(f"{_W}w", str(int(width + extra)))


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _cells(child)


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return 1 if span is None else int(span.get(f"{_W}val", ""))


def _offset(row: etree._Element) -> int:
    """How many columns of the grid a row leaves out before and after its cells."""
    left_out = (row.find(f"{_W}trPr/{_W}{name}") for name in ("gridBefore", "gridAfter"))
    return sum(int(item.get(f"{_W}val", "")) for item in left_out if item is not None)


def _width(column: etree._Element) -> float:
    return float(column.get(f"{_W}w", ""))
