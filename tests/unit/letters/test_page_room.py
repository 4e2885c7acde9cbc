"""What is found on a finished page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.unit.letters.page_room import find_torn
from tools.letters.frame import letter
from tools.letters.package import pack_letter
from tools.letters.wordml import heading, paragraph, title

if TYPE_CHECKING:
    from hopdocs.rendering.pdf.worker_pool import PdfConverter


def test_pages_that_are_nearly_blank_or_torn_apart_are_found(converter: PdfConverter) -> None:
    torn = letter(
        "Prøve",
        title("Prøve"),
        heading("Forladt"),
        paragraph("Her står det, som overskriften er til.", page_break=True),
        paragraph("Venlig hilsen", "Hilsen", page_break=True),
        paragraph("Kamma Korsedderkop", "Underskriver"),
    )
    found = find_torn(converter.convert(pack_letter(torn), "Prøve"))
    assert [re.sub(r"\d+%", "nine tenths", fault) for fault in found] == [
        "page 1: nine tenths blank",
        "page 2: nine tenths blank",
        "page 3: only the signature",
        "page 1: a heading is its last line",
    ]
