"""Sections whose last paragraph is only a tag.

Word keeps a section's paper, margins and headers in the properties of its last paragraph. docxtpl takes the whole
paragraph of a `{%p … %}` out, and the section with it: the pages before it would get the paper of those after. So
the properties move to a paragraph of their own that no reader sees: after a tag that ends a block, before one that
begins one, and on both sides of an `else`, so that there is one whichever way it goes.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from lxml import etree

from hopdocs.rendering.docx.stories import W, cut_out

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG: Final = re.compile(r"\{[%{#]p\s+(?P<word>\w+)?")
_LOOKS: Final = (
    f'<w:pPr xmlns:w="{W[1:-1]}"><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr>'
)


def keep_sections(root: etree._Element) -> bool:
    """Move each section's properties out of a paragraph that docxtpl takes out; whether there was one."""
    changed = False
    for section in list(root.iter(f"{W}sectPr")):
        looks = section.getparent()
        paragraph = looks.getparent() if looks is not None else None
        if looks is None or paragraph is None or looks.tag != f"{W}pPr":
            continue
        words = [match["word"] or "" for match in _TAG.finditer("".join(_texts(paragraph)))]
        if not words:
            continue
        cut_out(section)
        if words[0] in ("else", "elif") or not words[0].startswith("end"):
            paragraph.addprevious(_holder(section))
        if words[0] in ("else", "elif") or words[0].startswith("end"):
            paragraph.addnext(_holder(section))
        changed = True
    return changed


def _texts(paragraph: etree._Element) -> Iterator[str]:
    for node in paragraph.iter(f"{W}t"):
        yield node.text or ""


def _holder(section: etree._Element) -> etree._Element:
    looks = etree.fromstring(_LOOKS)
    looks.append(deepcopy(section))  # after rPr, as the schema has it
    holder = etree.Element(f"{W}p")
    holder.append(looks)
    return holder
