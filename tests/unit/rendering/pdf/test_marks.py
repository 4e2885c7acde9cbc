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
