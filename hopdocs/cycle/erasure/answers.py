"""Mail files in the folder of answers that are about one family alone: they go with it.

A mail is about a family if it names a notice of hers (its Message-ID, its meeting's UID), her id, her case, or somebody
of her by a whole name. The same mail may bring back what went to others too, a weekly list for instance: that one stays
and is told, since nobody but a person can say whose it is.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from email.header import decode_header, make_header
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.erasure.whole_words import whole_words
from hopdocs.notices.inbound.calendars import UNREADABLE
from hopdocs.notices.inbound.mail_file import LARGEST_MAIL_BYTES, read_message
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from email.message import Message
    from pathlib import Path

_FOLD: Final = re.compile(r"\r?\n[ \t]")


@dataclass(frozen=True, slots=True)
class AboutFamily:
    """The mail files about a family: hers `alone`, those that are about others too, and those that cannot be read."""

    alone: tuple[Path, ...] = ()
    shared: tuple[Path, ...] = ()
    unread: tuple[Path, ...] = ()


def mails_about(folder: Path | None, connection: sqlite3.Connection, family: str, words: Iterable[str]) -> AboutFamily:
    """What lies in the folder about a family; `words` are her case number and whole names."""
    if folder is None or not folder.is_dir():
        return AboutFamily()
    own: set[str] = set()
    others: set[str] = set()
    for name, uid, message_id in connection.execute("SELECT family, uid, message_id FROM notice"):
        (own if name == family else others).update({uid, message_id.strip("<>")} if name else {message_id.strip("<>")})
    said = whole_words((family, *words))
    alone: list[Path] = []
    shared: list[Path] = []
    unread: list[Path] = []
    for path in sorted(item for item in folder.iterdir() if item.suffix.lower() == ".eml"):
        text, is_whole = _text_of(path)
        tokens = set(re.findall(r"[^\s<>\"',;:=]+@[^\s<>\"',;]+", text))
        if tokens & own or said.search(text):
            (shared if tokens & others else alone).append(path)
        elif not is_whole and path.is_file():
            unread.append(path)
    return AboutFamily(tuple(alone), tuple(shared), tuple(unread))


def _text_of(path: Path) -> tuple[str, bool]:
    """All that a mail says, its parts decoded and its lines unfolded, and whether that is all; no mail as it is."""
    try:
        data = read_source(path, 2 * LARGEST_MAIL_BYTES + 2)
    except (FileNotFoundError, UnreadableFile):
        return "", False
    parts: list[str] = []
    is_whole = False
    with suppress(*UNREADABLE):
        parts += _parts(read_message(data))
        is_whole = True
    text = "\n".join(_FOLD.sub("", text) for text in (path.name, data.decode("utf-8", "replace"), *parts))
    return text, is_whole


def _parts(message: Message) -> Iterator[str]:
    for value in message.values():
        yield str(make_header(decode_header(str(value))))
    for part in message.walk():
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            yield payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(payload)
