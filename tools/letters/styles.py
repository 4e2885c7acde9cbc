"""The look of every letter: type, colour, spacing, lists and tables as real Word styles.

Colours are dark on light with a contrast of at least 4.5:1 (WCAG 2.1, 1.4.3); the text is 11 points, left aligned,
and its language is in the document defaults, where LibreOffice takes the PDF's language from.
"""

from __future__ import annotations

import re
from typing import Final

from tools.letters.wordml import DANISH

W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

INK: Final = "1F2933"
"""Body text: 14.7:1 on white."""
PETROL: Final = "1B5161"
"""Headings and lines: 8.9:1 on white, 7.7:1 on the box."""
SLATE: Final = "4A5560"
"""Small print: 7.6:1 on white."""
TAG: Final = "8A3FA0"
"""Template tags, which no reader of a letter ever sees."""
MIST: Final = "E9F1F3"
"""The box."""
SKY: Final = "D6E6EA"
"""A table's header row."""
HAIR: Final = "9FB8BF"
"""A table's lines."""

_SYMBOLS: Final = (
    '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="Segoe UI Symbol" '
    'w:cs="Segoe UI Symbol"/>'
)
"""Calibri has no box to tick."""

_BULLET: Final = '<w:ind w:left="397" w:hanging="284"/>'
_NUMBER: Final = '<w:ind w:left="510" w:hanging="397"/>'
"""Wide enough for two digits and a gap."""

_SIZE: Final = re.compile(r'<w:(sz|szCs) w:val="(\d+)"/>')
_OWN: Final = range(30, 61)
"""Places in Word's style list that are ours; the others are Word's built-in styles, which it knows by name."""


def _style(  # noqa: PLR0913 - a style is its many settings
    style_id: str,
    name: str,
    *,
    paragraph: str = "",
    text: str = "",
    based_on: str = "Normal",
    followed_by: str = "",
    order: int = 1,
) -> str:
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    follower = f'<w:next w:val="{followed_by}"/>' if followed_by else ""
    kind = ' w:default="1"' if style_id == "Normal" else ' w:customStyle="1"' if order in _OWN else ""
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{style_id}"><w:name w:val="{name}"/>{parent}{follower}'
        f'<w:uiPriority w:val="{order}"/><w:qFormat/>'
        f"{f'<w:pPr>{paragraph}</w:pPr>' if paragraph else ''}{f'<w:rPr>{text}</w:rPr>' if text else ''}</w:style>"
    )


def _space(before: int, after: int, line: int = 276) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _look(points: float, colour: str = "", *, bold: bool = False, italic: bool = False) -> str:
    half = round(points * 2)
    return (
        ("<w:b/>" if bold else "")
        + ("<w:i/>" if italic else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    )


def _heading(level: int, points: float, before: int, after: int) -> str:
    return _style(
        f"Heading{level}",
        f"heading {level}",
        paragraph=f'<w:keepNext/><w:keepLines/>{_space(before, after, 252)}<w:outlineLvl w:val="{level - 1}"/>',
        text=_look(points, PETROL if level < 4 else INK, bold=True),  # noqa: PLR2004 - the fourth level is quiet
        followed_by="Normal",
        order=9,
    )


def _border(side: str, size: int, colour: str, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _paragraph_styles() -> str:
    rule = f"<w:pBdr>{_border('bottom', 8, PETROL, 6)}</w:pBdr>"
    thin = f"<w:pBdr>{_border('top', 4, HAIR, 6)}</w:pBdr>"
    quote_bar = f"<w:pBdr>{_border('left', 24, PETROL, 10)}</w:pBdr>"
    tabs = '<w:tabs><w:tab w:val="right" w:pos="9411"/></w:tabs>'
    return "".join((
        _style("Normal", "Normal", paragraph=_space(0, 120), based_on="", order=0),
        _style(
            "Title", "Title",
            paragraph=f'<w:keepNext/><w:keepLines/>{_space(280, 120, 240)}<w:outlineLvl w:val="0"/>',
            text=_look(21, PETROL, bold=True), followed_by="Normal", order=10,
        ),
        _style(
            "Subtitle", "Subtitle", paragraph=f"<w:keepLines/>{_space(0, 160, 252)}", text=_look(12.5, SLATE),
            followed_by="Normal", order=11,
        ),
        # The title is the one heading of the first level; Word's own "heading 1" is left for whoever wants it.
        _heading(2, 14, 300, 80),
        _heading(3, 12.5, 240, 60),
        _heading(4, 11, 160, 40),
        _style("ListBullet", "List Bullet", paragraph=_list(1, _BULLET), order=20),
        _style("ListNumber", "List Number", paragraph=_list(2, _NUMBER), order=20),
        _style(
            "Quote", "Quote", paragraph=f'<w:keepNext/>{quote_bar}{_space(80, 140, 288)}<w:ind w:left="340"/>',
            text=_look(12.5, PETROL), followed_by="Normal", order=29,
        ),
        _style("Modtager", "Modtager", paragraph=_space(0, 0, 264), order=30),
        _style(
            "Sagslinje", "Sagslinje", paragraph=f"<w:keepLines/>{_space(240, 160, 264)}", text=_look(10, SLATE),
            order=31,
        ),
        # Not kept with the next: LibreOffice breaks a long chain of kept paragraphs before a table now here, now there.
        _style("Maal", "Mål", paragraph=f"<w:keepLines/>{_space(0, 100)}", order=32),
        _style("EfterTabel", "Efter tabel", paragraph=_space(180, 120), followed_by="Normal", order=32),
        _style("Hilsen", "Hilsen", paragraph=f"<w:keepNext/><w:keepLines/>{_space(280, 0)}", order=33),
        _style(
            "Underskriver", "Underskriver", paragraph=f"<w:keepLines/>{_space(0, 200)}<w:contextualSpacing/>", order=34
        ),
        _style(
            "Bokshoved", "Bokshoved", paragraph=f"<w:keepNext/>{_space(0, 20, 264)}",
            text=_look(11, PETROL, bold=True), followed_by="Bokstekst", order=35,
        ),
        _style("Bokstekst", "Bokstekst", paragraph=_space(0, 20, 264), order=36),
        _style("Smaatekst", "Småtekst", paragraph=_space(120, 80, 252), text=_look(9.5, SLATE), order=37),
        _style(
            "Tabelhoved", "Tabelhoved", paragraph=_space(0, 0, 252), text=_look(10, INK, bold=True),
            order=38,
        ),
        _style("Tabeltekst", "Tabeltekst", paragraph=_space(0, 0, 252), text=_look(10), order=39),
        _style("Kryds", "Kryds", paragraph=_space(0, 0, 240), text=_SYMBOLS + _look(11), order=40),
        _style("Felt", "Felt", paragraph=_space(0, 0, 240), text=_look(9.5, SLATE), order=40),
        _style("Maerke", "Mærke", paragraph=f"<w:keepNext/>{_space(200, 60, 252)}", text=_look(10, SLATE, bold=True),
               followed_by="Normal", order=41),
        _style("Afsender", "Afsender", paragraph=_space(0, 0, 252), text=_look(15, PETROL, bold=True), order=50),
        _style("Afsenderlinje", "Afsenderlinje", paragraph=_space(0, 0, 252), text=_look(9.5, SLATE), order=51),
        _style(
            "Afsenderslut", "Afsenderslut", based_on="Afsenderlinje", paragraph=f"{rule}{_space(0, 200, 252)}", order=52
        ),
        _style("Header", "header", paragraph=f"{tabs}{_space(0, 222, 240)}", text=_look(9.5, SLATE), order=99),
        _style("Footer", "footer", paragraph=f"{thin}{tabs}{_space(0, 0, 240)}", text=_look(9.5, SLATE), order=99),
        _style(
            "Skabelonkode", "Skabelonkode", paragraph=_space(0, 0, 240),
            text='<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:noProof/>' + _look(8, TAG),
            order=60,
        ),
    ))  # fmt: skip


def _list(number: int, indent: str) -> str:
    return f'<w:numPr><w:numId w:val="{number}"/></w:numPr>{_space(0, 140, 300)}{indent}<w:contextualSpacing/>'


def _table_styles() -> str:
    lines = "".join(_border(side, 4, HAIR) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    head = (
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
        f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SKY}"/></w:tcPr></w:tblStylePr>'
    )
    return "".join((
        ('<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_margins(0, 108)}</w:tblPr></w:style>'),
        _table_style("Skema", "Skema", f"<w:tblBorders>{lines}</w:tblBorders>", _margins(55, 100), head),
        _table_style(
            "Boks", "Boks", f"<w:tblBorders>{_border('left', 36, PETROL)}</w:tblBorders>", _margins(120, 200),
            f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{MIST}"/></w:tcPr>',
        ),
        _table_style("Felter", "Felter", f"<w:tblBorders>{lines}</w:tblBorders>", _margins(60, 100), ""),
    ))  # fmt: skip


def _table_style(style_id: str, name: str, borders: str, margins: str, rest: str) -> str:
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr>{borders}{margins}</w:tblPr>'
        f"{rest}</w:style>"
    )


def _margins(vertical: int, horizontal: int) -> str:
    sides = (("top", vertical), ("left", horizontal), ("bottom", vertical), ("right", horizontal))
    inner = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    return f"<w:tblCellMar>{inner}</w:tblCellMar>"


def styles_part(scale: float = 1.0, language: str = DANISH) -> str:
    """`word/styles.xml`, with type so much larger than a letter's, in a language."""
    if scale != 1:
        made = styles_part(language=language)
        return _SIZE.sub(lambda found: f'<w:{found[1]} w:val="{round(int(found[2]) * scale)}"/>', made)
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
    return (
        f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="{INK}"/>'
        f'<w:sz w:val="22"/><w:szCs w:val="22"/>'
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault/></w:docDefaults>{_paragraph_styles()}{_table_styles()}</w:styles>"
    )


def numbering_part() -> str:
    """`word/numbering.xml`: one list of points, one of steps."""
    bullet = _level("bullet", "•", _BULLET)
    number = _level("decimal", "%1.", _NUMBER)
    return (
        f"<w:numbering {W}>"
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>{bullet}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>{number}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def _level(form: str, text: str, indent: str) -> str:
    return (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr>{indent}</w:pPr>'
        f'<w:rPr><w:b/><w:color w:val="{PETROL}"/></w:rPr></w:lvl>'
    )
