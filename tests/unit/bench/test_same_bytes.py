"""What the comparison of many workers' PDFs counts, and the load that it is made under."""

from __future__ import annotations

import os

from bench.busy_machine import BusyMachine, keep_busy
from bench.same_bytes import count_odd


def test_what_most_have_is_not_odd() -> None:
    assert count_odd([b"F1 F2", b"F2 F1", b"F1 F2", b"F1 F2"]) == 1
    assert count_odd([b"F1"] * 3) == 0


def test_the_load_ends_with_the_measurement() -> None:
    with BusyMachine() as load:
        assert len(load._processes) == os.cpu_count()
    assert all(process.returncode is not None for process in load._processes)


def test_the_load_ends_with_its_parent() -> None:
    keep_busy(parent=-1)
