"""Memory is that of the whole tree, at its peak."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from bench.memory import PeakMemory, descendants, proportional_bytes
from tests.work import PATIENCE_SECONDS

HOLDS_100_MB = "import sys, time; held = bytearray(10**8); print('ready', flush=True); sys.stdin.read()"


def test_what_a_child_holds_counts() -> None:
    before = sum(map(proportional_bytes, descendants(os.getpid())))
    enough = before + 9 * 10**7  # what is shared with the child counts once
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS_100_MB], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == "ready\n"
        assert child.pid in descendants(os.getpid())
        with PeakMemory(os.getpid()) as memory:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while memory.peak_bytes < enough and time.monotonic() < deadline:
                time.sleep(0.02)
        child.stdin.close()
    assert memory.peak_bytes > enough
    assert proportional_bytes(child.pid) == 0
