"""The child process that binds PDFs, under limits; run as a module, never imported by the parent.

The plan is cloned, not appended, so that its tags stay; the sector plans come behind it, without scripts, forms'
actions or attached files. The page stamps are artifacts (ISO 32000-1, 14.8.2.2): a screen reader passes over them.
The mark of PDF/UA is taken off, since the foreign pages are untagged.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from hopdocs.rendering.pdf.bundle import PROGRESS

if TYPE_CHECKING:
    from pypdf import PageObject

STAMP_POINTS: Final = 8
STAMP_MARGIN_POINTS: Final = 14
MOST_HEADINGS: Final = 10_000
"""More than any plan has: then its outline is a loop."""
_STAMP_FONT: Final = "/HopdocsStamp"
_HELVETICA_WIDTHS: Final = {"i": 222, "l": 222, "f": 278, " ": 278, ":": 278, "S": 667, "m": 833}
_KEPT_ANNOTATIONS: Final = {"/Link", "/Widget", "/Text", "/FreeText", "/Highlight", "/Underline", "/Stamp", "/Ink"}


class EncryptedError(Exception):
    """The attachment is locked."""


class TooManyPagesError(Exception):
    """The attachment has more pages than are bound."""


@dataclass
class Binder:
    """The file that grows."""

    writer: PdfWriter
    most_pages: int

    @classmethod
    def start(cls, plan: bytes, most_pages: int) -> Binder:
        """The plan's own file, tags and all."""
        return cls(PdfWriter(clone_from=PdfReader(BytesIO(plan))), most_pages)

    def add(self, data: bytes) -> int:
        """Put an attachment behind what there is, once it has been read through by itself; returns its first page."""
        clean = self._clean(data)
        first = len(self.writer.pages)
        self.writer.append(PdfReader(BytesIO(clean)), import_outline=False)
        return first

    def _clean(self, data: bytes) -> bytes:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise EncryptedError
        count = len(reader.pages)
        if not count:
            raise PyPdfError("no pages")
        if count > self.most_pages:
            raise TooManyPagesError(f"{count} > {self.most_pages}")
        alone = PdfWriter()
        for page in reader.pages:
            contents = page.get_contents()
            if contents is not None:
                contents.get_data()
            disarm_page(alone.add_page(page))
        stream = BytesIO()
        alone.write(stream)
        return stream.getvalue()


def disarm_page(page: PageObject) -> None:
    """Take off what acts by itself, and what refers to tags that are not brought along."""
    for key in ("/AA", "/StructParents", "/Tabs", "/B", "/PieceInfo", "/Metadata"):
        page.pop(key, None)
    kept = ArrayObject()
    for reference in page.get("/Annots", ArrayObject()) or ():
        annotation = reference.get_object()
        if not isinstance(annotation, DictionaryObject) or annotation.get("/Subtype") not in _KEPT_ANNOTATIONS:
            continue
        action = annotation.get("/A")
        action = action.get_object() if action is not None else None
        if isinstance(action, DictionaryObject) and action.get("/S") not in {"/URI", "/GoTo"}:
            annotation.pop("/A")
        for key in ("/AA", "/StructParent", "/Parent"):
            annotation.pop(key, None)
        kept.append(reference)
    if "/Annots" in page:
        page[NameObject("/Annots")] = kept


def stamp_pages(writer: PdfWriter) -> None:
    """Write "Side 3 af 12" at the foot of every page, as an artifact."""
    font = writer._add_object(  # noqa: SLF001 - pypdf has no public way to add an object
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
    )
    before = writer._add_object(_stream(b"q\n"))  # noqa: SLF001 - as above
    total = len(writer.pages)
    for number, page in enumerate(writer.pages, 1):
        text = f"Samlet plan: Side {number} af {total}"
        after = writer._add_object(_stream(b"\nQ\n" + _draw_stamp(page, text)))  # noqa: SLF001 - as above
        own = page.get("/Contents")
        own = own.get_object() if own is not None else None
        middle = list(own) if isinstance(own, ArrayObject) else [page.raw_get("/Contents")] if own is not None else []
        page[NameObject("/Contents")] = ArrayObject([before, *middle, after])
        resources = DictionaryObject(_resolved(page.get("/Resources")))
        fonts = DictionaryObject(_resolved(resources.get("/Font")))
        fonts[NameObject(_STAMP_FONT)] = font
        resources[NameObject("/Font")] = fonts
        page[NameObject("/Resources")] = resources


def _resolved(value: Any) -> DictionaryObject:
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _stream(data: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream


def _draw_stamp(page: PageObject, text: str) -> bytes:
    """The operators, upright and at the right edge of the foot as the reader sees it."""
    box = page.cropbox
    left, bottom, right, top = (float(side) for side in (box.left, box.bottom, box.right, box.top))
    width = sum(_HELVETICA_WIDTHS.get(letter, 556) for letter in text) * STAMP_POINTS / 1000
    turned = int(page.get("/Rotate", 0) or 0) % 360
    along, across = STAMP_MARGIN_POINTS * 2 + width, STAMP_MARGIN_POINTS
    matrix, x, y = {
        0: ("1 0 0 1", right - along, bottom + across),
        90: ("0 1 -1 0", right - across, top - along),
        180: ("-1 0 0 -1", left + along, top - across),
        270: ("0 -1 1 0", left + across, bottom + along),
    }.get(turned, ("1 0 0 1", right - along, bottom + across))
    drawn = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    head = f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q {matrix} {x:.2f} {y:.2f} cm 0.35 g BT "
    return head.encode() + f"{_STAMP_FONT} {STAMP_POINTS} Tf (".encode() + drawn + b") Tj ET Q EMC\n"


def outline_plan(writer: PdfWriter, entries: list[tuple[str, int]]) -> None:
    """One entry for the plan, which takes in the headings it had, and one for each attachment."""
    old = _resolved(writer.root_object.get("/Outlines"))
    root = DictionaryObject({NameObject("/Type"): NameObject("/Outlines")})
    root_reference = writer._add_object(root)  # noqa: SLF001 - pypdf has no public way to add an object
    items = []
    for title, page in entries:
        target = ArrayObject([writer.pages[page].indirect_reference or NullObject(), NameObject("/Fit")])
        item = DictionaryObject({NameObject("/Title"): TextStringObject(title), NameObject("/Dest"): target})
        item[NameObject("/Parent")] = root_reference
        items.append((item, writer._add_object(item)))  # noqa: SLF001 - as above
    for (item, reference), (following, next_reference) in pairwise(items):
        item[NameObject("/Next")], following[NameObject("/Prev")] = next_reference, reference
    root[NameObject("/First")], root[NameObject("/Last")] = items[0][1], items[-1][1]
    root[NameObject("/Count")] = NumberObject(len(items))
    writer.root_object[NameObject("/Outlines")] = root_reference
    _take_in_headings(old, *items[0])


def _take_in_headings(old: DictionaryObject, item: DictionaryObject, reference: IndirectObject) -> None:
    if "/First" not in old or "/Last" not in old:
        return
    count = 0
    heading: DictionaryObject | None = _resolved(old["/First"])
    while heading is not None and count < MOST_HEADINGS:
        heading[NameObject("/Parent")] = reference
        count += 1
        heading = _resolved(heading["/Next"]) if "/Next" in heading else None
    item[NameObject("/First")], item[NameObject("/Last")] = old.raw_get("/First"), old.raw_get("/Last")
    item[NameObject("/Count")] = NumberObject(-count)


def describe_file(writer: PdfWriter, title: str, identity: bytes) -> None:
    """Title and identifier; the mark of PDF/UA goes, with the metadata that bore it."""
    writer.pdf_header = "%PDF-1.7"
    writer.add_metadata({"/Title": title, "/Producer": "hopdocs"})
    text = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>'
        f'<rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        "<dc:language><rdf:Bag><rdf:li>da-DK</rdf:li></rdf:Bag></dc:language></rdf:Description>"
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )
    metadata = _stream(text.encode())
    metadata[NameObject("/Type")] = NameObject("/Metadata")
    metadata[NameObject("/Subtype")] = NameObject("/XML")
    root = writer.root_object
    root[NameObject("/Metadata")] = writer._add_object(metadata)  # noqa: SLF001 - no public way
    root[NameObject("/Lang")] = TextStringObject("da-DK")
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    preferences = DictionaryObject(_resolved(root.get("/ViewerPreferences")))
    preferences[NameObject("/DisplayDocTitle")] = BooleanObject(True)  # noqa: FBT003 - by position only
    root[NameObject("/ViewerPreferences")] = preferences
    writer._ID = ArrayObject([ByteStringObject(identity), ByteStringObject(identity)])  # noqa: SLF001 - pypdf's own is random


def bind(request: dict[str, Any], files: list[bytes]) -> tuple[bytes, int, list[tuple[int, str, dict[str, str]]]]:
    """The bound file, its pages, and the faults of the attachments that were left out, by their index."""
    plan, attachments = files[0], files[1:]
    binder = Binder.start(plan, request["limits"]["most_attachment_pages"])
    entries = [(str(request["titles"][0]), 0)]
    faults: list[tuple[int, str, dict[str, str]]] = []
    for index, data in enumerate(attachments):
        _write_progress(index)
        try:
            first = binder.add(data)
        except EncryptedError:
            faults.append((index, "HD340", {}))
        except (TooManyPagesError, LimitReachedError, MemoryError) as err:
            faults.append((index, "HD342", {"reason": str(err) or type(err).__name__}))
        except Exception as err:  # noqa: BLE001 - a broken PDF can lead pypdf anywhere
            faults.append((index, "HD341", {"reason": f"{type(err).__name__}: {err}"[:200]}))
        else:
            entries.append((str(request["titles"][index + 1]), first))
    _write_progress(-1)
    stamp_pages(binder.writer)
    outline_plan(binder.writer, entries)
    identity = hashlib.sha256(json.dumps([request["title"], entries]).encode() + b"".join(files)).digest()[:16]
    describe_file(binder.writer, str(request["title"]), identity)
    stream = BytesIO()
    binder.writer.write(stream)
    return stream.getvalue(), len(binder.writer.pages), faults


def _write_progress(index: int) -> None:
    sys.stderr.write(f"{PROGRESS}{index}\n")
    sys.stderr.flush()


def main() -> None:
    """Read the request and the files, bind, write the result."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    request = json.loads(source.readline())
    files = [source.read(size) for size in request["sizes"]]
    for kind, most in (
        (resource.RLIMIT_AS, request["limits"]["memory_bytes"]),
        (resource.RLIMIT_CPU, request["limits"]["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    try:
        pdf, pages, faults = bind(request, files)
    except PyPdfError as err:
        target.write(json.dumps({"refused": f"{type(err).__name__}: {err}"[:200]}).encode() + b"\n")
        return
    target.write(json.dumps({"pages": pages, "faults": faults}).encode() + b"\n" + pdf)


if __name__ == "__main__":
    main()
