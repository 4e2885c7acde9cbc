"""Paragraphs, runs and tables as WordprocessingML text (ECMA-376, part 1, 17).

Written as text, not through an object model: a letter is mostly template tags, the bytes are the same on every
machine, and a package holds only what the letter uses. Widths are millimetres.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Sequence

DANISH: Final = "da-DK"
TWIPS_PER_MM: Final = 1440 / 25.4
TEXT_WIDTH_MM: Final = 166
"""A4 less margins of 22 mm: lines of some 90 characters at 11 points."""

_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
_FOREIGN: Final = re.compile(r"⟦(.+?)⟧")


def twips(millimetres: float) -> int:
    """Word's unit of length: a twentieth of a point."""
    return round(millimetres * TWIPS_PER_MM)


def run(text: str, *, bold: bool = False, language: str = "") -> str:
    """One run. A line break in the text is a line break in the letter; tags of the template pass unharmed.

    `language`: what its words are in, where that is not the letter's own, so that they are read aloud in it.
    """
    looks = ("<w:b/>" if bold else "") + (f'<w:lang w:val="{language}"/>' if language else "")
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{lines}</w:r>"


def runs(text: str) -> str:
    """A sentence in which `**these words**` are bold, and in a translation `⟦these⟧` Danish."""
    return "".join(
        run(part, bold=bool(bold % 2), language=DANISH if danish % 2 else "")
        for bold, piece in enumerate(_BOLD.split(text))
        for danish, part in enumerate(_FOREIGN.split(piece))
        if part
    )


def field(instruction: str) -> str:
    """A field that Word counts itself, such as the page number."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def raw_paragraph(content: str, style: str = "", *, keep_next: bool = False, page_break: bool = False) -> str:
    """A paragraph of runs already made."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += "<w:keepNext/>" if keep_next else ""
    properties += "<w:pageBreakBefore/>" if page_break else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def paragraph(text: str, style: str = "", *, keep_next: bool = False, page_break: bool = False) -> str:
    """A paragraph of text."""
    return raw_paragraph(runs(text), style, keep_next=keep_next, page_break=page_break)


def title(text: str) -> str:
    """The letter's title."""
    return paragraph(text, "Title")


def heading(text: str, level: int = 1, *, page_break: bool = False) -> str:
    """A heading that stays with what it heads: of the first level below the letter's title, or of a deeper one."""
    return paragraph(text, f"Heading{level + 1}", page_break=page_break)


def bullets(*lines: str, keep_next: bool = False) -> str:
    """A list without numbers, on one page: its lines are few and belong together.

    `keep_next`: also with what comes after, which is the next line where the list is repeated for each item.
    """
    return "".join(paragraph(line, "ListBullet", keep_next=keep_next or line != lines[-1]) for line in lines)


def steps(*lines: str) -> str:
    """A numbered list."""
    return "".join(paragraph(line, "ListNumber") for line in lines)


def steps_each(loop: str, line: str) -> str:
    """The same of any length, a number an item; the last is on the page of what comes after."""
    last = paragraph(line, "ListNumber", keep_next=True)
    return each(loop, when("loop.last", last, otherwise=[steps(line)]))


def tag(code: str) -> str:
    """A paragraph that holds a template tag only: it is gone in the letter, and easy to see in Word."""
    return paragraph(code, "Skabelonkode")


def when(condition: str, *blocks: str, otherwise: Sequence[str] = ()) -> str:
    """Blocks that stand in the letter only when the condition holds."""
    other = tag("{%p else %}") + "".join(otherwise) if otherwise else ""
    return tag(f"{{%p if {condition} %}}") + "".join(blocks) + other + tag("{%p endif %}")


def each(loop: str, *blocks: str) -> str:
    """Blocks repeated: `each("goal in goals", …)`."""
    return tag(f"{{%p for {loop} %}}") + "".join(blocks) + tag("{%p endfor %}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: text, or finished paragraphs; `line` draws a line to write on under it."""

    content: str
    style: str = "Tabeltekst"
    line: bool = False

    def paragraphs(self) -> str:
        """What stands in the cell, which Word demands be at least one paragraph."""
        return self.content if self.content.startswith("<w:p>") else paragraph(self.content, self.style)


def row(cells: Sequence[Cell | str], widths: Sequence[float], *, header: bool = False, height_mm: float = 0) -> str:
    """One row, never split over two pages. A header row is repeated on each page and read as headers aloud.

    It is kept with the row below: LibreOffice 7.4 otherwise leaves the heads alone at the end of a page now and then,
    and the row that has no room there is on no page at all.
    """
    height = f'<w:trHeight w:val="{twips(height_mm)}" w:hRule="atLeast"/>' if height_mm else ""
    properties = f"<w:trPr><w:cantSplit/>{height}{'<w:tblHeader/>' if header else ''}</w:trPr>"
    body = "".join(_cell(cell, width, header=header) for cell, width in zip(cells, widths, strict=True))
    return f"<w:tr>{properties}{body}</w:tr>"


def _head(words: str) -> Cell:
    return Cell(paragraph(words, "Tabelhoved", keep_next=True))


def _cell(cell: Cell | str, width: float, *, header: bool) -> str:
    made = cell if isinstance(cell, Cell) else _head(cell) if header else Cell(cell)
    line = '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:color="4A5560"/></w:tcBorders>' if made.line else ""
    bottom = '<w:vAlign w:val="bottom"/>' if made.line else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{line}{bottom}</w:tcPr>{made.paragraphs()}</w:tc>'


def rows_each(loop: str, cells: Sequence[Cell | str], widths: Sequence[float]) -> str:
    """A row for each item of a list."""
    return row_tag(f"{{%tr for {loop} %}}", widths) + row(cells, widths) + row_tag("{%tr endfor %}", widths)


def rows_when(condition: str, content: str, widths: Sequence[float]) -> str:
    """Rows that stand in the table only when the condition holds."""
    return row_tag(f"{{%tr if {condition} %}}", widths) + content + row_tag("{%tr endif %}", widths)


def row_tag(code: str, widths: Sequence[float]) -> str:
    """A row that holds a template tag only."""
    return row([Cell(code, "Skabelonkode"), *[Cell("", "Skabelonkode")] * (len(widths) - 1)], widths)


def table(rows: str, widths: Sequence[float], *, style: str = "Skema", description: str, heads: bool = True) -> str:
    """A table of full width with a description for those who hear the letter."""
    look = f'<w:tblLook w:val="{"0620" if heads else "0600"}" w:firstRow="{int(heads)}" w:lastRow="0" '
    look += 'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}<w:tblDescription w:val={quoteattr(description)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def box(*blocks: str, description: str) -> str:
    """A shaded box: a table of one cell, which every reader and every Word can follow."""
    widths = [TEXT_WIDTH_MM - 0.7]  # its thick left edge stands outside
    return table(row([Cell("".join(blocks))], widths), widths, style="Boks", description=description, heads=False)
