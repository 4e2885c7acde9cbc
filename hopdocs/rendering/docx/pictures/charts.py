"""Charts in a Word file: a picture on the line, as vectors, with the same as dots for programs that know no SVG.

Word since 2016 draws the SVG that an extension of the picture names ([MS-ODRAWXML] 2.3.1.3, `asvg:svgBlip`); all others
draw the PNG. A picture is a part of the package, and a relation of the part that it stands in: both are called after
the picture's contents. So a letter with charts goes the compiled way, and a picture that stands twice is there once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from threading import local
from typing import TYPE_CHECKING, Final

from jinja2 import nodes
from markupsafe import Markup, escape

from hopdocs.charts.drawing import Picture, draw_picture
from hopdocs.documents.views.chart import Chart  # noqa: TC001 - the type of a filter's value is asked for when a template is checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.rendering.docx.zip_member import ZipMember

CHART_FILTER: Final = "billede"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_EMU_PER_MM: Final = 36_000
"""English Metric Units, in which DrawingML measures."""
_NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    }.items()
)
_PICTURE_URI: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SVG_EXTENSION: Final = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_NAMESPACE: Final = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_IMAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_NO_RELATIONS: Final = (
    b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_KINDS: Final = {"png": "image/png", "svg": "image/svg+xml"}
_USED: Final = re.compile(rb'r:embed="hopdocs-([0-9a-f]+)-(png|svg)"')
_EXTENSION: Final = re.compile(r'<Default[^>]*\bExtension="([^"]+)"')
_KINDS_BEGIN: Final = re.compile(r"<Types\b[^>]*>")


class _Drawn(local):
    """The pictures of the document at hand; a thread makes one at a time."""

    def __init__(self) -> None:
        self.pictures: dict[str, Picture] = {}


_DRAWN: Final = _Drawn()


def begin_pictures() -> None:
    """A new document has none."""
    _DRAWN.pictures.clear()


def place_chart(chart: Chart) -> Markup:
    """A run with the chart, for a tag that stands in the place of a run: `{{r course|billede }}`."""
    picture = draw_picture(chart)
    _DRAWN.pictures[picture.digest] = picture
    size = f'cx="{round(picture.width * _EMU_PER_MM)}" cy="{round(picture.height * _EMU_PER_MM)}"'
    name, relation = escape(chart.title or "Figur"), f"hopdocs-{picture.digest}"
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0" {_NAMESPACES}><wp:extent {size}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="1" name="{name}" descr="{escape(chart.description)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{_PICTURE_URI}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="0" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}-png"><a:extLst><a:ext uri="{_SVG_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{_SVG_NAMESPACE}" r:embed="{relation}-svg"/></a:ext></a:extLst></a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic>"
        f"</wp:inline></w:drawing></w:r>"
    )


@dataclass(frozen=True, slots=True)
class ChartPlaces:
    """What in a package changes with the pictures of a document: the relations of the parts that they stand in."""

    parts: tuple[str, ...] = ()
    """Where charts may stand; none in most templates."""
    relations: dict[str, bytes] = field(default_factory=dict)
    """Those that the parts have in the template already."""

    @classmethod
    def find(cls, trees: Iterable[nodes.Template], parts: Iterable[str], members: Iterable[ZipMember]) -> ChartPlaces:
        """Those of a template with these parts to fill in."""
        if not any(found.name == CHART_FILTER for tree in trees for found in tree.find_all(nodes.Filter)):
            return cls()
        names = tuple(sorted(parts))
        wanted = {_relations_of(name) for name in names}
        return cls(names, {member.name: member.data for member in members if member.name in wanted})

    def fix(self, members: Iterable[ZipMember]) -> Iterator[ZipMember]:
        """The members that stay the same in every document, pictures or none."""
        for member in members:
            if self.parts and member.name == _CONTENT_TYPES:
                yield replace(member, data=_know_pictures(member.data))
            elif member.name not in self.relations:
                yield member

    def fill(self, finished: dict[str, bytes]) -> dict[str, bytes]:
        """The finished parts with the pictures that stand in them, and relations to these."""
        members = {**self.relations, **finished}
        for part in self.parts:
            found = sorted({(digest.decode(), kind.decode()) for digest, kind in _USED.findall(members.get(part, b""))})
            used = [(digest, kind) for digest, kind in found if digest in _DRAWN.pictures]
            if not used:
                continue
            relations = _relations_of(part)
            members[relations] = _relate(members.get(relations, _NO_RELATIONS), used)
            for digest, kind in used:
                picture = _DRAWN.pictures[digest]
                members[f"word/media/hopdocs-{digest}.{kind}"] = picture.png if kind == "png" else picture.svg
        if self.parts and _CONTENT_TYPES in members:  # docxtpl's own way writes the list anew
            members[_CONTENT_TYPES] = _know_pictures(members[_CONTENT_TYPES])
        return members


def _relations_of(member: str) -> str:
    """The part that holds another part's relations (ECMA-376, part 2, 9.3.3)."""
    folder, _, name = member.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _relate(relations: bytes, used: Iterable[tuple[str, str]]) -> bytes:
    rows = "".join(
        f'<Relationship Id="hopdocs-{digest}-{kind}" Type="{_IMAGE}" Target="/word/media/hopdocs-{digest}.{kind}"/>'
        for digest, kind in used
    )
    return relations.replace(b"</Relationships>", f"{rows}</Relationships>".encode())


def _know_pictures(content_types: bytes) -> bytes:
    """The package's list of kinds with those of charts in it, once."""
    text = content_types.decode()
    known = {extension.lower() for extension in _EXTENSION.findall(text)}
    rows = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in _KINDS.items()
        if extension not in known
    )
    return _KINDS_BEGIN.sub(lambda match: match[0] + rows, text, count=1).encode()
