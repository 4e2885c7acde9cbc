from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from hopdocs.errors import FaultyInput
from hopdocs.rendering.docx.package import seal_members, write_package
from hopdocs.rendering.docx.zip_member import ZipMember
from hopdocs.rendering.template import compile_template_bytes
from tests.unit.rendering.words import members_of, with_members, word_file

_RELS = "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def codes_of(data: bytes) -> list[str]:
    with pytest.raises(FaultyInput) as caught:
        compile_template_bytes(data, "brev.docx")
    return [fault.code for fault in caught.value.diagnostics]


def with_relation(kind: str, target: str, mode: str = "External") -> bytes:
    data = word_file("Hej")
    relation = (
        f'<Relationship Id="rId99" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )
    rels = members_of(data)[_RELS].decode().replace("</Relationships>", relation)
    return with_members(data, {_RELS: rels.encode()})


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"ikke en zip", word_file("Hej")[:500]], ids=["nil", "two", "text", "cut"]
)
def test_what_is_no_docx_is_told_so(data: bytes) -> None:
    assert codes_of(data) == ["HD300"]


def test_a_zip_that_is_no_word_document_is_told_so() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("hej.txt", "hej")
    assert codes_of(stream.getvalue()) == ["HD314"]


@pytest.mark.parametrize("kind", ["image", "attachedTemplate", "oleObject", "subDocument", "frame"])
def test_what_is_fetched_from_outside_is_refused(kind: str) -> None:
    assert codes_of(with_relation(kind, "http://ond.example/x")) == ["HD302"]


def test_a_link_for_people_to_click_is_fine() -> None:
    compile_template_bytes(with_relation("hyperlink", "https://vesterlyng.example"), "brev.docx")


def test_an_embedded_program_is_refused() -> None:
    assert codes_of(with_relation("oleObject", "embeddings/oleObject1.bin", "Internal"))[0] == "HD303"


def test_macros_are_refused() -> None:
    data = with_members(word_file("Hej"), {"word/vbaProject.bin": b"x"})
    assert codes_of(data) == ["HD303"]


@pytest.mark.parametrize("field", ["INCLUDETEXT", "INCLUDEPICTURE", "DDEAUTO", "LINK"])
def test_a_field_that_fetches_is_refused(field: str) -> None:
    data = word_file("Hej")
    text = members_of(data)["word/document.xml"].decode()
    text = text.replace("<w:t>Hej</w:t>", f'<w:instrText xml:space="preserve"> {field} "x" </w:instrText>')
    assert codes_of(with_members(data, {"word/document.xml": text.encode()})) == ["HD302"]


@pytest.mark.parametrize(
    "markup",
    [
        "<w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT x</w:instrText>",
        "<w:instrText>&#73;NCLUDETEXT x</w:instrText>",
        '<x:instrText xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main">LINK a</x:instrText>',
        '</w:r><w:fldSimple w:instr="&#68;DE x"/><w:r>',
    ],
    ids=["cut", "references", "prefix", "simple"],
)
def test_a_field_that_fetches_does_not_hide(markup: str) -> None:
    data = word_file("Hej")
    text = members_of(data)["word/document.xml"].decode().replace("<w:t>Hej</w:t>", markup)
    assert codes_of(with_members(data, {"word/document.xml": text.encode()})) == ["HD302"]


@pytest.mark.parametrize("way", ["references", "prefix", "utf-16"])
def test_a_relation_that_fetches_does_not_hide(way: str) -> None:
    data = with_relation("image", "http://ond.example/x")
    rels = members_of(data)[_RELS].decode()
    if way == "references":
        rels = rels.replace('"External"', '"Ex&#116;ernal"')
    if way == "prefix":
        name = "http://schemas.openxmlformats.org/package/2006/relationships"
        rels = rels.replace('<Relationship Id="rId99"', f'<a-b:Relationship xmlns:a-b="{name}" Id="rId99"')
    encoded = rels.replace("UTF-8", "UTF-16").encode("utf-16") if way == "utf-16" else rels.encode()
    assert codes_of(with_members(data, {_RELS: encoded})) == ["HD302"]


@pytest.mark.parametrize(
    ("start", "kind"),
    [(b"\xd0\xcf\x11\xe0\xa1", "Word 97–2003 (.doc)"), (b"{\\rtf1", "RTF"), (b"%PDF-1.7", "PDF")],
)
def test_another_kind_of_file_is_called_by_its_name(start: bytes, kind: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        compile_template_bytes(start + b" noget", "brev.docx")
    assert [(item.code, item.params) for item in caught.value.diagnostics] == [("HD313", {"kind": kind})]


def test_a_word_template_and_a_strict_document_are_called_by_their_names() -> None:
    data = word_file("Hej")
    types = members_of(data)["[Content_Types].xml"].replace(b".document.main+xml", b".template.main+xml")
    assert codes_of(with_members(data, {"[Content_Types].xml": types})) == ["HD313"]
    rels = members_of(data)["_rels/.rels"].replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
    )
    assert codes_of(with_members(data, {"_rels/.rels": rels})) == ["HD313"]


def test_a_document_with_macros_is_refused_by_its_content_type_too() -> None:
    data = word_file("Hej")
    types = members_of(data)["[Content_Types].xml"].replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert codes_of(with_members(data, {"[Content_Types].xml": types})) == ["HD303"]


def test_a_doctype_is_refused() -> None:
    data = word_file("Hej")
    text = members_of(data)["word/document.xml"].replace(
        b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document', 1
    )
    assert codes_of(with_members(data, {"word/document.xml": text})) == ["HD300"]


def test_a_part_that_unpacks_a_thousandfold_is_refused() -> None:
    assert codes_of(with_members(word_file("Hej"), {"word/media/stor.bin": b"\0" * 20_000_000})) == ["HD301"]


def test_a_picture_of_nearly_nothing_is_no_bomb() -> None:
    compile_template_bytes(with_members(word_file("Hej"), {"word/media/image1.emf": b"\0" * 5_000_000}), "brev.docx")


def test_too_many_parts_are_refused() -> None:
    many = {f"word/media/{number}": b"" for number in range(2_001)}
    assert codes_of(with_members(word_file("Hej"), many)) == ["HD301"]


def test_every_danger_is_told_at_once() -> None:
    data = with_members(with_relation("image", "file:///etc/passwd"), {"word/vbaProject.bin": b"x"})
    assert sorted(codes_of(data)) == ["HD302", "HD303"]


def test_a_written_package_is_read_by_others_and_has_no_dates() -> None:
    sealed = seal_members([ZipMember("a.xml", b"<a/>"), ZipMember("æ.bin", b"x" * 1000)])
    data = write_package(sealed, {"b/c.xml": b"<c/>"})
    assert members_of(data) == {"a.xml": b"<a/>", "æ.bin": b"x" * 1000, "b/c.xml": b"<c/>"}
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in archive.infolist()} == {ZIP_DEFLATED}
