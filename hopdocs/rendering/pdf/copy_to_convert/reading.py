"""A part of a Word file as a tree; what is no plain XML is read by LibreOffice alone."""

from __future__ import annotations

from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST_BYTES: Final = 16 * 1024 * 1024


def read_tree(data: bytes) -> etree._Element | None:
    """Its root; None of what is broken, has a document type, or is larger than any letter."""
    if not data or len(data) > _LARGEST_BYTES or b"<!" in data[:1000]:
        return None
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def write_tree(tree: etree._Element) -> bytes:
    """The part again, as Word writes it."""
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
