from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import pytest

from hopdocs.package_data import shipped_path
from hopdocs.rendering.pdf.copy_to_convert.preparing import prepare_copy
from hopdocs.rendering.pdf.copy_to_convert.table_styles import TableStyles
from tests.unit.rendering.words import members_of, with_members

if TYPE_CHECKING:
    from hopdocs.rendering.pdf.worker_pool import PdfConverter

AGENDA = (shipped_path("templates") / "dagsorden.docx").read_bytes()
"""A box with a shade, and a table with a head: its style says bold and shaded of the first row."""
TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
FILLED = re.compile(rb"/Artifact BMC\n([\d. -]+ re) f\*\nEMC\n")


def changed(*replaced: tuple[str, str], name: str = "word/document.xml", data: bytes = AGENDA) -> bytes:
    text = members_of(data)[name].decode()
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    return with_members(data, {name: text.encode()})


def story_of(data: bytes) -> str:
    return members_of(prepare_copy(data).data)["word/document.xml"].decode()


def test_what_a_style_says_stands_in_the_table_itself() -> None:
    before, after = members_of(AGENDA)["word/document.xml"].decode(), story_of(AGENDA)
    assert "tblStyle" in before
    assert "tblStyle" not in after
    [box] = [table for table in TABLE.findall(after) if 'w:fill="E9F1F3"' in table]
    assert '<w:left w:val="single" w:sz="36" w:space="0" w:color="1B5161"/>' in box
    assert '<w:left w:w="200" w:type="dxa"/>' in box
    head = next(table for table in TABLE.findall(after) if 'w:firstRow="1"' in table)
    first, *others = re.findall(r"<w:tr>.*?</w:tr>", head, re.DOTALL)
    assert first.count('w:fill="D6E6EA"') == first.count("<w:tc>")
    assert not any("w:fill" in row for row in others)


def test_what_a_table_says_for_itself_goes_before_its_style() -> None:
    own = '<w:tblCellMar><w:left w:w="17" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0600"'
    box = TABLE.findall(story_of(changed(('<w:tblLook w:val="0600"', own))))[0]
    assert box.count("<w:tblCellMar>") == 1
    assert re.search(r'<w:tblCellMar><w:top w:w="120"[^>]*/><w:left w:w="17"', box)


def test_nothing_but_the_copy_is_changed_and_no_other_part_of_it() -> None:
    before, after = members_of(AGENDA), members_of(prepare_copy(AGENDA).data)
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml", "word/styles.xml"]
    assert list(before) == list(after)


UNKNOWN_IN_TABLES = {
    "a row with rules of its own": ("<w:trPr>", "<w:tblPrEx/><w:trPr>"),
    "a change that somebody tracks": ("<w:tblLook", "<w:tblPrChange/><w:tblLook"),
    "a table that floats": ("<w:tblW ", '<w:tblpPr w:tblpY="1"/><w:tblW '),
    "a cell's own word on its place": ("<w:trPr>", '<w:trPr><w:cnfStyle w:val="100000000000"/>'),
    "a row within a control": ("<w:tr>", "<w:sdt/><w:tr>"),
    "a table within a table": ("</w:tc>", "<w:tbl/></w:tc>"),
    "a head of several rows": ("<w:trPr>", "<w:trPr><w:tblHeader/>"),
    "no word on its head": ("<w:tblLook ", "<w:tblStyleColBandSize/><w:nothing "),
    "two words on its head": ('w:val="0600" w:firstRow="0"', 'w:val="0600" w:firstRow="1"'),
    "a table that touches another": ("<w:tbl>", "<w:tbl></w:tbl><w:tbl>"),
    "a table that a control may put beside another": ("<w:tbl>", "<w:sdt/><w:tbl>"),
    "words from right to left": ("<w:keepNext/>", "<w:keepNext/><w:bidi/>"),
    "a row that begins further in": ("<w:cantSplit/>", '<w:cantSplit/><w:gridBefore w:val="1"/>'),
    "a row that somebody has added": ("<w:cantSplit/>", '<w:cantSplit/><w:ins w:id="1" w:author="N"/>'),
    "a cell that says it has no shade": ("</w:tcPr>", '<w:shd w:val="clear" w:color="auto" w:fill="auto"/></w:tcPr>'),
}


@pytest.mark.parametrize("change", UNKNOWN_IN_TABLES.values(), ids=UNKNOWN_IN_TABLES)
def test_a_table_that_is_not_wholly_understood_keeps_its_style(change: tuple[str, str]) -> None:
    assert "tblStyle" in story_of(changed(change))


UNKNOWN_IN_STYLES = {
    "paragraphs": ("<w:tblPr><w:tblInd", "<w:pPr/><w:tblPr><w:tblInd"),
    "letters": ("<w:tblPr><w:tblInd", "<w:rPr><w:i/></w:rPr><w:tblPr><w:tblInd"),
    "another part than the first row": ('w:type="firstRow"', 'w:type="lastCol"'),
    "slanted heads": ("<w:rPr><w:b/></w:rPr><w:tcPr>", "<w:rPr><w:i/></w:rPr><w:tcPr>"),
    "lines of cells": ("<w:tcPr><w:shd", "<w:tcPr><w:tcBorders/><w:shd"),
    "a shade of nothing": ('w:fill="E9F1F3"', 'w:fill="auto"'),
    "a shade that is taken away": ('w:val="clear" w:color="auto" w:fill="D6E6EA"', 'w:val="nil"'),
    "a pattern": ('w:val="clear" w:color="auto" w:fill="D6E6EA"', 'w:val="pct25" w:color="auto" w:fill="D6E6EA"'),
    "heads from right to left that are bold by it alone": ("<w:rPr><w:b/></w:rPr>", "<w:rPr><w:bCs/></w:rPr>"),
    "a shade over the heads of the style below": (
        '<w:name w:val="Boks"/><w:basedOn w:val="TableNormal"/>',
        '<w:name w:val="Boks"/><w:basedOn w:val="Skema"/>',
    ),
    "words from right to left by their style": ("<w:outlineLvl", "<w:bidi/><w:outlineLvl"),
    "a size of the usual paragraphs": (
        'w:line="276" w:lineRule="auto"/></w:pPr>',
        'w:line="276"/></w:pPr><w:rPr><w:sz w:val="24"/></w:rPr>',
    ),
    "a style of no kind by the same name": ("</w:styles>", '<w:style w:styleId="Skema"/></w:styles>'),
    "a style that is based on itself": ('<w:basedOn w:val="TableNormal"/>', '<w:basedOn w:val="Skema"/>'),
    "a style that is not there": ('<w:basedOn w:val="TableNormal"/>', '<w:basedOn w:val="Ingen"/>'),
    "heads that are bold by it alone": ('<w:name w:val="Tabelhoved"/>', '<w:name w:val="Tabelhoved"/><w:nothing/>'),
}


@pytest.mark.parametrize("case", UNKNOWN_IN_STYLES)
def test_a_style_that_says_more_than_borders_margins_and_shades_is_left_to_libreoffice(case: str) -> None:
    data = changed(UNKNOWN_IN_STYLES[case], name="word/styles.xml")
    if case == "heads that are bold by it alone":
        styles = members_of(AGENDA)["word/styles.xml"].decode()
        [head] = re.findall(r'<w:style [^>]*w:styleId="Tabelhoved">.*?</w:style>', styles)
        data = changed((head, head.replace("<w:b/>", "")), name="word/styles.xml")
    assert "tblStyle" in story_of(data)


@pytest.mark.parametrize("mode", ["11", "14"])
def test_a_document_for_an_older_word_is_left_as_it_is(mode: str) -> None:
    uri = 'w:uri="http://schemas.microsoft.com/office/word" w:val='
    assert "tblStyle" in story_of(changed((f'{uri}"15"', f'{uri}"{mode}"'), name="word/settings.xml"))


def test_where_usual_paragraphs_go_before_tables_their_size_is_no_hindrance() -> None:
    styles = changed(UNKNOWN_IN_STYLES["a size of the usual paragraphs"], name="word/styles.xml")
    rule = '<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:val="1"/>'
    data = changed(("<w:compatSetting ", f"{rule}<w:compatSetting "), name="word/settings.xml", data=styles)
    assert "tblStyle" not in story_of(data)


@pytest.mark.parametrize("hostile", [b"<!DOCTYPE w [<!ENTITY e 'x'>]><w/>", b"<w", b"", b"\xff\xfe<\0"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/settings.xml"])
def test_what_is_no_plain_xml_is_left_to_libreoffice(hostile: bytes, part: str) -> None:
    data = with_members(AGENDA, {part: hostile})
    story = members_of(prepare_copy(data).data)["word/document.xml"]
    assert story == hostile or b"tblStyle" in story


def test_a_table_that_is_turned_round_whatever_its_words_is_resolved() -> None:
    data = changed(("<w:keepNext/>", "<w:keepNext/><w:bidi/>"), ("<w:tblW ", "<w:bidiVisual/><w:tblW "))
    assert "tblStyle" not in story_of(data)


def test_the_pages_are_drawn_and_tagged_the_same(converter: PdfConverter, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for a table's shade, which was painted twice, once behind the cell's own."""
    resolved = converter.convert(AGENDA, "Dagsorden")
    monkeypatch.setattr(TableStyles, "resolve_in", lambda *_: False)
    styled = converter.convert(AGENDA, "Dagsorden")
    one, other = map(_contents, (resolved, styled))
    assert len(one) == len(other) >= 2  # as many pages as this LibreOffice makes of it
    assert one != other
    assert [_once(content) for content in one] == [_once(content) for content in other]
    assert _structure(resolved) == _structure(styled)


def _contents(pdf: bytes) -> list[bytes]:
    streams = [zlib.decompress(found) for found in STREAM.findall(pdf) if found[:1] == b"x"]
    return [content for content in streams if b" BDC" in content or b">>BDC" in content]


def _once(content: bytes) -> bytes:
    """Without what is painted over the same in the same colour."""
    return FILLED.sub(lambda fill: b"" if content.find(fill[1]) < fill.start() else fill[0], content)


def _structure(pdf: bytes) -> list[bytes]:
    return re.findall(rb"/Type/StructElem\n(?:(?!endobj).)*", pdf, re.DOTALL)
