"""All letters that go on paper as one file: each begins on the front of a sheet, and so does what lies beside it.

A secretary prints it on both sides, and folds what belongs together into an envelope with a window. The pages are for
the printer alone: their tags and links, which a screen would need, stay in the letters themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter

from hopdocs.dispatch.window import compose_sheets, shows_address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pypdf import PageObject

    from hopdocs.dispatch.planned import PlannedLetter
    from hopdocs.model.dispatch import EnvelopeWindow

A4 = (595.276, 841.89)
"""In points."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Where one letter stands in a print file; pages count from 1, the blank ones too."""

    letter: PlannedLetter
    first_page: int
    pages: int


def bind_letters(
    letters: Sequence[PlannedLetter], window: EnvelopeWindow, convert: Callable[[bytes, str], bytes]
) -> tuple[bytes, tuple[Printed, ...]]:
    """The print file, and where each letter stands in it.

    `convert` makes a Word file into a PDF; it is asked once, and only if an address is to be shown on a sheet.
    """
    needing = [item for item in letters if not shows_address(item.files[0].data, item.address, window)]
    sheets = _sheets(needing, window, convert)
    writer = PdfWriter()
    printed = []
    for letter in letters:
        first = len(writer.pages) + 1
        if letter in needing:
            writer.add_page(sheets[needing.index(letter)])
            _fill_sheet(writer)
        for item in letter.files:
            for page in PdfReader(BytesIO(item.data)).pages:
                writer.add_page(page)
            _fill_sheet(writer)
        printed.append(Printed(letter, first, len(writer.pages) - first + 1))
    writer.metadata = {"/Title": "Breve på papir"}
    writer.compress_identical_objects()
    target = BytesIO()
    writer.write(target)
    return target.getvalue(), tuple(printed)


def _sheets(
    letters: Sequence[PlannedLetter], window: EnvelopeWindow, convert: Callable[[bytes, str], bytes]
) -> Sequence[PageObject]:
    """A page for each letter's address, in their order."""
    if not letters:
        return ()
    word_file = compose_sheets([letter.address for letter in letters], window)
    return PdfReader(BytesIO(convert(word_file, "Adresser"))).pages


def _fill_sheet(writer: PdfWriter) -> None:
    """Begin the next document on a front: add a back that is blank, if the last one stands on a front."""
    if len(writer.pages) % 2:
        width, height = A4
        writer.add_blank_page(width, height)
