"""What stands beside a tag that takes its whole paragraph, row or cell with it.

docxtpl puts a `{%p … %}` in the place of its paragraph, a `{%tr … %}` of its row, a `{%tc … %}` of its cell. Whatever
else somebody wrote there is gone from every letter, and nothing looks wrong in Word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hopdocs.rendering.docx.stories import W, locate_element, words_of
from hopdocs.rendering.faults import shorten_excerpt, template_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from hopdocs.diagnostics import Diagnostic

_TAKING_TAG: Final = re.compile(r"(?:\{%|\{\{|\{#)(?P<what>tr|tc|p) [^{}]*?(?:%\}|\}\}|#\})")
_ELEMENTS: Final = {"tr": f"{W}tr", "tc": f"{W}tc", "p": f"{W}p"}
_SHOWN: Final = (
    *(f"{W}{name}" for name in ("drawing", "pict", "object", "sym", "footnoteReference", "endnoteReference")),
    *(f"{W}{name}" for name in ("fldSimple", "fldChar", "tbl")),
)
_UNNAMED_MARKS: Final = ("_GoBack", "_Hlk")


def find_lost_words(template: str, label: str, root: etree._Element) -> Iterator[Diagnostic]:
    """A fault for each text, and for each thing, that a tag takes with it."""
    told: set[etree._Element] = set()
    for paragraph in root.iter(f"{W}p"):
        for match in _TAKING_TAG.finditer(_own_text(paragraph)):
            taken = _taken_by(paragraph, match["what"])
            if taken is None or taken in told:
                continue
            told.add(taken)
            place = locate_element(label, paragraph)
            words = shorten_excerpt(words_of(taken).replace(match[0], "", 1))
            if words:
                yield template_fault("HD352", template, place=place, tag=match[0], words=words)
            elif _holds_more(taken):
                yield template_fault("HD353", template, place=place, tag=match[0])


def _own_text(paragraph: etree._Element) -> str:
    texts = (node for node in paragraph.iter(f"{W}t") if next(node.iterancestors(f"{W}p"), None) is paragraph)
    return "".join(node.text or "" for node in texts)


def _taken_by(paragraph: etree._Element, what: str) -> etree._Element | None:
    tag = _ELEMENTS[what]
    return paragraph if paragraph.tag == tag else next(paragraph.iterancestors(tag), None)


def _holds_more(taken: etree._Element) -> bool:
    if next(taken.iter(*_SHOWN), None) is not None:
        return True
    names = (mark.get(f"{W}name", "") for mark in taken.iter(f"{W}bookmarkStart"))
    return any(not name.startswith(_UNNAMED_MARKS) for name in names)
