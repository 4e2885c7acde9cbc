"""Fields that show the document's title: they show what the letter is called, not what the template was.

Word works them out in a header when the letter is printed, and in the body when somebody asks for it; other programs
show what the file holds. So the title stands in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.rendering.docx.fields import WordField, read_fields

if TYPE_CHECKING:
    from lxml import etree

TITLE_SLOT: Final = "\ue002title\ue003"
"""Stands for the title until a document is made."""


def keep_title(root: etree._Element) -> bool:
    """Put the slot where each such field shows something; whether there was one."""
    fields = [field for field in read_fields(root) if shows_title(field) and field.shown]
    for field in fields:
        for number, node in enumerate(field.shown):
            node.text = "" if number else TITLE_SLOT
    return bool(fields)


def shows_title(field: WordField) -> bool:
    """Whether a field asks for the title by one of its names."""
    words = field.instruction.replace('"', " ").upper().split()
    return words[:1] == ["TITLE"] or words[:2] in (["DOCPROPERTY", "TITLE"], ["INFO", "TITLE"])
