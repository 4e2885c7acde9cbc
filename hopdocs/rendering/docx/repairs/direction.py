"""A template in a language that is written from right to left, whatever its owner knows of Word's settings for it.

A copy of a Danish template whose text was translated looks right in no program: its lines begin on the left, its tables
run the wrong way, and what is bold or large is so for Latin letters alone. Word tells the two apart everywhere
(ECMA-376, part 1: `bidi` 17.3.1.6, `rtl` 17.3.2.30, `bidiVisual` 17.4.1, `bCs` 17.3.2.2). What the owner has set stays.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from hopdocs.rendering.docx.package import read_members, write_members
from hopdocs.rendering.docx.stories import W, parse_xml, write_xml

if TYPE_CHECKING:
    from hopdocs.rendering.docx.zip_member import ZipMember

_TEXTS: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|styles|numbering)\.xml")
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_TAG: Final = "{"
_BESIDE: Final = {"b": "bCs", "i": "iCs", "sz": "szCs"}
"""What says the same of letters that run the other way."""
_BEFORE_BIDI: Final = frozenset({
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN",
})  # fmt: skip
_AFTER_RTL: Final = frozenset({"cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange"})
_BEFORE_VISUAL: Final = frozenset({"tblStyle", "tblpPr", "tblOverlap"})
_AFTER_SECTION: Final = frozenset({"rtlGutter", "docGrid", "printerSettings", "sectPrChange"})
_NONE: Final[frozenset[str]] = frozenset()


def set_right_to_left(data: bytes, name: str) -> bytes:
    """The template with all of its text set from right to left; as it is where it is no Word file to begin with."""
    members, broken = read_members(data, name)
    if broken:
        return data
    return write_members([_mirrored(member) if _TEXTS.fullmatch(member.name) else member for member in members])


def _mirrored(member: ZipMember) -> ZipMember:
    try:
        root = parse_xml(member.data)
    except etree.XMLSyntaxError:
        return member  # whoever reads it next says so
    for paragraph in root.iter(f"{W}p"):
        _mark(_child(paragraph, "pPr"), "bidi", before=_BEFORE_BIDI)
    for looks in root.iter(f"{W}rPr"):
        _double(looks)
    for run in root.iter(f"{W}r"):
        if _runs_other_way("".join(node.text or "" for node in run.iter(f"{W}t"))):
            _mark(_child(run, "rPr"), "rtl", after=_AFTER_RTL)
    for table in root.iter(f"{W}tbl"):
        _mark(_child(table, "tblPr"), "bidiVisual", before=_BEFORE_VISUAL)
    for section in root.iter(f"{W}sectPr"):
        _mark(section, "bidi", after=_AFTER_SECTION)
    return replace(member, data=write_xml(root))


def _runs_other_way(text: str) -> bool:
    """Whether a run's words are written so, or come out of the data, whose Latin words bring their own marks along."""
    return _TAG in text or any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text)


def _double(looks: etree._Element) -> None:
    """Bold, slanted and the size, once more for the letters of the other direction."""
    for latin, other in _BESIDE.items():
        found = looks.find(f"{W}{latin}")
        if found is not None and looks.find(f"{W}{other}") is None:
            twin = etree.Element(f"{W}{other}")
            for name, value in found.items():
                twin.set(name, value)
            found.addnext(twin)


def _child(parent: etree._Element, name: str) -> etree._Element:
    """The properties of a paragraph, a run or a table, which stand first in it."""
    found = parent.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        parent.insert(0, found)
    return found


def _mark(looks: etree._Element, name: str, *, before: frozenset[str] = _NONE, after: frozenset[str] = _NONE) -> None:
    """Set a switch in its place among the properties, which have an order; one that is set already stays."""
    if looks.find(f"{W}{name}") is not None:
        return
    names = [str(item.tag).rpartition("}")[2] for item in looks]  # a comment has none
    if before:
        place = max((index + 1 for index, item in enumerate(names) if item in before), default=0)
    else:
        place = min((index for index, item in enumerate(names) if item in after), default=len(names))
    looks.insert(place, etree.Element(f"{W}{name}"))
