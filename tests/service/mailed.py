"""A copy of the example workspace that mails to a server of the test's, worked on through the real command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.unit.cli.running import run

if TYPE_CHECKING:
    from tests.service.mailbox import Mailbox

EXAMPLE = Path(__file__).parents[1] / "data" / "example"


class MailedWorkspace:
    """No hold, no limit of rate and no PDFs: what is due leaves at once."""

    def __init__(self, root: Path, mailbox: Mailbox) -> None:
        self.root, self.mailbox = root, mailbox
        shutil.copytree(EXAMPLE, root)
        self.edit("config.yaml", "port: 1025", f"port: {mailbox.port}")
        self.edit("config.yaml", "hold: 10m", "hold: 0s")
        self.edit("config.yaml", "rate: 30/min", "rate: 600/s")
        self.edit("config.yaml", "pdf: auto ", "pdf: none ")

    def run(self, *words: str, status: int = 0) -> str:
        """What one command says. In this process: half a second of each start is reading modules."""
        shown = run(*self._words(*words))
        assert shown.code == status, shown.out + shown.err
        return shown.out

    def run_apart(self, *words: str, status: int = 0) -> str:
        """The same in a process of its own, as people run it."""
        done = subprocess.run(
            [sys.executable, "-m", "hopdocs", *self._words(*words)],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"HOPDOCS_LANG": "en"},
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout

    def _words(self, *words: str) -> tuple[str, ...]:
        return ("-w", str(self.root), "--today", "2026-11-21", *words)

    def edit(self, name: str, old: str, new: str) -> None:
        """Saves as an editor does: a temporary file beside it, then a rename over."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        beside = path.with_name(f".{path.name}.swp")
        beside.write_text(text.replace(old, new), encoding="utf-8")
        beside.replace(path)
