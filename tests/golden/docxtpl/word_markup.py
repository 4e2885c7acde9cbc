"""Word templates written by hand, as Word writes them: small packages whose every part a test can name.

python-docx's own empty document is 860 KB of styles; these are a few, so that sixty templates are made in no time.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_STYLES: Final = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="dynamic"><w:name w:val="dynamic"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="SquareBullet"><w:name w:val="SquareBullet"/></w:style>'
)
_CONTENT_KINDS: Final = {
    "document": "document.main",
    "header": "header",
    "footer": "footer",
    "footnotes": "footnotes",
    "comments": "comments",
    "styles": "styles",
    "settings": "settings",
}


def picture(red: int = 255, size: int = 1) -> bytes:
    """A PNG of one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + bytes([red, 0, 0]) * size) * size)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def run(text: str, properties: str = "") -> str:
    """A run, with spaces kept where Word would keep them."""
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{shown}<w:t{keep}>{text}</w:t></w:r>"


def p(*texts: str, style: str = "", raw: str = "") -> str:
    """A paragraph of runs, one a text; `raw` stands behind them as it is."""
    shown = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p w:rsidR="00A77B3E">{shown}{"".join(map(run, texts))}{raw}</w:p>'


def torn(text: str) -> str:
    """A paragraph as spelling marks and edits leave it: every other letter in a run of its own."""
    runs = []
    for index, letter in enumerate(text):
        mark = '<w:proofErr w:type="spellStart"/>' if index % 3 == 0 else ""
        bold = "<w:b/>" if index % 2 else '<w:lang w:val="da-DK"/>'
        runs.append(mark + run(letter, bold))
    return p(raw="".join(runs))


def cell(*blocks: str, properties: str = '<w:tcW w:w="2000" w:type="dxa"/>') -> str:
    """A table cell of paragraphs; plain text becomes one."""
    inner = "".join(block if block.startswith("<") else p(block) for block in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str) -> str:
    """A table row of cells; plain text becomes one."""
    inner = "".join(item if item.startswith("<w:tc>") else cell(item) for item in cells)
    return f'<w:tr w:rsidR="00A77B3E"><w:trPr><w:trHeight w:val="300"/></w:trPr>{inner}</w:tr>'


def table(*rows: str, columns: int, width: int = 2000) -> str:
    """A table with its grid."""
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def drawing(relation: str, name: str = "billede.png", number: int = 7, descr: str = "") -> str:
    """A paragraph with a picture."""
    return p(
        raw='<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="914400" cy="914400"/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{descr}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="0" name="{name}" descr="{descr}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def text_box(*paragraphs: str) -> str:
    """A text box as Word 2010 and later write it: once for itself, once for older readers."""
    inner = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return p(
        "før ",
        raw='<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="3" name="Boks"/>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>" + run(" efter"),
    )


def content_control(*blocks: str) -> str:
    """A content control around blocks."""
    return (
        '<w:sdt><w:sdtPr><w:alias w:val="Felt"/><w:id w:val="77"/></w:sdtPr>'
        f"<w:sdtContent>{''.join(blocks)}</w:sdtContent></w:sdt>"
    )


@dataclass
class Word:
    """A package: what the body holds, and the parts around it."""

    body: str
    headers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    footnotes: str = ""
    comments: str = ""
    core: str = ""
    settings: str = ""
    media: dict[str, bytes] = field(default_factory=dict)
    """By the id of its relation, which every story of the document has."""
    embedded: dict[str, bytes] = field(default_factory=dict)
    custom: str = ""
    links: dict[str, str] = field(default_factory=dict)
    """Targets of links by the id of their relation."""

    def pack(self) -> bytes:
        """The docx."""
        stories = {"word/document.xml": "document"}
        relations = [
            ("rId1", f"{_OFFICE}/styles", "styles.xml", ""),
            ("rId2", f"{_OFFICE}/settings", "settings.xml", ""),
        ]
        parts = {
            "word/styles.xml": f"<w:styles {NAMESPACES}>{_STYLES}</w:styles>",
            "word/settings.xml": f"<w:settings {NAMESPACES}>{self.settings}</w:settings>",
        }
        section = ""
        for kind, texts, letter in (("header", self.headers, "hdr"), ("footer", self.footers, "ftr")):
            for index, text in enumerate(texts):
                identity = f"rId{kind}{index}"
                relations.append((identity, f"{_OFFICE}/{kind}", f"{kind}{index}.xml", ""))
                parts[f"word/{kind}{index}.xml"] = f"<w:{letter} {NAMESPACES}>{text}</w:{letter}>"
                stories[f"word/{kind}{index}.xml"] = kind
                place = ("default", "first", "even")[index]
                section += f'<w:{kind}Reference w:type="{place}" r:id="{identity}"/>'
        for kind, content in (("footnotes", self.footnotes), ("comments", self.comments)):
            if content:
                relations.append((f"rId{kind}", f"{_OFFICE}/{kind}", f"{kind}.xml", ""))
                parts[f"word/{kind}.xml"] = f"<w:{kind} {NAMESPACES}>{content}</w:{kind}>"
        body = f'{self.body}<w:sectPr>{section}<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
        parts["word/document.xml"] = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        shared = [(identity, f"{_OFFICE}/image", f"media/{identity}.png", "") for identity in self.media]
        shared += [
            (identity, f"{_OFFICE}/hyperlink", target, ' TargetMode="External"')
            for identity, target in self.links.items()
        ]
        relations += [(identity, f"{_OFFICE}/package", f"embeddings/{identity}", "") for identity in self.embedded]
        return self._zip(parts, stories, relations, shared)

    def _zip(
        self,
        parts: dict[str, str],
        stories: dict[str, str],
        relations: list[tuple[str, str, str, str]],
        shared: list[tuple[str, str, str, str]],
    ) -> bytes:
        kinds = "".join(
            _override(f"/{name}", f"{_WORD}.{_CONTENT_KINDS[name[5:-4].rstrip('0123456789')]}+xml") for name in parts
        )
        package = [("rId1", f"{_OFFICE}/officeDocument", "word/document.xml", "")]
        loose: dict[str, bytes] = {f"word/media/{identity}.png": data for identity, data in self.media.items()}
        loose |= {f"word/embeddings/{identity}": data for identity, data in self.embedded.items()}
        if self.core:
            kinds += _override("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
            package.append(("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", ""))
            loose["docProps/core.xml"] = (DECLARATION + self.core).encode()
        if self.custom:
            kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
            kinds += _override("/docProps/custom.xml", kind)
            package.append(("rId3", f"{_OFFICE}/custom-properties", "docProps/custom.xml", ""))
            loose["docProps/custom.xml"] = (DECLARATION + self.custom).encode()
        types = (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            f'<Default Extension="docx" ContentType="{_WORD}.document"/>{kinds}</Types>'
        )
        stream = BytesIO()
        with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", DECLARATION + types)
            archive.writestr("_rels/.rels", DECLARATION + _relations(package))
            for name, text in parts.items():
                archive.writestr(name, DECLARATION + text)
            for name in stories:
                own = [*relations, *shared] if name == "word/document.xml" else shared
                archive.writestr(f"word/_rels/{name[5:]}.rels", DECLARATION + _relations(own))
            for name, data in loose.items():
                archive.writestr(name, data)
        return stream.getvalue()


def core(**texts: str) -> str:
    """core.xml with these properties (`title`, `subject`, `creator`, `description`, `language`, `identifier`)."""
    inner = "".join(f"<dc:{name}>{text}</dc:{name}>" for name, text in texts.items())
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inner}'
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-05T09:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-05T09:00:00Z</dcterms:modified></cp:coreProperties>'
    )


def _relations(entries: list[tuple[str, str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"{mode}/>'
        for identity, kind, target, mode in entries
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="{part}" ContentType="{kind}"/>'
