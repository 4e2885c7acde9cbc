"""Reads finished letters: their paragraphs with style, their tables, their text."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar
from zipfile import ZipFile

from lxml import etree

from hopdocs.documents.views import Context
from hopdocs.documents.wanted import numbered
from hopdocs.languages.filters import filters_of
from hopdocs.model.scalars.languages import language_of_template
from hopdocs.rendering.template import compile_template_bytes
from tools.letters.build import build_template

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.rendering.template import Template

AnyContext = TypeVar("AnyContext", bound=Context)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Block:
    """A paragraph or a table of the body, in order."""

    kind: str
    style: str
    text: str


@cache
def compiled(stem: str) -> Template:
    language = language_of_template(stem.partition(".")[2])
    return compile_template_bytes(build_template(stem), f"{stem}.docx", filters=filters_of(language))


def with_version(context: AnyContext, *, version: int, day: date) -> AnyContext:
    return replace(context, document=numbered(context.document, version=version, day=day))


def render(stem: str, context: Context) -> bytes:
    return compiled(stem).render({field.name: getattr(context, field.name) for field in fields(context)})


def parts_of(docx: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body_of(docx: bytes) -> etree._Element:
    body = etree.fromstring(parts_of(docx)["word/document.xml"]).find(f"{W}body")
    assert body is not None
    return body


def text_of(element: etree._Element) -> str:
    lines = ["".join(node.text or "" for node in paragraph.iter(f"{W}t")) for paragraph in element.iter(f"{W}p")]
    return "\n".join(lines)


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "Normal" if style is None else style.get(f"{W}val") or ""


def blocks_of(docx: bytes) -> list[Block]:
    blocks = []
    for element in body_of(docx):
        kind = etree.QName(element).localname
        if kind == "p":
            blocks.append(Block("p", style_of(element), text_of(element)))
        elif kind == "tbl":
            blocks.append(Block("tbl", "", text_of(element)))
    return blocks


def all_text(docx: bytes) -> str:
    parts = parts_of(docx)
    wanted = [name for name in parts if re.fullmatch(r"word/(document|header\d|footer\d)\.xml", name)]
    return "\n".join(text_of(etree.fromstring(parts[name])) for name in wanted)
