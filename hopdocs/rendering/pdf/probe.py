"""The document that a fresh LibreOffice worker must convert before it is trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.rendering.docx.package import seal_members, write_package
from hopdocs.rendering.docx.zip_member import ZipMember

if TYPE_CHECKING:
    from collections.abc import Sequence

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ abcdefghijklmnopqrstuvwxyzæøåéü 0123456789 .,:;!?-–()«»§ ☐ ☒ ✓ ☺ Ł ش Ж"


def make_probe(fonts: Sequence[str] = ()) -> bytes:
    """The smallest Word document; with fonts, a line in each, of the letters that letters are made of."""

    def xml(text: str) -> bytes:
        return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}'.encode()

    types = (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_R}" Target="word/document.xml"/></Relationships>'
    )
    lines = "".join(
        f'<w:p><w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/></w:rPr>'
        f"<w:t>{_LETTERS}</w:t></w:r></w:p>"
        for font in fonts
    )
    lines = lines or "<w:p><w:r><w:t>æøå</w:t></w:r></w:p>"
    body = f"<w:document {_W}><w:body>{lines}</w:body></w:document>"
    parts = (
        ZipMember("[Content_Types].xml", xml(types)),
        ZipMember("_rels/.rels", xml(relations)),
        ZipMember("word/document.xml", xml(body)),
    )
    return write_package(seal_members(parts), {})
