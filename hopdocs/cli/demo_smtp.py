"""The demo's own mail server: SMTP on a free port of loopback, keeping every mail that it takes as a file.

It runs beside the demo in a thread with an event loop of its own. aiosmtpd's ready-made controller is not used: it
can time out while it starts (aiosmtpd issue 262).
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any, Self

from aiosmtpd.smtp import SMTP

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path
    from types import TracebackType

_START_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as the server took it, and where it lies."""

    recipient: str
    data: bytes
    path: Path

    @property
    def message(self) -> EmailMessage:
        """The mail, parsed."""
        return message_from_bytes(self.data, policy=policy.default)

    @property
    def subject(self) -> str:
        """Its subject as a person reads it."""
        return str(self.message["Subject"])

    def calendar_lines(self, *names: str) -> list[str]:
        """The calendar part's lines that begin with one of these names, unfolded (RFC 5545 3.1)."""
        for part in self.message.walk():
            if part.get_content_type() == "text/calendar":
                text = part.get_content().replace("\r\n ", "").replace("\n ", "")
                event = text[text.index("BEGIN:VEVENT") :] if "BEGIN:VEVENT" in text else ""
                method = [line for line in text.splitlines() if line.startswith("METHOD:")]
                return method + [line for line in event.splitlines() if line.startswith(names)]
        return []


class Mailbox:
    """A context manager; `letters` grows as mail comes in, `port` is where it listens."""

    def __init__(self, folder: Path) -> None:
        self.letters: list[Letter] = []
        self.port = 0
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._is_ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="demo mail server", daemon=True)

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._thread.start()
        self._is_ready.wait(_START_SECONDS)
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_START_SECONDS)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Takes a mail, one for each recipient, and keeps it."""
        for recipient in envelope.rcpt_tos:
            path = self._folder / f"{len(self.letters) + 1:03d}-{recipient.partition('@')[0]}.eml"
            path.write_bytes(envelope.content)
            self.letters.append(Letter(recipient, bytes(envelope.content), path))
        return "250 2.0.0 taken"

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)

        def session() -> SMTP:
            return SMTP(self, hostname="localhost", loop=self._loop)

        server = self._loop.run_until_complete(self._loop.create_server(session, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._is_ready.set()
        try:
            self._loop.run_forever()
        finally:
            server.close()
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()
