"""Files that a person changed and that were kept aside: do they hold what their reader may no longer see?

What a person wrote is never deleted, and nothing makes such a file anew. So when consents or `visible_to` narrow, it
goes on showing what it showed. It is found by its words, and said until somebody has looked and deleted it: no day
tells when it was changed, and the person may have put anything into it.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.documents.audience import Audience
from hopdocs.documents.sight import entries_of, name_of, readers_of
from hopdocs.errors import FaultyInput
from hopdocs.freshness.aside_names import aside_of, next_aside
from hopdocs.freshness.staleness import Action, FileState
from hopdocs.rendering.docx.tracked.comparison import paragraphs_of
from hopdocs.rendering.docx.zip_member import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hopdocs.cycle.tasks import DocumentResult
    from hopdocs.documents.audience import Reader
    from hopdocs.documents.sight import SightEntry
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.evaluation import FamilyOutcome
    from hopdocs.freshness.publish import FolderListing

_WORD: Final = re.compile(r"\w{4,}")
"""Shorter ones say nothing by themselves."""


def tell_asides(
    outcome: FamilyOutcome,
    listing: FolderListing,
    results: Iterable[DocumentResult],
    finished: Mapping[str, bytes],
) -> list[Diagnostic]:
    """A warning for each file kept aside, now or earlier, that holds words which its reader may not see.

    `finished` has the papers that are made now, by name. A PDF, or a file that is none any more, is not read: it is
    told of where there is anything that its reader may not see.
    """
    day = outcome.day
    asides = [(name, name, aside_of(name)) for name in listing.asides()]
    asides += [
        (item.name, next_aside(item.name, listing.file_stats), item.name)
        for item in results
        if item.file_state is FileState.BY_HAND and (item.name in finished or item.action is Action.REMOVED)
    ]
    asides = [item for item in asides if not listing.is_folder(item[0])]
    if day is None or not asides:
        return []
    wanted = {f"{document.stem}.docx": document.recipient for document in outcome.documents}
    sight = _Words(day)
    found = []
    for name, aside, paper in asides:
        word_file = f"{paper.rpartition('.')[0]}.docx"
        present = finished.get(word_file) or listing.read(word_file) or b""
        if word_file not in wanted or sight.may_hold_withheld(listing.read(name) or b"", wanted[word_file], present):
            place = f"{listing.path.parent.name}/{listing.path.name}/{aside}"
            found.append(Diagnostic(place, 0, 0, "HD589", {}, Severity.WARNING, Blocks.NOTHING))
    return found


class _Words:
    """The words of a family's entries, and who may see them."""

    def __init__(self, day: FamilyDay) -> None:
        audience = Audience(day)
        self._readers = readers_of(audience)
        self._entries = [(entry, words_of(_value_at(day.family, entry))) for entry in entries_of(audience)]

    def may_hold_withheld(self, aside: bytes, recipient: str | None, present: bytes) -> bool:
        """Whether a file may hold a word that stands only in what its reader, or any reader of all, may not see."""
        readers = [item for item in self._readers if recipient is None or name_of(item) == recipient]
        withheld, seen = set[str](), words_of(_text_of(present) or "")
        for entry, words in self._entries:
            if readers and _all_see(entry, readers):
                seen |= words
            else:
                withheld |= words
        text = _text_of(aside)
        return bool(withheld - seen) if text is None else bool(words_of(text) & (withheld - seen))


def _all_see(entry: SightEntry, readers: Iterable[Reader]) -> bool:
    return all(entry.why_hidden(reader) is None for reader in readers)


def _value_at(family: object, entry: SightEntry) -> object:
    value: object = family
    for step in entry.at:
        value = value[step] if isinstance(value, (tuple, dict)) else getattr(value, str(step))  # type: ignore[index]
    return value


def words_of(value: object) -> set[str]:
    """Every word of a text, or of all the texts in a value; not the words of closed lists."""
    return {word for text in _texts(value) for word in _WORD.findall(text.casefold())}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if not isinstance(value, Enum):
            yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _texts(item)


def _text_of(docx: bytes) -> str | None:
    """What a Word file says; None where it is none."""
    try:
        return "\n".join(paragraphs_of(docx))
    except (*UNREADABLE, SyntaxError, FaultyInput):
        return None
