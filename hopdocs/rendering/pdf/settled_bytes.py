"""LibreOffice's PDF, its marks repaired, without the moment it was made or the memory it was made in.

The same document gives the same bytes. LibreOffice heeds no SOURCE_DATE_EPOCH, and numbers a PDF's fonts by their
place in memory; 25.2 writes the moment into one place (dc:date) that 7.4 left out. Dates, the file identifier and its
checksum are replaced by texts of the same length, so that every offset in the file still holds. Where they cannot be
seen, since a newer version has packed them into an object stream, the file is written anew, tags and all, every object
numbered as one comes to it from the root.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from hopdocs.rendering.docx.zip_member import UNREADABLE
from hopdocs.rendering.pdf.fonts import settle_fonts
from hopdocs.rendering.pdf.marks import repair_marks
from hopdocs.rendering.pdf.pictures import repair_pictures
from hopdocs.rendering.pdf.tags import repair_tags

if TYPE_CHECKING:
    from pypdf import PdfWriter

_PDF_DATE: Final = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)\d{14}")
_XMP_DATE: Final = re.compile(
    rb"(<xmp:(?:CreateDate|ModifyDate|MetadataDate)>|<dc:date>\s*<rdf:Seq>\s*<rdf:li>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"
)
_IDENTIFIER: Final = re.compile(rb"(/ID\s*\[\s*<)[0-9A-Fa-f]{32}(>\s*<)[0-9A-Fa-f]{32}(>\s*\])")
_CHECKSUM: Final = re.compile(rb"(/DocChecksum\s*/)[0-9A-Fa-f]{32}")
_CREATED: Final = re.compile(rb"<dcterms:created\b[^>]*>\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)
_CORE: Final = "docProps/core.xml"


def settle_bytes(pdf: bytes, docx: bytes) -> bytes:
    """The PDF with its marks repaired, fonts in order, the document's own date, and identifiers of its content."""
    pdf = settle_fonts(repair_pictures(repair_tags(repair_marks(pdf))))
    moment = read_created(docx)
    pdf_date, xmp_date = moment.strftime("%Y%m%d%H%M%S").encode(), moment.strftime("%Y-%m-%dT%H:%M:%S").encode()
    settled = _PDF_DATE.sub(lambda match: match[1] + pdf_date, pdf)
    settled = _XMP_DATE.sub(lambda match: match[1] + xmp_date, settled)
    if not (_PDF_DATE.search(pdf) and _IDENTIFIER.search(pdf)):
        return rewrite_pdf(pdf, moment)
    zeros = b"0" * 32
    settled = _IDENTIFIER.sub(lambda match: match[1] + zeros + match[2] + zeros + match[3], settled)
    settled = _CHECKSUM.sub(lambda match: match[1] + zeros, settled)
    own = hashlib.sha256(settled).hexdigest()[:32].upper().encode()
    settled = _IDENTIFIER.sub(lambda match: match[1] + own + match[2] + own + match[3], settled)
    return _CHECKSUM.sub(lambda match: match[1] + own, settled)


def rewrite_pdf(pdf: bytes, moment: datetime) -> bytes:
    """The same document, every object kept, with settled dates and identifier."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - large, and seldom needed: most files are settled in place
    from pypdf.generic import ArrayObject, ByteStringObject, StreamObject  # noqa: PLC0415

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.pdf_header = "%PDF-1.7"
    writer.add_metadata({"/CreationDate": f"D:{moment:%Y%m%d%H%M%S}Z"})
    if writer.metadata is not None and "/ModDate" in writer.metadata:
        writer.add_metadata({"/ModDate": f"D:{moment:%Y%m%d%H%M%S}Z"})
    metadata = writer.root_object.get("/Metadata")
    stream = metadata.get_object() if metadata is not None else None
    if isinstance(stream, StreamObject):
        xmp_date = f"{moment:%Y-%m-%dT%H:%M:%S}".encode()
        stream.set_data(_XMP_DATE.sub(lambda match: match[1] + xmp_date, stream.get_data()))
    writer._ID = None  # noqa: SLF001 - pypdf has no public way
    own = hashlib.sha256(_write(writer)).digest()[:16]
    writer._ID = ArrayObject([ByteStringObject(own), ByteStringObject(own)])  # noqa: SLF001 - as above
    return _write(writer)


def _write(writer: PdfWriter) -> bytes:
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def read_created(docx: bytes) -> datetime:
    """When the document says that it was created; 1980 where it does not say."""
    try:
        with ZipFile(BytesIO(docx)) as archive:
            match = _CREATED.search(archive.read(_CORE))
    except (*UNREADABLE, KeyError):
        match = None
    return datetime.fromisoformat(match[1].decode()).replace(tzinfo=UTC) if match else _EPOCH
