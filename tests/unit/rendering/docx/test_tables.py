"""Columns' widths, where docxtpl's rules touch a table and where they must not."""

from __future__ import annotations

import pytest
from lxml import etree

from hopdocs.rendering.docx.tables import repair_tables
from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import NAMESPACES, Word, cell, content_control, p, row, table
from tests.unit.rendering.words import W, members_of

ODD = table(row("a", "b"), columns=3, width=3000)
NO_GRID = "<w:tbl>" + row("a", "b") + "</w:tbl>"
NO_WIDTHS = "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>" + row("a", "b", "c") + "</w:tbl>"
BAD_SPAN = table(row(cell("a", properties='<w:gridSpan w:val="to"/>')), columns=2)


def controlled(*texts: str) -> str:
    """A row whose cells but the first stand in content controls."""
    first, *rest = (cell(text) for text in texts)
    return f"<w:tr>{first}{''.join(map(content_control, rest))}</w:tr>"


def widths_of(data: bytes) -> list[list[str | None]]:
    """Of each table of the body."""
    body = etree.fromstring(members_of(data)["word/document.xml"])
    return [[column.get(f"{W}w") for column in grid.iter(f"{W}gridCol")] for grid in body.iter(f"{W}tblGrid")]


def render(body: str) -> list[list[str | None]]:
    data = Word(body + p("")).pack()
    return widths_of(compile_template_bytes(data, "brev.docx").render({"day": "mandag", "n": [1, 2, 3]}))


@pytest.mark.parametrize(
    "rows",
    [
        controlled("Dag", "Kl.", "{{ day }}"),
        content_control(controlled("Dag", "Kl.", "{{ day }}")),
        "<w:tr>" + content_control(cell("Dag"), cell("Kl."), cell("{{ day }}")) + "</w:tr>",
        "<w:tr>" + content_control(content_control(cell("Dag"), cell("{{ day }}")), cell("Kl.")) + "</w:tr>",
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("Dag") + cell("{{ day }}") + "</w:tr>",
        '<w:tr><w:trPr><w:gridAfter w:val="2"/></w:trPr>' + cell("{{ day }}") + "</w:tr>",
    ],
    ids=["cells", "row", "cells in one", "one in another", "begins further in", "ends further in"],
)
def test_a_table_keeps_its_widths_where_another_is_odd(rows: str) -> None:
    whole = table(rows, rows, columns=3)
    assert render(whole + p("") + ODD) == [["2000"] * 3, ["4500"] * 2]
    assert render(ODD + p("") + whole) == [["4500"] * 2, ["2000"] * 3]


@pytest.mark.parametrize("broken", [NO_GRID, NO_WIDTHS, BAD_SPAN], ids=["grid", "widths", "span"])
def test_a_table_that_cannot_be_mended_keeps_no_other_from_being_mended(broken: str) -> None:
    alone = render(broken)
    assert render(broken + p("") + ODD) == [*alone, ["4500"] * 2]
    assert render(ODD + p("") + broken) == [["4500"] * 2, *alone]


def test_a_table_that_cannot_be_mended_is_left_as_it_is() -> None:
    document = f"<w:document {NAMESPACES}>{NO_WIDTHS}{BAD_SPAN}</w:document>".encode()
    assert etree.tostring(repair_tables(document)) == etree.tostring(etree.fromstring(document))


def test_cells_that_a_loop_adds_get_columns() -> None:
    looped = row("Dag", "{%tc for i in n %}", "{{ i }}", "{%tc endfor %}")
    assert render(table(looped, columns=2)) == [["1000"] * 4]
