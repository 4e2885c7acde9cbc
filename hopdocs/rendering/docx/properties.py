"""A document's core properties (docProps/core.xml): who, what, when, as slots in finished text.

docxtpl always sets six of them, so six elements always exist; the same is done here, once. It also escapes them
twice when asked to escape at all; here they are escaped once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from typing import TYPE_CHECKING, Final

from markupsafe import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATED_PROPERTIES: Final = ("author", "comments", "identifier", "language", "subject", "title")
"""The core properties that docxtpl renders, in its order."""
LONGEST_PROPERTY: Final = 255
"""python-docx refuses longer ones."""

_SLOT: Final = re.compile("\ue000([a-z_]+)\ue001")
_NAMES: Final = (
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:type="dcterms:W3CDTF"'
)
_DATES: Final = {"created": "dcterms:created", "modified": "dcterms:modified"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentProperties:
    """What the document says of itself; an empty text leaves the template's own value."""

    title: str = ""
    author: str = ""
    subject: str = ""
    language: str = "da-DK"
    created: date | datetime | None = None
    """When the letter is from. Also the modification date: a letter's dates come from its data, not from a clock."""

    def texts(self) -> dict[str, str]:
        """The values that replace the template's own, as XML text."""
        wanted = {"title": self.title, "author": self.author, "subject": self.subject, "language": self.language}
        return {key: str(escape(shorten(value))) for key, value in wanted.items() if value}


def mark_slot(field: str) -> str:
    """The text that stands for a property until a document is made."""
    return f"\ue000{field}\ue001"


def shorten(text: str) -> str:
    """A property no longer than Word's object model takes."""
    return text if len(text) <= LONGEST_PROPERTY else text[: LONGEST_PROPERTY - 1] + "…"


def shorten_markup(markup: str) -> str:
    """The same for text that is escaped already."""
    return markup if len(markup) <= LONGEST_PROPERTY else str(escape(shorten(unescape(markup))))


@dataclass(frozen=True, slots=True)
class CoreXml:
    """core.xml cut at its slots: fixed texts around the names of fields."""

    pieces: tuple[str, ...]
    dates: Mapping[str, str]
    """What the template's own date elements are, where it has them."""

    @classmethod
    def cut(cls, xml: str) -> CoreXml:
        """Find the slots, and make slots of the dates."""
        dates = dict.fromkeys(_DATES, "")
        for field, tag in _DATES.items():
            match = re.search(rf"<{tag}\b[^>]*>[^<]*</{tag}>|<{tag}\b[^>]*/>", xml)
            if match:
                dates[field] = match[0]
                xml = xml.replace(match[0], mark_slot(field), 1)
            else:
                end = xml.rindex("</")
                xml = xml[:end] + mark_slot(field) + xml[end:]
        return cls(tuple(_SLOT.split(xml)), dates)

    def fill(self, texts: Mapping[str, str], properties: DocumentProperties | None) -> bytes:
        """The part, from what the template's own properties came to and what the caller wants instead."""
        values = {**self.dates, **texts}
        if properties is not None:
            values.update(properties.texts())
            if properties.created is not None:
                moment = format_moment(properties.created)
                values.update({key: f"<{tag} {_NAMES}>{moment}</{tag}>" for key, tag in _DATES.items()})
        return "".join(
            values.get(piece, "") if index % 2 else piece for index, piece in enumerate(self.pieces)
        ).encode()


def format_moment(moment: date | datetime) -> str:
    """W3CDTF in UTC; a bare date is its noon, so that no zone moves it to another day."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{moment.isoformat()}T12:00:00Z"
