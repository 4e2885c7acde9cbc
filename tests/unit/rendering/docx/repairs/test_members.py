from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from hopdocs.rendering.docx.package import read_members
from hopdocs.rendering.docx.repairs.members import repair_members
from hopdocs.rendering.docx.zip_member import ZipMember, read_as_utf8
from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import Word, core, p
from tests.unit.rendering.words import (
    compared_parts,
    members_of,
    render_with_docxtpl,
    text_of,
    with_footnotes,
    with_members,
    word_file,
)

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def as_utf16(xml: bytes) -> bytes:
    text = xml.decode("utf-8-sig").replace("UTF-8", "UTF-16").replace("utf-8", "utf-16")
    return text.encode("utf-16")


def with_attached_template(data: bytes) -> bytes:
    settings = members_of(data)["word/settings.xml"].decode()
    attached = f'<w:attachedTemplate xmlns:r="{_OFFICE}" r:id="rId1"/></w:settings>'
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/attachedTemplate" TargetMode="External" '
        'Target="file:///\\\\server\\skabeloner\\brev.dotm"/></Relationships>'
    )
    return with_members(
        data,
        {
            "word/settings.xml": settings.replace("</w:settings>", attached).encode(),
            "word/_rels/settings.xml.rels": relation.encode(),
        },
    )


def test_the_name_of_the_template_that_a_letter_was_begun_with_is_left_out() -> None:
    data = with_attached_template(Word(p("Hej {{ name }}")).pack())
    made = compile_template_bytes(data, "brev.docx").render({"name": "Ada"})
    assert text_of(made) == "Hej Ada"
    assert all(b"attachedTemplate" not in part and b"skabeloner" not in part for part in members_of(made).values())


def test_parts_in_utf16_are_read_as_others_are() -> None:
    plain = with_footnotes(word_file("Kære {{ name }} æøå"), "Note {{ name }}")
    named = ("word/document.xml", "word/footnotes.xml", "word/_rels/document.xml.rels", "docProps/core.xml")
    data = with_members(plain, {name: as_utf16(members_of(plain)[name]) for name in named})
    made = compile_template_bytes(data, "brev.docx").render({"name": "Åse & <Bo>"})
    assert compared_parts(made) == compared_parts(render_with_docxtpl(plain, {"name": "Åse & <Bo>"}))


def test_properties_as_libreoffice_relates_them_are_filled_in_and_stand_once() -> None:
    data = Word(p("x"), core=core(title="Plan {{ name }}")).pack()
    rels = members_of(data)["_rels/.rels"].decode()
    rels = rels.replace(
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties",
    )
    made = compile_template_bytes(with_members(data, {"_rels/.rels": rels.encode()}), "brev.docx").render({"name": "A"})
    with ZipFile(BytesIO(made)) as archive:
        assert archive.namelist().count("docProps/core.xml") == 1
    assert b"<dc:title>Plan A</dc:title>" in members_of(made)["docProps/core.xml"]


def test_a_package_without_oddities_is_left_as_it_is() -> None:
    members, _ = read_members(word_file("Hej"), "brev.docx")
    assert all(repaired is member for repaired, member in zip(repair_members(members), members, strict=True))


def test_folders_and_sizes_behind_the_data_are_no_fault() -> None:
    class Unseekable(BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

    data = Word(p("Hej {{ name }}")).pack()
    stream = Unseekable()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:  # what cannot be gone back in gets data descriptors
        archive.writestr(ZipInfo("word/"), b"")
        for name, content in members_of(data).items():
            archive.writestr(name, content)
    packed = stream.getvalue()
    assert b"PK\x07\x08" in packed
    assert text_of(compile_template_bytes(packed, "brev.docx").render({"name": "Ada"})) == "Hej Ada"


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "ukendt-1", "utf-32"])
def test_an_encoding_that_nobody_writes_is_not_guessed_at(encoding: str) -> None:
    with pytest.raises(LookupError):
        read_as_utf8(ZipMember("x.xml", f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode()))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "windows-1252"])
def test_an_encoding_that_programs_write_becomes_utf8(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>\r\n<a>æøå</a>'.encode(encoding)
    assert read_as_utf8(ZipMember("x.xml", xml)).data.decode().endswith('standalone="yes"?>\r\n<a>æøå</a>')
