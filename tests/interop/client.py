"""Starts the calendar program in `calendar_client/`, which reads mails and keeps its owner's calendar."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

CLIENT: Final = Path(__file__).parent / "calendar_client" / "client.mjs"
MODULES: Final = Path(sys.prefix) / "calendar_client" / "node_modules"


@dataclass(frozen=True, slots=True)
class Job:
    """One owner, also under other addresses, and the mails in the order in which they come."""

    owner: str
    mails: tuple[Path, ...]
    answer: str = ""
    aliases: tuple[str, ...] = ()


def open_calendars(jobs: Sequence[Job]) -> list[dict[str, Any]]:
    """What each calendar shows, and what became of each mail."""
    orders = [asdict(job) | {"mails": [str(path) for path in job.mails]} for job in jobs]
    task = {"modules": str(MODULES), "jobs": orders}
    done = subprocess.run(
        ["node", str(CLIENT)],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
