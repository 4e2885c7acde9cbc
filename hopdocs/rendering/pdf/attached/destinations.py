"""Where an attachment's links lead: to its own pages, whatever another attachment calls a place of that name.

Names are looked up in the attachment itself and give way to the page; the link is made anew with what may stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from hopdocs.rendering.pdf.attached.objects import (
    dictionary_of,
    items_of,
    key_of,
    number_of,
    numbers_of,
    raw,
    resolve,
    text_of,
)

if TYPE_CHECKING:
    from pypdf import PdfReader

_SAFE: Final = ("https:", "http:", "mailto:", "tel:")
_MOST_NAMES: Final = 50_000
_VIEWS: Final = {"/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV"}


@dataclass(frozen=True)
class Destinations:
    """The places of one attachment: its pages by their objects, and what its names stand for."""

    pages: dict[int, int]
    named: dict[str | bytes, Any]

    @classmethod
    def read(cls, reader: PdfReader) -> Destinations:
        """Both kinds of names: the catalogue's old dictionary, and the tree of names that followed it."""
        root = reader.root_object
        old = dictionary_of(root.get("/Dests"))
        named: dict[str | bytes, Any] = {str(name): old[name] for name in old}
        left, seen = [raw(dictionary_of(root.get("/Names")), "/Dests")], set[int]()
        while left and len(named) < _MOST_NAMES:
            node = left.pop()
            if key_of(node) in seen:
                continue
            seen.add(key_of(node))
            left += items_of(dictionary_of(node).get("/Kids"))
            pairs = items_of(dictionary_of(node).get("/Names"))
            for name, place in zip(pairs[::2], pairs[1::2], strict=False):
                named.setdefault(_name_key(resolve(name)), place)
        return cls({key_of(page.indirect_reference): index for index, page in enumerate(reader.pages)}, named)

    def find(self, place: Any) -> tuple[int, list[Any]] | None:
        """The page, and how it is to be shown; None where the link leads nowhere."""
        found = resolve(place)
        if isinstance(found, str | bytes):
            found = resolve(self.named.get(_name_key(found)))
        if isinstance(found, DictionaryObject):
            found = resolve(found.get("/D"))
        if not isinstance(found, ArrayObject) or not found:
            return None
        if isinstance(found[0], IndirectObject):
            page = self.pages.get(key_of(found[0]))
        else:
            page = found[0] if isinstance(found[0], int) and 0 <= found[0] < len(self.pages) else None
        view = [resolve(item) for item in found[1:6]]
        if page is None:
            return None
        if not view or str(view[0]) not in _VIEWS:
            return int(page), [NameObject("/Fit")]
        numbers = [FloatObject(item) if isinstance(item, int | float) else NullObject() for item in view[1:]]
        return int(page), [NameObject(view[0]), *numbers]


def _name_key(name: Any) -> str | bytes:
    """A name and a string are two kinds of names, and strings are compared by their bytes."""
    if isinstance(name, NameObject):
        return str(name)
    return name if isinstance(name, bytes) else getattr(name, "original_bytes", str(name))


def copy_link(link: DictionaryObject, places: Destinations, pages: list[Any]) -> DictionaryObject:
    """The link with its border and its words, leading to a page of its own file or to an address, and nowhere else."""
    copy = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Link")})
    for key in ("/Rect", "/Border", "/C", "/QuadPoints"):
        if numbers := numbers_of(link.get(key)):
            copy[NameObject(key)] = ArrayObject([FloatObject(number) for number in numbers])
    if "/W" in (style := dictionary_of(link.get("/BS"))):
        width = {NameObject("/W"): FloatObject(number_of(style["/W"], 1))}
        copy[NameObject("/BS")] = DictionaryObject(width)
    if "/N" in dictionary_of(link.get("/AP")):  # its own look is drawn, in place of a border
        copy[NameObject("/Border")] = ArrayObject([NumberObject(0)] * 3)
        copy.pop("/BS", None)
    if words := text_of(link.get("/Contents")):
        copy[NameObject("/Contents")] = TextStringObject(words)
    copy[NameObject("/F")] = NumberObject(4)
    action = dictionary_of(link.get("/A"))
    target = link.get("/Dest") if "/Dest" in link else action.get("/D") if action.get("/S") == "/GoTo" else None
    if target is not None and (found := places.find(target)) is not None:
        copy[NameObject("/Dest")] = ArrayObject([pages[found[0]].indirect_reference, *found[1]])
    elif action.get("/S") == "/URI" and text_of(action.get("/URI")).lower().startswith(_SAFE):
        address = {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject(text_of(action["/URI"]))}
        copy[NameObject("/A")] = DictionaryObject(address)
    return copy
