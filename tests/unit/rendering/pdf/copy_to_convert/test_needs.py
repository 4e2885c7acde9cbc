from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hopdocs.package_data import shipped_path
from hopdocs.rendering.pdf.copy_to_convert.needs import ALL_NEEDS, Needs, find_needs
from hopdocs.rendering.pdf.copy_to_convert.preparing import CopyToConvert, prepare_copy
from hopdocs.rendering.pdf.settled_bytes import read_created
from tests.unit.rendering.words import damaged

AGENDA = (shipped_path("templates") / "dagsorden.docx").read_bytes()
PLAIN = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document><w:p>%s</w:p></w:document>'


def needs_of(text: bytes, name: str = "word/document.xml") -> Needs:
    return find_needs({"word/styles.xml": PLAIN % b'<w:name w:val="Hyperlink"/>', name: PLAIN % text})


def test_a_letter_with_neither_link_nor_symbol_is_not_searched() -> None:
    text = "<w:t>Kære Ærø – «så» &#39;nu&#34; …</w:t><w:instrText> NUMPAGES \\* MERGEFORMAT </w:instrText>"
    assert needs_of(text.encode()) == Needs(links=False, symbols=False)


@pytest.mark.parametrize(
    "text",
    [
        b'<w:hyperlink r:id="rId1"/>',
        b"<a:hlinkClick/>",
        b'<w:altChunk r:id="rId1"/>',
        b'<w:instrText xml:space="preserve"> HYPER</w:instrText><w:instrText>LINK "x"</w:instrText>',
        b"<w:instrText> REF navn \\h </w:instrText>",
        b'<w:fldSimple w:instr=" TOC \\h "/>',
    ],
)
@pytest.mark.parametrize("name", ["word/document.xml", "word/footer1.xml", "word/glossary/document.xml"])
def test_whatever_may_be_a_link_is_looked_for(text: bytes, name: str) -> None:
    assert needs_of(text, name).links


@pytest.mark.parametrize(
    "text", ["☐", "→", "🙂", "\u2bff", "\U0001faff", "&#9744;", "&#x2610;", '<w:sym w:char="F0FE"/>']
)
@pytest.mark.parametrize("name", ["word/document.xml", "docProps/core.xml", "customXml/item1.xml"])
def test_whatever_may_be_a_symbol_is_looked_for(text: str, name: str) -> None:
    assert needs_of(text.encode(), name).symbols


@pytest.mark.parametrize(
    "data",
    [
        "<w:p>☐</w:p>".encode("utf-16"),
        "<w:p>☐</w:p>".encode("utf-16-le"),
        b'<?xml version="1.0" encoding="ISO-8859-1"?><w:p/>',
        b'<!DOCTYPE p [<!ENTITY box "x">]><w:p>&box;</w:p>',
        b"",
    ],
)
def test_what_may_hide_its_words_is_searched_for_everything(data: bytes) -> None:
    assert find_needs({"word/document.xml": data}) == ALL_NEEDS


@pytest.mark.parametrize("broken", [damaged(AGENDA), AGENDA[:-30], AGENDA[100:], AGENDA.replace(b"PK\1\2", b"PK\1\1")])
def test_a_damaged_file_is_left_to_libreoffice_as_it_is(broken: bytes) -> None:
    assert prepare_copy(broken) == CopyToConvert(broken, ALL_NEEDS)
    assert read_created(broken) >= datetime(1980, 1, 1, tzinfo=UTC)


def test_a_broken_file_is_left_to_libreoffice_to_refuse() -> None:
    assert prepare_copy(b"PK\x03\x04 not a zip").needs == ALL_NEEDS


def test_most_of_the_shipped_templates_need_no_search_for_links() -> None:
    found = {path.name: prepare_copy(path.read_bytes()).needs for path in shipped_path("templates").glob("*.docx")}
    assert not [name for name, needs in found.items() if needs.links]
    assert not found["samtykkeerklaering.docx"].symbols
    assert not found["indkaldelse.docx"].symbols
