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
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

from hopdocs.rendering.pdf.attached.annotations import Annotations, Findings, look_alone
from hopdocs.rendering.pdf.attached.destinations import Destinations, copy_link
from hopdocs.rendering.pdf.attached.drawings import drop_asides, make_form, walk_streams
from hopdocs.rendering.pdf.attached.fields import Fields, is_signed
from hopdocs.rendering.pdf.attached.hidden_content import HiddenContent
from hopdocs.rendering.pdf.attached.layers import Layers
from hopdocs.rendering.pdf.attached.objects import (
    add_object,
    box_of,
    dictionary_of,
    items_of,
    key_of,
    make_stream,
    number_of,
    raw,
    text_of,
)
from hopdocs.rendering.pdf.attached.page_content import content_of, is_balanced, piece_numbers, without_surplus
from hopdocs.rendering.pdf.attached.protection import UnprotectedReader
from hopdocs.rendering.pdf.attached.removal import cut_words, find_areas, find_covers, has_words
from hopdocs.rendering.pdf.attached.stand_ins import list_files, refuse_stand_in
from hopdocs.rendering.pdf.attached.tags.foreign_tags import Linked, Marked, Node, read_tags

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

    from hopdocs.rendering.pdf.attached.tags.foreign_tags import ForeignTags

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
_UNENDED: Final = re.compile(rb"startxref\s+\d+\s*\Z")
_END_BYTES: Final = 64
"""A file that lacks nothing but the mark of its end, within so many bytes of it."""
_TEXT: Final = re.compile(rb"(?<![\w/.])(?:Tj|TJ|['\"])(?!\w)")
_PAINT: Final = re.compile(rb"(?<![\w/.])(?:Do|sh|BI|[sSfFbB]\*?)(?!\w)")


class PageKind(StrEnum):
    """What a screen reader can make of a page."""

    EMPTY = "empty"
    TAGGED = "tagged"
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
    nodes: tuple[Node, ...] = ()
    """The tags of the pages that came with tags."""


def read_attachment(data: bytes, most_pages: int) -> ReadAttachment:
    """Raises what pypdf raises for a broken file, and an error of its own for each that may not be bound."""
    reader = UnprotectedReader(BytesIO(data + b"\n%%EOF\n" if _UNENDED.search(data, len(data) - _END_BYTES) else data))
    _name_pages(reader)
    count = len(reader.pages)
    if not count:
        raise PyPdfError("no pages")
    if count > most_pages:
        raise TooManyPagesError(f"{count} > {most_pages}")
    refuse_stand_in(reader)
    return _Reading(reader).run()


def _name_pages(reader: PdfReader) -> None:
    """To most viewers what has nothing below it in the tree of pages is a page, whatever it says it is; pypdf drops it.

    A template stays outside: it is a page that nobody sees (ISO 32000-1, 12.7.6).
    """
    left, seen = [raw(reader.root_object, "/Pages")], set[int]()
    while left:
        reference = left.pop()
        node = dictionary_of(reference)
        if key_of(reference) in seen:
            continue
        seen.add(key_of(reference))
        if node.get("/Type") not in ("/Pages", "/Page", "/Template"):
            node[NameObject("/Type")] = NameObject("/Pages" if "/Kids" in node else "/Page")
        left += items_of(node.get("/Kids"))


class _Reading:
    """The way from the file that came to the one that is bound."""

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader
        self._root = reader.root_object
        self._writer = PdfWriter()
        self._findings = Findings()
        self._marks: list[list[Any]] = []
        self._seen: set[int] = set()

    def run(self) -> ReadAttachment:
        writer = self._writer
        self._add_pages()
        # references in these two lead to the pages' own layers and fields once the pages are there
        layers = Layers.read(self._clone("/OCProperties"))
        marks = Annotations(writer, layers, Fields(writer, self._clone("/AcroForm")), self._findings)
        hidden = HiddenContent(writer, layers) if layers.hides else None
        places = Destinations.read(self._reader)
        tags = None if layers.hides or any(map(find_areas, self._marks)) else self._read_tags()
        kinds = []
        for number, (page, own) in enumerate(zip(writer.pages, self._marks, strict=True), 1):
            page[NameObject("/Annots")] = ArrayObject([self._copy_mark(item) for item in own])
            is_tagged = tags is not None and number - 1 in tags.pages
            self._remake(page, number, marks, tags if is_tagged else None)
            notes = items_of(page["/Annots"])
            links = [add_object(writer, link) for link in self._links(own, places)]
            page[NameObject("/Annots")] = ArrayObject([*notes, *links])
            resources = dictionary_of(page["/Resources"])
            if hidden is not None:
                hidden.leave_out(resources)
            kind = self._settle(resources)
            kinds.append(PageKind.TAGGED if is_tagged else kind)
        if hidden is not None:
            hidden.forget_layers()
        stream = BytesIO()
        writer.write(stream)
        return ReadAttachment(
            stream.getvalue(),
            tuple(kinds),
            text_of(self._root.get("/Lang")),
            tuple(self._notes(layers)),
            tuple(tags.nodes) if tags is not None else (),
        )

    def _clone(self, key: str) -> DictionaryObject:
        found = dictionary_of(self._root.get(key))
        return dictionary_of(found.clone(self._writer)) if found else found

    def _add_pages(self) -> None:
        """Each page without its marks, which follow once all pages are there: pypdf stumbles over broken links.

        What a page lacks that every viewer takes for granted is put: its kind, and its size (that of US Letter).
        """
        pages = list(self._reader.pages)
        self._marks = [[item for item in items_of(page.get("/Annots")) if dictionary_of(item)] for page in pages]
        for page in pages:
            page.pop("/Annots", None)
            page[NameObject("/Type")] = NameObject("/Page")
            left, bottom, right, top = box_of(page.get("/MediaBox")) or (0, 0, 0, 0)
            if left == right or bottom == top:
                page[NameObject("/MediaBox")] = ArrayObject([NumberObject(side) for side in (0, 0, 612, 792)])
            self._writer.add_page(page)

    def _read_tags(self) -> ForeignTags | None:
        """Where a page leaves a state behind it has to become a drawing, into which the tags do not reach."""
        places: dict[int, Linked] = {}
        for index, marks in enumerate(self._marks):
            links = _visible_links(marks)
            places |= {key_of(item): Linked(index, len(links) - at) for at, item in enumerate(links)}
        tags = read_tags(self._reader, places)
        if tags is None or not all(is_balanced(content_of(self._reader.pages[index])) for index in tags.pages):
            return None
        return tags

    def _remake(self, page: PageObject, number: int, marks: Annotations, tags: ForeignTags | None) -> None:
        data, own = content_of(page), dictionary_of(page.get("/Resources"))
        areas = find_areas(items_of(page["/Annots"]))
        if areas:
            data = cut_words(data, own, areas, self._writer)
        covers = find_covers(items_of(page["/Annots"]))
        if covers and has_words(data, own, covers, self._writer):
            self._findings.covered.append(number)
        drawing = marks.draw(page, number)
        for key in set(page) - _LOOKS:
            del page[key]
        drawn = b"".join(drawing.operators)
        if tags is None:
            form = make_form(without_surplus(data, self._writer), page.mediabox).flate_encode()
            form[NameObject("/Resources")] = own
            drawing.forms["/HopdocsPage"] = add_object(self._writer, form)
            contents: list[StreamObject] = [make_stream(b"q /HopdocsPage Do Q\n" + drawn)]
            resources = DictionaryObject()
        else:
            contents = [make_stream(b"q\n" + data + b"\nQ\n").flate_encode()]
            if drawn:
                free = _free_mark(tags.nodes, number - 1, data)
                tags.nodes.append(Node("/P", kids=[Marked(number - 1, free)]))
                contents.append(make_stream(b"/P <</MCID %d>> BDC\n%bEMC\n" % (free, drawn)))
            resources = DictionaryObject(own)
        blend = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})
        for kind, more in (("/XObject", drawing.forms), ("/ExtGState", {"/HopdocsMultiply": blend})):
            merged = DictionaryObject(dictionary_of(resources.get(kind)))
            merged.update({NameObject(name): thing for name, thing in more.items()})
            resources[NameObject(kind)] = merged
        page[NameObject("/Resources")] = resources
        page[NameObject("/Contents")] = ArrayObject([add_object(self._writer, item) for item in contents])
        page[NameObject("/Annots")] = ArrayObject([add_object(self._writer, item) for item in drawing.comments])

    def _copy_mark(self, mark: Any) -> Any:
        return (look_alone(dictionary_of(mark)) if _is_link(mark) else mark).clone(self._writer)

    def _links(self, marks: list[Any], places: Destinations) -> list[DictionaryObject]:
        pages = list(self._writer.pages)
        return [copy_link(dictionary_of(item), places, pages) for item in _visible_links(marks)]

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
        if is_signed(dictionary_of(self._root.get("/AcroForm"))):
            notes.append(("HD335", {}))
        if layers.differing:
            notes.append(("HD347", {"layers": _listed(sorted(layers.differing))}))
        if found.redacted:
            notes.append(("HD348", {"pages": _listed(found.redacted)}))
        if found.covered:
            notes.append(("HD338", {"pages": _listed(found.covered)}))
        if found.untold:
            notes.append(("HD349", {"fields": _listed(found.untold)}))
        if found.unlike:
            notes.append(("HD339", {"pages": _listed(found.unlike)}))
        return notes


def _is_link(mark: Any) -> bool:
    return dictionary_of(mark).get("/Subtype") == "/Link"


def _visible_links(marks: list[Any]) -> list[Any]:
    """As references stand there; hidden ones, and those that no screen shows, lead nowhere."""
    return [item for item in marks if _is_link(item) and not int(number_of(dictionary_of(item).get("/F"))) & 0b100010]


def _free_mark(nodes: list[Node], page: int, content: bytes) -> int:
    """A number that no piece of the page has, whether a tag stands for it or not."""
    taken = piece_numbers(content)
    left: list[Any] = list(nodes)
    while left:
        one = left.pop()
        if isinstance(one, Node):
            left += one.kids
        elif isinstance(one, Marked) and one.page == page:
            taken.append(one.number)
    return max(taken, default=-1) + 1


def _listed(items: list[Any]) -> str:
    """Each once, in the order they came; no more than a line holds."""
    return ", ".join(dict.fromkeys(str(item) for item in items))[:200]
