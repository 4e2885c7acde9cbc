"""The attachments' tags behind the plan's: those that they came with, and one for each page that came with none.

In a file that says it is tagged, a screen reader passes over what has no tag. So each page without
tags becomes one paragraph, read in the order in which it was written, or a figure with a word on what it is. Each
attachment is a part of its own behind the plan's (ISO 32000-1, 14.7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from hopdocs.rendering.pdf.attached.objects import (
    add_object,
    dictionary_of,
    items_of,
    key_of,
    make_stream,
    number_of,
)
from hopdocs.rendering.pdf.attached.reading import PageKind
from hopdocs.rendering.pdf.attached.tags.foreign_tags import Marked, Node, kids_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PageObject, PdfWriter

    from hopdocs.rendering.pdf.attached.reading import ReadAttachment

_MOST_NODES: Final = 10_000
_TAG_OF: Final = {PageKind.TEXT: "/P", PageKind.PICTURE: "/Figure"}
_SPOKEN_OF: Final = {"/Link": ("/Link", "Link"), "/Text": ("/Annot", "Note")}


def name_limits(kinds: Sequence[PageKind]) -> str:
    """What a screen reader misses in an attachment, for its entry in the outline; empty where it misses nothing."""
    found = set(kinds) - {PageKind.EMPTY}
    if found == {PageKind.TEXT}:
        return "uden tags: læses op som løbende tekst"
    if found == {PageKind.PICTURE}:
        return "billeder uden tekst: kan ikke læses op"
    limits = []
    if PageKind.TEXT in found:
        limits.append(f"uden tags på side {_numbers(kinds, PageKind.TEXT)}")
    if PageKind.PICTURE in found:
        limits.append(f"billeder uden tekst på side {_numbers(kinds, PageKind.PICTURE)}")
    return "; ".join(limits)


def _numbers(kinds: Sequence[PageKind], kind: PageKind) -> str:
    return ", ".join(str(number) for number, one in enumerate(kinds, 1) if one is kind)


@dataclass
class PlanTags:
    """The plan's own tags, which grow."""

    writer: PdfWriter
    above: DictionaryObject
    parents: ArrayObject
    following: int

    @classmethod
    def find(cls, writer: PdfWriter) -> PlanTags | None:
        """None for a plan without tags."""
        root = dictionary_of(writer.root_object.get("/StructTreeRoot"))
        if "/ParentTree" not in root or "/K" not in root:
            return None
        pairs = _flatten(dictionary_of(root["/ParentTree"]))
        if pairs is None:
            return None
        numbers = ArrayObject([part for number in sorted(pairs) for part in (NumberObject(number), pairs[number])])
        root[NameObject("/ParentTree")] = add_object(writer, DictionaryObject({NameObject("/Nums"): numbers}))
        children = kids_of(root)
        document = dictionary_of(children[0]) if len(children) == 1 else root
        above = document if document.indirect_reference is not None else root
        return cls(writer, above, numbers, max([*pairs, int(number_of(root.get("/ParentTreeNextKey"))) - 1]) + 1)

    def add(self, read: ReadAttachment, first: int, title: str) -> None:
        """A part for an attachment, with its language and its pages."""
        part, part_reference = self._element("/Part", self.above)
        part[NameObject("/T")] = TextStringObject(title)
        if read.language:
            part[NameObject("/Lang")] = TextStringObject(read.language)
        pages = [self.writer.pages[first + at] for at in range(len(read.kinds))]
        marks: dict[int, dict[int, IndirectObject]] = {}
        made = [self._copy_node(node, part, pages, marks) for node in read.nodes]
        for at, own in marks.items():
            numbered = ArrayObject([own.get(number, NullObject()) for number in range(max(own) + 1)])
            pages[at][NameObject("/StructParents")] = self._number(numbered)
        for at, (page, kind) in enumerate(zip(pages, read.kinds, strict=True)):
            if kind in _TAG_OF:
                made.append(self._tag_page(page, kind, part, f"{title}, side {at + 1}: billede uden tekst"))
            unspoken = [item for item in items_of(page.get("/Annots")) if "/StructParent" not in dictionary_of(item)]
            made += [self._tag_annotation(page, item, part) for item in unspoken]
        if made:
            part[NameObject("/K")] = ArrayObject(made)
            self.above[NameObject("/K")] = ArrayObject([*kids_of(self.above), part_reference])

    def settle(self) -> None:
        """Say which number is free."""
        root = dictionary_of(self.writer.root_object.get("/StructTreeRoot"))
        root[NameObject("/ParentTreeNextKey")] = NumberObject(self.following)

    def _copy_node(
        self,
        node: Node,
        above: DictionaryObject,
        pages: Sequence[PageObject],
        marks: dict[int, dict[int, IndirectObject]],
    ) -> IndirectObject:
        element, reference = self._element(node.tag, above)
        for key, words in node.texts.items():
            element[NameObject(key)] = TextStringObject(words)
        if node.attributes:
            element[NameObject("/A")] = ArrayObject(node.attributes)
        kids = ArrayObject()
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(self._copy_node(kid, element, pages, marks))
            elif isinstance(kid, Marked):
                marks.setdefault(kid.page, {})[kid.number] = reference
                place = DictionaryObject({NameObject("/Type"): NameObject("/MCR")})
                place[NameObject("/Pg")] = pages[kid.page].indirect_reference or NullObject()
                place[NameObject("/MCID")] = NumberObject(kid.number)
                kids.append(place)
            else:
                links = items_of(pages[kid.page].get("/Annots"))
                kids.append(self._refer_to(pages[kid.page], links[-kid.from_end], reference))
        element[NameObject("/K")] = kids
        return reference

    def _refer_to(self, page: PageObject, annotation: Any, element: IndirectObject) -> DictionaryObject:
        place = DictionaryObject({NameObject("/Type"): NameObject("/OBJR"), NameObject("/Obj"): annotation})
        place[NameObject("/Pg")] = page.indirect_reference or NullObject()
        dictionary_of(annotation)[NameObject("/StructParent")] = self._number(element)
        page[NameObject("/Tabs")] = NameObject("/S")
        return place

    def _tag_page(self, page: PageObject, kind: PageKind, part: DictionaryObject, words: str) -> IndirectObject:
        tag = _TAG_OF[kind]
        element, reference = self._element(tag, part)
        element[NameObject("/Pg")] = page.indirect_reference or NullObject()
        element[NameObject("/K")] = NumberObject(0)
        if kind is PageKind.PICTURE:
            element[NameObject("/Alt")] = TextStringObject(words)
        page[NameObject("/StructParents")] = self._number(ArrayObject([reference]))
        contents = page.get_contents()
        own = contents.get_data() if contents is not None else b""
        marked = f"{tag} <</MCID 0>> BDC\n".encode() + own + b"\nEMC\n"
        page[NameObject("/Contents")] = add_object(self.writer, make_stream(marked))
        return reference

    def _tag_annotation(self, page: PageObject, annotation: Any, part: DictionaryObject) -> IndirectObject:
        own = dictionary_of(annotation)
        tag, words = _SPOKEN_OF.get(str(own.get("/Subtype")), ("/Annot", "Note"))
        element, reference = self._element(tag, part)
        element[NameObject("/K")] = ArrayObject([self._refer_to(page, annotation, reference)])
        if "/Contents" not in own:
            own[NameObject("/Contents")] = TextStringObject(words)
        return reference

    def _element(self, tag: str, above: DictionaryObject) -> tuple[DictionaryObject, IndirectObject]:
        element = DictionaryObject({NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject(tag)})
        if above.indirect_reference is not None:
            element[NameObject("/P")] = above.indirect_reference
        return element, add_object(self.writer, element)

    def _number(self, target: Any) -> NumberObject:
        number = NumberObject(self.following)
        self.parents += [number, target]
        self.following += 1
        return number


def _flatten(tree: DictionaryObject) -> dict[int, Any] | None:
    """A tree of numbers as one list; None where it has no end."""
    pairs: dict[int, Any] = {}
    left: list[Any] = [tree]
    seen: set[int] = set()
    while left:
        node = left.pop()
        if key_of(node) in seen or len(seen) > _MOST_NODES:
            return None
        seen.add(key_of(node))
        left += items_of(dictionary_of(node).get("/Kids"))
        numbers = items_of(dictionary_of(node).get("/Nums"))
        pairs |= {int(number_of(key)): value for key, value in zip(numbers[::2], numbers[1::2], strict=False)}
    return pairs
