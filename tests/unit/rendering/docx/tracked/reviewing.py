"""What Word makes of tracked changes when all are accepted or rejected, told apart from how they are written."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Literal
from zipfile import ZipFile

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def accept_all(docx: bytes) -> list[str]:
    """The paragraphs that are left, cell by cell."""
    return _settle(_body(docx), goes="del")


def reject_all(docx: bytes) -> list[str]:
    return _settle(_body(docx), goes="ins")


def paragraphs(docx: bytes) -> list[str]:
    return [_text(item) for item in _body(docx).iter(f"{W}p")]


def marks(docx: bytes) -> list[etree._Element]:
    return list(_body(docx).iter(f"{W}ins", f"{W}del"))


def _body(docx: bytes) -> etree._Element:
    with ZipFile(BytesIO(docx)) as archive:
        body = etree.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    assert body is not None
    return body


def _settle(body: etree._Element, *, goes: Literal["ins", "del"]) -> list[str]:
    for row in list(body.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}{goes}") is not None:
            _drop(row)
    for mark in list(body.iter(f"{W}{goes}")):
        parent = mark.getparent()
        if parent is not None and parent.tag not in (f"{W}rPr", f"{W}trPr"):
            _drop(mark)
    return list(_joined(body, goes))


def _joined(container: etree._Element, goes: str) -> Iterator[str]:
    """A paragraph whose end is gone runs on into the next."""
    begun = ""
    for child in container:
        if child.tag == f"{W}p":
            begun += _text(child)
            if child.find(f"{W}pPr/{W}rPr/{W}{goes}") is None:
                yield begun
                begun = ""
        elif child.tag == f"{W}tbl":
            for cell in child.iter(f"{W}tc"):
                yield from _joined(cell, goes)
    assert not begun, "the last end of a cell or a text cannot go"


def _text(element: etree._Element) -> str:
    said = element.iter(f"{W}t", f"{W}delText", f"{W}tab", f"{W}br")
    return "".join(node.text or "" if node.tag in (f"{W}t", f"{W}delText") else "|" for node in said)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
