from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from hopdocs.package_data import shipped_path
from hopdocs.rendering.pdf.copy_to_convert import preparing
from hopdocs.rendering.pdf.copy_to_convert.preparing import prepare_copy
from tests.unit.rendering.words import members_of, with_members

if TYPE_CHECKING:
    from hopdocs.rendering.pdf.worker_pool import PdfConverter

AGENDA = (shipped_path("templates") / "dagsorden.docx").read_bytes()
STYLES = "word/styles.xml"
DOCUMENT = "word/document.xml"


def agenda(*styles: str, story: str = "", name: str = DOCUMENT) -> bytes:
    """The agenda with more styles, and with more in one of its parts."""
    parts = {part: data.decode() for part, data in members_of(AGENDA).items() if part.endswith(".xml")}
    parts[STYLES] = parts[STYLES].replace("</w:styles>", "".join(styles) + "</w:styles>")
    place = parts[name].rindex("<w:sectPr") if name == DOCUMENT else parts[name].rindex("</")
    parts[name] = parts[name][:place] + story + parts[name][place:]
    return with_members(AGENDA, {part: parts[part].encode() for part in {STYLES, name}})


def style(own: str, more: str = "", *, name: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{own}"><w:name w:val="{name or own}"/>{more}</w:style>'


def kept(data: bytes) -> set[str]:
    return set(re.findall(r'w:styleId="([^"]*)"', members_of(prepare_copy(data).data)[STYLES].decode()))


def test_a_style_that_nothing_names_stays_out_of_the_copy() -> None:
    assert "Ubrugt" not in kept(agenda(style("Ubrugt")))
    assert 'w:styleId="Maal"' in members_of(AGENDA)[STYLES].decode()
    assert {"Normal", "Title", "TableNormal"} <= kept(AGENDA)
    assert not {"Maal", "Quote", "Skema"} & kept(AGENDA)


@pytest.mark.parametrize(
    ("story", "name"),
    [
        ('<w:p><w:pPr><w:pStyle w:val="Brugt"/></w:pPr></w:p>', DOCUMENT),
        ("<w:p><w:pPr><w:pStyle  w:val = 'Brugt'/></w:pPr></w:p>", DOCUMENT),
        ('<w:p><w:r><w:rPr><w:rStyle w:val="Brugt"/></w:rPr></w:r></w:p>', DOCUMENT),
        ('<x:p xmlns:x="urn:x"><x:pStyle x:id="1" x:val="Brugt"/></x:p>', DOCUMENT),
        (
            '<w:abstractNum w:abstractNumId="9"><w:lvl><w:pStyle w:val="Brugt"/></w:lvl></w:abstractNum>',
            "word/numbering.xml",
        ),
        ('<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="Brugt"/></w:abstractNum>', "word/numbering.xml"),
        ('<w:p><w:pPr><w:pStyle w:val="Brugt"/></w:pPr></w:p>', "word/footer1.xml"),
        ('<w:defaultTableStyle w:val="Brugt"/>', "word/settings.xml"),
    ],
)
def test_a_style_that_any_part_names_stays(story: str, name: str) -> None:
    assert "Brugt" in kept(agenda(style("Brugt"), story=story, name=name))


def test_what_a_style_is_based_on_or_goes_with_stays_too() -> None:
    more = '<w:basedOn w:val="Grund"/><w:next w:val="Efter"/><w:link w:val="Tegn"/>'
    styles = [style("Brugt", more), style("Grund", '<w:basedOn w:val="Bund"/>'), *map(style, ("Efter", "Tegn", "Bund"))]
    assert {"Brugt", "Grund", "Efter", "Tegn", "Bund"} <= kept(
        agenda(*styles, story='<w:p><w:pPr><w:pStyle w:val="Brugt"/></w:pPr></w:p>')
    )


@pytest.mark.parametrize("based", ["<w:basedOn w:val='Grund'/>", '<w:basedOn  w:val = "Grund" />'])
def test_what_a_style_is_based_on_stays_however_it_is_written(based: str) -> None:
    story = '<w:p><w:pPr><w:pStyle w:val="Brugt"/></w:pPr></w:p>'
    assert "Grund" in kept(agenda(style("Brugt", based), style("Grund"), story=story))


@pytest.mark.parametrize("named", ["Min stil", "min stil", "Heading 9"])
def test_where_a_style_is_named_by_another_word_than_its_id_all_stay(named: str) -> None:
    story = f'<w:p><w:pPr><w:pStyle w:val="{named}"/></w:pPr></w:p>'
    assert "Minstil" in kept(agenda(style("Minstil", name="Min stil"), story=story))


@pytest.mark.parametrize("name", ["Normal", "normal", "Default Paragraph Font", "Normal Table", "No List"])
def test_what_all_text_looks_like_stays_though_it_is_not_said_to_be_usual(name: str) -> None:
    assert "Usagt" in kept(agenda(style("Usagt", name=name)))


@pytest.mark.parametrize("name", ["footnote reference", "Page Number", "Hyperlink", "annotation text", "caption"])
def test_what_libreoffice_may_take_by_itself_stays(name: str) -> None:
    assert "Sin" in kept(agenda(style("Sin", name=name)))


@pytest.mark.parametrize(
    "story", ['<w:p><w:hyperlink r:id="rId1"/></w:p>', '<w:p><w:fldSimple w:instr=" STYLEREF Ubrugt "/></w:p>']
)
def test_all_styles_of_a_document_with_links_or_fields_stay(story: str) -> None:
    assert "Ubrugt" in kept(agenda(style("Ubrugt"), story=story))


@pytest.mark.parametrize("twice", [style("Title"), '<w:style w:type="paragraph"><w:name w:val="Uden"/></w:style>'])
def test_styles_that_word_would_not_write_so_all_stay(twice: str) -> None:
    assert "Ubrugt" in kept(agenda(style("Ubrugt"), twice))


def test_the_pdf_is_the_same_as_with_all_styles(converter: PdfConverter, monkeypatch: pytest.MonkeyPatch) -> None:
    short = converter.convert(AGENDA, "Dagsorden")
    monkeypatch.setattr(preparing, "leave_out_unused", lambda styles, _: styles)
    assert "Maal" in kept(AGENDA)
    assert converter.convert(AGENDA, "Dagsorden") == short
