"""The marks of tracked changes (ISO 29500-1 17.13.5): on runs, on paragraph ends, on table rows.

Author and day are given, so that the same two files always make the same bytes.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Change: TypeAlias = Literal["ins", "del"]
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_DELETED_NAMES: Final = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}
_NOT_IN_THE_OTHER_FILE: Final = tuple(
    f"{W}{name}" for name in ("drawing", "pict", "object", "footnoteReference", "endnoteReference", "commentReference")
)
"""What points to a part of the earlier file, which the later one does not have."""
_MARKS_OF_PLACES: Final = tuple(
    f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr")
)


@dataclass(slots=True)
class Marker:
    """Writes marks, each with a number of its own."""

    author: str
    day: date
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def mark(self, change: Change) -> etree._Element:
        """An empty mark."""
        mark = etree.Element(f"{W}{change}")
        mark.set(f"{W}id", str(next(self._numbers)))
        mark.set(f"{W}author", self.author)
        mark.set(f"{W}date", f"{self.day.isoformat()}T00:00:00Z")
        return mark

    def run(self, change: Change, run: etree._Element) -> etree._Element:
        """A run inside a mark."""
        mark = self.mark(change)
        mark.append(_as_deleted(run) if change == "del" else run)
        return mark

    def runs_in(self, element: etree._Element, change: Change) -> None:
        """Mark every run below an element, where it stands."""
        for run in list(element.iter(f"{W}r")):
            parent = run.getparent()
            assert parent is not None  # noqa: S101 - a run stands in a paragraph
            place = parent.index(run)
            parent.insert(place, self.run(change, run))

    def paragraph_end(self, paragraph: etree._Element, change: Change) -> None:
        """Say that the end of a paragraph was put in or taken out: without it, it runs on into the next."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        looks = properties.find(f"{W}rPr")
        if looks is None:
            looks = etree.Element(f"{W}rPr")
            after = properties.find(f"{W}sectPr")
            properties.insert(len(properties) if after is None else properties.index(after), looks)
        looks.insert(0, self.mark(change))

    def block(self, block: etree._Element, change: Change) -> None:
        """Mark all of a paragraph with its end, or all of a table row by row."""
        if block.tag == f"{W}tbl":
            for row in block.findall(f"{W}tr"):
                self.row(row, change)
        else:
            self.runs_in(block, change)
            for paragraph in [block] if block.tag == f"{W}p" else list(block.iter(f"{W}p")):
                self.paragraph_end(paragraph, change)

    def row(self, row: etree._Element, change: Change) -> None:
        """Mark a row and all that stands in it."""
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            before = row.find(f"{W}tblPrEx")
            row.insert(0 if before is None else 1, properties)
        properties.append(self.mark(change))
        self.runs_in(row, change)


def taken_along(block: etree._Element) -> etree._Element:
    """A copy of a block of the earlier file, without what only that file has."""
    copy = deepcopy(block)
    copy.tail = None
    for element in list(copy.iter(*_NOT_IN_THE_OTHER_FILE, *_MARKS_OF_PLACES)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for link in list(copy.iter(f"{W}hyperlink", f"{W}fldSimple")):
        unwrap(link)
    return copy


def unwrap(element: etree._Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    assert parent is not None  # noqa: S101 - never the root
    place = parent.index(element)
    for child in reversed(element):
        parent.insert(place, child)
    parent.remove(element)


def text_run(text: str, looks: etree._Element | None) -> etree._Element:
    """A run that says `text`; a tab and a line break are elements of their own."""
    run = etree.Element(f"{W}r")
    if looks is not None:
        run.append(deepcopy(looks))
    if text in ("\t", "\n"):
        etree.SubElement(run, f"{W}tab" if text == "\t" else f"{W}br")
    else:
        said = etree.SubElement(run, f"{W}t")
        said.text = text
        said.set(_SPACE, "preserve")
    return run


def _as_deleted(run: etree._Element) -> etree._Element:
    for element in run.iter(*_DELETED_NAMES):
        element.tag = _DELETED_NAMES[str(element.tag)]
        if element.tag == f"{W}delText":
            element.set(_SPACE, "preserve")
    return run
