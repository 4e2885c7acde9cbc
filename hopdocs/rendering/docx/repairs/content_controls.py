"""Content controls that a program would fill in anew when the letter is opened.

A control can be mapped to a place in an XML part (ECMA-376, part 1, 17.5.2.6): Word and LibreOffice then put that
part's text over what stands in the control. A date control is shown as the day that it was set to. Where the control
holds template language, its text comes from the family's data, and both would put the template's own text back.
Other controls keep what they are mapped to.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from hopdocs.rendering.docx.stories import W, cut_out

_LANGUAGE: Final = re.compile(r"\{[{%]")
_FULL_DATE: Final = f"{W}fullDate"


def unmap_controls(root: etree._Element) -> bool:
    """Take the mapping off each control that the data fill in; whether there was one."""
    changed = False
    for properties in root.iter(f"{W}sdtPr"):
        control = properties.getparent()
        if control is None or not _is_filled_in(control):
            continue
        for child in list(properties):
            if etree.QName(child).localname == "dataBinding":
                cut_out(child)
                changed = True
            elif _FULL_DATE in child.attrib:
                del child.attrib[_FULL_DATE]
                changed = True
    return changed


def _is_filled_in(control: etree._Element) -> bool:
    """Whether it holds template language, or stands in for a tag that ends beyond it."""
    return _LANGUAGE.search("".join(node.text or "" for node in control.iter(f"{W}t"))) is not None
