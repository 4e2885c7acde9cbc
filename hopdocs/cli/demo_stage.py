"""What the demo works with: a temporary workspace, a mail server, and the watcher as a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final, Self

from hopdocs.cli.demo_smtp import Mailbox
from hopdocs.cli.safe_write import save_over
from hopdocs.errors import WorkspaceFault
from hopdocs.package_data import shipped_path
from hopdocs.workspace import CONFIG_NAME, PROJECT_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from hopdocs.cli.demo_smtp import Letter

TODAY: Final = "2026-11-21"
HOLD: Final = "3s"
_LONGEST_BUILD_SECONDS: Final = 900
_LONGEST_MAIL_SECONDS: Final = 90
_STOP_SECONDS: Final = 20


class DemoStage:
    """A context manager: entering copies, starts and listens; leaving stops what was started. Files stay to look at."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "workspace"
        self.mails = folder / "mails"
        self.mailbox = Mailbox(self.mails)
        self.watch_words = ["-w", str(self.root), "--today", TODAY, "watch"]
        apart = {"XDG_STATE_HOME": str(folder / "state"), "HOPDOCS_OPERATOR": ""}
        self._environment = os.environ | apart
        """So that nothing of a demo is kept in the home of whoever shows it, and no machine's settings count in it."""
        self._events: queue.Queue[dict[str, Any]] = queue.Queue()
        self._open = contextlib.ExitStack()
        self._watcher: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as opening:
            opening.enter_context(self.mailbox)
            self._copy_workspace()
            self._watcher = opening.enter_context(_stopped_at_the_end(self._start_watcher()))
            self._open = opening.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    # The workspace

    def _copy_workspace(self) -> None:
        """The sample families and project, with this demo's mail server and a short hold in their configuration."""
        self.root.mkdir(parents=True)
        shutil.copytree(shipped_path("families"), self.root / "families")
        shutil.copy(shipped_path(PROJECT_NAME), self.root)
        text = shipped_path(CONFIG_NAME).read_text(encoding="utf-8")
        for old, new in (
            ("host: localhost", "host: 127.0.0.1"),  # a machine without /etc/hosts knows no localhost
            ("port: 1025", f"port: {self.mailbox.port}"),
            ("hold: 10m", f"hold: {HOLD}"),
            ("rate: 30/min", "rate: 600/min"),
        ):
            text = text.replace(old, new)
        (self.root / CONFIG_NAME).write_text(text, encoding="utf-8")

    def family_file(self, family: str) -> Path:
        """The file of a family."""
        return self.root / "families" / f"{family.lower()}.yaml"

    def output(self, family: str) -> Path:
        """Where a family's documents lie."""
        return self.root / "out" / family.lower()

    def save_edit(self, family: str, meeting: str, change: tuple[str, str]) -> tuple[str, str]:
        """Saves one change under a meeting as an editor does; gives the text before and after."""
        path = self.family_file(family)
        before = path.read_text(encoding="utf-8")
        at = before.index(f"- id: {meeting}\n")
        after = before[:at] + before[at:].replace(*change, 1)
        save_over(path, after.encode())
        return before, after

    # The watcher

    def _start_watcher(self) -> subprocess.Popen[str]:
        watcher = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-m", "hopdocs", *self.watch_words, "--format", "details"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=self._environment,
        )
        threading.Thread(target=self._read_events, args=[watcher], name="demo reader", daemon=True).start()
        return watcher

    def _read_events(self, watcher: subprocess.Popen[str]) -> None:
        for line in watcher.stdout or ():
            with contextlib.suppress(json.JSONDecodeError):
                self._events.put(json.loads(line))

    def is_running(self) -> bool:
        """Whether the watcher still runs."""
        return self._watcher is not None and self._watcher.poll() is None

    def events_until(self, is_last: Callable[[dict[str, Any]], bool]) -> Iterator[dict[str, Any]]:
        """What the watcher tells, up to and with the event that was waited for."""
        limit = time.monotonic() + _LONGEST_BUILD_SECONDS
        while time.monotonic() < limit:
            for event in self.events_for(0.2):
                yield event
                if is_last(event):
                    return
            if not self.is_running():
                raise WorkspaceFault("HD596", what="hopdocs watch")
        raise WorkspaceFault("HD597", seconds=str(_LONGEST_BUILD_SECONDS))

    def events_for(self, seconds: float) -> Iterator[dict[str, Any]]:
        """What the watcher tells within some seconds."""
        limit = time.monotonic() + seconds
        while (left := limit - time.monotonic()) > 0:
            try:
                yield self._events.get(timeout=left)
            except queue.Empty:
                return

    # Mail

    def start_notices(self) -> str:
        """`hopdocs notices start`, as a person would."""
        return self._run("notices", "start").strip()

    def waiting_notices(self) -> list[dict[str, Any]]:
        """What `hopdocs notices list` shows."""
        rows: list[dict[str, Any]] = json.loads(self._run("notices", "list", "--format", "json"))["notices"]
        return rows

    def team(self, family: str) -> list[str]:
        """Whom the family's meetings are told to."""
        return sorted({row.recipient for row in self.mailbox.letters if self._is_about(row, family)})

    def _is_about(self, letter: Letter, family: str) -> bool:
        case = self.family_file(family).read_text(encoding="utf-8").split('case_number: "')[1].partition('"')[0]
        return case in letter.subject

    def letters_after(self, start: int, count: int) -> Sequence[Letter]:
        """The mails from number `start` on, once `count` of them have come."""
        limit = time.monotonic() + _LONGEST_MAIL_SECONDS
        while len(self.mailbox.letters) < start + count:
            if time.monotonic() > limit:
                raise WorkspaceFault("HD597", seconds=str(_LONGEST_MAIL_SECONDS))
            if not self.is_running():
                raise WorkspaceFault("HD596", what="hopdocs watch")
            time.sleep(0.1)
        return self.mailbox.letters[start:]

    def _run(self, *words: str) -> str:
        done = subprocess.run(  # noqa: S603 - this very program
            [sys.executable, "-m", "hopdocs", "-w", str(self.root), "--today", TODAY, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env=self._environment,
        )
        if done.returncode:
            raise WorkspaceFault("HD596", what=f"hopdocs {' '.join(words)}")
        return done.stdout


@contextlib.contextmanager
def _stopped_at_the_end(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
