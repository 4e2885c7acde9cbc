"""A letter in Arabic reads from right to left in Word, in LibreOffice and in the PDF, whoever wrote its template."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from pypdf import PdfReader

from hopdocs.cycle.template_store import compile_in
from hopdocs.documents.translated.wording import put_in_words
from hopdocs.documents.wanted import numbered_fields
from hopdocs.languages.phrases import Phrases
from hopdocs.model.scalars.languages import find_language
from hopdocs.rendering.docx.package import read_members, write_members
from hopdocs.rendering.docx.properties import DocumentProperties
from hopdocs.rendering.docx.repairs.direction import set_right_to_left
from tests.unit.letters import samples
from tests.unit.letters.arabic import arabic_invitation
from tests.unit.letters.pdf_structure import find_faults
from tests.unit.letters.word_text import W, body_of, parts_of
from tools.letters.build import build_template
from tools.pictures import draw_pages

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.rendering.pdf.worker_pool import PdfConverter

DAY = date(2026, 11, 3)
_MIDDLE = 297.5
"""Of an A4 page, in points."""


@pytest.fixture(scope="module", name="letter")
def in_arabic() -> bytes:
    arabic = find_language("arabisk")
    assert arabic is not None
    context = put_in_words(samples.invitation(), arabic, Phrases("ar", {"familierådgiver": "مستشار أسري"}))
    template = compile_in(arabic_invitation(), "invitation.ar.docx", arabic)
    return template.render(
        numbered_fields(context, version=1, day=DAY),
        properties=DocumentProperties(title="دعوة", language=arabic.tag),
    )


@pytest.fixture(scope="module", name="pdf")
def in_pdf(letter: bytes, converter: PdfConverter) -> bytes:
    return converter.convert(letter, "دعوة")


def test_every_paragraph_table_and_section_of_it_runs_the_other_way(letter: bytes) -> None:
    body = body_of(letter)
    assert all(paragraph.find(f"{W}pPr/{W}bidi") is not None for paragraph in body.iter(f"{W}p"))
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in body.iter(f"{W}tbl"))
    assert body.find(f"{W}sectPr/{W}bidi") is not None
    assert b"<w:bidi/>" in parts_of(letter)["word/footer1.xml"]


def test_what_is_bold_or_large_is_so_in_arabic_letters_too(letter: bytes) -> None:
    for name in ("word/document.xml", "word/styles.xml"):
        text = parts_of(letter)[name].decode()
        assert len(re.findall(r"<w:b[ />]", text)) == len(re.findall(r"<w:bCs[ />]", text)), name
        assert len(re.findall(r"<w:sz ", text)) == len(re.findall(r"<w:szCs ", text)), name


def test_it_keeps_the_rules_of_its_format(letter: bytes, tmp_path: Path) -> None:
    (tmp_path / "brev.docx").write_bytes(letter)
    found = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(tmp_path / "brev.docx").errors
    assert [(error.part_uri, error.description) for error in found] == []


def test_what_the_owner_has_set_stays_and_a_second_time_changes_nothing() -> None:
    once = set_right_to_left(build_template("invitation"), "invitation.ar.docx")
    assert set_right_to_left(once, "invitation.ar.docx") == once
    assert set_right_to_left(b"no Word file", "invitation.ar.docx") == b"no Word file"


@pytest.mark.parametrize("own", ['<w:rPrChange w:id="1" w:author="Iben"><w:rPr/></w:rPrChange>', "<!-- af Iben -->"])
def test_a_run_whose_look_was_changed_or_remarked_on_is_turned_and_keeps_the_order_of_its_format(own: str) -> None:
    members, _ = read_members(build_template("invitation"), "invitation.ar.docx")
    looks = f"<w:p><w:r><w:rPr><w:b/>{own}</w:rPr><w:t>{{{{ recipient.name }}}}</w:t></w:r></w:p>"
    body = f'<w:document xmlns:w="{W[1:-1]}"><w:body>{looks}</w:body></w:document>'.encode()
    changed = [replace(item, data=body) if item.name == "word/document.xml" else item for item in members]
    run = body_of(set_right_to_left(write_members(changed), "invitation.ar.docx")).find(f".//{W}r/{W}rPr")
    assert run is not None
    names = [str(item.tag).removeprefix(W) for item in run if isinstance(item.tag, str)]
    assert names == ["b", "bCs", "rtl", *(["rPrChange"] if "rPrChange" in own else [])]


def test_no_other_language_is_touched() -> None:
    english = find_language("en")
    assert english is not None
    made = compile_in(build_template("invitation.en"), "invitation.en.docx", english)
    letter = made.render(numbered_fields(samples.invitation(), version=1, day=DAY))
    assert "bidiVisual" not in str(parts_of(letter)["word/document.xml"])


def test_in_the_pdf_lists_and_tables_begin_on_the_right_and_a_number_stands_before_the_address(pdf: bytes) -> None:
    places: dict[str, float] = {}

    def note(text: str, matrix: list[float], place: list[float], *_: object) -> None:
        for word in ("Rigmor Rimfrost", "Børn og Familie", "00 00 12 10", "iik@", "•"):
            if word in text:
                places.setdefault(word, place[4] * matrix[0] + matrix[4])

    reader = PdfReader(BytesIO(pdf))
    reader.pages[0].extract_text(visitor_text=note)
    assert places["Rigmor Rimfrost"] > _MIDDLE > places["Børn og Familie"]
    assert places["•"] > _MIDDLE
    assert places["00 00 12 10"] > places["iik@"]
    assert find_faults(pdf, "ar-EG") == []


def test_in_the_picture_the_box_has_its_thick_edge_on_the_right(pdf: bytes) -> None:
    page = next(draw_pages(pdf, 50)).convert("L")
    dark = [page.crop((x, 0, x + 1, page.height)).histogram()[:100] for x in range(page.width)]
    inked = [sum(column) for column in dark]
    assert inked.index(max(inked)) > page.width * 0.8
