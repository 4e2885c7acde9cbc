"""The ledger's file deleted, replaced, set back or on a full disk; and a queue of any length in the same memory."""

from __future__ import annotations

import asyncio
import math
import resource
import shutil
import signal
import tracemalloc
from collections import Counter
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from hopdocs.errors import HopdocsError, LedgerFault
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.record import State
from hopdocs.notices.sending import lane
from hopdocs.notices.sending.delivery import become_sender, deliver_due
from hopdocs.notices.sending.transport import TransportSettings
from hopdocs.notices.wanted import WantedFamily
from tests.service.smtp_script import ScriptedServer
from tests.service.test_delivery import HandClock, Post, serve
from tests.service.test_delivery_kill import GATES, fill_ledger, fork_process, send_all, wait_for_exit
from tests.service.test_delivery_oddities import TAKEN, Watched, post_with, send_watched, states
from tests.unit.notices.samples import FAMILY, NOW, RIGMOR, World, sample_meeting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.notices.record import Beginning, NoticeId, Taken
    from hopdocs.notices.sending.outcome import Outcome


def test_what_was_taken_while_the_ledger_could_not_be_written_is_not_sent_again(tmp_path: Path) -> None:
    """Fault F33, acceptance case 30: the disk fills between the body and its answer."""
    post = post_with("m1", "m2")
    ledger = post.world.ledger
    ledger._connection.execute(
        "CREATE TRIGGER full BEFORE INSERT ON notice_attempt BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    )
    server = serve({})
    for _ in range(3):
        with pytest.raises(LedgerFault, match="HD413"):
            post.send(server)
    assert len(server.taken) == 1
    ledger._connection.execute("DROP TRIGGER full")
    with become_sender(ledger, tmp_path / "lock", NOW):
        post.send(server)
    assert (states(post), len(server.taken)) == ([State.ACCEPTED] * 2, 2)
    ledger.verify()


def test_what_was_begun_and_could_not_be_taken_back_leaves_once_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills between the commit that begins the next body and a stop: else it would wait for a new start."""
    monkeypatch.setattr(lane, "SWIFT_SECONDS", math.inf)
    post = post_with("m1", "m2")
    ledger = post.world.ledger
    ledger._connection.execute(
        "CREATE TRIGGER full BEFORE UPDATE ON notice WHEN NEW.state = 'pending'"
        " BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    )
    server = serve({})
    with pytest.raises(LedgerFault, match="HD413"):
        post.send(server, should_stop=lambda: bool(server.taken))
    assert states(post) == [State.ACCEPTED, State.DATA_STARTED]
    ledger._connection.execute("DROP TRIGGER full")
    post.send(server)
    assert (states(post), len(server.taken)) == ([State.ACCEPTED] * 2, 2)
    assert not any(item.maybe_delivered for item in ledger.of_family(FAMILY))
    ledger.verify()


def on_disk(path: Path, *names: str) -> Post:
    post = Post(World(ledger=Ledger(connect_ledger(path))))
    post.world.ledger.start(NOW)
    post.world.save(*(sample_meeting(meeting=name, uid=f"{name}@x.example", attendees=(RIGMOR,)) for name in names))
    return post


@pytest.mark.parametrize("comes_back", [False, True])
def test_nothing_leaves_once_the_ledger_was_deleted_or_replaced(tmp_path: Path, comes_back: bool) -> None:  # noqa: FBT001 - a case
    path = tmp_path / "ledger.db"
    post = on_disk(path, "m1", "m2")
    if comes_back:
        shutil.copy2(path, tmp_path / "backup.db")
    path.unlink()
    if comes_back:
        (tmp_path / "backup.db").rename(path)
    server = serve({})
    assert post.send(server).accepted == []
    with pytest.raises(LedgerFault, match="HD418"):
        post.world.save(sample_meeting())
    assert server.taken == []
    post.world.ledger.close()


def test_nothing_leaves_when_the_ledger_vanishes_in_the_middle_of_a_round(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    post = on_disk(path, "m1", "m2", "m3")

    def vanish(*_: object) -> Outcome:
        path.unlink()
        return TAKEN

    watched = Watched(post.world.ledger, [])
    with patch.object(lane, "Connection", lambda _settings: watched):
        watched.fates = [TAKEN]
        real = post.world.ledger.write_together

        def write_together(taken: Sequence[Taken], beginning: Sequence[Beginning]) -> frozenset[NoticeId]:
            begun = real(taken, beginning)
            if taken and path.exists():
                vanish()
            return begun

        with (
            patch.object(post.world.ledger, "write_together", write_together),
            pytest.raises(LedgerFault, match="HD418"),
        ):
            asyncio.run(
                deliver_due(post.world.ledger, TransportSettings("localhost", 25, "none"), post.clock, post.gates)
            )
    assert len(watched.seen) <= 2
    post.world.ledger.close()


def test_a_backup_that_was_copied_over_the_ledger_sends_nothing_again(tmp_path: Path) -> None:
    """Acceptance case 40: the file is the same to the system, what it knows is not."""
    path, lock = tmp_path / "ledger.db", tmp_path / "sender.lock"
    on_disk(path, "m1").world.ledger.close()
    backup = path.read_bytes()
    server = serve({})
    ledger = Ledger(connect_ledger(path))
    with become_sender(ledger, lock, NOW):
        Post(World(ledger=ledger)).send(server)
    ledger.close()
    with path.open("r+b") as file:
        file.write(backup)
        file.truncate()
    old = Ledger(connect_ledger(path))
    assert old.started
    with pytest.raises(LedgerFault, match="HD419"), become_sender(old, lock, NOW):
        pass
    assert not old.meta("started_at")
    with become_sender(old, lock, NOW):
        Post(World(ledger=old)).send(server)
    old.start_known(NOW + timedelta(hours=1))
    with become_sender(old, lock, NOW):
        Post(World(ledger=old)).send(server)
    assert len(server.taken) == 1
    old.close()


def test_a_lock_that_cannot_be_made_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    with (
        closing(Ledger(connect_ledger(Path(":memory:")))) as ledger,
        pytest.raises(HopdocsError, match="HD413"),
        become_sender(ledger, tmp_path / "missing" / "lock", NOW),
    ):
        pass


# A disk that is really full


def send_with_room(path: Path, lock: Path, port: int, room: int) -> None:
    """Send, in a process for which no file may grow beyond its present size by more than `room`."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    wal = path.with_name(path.name + "-wal")
    size = max(path.stat().st_size, wal.stat().st_size if wal.exists() else 0)
    ledger = Ledger(connect_ledger(path))
    settings = TransportSettings("127.0.0.1", port, "none")
    resource.setrlimit(resource.RLIMIT_FSIZE, (min(size, room), resource.RLIM_INFINITY))
    with suppress(LedgerFault), become_sender(ledger, lock, NOW):
        asyncio.run(deliver_due(ledger, settings, HandClock(), GATES))


def test_a_disk_that_fills_at_any_moment_sends_nothing_without_a_record(tmp_path: Path) -> None:
    """Fault F33, acceptance case 30: the system itself refuses to write, in each commit of a round in turn."""
    path, lock = tmp_path / "ledger.db", tmp_path / "lock"
    fill_ledger(path, 12).ledger.close()
    begun: Counter[str] = Counter()
    came_to: list[int] = []

    async def fill_again_and_again() -> ScriptedServer:
        async with ScriptedServer() as server:
            for pages in range(1, 60, 3):
                room = 4096 * pages
                child = fork_process(lambda room=room: send_with_room(path, lock, server.port, room))  # type: ignore[misc]
                assert await wait_for_exit(child) == 0
                ledger = Ledger(connect_ledger(path))
                known = [item for item in ledger.of_family(FAMILY) if item.may_be_held]
                begun.update(item.message_id for item in ledger.in_state(State.DATA_STARTED))
                assert {item.data for item in server.taken} <= {ledger.mime(item.id) for item in known}
                ledger.close()
                came_to.append(len(server.taken))
            assert await wait_for_exit(fork_process(lambda: send_all(path, lock, server.port))) == 0
        return server

    server = asyncio.run(fill_again_and_again())
    ledger = Ledger(connect_ledger(path))
    assert {item.state for item in ledger.of_family(FAMILY)} == {State.ACCEPTED}
    ledger.verify()
    assert len({item.data for item in server.taken}) == 24
    assert len(server.taken) <= 24 + begun.total()
    assert came_to[0] == 0
    assert len(set(came_to)) > 3  # the limit was met in one commit and in another
    ledger.close()


# Memory


def peak_of(count: int) -> int:
    """The most memory that a round takes which sends `count` notices of as many families' meetings."""
    world = World()
    world.ledger.start(NOW)
    for number in range(count // 20):
        family = f"HOP-2026-{number:03}"
        meetings = tuple(
            sample_meeting(family=family, meeting=f"m{each}", uid=f"{number}-{each}@x.example") for each in range(10)
        )
        world.save_families(WantedFamily(family, meetings))
    post = Post(world)
    tracemalloc.start()
    try:
        assert len(send_watched(post)) == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_ten_times_as_many_notices_need_no_more_memory() -> None:
    """Acceptance case 41: a number and a verdict each, and not the five thousand octets of what it says."""
    peak_of(20)
    few = peak_of(40)
    assert peak_of(400) < few + 360 * 2000
