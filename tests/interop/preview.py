"""What would leave a workspace, by the real command line: `notices preview --to`."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from pathlib import Path


def preview_mails(workspace: Path, today: str) -> dict[str, bytes]:
    """Every mail by its file name."""
    folder = workspace.parent / f"mails-{today}"
    run_hopdocs(workspace, today, "notices", "preview", "--to", str(folder))
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.eml"))} if folder.exists() else {}


def error_codes(workspace: Path, today: str) -> set[str]:
    """The codes of all errors that `check` finds."""
    found: list[dict[str, Any]] = json.loads(run_hopdocs(workspace, today, "check", "--format", "json"))["diagnostics"]
    return {row["code"] for row in found if row["severity"] == "error"}


def run_hopdocs(workspace: Path, today: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "hopdocs", "-w", str(workspace), "--today", today, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return done.stdout
