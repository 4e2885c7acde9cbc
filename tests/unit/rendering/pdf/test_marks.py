from __future__ import annotations

import zlib

import pytest

from hopdocs.rendering.pdf.marks import mark_content, repair_marks

TEXT = b"/P<</MCID 0>>BDC\nq 0 g\nBT\n62 7 Td /F1 9 Tf<18>Tj\nET\nQ\nEMC\n"
LINE = b"0.1 0.3 0.3 RG\nq 1 w 0 J 1 j\n532.95 758 m\n62.4 758 l S\nQ\n"
MARKED = LINE.replace(b"532.95", b"/Artifact BMC\n532.95").replace(b"S\nQ", b"S\nEMC\nQ")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (TEXT + LINE, TEXT + MARKED),
        (LINE + TEXT, MARKED + TEXT),
        (TEXT + LINE + TEXT, TEXT + MARKED + TEXT),
        (b"q\n" + TEXT + b"Q\n" + LINE, b"q\n" + TEXT + b"Q\n" + MARKED),
    ],
)
def test_a_line_outside_the_tags_becomes_an_artifact(content: bytes, expected: bytes) -> None:
    assert mark_content(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"",
        TEXT,
        b"/Artifact BMC\n" + LINE + b"EMC\n",
        b"/P<</MCID 0>>BDC\n/Span BMC\n" + LINE + b"EMC\n" + LINE + b"EMC\n",
        b"q 0 0 9 9 re W* n\nQ\n",
        b"BT\n1 2 Td<18>Tj\nET\n" + LINE,
        b"q\n/Im4 Do Q\n" + LINE,
    ],
    ids=["nothing", "text", "marked", "in another", "clipping", "untagged text", "untagged picture"],
)
def test_whatever_else_stays_as_it_is(content: bytes) -> None:
    assert mark_content(content) == content


def test_offsets_hold_after_a_change() -> None:
    packed = zlib.compress(TEXT + LINE)
    objects = [
        b"2 0 obj\n<</Length 3 0 R/Filter/FlateDecode>>\nstream\n" + packed + b"\nendstream\nendobj\n\n",
        b"3 0 obj\n%d\nendobj\n\n" % len(packed),
        b"1 0 obj\n<</Type/Page/Parent 4 0 R/StructParents 0\n/Contents 2 0 R>>\nendobj\n\n",
    ]
    made, offsets = b"%PDF-1.6\n", {}
    for number, item in zip((2, 3, 1), objects, strict=True):
        offsets[number] = len(made)
        made += item
    rows = b"".join(b"%010d 00000 n \n" % offsets[number] for number in (1, 2, 3))
    start = len(made)
    made += b"xref\n0 4\n0000000000 65535 f \n" + rows + b"trailer\n<</Size 4>>\nstartxref\n%d\n%%%%EOF\n" % start
    repaired = repair_marks(made)
    assert repair_marks(repaired) == repaired != made
    place = int(repaired.split(b"startxref\n")[1].split()[0])
    assert repaired[place:].startswith(b"xref\n")
    for number, row in enumerate(repaired[place:].split(b"\n")[3:6], 1):
        assert repaired[int(row[:10]) :].startswith(b"%d 0 obj" % number)
    stream = (
        repaired[int(repaired[place:].split(b"\n")[4][:10]) :].partition(b"stream\n")[2].partition(b"\nendstream")[0]
    )
    assert zlib.decompress(stream) == TEXT + MARKED
    assert b"3 0 obj\n%d\n" % len(stream) in repaired


def test_a_file_that_is_written_otherwise_is_left_alone() -> None:
    assert repair_marks(b"%PDF-1.7\nnothing of the kind\n%%EOF\n") == b"%PDF-1.7\nnothing of the kind\n%%EOF\n"


@pytest.mark.parametrize(
    "attributes",
    [b"/A 9 0 R\n", b"/A <</O/Layout/Placement/Block\n/BBox[62.35 608.939 532.95 661.139]\n>>\n"],
    ids=["of their own, as in LibreOffice 7.4", "in place, as in 25.2"],
)
def test_a_table_of_one_cell_is_a_division_however_its_attributes_are_written(attributes: bytes) -> None:
    parts = ((1, b"Table", b"[2 0 R  ]"), (2, b"TR", b"[3 0 R  ]"), (3, b"TD", b"[7 0 R  8 0 R  ]"))
    box = [
        b"%d 0 obj\n<</Type/StructElem\n/S/%s\n/P 6 0 R\n/Pg 5 0 R\n%s/K%s\n>>\nendobj\n\n"
        % (number, kind, attributes, kids)
        for number, kind, kids in parts
    ]
    repaired = repair_marks(_file(box))
    assert repaired.count(b"/S/Div\n") == 3
    two = [item.replace(b"/K[3 0 R  ]", b"/K[3 0 R  4 0 R  ]") for item in box]
    assert repair_marks(_file(two)) == _file(two)


def _file(objects: list[bytes]) -> bytes:
    made, rows = b"%PDF-1.6\n", b""
    for item in objects:
        rows += b"%010d 00000 n \n" % len(made)
        made += item
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return made + head + rows + b"trailer\n<</Size 4>>\nstartxref\n%d\n%%%%EOF\n" % len(made)
