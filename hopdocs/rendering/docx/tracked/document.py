"""The earlier and the later of two Word files as one, in which every change can be accepted or rejected.

Only the text of the body is compared. Headers, footers, pictures and looks are those of the later file.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

from lxml import etree

from hopdocs.errors import FaultyInput
from hopdocs.rendering.docx.package import read_members, write_members
from hopdocs.rendering.docx.tracked.alignment import align, is_paragraph, tail_of, text_of, with_one_end
from hopdocs.rendering.docx.tracked.marks import Marker, W, taken_along
from hopdocs.rendering.docx.tracked.paragraphs import merge_paragraph
from hopdocs.rendering.docx.zip_member import ZipMember

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.rendering.docx.tracked.alignment import Pair
    from hopdocs.rendering.docx.tracked.marks import Change

_BODY_PART: Final = "word/document.xml"
_BLOCKS: Final = (f"{W}p", f"{W}tbl")


def track_changes(before: bytes, after: bytes, *, author: str, day: date) -> bytes:
    """Both as one Word file; `author` and `day` stand at each change. The same files make the same bytes."""
    old, new = _read(before), _read(after)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    was, now = (etree.fromstring(members[_BODY_PART], parser) for members in (old, new))
    _Merge(Marker(author, day)).container(_body(was), _body(now))
    new[_BODY_PART] = etree.tostring(now, xml_declaration=True, encoding="UTF-8", standalone=True)
    return write_members(ZipMember(name, data) for name, data in new.items())


def _read(data: bytes) -> dict[str, bytes]:
    members, faults = read_members(data, "docx")
    if faults:
        raise FaultyInput(faults)
    return {member.name: member.data for member in members}


def _body(document: etree._Element) -> etree._Element:
    body = document.find(f"{W}body")
    assert body is not None  # noqa: S101 - hopdocs made it
    return body


class _Merge:
    """Puts into the later file what went, and marks what came."""

    def __init__(self, marker: Marker) -> None:
        self._marker = marker

    def container(self, old: etree._Element, new: etree._Element) -> None:
        """The body, or a cell."""
        pairs = with_one_end(list(align(*([item for item in place if item.tag in _BLOCKS] for place in (old, new)))))
        tail = tail_of(pairs)
        kept = pairs[: len(pairs) - len(tail)]
        is_shifted = bool(tail and kept) and is_paragraph(kept[-1][1]) and all(map(_is_paragraph_pair, tail))
        place = _Place(new)
        for pair in kept if is_shifted else pairs:
            self._block(pair, place)
        if is_shifted:
            self._end(kept[-1], tail, place)

    def _block(self, pair: Pair, place: _Place) -> None:
        was, now = pair
        if was is None and now is not None:
            self._marker.block(now, "ins")
            place.pass_by(now)
        elif was is not None and now is None:
            gone = taken_along(was)
            self._marker.block(gone, "del")
            place.put(gone)
        elif was is not None and now is not None:
            self._changed(was, now)
            place.pass_by(now)

    def _end(self, last: Pair, tail: list[Pair], place: _Place) -> None:
        """What came or went after the last paragraph that stayed: that one's end with it, and not the very last's."""
        change: Change = "ins" if tail[0][0] is None else "del"
        looks = last[1].find(f"{W}pPr") if last[1] is not None else None
        ends = [last[1]]
        for was, now in tail:
            block = now if now is not None else taken_along(was) if was is not None else None
            if block is None:
                continue
            self._marker.runs_in(block, change)
            if now is None:
                _look_like(block, looks)
                place.put(block)
            ends.append(block)
        for block in ends[:-1]:
            if block is not None:
                self._marker.paragraph_end(block, change)

    def _changed(self, old: etree._Element, new: etree._Element) -> None:
        if text_of(old) == text_of(new):
            return
        if new.tag == f"{W}p":
            merge_paragraph(old, new, self._marker)
        else:
            self._table(old, new)

    def _table(self, old: etree._Element, new: etree._Element) -> None:
        place = _Place(new)
        for was, now in align(old.findall(f"{W}tr"), new.findall(f"{W}tr")):
            cells = [row.findall(f"{W}tc") if row is not None else [] for row in (was, now)]
            if was is not None and now is not None and len(cells[0]) == len(cells[1]):
                for one, other in zip(*cells, strict=True):
                    self.container(one, other)
                place.pass_by(now)
                continue
            if was is not None:
                gone = taken_along(was)
                self._marker.row(gone, "del")
                place.put(gone)
            if now is not None:
                self._marker.row(now, "ins")
                place.pass_by(now)


class _Place:
    """Where in the later file the next thing that went is put."""

    def __init__(self, parent: etree._Element) -> None:
        self._parent = parent
        first = next((child for child in parent if child.tag in (*_BLOCKS, f"{W}tr")), None)
        self._next = len(parent) if first is None else parent.index(first)

    def put(self, element: etree._Element) -> None:
        self._parent.insert(self._next, element)
        self._next += 1

    def pass_by(self, element: etree._Element) -> None:
        self._next = self._parent.index(element) + 1


def _is_paragraph_pair(pair: Pair) -> bool:
    return is_paragraph(pair[0]) or is_paragraph(pair[1])


def _look_like(paragraph: etree._Element, looks: etree._Element | None) -> None:
    """The paragraph that stays at the end takes the looks of the one whose text it then holds."""
    own = paragraph.find(f"{W}pPr")
    if own is not None:
        paragraph.remove(own)
    if looks is not None:
        paragraph.insert(0, deepcopy(looks))
