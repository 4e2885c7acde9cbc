"""PDFs for tests, object by object, and what is drawn on their pages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ContentStream, DecodedStreamObject, NameObject, StreamObject

from hopdocs.rendering.pdf.binder import Binder
from hopdocs.rendering.pdf.bundle import Attachment, BindingLimits, BoundPdf, bind_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

_CASES: Final = Path(__file__).parent / "attached" / "cases"


def case(name: str) -> bytes:
    """A file that once went wrong, or that only another program could make."""
    return (_CASES / f"{name}.pdf").read_bytes()


def sheets(count: int, *, turned: int = 0, text: str = "") -> bytes:
    """An untagged PDF from elsewhere."""
    writer = PdfWriter()
    for _ in range(count):
        page = writer.add_blank_page(595, 842)
        if turned:
            page.rotate(turned)
        if text:
            contents = DecodedStreamObject()
            contents.set_data(text.encode())
            page[NameObject("/Contents")] = writer._add_object(contents)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def stream(content: str, entries: str = "") -> str:
    return f"<<{entries}/Length {len(content)}>>stream\n{content}\nendstream"


def form(content: str, entries: str = "/BBox[0 0 100 20]") -> str:
    return stream(content, f"/Type/XObject/Subtype/Form{entries}/Resources<</Font<</F1 5 0 R>>>>")


def foreign(content: str, *more: str, page: str = "", catalogue: str = "", resources: str = "") -> bytes:
    """One page with this content; objects from 6 on are the test's own."""
    box = "" if "MediaBox" in page else "/MediaBox[0 0 595 842]"
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalogue}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R{box}/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{resources}>>{page}>>",
        stream(content),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    return raw_pdf(*(one.encode("latin-1") for one in [*objects, *more]))


def marked(*annotations: str, content: str = "BT /F1 12 Tf 60 700 Td (Under) Tj ET", catalogue: str = "") -> bytes:
    """A page with these annotations, which are objects from 6 on."""
    names = " ".join(f"{number} 0 R" for number in range(6, 6 + len(annotations)))
    return foreign(content, *annotations, page=f"/Annots[{names}]", catalogue=catalogue)


def bind_behind(plan: bytes, *attachments: tuple[str, bytes, str], **limits: Any) -> BoundPdf:
    """A plan and these files behind it, each with its name and its title."""
    wanted = [Attachment(name, data, title) for name, data, title in attachments]
    with Binder() as binder:
        return bind_plan(plan, wanted, title="Samlet familieplan", binder=binder, limits=BindingLimits(**limits))


def pages_of(data: bytes) -> list[Any]:
    return list(PdfReader(BytesIO(data)).pages)


def brought_along(data: bytes) -> bytes:
    """All that the pages lead to, unpacked, as it is bound."""
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(data)))
    for thing in writer._objects:
        if isinstance(thing, StreamObject):
            plain = thing.get_data()
            thing.pop("/Filter", None)
            thing._data = plain
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def drawn_on(page: Any) -> list[tuple[bytes, list[Any]]]:
    """Every operator that a viewer comes to, in its order, those of drawings inside drawings too."""
    contents = page.get_contents()
    return [] if contents is None else list(_follow(contents, page["/Resources"], page.pdf))


def _follow(content: Any, resources: Any, file: Any) -> Iterator[tuple[bytes, list[Any]]]:
    for operands, operator in ContentStream(content, file).operations:
        yield operator, operands
        if operator == b"Do":
            inner = resources["/XObject"][operands[0]].get_object()
            if inner["/Subtype"] == "/Form":
                yield from _follow(inner, inner.get("/Resources", {}), file)


def words_on(page: Any) -> list[str]:
    """The strings that are shown, in the order in which they are drawn."""
    found = []
    for operator, operands in drawn_on(page):
        if operator in (b"Tj", b"'", b'"'):
            found.append(str(operands[-1]))
        if operator == b"TJ":
            found += [str(item) for item in operands[0] if isinstance(item, str)]
    return found


def order_on(page: Any, *operators: bytes) -> list[bytes]:
    """Which of these are drawn, in which order."""
    return [operator for operator, _ in drawn_on(page) if operator in operators]
