"""Real processes: killed at any moment, two at once, and a thousand notices."""

from __future__ import annotations

import asyncio
import os
import random
import resource
import signal
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from hopdocs.errors import LedgerFault
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.record import State
from hopdocs.notices.sending.delivery import become_sender, deliver_due
from hopdocs.notices.sending.outbox import Gates
from hopdocs.notices.sending.round import MOST_CONNECTIONS
from hopdocs.notices.sending.transport import TransportSettings
from hopdocs.notices.wanted import Attendee, WantedReminder
from tests.service.smtp_script import ScriptedServer
from tests.service.test_delivery import HandClock
from tests.unit.notices.samples import NOW, POLICY, World, sample_meeting
from tests.work import PATIENCE_SECONDS, at_most_calls

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KILLS = int(os.environ.get("HOPDOCS_NOTICE_KILLS", "60"))
GATES = Gates(replace(POLICY, hold_seconds=0))


def fill_ledger(path: Path, meetings: int) -> World:
    world = World(ledger=Ledger(connect_ledger(path)))
    world.ledger.start(NOW)
    world.save(*(sample_meeting(meeting=f"m{n}", uid=f"{n}@vesterlyng.example") for n in range(meetings)))
    return world


def send_all(path: Path, lock: Path, port: int) -> None:
    """What a process does: become the sender, send what is due."""
    ledger = Ledger(connect_ledger(path))
    settings = TransportSettings("127.0.0.1", port, "none")
    with become_sender(ledger, lock, NOW):
        asyncio.run(deliver_due(ledger, settings, HandClock(), GATES))
    ledger.close()


def fork_process(act: Callable[[], None]) -> int:
    """A child that does one thing and is gone, without pytest noticing."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        act()
        code = 0
    finally:
        os._exit(code)


async def wait_for_exit(child: int, *, kill_after_seconds: float | None = None) -> int:
    """The child's exit status; the server in this process goes on answering meanwhile."""
    deadline = time.monotonic() + (kill_after_seconds if kill_after_seconds is not None else PATIENCE_SECONDS)
    while True:
        done, status = os.waitpid(child, os.WNOHANG)  # noqa: ASYNC222 - WNOHANG doesn't block
        if done:
            return status
        if time.monotonic() >= deadline:
            os.kill(child, signal.SIGKILL)
        await asyncio.sleep(0.001)


def test_killed_at_any_moment_nothing_is_lost_and_copies_are_identical(tmp_path: Path) -> None:
    """Fault F32, acceptance case 19: copies only of what was under way when the kill came."""
    path, lock = tmp_path / "ledger.db", tmp_path / "lock"
    fill_ledger(path, 2 * KILLS).ledger.close()
    under_way: Counter[str] = Counter()
    chance = random.Random(7)  # noqa: S311 - repeatable, not secret

    async def kill_again_and_again() -> ScriptedServer:
        async with ScriptedServer() as server:
            for _ in range(KILLS):
                child = fork_process(lambda: send_all(path, lock, server.port))
                await wait_for_exit(child, kill_after_seconds=chance.uniform(0.005, 0.06))
                ledger = Ledger(connect_ledger(path))
                under_way.update(item.message_id for item in ledger.in_state(State.DATA_STARTED))
                ledger.close()
            assert await wait_for_exit(fork_process(lambda: send_all(path, lock, server.port))) == 0
        return server

    server = asyncio.run(kill_again_and_again())
    ledger = Ledger(connect_ledger(path))
    assert {item.state for item in ledger.of_family("HOP-2026-007")} == {State.ACCEPTED}
    ledger.verify()
    copies: dict[str, list[bytes]] = {}
    for taken in server.taken:
        line = next(item for item in taken.data.decode().split("\r\n") if item.startswith("Message-ID: "))
        copies.setdefault(line.removeprefix("Message-ID: "), []).append(taken.data)
    assert len(copies) == 4 * KILLS
    for message_id, bodies in copies.items():
        assert len(set(bodies)) == 1
        assert len(bodies) <= 1 + under_way[message_id]
    ledger.close()


def test_news_of_a_course_survives_a_kill_and_what_would_only_annoy_is_not_repeated(tmp_path: Path) -> None:
    """A stop may come twice, with the same bytes; any other news comes once, or is left in doubt to a person."""
    path, lock = tmp_path / "ledger.db", tmp_path / "lock"
    world = World(ledger=Ledger(connect_ledger(path)))
    world.ledger.start(NOW)
    world.save(reminders=tuple(news(kind, number) for kind in ("stop", "teamaendring") for number in range(KILLS)))
    world.ledger.close()
    chance = random.Random(11)  # noqa: S311 - repeatable, not secret

    async def kill_again_and_again() -> ScriptedServer:
        async with ScriptedServer() as server:
            for _ in range(KILLS // 2):
                child = fork_process(lambda: send_all(path, lock, server.port))
                await wait_for_exit(child, kill_after_seconds=chance.uniform(0.005, 0.06))
            assert await wait_for_exit(fork_process(lambda: send_all(path, lock, server.port))) == 0
        return server

    server = asyncio.run(kill_again_and_again())
    ledger = Ledger(connect_ledger(path))
    states = {item.email: item.state for item in ledger.of_family("HOP-2026-007")}
    ledger.close()
    taken = Counter(item.recipient for item in server.taken)
    assert len({(item.recipient, item.data) for item in server.taken}) == len(taken)
    for email, state in states.items():
        if email.startswith("stop"):
            assert state is State.ACCEPTED
            assert taken[email] >= 1
        else:
            assert state in {State.ACCEPTED, State.IN_DOUBT}
            assert taken[email] <= 1
            assert taken[email] == 1 or state is State.IN_DOUBT


def news(kind: str, number: int) -> WantedReminder:
    """One mail about a course, to somebody who gets no other."""
    return WantedReminder(
        family="HOP-2026-007",
        meeting="",
        key=kind,
        recipient=Attendee(f"{kind}{number}@vesterlyng.example", "Rigmor Rimfrost"),
        due=NOW.date(),
        expires=NOW + timedelta(days=14),
        case_number="26-012345",
        subject="nyt i sagen",
        lines=("Der er sket noget i sagen.",),
        organizer="hop@vesterlyng.example",
        organizer_name="Vesterlyng Kommune",
        reply_to="iik@vesterlyng.example",
        kind=kind,
        tells=("forloeb-1",),
    )


def test_two_processes_send_each_notice_once(tmp_path: Path) -> None:
    """Fault F36, acceptance case 29."""
    path, lock = tmp_path / "ledger.db", tmp_path / "lock"
    fill_ledger(path, 20).ledger.close()

    def send_or_give_way() -> None:
        try:
            send_all(path, lock, server.port)
        except LedgerFault as fault:
            assert fault.code == "HD417"  # noqa: PT017 - in a child, where pytest isn't

    server = ScriptedServer()

    async def race() -> None:
        async with server:
            children = [fork_process(send_or_give_way) for _ in range(4)]
            assert await asyncio.gather(*map(wait_for_exit, children)) == [0, 0, 0, 0]

    asyncio.run(race())
    assert len(server.taken) == 40


@pytest.mark.parametrize("count", [500])
def test_a_thousand_notices_leave_over_few_connections_in_bounded_work_and_memory(tmp_path: Path, count: int) -> None:
    """Acceptance case 41: two recipients for each of five hundred meetings. A notice is some 2,500 calls to
    make, and as many to send, both ends."""
    world = fill_ledger(tmp_path / "ledger.db", count)

    async def send() -> int:
        async with ScriptedServer() as server:
            settings = TransportSettings("127.0.0.1", server.port, "none")
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            with at_most_calls(6_000 * 2 * count):
                report = await deliver_due(world.ledger, settings, HandClock(), GATES)
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            assert len(report.accepted) == len(server.accepted) == 2 * count
            assert server.connections == MOST_CONNECTIONS
            return grown

    assert asyncio.run(send()) < 60_000
    world.ledger.close()
