"""What Word shows of a template and no letter would, found in its texts without any data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.rendering.checking.lost_words import find_lost_words
from hopdocs.rendering.checking.pictures import find_undescribed_pictures
from hopdocs.rendering.checking.word_fields import find_unanswered_fields
from hopdocs.rendering.docx.stories import read_stories

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.diagnostics import Diagnostic
    from hopdocs.rendering.docx.zip_member import ZipMember

_RULES = (find_lost_words, find_unanswered_fields, find_undescribed_pictures)


def find_in_word(template: str, members: Iterable[ZipMember]) -> list[Diagnostic]:
    """Every finding, text by text."""
    return [
        fault for _, label, root in read_stories(members) for rule in _RULES for fault in rule(template, label, root)
    ]
