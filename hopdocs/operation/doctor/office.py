"""LibreOffice and the fonts, by really drawing a page: an installed package proves nothing."""

from __future__ import annotations

import io
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from hopdocs.errors import ConverterFault
from hopdocs.operation.doctor.finding import Finding
from hopdocs.rendering.pdf.office import find_office
from hopdocs.rendering.pdf.worker_pool import PdfConverter

if TYPE_CHECKING:
    from collections.abc import Iterator

WANTED: Final = {"Carlito": "Æblegrød på bålet", "DejaVu Sans": "☐ ☒", "Symbola": "🙂"}
"""The fonts of the shipped letters, each with signs that need it: text, tick boxes, emoji."""
_SCRIPTS: Final = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
"""Word names a font for each group of scripts; LibreOffice counts signs among any of them."""


def check_office() -> Finding:
    """Draw a page in each font, and read in the PDF which fonts it was drawn with."""
    try:
        with closing(PdfConverter(workers=1)) as converter:
            pdf = PdfReader(io.BytesIO(converter.convert(_make_page(), "hopdocs")))
        version = find_office().version
    except ConverterFault as fault:
        return Finding.of("libreoffice", fault)
    drawn = list(_fonts_of(pdf))
    missing = [font for font in WANTED if not any(font.replace(" ", "") in name for name in drawn)]
    if missing:
        return Finding.mend("libreoffice", "HD747", fonts=", ".join(missing))
    return Finding.well("libreoffice", version)


def _make_page() -> bytes:
    page = Document()
    for font, text in WANTED.items():
        run = page.add_paragraph().add_run(text)
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - python-docx's own way to the XML
        for script in _SCRIPTS:
            fonts.set(qn(script), font)
    written = io.BytesIO()
    page.save(written)
    return written.getvalue()


def _fonts_of(pdf: PdfReader) -> Iterator[str]:
    """The names of the fonts that lie in it, without their subset's mark."""
    for page in pdf.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            yield str(font.get_object()["/BaseFont"])
