"""One timer for all replies of a connection: it ends a wait that is too long, and no other."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from hopdocs.notices.sending.patience import Patience
from tests.service.smtp_script import HandLoop

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def loop() -> Iterator[HandLoop]:
    hand_loop = HandLoop()
    yield hand_loop
    hand_loop.close()


def make(loop: HandLoop) -> tuple[Patience, list[float]]:
    given_up: list[float] = []

    async def build() -> Patience:
        return Patience(lambda: given_up.append(loop.time()))

    return loop.run_until_complete(build()), given_up


def pass_time(loop: HandLoop, seconds: float) -> None:
    loop.seconds += seconds
    for _ in range(3):
        loop.run_until_complete(asyncio.sleep(0))


def test_a_reply_that_does_not_come_is_given_up_when_its_time_is_over(loop: HandLoop) -> None:
    patience, given_up = make(loop)
    patience.begin(60)
    pass_time(loop, 59)
    assert not patience.has_run_out
    pass_time(loop, 1)
    assert (patience.has_run_out, given_up) == (True, [60])


def test_a_reply_that_came_ends_nothing_later(loop: HandLoop) -> None:
    patience, given_up = make(loop)
    patience.begin(60)
    patience.end()
    pass_time(loop, 600)
    assert given_up == []


def test_each_wait_has_all_of_its_time_though_the_timer_is_an_earlier_ones(loop: HandLoop) -> None:
    patience, given_up = make(loop)
    for _ in range(3):
        patience.begin(60)
        pass_time(loop, 50)
        patience.end()
    patience.begin(60)
    pass_time(loop, 59)
    assert given_up == []
    pass_time(loop, 1)
    assert given_up == [210]


def test_a_shorter_wait_is_not_as_long_as_the_one_before(loop: HandLoop) -> None:
    patience, given_up = make(loop)
    patience.begin(600)
    patience.end()
    patience.begin(60)
    pass_time(loop, 60)
    assert given_up == [60]


def test_nothing_is_left_behind_by_a_connection_that_ended(loop: HandLoop) -> None:
    patience, given_up = make(loop)
    patience.begin(60)
    patience.stop()
    pass_time(loop, 60)
    assert (patience.has_run_out, given_up) == (False, [])
