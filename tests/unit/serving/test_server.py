"""Visitors of every kind, over real sockets. No test waits for a time to pass: the limits are 0, or never reached."""

from __future__ import annotations

import asyncio
import threading
from contextlib import asynccontextmanager
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from hopdocs.clock import SystemClock
from hopdocs.serving.loopback import listen_on_loopback
from hopdocs.serving.request import Refused
from hopdocs.serving.server import Limits, Server
from hopdocs.serving.site import Answer, Site
from tests.unit.serving.asking import TOKEN, FoundPapers, head, site
from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from pathlib import Path

    from hopdocs.serving.lines.paper import PaperView

NEVER = Limits(head_seconds=PATIENCE_SECONDS, piece_seconds=PATIENCE_SECONDS, look_seconds=0.01)
LARGE = b"%PDF" + bytes(8_000_000)

Visit = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Served:
    """A server at work, and what it complained of."""

    def __init__(self, port: int, output: Path) -> None:
        self.port = port
        self.output = output
        self.complaints: list[BaseException] = []

    async def visit(self, sent: bytes = b"") -> Visit:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(sent)
        await writer.drain()
        return reader, writer

    async def ask(self, sent: bytes) -> bytes:
        reader, writer = await self.visit(sent)
        answer = await reader.read()
        writer.close()
        return answer


@asynccontextmanager
async def served(
    output: Path, limits: Limits = NEVER, kind: type[Site] = Site, papers: FoundPapers | None = None
) -> AsyncIterator[Served]:
    sockets = listen_on_loopback(0)
    here = Served(sockets[0].getsockname()[1], output)
    server = Server(site(output, papers, kind), SystemClock(), here.complaints.append, limits)
    async with server.listening(sockets):
        yield here


def run(work: Callable[[], Coroutine[None, None, None]]) -> None:
    async def patiently() -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await work()

    asyncio.run(patiently())


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "overblik.html").write_text("<body>Overblik</body>", "utf-8")
    (tmp_path / "stor.pdf").write_bytes(LARGE)
    return tmp_path


async def closed(reader: asyncio.StreamReader) -> bytes:
    """What still comes until the server has closed."""
    try:
        return await reader.read()
    except ConnectionError:
        return b""


def test_a_page_is_answered_and_the_connection_closed(output: Path) -> None:
    async def work() -> None:
        async with served(output) as here:
            answer = await here.ask(head())
            assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
            assert b"Overblik" in answer
            two = await here.ask(head() + head())
            assert two.count(b"HTTP/1.1") == 1

    run(work)


def test_asked_for_the_head_alone_the_body_stays(output: Path) -> None:
    async def work() -> None:
        async with served(output) as here:
            answer = await here.ask(head(f"/{TOKEN}/stor.pdf", method="HEAD"))
            assert f"Content-Length: {len(LARGE)}".encode() in answer
            assert answer.endswith(b"\r\n\r\n")
            streamed = await here.ask(head(f"/{TOKEN}/overblik.html?live", method="HEAD", sec_fetch_site="same-origin"))
            assert b"text/event-stream" in streamed
            assert streamed.endswith(b"\r\n\r\n")

    run(work)


def test_a_large_paper_arrives_whole(output: Path) -> None:
    async def work() -> None:
        async with served(output) as here:
            answer = await here.ask(head(f"/{TOKEN}/stor.pdf"))
            assert answer.partition(b"\r\n\r\n")[2] == LARGE

    run(work)


def test_a_head_that_does_not_end_is_cut_off_at_its_size(output: Path) -> None:
    async def work() -> None:
        async with served(output) as here:
            reader, writer = await here.visit(b"GET / HTTP/1.1\r\n" + b"x: " + b"y" * 16400)
            assert (await closed(reader)).startswith(b"HTTP/1.1 431 ")
            writer.close()

    run(work)


def test_a_visitor_who_sends_nothing_is_sent_away(output: Path) -> None:
    async def work() -> None:
        async with served(output, Limits(head_seconds=0)) as here:
            for sent in (b"", b"GET / HT"):
                reader, writer = await here.visit(sent)
                assert await closed(reader) == b""
                writer.close()

    run(work)


def test_of_many_who_send_nothing_the_oldest_give_way_and_a_browser_is_answered(output: Path) -> None:
    async def work() -> None:
        async with served(output, replace(NEVER, most_heads=32)) as here:
            silent = [await here.visit(b"GET / HTTP/1.1\r\n") for _ in range(35)]
            assert b"200 OK" in await here.ask(head())
            for reader, writer in silent[:3]:
                assert await closed(reader) == b""
                writer.close()
            for _, writer in silent[3:]:
                writer.close()

    run(work)


def test_a_visitor_who_takes_nothing_is_sent_away(output: Path) -> None:
    async def work() -> None:
        async with served(output, Limits(piece_seconds=0)) as here:
            reader, writer = await here.visit(head(f"/{TOKEN}/stor.pdf"))
            assert len(await closed(reader)) < len(LARGE)
            writer.close()

    run(work)


def test_beyond_so_many_answers_at_once_the_next_is_put_off(output: Path) -> None:
    async def work() -> None:
        async with served(output, Limits(most_answers=2, head_seconds=PATIENCE_SECONDS)) as here:
            streams = [await here.visit(_live()) for _ in range(2)]
            for reader, _ in streams:
                await reader.readuntil(b"data: ")
            assert b"503 Service Unavailable" in await here.ask(head())
            for _, writer in streams:
                writer.close()

    run(work)


def _live() -> bytes:
    return head(f"/{TOKEN}/overblik.html?live", sec_fetch_site="same-origin")


def test_whoever_follows_a_page_hears_of_each_new_edition_and_of_its_end(output: Path) -> None:
    async def work() -> None:
        async with served(output) as here:
            reader, writer = await here.visit(_live())
            told = [await _next_edition(reader)]
            (output / "new").write_text("<body>Nyt</body>")
            (output / "new").rename(output / "overblik.html")
            told.append(await _next_edition(reader))
            (output / "overblik.html").unlink()
            told.append(await _next_edition(reader))
            assert len(set(told)) == 3
            assert told[2] == "-"
            writer.close()

    run(work)


async def _next_edition(reader: asyncio.StreamReader) -> str:
    await reader.readuntil(b"data: ")
    return (await reader.readuntil(b"\n\n")).decode().strip()


def test_a_browser_that_goes_away_makes_room(output: Path) -> None:
    async def work() -> None:
        async with served(output, Limits(most_answers=1, head_seconds=PATIENCE_SECONDS)) as here:
            reader, writer = await here.visit(_live())
            await reader.readuntil(b"data: ")
            writer.close()
            while b"503" in await here.ask(head()):
                pass
            assert b"200 OK" in await here.ask(head())

    run(work)


def test_a_page_that_never_changes_is_given_a_sign_now_and_then(output: Path) -> None:
    async def work() -> None:
        async with served(output, Limits(beat_seconds=0, look_seconds=0, head_seconds=PATIENCE_SECONDS)) as here:
            reader, writer = await here.visit(_live())
            await reader.readuntil(b"data: ")
            await reader.readuntil(b"\n:\n\n")
            writer.close()

    run(work)


def test_at_the_end_nobody_is_left_hanging(output: Path) -> None:
    async def work() -> None:
        async with served(output) as here:
            silent, follower = await here.visit(b"GET"), await here.visit(_live())
            await follower[0].readuntil(b"data: ")
        for reader, writer in (silent, follower):
            await closed(reader)
            writer.close()
        assert here.complaints == []

    run(work)


def test_a_fault_in_one_answer_is_told_and_the_next_is_given(output: Path) -> None:
    class Faulty(Site):
        is_faulty = True

        def answer(self, path: tuple[str, ...], query: str) -> Answer:
            if self.is_faulty:
                self.is_faulty = False
                raise ZeroDivisionError("Nadira")
            return super().answer(path, query)

    async def work() -> None:
        async with served(output, kind=Faulty) as here:
            answer = await here.ask(head())
            assert b"500 Internal Server Error" in answer
            assert b"Nadira" not in answer
            assert b"200 OK" in await here.ask(head())
            assert [type(item) for item in here.complaints] == [ZeroDivisionError]

    run(work)


def test_pages_are_shown_and_the_end_comes_while_somebody_looks_for_lines(output: Path) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def search(_folder: str, _name: str) -> PaperView:
        begun.set()
        may_end.wait(PATIENCE_SECONDS)
        raise Refused(HTTPStatus.NOT_FOUND)

    papers = FoundPapers(search)

    async def work() -> None:
        async with served(output, papers=papers) as here:
            asked = head(f"/{TOKEN}/hop-2026-007/plan.pdf?linjer")
            waiting = [await here.visit(asked) for _ in range(NEVER.most_searches)]
            await asyncio.to_thread(begun.wait)
            while b"503 Service Unavailable" not in await here.ask(asked):
                pass
            assert b"200 OK" in await here.ask(head())
        assert papers.is_closed
        for reader, writer in waiting:
            assert await closed(reader) == b""
            writer.close()

    try:
        run(work)
    finally:
        may_end.set()


def test_noise_is_answered_or_left_and_never_complained_of(output: Path) -> None:
    async def work() -> None:
        async with served(output) as here:
            for noise in (
                b"\r\n\r\n",
                b"\x16\x03\x01\x02\x00\r\n\r\n",
                b"\x00" * 20000,
                b"GET\r\n\r\n",
                b"\xff\xfe\r\n\r\n",
            ):
                reader, writer = await here.visit(noise)
                said = await closed(reader)
                assert not said or said.startswith(b"HTTP/1.1 4")
                writer.close()
            assert here.complaints == []
            assert b"200 OK" in await here.ask(head())

    run(work)
