"""Tells the service manager how it goes: ready, what it did last, that it is alive, that it ends.

The protocol is systemd's sd_notify(3): a datagram of `NAME=value` lines to the socket that NOTIFY_SOCKET names, which
takes these few lines and no library. Without that variable nothing is told. A ping says more than that the process
runs: it leaves only while the loop moves, something listens for changes, mail has its thread, and no change waits for
ever. A service that has stopped working is then ended and started again, which mends whatever it was.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from types import TracebackType

SILENCE_SECONDS: Final = 900.0
"""How long one step of a cycle may take without a word. Planning the mail of thousands of families takes minutes."""
DEAF_SECONDS: Final = 60.0
"""How long nothing may listen for changes. The loop makes dead watches anew within seconds."""
QUEUE_SECONDS: Final = 3600.0
"""How long a change may wait while the loop moves: the Word files of ten thousand families come first, once."""
LONGEST_PING_SECONDS: Final = 30.0
TELL_SECONDS: Final = 5.0
_MICROSECONDS: Final = 1_000_000


class Watching(Protocol):
    """What is asked of those who listen for changes."""

    def is_waiting(self) -> bool:
        """Whether a change waits to be taken."""

    def is_alive(self) -> bool:
        """Whether changes are heard."""


class Working(Protocol):
    """What is asked of a thread's owner."""

    def is_alive(self) -> bool:
        """Whether its thread runs."""


class Pulse:
    """The loop's signs of life. Beaten in the loop's thread, felt in another."""

    def __init__(self) -> None:
        self.last = time.monotonic()
        self.taken = 0
        """How many times the loop has taken what had changed."""

    def beat(self) -> None:
        """The loop has come a step further."""
        self.last = time.monotonic()

    def take(self) -> None:
        """The loop takes what has changed."""
        self.taken += 1
        self.beat()


@dataclass(frozen=True, slots=True)
class Vitals:
    """What health is judged by: seconds since the loop moved, since something last listened, that a change waited."""

    silent_seconds: float
    deaf_seconds: float
    queued_seconds: float
    sends_mail: bool


def find_ailment(vitals: Vitals) -> str:
    """What is wrong with the service, in a word for its status line; '' if nothing is."""
    if vitals.silent_seconds > SILENCE_SECONDS:
        return "the loop stands still"
    if vitals.deaf_seconds > DEAF_SECONDS:
        return "nothing listens for changes"
    if vitals.queued_seconds > QUEUE_SECONDS:
        return "changes are not taken"
    return "" if vitals.sends_mail else "the mail sender is gone"


class ServiceManager:
    """Whoever started us and wants to know. What it put into the environment is taken out: it is for no child."""

    def __init__(self, environment: MutableMapping[str, str]) -> None:
        self._address = _as_address(environment.pop("NOTIFY_SOCKET", ""))
        meant = environment.pop("WATCHDOG_PID", "")
        patience = environment.pop("WATCHDOG_USEC", "")
        is_ours = not meant or meant == str(os.getpid())
        self.ping_seconds = 0.0
        """How often it wants to hear that all is well; 0 for never."""
        if self._address and is_ours and patience.isdecimal() and int(patience):
            self.ping_seconds = min(int(patience) / _MICROSECONDS / 2, LONGEST_PING_SECONDS)

    def tell(self, **said: str) -> None:
        """Say it. That nobody hears it stops nothing."""
        if not self._address:
            return
        text = "\n".join(f"{name}={' '.join(value.split())}" for name, value in said.items())
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
            channel.settimeout(TELL_SECONDS)
            channel.sendto(text.encode(), self._address)


class Heartbeat:
    """Says that the service is ready, that it is well for as long as it is, and that it ends."""

    def __init__(self, manager: ServiceManager, pulse: Pulse, changes: Watching, mail_sender: Working) -> None:
        self._manager = manager
        self._pulse = pulse
        self._changes = changes
        self._mail_sender = mail_sender
        self._heard = self._taken = time.monotonic()
        self._takes = pulse.taken
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._manager.tell(READY="1")
        if self._manager.ping_seconds:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()
        self._manager.tell(STOPPING="1", STATUS="stopping")

    def look(self) -> Vitals:
        """How the service is right now."""
        now = time.monotonic()
        if self._changes.is_alive():
            self._heard = now
        if not self._changes.is_waiting() or self._pulse.taken != self._takes:
            self._taken, self._takes = now, self._pulse.taken
        silent, deaf, queued = (now - moment for moment in (self._pulse.last, self._heard, self._taken))
        return Vitals(silent, deaf, queued, self._mail_sender.is_alive())

    def _run(self) -> None:
        ailment = ""
        while True:
            before, ailment = ailment, find_ailment(self.look())
            if not ailment:
                self._manager.tell(WATCHDOG="1")
            elif ailment != before:
                self._manager.tell(STATUS=ailment)
            if self._ended.wait(self._manager.ping_seconds):
                return


def _as_address(named: str) -> str:
    """The socket as the kernel takes it: `@` stands for the zero byte that begins a name outside the file system."""
    if named.startswith("@"):
        return "\0" + named[1:]
    return named if named.startswith("/") else ""
