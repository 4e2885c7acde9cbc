"""One attachment, read through by itself and made anew: each page a drawing of what its owner sees, and its links.

A page's own content becomes a drawing (a form XObject), so that whatever state it leaves behind touches nothing that
is drawn after it. Only entries that are known to be looks are taken along.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from pypdf import PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NameObject

from hopdocs.rendering.pdf.attached.annotations import Annotations, Findings
from hopdocs.rendering.pdf.attached.destinations import Destinations, copy_link
from hopdocs.rendering.pdf.attached.drawings import drop_asides, make_form, walk_streams
from hopdocs.rendering.pdf.attached.fields import Fields
from hopdocs.rendering.pdf.attached.hidden_content import HiddenContent
from hopdocs.rendering.pdf.attached.layers import Layers
from hopdocs.rendering.pdf.attached.objects import (
    add_object,
    dictionary_of,
    items_of,
    make_stream,
    raw,
    resolve,
    text_of,
)
from hopdocs.rendering.pdf.attached.protection import UnprotectedReader
from hopdocs.rendering.pdf.attached.stand_ins import list_files, refuse_stand_in

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_LOOKS: Final = {
    "/Type",
    "/Parent",
    "/MediaBox",
    "/CropBox",
    "/Rotate",
    "/UserUnit",
    "/Resources",
    "/Contents",
    "/Group",
    "/Annots",
}
_TEXT: Final = re.compile(rb"(?<![\w/.])(?:Tj|TJ|['\"])(?!\w)")
_PAINT: Final = re.compile(rb"(?<![\w/.])(?:Do|sh|BI|[sSfFbB]\*?)(?!\w)")
_SAVES: Final = re.compile(rb"\((?:\\.|[^()\\])*\)|(?<![^\s\])>])[qQ](?!\S)", re.DOTALL)
"""Strings, so that what stands in them is not taken for an operator, and the two that save and restore a state."""


class PageKind(StrEnum):
    """What a screen reader can make of a page."""

    EMPTY = "empty"
    TEXT = "text"
    PICTURE = "picture"


class TooManyPagesError(Exception):
    """The attachment has more pages than are bound."""


@dataclass(frozen=True)
class ReadAttachment:
    """An attachment that is fit to stand behind the plan."""

    pdf: bytes
    kinds: tuple[PageKind, ...]
    language: str = ""
    """As the file names it; empty where it names none."""
    notes: tuple[tuple[str, dict[str, str]], ...] = field(default=())
    """What its owner sees otherwise, as codes with their parameters."""


def read_attachment(data: bytes, most_pages: int) -> ReadAttachment:
    """Raises what pypdf raises for a broken file, and an error of its own for each that may not be bound."""
    reader = UnprotectedReader(BytesIO(data))
    count = len(reader.pages)
    if not count:
        raise PyPdfError("no pages")
    if count > most_pages:
        raise TooManyPagesError(f"{count} > {most_pages}")
    refuse_stand_in(reader)
    return _Reading(reader).run()


class _Reading:
    """The way from the file that came to the one that is bound."""

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader
        self._root = reader.root_object
        self._writer = PdfWriter()
        self._findings = Findings()
        self._seen: set[int] = set()

    def run(self) -> ReadAttachment:
        for page in self._reader.pages:
            self._writer.add_page(page)
        writer = self._writer
        # references in these two lead to the pages' own layers and fields once the pages are there
        layers = Layers.read(self._clone("/OCProperties"))
        marks = Annotations(writer, layers, Fields(writer, self._clone("/AcroForm")), self._findings)
        hidden = HiddenContent(writer, layers) if layers.hides else None
        places = Destinations.read(self._reader)
        kinds = []
        for number, (page, source) in enumerate(zip(writer.pages, self._reader.pages, strict=True), 1):
            self._restore_parents(page, source)
            self._remake(page, number, marks)
            notes = items_of(page["/Annots"])
            links = [add_object(writer, link) for link in self._links(source, places)]
            page[NameObject("/Annots")] = ArrayObject([*notes, *links])
            resources = dictionary_of(page["/Resources"])
            if hidden is not None:
                hidden.leave_out(resources)
            kinds.append(self._settle(resources))
        if hidden is not None:
            hidden.forget_layers()
        stream = BytesIO()
        writer.write(stream)
        return ReadAttachment(
            stream.getvalue(), tuple(kinds), text_of(self._root.get("/Lang")), tuple(self._notes(layers))
        )

    def _clone(self, key: str) -> DictionaryObject:
        found = dictionary_of(self._root.get(key))
        return dictionary_of(found.clone(self._writer)) if found else found

    def _restore_parents(self, page: PageObject, source: PageObject) -> None:
        """A page is added without its parent, and its fields without theirs: what is written may stand there."""
        for copied, original in zip(items_of(page.get("/Annots")), items_of(source.get("/Annots")), strict=False):
            above = raw(dictionary_of(original), "/Parent")
            if above is not None and dictionary_of(original).get("/Subtype") == "/Widget":
                dictionary_of(copied)[NameObject("/Parent")] = above.clone(self._writer)

    def _remake(self, page: PageObject, number: int, marks: Annotations) -> None:
        contents = page.get_contents()
        data = _without_surplus(contents.get_data(), self._writer) if contents is not None else b""
        own = make_form(data, page.mediabox).flate_encode()
        own[NameObject("/Resources")] = dictionary_of(page.get("/Resources"))
        drawing = marks.draw(page, number)
        for key in set(page) - _LOOKS:
            del page[key]
        forms = {NameObject("/HopdocsPage"): add_object(self._writer, own)}
        forms |= {NameObject(name): reference for name, reference in drawing.forms.items()}
        blend = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})
        states = DictionaryObject({NameObject("/HopdocsMultiply"): blend})
        resources = DictionaryObject({NameObject("/XObject"): DictionaryObject(forms)})
        resources[NameObject("/ExtGState")] = states
        page[NameObject("/Resources")] = resources
        operators = b"".join([b"q /HopdocsPage Do Q\n", *drawing.operators])
        page[NameObject("/Contents")] = add_object(self._writer, make_stream(operators))
        page[NameObject("/Annots")] = ArrayObject([add_object(self._writer, item) for item in drawing.comments])

    def _links(self, page: PageObject, places: Destinations) -> list[DictionaryObject]:
        found = [dictionary_of(item) for item in items_of(page.get("/Annots"))]
        return [
            copy_link(item, places, list(self._writer.pages))
            for item in found
            if item.get("/Subtype") == "/Link" and not int(resolve(item.get("/F")) or 0) & 0b100010
        ]

    def _settle(self, resources: DictionaryObject) -> PageKind:
        """Take off what is beside the look, and say what kind of page is left."""
        kind = PageKind.EMPTY
        for stream, is_drawn in walk_streams(resources, self._seen):
            drop_asides(stream)
            if not is_drawn:
                kind = PageKind.PICTURE if kind is PageKind.EMPTY else kind
            elif kind is not PageKind.TEXT:
                data = stream.get_data()
                if _TEXT.search(data):
                    kind = PageKind.TEXT
                elif _PAINT.search(data):
                    kind = PageKind.PICTURE
        return kind

    def _notes(self, layers: Layers) -> list[tuple[str, dict[str, str]]]:
        found = self._findings
        carried = [*list_files(self._root), *found.carried]
        notes: list[tuple[str, dict[str, str]]] = []
        if carried:
            notes.append(("HD346", {"files": _listed(carried)}))
        if layers.differing:
            notes.append(("HD347", {"layers": _listed(sorted(layers.differing))}))
        if found.redacted:
            notes.append(("HD348", {"pages": _listed(found.redacted)}))
        if found.untold:
            notes.append(("HD349", {"fields": _listed(found.untold)}))
        if found.unlike:
            notes.append(("HD339", {"pages": _listed(found.unlike)}))
        return notes


def _without_surplus(content: bytes, writer: PdfWriter) -> bytes:
    """A page may restore a state that it never saved, and viewers pass over it; in a drawing they do not."""
    depth = 0
    for word in _SAVES.findall(content):
        depth += {b"q": 1, b"Q": -1}.get(word, 0)
        if depth < 0:
            break
    else:
        return content
    stream = ContentStream(make_stream(content), writer)
    kept, depth = [], 0
    for operands, operator in stream.operations:
        depth += (operator == b"q") - (operator == b"Q")
        if depth >= 0:
            kept.append((operands, operator))
        depth = max(depth, 0)
    stream.operations = kept
    return stream.get_data()


def _listed(items: list[Any]) -> str:
    """Each once, in the order they came; no more than a line holds."""
    return ", ".join(dict.fromkeys(str(item) for item in items))[:200]
