"""A mail server that does exactly what a script says, verb by verb, also what no real server should.

Each connection plays the next script, the last one again and again. A script maps verbs (`GREETING`, `EHLO`,
`STARTTLS`, `AUTH`, `MAIL`, `RCPT`, `DATA`, `DOT`, `RSET`, `QUIT`) to what happens: a reply or an `Act`. `taken`
holds each body that came in up to its final dot, `accepted` those that were answered with 2xx.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Self, TypeAlias

if TYPE_CHECKING:
    from types import TracebackType


class Act(Enum):
    """What a server may do instead of answering."""

    CLOSE = "close"
    SILENCE = "silence"
    HALF_LINE = "half a line"
    CLOSE_MID_BODY = "close mid body"


class HandLoop(asyncio.SelectorEventLoop):
    """A loop in which time passes only when a server is slow: no limit runs out because the machine is busy."""

    seconds = 0.0

    def time(self) -> float:
        return self.seconds


_HOUR_SECONDS = 3600.0
"""Longer than anybody waits for an answer."""
_TURNS = 100
"""Of the loop: enough for whoever waits to have begun to."""

Step: TypeAlias = str | bytes | Act
Script: TypeAlias = Mapping[str, Step]

_USUAL: Script = {
    "GREETING": "220 script.example",
    "EHLO": "250-script.example\r\n250 8BITMIME",
    "STARTTLS": "220 go ahead",
    "AUTH": "235 welcome",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "DOT": "250 taken",
    "RSET": "250 ok",
    "QUIT": "221 bye",
}


@dataclass(frozen=True)
class Taken:
    """One body as the server got it."""

    recipient: str
    data: bytes
    encrypted: bool


@dataclass
class ScriptedServer:
    """The server; use it as an async context manager and read what it took afterwards.

    A step for one recipient alone is keyed `RCPT pia@b.example` or `DOT pia@b.example`; `AFTER DOT: Act.CLOSE` hangs up
    after the answer, `MAIL AGAIN` answers each MAIL of a connection but the first, `RCPT WITH NOTIFY=` one with that in
    it. In a `HandLoop`, silence and delay take no time.
    """

    scripts: list[Script] = field(default_factory=lambda: [{}])
    tls: ssl.SSLContext | None = None
    implicit_tls: bool = False
    delay_seconds: float = 0.0
    taken: list[Taken] = field(default_factory=list)
    accepted: list[Taken] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    clear_bytes: int = 0
    connections: int = 0
    port: int = 0

    async def __aenter__(self) -> Self:
        context = self.tls if self.implicit_tls else None
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
        self._tasks: set[asyncio.Task[None]] = set()
        self.has_taken = asyncio.Event()
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
        script = self.scripts[min(self.connections, len(self.scripts) - 1)]
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError, TimeoutError):
            await _Conversation(self, script, reader, writer).run()
        with suppress(RuntimeError, OSError, AttributeError):
            writer.close()
        if task is not None:
            self._tasks.discard(task)


class _Conversation:
    def __init__(
        self, server: ScriptedServer, script: Script, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.server = server
        self.script = script
        self.reader = reader
        self.writer = writer
        self.recipient = ""
        self.encrypted = server.implicit_tls
        self.mails = 0
        self.line = ""

    def _step(self, verb: str) -> Step:
        asked = next((key for key in self.script if key.startswith(f"{verb} WITH ")), "")
        if asked and asked.removeprefix(f"{verb} WITH ") in self.line:
            return self.script[asked]
        if verb == "MAIL" and self.mails > 1 and "MAIL AGAIN" in self.script:
            return self.script["MAIL AGAIN"]
        return self.script.get(f"{verb} {self.recipient}", self.script.get(verb, _USUAL[verb]))

    async def run(self) -> None:
        if not await self._play("GREETING"):
            return
        while line := (await self.reader.readline()).decode("utf-8", "replace").strip():
            self.server.commands.append(line)
            self.line = line
            verb = line.split(" ")[0].upper()
            self.mails += verb == "MAIL"
            if verb == "RCPT":
                self.recipient = line.partition("<")[2].partition(">")[0]
            if not await self._play(verb):
                return
            if verb == "QUIT":
                return
            if verb == "STARTTLS" and self.server.tls is not None:
                await asyncio.wait_for(self.writer.start_tls(self.server.tls), _HOUR_SECONDS)
                self.encrypted = True
            if verb == "DATA" and str(self._step("DATA")).startswith("354") and not await self._take_body():
                return

    async def _take_body(self) -> bool:
        if self._step("DOT") is Act.CLOSE_MID_BODY:
            await self.reader.readexactly(100)
            return False
        data = await self.reader.readuntil(b"\r\n.\r\n")
        if not self.encrypted:
            self.server.clear_bytes += len(data)
        taken = Taken(self.recipient, data[:-3].replace(b"\r\n..", b"\r\n."), self.encrypted)
        self.server.taken.append(taken)
        self.server.has_taken.set()
        step = self._step("DOT")
        if (isinstance(step, str) and step.startswith("2")) or (isinstance(step, bytes) and step.startswith(b"2")):
            self.server.accepted.append(taken)
        if self.server.delay_seconds:
            await self._let_pass(self.server.delay_seconds)
        return await self._play("DOT") and self.script.get("AFTER DOT") is not Act.CLOSE

    async def _play(self, verb: str) -> bool:
        """Do the step; whether the conversation goes on."""
        step = self._step(verb)
        if step is Act.CLOSE:
            return False
        if step is Act.SILENCE:
            await self._stay_silent()
            return False
        if step is Act.HALF_LINE:
            self.writer.write(b"25")
            await self.writer.drain()
            await self._stay_silent()
            return False
        self.writer.write(step if isinstance(step, bytes) else f"{step}\r\n".encode())
        await self.writer.drain()
        return not str(step).startswith("421")

    async def _stay_silent(self) -> None:
        """Until the other side has had enough."""
        hung_up = asyncio.ensure_future(self.reader.read())
        while isinstance(asyncio.get_running_loop(), HandLoop) and not hung_up.done():
            await self._let_pass(_HOUR_SECONDS)
        await hung_up

    async def _let_pass(self, seconds: float) -> None:
        """Everything else has its turn before that time and after it."""
        loop = asyncio.get_running_loop()
        if not isinstance(loop, HandLoop):
            await asyncio.sleep(seconds)
            return
        for passing in (seconds, 0.0):
            for _ in range(_TURNS):
                await asyncio.sleep(0)
            loop.seconds += passing
