"""`python -m tests.endurance.fault_injection [FAULT]... [--every N]`: a fault at each system call of a publish.

strace lets the first, second, third … call that writes fail with ENOSPC or EIO, or kills the process there, until a run
has no such call left. After each, every document is the old one or the new one, whole; what failed was told; and the
next start makes everything right and leaves nothing lying about. Calls: all that make, write, sync, rename or remove.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.endurance.one_publish import publish_once
from tests.endurance.tally import Tally
from tests.service.watched import EXAMPLE, documents_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_CALLS: Final = (
    *("write", "pwrite64", "fsync", "fdatasync", "syncfs", "fchmod", "ftruncate", "fallocate", "mkdir", "mkdirat"),
    *("rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat"),
)
_OPENED: Final = "openat"
"""A program opens much: only what lies in these folders counts."""
_PLACES: Final = (".hopdocs", "out", "out/hop-2026-002")
_FAULTS: Final = {"ENOSPC": "error=ENOSPC", "EIO": "error=EIO", "KILL": "signal=KILL"}
_FAMILY: Final = "families/hop-2026-002.yaml"
"""The sample family with few documents."""
_LIMIT_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class Stage:
    """A workspace as it was built, whose one family was edited then, and its documents before and after."""

    ready: Path
    old: dict[str, bytes]
    new: dict[str, bytes]


def set_stage(home: Path) -> Stage:
    """Build, keep, edit, keep, and build the edit beside it."""
    ready, done = home / "ready", home / "done"
    shutil.copytree(EXAMPLE, ready, ignore=shutil.ignore_patterns("hop-2026-007*"))
    for path in (ready, *ready.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    config = ready / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("pdf: auto ", "pdf: none "), "utf-8")
    publish(ready)
    old = documents_of(ready)
    family = ready / _FAMILY
    text, changed = re.subn(r'(?m)^case_number: "[^"]+"', 'case_number: "26-765432"', family.read_text("utf-8"))
    assert changed == 1
    family.write_text(text, "utf-8")
    shutil.copytree(ready, done)
    publish(done)
    new = documents_of(done)
    assert old.keys() == new.keys()
    assert old != new
    return Stage(ready, old, new)


def publish(workspace: Path, *before: str) -> tuple[int, list[str]]:
    """One cycle in a process of its own; how it ended, and what it told."""
    command = [*before, sys.executable, "-m", "tests.endurance.one_publish", str(workspace)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=_LIMIT_SECONDS,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    return done.returncode, done.stdout.split()


@dataclass(frozen=True, slots=True)
class Hit:
    """One fault that was put in: into which call, and what came of it."""

    call: str
    status: int
    told: tuple[str, ...]
    is_old: bool


class Injection:
    """Faults of one kind into one call after the other."""

    def __init__(self, stage: Stage, home: Path, fault: str, tally: Tally) -> None:
        self._stage = stage
        self._home = home
        self._fault = fault
        self._tally = tally

    def hits(self, every: int) -> Iterator[Hit]:
        """Call by call, until a run is through before the number is reached. strace counts each call by itself."""
        for call in (*_CALLS, _OPENED):
            number = 1
            while (hit := self._inject(call, number)) is not None:
                yield hit
                number += every

    def _inject(self, call: str, number: int) -> Hit | None:
        workspace, log = self._home / "tried", self._home / "strace"
        shutil.rmtree(workspace, ignore_errors=True)
        shutil.copytree(self._stage.ready, workspace)
        places = [word for name in _PLACES if call == _OPENED for word in ("-P", str(workspace / name))]
        strace = ("strace", "-f", "-qq", "-o", str(log), *places, "-e", f"trace={call}", "-e")
        status, told = publish(workspace, *strace, f"inject={call}:{_FAULTS[self._fault]}:when={number}")
        was_hit = status != 0 if self._fault == "KILL" else "(INJECTED)" in log.read_text("utf-8", "replace")
        if not was_hit:
            return None
        hit = Hit(call, status, tuple(told), self._documents(workspace) != self._stage.new)
        self._judge(workspace, hit, f"{self._fault} at {call} no. {number}")
        return hit

    def _judge(self, workspace: Path, hit: Hit, where: str) -> None:
        tally, stage = self._tally, self._stage
        for name, data in self._documents(workspace).items():
            tally.check(data in {stage.old.get(name), stage.new.get(name)}, f"{where}: {name} is neither old nor new")
        was_killed = self._fault == "KILL"
        tally.check(was_killed or hit.told or not hit.is_old, f"{where}: failed, and nobody was told")
        tally.check(was_killed or hit.status == 0, f"{where}: ended with {hit.status}")
        told = publish_once(workspace)  # in this process, which has read its modules already
        tally.check(self._documents(workspace) == stage.new, f"{where}: not healed by the next start ({told})")
        left = [path.name for path in (workspace / "out").rglob(".hopdocs-*.tmp")]
        tally.check(not left, f"{where}: left lying about: {left}")
        for name in ("ledger.db", "cache.db"):
            with closing(sqlite3.connect(workspace / ".hopdocs" / name)) as database:
                (answer,) = database.execute("PRAGMA integrity_check").fetchone()
            tally.check(answer == "ok", f"{where}: {name}: {answer}")

    def _documents(self, workspace: Path) -> dict[str, bytes]:
        """What stands under its name; a temporary file may be anything."""
        found = documents_of(workspace).items()
        return {name: data for name, data in found if not Path(name).name.startswith(".hopdocs-")}


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in counts.most_common())


def main() -> int:
    """All faults, or those that are named."""
    reading = argparse.ArgumentParser()
    reading.add_argument("faults", nargs="*", default=list(_FAULTS))
    reading.add_argument("--every", type=int, default=1, help="only each so many calls, for a quick look")
    asked = reading.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="hopdocs-faults-") as name:
        home = Path(name)
        stage = set_stage(home)
        changed = sum(stage.new[at] != stage.old[at] for at in stage.new)
        tally.say(f"{len(stage.new)} documents, {changed} of them change")
        for fault in asked.faults:
            hits = list(Injection(stage, home, fault, tally).hits(asked.every))
            undone = sum(hit.is_old for hit in hits)
            calls, told = Counter(hit.call for hit in hits), Counter(code for hit in hits for code in hit.told)
            tally.say(f"{fault}: {len(hits)} faults ({_listed(calls)}); {undone} left something undone")
            tally.say(f"  told: {_listed(told) or 'nothing'}")
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
