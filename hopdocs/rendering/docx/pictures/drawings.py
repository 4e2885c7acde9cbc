"""Drawings as Word draws them: shapes in one group on the line, so that they stay lines in every PDF and float nowhere.

DrawingML (ECMA-376, part 1, 20.1) within a paragraph, with no part of its own in the package: so a letter with a
drawing goes the compiled way, and its bytes depend on the data alone. The group has the drawing's words as its
alternative text; Word 2010 and LibreOffice 7 read groups of shapes, older ones show nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from hopdocs.documents.views.drawing import Drawing, ShapeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.documents.views.drawing import DrawnShape

_EMU_PER_MM: Final = 36_000
"""English Metric Units, in which DrawingML measures."""
_NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_GROUP_URI: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"


@dataclass(frozen=True, slots=True)
class _Look:
    """How one kind of shape is drawn; no colour is no filling, or no line."""

    form: str
    fill: str = ""
    line: str = ""
    ink: str = "1F2933"
    half_points: int = 15
    is_bold: bool = False


_LOOKS: Final[Mapping[ShapeKind, _Look]] = MappingProxyType(
    {
        ShapeKind.RING: _Look("ellipse", fill="F4F8F9", line="9FB8BF"),
        ShapeKind.CORE: _Look("ellipse", fill="1B5161", line="1B5161", ink="FFFFFF", half_points=18, is_bold=True),
        ShapeKind.PERSON: _Look("roundRect", fill="FFFFFF", line="1B5161"),
        ShapeKind.PROFESSIONAL: _Look("rect", fill="D6E6EA", line="4A5560"),
        ShapeKind.LABEL: _Look("rect", ink="4A5560", half_points=15, is_bold=True),
    }
)


def draw(drawing: Drawing) -> Markup:
    """A run with the whole drawing, for a tag that stands in the place of a run: `{{r map|tegning }}`."""
    size = f'cx="{_emu(drawing.width)}" cy="{_emu(drawing.height)}"'
    shapes = "".join(_shape(shape, number) for number, shape in enumerate(drawing.shapes, start=2))
    return Markup(  # noqa: S704 - every text in it is escaped below
        f'<w:r><mc:AlternateContent {_NAMESPACES}><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="1" name="{escape(drawing.name)}" descr="{escape(drawing.description)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_GROUP_URI}"><wpg:wgp><wpg:cNvGrpSpPr/>'
        f'<wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {size}/></a:xfrm>'
        f"</wpg:grpSpPr>{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"</mc:AlternateContent></w:r>"
    )


def _emu(millimetres: float) -> int:
    return round(millimetres * _EMU_PER_MM)


def _shape(shape: DrawnShape, number: int) -> str:
    look = _LOOKS[shape.kind]
    place = (
        f'<a:off x="{_emu(shape.x)}" y="{_emu(shape.y)}"/><a:ext cx="{_emu(shape.width)}" cy="{_emu(shape.height)}"/>'
    )
    line = f'<a:ln w="9525">{_solid(look.line)}</a:ln>' if look.line else "<a:ln><a:noFill/></a:ln>"
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name="{shape.kind} {number}" descr="{escape(shape.description)}"/>'
        f'<wps:cNvSpPr/><wps:spPr><a:xfrm>{place}</a:xfrm><a:prstGeom prst="{look.form}"><a:avLst/></a:prstGeom>'
        f"{_solid(look.fill) if look.fill else '<a:noFill/>'}{line}</wps:spPr>{_words(shape.text, look)}"
        '<wps:bodyPr wrap="square" lIns="18000" tIns="0" rIns="18000" bIns="0" anchor="ctr"><a:noAutofit/></wps:bodyPr>'
        "</wps:wsp>"
    )


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _words(text: str, look: _Look) -> str:
    if not text:
        return ""
    bold = "<w:b/>" if look.is_bold else ""
    size = f'<w:sz w:val="{look.half_points}"/><w:szCs w:val="{look.half_points}"/>'
    return (
        '<wps:txbx><w:txbxContent><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="216" w:lineRule="auto"/>'
        f'<w:jc w:val="center"/></w:pPr><w:r><w:rPr>{bold}<w:color w:val="{look.ink}"/>{size}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:txbxContent></wps:txbx>'
    )
