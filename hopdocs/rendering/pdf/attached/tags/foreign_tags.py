"""An attachment's own tags, read into plain values: what they mean, and which piece of which page they hold.

Word and Acrobat make tagged PDFs. Their tags come along wherever all of them can: where one stands for a piece that
cannot be followed, the pages count as untagged, since half a text read aloud is worse than all of it without headings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject

from hopdocs.rendering.pdf.attached.objects import dictionary_of, items_of, key_of, number_of, raw, resolve, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pypdf import PdfReader

_DEEPEST: Final = 100
_MOST: Final = 100_000
_TEXTS: Final = ("/Alt", "/ActualText", "/E", "/Lang", "/T")
_ATTRIBUTES: Final = {
    "/Table": ("/Scope", "/ColSpan", "/RowSpan"),
    "/List": ("/ListNumbering",),
    "/Layout": ("/Placement", "/BBox"),
}
_STANDARD: Final = {
    *(
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
    ),
    *("P", "Private", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody"),
    *("Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"),
    *("Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Figure", "Formula", "Form"),
}


@dataclass(frozen=True)
class Marked:
    """A piece of a page."""

    page: int
    number: int


@dataclass(frozen=True)
class Linked:
    """A link of a page, counted from its last."""

    page: int
    from_end: int


@dataclass
class Node:
    """One tag, under a name that every reader knows."""

    tag: str
    texts: dict[str, str] = field(default_factory=dict)
    attributes: list[DictionaryObject] = field(default_factory=list)
    kids: list[Node | Marked | Linked] = field(default_factory=list)


class UnfollowedError(Exception):
    """A tag stands for something that cannot be brought along."""


@dataclass(frozen=True)
class ForeignTags:
    """All tags of an attachment, and the pages that have any."""

    nodes: list[Node]
    pages: frozenset[int]


def read_tags(reader: PdfReader, links: Mapping[int, Linked]) -> ForeignTags | None:
    """None for a file that has none, or none that can be brought along whole; `links` by their annotations' keys."""
    root = reader.root_object
    tree, marks = dictionary_of(root.get("/StructTreeRoot")), dictionary_of(root.get("/MarkInfo"))
    if not tree or not resolve(marks.get("/Marked")) or resolve(marks.get("/Suspects")):
        return None
    pages = {key_of(page.indirect_reference): index for index, page in enumerate(reader.pages)}
    reading = _Tree(pages, links, dictionary_of(tree.get("/RoleMap")))
    try:
        nodes = [node for item in kids_of(tree) for node in reading.read(item, None, 0) if isinstance(node, Node)]
    except UnfollowedError:
        return None
    return ForeignTags(nodes, frozenset(reading.tagged)) if reading.tagged else None


def kids_of(element: DictionaryObject) -> list[Any]:
    """What an element holds, as references stand there; one thing may stand without a list."""
    own = raw(element, "/K")
    return items_of(own) if isinstance(resolve(own), ArrayObject) else [] if own is None else [own]


class _Tree:
    def __init__(self, pages: Mapping[int, int], links: Mapping[int, Linked], roles: DictionaryObject) -> None:
        self._pages = pages
        self._links = links
        self._roles = roles
        self._seen: set[int] = set()
        self._count = 0
        self.tagged: set[int] = set()

    def read(self, item: Any, page: Any, depth: int) -> Iterator[Node | Marked | Linked]:
        """What an item of an element's kids comes to; nothing for a mark that is not brought along."""
        self._count += 1
        if depth > _DEEPEST or self._count > _MOST:
            raise UnfollowedError
        thing = resolve(item)
        if isinstance(thing, int):
            yield self._mark(page, thing)
        elif isinstance(thing, DictionaryObject):
            page = raw(thing, "/Pg") or page
            if thing.get("/Type") == "/MCR":
                if "/Stm" in thing:
                    raise UnfollowedError
                yield self._mark(page, int(number_of(thing.get("/MCID"))))
            elif thing.get("/Type") == "/OBJR":
                if (link := self._links.get(key_of(raw(thing, "/Obj")))) is not None:
                    yield link
            else:
                yield from self._element(item, thing, page, depth)

    def _mark(self, page: Any, number: int) -> Marked:
        index = self._pages.get(key_of(page)) if page is not None else None
        if index is None or not 0 <= number < _MOST:
            raise UnfollowedError
        self.tagged.add(index)
        return Marked(index, number)

    def _element(self, item: Any, thing: DictionaryObject, page: Any, depth: int) -> Iterator[Node]:
        if key_of(item) in self._seen:
            raise UnfollowedError
        self._seen.add(key_of(item))
        kids = [kid for one in kids_of(thing) for kid in self.read(one, page, depth + 1)]
        if kids:
            texts = {key: words for key in _TEXTS if (words := text_of(thing.get(key)))}
            yield Node(self._name(text_of(thing.get("/S"))), texts, list(_attributes_of(thing)), kids)

    def _name(self, name: str) -> str:
        for _ in range(_DEEPEST):
            if name in _STANDARD:
                return f"/{name}"
            if f"/{name}" not in self._roles:
                break
            name = text_of(self._roles[f"/{name}"])
        return "/P" if name == "Title" else "/Div"


def _attributes_of(element: DictionaryObject) -> Iterator[DictionaryObject]:
    own = resolve(element.get("/A"))
    for item in own if isinstance(own, ArrayObject) else [own]:
        given = dictionary_of(item)
        kept = {
            NameObject(key): plain
            for key in _ATTRIBUTES.get(str(given.get("/O")), ())
            if (plain := _plain(resolve(given.get(key)))) is not None
        }
        if kept:
            yield DictionaryObject({NameObject("/O"): NameObject(str(given["/O"])), **kept})


def _plain(value: Any) -> Any:
    if isinstance(value, NameObject | NumberObject):
        return value
    numbers = [float(item) for item in value if isinstance(item, int | float)] if isinstance(value, ArrayObject) else []
    return ArrayObject([FloatObject(number) for number in numbers]) if numbers else None
