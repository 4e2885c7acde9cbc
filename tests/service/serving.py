"""The installed `hopdocs serve` over a small workspace, for tests that visit it."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.service.watched import TODAY
from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    import signal
    from collections.abc import Mapping

HOPDOCS = Path(sys.executable).with_name("hopdocs")


class Serving:
    """The command at work, and its address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [HOPDOCS, "-w", folder, "--today", TODAY, "serve"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "HOPDOCS_LANG": "da"},
        )
        assert self.process.stdout is not None
        self.address = urlsplit(self.process.stdout.readline().strip())

    def ask(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> http.client.HTTPResponse:
        """What is answered to a path behind the token."""
        connection = http.client.HTTPConnection(str(self.address.hostname), self.address.port, timeout=PATIENCE_SECONDS)
        connection.request(method, self.address.path + path, headers=dict(headers or {}))
        return connection.getresponse()

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """The exit code, and what it said of it."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, said

    def kill(self) -> None:
        """Have it gone, whatever it does."""
        self.process.kill()
        self.process.communicate()
