"""Packages that Word opens and that hold more, or less, than they should."""

from __future__ import annotations

import warnings
from io import BytesIO
from zipfile import ZipFile

import pytest

from hopdocs.errors import FaultyInput
from tests.golden.docxtpl.word_markup import Word, core, drawing, p, run
from tests.unit.rendering.word_templates.made_in_word import OFFICE, make, read_case, said_of, without_members
from tests.unit.rendering.words import members_of, with_members

_RIGHT = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_WRONG = "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
_CORE = "docProps/core.xml"


def related(data: bytes, rels: str, *relations: str) -> bytes:
    old = members_of(data)[rels].decode()
    return with_members(data, {rels: old.replace("</Relationships>", "".join(relations) + "</Relationships>").encode()})


def names_of(data: bytes) -> list[str]:
    with ZipFile(BytesIO(data)) as archive:
        return archive.namelist()


def test_a_relation_to_nothing_is_left_out() -> None:
    parts = make(read_case("relation-to-null"), family_name="Zamirandi")
    assert b"Zamirandi" in parts["word/document.xml"]
    assert b"NULL" not in parts["word/_rels/document.xml.rels"]


@pytest.mark.parametrize("target", ["NULL", "../NULL", "/word/NULL", "media/v%C3%A6k.png"])
def test_a_picture_that_is_lost_leaves_the_rest_of_the_letter(target: str) -> None:
    data = Word(drawing("rIdn") + p("Hej {{ name }}")).pack()
    data = related(
        data, "word/_rels/document.xml.rels", f'<Relationship Id="rIdn" Type="{OFFICE}/image" Target="{target}"/>'
    )
    parts = make(data, name="Ada")
    assert b"Hej Ada" in parts["word/document.xml"]
    assert b"rIdn" not in parts["word/document.xml"] + parts["word/_rels/document.xml.rels"]


def test_a_header_that_is_lost_is_no_longer_asked_for() -> None:
    data = Word(p("Hej {{ name }}"), headers=(p("Hoved"),)).pack()
    parts = make(without_members(data, "word/header0.xml", "word/_rels/header0.xml.rels"), name="Ada")
    assert b"headerReference" not in parts["word/document.xml"]


def test_a_link_to_a_place_in_the_letter_leads_there() -> None:
    link = f'<w:hyperlink r:id="rIdp">{run("se {{ name }}")}</w:hyperlink>'
    data = related(
        Word(p(raw=link)).pack(),
        "word/_rels/document.xml.rels",
        f'<Relationship Id="rIdp" Type="{OFFICE}/hyperlink" Target="#afsnit"/>',
    )
    parts = make(data, name="Ada")
    assert b'r:id="rIdp"' in parts["word/document.xml"]
    assert b'Target="#afsnit"' in parts["word/_rels/document.xml.rels"]
    assert b'TargetMode="External"' in parts["word/_rels/document.xml.rels"]


def test_the_data_of_a_mail_merge_are_left_out() -> None:
    parts = make(read_case("mail-merge-source"), family_name="Zamirandi")
    assert all(b"borgere.xlsx" not in part and b"mailMerge" not in part for part in parts.values())


def test_whom_a_mail_merge_was_for_is_left_out() -> None:
    data = Word(p("{{ name }}"), settings="<w:mailMerge><w:odso/></w:mailMerge>").pack()
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/mailMergeRecipientData" Target="recipientData.xml"/></Relationships>'
    )
    data = with_members(
        data,
        {
            "word/_rels/settings.xml.rels": relation.encode(),
            "word/recipientData.xml": b"<w:recipients>Tove</w:recipients>",
        },
    )
    parts = make(data, name="Ada")
    assert "word/recipientData.xml" not in parts
    assert all(b"Tove" not in part and b"recipientData" not in part for part in parts.values())


def test_properties_that_libreoffice_and_word_both_relate_are_word_s() -> None:
    data = Word(p("x"), core=core(title="Words {{ name }}")).pack()
    data = related(data, "_rels/.rels", f'<Relationship Id="rId99" Type="{_WRONG}" Target="docProps/core1.xml"/>')
    types = members_of(data)["[Content_Types].xml"].decode()
    kind = "application/vnd.openxmlformats-package.core-properties+xml"
    override = f'<Override PartName="/docProps/core1.xml" ContentType="{kind}"/></Types>'
    data = with_members(
        data,
        {
            "[Content_Types].xml": types.replace("</Types>", override).encode(),
            "docProps/core1.xml": core(title="LibreOffices").encode(),
        },
    )
    parts = make(data, name="Ada")
    assert b"Words Ada" in parts[_CORE]
    assert "docProps/core1.xml" not in parts
    assert b"core1" not in parts["[Content_Types].xml"] + parts["_rels/.rels"]


def test_properties_related_twice_are_related_once() -> None:
    data = Word(p("{{ name }}"), core=core(title="T")).pack()
    data = related(data, "_rels/.rels", f'<Relationship Id="rId99" Type="{_WRONG}" Target="{_CORE}"/>')
    parts = make(data, name="Ada")
    assert parts["_rels/.rels"].count(b"core-properties") == 1
    assert b"<dc:title>T</dc:title>" in parts[_CORE]


def written_twice(data: bytes, name: str, content: bytes) -> bytes:
    stream = BytesIO(data)
    with warnings.catch_warnings(), ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, content)
    return stream.getvalue()


def test_properties_that_python_docx_wrote_again_are_the_first() -> None:
    data = written_twice(
        Word(p("{{ name }}"), core=core(title="Ejerens")).pack(), _CORE, core(title="Word Document").encode()
    )
    parts = make(data, name="Ada")
    assert b"Ejerens" in parts[_CORE]


def test_a_text_that_stands_twice_is_still_refused() -> None:
    data = Word(p("{{ name }}")).pack()
    with pytest.raises(FaultyInput) as caught:
        make(written_twice(data, "word/document.xml", b"<w:document/>"), name="Ada")
    assert [fault.code for fault in caught.value.diagnostics] == ["HD300"]


def test_a_note_that_libreoffice_saved_is_read_like_the_body() -> None:
    assert "HD304" not in {code for code, _ in said_of(read_case("footnote-quotes"))}
    parts = make(
        read_case("footnote-quotes"), case_number="26-1", meeting={"type": "familieplansmøde"}, family_name="x"
    )
    assert b"Sag 26-1 familie" in parts["word/footnotes.xml"]


@pytest.mark.parametrize("quote", ["&quot;", "&apos;", "&#34;", "&#x27;", '"'])
def test_quotes_in_a_note_are_quotes_however_they_are_written(quote: str) -> None:
    note = f'<w:footnote w:id="1">{p("A &amp; B {{ {}B b{} }} &lt;".replace("{}", quote))}</w:footnote>'
    assert b"A &amp; B B b &lt;" in make(Word(p("x"), footnotes=note).pack())["word/footnotes.xml"]
