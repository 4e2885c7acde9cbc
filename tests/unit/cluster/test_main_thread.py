"""Work that is done in the one thread in which Python hears of signals."""

from __future__ import annotations

import resource
import threading
from typing import TYPE_CHECKING

import pytest

from hopdocs.cluster.main_thread import MainThread
from hopdocs.cluster.worker import limited_memory
from hopdocs.cycle.making.crew.work import MOST_WORKER_BYTES

if TYPE_CHECKING:
    from concurrent.futures import Future


def test_work_is_done_in_its_turn_by_whoever_calls_for_it() -> None:
    there = MainThread()
    futures = [there.submit(threading.current_thread), there.submit(int, "x"), there.submit(int, "7")]
    there.end()
    there.work(60, lambda: None)
    assert futures[0].result() is threading.current_thread()
    with pytest.raises(ValueError, match="x"):
        futures[1].result()
    assert futures[2].result() == 7


def test_what_was_taken_back_before_its_turn_is_not_done() -> None:
    there = MainThread()
    done: list[int] = []
    future: Future[None] = there.submit(done.append, 1)
    assert future.cancel()
    there.end()
    there.work(60, lambda: None)
    assert done == []


def test_while_nothing_comes_somebody_may_tidy_up() -> None:
    there = MainThread()
    there.work(0.001, there.end)


def test_a_family_may_take_so_much_memory_and_what_is_started_after_it_more() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with limited_memory():
        most, _ = resource.getrlimit(resource.RLIMIT_DATA)
        assert 0 < most <= MOST_WORKER_BYTES
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
