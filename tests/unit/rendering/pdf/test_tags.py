"""What is read out of tables, on LibreOffice's own words and on those of either version, played."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from hopdocs.rendering.pdf.tags import repair_tags
from tests.unit.rendering.words import word_file
from tools.heard import hear

if TYPE_CHECKING:
    from hopdocs.rendering.pdf.worker_pool import PdfConverter

OWN, IN_PLACE = b"/A 9 0 R\n", b"/A <</O/Layout/Placement/Block\n/BBox[62.35 608.939 532.95 661.139]\n>>\n"
ATTRIBUTES = pytest.mark.parametrize(
    "attributes", [OWN, IN_PLACE, b""], ids=["of their own, as in LibreOffice 7.4", "in place, as in 25.2", "none"]
)
ROLES = b"/RoleMap<</Kryds/P\n/Quote/P\n/Tabeltekst/P\n>>\n"


def file_of(attributes: bytes, *elements: tuple[int, bytes, int, bytes], roles: bytes = b"") -> bytes:
    """Elements with their number, kind, what they stand in and what they hold."""
    made, rows = b"%PDF-1.6\n", b""
    objects = [
        b"%d 0 obj\n<</Type/StructElem\n/S/%s\n/P %d 0 R\n/Pg 5 0 R\n%s/K[%s ]\n>>\nendobj\n\n"
        % (number, kind, above, attributes, kids)
        for number, kind, above, kids in elements
    ]
    for item in [*objects, b"99 0 obj\n<</Type/StructTreeRoot\n%s>>\nendobj\n\n" % roles]:
        rows += b"%010d 00000 n \n" % len(made)
        made += item
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 2)
    return made + head + rows + b"trailer\n<</Size 4>>\nstartxref\n%d\n%%%%EOF\n" % len(made)


def elements_of(pdf: bytes) -> list[tuple[int, bytes, int, bytes]]:
    """Number, kind, what it stands in and what it holds."""
    found = re.findall(
        rb"\n(\d+) 0 obj\n<</Type/StructElem\n/S/(\S+)\n/P (\d+) 0 R\n(?:(?!endobj).)*?/K\[(.*?) *\]\n>>",
        pdf,
        re.DOTALL,
    )
    return [(int(number), kind, int(above), kids) for number, kind, above, kids in found]


@ATTRIBUTES
def test_a_table_without_heads_is_a_division(attributes: bytes) -> None:
    box = [(1, b"Table", 6, b"2 0 R"), (2, b"TR", 1, b"3 0 R"), (3, b"TD", 2, b"7 0 R 8 0 R")]
    assert repair_tags(file_of(attributes, *box)).count(b"/S/Div\n") == 3
    headed = [*box, (4, b"TR", 1, b"5 0 R"), (5, b"TH", 4, b"0")]
    headed[0] = (1, b"Table", 6, b"4 0 R 2 0 R")
    assert repair_tags(file_of(attributes, *headed)) == file_of(attributes, *headed)


@ATTRIBUTES
def test_boxes_to_tick_are_a_list_in_reading_order(attributes: bytes) -> None:
    repaired = repair_tags(
        file_of(
            attributes,
            *((1, b"Table", 90, b"2 0 R"), (2, b"TR", 1, b"3 0 R 5 0 R 7 0 R 9 0 R")),
            *((3, b"TD", 2, b"4 0 R"), (4, b"Kryds", 3, b"0"), (5, b"TD", 2, b"6 0 R"), (6, b"Tabeltekst", 5, b"1")),
            *((7, b"TD", 2, b"8 0 R"), (8, b"Kryds", 7, b"2"), (9, b"TD", 2, b"10 0 R"), (10, b"Tabeltekst", 9, b"3")),
        )
    )
    assert {number: (kind, above, kids) for number, kind, above, kids in elements_of(repaired)} == {
        1: (b"L", 90, b"3 0 R 7 0 R"),
        3: (b"LI", 1, b"4 0 R 5 0 R"),
        4: (b"Lbl", 3, b"0"),
        5: (b"LBody", 3, b"6 0 R"),
        6: (b"Tabeltekst", 5, b"1"),
        7: (b"LI", 1, b"8 0 R 9 0 R"),
        8: (b"Lbl", 7, b"2"),
        9: (b"LBody", 7, b"10 0 R"),
        10: (b"Tabeltekst", 9, b"3"),
    }
    assert repaired.count(b"/ListNumbering/Square") == 1
    assert b"\n2 0 obj\nnull\nendobj\n" in repaired


@ATTRIBUTES
def test_a_label_is_the_head_of_its_row(attributes: bytes) -> None:
    facts = file_of(
        attributes,
        *((1, b"Table", 90, b"2 0 R"), (2, b"TR", 1, b"3 0 R 5 0 R")),
        *((3, b"TD", 2, b"4 0 R"), (4, b"Tabelhoved", 3, b"0"), (5, b"TD", 2, b"6 0 R"), (6, b"Tabeltekst", 5, b"1")),
    )
    kinds = {number: kind for number, kind, _, _ in elements_of(repair_tags(facts))}
    assert [kinds[number] for number in (1, 2, 3, 5)] == [b"Table", b"TR", b"TH", b"TD"]
    assert repair_tags(facts).count(b"<</O/Table/Scope/Row>>") == 1


def test_no_standard_type_stands_for_another() -> None:
    repaired = repair_tags(file_of(OWN, (1, b"Quote", 90, b"0"), (2, b"Kryds", 90, b"1"), roles=ROLES))
    assert [kind for _, kind, _, _ in elements_of(repaired)] == [b"P", b"Kryds"]
    assert b"/RoleMap<</Kryds/P\n/Tabeltekst/P\n>>" in repaired


def test_a_file_that_is_written_otherwise_is_left_alone() -> None:
    assert repair_tags(b"%PDF-1.7\nnothing of the kind\n%%EOF\n") == b"%PDF-1.7\nnothing of the kind\n%%EOF\n"


def test_symbols_are_heard_where_they_stand(converter: PdfConverter) -> None:
    sentence = "☐ Ja, vi \N{SMILING FACE WITH SMILING EYES} siger → ja"
    assert sentence in [one.words for one in hear(converter.convert(word_file(sentence), "Brev"))]
