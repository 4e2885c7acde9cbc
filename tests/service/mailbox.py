"""A real SMTP server on loopback that keeps what it takes."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any, Self, cast

from aiosmtpd.smtp import SMTP
from icalendar import Calendar

from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from email.message import EmailMessage


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as the server took it."""

    recipients: tuple[str, ...]
    data: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.data, policy=policy.SMTP)

    @property
    def has_event(self) -> bool:
        """Whether it has a calendar part."""
        return any(part.get_content_type() == "text/calendar" for part in self.message.walk())

    @property
    def event(self) -> Any:
        """The calendar part's event, with its method under METHOD."""
        for part in self.message.walk():
            if part.get_content_type() == "text/calendar":
                calendar = Calendar.from_ical(cast("bytes", part.get_payload(decode=True)))
                (event,) = calendar.walk("VEVENT")
                event["METHOD"] = calendar["METHOD"]
                return event
        msg = "no calendar part"
        raise AssertionError(msg)


class Mailbox:
    """Starts in its own thread and loop; `letters` grows as mail comes in."""

    def __init__(self, port: int = 0) -> None:
        self.letters: list[Letter] = []
        self.port = port
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.letters.append(Letter(tuple(envelope.rcpt_tos), bytes(envelope.content)))
        return "250 taken"

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            self._loop.create_server(lambda: SMTP(self, hostname="localhost", loop=self._loop), "127.0.0.1", self.port)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(PATIENCE_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
