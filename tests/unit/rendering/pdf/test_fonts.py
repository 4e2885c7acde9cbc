from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain, pairwise, permutations
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from hopdocs.rendering.pdf.fonts import settle_fonts
from hopdocs.rendering.pdf.settled_bytes import rewrite_pdf, settle_bytes
from tests.unit.letters.pdf_structure import find_faults
from tests.unit.rendering.words import word_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.rendering.pdf.worker_pool import PdfConverter


def three_fonts(document: Any) -> None:
    """Bold, a letter's own font, and a tick box that it has not."""
    document.add_paragraph("☐ ").add_run("Kære familie").bold = True


@pytest.fixture(scope="module")
def letter(converter: PdfConverter) -> tuple[bytes, bytes]:
    """A Word file and the PDF that comes of it."""
    docx = word_file("Ærø", build=three_fonts)
    return docx, converter.convert(docx, "Brev")


def turn_fonts(pdf: bytes, order: Sequence[int]) -> bytes:
    """The same file as another LibreOffice writes it, in whose memory the fonts lie in this order."""
    start = int(pdf.split(b"startxref\n")[-1].split()[0])
    rows, trailer = pdf[start:].split(b"trailer\n")
    offsets = {number: int(row[:10]) for number, row in enumerate(rows.split(b"\n")[2:-1]) if number}
    by_place = sorted(offsets, key=offsets.__getitem__)
    ends = [*(offsets[number] for number in by_place[1:]), start]
    bodies = {
        number: pdf[offsets[number] : end].partition(b" 0 obj\n")[2] for number, end in zip(by_place, ends, strict=True)
    }
    last = [number for number in by_place if bodies[number].startswith(b"<</Type/Font/")]
    runs = [range(font - 4, font + 1) for font in last]
    assert len(runs) == len(order)
    assert all(one[-1] + 1 == other[0] for one, other in pairwise(runs))
    turned = list(chain.from_iterable(runs[number] for number in order))
    numbers = dict(zip(turned, chain.from_iterable(runs), strict=True))

    def point(body: bytes) -> bytes:
        head, stream, content = body.partition(b"stream\n")
        return re.sub(rb"\d+(?= 0 R)", lambda it: b"%d" % numbers.get(int(it[0]), int(it[0])), head) + stream + content

    began = by_place.index(runs[0][0])
    written = [*by_place[:began], *turned, *by_place[began + len(turned) :]]
    made, places = pdf[: offsets[by_place[0]]], {}
    for number in written:
        places[numbers.get(number, number)] = len(made)
        made += b"%d 0 obj\n" % numbers.get(number, number) + point(bodies[number])
    table = [b"0000000000 65535 f ", *(b"%010d 00000 n " % places[number] for number in sorted(places))]
    return b"%sxref\n0 %d\n%s\ntrailer\n%sstartxref\n%d\n%%%%EOF\n" % (
        made,
        len(table),
        b"\n".join(table),
        trailer.partition(b"startxref")[0],
        len(made),
    )


def test_fonts_in_any_order_of_memory_give_the_same_bytes(letter: tuple[bytes, bytes]) -> None:
    docx, pdf = letter
    assert b"\n8 0 obj\n<</Length 9 0 R/Filter/FlateDecode/Length1 " in pdf  # so a font's numbers change their length
    assert turn_fonts(pdf, (0, 1, 2)) == pdf
    turned = [turn_fonts(pdf, order) for order in permutations(range(3))]
    assert len(set(turned)) == 6
    assert {settle_bytes(other, docx) for other in turned} == {pdf}


def test_each_font_keeps_what_is_its_own(letter: tuple[bytes, bytes]) -> None:
    pdf = turn_fonts(letter[1], (2, 0, 1))
    for data in (pdf, settle_fonts(pdf)):
        assert find_faults(data) == []
        [page] = PdfReader(BytesIO(data), strict=True).pages
        assert "☐ Kære familie" in page.extract_text()
        fonts: Any = page["/Resources"]
        for font in fonts["/Font"].values():
            inner = font["/FontDescriptor"]
            assert inner["/FontName"] == font["/BaseFont"]
            assert len(inner["/FontFile2"].get_data()) == inner["/FontFile2"]["/Length1"]


def test_a_file_that_is_written_anew_has_its_fonts_in_order_too(letter: tuple[bytes, bytes]) -> None:
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert len({rewrite_pdf(turn_fonts(letter[1], order), moment) for order in permutations(range(3))}) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"/FontDescriptor \d+", lambda found: b"/FontDescriptor 9".ljust(len(found[0]))),
        (rb"<</F1 \d+", lambda found: b"<</F1 ".ljust(len(found[0]), b"9")),
        (rb"startxref\n", lambda _: b"startxref\n\n"),
    ],
    ids=["a font that lies elsewhere", "a number that is not in the table", "another end"],
)
def test_what_is_written_otherwise_is_left_alone(letter: tuple[bytes, bytes], old: bytes, new: Any) -> None:
    pdf = re.sub(old, new, turn_fonts(letter[1], (2, 0, 1)))
    assert settle_fonts(pdf) == pdf
