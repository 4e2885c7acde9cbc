"""Delivery to a server that works: what arrives, and what the ledger says of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from hopdocs.notices.record import State
from hopdocs.notices.sending.delivery import DeliveryReport, deliver_due
from hopdocs.notices.sending.outbox import Gates
from hopdocs.notices.sending.transport import TransportSettings
from tests.service.smtp_script import HandLoop, ScriptedServer
from tests.unit.notices.samples import NOW, PELLE, POLICY, RIGMOR, World, read_event, sample_meeting

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.service.smtp_script import Script


@dataclass
class HandClock:
    """A clock that is moved by hand."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()


@dataclass
class Post:
    """A world whose notices go to a scripted server."""

    world: World = field(default_factory=World)
    clock: HandClock = field(default_factory=HandClock)
    gates: Gates = field(default_factory=lambda: Gates(replace(POLICY, hold_seconds=0)))

    def send(self, server: ScriptedServer, **settings: object) -> DeliveryReport:
        """One call of `deliver_due` against a server that lives only as long as that."""
        with asyncio.Runner(loop_factory=HandLoop) as runner:
            return runner.run(self._send(server, settings))

    async def _send(self, server: ScriptedServer, settings: dict[str, Any]) -> DeliveryReport:
        async with server:
            return await self.deliver(server, **settings)

    async def deliver(
        self, server: ScriptedServer, *, should_stop: Callable[[], bool] = lambda: False, **settings: Any
    ) -> DeliveryReport:
        plain = replace(TransportSettings("127.0.0.1", server.port, "none"), **settings)
        return await deliver_due(self.world.ledger, plain, self.clock, self.gates, should_stop)

    def pass_time(self, **span: float) -> None:
        self.clock.at += timedelta(**span)
        self.world.now = self.clock.at


def start_post() -> Post:
    post = Post()
    post.world.ledger.start(NOW)
    return post


def serve(*scripts: Script) -> ScriptedServer:
    return ScriptedServer(list(scripts) or [{}])


def test_everything_due_arrives_once_over_one_connection() -> None:
    post = start_post()
    post.world.save(sample_meeting())
    server = serve()
    report = post.send(server)
    assert len(report.accepted) == 2
    assert sorted(item.recipient for item in server.accepted) == [PELLE.email, RIGMOR.email]
    assert server.connections == 1
    assert {item.state for item in post.world.ledger.of_family("HOP-2026-007")} == {State.ACCEPTED}
    assert post.send(server).accepted == []


def test_whoever_is_to_stop_lets_the_mail_under_way_arrive_and_begins_no_other() -> None:
    post = start_post()
    post.world.save(sample_meeting())
    server = serve()

    async def send() -> DeliveryReport:
        async with server:
            settings = TransportSettings("127.0.0.1", server.port, "none")
            return await deliver_due(post.world.ledger, settings, post.clock, post.gates, lambda: bool(server.taken))

    with asyncio.Runner(loop_factory=HandLoop) as runner:
        report = runner.run(send())
    assert len(report.accepted) == len(server.accepted) == 1
    left = [item.state for item in post.world.ledger.of_family("HOP-2026-007")]
    assert sorted(left) == [State.ACCEPTED, State.PENDING]


def test_the_stored_bytes_arrive_unchanged() -> None:
    post = start_post()
    record = post.world.save(sample_meeting())[0]
    server = serve()
    post.send(server)
    assert server.accepted[0].data == post.world.ledger.mime(record.id)
    assert str(read_event(server.accepted[0].data)["LOCATION"]) == sample_meeting().place


def test_nothing_leaves_before_the_ledger_is_started() -> None:
    post = Post()
    post.world.save(sample_meeting())
    server = serve()
    assert post.send(server) == DeliveryReport()
    assert server.connections == 0


def test_nothing_leaves_within_the_hold_window() -> None:
    post = start_post()
    post.gates = Gates(POLICY)
    post.world.save(sample_meeting())
    server = serve()
    assert post.send(server).next_at == NOW + timedelta(minutes=10)
    post.pass_time(minutes=10)
    assert len(post.send(server).accepted) == 2


def test_no_more_leaves_than_the_rate_allows() -> None:
    """Acceptance case 26."""
    post = start_post()
    post.gates = Gates(replace(POLICY, hold_seconds=0, rate_count=1))
    post.world.save(sample_meeting())
    server = serve()
    assert len(post.send(server).accepted) == 1
    assert post.send(server).accepted == []
    post.pass_time(minutes=1)
    assert len(post.send(server).accepted) == 1


def test_an_older_notice_never_leaves_after_a_newer_one() -> None:
    """Acceptance case 18: even if somebody asks for the older one to be sent again."""
    post = start_post()
    first = post.world.save(sample_meeting(attendees=(RIGMOR,)))[0]
    post.world.ledger.fail(first.id, NOW, "rcpt", (550, "no"))
    post.world.save(sample_meeting(attendees=(RIGMOR,), place="Et andet sted"))
    server = serve()
    post.send(server)
    post.world.ledger.resolve(first.id, NOW, arrived=False)
    post.send(server)
    assert post.world.ledger.get(first.id).state is State.DROPPED
    assert len(server.taken) == 1


def test_the_client_is_the_one_whose_inside_is_relied_on() -> None:
    assert version("aiosmtplib") == "5.1.3"


def test_an_entry_that_stands_ahead_is_mended_even_if_the_right_time_is_past() -> None:
    post = start_post()
    server = serve()
    post.world.save(sample_meeting(attendees=(RIGMOR,)))
    post.send(server)
    yesterday = datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 - wall-clock time
    moved = sample_meeting(attendees=(RIGMOR,), starts=yesterday, ends=yesterday + timedelta(hours=1))
    post.world.save(moved)
    post.send(server)
    assert [str(read_event(item.data)["SEQUENCE"]) for item in server.accepted] == ["0", "1"]
    assert post.world.save(moved) == []
