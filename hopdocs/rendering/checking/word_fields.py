"""Word's fields that a letter has no answer to.

Some ask a clock or the disk, some the user, some the list of a mail merge that is long gone. Word and LibreOffice then
show what they find on the machine where the letter is opened, what the template showed when it was saved, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.rendering.docx.fields import WordField, read_fields
from hopdocs.rendering.docx.repairs.title_fields import shows_title
from hopdocs.rendering.docx.stories import W, locate_element
from hopdocs.rendering.faults import shorten_excerpt, template_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_CLOCK: Final = frozenset({"DATE", "TIME", "SAVEDATE", "PRINTDATE"})
_MAIL_MERGE: Final = frozenset(
    {"MERGEFIELD", "MERGEREC", "MERGESEQ", "NEXT", "NEXTIF", "SKIPIF", "ADDRESSBLOCK", "GREETINGLINE", "DATABASE"}
)
_CONTENTS: Final = frozenset({"TOC", "INDEX", "TOA"})
_ANSWERED: Final = frozenset(
    {
        *("PAGE", "NUMPAGES", "PAGEREF", "REF", "NOTEREF", "STYLEREF", "HYPERLINK", "SEQ", "LISTNUM", "TITLE"),
        *("FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "SYMBOL", "QUOTE", "EQ", "ADVANCE", "TC", "XE", "TA", "BARCODE"),
        *("AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "DISPLAYBARCODE", "FORM", "SHAPE", "EMBED", "PRIVATE", "HTMLCONTROL"),
    }
)
"""What Word and LibreOffice work out from the letter itself, or leave as it was written."""
_FETCHING: Final = frozenset({"INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "DDEAUTO", "DDE", "LINK", "IMPORT", "RD"})
"""Refused where the package is opened."""


def find_unanswered_fields(template: str, label: str, root: etree._Element) -> Iterator[Diagnostic]:
    """A finding at each field whose answer is not in the letter."""
    bookmarks = {mark.get(f"{W}name", "").upper() for mark in root.iter(f"{W}bookmarkStart")}
    for field in read_fields(root):
        kind = field.kind
        if not kind or kind in _ANSWERED or kind in _FETCHING or kind in bookmarks or shows_title(field):
            continue
        place = locate_element(label, field.start)
        if kind in _CLOCK:
            yield Diagnostic(template, 0, 0, "HD326", {"what": kind}, Severity.WARNING, Blocks.NOTHING, place=place)
        elif kind in _MAIL_MERGE:
            yield template_fault("HD355", template, place=place, what=_spell(field))
        elif kind in _CONTENTS:
            yield template_fault("HD356", template, place=place)
        else:
            yield template_fault("HD354", template, place=place, what=_spell(field))


def _spell(field: WordField) -> str:
    """The instruction as Word shows it with Alt+F9."""
    return shorten_excerpt(field.instruction)
