"""The real `hopdocs watch` under a stand-in for systemd: a socket that it reports to, and signals."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client.parser import text_string_to_metric_families

from tests.unit.cycling import copy_example
from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

PING_SECONDS = 0.05


def is_stopped(process: subprocess.Popen[bytes]) -> bool:
    return Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "T"


def drain(channel: socket.socket) -> Iterator[bytes]:
    while select.select([channel], [], [], 0)[0]:
        yield channel.recv(4096)


def test_the_service_manager_and_the_collector_hear_how_it_goes_until_it_ends(tmp_path: Path) -> None:
    root = copy_example(tmp_path / "workspace").root
    for file in (root / "families").glob("*.yaml"):
        file.unlink()
    metrics = tmp_path / "hopdocs.prom"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(str(tmp_path / "notify"))
        channel.settimeout(PATIENCE_SECONDS)

        def hear(wanted: bytes) -> None:
            while channel.recv(4096) != wanted:
                pass

        process = subprocess.Popen(
            [sys.executable, "-m", "hopdocs", "-w", root, "watch", "--metrics-file", metrics],
            cwd=Path(__file__).parents[2],
            env={
                **os.environ,
                "NOTIFY_SOCKET": str(tmp_path / "notify"),
                "WATCHDOG_USEC": str(int(PING_SECONDS * 2e6)),
            },
            stdout=subprocess.DEVNULL,
        )
        try:
            assert channel.recv(4096) == b"READY=1"
            hear(b"STATUS=0 families")
            read = {item.name for item in text_string_to_metric_families(metrics.read_text("utf-8"))}
            assert {"hopdocs_build_info", "hopdocs_last_scan_timestamp_seconds", "hopdocs_notices_in_doubt"} <= read
            hear(b"WATCHDOG=1")

            process.send_signal(signal.SIGSTOP)
            while not is_stopped(process):
                time.sleep(0.01)
            list(drain(channel))
            time.sleep(PING_SECONDS * 4)
            assert list(drain(channel)) == []
            process.send_signal(signal.SIGCONT)
            hear(b"WATCHDOG=1")

            process.terminate()
            hear(b"STOPPING=1\nSTATUS=stopping")
            assert process.wait(PATIENCE_SECONDS) == 0
            assert list(drain(channel)) == []
        finally:
            process.kill()
            process.wait()
