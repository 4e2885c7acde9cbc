"""New numbers for what has not arrived for certain, when a ledger that may be an old one is started.

It may have been told from the newer ledger already, under these very numbers: a Message-ID that a mailbox has seen is
dropped there as a copy, and a SEQUENCE that a calendar has seen changes nothing (RFC 5546 2.1.5).
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

_CALENDAR: Final = re.compile(
    rb"(Content-Type: text/calendar;[^\r]*\r\n[^\r]*base64\r\n\r\n)([A-Za-z0-9+/=\r\n]+?)(?=--)"
)
_SEQUENCE: Final = re.compile(rb"(?m)^SEQUENCE:\d+")


def renumber(connection: sqlite3.Connection, start: str, base: int) -> None:
    """Give each notice that may still leave another Message-ID, and a SEQUENCE of at least `base`, in its bytes too."""
    rows = connection.execute(
        "SELECT id, message_id, sequence, method, mime FROM notice"
        " WHERE state IN ('pending', 'data_started', 'in_doubt', 'failed')"
    ).fetchall()
    for number, message_id, sequence, method, mime in rows:
        other = _another_id(message_id, start)
        raised = max(sequence, base) if method else sequence
        connection.execute(
            "UPDATE notice SET message_id = ?, sequence = ?, mime = ? WHERE id = ?",
            (other, raised, renumber_mail(mime, message_id, other, raised) if mime else b"", number),
        )


def renumber_mail(mime: bytes, message_id: str, other: str, sequence: int) -> bytes:
    """The same mail under another Message-ID and SEQUENCE."""
    head, blank, body = mime.partition(b"\r\n\r\n")
    head = head.replace(f"Message-ID: {message_id}".encode(), f"Message-ID: {other}".encode(), 1)
    return head + blank + _CALENDAR.sub(lambda found: found[1] + _raise_sequence(found[2], sequence), body)


def _raise_sequence(text: bytes, sequence: int) -> bytes:
    calendar = _SEQUENCE.sub(b"SEQUENCE:%d" % sequence, base64.b64decode(text))
    return base64.encodebytes(calendar).replace(b"\n", b"\r\n")


def _another_id(message_id: str, start: str) -> str:
    domain = message_id.rpartition("@")[2]
    return f"<{hashlib.sha256(f'{message_id}|{start}'.encode()).hexdigest()[:32]}@{domain}"
