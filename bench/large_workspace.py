"""Ten thousand families with all their documents made: it takes a while, so the figures about it share one."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from bench.commands import build
from bench.workspaces import Standing, write_workspace

FAMILIES: Final = 10_000
FULL: Final = 10
STANDING: Final = Standing(in_course=FULL)
"""Ten thousand whole courses would take the time of all the other figures together."""
NOTE: Final = (
    f"Of the {FAMILIES:,} families {FULL} are in the middle of their course and the others have just consented (2 "
    "documents each), for the sake of time"
)


@dataclass(frozen=True, slots=True)
class LargeWorkspace:
    """Where it is, and what its first build took."""

    path: Path
    seconds: float
    peak_bytes: int


@cache
def large_workspace() -> LargeWorkspace:
    """Made when first asked for; gone when the run ends."""
    home = Path(tempfile.mkdtemp(prefix="hopdocs-bench-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    write_workspace(home / "large", FAMILIES, STANDING)
    return LargeWorkspace(home / "large", *build(home / "large"))
