"""What a review in Word leaves in a template: comments, and changes that nobody has accepted or rejected.

Comments are their writers' own: marks, texts, authors and dates are left out of everything that is made. A tracked
change is a question to whoever owns the template: the words that were struck out are still in the file, and docxtpl
and LibreOffice print them. So such a template is refused, until somebody answers. Changed formatting asks nothing:
what the owner sees is the new look, and what the old one was goes the way of the comments.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.rendering.docx.repairs.relations import drop_relations, kind_of
from hopdocs.rendering.docx.stories import W, cut_out, locate_element, parse_xml, read_stories, write_xml
from hopdocs.rendering.faults import template_fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.rendering.docx.zip_member import ZipMember

_COMMENT_PARTS: Final = frozenset(
    {"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "documenttasks"}
)
_COMMENT_RANGES: Final = (f"{W}commentRangeStart", f"{W}commentRangeEnd")
_COMMENT_REFERENCE: Final = f"{W}commentReference"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
CHANGES: Final = (
    *(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")),
    f"{_W14}conflictIns",
    f"{_W14}conflictDel",
)
CHANGED_LOOKS: Final = tuple(
    f"{W}{name}"
    for name in (
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "tblPrExChange"),
        *("trPrChange", "tcPrChange", "numberingChange"),
    )
)
_NUMBERING: Final = f"{W}numPr"
_WORDS_OF_CHANGE: Final = (b":ins", b":del", b":move", b":cell", b":conflict", b":comment", b"Change")


def leave_out_comments(members: list[ZipMember], template: str) -> tuple[list[ZipMember], list[Diagnostic]]:
    """The members without comments and without what formatting was before, and how many comments those were."""
    count = sum(_count_comments(member) for member in members)
    kept = drop_relations(
        members,
        lambda _, relation: kind_of(relation) in _COMMENT_PARTS,
        hint=(b"comments", b"people", b"documenttasks"),
    )
    cleaned = [_clean_part(member) for member in kept]
    if not count:
        return cleaned, []
    said = Diagnostic(template, 0, 0, "HD351", {"count": str(count)}, Severity.ADVICE, Blocks.NOTHING)
    return cleaned, [said]


def _count_comments(member: ZipMember) -> int:
    if not member.name.startswith("word/") or b":comment " not in member.data:
        return 0
    try:
        root = parse_xml(member.data)
    except etree.XMLSyntaxError:
        return 0
    return len(root.findall(f"{W}comment"))


def _clean_part(member: ZipMember) -> ZipMember:
    if not member.name.startswith("word/") or not member.is_xml or member.name.endswith(".rels"):
        return member
    if not any(word in member.data for word in _WORDS_OF_CHANGE):
        return member
    try:
        root = parse_xml(member.data)
    except etree.XMLSyntaxError:
        return member
    marks = list(root.iter(*_COMMENT_RANGES, *CHANGED_LOOKS))
    marks += [mark for numbering in root.iter(_NUMBERING) for mark in numbering.iter(f"{W}ins")]
    references = list(root.iter(_COMMENT_REFERENCE))
    for mark in marks:
        cut_out(mark)
    for reference in references:
        _cut_reference(reference)
    return replace(member, data=write_xml(root)) if marks or references else member


def _cut_reference(reference: etree._Element) -> None:
    run = reference.getparent()
    cut_out(reference)
    if run is not None and run.tag == f"{W}r" and all(child.tag == f"{W}rPr" for child in run):
        cut_out(run)


def find_tracked_changes(members: Iterable[ZipMember], template: str) -> list[Diagnostic]:
    """A fault at each paragraph, row or cell that somebody has changed and nobody has answered."""
    written = [member for member in members if any(word in member.data for word in _WORDS_OF_CHANGE)]
    places = dict.fromkeys(
        locate_element(label, change) for _, label, root in read_stories(written) for change in root.iter(*CHANGES)
    )
    return [template_fault("HD350", template, place=place) for place in places]
