"""A copy of a template in which every tracked change is accepted, as Word's own command does it.

What was struck out or moved away goes, what was put in stays as ordinary text, and nothing tells any more who did it. A
paragraph whose mark was deleted becomes one with the next (ECMA-376, part 1, 17.13.5).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hopdocs.rendering.docx.package import read_members, write_members
from hopdocs.rendering.docx.repairs.review_marks import CHANGED_LOOKS
from hopdocs.rendering.docx.stories import W, cut_out, read_stories, write_xml
from hopdocs.rendering.docx.zip_member import read_as_utf8

if TYPE_CHECKING:
    from lxml import etree

_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_STRUCK_OUT: Final = (f"{W}del", f"{W}moveFrom", f"{_W14}conflictDel")
_PUT_IN: Final = (f"{W}ins", f"{W}moveTo", f"{_W14}conflictIns")
_RANGES: Final = tuple(
    f"{W}{kind}Range{end}"
    for kind in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
_CELL_MARKS: Final = (f"{W}cellIns", f"{W}cellMerge")
_PARAGRAPH: Final = f"{W}p"
_LOOKS: Final = f"{W}pPr"


def accept_changes(data: bytes, template: str) -> bytes:
    """The template with its changes accepted; raises nothing, and gives the same bytes each time."""
    members = [read_as_utf8(member) for member in read_members(data, template)[0]]
    accepted = {}
    for member, _, root in read_stories(members):
        _accept_in(root)
        accepted[member.name] = write_xml(root)
    return write_members(
        replace(member, data=accepted[member.name]) if member.name in accepted else member for member in members
    )


def _accept_in(root: etree._Element) -> None:
    for mark in list(root.iter(*CHANGED_LOOKS, *_RANGES, *_CELL_MARKS)):
        cut_out(mark)
    for kind, deleted in ((f"{W}tr", "trPr"), (f"{W}tc", "tcPr")):
        for element in list(root.iter(kind)):
            properties = element.find(f"{W}{deleted}")
            marks = () if properties is None else list(properties.iter(*_STRUCK_OUT, f"{W}cellDel"))
            if marks:
                cut_out(element)
    unmarked = [paragraph for paragraph in root.iter(_PARAGRAPH) if _has_lost_its_mark(paragraph)]
    for change in list(root.iter(*_STRUCK_OUT)):
        cut_out(change)
    for change in list(root.iter(*_PUT_IN)):
        _unwrap(change)
    for paragraph in unmarked:
        _join_with_next(paragraph)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f".//{W}tc") is None:
            cut_out(table)


def _has_lost_its_mark(paragraph: etree._Element) -> bool:
    marks = paragraph.find(f"{_LOOKS}/{W}rPr")
    return marks is not None and any(child.tag in _STRUCK_OUT for child in marks)


def _unwrap(change: etree._Element) -> None:
    parent = change.getparent()
    if parent is None:
        return
    place = parent.index(change)
    for child in reversed(list(change)):
        parent.insert(place + 1, child)
    cut_out(change)


def _join_with_next(paragraph: etree._Element) -> None:
    following = paragraph.getnext()
    content = [child for child in paragraph if child.tag != _LOOKS]
    if following is None or following.tag != _PARAGRAPH:
        if not content and paragraph.find(f"{_LOOKS}/{W}sectPr") is None and _may_go(paragraph):
            cut_out(paragraph)
        return
    place = 1 if following.find(_LOOKS) is not None else 0
    for child in reversed(content):
        following.insert(place, child)
    cut_out(paragraph)


def _may_go(paragraph: etree._Element) -> bool:
    """Whether its cell, box or note has another paragraph: Word opens none without."""
    parent = paragraph.getparent()
    return parent is not None and len(parent.findall(_PARAGRAPH)) > 1
