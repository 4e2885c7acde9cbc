"""A copy of the example workspace with the real service at work in it, for tests that save files as people do."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[1] / "data" / "example"
TODAY = "2026-11-21"
FAMILY = "families/hop-2026-007.yaml"
OUT = "out/hop-2026-007"


def make_workspace(folder: Path) -> Path:
    """The example, writable, without PDFs and without mail in sight."""
    shutil.copytree(EXAMPLE, folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("pdf: auto ", "pdf: none "), "utf-8")
    return folder


def text_of(path: Path) -> str:
    """A Word file's body as plain text."""
    with zipfile.ZipFile(path) as archive:
        return re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())


def documents_of(folder: Path) -> dict[str, bytes]:
    """Every document under the output folder, by path; pages are of one moment and left out."""
    out = folder / "out"
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.suffix != ".html"
    }


class Watched:
    """The service as a subprocess, and what it has told.

    A file must be gone for longer than any test takes to write it anew, where deletions are not what is tested.
    """

    def __init__(self, folder: Path, today: str = TODAY) -> None:
        self.folder = folder
        self.today = today
        self.deletion_seconds = PATIENCE_SECONDS
        self.before: tuple[str, ...] = ()
        """A program that starts the service, for a test that has one stand in its way."""
        self.lines: list[dict[str, Any]] = []
        self._seen = 0
        self._came = threading.Condition()
        self.process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    def start(self, *, is_ready: bool = True) -> None:
        self.process = subprocess.Popen(
            [
                *(*self.before, sys.executable, "-m", "tests.service.watch_process"),
                *(str(self.folder), self.today, str(self.deletion_seconds)),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        self._reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self._reader.start()
        if is_ready:
            self.wait_for(lambda line: line.get("is_report"))

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for text in process.stdout:
            with self._came:
                self.lines.append(json.loads(text) if text.startswith("{") else {"noise": text})
                self._came.notify_all()

    def wait_for(self, fits: Callable[[dict[str, Any]], object], seconds: float = PATIENCE_SECONDS) -> dict[str, Any]:
        """The first line told since the last one waited for that fits."""
        deadline = time.monotonic() + seconds
        with self._came:
            while True:
                while self._seen < len(self.lines):
                    line = self.lines[self._seen]
                    self._seen += 1
                    if fits(line):
                        return line
                left = deadline - time.monotonic()
                assert left > 0, f"not told within {seconds} s; told: {self.lines[-5:]}"
                self._came.wait(left)

    def wait_until_made(self, name: str, seconds: float = PATIENCE_SECONDS) -> dict[str, Any]:
        return self.wait_for(
            lambda line: any(path.endswith(name) and action == "made" for path, action, _ in line.get("documents", ())),
            seconds,
        )

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.ended()

    def ended(self, seconds: float = PATIENCE_SECONDS) -> int:
        assert self.process is not None
        try:
            status = self.process.wait(seconds)
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
        assert self._reader is not None
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status
