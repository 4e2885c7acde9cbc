"""The address where a window envelope shows it: on the letter's own first page, or on a sheet laid before it.

Letters come from templates that each municipality may draw anew, so where the address stands is read in the finished
PDF, and a sheet is added only if it cannot be seen there, or something else can.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from hopdocs.rendering.docx.package import write_members
from hopdocs.rendering.docx.zip_member import ZipMember

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.model.dispatch import EnvelopeWindow

_POINTS: Final = 72 / 25.4
"""In a millimetre; PDF counts from the bottom of the page in points."""
_TWIPS: Final = 20 * _POINTS
_INSET: Final = 3
"""Millimetres between the window's edge and the text: a folded page slides in its envelope."""
_PAGE: Final = (210, 297)
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def shows_address(pdf: bytes, address: Sequence[str], window: EnvelopeWindow) -> bool:
    """Whether the whole address, and nothing else, is seen through the window of a first page."""
    try:
        seen = _words_behind(pdf, window)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return False  # then a sheet is laid before it, whatever stands there
    return seen == "".join("".join(address).split())


def _words_behind(pdf: bytes, window: EnvelopeWindow) -> str:
    """The text that begins within the window, without blanks, in its order on the page."""
    page = PdfReader(BytesIO(pdf)).pages[0]
    height = float(page.mediabox.height)
    found: list[str] = []

    def take(text: str, now: Sequence[float], line: Sequence[float], _font: Any, _size: float) -> None:
        across = now[0] * line[4] + now[2] * line[5] + now[4]
        down = height - (now[1] * line[4] + now[3] * line[5] + now[5])
        is_beside = window.left <= across / _POINTS < window.left + window.width
        if is_beside and window.top < down / _POINTS <= window.top + window.height:
            found.append(text)

    page.extract_text(visitor_text=take)
    return "".join("".join(found).split())


def compose_sheets(addresses: Sequence[Sequence[str]], window: EnvelopeWindow) -> bytes:
    """A Word file of pages that show nothing but an address, each where the window is."""
    pages = [
        "".join(_line(line, breaks=number > 0 and index == 0) for index, line in enumerate(address))
        for number, address in enumerate(addresses)
    ]
    left, top = window.left + _INSET, window.top + _INSET
    margins = {
        "left": left,
        "top": top,
        "right": max(_PAGE[0] - window.left - window.width, 0),
        "bottom": 10,
        "header": 5,
        "footer": 5,
        "gutter": 0,
    }
    size = f'<w:pgSz w:w="{_PAGE[0] * _TWIPS:.0f}" w:h="{_PAGE[1] * _TWIPS:.0f}"/>'
    places = " ".join(f'w:{name}="{millimetres * _TWIPS:.0f}"' for name, millimetres in margins.items())
    body = f"{''.join(pages)}<w:sectPr>{size}<w:pgMar {places}/></w:sectPr>"
    types = (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_DOCUMENT}" Target="word/document.xml"/></Relationships>'
    )
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    members = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": document}
    return write_members(ZipMember(name, _xml(text)) for name, text in members.items())


def _line(text: str, *, breaks: bool) -> str:
    start = "<w:pageBreakBefore/>" if breaks else ""
    spacing = '<w:spacing w:before="0" w:after="0" w:line="264" w:lineRule="auto"/>'
    font = '<w:rFonts w:ascii="Carlito" w:hAnsi="Carlito" w:cs="Carlito"/><w:sz w:val="22"/><w:lang w:val="da-DK"/>'
    words = escape("".join(sign for sign in text if sign.isprintable()))
    return (
        f"<w:p><w:pPr>{start}{spacing}</w:pPr><w:r><w:rPr>{font}</w:rPr>"
        f'<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
    )


def _xml(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}'.encode()
