"""Pictures that a reader who cannot see them is told nothing of (PDF/UA-1, 7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.rendering.docx.stories import locate_element

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWS: Final = frozenset({"pic", "chart", "relIds", "wgp"})
"""A picture, a chart, a diagram, a group of drawings. A text box is read as its text."""
_OLD_PICTURE: Final = "{urn:schemas-microsoft-com:vml}imagedata"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def find_undescribed_pictures(template: str, label: str, root: etree._Element) -> Iterator[Diagnostic]:
    """A finding at each picture without an alternative text that is not marked as decorative."""
    for properties in root.iter("{*}docPr"):
        drawing = properties.getparent()
        if drawing is None or _is_described(properties) or _is_decorative(properties):
            continue
        if any(etree.QName(item).localname in _SHOWS for item in drawing.iter("{*}*")):
            yield _tell(template, label, properties, properties.get("name", ""))
    for picture in root.iter(_OLD_PICTURE):
        shape = picture.getparent()
        if shape is None or shape.get("alt") or next(picture.iterancestors(_FALLBACK), None) is not None:
            continue
        yield _tell(template, label, picture, "")


def _is_described(properties: etree._Element) -> bool:
    return bool((properties.get("descr") or properties.get("title") or "").strip())


def _is_decorative(properties: etree._Element) -> bool:
    return any(mark.get("val") in ("1", "true") for mark in properties.iter("{*}decorative"))


def _tell(template: str, label: str, element: etree._Element, name: str) -> Diagnostic:
    place = locate_element(label, element)
    return Diagnostic(template, 0, 0, "HD357", {"name": name or "–"}, Severity.WARNING, Blocks.NOTHING, place=place)
