"""What a queue of hundreds costs whoever only looks: no mail is made, and the ledger is asked a few times. Counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hopdocs.notices.ledger import reader
from hopdocs.notices.sending.delivery import deliver_now
from hopdocs.notices.sending.outbox import Gates
from hopdocs.notices.sending.transport import TransportSettings
from hopdocs.notices.wanted import WantedFamily
from tests.service.test_delivery import HandClock
from tests.unit.notices.samples import POLICY, World, sample_meeting

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 300
"""More than are read at a time."""


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    names = [f"HOP-2026-{number:03}" for number in range(COUNT // 2)]
    world.save_families(
        *(WantedFamily(name, (sample_meeting(family=name, uid=f"{name}@x.example"),)) for name in names)
    )

    def refuse(*_: object) -> None:
        pytest.fail("a mail was made for nobody")

    monkeypatch.setattr(reader, "compose_notice", refuse)
    return world


def questions(world: World, act: Callable[[], object]) -> int:
    """How many times the ledger is asked while something is done."""
    asked: list[str] = []
    world.ledger._connection.set_trace_callback(asked.append)
    act()
    world.ledger._connection.set_trace_callback(None)
    return sum(1 for sql in asked if sql.startswith("SELECT"))


def send(world: World, gates: Gates) -> None:
    deliver_now(world.ledger, TransportSettings("127.0.0.1", 1, "none"), HandClock(), gates)


def test_a_workspace_that_is_not_started_makes_no_mail(world: World) -> None:
    assert questions(world, lambda: send(world, Gates(POLICY))) < 10
    assert questions(world, lambda: world.outbox().rows()) < 15
    assert {row.hold.code for row in world.outbox().rows() if row.hold} == {"HD420"}
    assert world.ledger._connection.execute("SELECT sum(length(mime)) FROM notice").fetchone() == (0,)


def test_a_round_of_the_sender_asks_for_hundreds_at_a_time(world: World) -> None:
    world.ledger.start(world.now)
    held = Gates(replace(POLICY, release="manual"))
    world.pass_time(minutes=5)
    assert questions(world, lambda: send(world, held)) < 20


def test_the_page_of_all_makes_no_mail_to_show_a_long_queue(world: World) -> None:
    world.ledger.start(world.now)
    shown = world.outbox().first_rows(200)
    assert len(shown) == 200
    assert {row.hold.code for row in shown if row.hold} == {"HD437"}
    assert questions(world, lambda: world.outbox().first_rows(200)) < 15
