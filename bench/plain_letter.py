"""One simple letter, some fields and a table of rows, as a template in each engine's own syntax."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZipFile

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

SYNTAXES: Final = ("jinja", "docxtemplater", "mailmerge")
FIELDS: Final = ("name", "address", "case", "day", "sender")
COLUMNS: Final = ("what", "who", "start", "end")
_USED_STYLES: Final = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid", "Heading1"}

DATA: Final[dict[str, Any]] = {
    "name": "Nadira Zamirandi & Tariq Zamirandi",
    "address": "Opdigtvej 44, 9999 Vesterlyng",
    "case": "26-012345",
    "day": "tirsdag den 24. november 2026",
    "sender": "Ingolf Iskrystal, integrationsrådgiver",
    "rows": [
        {
            "what": f"{number}. Virksomhedspraktik på gartneri",
            "who": "Børn og Familie",
            "start": f"{number}. december 2026",
            "end": f"{number}. marts 2027",
        }
        for number in range(1, 21)
    ],
}


def make_template(syntax: str) -> bytes:
    """The letter in one of `SYNTAXES`."""
    document: Any = Document()
    put: Callable[[Any, str], None] = _put_merge_field if syntax == "mailmerge" else _TEXT_MARKS[syntax]
    document.add_heading("Plan for det næste halve år", 1)
    for name in FIELDS:
        paragraph = document.add_paragraph(f"{name.capitalize()}: ")
        put(paragraph, name)
        paragraph.add_run(", som I kan læse mere om i det brev, vi har sendt til jer.")
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    for cell, title in zip(table.rows[0].cells, ("Hvad", "Hvem", "Fra", "Til"), strict=True):
        cell.text = title
    if syntax == "jinja":
        table.add_row().cells[0].text = "{%tr for row in rows %}"
    cells = table.add_row().cells
    for cell, name in zip(cells, COLUMNS, strict=True):
        put(cell.paragraphs[0], f"row.{name}" if syntax == "jinja" else name)
    if syntax == "jinja":
        table.add_row().cells[0].text = "{%tr endfor %}"
    elif syntax == "docxtemplater":
        first, last = cells[0].paragraphs[0].runs[0], cells[-1].paragraphs[0].runs[0]
        first.text, last.text = "{#rows}" + first.text, last.text + "{/rows}"
    document.add_paragraph("Ring til os, hvis noget skal være anderledes.")
    _leave_out_unused_styles(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def read_text(data: bytes) -> str:
    """All text of a finished letter, to see that every engine made the same one."""
    with ZipFile(BytesIO(data)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    return "\n".join("".join(text.text or "" for text in line.iter(qn("w:t"))) for line in tree.iter(qn("w:p")))


def _put_jinja(paragraph: Any, name: str) -> None:
    paragraph.add_run("{{ " + name + " }}")


def _put_braces(paragraph: Any, name: str) -> None:
    paragraph.add_run("{" + name + "}")


_TEXT_MARKS: Final = {"jinja": _put_jinja, "docxtemplater": _put_braces}


def _put_merge_field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" MERGEFIELD {name} \\* MERGEFORMAT ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = f"«{name}»"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx knows no fields


def _leave_out_unused_styles(document: Any) -> None:
    """What python-docx begins with has ten times the styles of a letter from Word, and the others would pay."""
    styles = document.styles.element
    for style in list(styles.iterchildren(qn("w:style"))):
        if style.get(qn("w:styleId")) not in _USED_STYLES:
            styles.remove(style)
