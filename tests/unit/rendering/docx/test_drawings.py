"""A drawing in a letter: lines in Word and in the PDF, heard by who does not see it, the same bytes each time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree
from pypdf import PdfReader

from hopdocs.documents.views import Drawing, DrawnShape, ShapeKind
from hopdocs.rendering.checking.typecheck import check_template
from hopdocs.rendering.docx.pictures.drawings import draw
from hopdocs.rendering.template import compile_template_bytes
from tests.unit.letters.pdf_structure import find_faults
from tests.unit.letters.samples import netvaerkskort
from tests.unit.letters.word_text import compiled, parts_of, render
from tools.letters.frame import letter
from tools.letters.package import Letter, pack_letter
from tools.letters.wordml import each, paragraph

if TYPE_CHECKING:
    from hopdocs.rendering.pdf.worker_pool import PdfConverter
    from hopdocs.rendering.template import Template

SHAPE = DrawnShape(
    kind=ShapeKind.PERSON, x=1, y=2, width=20, height=10, text='Øje & "Æble" <3', description='Øje & "Æble" <3, tæt'
)
DRAWING = Drawing(name="Kort", width=50, height=40, shapes=(SHAPE,), description='Midten: "os" & andre <alle>.')


def test_words_in_a_drawing_are_escaped_in_its_text_and_in_its_attributes() -> None:
    run = etree.fromstring(
        f'<x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{draw(DRAWING)}</x>'
    )
    (properties,) = run.iter("{*}docPr")
    assert properties.get("descr") == DRAWING.description
    assert [item.get("descr") for item in run.iter("{*}cNvPr")] == [SHAPE.description]
    assert [item.text for item in run.iter("{*}t")] == [SHAPE.text]


def test_a_template_that_draws_is_checked_against_the_type_of_what_it_draws() -> None:
    @dataclass
    class Context:
        municipality: str
        map: Drawing
        place: str

    (wrong,) = (
        fault
        for fault in check_template(_template("{{r place|tegning }}"), Context)
        if fault.params.get("filter") == "tegning"
    )
    assert wrong.code == "HD325"
    assert wrong.params["wanted"] == "Drawing"


def _template(*tags: str) -> Template:
    body = "".join(paragraph(tag) for tag in tags)
    return compile_template_bytes(pack_letter(letter("Tegning", body)), "tegning.docx")


def test_two_drawings_in_one_letter_have_numbers_of_their_own() -> None:
    data = pack_letter(
        Letter(
            title="Kort", body=each("one in maps", paragraph("{{r one|tegning }}")), header="<w:p/>", footer="<w:p/>"
        )
    )
    docx = compile_template_bytes(data, "kort.docx").render({"maps": (DRAWING, DRAWING)})
    numbers = re.findall(rb'<wp:docPr id="(\d+)"', parts_of(docx)["word/document.xml"])
    assert len(set(numbers)) == 2


def test_a_letter_with_a_drawing_goes_the_quick_way_and_has_the_same_bytes_each_time() -> None:
    assert not any(part.repair_tree for part, _ in compiled("netvaerkskort")._parts)
    assert render("netvaerkskort", netvaerkskort()) == render("netvaerkskort", netvaerkskort())


def test_in_the_pdf_a_drawing_is_lines_that_are_heard(converter: PdfConverter) -> None:
    pdf = converter.convert(render("netvaerkskort", netvaerkskort()), "Netværkskort")
    assert find_faults(pdf) == []
    reader = PdfReader(BytesIO(pdf))
    assert not any(page.images for page in reader.pages)
    assert "Farbror Karim" in reader.pages[0].extract_text()
    assert pdf == converter.convert(render("netvaerkskort", netvaerkskort()), "Netværkskort")
