"""The list of a template's fields as a page to read, and as a Word file to copy from."""

from __future__ import annotations

from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document

from hopdocs.rendering.docx.package import read_members, write_members

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hopdocs.rendering.checking.field_list import TemplateField


def write_field_page(title: str, heads: tuple[str, str], fields: Iterable[TemplateField]) -> str:
    """An HTML page with a row a field."""
    rows = "\n".join(
        f"<tr><td><code>{escape(field.tag)}</code></td><td>{escape(field.example)}</td></tr>" for field in fields
    )
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    return (
        f'<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8"><title>{escape(title)}</title></head>\n'
        f"<body><h1>{escape(title)}</h1>\n<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n"
        "</tbody></table></body></html>\n"
    )


def write_field_sheet(title: str, heads: tuple[str, str], fields: Sequence[TemplateField]) -> bytes:
    """A Word file with every field in it, each in a run of its own; the same bytes each time."""
    document: Any = Document()
    document.add_heading(title, 1)
    table = document.add_table(len(fields) + 1, 2)
    table.style = "Table Grid"
    for row, (tag, example) in zip(table.rows, [heads, *fields], strict=True):
        left, right = row.cells
        left.text, right.text = tag, example
    stream = BytesIO()
    document.save(stream)
    return write_members(read_members(stream.getvalue(), "")[0])
