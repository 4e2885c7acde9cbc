"""Every text of a package, put right in one go: each part is parsed once, and written only where it changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hopdocs.rendering.docx.repairs.content_controls import unmap_controls
from hopdocs.rendering.docx.repairs.section_ends import keep_sections
from hopdocs.rendering.docx.repairs.title_fields import keep_title
from hopdocs.rendering.docx.repairs.torn_tags import settle_tags
from hopdocs.rendering.docx.stories import read_stories, write_xml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.rendering.docx.zip_member import ZipMember

_RAW: Final = "footnotes"
"""docxtpl takes notes as they are written, quotes as `&quot;` and all: so they are written without."""
_FILLED_IN: Final = ("body", "header", "footer", "footnotes")
_HINTS: Final = (b"{", b"instr")
_STEPS: Final = (settle_tags, unmap_controls, keep_sections)


def repair_stories(members: Iterable[ZipMember]) -> list[ZipMember]:
    """The members with their texts as docxtpl reads them best; the very same objects where nothing is to be done."""
    mended = list(members)
    changed = {}
    for member, label, root in read_stories(member for member in mended if any(word in member.data for word in _HINTS)):
        done = [step(root) for step in _STEPS]
        done.append(label in _FILLED_IN and keep_title(root))
        if any(done) or (label == _RAW and b"&" in member.data):
            changed[member.name] = write_xml(root)
    return [replace(member, data=changed[member.name]) if member.name in changed else member for member in mended]
