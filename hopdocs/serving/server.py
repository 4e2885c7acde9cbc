"""The server: loopback alone, one request a connection, and nothing that one visitor does holds up another.

Everything that somebody on the machine can open without knowing the token is bounded: how long a head may take and how
large it may be, how many may be under way. Of more heads than that the oldest gives way, since a browser's is there at
once and only somebody who means harm takes seconds.
"""

from __future__ import annotations

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeVar

from hopdocs.serving.following import LINES
from hopdocs.serving.request import END_OF_HEAD, LARGEST_HEAD_BYTES, Refused, parse_head
from hopdocs.serving.site import refusal

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Callable, Sequence

    from hopdocs.clock import Clock
    from hopdocs.serving.site import Answer, Site

Result = TypeVar("Result")
_PIECE_BYTES: Final = 64 * 1024
_BACKLOG: Final = 32
"""How many are let in at a time: a fraction of those whose heads may be awaited, so that nobody gives way unheard."""
_READERS: Final = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is put up with. `piece_seconds` is how long a visitor may take for 64 KiB of an answer."""

    head_seconds: float = 10.0
    piece_seconds: float = 30.0
    most_heads: int = 256
    most_answers: int = 64
    most_searches: int = 4
    look_seconds: float = 0.5
    beat_seconds: float = 15.0


LIMITS: Final = Limits()


class Server:
    """The connections that are under way. `complain` is told of faults of hopdocs' own."""

    def __init__(
        self, site: Site, clock: Clock, complain: Callable[[BaseException], None], limits: Limits = LIMITS
    ) -> None:
        self._site = site
        self._clock = clock
        self._complain = complain
        self._limits = limits
        self._heads: dict[asyncio.Task[None], None] = {}
        self._answers: set[asyncio.Task[None]] = set()
        self._reading = ThreadPoolExecutor(_READERS)
        self._searching = ThreadPoolExecutor(1)  # lines are looked for one paper at a time, in nobody's way
        self._searches = 0

    async def run_until_signalled(self, sockets: Sequence[socket.socket], say_ready: Callable[[], None]) -> None:
        """Answer until SIGTERM or SIGINT; from `say_ready` on both of them end it cleanly."""
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        async with self.listening(sockets):
            say_ready()
            await stop.wait()

    @asynccontextmanager
    async def listening(self, sockets: Sequence[socket.socket]) -> AsyncIterator[None]:
        """Answer while it is entered; whoever waits for an answer at the end gets none."""
        servers = [
            await asyncio.start_server(self._meet, sock=one, limit=LARGEST_HEAD_BYTES, backlog=_BACKLOG)
            for one in sockets
        ]
        try:
            yield
        finally:
            for server in servers:
                server.close()
            under_way = [*self._heads, *self._answers]
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)
            self._site.close()
            for pool in (self._reading, self._searching):
                pool.shutdown(wait=False, cancel_futures=True)

    def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Begin with a visitor. A task of our own: one that asyncio makes for a connection may not be cancelled."""
        task = asyncio.create_task(self._attend(reader, writer))
        self._heads[task] = None
        task.add_done_callback(lambda done: self._part(done, writer))
        if len(self._heads) > self._limits.most_heads:
            oldest = next(iter(self._heads))
            del self._heads[oldest]
            oldest.cancel()

    def _part(self, task: asyncio.Task[None], writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()
        self._heads.pop(task, None)
        self._answers.discard(task)
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            self._complain(fault)

    async def _attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - `_meet` has made it
        with suppress(OSError, TimeoutError, asyncio.IncompleteReadError):  # the visitor has gone, or is too slow
            head = await self._hear(reader)
            self._heads.pop(task, None)
            self._answers.add(task)
            method, answer = await self._answer(head)
            await self._send(writer, answer, reader, has_body=method != "HEAD")

    async def _hear(self, reader: asyncio.StreamReader) -> bytes:
        """The bytes of a head; none of one that is too large."""
        try:
            async with asyncio.timeout(self._limits.head_seconds):
                return await reader.readuntil(END_OF_HEAD)
        except asyncio.LimitOverrunError:
            return b""

    async def _answer(self, head: bytes) -> tuple[str, Answer]:
        """The method that was asked with, and the answer."""
        if not head:
            return "", refusal(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        if len(self._answers) > self._limits.most_answers:
            return "", refusal(HTTPStatus.SERVICE_UNAVAILABLE)
        method = ""
        try:
            request = parse_head(head)
            method = request.method
            path = self._site.admit(request)
            if request.query == LINES:
                return method, await self._search(path)
            return method, await self._read(self._site.answer, path, request.query)
        except Refused as refused:
            return method, refusal(refused.status)
        except Exception as err:  # noqa: BLE001 - one page's fault is not in the others' way
            self._complain(err)
            return method, refusal(HTTPStatus.INTERNAL_SERVER_ERROR)

    async def _search(self, path: tuple[str, ...]) -> Answer:
        """The lines behind a paper; who comes when several wait already is put off."""
        if self._searches >= self._limits.most_searches:
            return refusal(HTTPStatus.SERVICE_UNAVAILABLE)
        self._searches += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._searching, self._site.answer, path, LINES)
        finally:
            self._searches -= 1

    async def _read(self, work: Callable[..., Result], *words: object) -> Result:
        """Something that asks the disk, which may be slow."""
        return await asyncio.get_running_loop().run_in_executor(self._reading, work, *words)

    async def _send(
        self, writer: asyncio.StreamWriter, answer: Answer, reader: asyncio.StreamReader, *, has_body: bool
    ) -> None:
        writer.write(answer.head.as_bytes(self._clock.now()))
        if has_body and answer.look is not None:
            await self._follow(writer, reader, answer.look)
        elif has_body:
            body = memoryview(answer.body)
            for start in range(0, len(body), _PIECE_BYTES):
                writer.write(body[start : start + _PIECE_BYTES])
                await self._drain(writer)
        writer.close()
        async with asyncio.timeout(self._limits.piece_seconds):
            await writer.wait_closed()

    async def _drain(self, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(self._limits.piece_seconds):
            await writer.drain()

    async def _follow(
        self, writer: asyncio.StreamWriter, reader: asyncio.StreamReader, look: Callable[[], str]
    ) -> None:
        """Tell of each new edition until the browser goes away; one that is gone unsaid is found by a sign to it."""
        told, quiet_seconds = "", 0.0
        leaving = asyncio.ensure_future(reader.read(1))
        try:
            while not leaving.done():
                edition = await self._read(look)
                if edition != told:
                    writer.write(f"data: {edition}\n\n".encode())
                    told, quiet_seconds = edition, 0.0
                elif quiet_seconds >= self._limits.beat_seconds:
                    writer.write(b":\n\n")
                    quiet_seconds = 0.0
                await self._drain(writer)
                await asyncio.wait({leaving}, timeout=self._limits.look_seconds)
                quiet_seconds += self._limits.look_seconds
        finally:
            leaving.cancel()
