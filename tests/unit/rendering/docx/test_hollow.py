"""What a false condition or an empty list leaves is still a file that Word opens."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx.shared import Mm
from docxtpl import InlineImage
from lxml import etree

from hopdocs.danish import FILTERS
from hopdocs.rendering.docx.hollow import can_be_hollow
from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import Word, cell, content_control, p, picture, row, run, table, text_box
from tests.unit.rendering.words import W, compared_parts, members_of, render_with_docxtpl, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

EMPTY = {"a": False, "nothing": []}
FULL = {"a": True, "nothing": [1]}
IF = p("{%p if a %}") + p("Betaling") + p("{%p endif %}")
IF_ELSE = p("{%p if a %}") + p("Betaling") + p("{%p elif nothing %}") + p("Bod") + p("{%p endif %}")
FOR = p("{%p for n in nothing %}") + p("Linje {{ n }}") + p("{%p endfor %}")
ROWS = (row("{%tr for n in nothing %}", ""), row("{{ n }}", "y"), row("{%tr endfor %}", ""))
LOOPED = table(*ROWS, columns=2)
FIXED = table(row("a", "b"), columns=2)
NOTE = '<w:footnote w:id="2">{}</w:footnote>'
LINK = '<w:p><w:hyperlink w:anchor="mål">{}</w:hyperlink></w:p>'

BODIES = {
    "cell": table(row("navn", cell(IF)), columns=2),
    "cell with a choice": table(row("navn", cell(IF_ELSE)), columns=2),
    "cell with a loop": table(row("navn", cell(FOR)), columns=2),
    "cell with a loop and nothing of its own": table("<w:tr><w:tc>" + FOR + "</w:tc></w:tr>", columns=1),
    "every cell": table(row(cell(IF), cell(FOR)), row(cell(IF), cell(FOR)), columns=2),
    "cell behind a table": table(row("navn", cell(FIXED + IF)), columns=2),
    "cell around a table": table(row("navn", cell(LOOPED + p(""))), columns=2),
    "cell that was a table": table(row("navn", cell("<w:tbl" + LOOPED[6:] + IF)), columns=2),
    "table": LOOPED,
    "table between paragraphs": p("før") + LOOPED + p("efter"),
    "table between tables": FIXED + LOOPED + FIXED,
    "two tables": FIXED + LOOPED + LOOPED + FIXED,
    "table in a content control": content_control(LOOPED),
    "content control": content_control(IF),
    "content control in a cell": table(row("navn", cell(content_control(IF))), columns=2),
    "content control in a content control": content_control(content_control(FOR)),
    "rows in a content control": table(content_control(*ROWS), columns=2),
    "cells of a row": table(row("{%tc for n in nothing %}", "{{ n }}", "{%tc endfor %}"), columns=1),
    "text box": text_box(IF),
    "text box with a table": text_box(LOOPED),
    "link": LINK.format(run("{%r if a %}") + run("til siden") + run("{%r endif %}")),
}


def find_invalid(data: bytes) -> Iterator[str]:
    """What breaks the rules of ECMA-376 that a document made here could break, and Word would see."""
    for name, xml in members_of(data).items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for element in etree.fromstring(xml).iter("{*}*"):
            kind = etree.QName(element).localname
            blocks = [etree.QName(child).localname for child in element if not child.tag.endswith("Pr")]
            if kind == "tc" and not ends_in_paragraph(element):
                yield f"{name}: cell of {blocks}"
            if kind == "tbl" and not any("tr" in etree.QName(child).localname for child in element.iter(f"{W}tr")):
                yield f"{name}: table of {blocks}"
            if kind == "tr" and not list(element.iter(f"{W}tc")):
                yield f"{name}: row of {blocks}"
            if kind in {"hdr", "ftr", "footnote", "txbxContent", "sdtContent", "hyperlink"} and not blocks:
                yield f"{name}: empty {kind}"


def ends_in_paragraph(element: etree._Element) -> bool:
    last = element[-1] if len(element) else element
    return last.tag == f"{W}p" or (last.tag in {f"{W}sdt", f"{W}sdtContent"} and ends_in_paragraph(last))


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_is_left_empty_is_valid(body: str) -> None:
    template = compile_template_bytes(Word(body).pack(), "brev.docx")
    assert list(find_invalid(template.render(EMPTY))) == []


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_is_full_is_as_docxtpl_makes_it(body: str) -> None:
    data = Word(body).pack()
    made = compile_template_bytes(data, "brev.docx").render(FULL)
    ours, theirs = compared_parts(made), compared_parts(render_with_docxtpl(data, FULL))
    assert ours["word/document.xml"] == theirs["word/document.xml"]


@pytest.mark.parametrize("blocks", [IF, FOR, LOOPED], ids=["if", "for", "table"])
def test_headers_footers_and_notes_keep_a_paragraph(blocks: str) -> None:
    data = Word(p("x"), headers=(blocks,), footers=(blocks,), footnotes=NOTE.format(blocks)).pack()
    made = compile_template_bytes(data, "brev.docx").render(EMPTY)
    assert list(find_invalid(made)) == []
    assert sum(name.startswith(("word/header", "word/footer", "word/footnotes")) for name in members_of(made)) == 3


def test_a_paragraph_stands_between_tables_where_one_between_them_went() -> None:
    made = compile_template_bytes(Word(FIXED + LOOPED + FIXED).pack(), "brev.docx").render(EMPTY)
    body = etree.fromstring(members_of(made)["word/document.xml"])[0]
    assert [etree.QName(child).localname for child in body] == ["tbl", "p", "tbl", "sectPr"]


def test_a_table_without_rows_is_left_out() -> None:
    made = compile_template_bytes(Word(p("før") + LOOPED + p("efter")).pack(), "brev.docx").render(EMPTY)
    body = etree.fromstring(members_of(made)["word/document.xml"])[0]
    assert [etree.QName(child).localname for child in body] == ["p", "p", "sectPr"]


def test_a_content_control_that_somebody_left_empty_stays() -> None:
    own = '<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent/></w:sdt>'
    made = compile_template_bytes(Word(own + content_control(IF)).pack(), "brev.docx").render(EMPTY)
    controls = list(etree.fromstring(members_of(made)["word/document.xml"]).iter(f"{W}sdt"))
    assert [item.get(f"{W}val") for control in controls for item in control.iter(f"{W}id")] == ["5"]


def test_a_document_with_a_picture_is_as_sound() -> None:
    data = Word(p("{{ picture }}") + table(row("navn", cell(IF)), columns=2), headers=(IF,), media={"rId9": picture()})
    template = compile_template_bytes(data.pack(), "brev.docx")
    image = InlineImage(template.docxtpl(), BytesIO(picture()), width=Mm(5))
    made = template.render({**EMPTY, "picture": image})
    assert [fault for fault in find_invalid(made) if "word/media" not in fault] == []


def test_what_is_left_empty_is_valid_where_nobody_checks_the_output() -> None:
    data = Word(table(row("navn", cell(IF)), columns=2)).pack()
    made = compile_template_bytes(data, "brev.docx").render(EMPTY, check_output=False)
    assert list(find_invalid(made)) == []


def test_text_that_looks_hollow_is_left_as_it_is() -> None:
    data = Word(table(row("navn", cell(IF)), columns=2)).pack()
    made = compile_template_bytes(data, "brev.docx").render({"a": True})
    assert text_of(made) == "navn\nBetaling"


ROW = "<w:tr><w:tc><w:p/></w:tc></w:tr>"
LETTERS = sorted((Path(__file__).parents[4] / "templates").glob("*.docx"))


@pytest.mark.parametrize("path", LETTERS, ids=[path.name for path in LETTERS])
def test_no_data_could_leave_a_shipped_letter_hollow_so_none_is_searched(path: Path) -> None:
    template = compile_template_bytes(path.read_bytes(), path.name, filters=FILTERS)
    assert [part.label for part, _ in template.sources if can_be_hollow(part.source)] == []


@pytest.mark.parametrize(
    ("source", "could"),
    [
        ("<w:tc><w:p/>{% if a %}<w:p/>{% endif %}</w:tc>", False),
        ("<w:tc>{% if a %}<w:p/>{% endif %}<w:p/></w:tc>", False),
        ("<w:tc>{% if a %}<w:p/>{% else %}<w:p/>{% endif %}</w:tc>", True),
        ("<w:tbl>{% for n in ns %}<w:tr><w:tc><w:p/></w:tc></w:tr>{% endfor %}</w:tbl>", True),
        ("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr>{% for n in ns %}<w:tr/>{% endfor %}</w:tbl>", True),
        (f"<w:tbl>{ROW}{{% for n in ns %}}{ROW}{{% endfor %}}</w:tbl>", False),
        ("{% for n in ns %}<w:tr><w:tc>{% if n %}<w:p/>{% endif %}</w:tc></w:tr>{% endfor %}", True),
        ("<w:tc>{% set a = 1 %}<w:p/></w:tc>", False),
        ("<w:tc><w:p/>{% if a %}</w:tc>", True),
    ],
)
def test_a_template_is_searched_for_what_some_data_could_leave_hollow(source: str, *, could: bool) -> None:
    assert can_be_hollow(source) is could
