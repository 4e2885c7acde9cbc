"""A copy of a template with a Word comment at each fault, for the person who edits it in Word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from hopdocs.catalogue import Language, fill_hint, fill_message
from hopdocs.rendering.docx.package import read_members, write_members

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.diagnostics import Diagnostic

AUTHOR: Final = "hopdocs"
_EXCERPT: Final = re.compile(r'"(.*)"$', re.DOTALL)
_TAG_KIND: Final = re.compile(r"({[{%#])(?:tr|tc|p|r)\s")
_PLACES_WITHOUT_COMMENTS: Final = ("header", "footer", "footnotes", "properties")
"""Word has comments in the body only; faults elsewhere stand at the document's beginning, with their place."""


def annotate_template(data: bytes, faults: Iterable[Diagnostic], language: Language) -> bytes:
    """The template with its faults as comments; the same bytes each time."""
    document: Any = Document(BytesIO(data))
    paragraphs = [Paragraph(element, document) for element in document.element.body.iter(qn("w:p"))]
    if not paragraphs:
        paragraphs = [document.add_paragraph("")]
    for fault in faults:
        text = f"{fault.code}: {fill_message(fault.code, fault.params, language)}"
        hint = fill_hint(fault.code, fault.params, language)
        elsewhere = fault.place.startswith(_PLACES_WITHOUT_COMMENTS)
        paragraph = paragraphs[0] if elsewhere else _find_paragraph(paragraphs, fault.place)
        said = [f"{fault.place}:"] if elsewhere else []
        _comment(document, paragraph, "\n".join([*said, text, hint] if hint else [*said, text]))
    stream = BytesIO()
    document.save(stream)
    members, _ = read_members(stream.getvalue(), "")
    return write_members(members)


def _find_paragraph(paragraphs: list[Any], place: str) -> Any:
    """The paragraph that a place's excerpt comes from.

    docxtpl has moved some of the text by then (a row's tag stands alone), so the most similar one is taken.
    """
    match = _EXCERPT.search(place)
    wanted = match[1].removesuffix("…").removeprefix("…") if match else ""

    def likeness(paragraph: Any) -> float:
        text = _TAG_KIND.sub(r"\1 ", " ".join(paragraph.text.split()))
        if not text or not wanted:
            return 0.0
        if text.startswith(wanted) or wanted.endswith(text) or (match and match[1].startswith("…") and wanted in text):
            return 2.0
        return SequenceMatcher(None, text[: len(wanted) * 2], wanted, autojunk=False).ratio()

    return max(paragraphs, key=likeness)


def _comment(document: Any, paragraph: Any, text: str) -> None:
    runs = paragraph.runs or [paragraph.add_run("")]
    comment = document.add_comment(runs=runs, text=text, author=AUTHOR, initials="hd")
    comment._comment_elm.attrib.pop(qn("w:date"), None)  # noqa: SLF001 - no clock in what is written
