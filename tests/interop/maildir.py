"""Inboxes as Postfix's own delivery agent fills them."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Arrival:
    """One mail as it lies on disk: with the headers that Postfix put on top, and LF for CRLF, as on any Unix."""

    path: Path
    data: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.data, policy=policy.default)

    @property
    def as_sent(self) -> bytes:
        """The bytes as they came over the wire: without what delivery added."""
        lines = self.data.split(b"\n")
        start = next(place for place, line in enumerate(lines) if line.startswith(b"From:"))
        return b"\r\n".join(lines[start:])


class Maildir:
    """One person's inbox, in the order of arrival."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: set[str] = set()

    def arrivals(self) -> list[Arrival]:
        """What came since the last `forget`."""
        fresh = [path for path in (self.folder / "new").glob("*") if path.name not in self._seen]
        return [Arrival(path, path.read_bytes()) for path in sorted(fresh, key=lambda path: path.stat().st_mtime_ns)]

    def forget(self) -> None:
        """From here on only what comes later counts."""
        self._seen |= {path.name for path in (self.folder / "new").glob("*")}
