"""Matplotlib's SVG made plain: no style sheet, no words of who wrote it, names that no other picture has.

A style sheet in a picture on a page holds for the whole page, a page's own rules may forbid styles in attributes, and
not every program that shows a Word file reads them. So each look stands in an attribute of its own (SVG 1.1, 6.1).
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from lxml import etree

_SVG: Final = "http://www.w3.org/2000/svg"
_LINK: Final = "{http://www.w3.org/1999/xlink}href"
_NOISE: Final = ("metadata", "style")
_NUMBER: Final = re.compile(r"-?\d+\.\d{3,}")
_MOVE: Final = re.compile(r"translate\([^)]*\)")
_SHORT_DIGEST: Final = 8


def settle_svg(data: bytes) -> bytes:
    """The same picture."""
    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(data, parser)
    for name in _NOISE:
        for element in list(root.iter(f"{{{_SVG}}}{name}")):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    for element in root.iter(f"{{{_SVG}}}*"):
        _spell_out(element)
    _drop_empty(root)
    first = next(iter(root.iterchildren(f"{{{_SVG}}}g")))
    first.set("stroke-linejoin", "round")
    first.set("stroke-linecap", "butt")
    _name_anew(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _spell_out(element: etree._Element) -> None:
    for declaration in str(element.attrib.pop("style", "")).split(";"):
        name, _, value = declaration.partition(":")
        if value.strip():
            element.set(name.strip(), value.strip())
    if "d" in element.attrib:
        element.set("d", _round(" ".join(element.get("d", "").split())))
    if "transform" in element.attrib:  # letters are drawn large and scaled down, by numbers that must stay
        element.set("transform", _MOVE.sub(lambda match: _round(match[0]), element.get("transform", "")))


def _round(text: str) -> str:
    """Places with two decimals: a hundredth of a point is nothing that anybody sees."""
    return _NUMBER.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), text)


def _drop_empty(root: etree._Element) -> None:
    for element in list(root.iter(f"{{{_SVG}}}defs")):
        parent = element.getparent()
        if len(element) == 0 and parent is not None:
            parent.remove(element)


def _name_anew(root: etree._Element) -> None:
    """Names that are used, with the picture's own digest before them; the others go."""
    used = {element.get(_LINK, "")[1:] for element in root.iter() if _LINK in element.attrib}
    mark = f"c{hashlib.sha256(etree.tostring(root)).hexdigest()[:_SHORT_DIGEST]}-"
    numbers: dict[str, str] = {}
    for element in root.iter():
        name = str(element.attrib.pop("id", ""))
        if name in used:
            numbers[name] = f"{mark}{len(numbers)}"
            element.set("id", numbers[name])
    for element in root.iter():
        if _LINK in element.attrib:
            element.set(_LINK, f"#{numbers[element.get(_LINK, '')[1:]]}")
