"""Word templates made on the spot, and documents compared as canonical XML."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docxtpl import DocxTemplate
from jinja2 import Environment
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FOOTNOTES = "word/footnotes.xml"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file(*paragraphs: str, build: Callable[[Any], None] | None = None) -> bytes:
    """A docx with these paragraphs, and whatever `build` adds to the python-docx document."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if build is not None:
        build(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_members(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in {**members_of(data), **changes}.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_footnotes(data: bytes, *texts: str) -> bytes:
    """The same docx with a footnotes part."""
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for number, text in enumerate(texts, 1)
    )
    old = members_of(data)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = old["[Content_Types].xml"].decode()
    types = types.replace("</Types>", f'<Override PartName="/{FOOTNOTES}" ContentType="{kind}"/></Types>')
    rels = old["word/_rels/document.xml.rels"].decode()
    relation = (
        '<Relationship Id="rId900" Target="footnotes.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/>'
    )
    return with_members(
        data,
        {
            "[Content_Types].xml": types.encode(),
            "word/_rels/document.xml.rels": rels.replace("</Relationships>", relation + "</Relationships>").encode(),
            FOOTNOTES: f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {_W}>{notes}</w:footnotes>'.encode(),
        },
    )


def render_with_docxtpl(
    data: bytes, context: Mapping[str, object], prepare: Callable[[DocxTemplate], Mapping[str, object]] | None = None
) -> bytes:
    """What the reference makes of it, with escaping on."""
    tpl = DocxTemplate(BytesIO(data))
    more = prepare(tpl) if prepare else {}
    tpl.render({**context, **more}, Environment(autoescape=True))
    stream = BytesIO()
    tpl.save(stream)
    return stream.getvalue()


def canonical(xml: bytes) -> bytes:
    return bytes(etree.tostring(etree.fromstring(xml), method="c14n", exclusive=True))


def compared_parts(data: bytes) -> dict[str, bytes]:
    """Document, headers, footers, notes and properties in canonical form."""
    wanted = ("word/document", "word/header", "word/footer", "word/footnotes", "docProps/core")
    return {name: canonical(xml) for name, xml in members_of(data).items() if name.startswith(wanted)}


def text_of(data: bytes) -> str:
    """All visible text of the body, paragraph by paragraph."""
    body = etree.fromstring(members_of(data)["word/document.xml"])
    return "\n".join("".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in body.iter(f"{W}p"))


def damaged(data: bytes) -> bytes:
    """A Word file whose text cannot be unpacked any more: its first block is of a kind that there is none of."""
    with ZipFile(BytesIO(data)) as archive:
        begins = archive.getinfo("word/document.xml").header_offset
    name, more = (int.from_bytes(data[begins + place : begins + place + 2], "little") for place in (26, 28))
    text = begins + 30 + name + more
    return data[:text] + bytes([data[text] | 0b110]) + data[text + 1 :]
