"""Work that does not end is stopped, whatever it catches; work that waits is not."""

from __future__ import annotations

import contextlib
import signal
import threading
import time

import pytest

from hopdocs.cycle.making.time_limit import OutOfTime, limit_seconds


def test_work_without_end_is_stopped_though_it_catches_every_error() -> None:
    def work() -> None:
        while True:
            with contextlib.suppress(Exception):
                sum(range(1000))

    with pytest.raises(OutOfTime), limit_seconds(0.05):
        work()


def test_waiting_is_no_work() -> None:
    with limit_seconds(0.05):
        time.sleep(0.1)


def test_what_ends_in_time_leaves_no_clock_ticking() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with limit_seconds(5):
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
    assert signal.getsignal(signal.SIGVTALRM) == before


def test_another_thread_works_without_a_limit() -> None:
    done = threading.Event()

    def work() -> None:
        with limit_seconds(0.001):
            done.set()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done.is_set()
