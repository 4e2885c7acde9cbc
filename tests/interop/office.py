"""A workspace, worked with as people do: files are saved, the real command line is run, mail goes to a relay."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from hopdocs.notices.ledger.store import Ledger, connect_ledger
from tests.work import PATIENCE_SECONDS

EXAMPLE: Final = Path(__file__).parents[1] / "data" / "example"
FAMILY: Final = "families/hop-2026-007.yaml"


class Office:
    """A copy of the example with a started ledger, whose notices leave without a hold. Its day is moved by hand."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder = folder
        self.today = "2026-11-21"
        shutil.copytree(EXAMPLE, folder)
        self.set_server(server)
        self.edit("config.yaml", "hold: 10m", "hold: 0s")
        self.edit("config.yaml", "rate: 30/min", "rate: 600/s")
        self.edit("config.yaml", "pdf: auto", "pdf: none")
        self._start_ledger()

    def _start_ledger(self) -> None:
        """What `notices start` does, without a process of its own for it."""
        state = self.folder / ".hopdocs"
        state.mkdir(mode=0o700)
        with closing(Ledger(connect_ledger(state / "ledger.db"))) as ledger:
            ledger.start(datetime.now(UTC))

    def set_server(self, server: str) -> None:
        self.edit("config.yaml", r"server: \{.*?\}", f"server: {{{server}}}")

    def edit(self, name: str, pattern: str, new: str) -> None:
        """Replaces the one place where `pattern` is."""
        path = self.folder / name
        text, count = re.subn(pattern, lambda _: new, path.read_text("utf-8"), flags=re.DOTALL)
        assert count == 1, f"{count} places in {name} look like {pattern}"
        path.write_text(text, "utf-8")

    def edit_meeting(self, meeting: str, pattern: str, new: str) -> None:
        """The same within one meeting of the family."""
        path = self.folder / FAMILY
        before, mark, rest = path.read_text("utf-8").partition(f"  - id: {meeting}\n")
        inside = re.match(r"(?:    .*\n)+", rest)
        assert inside is not None, f"no meeting {meeting}"
        changed, count = re.subn(pattern, lambda _: new, inside[0])
        assert count == 1, f"{count} places in {meeting} look like {pattern}"
        path.write_text(before + mark + changed + rest[inside.end() :], "utf-8")

    def add_meeting(self, text: str) -> None:
        """One more meeting of the family, before the others."""
        self.edit(FAMILY, r"\nmeetings:\n", f"\nmeetings:\n{text}")

    def run(self, *words: str, statuses: tuple[int, ...] = (0,)) -> str:
        """The real program, in a process of its own; gives all that it said."""
        with self.start(*words) as process:
            said, _ = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode in statuses, f"{words}: {process.returncode}\n{said}"
        return said

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "hopdocs", "-w", str(self.folder), "--today", self.today, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"HOPDOCS_LANG": "en"},
        )

    def send(self) -> str:
        """One round; where the relay is at fault, that may show in the exit code (3, the environment)."""
        return self.run("notices", "send", statuses=(0, 3))

    def watch_once(self) -> str:
        """One round of the watcher, which waits while the relay is at fault."""
        return self.run("watch", "--once", statuses=(0, 3))
