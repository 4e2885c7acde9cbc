"""The texts of a Word file: body, headers, footers, notes; read as trees, and a place in them said as Word shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from hopdocs.rendering.faults import shorten_excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.rendering.docx.zip_member import ZipMember

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LABELS: Final = {
    f"{W}document": "body",
    f"{W}hdr": "header",
    f"{W}ftr": "footer",
    f"{W}footnotes": "footnotes",
    f"{W}endnotes": "endnotes",
    f"{W}glossaryDocument": "building blocks",
}
_TEXT: Final = f"{W}t"
_PARAGRAPH: Final = f"{W}p"
_PLACES: Final = (_PARAGRAPH, f"{W}tr", f"{W}tc")


def parse_xml(data: bytes) -> etree._Element:
    """A part as a tree, nothing fetched and nothing expanded."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def write_xml(root: etree._Element) -> bytes:
    """A part's bytes, as Word writes them."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def read_stories(members: Iterable[ZipMember]) -> Iterator[tuple[ZipMember, str, etree._Element]]:
    """Each part that holds paragraphs, with what it is called in a place, and its tree."""
    for member in members:
        if member.name.startswith("word/") and member.name.endswith(".xml") and b":p" in member.data:
            try:
                root = parse_xml(member.data)
            except etree.XMLSyntaxError:
                continue  # refused where the package is opened
            if root.tag in _LABELS:
                yield member, _LABELS[root.tag], root


def locate_element(label: str, element: etree._Element) -> str:
    """Part, text box, table and a little of the text around an element.

    A paragraph whose words are all struck out is told by the text before it: what somebody deleted is not repeated.
    """
    paragraph = element
    while paragraph.tag not in _PLACES and (parent := paragraph.getparent()) is not None:
        paragraph = parent
    paragraph = next(paragraph.iter(_PARAGRAPH), paragraph)  # of a row or cell, or where it stands between paragraphs
    words = [label]
    around = [ancestor.tag for ancestor in paragraph.iterancestors()]
    if f"{W}txbxContent" in around:
        words.append("text box")
    table = next(paragraph.iterancestors(f"{W}tbl"), None)
    if table is not None:
        tables = paragraph.getroottree().getroot().iter(f"{W}tbl")
        words.append(f"table {next(number for number, other in enumerate(tables, 1) if other is table)}")
    said = shorten_excerpt(words_of(paragraph))
    if said:
        words.append(f'"{said}"')
    elif before := _words_before(paragraph):
        words.append(f'after "{shorten_excerpt(before)}"')
    return ", ".join(words)


def words_of(element: etree._Element) -> str:
    """The text that stands in an element, boxes included, without what is struck out."""
    return "".join(_shown(node) for node in element.iter(_TEXT, f"{W}tab", f"{W}br"))


def _shown(node: etree._Element) -> str:
    if next(node.iterancestors(f"{W}del", f"{W}moveFrom"), None) is not None:
        return ""
    return (node.text or "") if node.tag == _TEXT else " "


def _words_before(paragraph: etree._Element) -> str:
    before: etree._Element | None = paragraph.getprevious()
    while before is not None:
        words = words_of(before)
        if words.strip():
            return words.strip()[-60:]
        before = before.getprevious()
    return ""


def cut_out(element: etree._Element) -> None:
    """Take an element out of its tree, and leave what stands after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)
