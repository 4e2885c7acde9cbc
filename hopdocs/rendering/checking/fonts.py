"""Fonts that a template is set in and the machine that makes the PDF does not have.

LibreOffice then takes another: lines break elsewhere, and a Wingdings sign in an ordinary run becomes a letter. A font
that was drawn to the same widths (Carlito for Calibri) is no loss, and neither is one that lies in the file. A sign
like ☐ is the same sign in every font that has it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.rendering.docx.stories import W, locate_element, parse_xml, read_stories

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from lxml import etree

    from hopdocs.rendering.docx.zip_member import ZipMember

_SAME_WIDTHS: Final = {
    "calibri": "carlito",
    "cambria": "caladea",
    "arial": "liberation sans",
    "arial narrow": "liberation sans narrow",
    "helvetica": "liberation sans",
    "times new roman": "liberation serif",
    "times": "liberation serif",
    "courier new": "liberation mono",
    "courier": "liberation mono",
}
_STATEMENT: Final = re.compile(r"{[%#].*?[%#]}", re.DOTALL)
_FONTS: Final = f"{W}rFonts"
_LETTERS: Final = f"{W}ascii"
_THEMED: Final = f"{W}asciiTheme"
_VALUE: Final = f"{W}val"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def find_missing_fonts(
    template: str, members: Sequence[ZipMember], installed: Collection[str], replace: Callable[[str], str]
) -> list[Diagnostic]:
    """A finding for each font that is missing, where it is first used; `installed` in small letters."""
    looks = _Looks(members)
    places: dict[str, str] = {}
    for _, label, root in read_stories(members):
        for run in root.iter(f"{W}r"):
            if _is_set(run):
                font = looks.font_of(run)
                if font and font not in places:
                    places[font] = locate_element(label, run)
    return [
        _tell(template, font, replace(font), place)
        for font, place in places.items()
        if not _is_there(font.lower(), installed) and font not in looks.embedded
    ]


def _tell(template: str, font: str, other: str, place: str) -> Diagnostic:
    params = {"font": font, "other": other}
    return Diagnostic(template, 0, 0, "HD358", params, Severity.WARNING, Blocks.NOTHING, place=place)


def _is_set(run: etree._Element) -> bool:
    """Whether a run prints something that another font would draw as something else."""
    text = _STATEMENT.sub("", "".join(node.text or "" for node in run.iter(f"{W}t")))
    return any(unicodedata.category(letter)[0] in "LNC" for letter in text)


def _is_there(font: str, installed: Collection[str]) -> bool:
    return font in installed or _SAME_WIDTHS.get(font) in installed


class _Looks:
    """What the styles and the theme say of fonts: run, its style, paragraph's style, defaults (ECMA-376-1, 17.7.2)."""

    def __init__(self, members: Sequence[ZipMember]) -> None:
        parts = {member.name.rsplit("/", 1)[-1]: member.data for member in members if member.is_xml}
        self._theme = dict(_theme_fonts(parts.get("theme1.xml", b"")))
        styles = parse_xml(parts["styles.xml"]) if "styles.xml" in parts else None
        found = [] if styles is None else list(styles.iter(f"{W}style"))
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self._default = next((style for style in found if _is_default_of_paragraphs(style)), None)
        defaults = None if styles is None else styles.find(f"{W}docDefaults")
        self._defaults = "" if defaults is None else self._named_in(defaults)
        self.embedded = set(_embedded_fonts(parts.get("fontTable.xml", b"")))

    def font_of(self, run: etree._Element) -> str:
        """The font of a run's Latin letters; '' where nothing names one."""
        properties = run.find(f"{W}rPr")
        if properties is not None:
            named = self._named_in(properties) or self._of_style(self._style_in(properties, "rStyle"))
            if named:
                return named
        paragraph = next(run.iterancestors(f"{W}p"), None)
        properties = None if paragraph is None else paragraph.find(f"{W}pPr")
        style = None if properties is None else self._style_in(properties, "pStyle")
        return self._of_style(self._default if style is None else style) or self._defaults

    def _style_in(self, properties: etree._Element, kind: str) -> etree._Element | None:
        named = properties.find(f"{W}{kind}")
        return None if named is None else self._styles.get(named.get(_VALUE, ""))

    def _of_style(self, style: etree._Element | None) -> str:
        seen: set[etree._Element] = set()
        while style is not None and style not in seen:
            seen.add(style)
            properties = style.find(f"{W}rPr")
            named = "" if properties is None else self._named_in(properties)
            if named:
                return named
            style = self._style_in(style, "basedOn")
        return ""

    def _named_in(self, properties: etree._Element) -> str:
        fonts = next(properties.iter(_FONTS), None)
        if fonts is None:
            return ""
        return self._theme.get(fonts.get(_THEMED, "")[:5], "") or fonts.get(_LETTERS, "")


def _is_default_of_paragraphs(style: etree._Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")


def _theme_fonts(theme: bytes) -> Iterator[tuple[str, str]]:
    """The theme's fonts by the first five letters of what runs call them: `majorHAnsi` and `minorAscii`."""
    if not theme:
        return
    root = parse_xml(theme)
    for kind in ("major", "minor"):
        for fonts in root.iter(f"{_DRAWING}{kind}Font"):
            latin = fonts.find(f"{_DRAWING}latin")
            if latin is not None:
                yield kind, latin.get("typeface", "")


def _embedded_fonts(table: bytes) -> Iterator[str]:
    if not table:
        return
    for font in parse_xml(table).iter(f"{W}font"):
        if font.find(f"{W}embedRegular") is not None:
            yield font.get(f"{W}name", "")
