"""The docx package of one template: only the parts that a letter needs, and the same bytes every time."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tools.letters.styles import W, numbering_part, styles_part
from tools.letters.theme import theme_part
from tools.letters.wordml import DANISH

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES: Final = {"theme": "application/vnd.openxmlformats-officedocument.theme+xml"}
_ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)

_PAGE: Final = (
    '<w:sectPr><w:headerReference w:type="first" r:id="rId10"/><w:headerReference w:type="default" r:id="rId11"/>'
    '<w:footerReference w:type="first" r:id="rId12"/><w:footerReference w:type="default" r:id="rId13"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="680" w:right="1247" w:bottom="1134" w:left="1247" w:header="680" w:footer="567" w:gutter="0"/>'
    "<w:titlePg/></w:sectPr>"
)
"""A4 with 22 mm at the sides; the first page begins with the letterhead, those after it have a short line above."""

_NO_HEADER: Final = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
)
"""Above the first page: a point high, and nothing in it. What stands in a header is passed over by a screen reader, and
the letterhead, which says who writes, stands only there; so it is the first of the letter's own paragraphs."""

_FONTS: Final = (
    f'<w:fonts {W}><w:font w:name="Calibri"><w:altName w:val="Carlito"/><w:panose1 w:val="020F0502020204030204"/>'
    '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)
"""Carlito has Calibri's measures, so a letter breaks its lines alike with and without Word's own font."""

_WORD_PARTS: Final = {
    "rId1": ("styles", "styles.xml"),
    "rId2": ("numbering", "numbering.xml"),
    "rId3": ("settings", "settings.xml"),
    "rId4": ("fontTable", "fontTable.xml"),
    "rId5": ("theme", "theme/theme1.xml"),
    "rId10": ("header", "header1.xml"),
    "rId11": ("header", "header2.xml"),
    "rId12": ("footer", "footer1.xml"),
    "rId13": ("footer", "footer2.xml"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """One template: its title as a document, the body, and what stands above the later pages and below all."""

    title: str
    body: str
    header: str
    footer: str
    scale: float = 1.0
    """How much larger its type is than a letter's."""
    language: str = DANISH
    """What it is written in, as Word calls it: by it a letter is read aloud, and its words are divided."""


def pack_letter(letter: Letter) -> bytes:
    """The template's bytes."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            {
                "rId1": (f"{_OFFICE}/officeDocument", "word/document.xml"),
                "rId2": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            }
        ),
        "docProps/core.xml": _core_properties(letter.title, letter.language),
        "word/document.xml": f"<w:document {W} {_R}><w:body>{letter.body}{_PAGE}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relationships(
            {key: (f"{_OFFICE}/{kind}", target) for key, (kind, target) in _WORD_PARTS.items()}
        ),
        "word/styles.xml": styles_part(letter.scale, letter.language),
        "word/numbering.xml": numbering_part(),
        "word/settings.xml": _settings(letter.language),
        "word/fontTable.xml": _FONTS,
        "word/theme/theme1.xml": theme_part(),
        "word/header1.xml": f"<w:hdr {W}>{_NO_HEADER}</w:hdr>",
        "word/header2.xml": f"<w:hdr {W}>{letter.header}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {W}>{letter.footer}</w:ftr>",
        "word/footer2.xml": f"<w:ftr {W}>{letter.footer}</w:ftr>",
    }
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, (_DECLARATION + content).encode(), compresslevel=9)
    return buffer.getvalue()


def _settings(language: str) -> str:
    return (
        f'<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )


def _relationships(targets: dict[str, tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _content_types() -> str:
    kinds = {
        "/word/document.xml": f"{_WORD_TYPE}.document.main+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"/word/{target}": _TYPES.get(kind, f"{_WORD_TYPE}.{kind}+xml") for kind, target in _WORD_PARTS.values()},
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _core_properties(title: str, language: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator></dc:creator><dc:language>{language}</dc:language>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created>'
        "</cp:coreProperties>"
    )
