"""`python -m tests.endurance.soak FAMILIES MINUTES`: an edit a second for minutes, in a workspace that mails or not.

Each second the file of another family is saved by a rename. Counted is the time from the rename to the last of the
family's Word files, as the file system tells it, and what the service holds of the machine at the end, beside what it
held once it had found its pace. The case number changes: it stands in every letter and every invitation.
"""

from __future__ import annotations

import itertools
import os
import re
import sqlite3
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from bench.commands import build
from bench.workspaces import Standing, write_workspace
from tests.endurance.tally import Held, Tally, share, worked_seconds
from tests.service.mailbox import Mailbox
from tests.service.watched import Watched
from tests.unit.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_COURSE: Final = 100
"""So many families are edited in turns; the others have just consented, two documents each."""
_WARM_SHARE: Final = 0.2
"""Of the time, before anything is counted."""
_LOOK_SECONDS: Final = 5.0
_MOST_TIMES: Final = 3.0
_MORE_MEGABYTES: Final = 30.0
_MORE_HANDLES: Final = 8
_MOST_LATE: Final = 5
_LATE_SECONDS: Final = 60.0
_CASE_NUMBER: Final = re.compile(r'^case_number: "[^"]+"', re.MULTILINE)


@dataclass
class Soak:
    """One workspace and the service at work in it."""

    watched: Watched
    taken: list[float] = field(default_factory=list)
    held: list[tuple[float, Held]] = field(default_factory=list)
    queues: list[tuple[int, int]] = field(default_factory=list)
    """How many edits were not done, and how many notices were pending, at each look."""
    saved: dict[str, int] = field(default_factory=dict)
    """By family: when its edit was saved that is not done yet, in nanoseconds."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    worked_seconds: float = 0.0

    def run(self, families: list[str], seconds: float) -> None:
        """Edit each second, and look from time to time."""
        assert self.watched.process is not None
        process = self.watched.process.pid
        begun, worked = time.monotonic(), worked_seconds(process)
        ended = threading.Event()
        reader = threading.Thread(target=self._follow, args=(ended,), daemon=True)
        reader.start()
        next_look = 0.0
        for number, family in enumerate(itertools.cycle(families)):
            now = time.monotonic() - begun
            if now >= seconds:
                break
            if now >= next_look:
                self._look(now)
                next_look = now + _LOOK_SECONDS
            self._edit(family, number)
            time.sleep(max(0.0, begun + number + 1 - time.monotonic()))
        limit = time.monotonic() + _LATE_SECONDS
        while self.saved and time.monotonic() < limit:
            self._take_from_disk()
            time.sleep(0.1)
        ended.set()
        reader.join()
        self._look(time.monotonic() - begun)
        self.worked_seconds = worked_seconds(process) - worked

    def _edit(self, family: str, number: int) -> None:
        with self.lock:
            if family in self.saved:  # the last edit of this very file is not done yet
                return
        source = self.watched.folder / "families" / f"{family}.yaml"
        text, changed = _CASE_NUMBER.subn(f'case_number: "26-{100000 + number}"', source.read_text("utf-8"))
        assert changed == 1
        beside = source.with_name(".saved.tmp")
        beside.write_text(text, "utf-8")
        with self.lock:
            self.saved[family] = time.time_ns()
        beside.replace(source)

    def _follow(self, ended: threading.Event) -> None:
        """Take the time of each edit when the service says that its documents are made."""
        for line in self._lines(ended):
            made = {Path(path).parts[1] for path, action, _ in line.get("documents", ()) if action == "made"}
            for family in made:
                with self.lock:
                    saved = self.saved.pop(family, None)
                if saved is not None:
                    self.taken.append((_newest(self.watched.folder / "out" / family) - saved) / 1e9)

    def _take_from_disk(self) -> None:
        """Take the time of edits whose documents stand already, while the service is still at what comes after them."""
        with self.lock:
            for family, saved in [*self.saved.items()]:
                made = _newest(self.watched.folder / "out" / family)
                if made > saved:
                    self.taken.append((made - saved) / 1e9)
                    del self.saved[family]

    def _lines(self, ended: threading.Event) -> Iterator[dict[str, Any]]:
        place = len(self.watched.lines)
        while True:
            is_over = ended.is_set()
            yield from self.watched.lines[place:]
            place = len(self.watched.lines)
            if is_over:
                return
            time.sleep(0.02)

    def _look(self, now: float) -> None:
        assert self.watched.process is not None
        self._take_from_disk()
        self.held.append((now, Held.by(self.watched.process.pid)))
        self.queues.append((len(self.saved), _pending(self.watched.folder)))


def _newest(folder: Path) -> int:
    """When the last of a family's Word files took its place, in nanoseconds."""
    return max(file.stat().st_ctime_ns for file in folder.glob("*.docx"))


def _pending(folder: Path) -> int:
    with sqlite3.connect(f"file:{folder}/.hopdocs/ledger.db?mode=ro", uri=True) as connection:
        (count,) = connection.execute("SELECT count(*) FROM notice WHERE state = 'pending'").fetchone()
    connection.close()
    return int(count)


def soak(count: int, minutes: float, *, is_started: bool, tally: Tally) -> None:
    """One run, told and judged."""
    with tempfile.TemporaryDirectory(prefix="hopdocs-soak-") as home, Mailbox() as mailbox:
        folder = Path(home) / "workspace"
        in_course = min(_IN_COURSE, count)
        write_workspace(folder, count, Standing(in_course=in_course))
        config = folder / "config.yaml"
        text = re.sub(r"port: \d+", f"port: {mailbox.port}", config.read_text("utf-8"), count=1)
        text = re.sub(r"(?m)^  hold: \w+", "  hold: 0s", text)
        config.write_text(re.sub(r"(?m)^  rate: \S+", "  rate: 600/s", text), "utf-8")
        begun = time.monotonic()
        build(folder)
        tally.say(f"{count:,} families, {'started' if is_started else 'not started'}: {time.monotonic() - begun:.0f} s")
        watched = Watched(folder)
        soaked = Soak(watched)
        try:
            watched.start()
            if is_started:
                shown = run("-w", str(folder), "--today", watched.today, "notices", "start")
                tally.check(shown.code == 0, shown.out + shown.err)
            tally.say(f"  first cycle after {time.monotonic() - begun:.0f} s")
            soaked.run([f"hop-2026-{number + 1000:04}" for number in range(in_course)], minutes * 60)
        finally:
            status = watched.stop()
        tally.check(status == 0, f"the service ended with {status}")
        _judge(soaked, minutes * 60 * _WARM_SHARE, len(mailbox.letters), tally)


def _judge(soaked: Soak, warm_seconds: float, mails: int, tally: Tally) -> None:
    edits = soaked.taken[int(len(soaked.taken) * _WARM_SHARE) :]
    middle, late = median(edits), share(edits, 0.99)
    tally.say(
        f"  {len(edits)} edits: median {middle:.2f} s, p99 {late:.2f} s ({late / middle:.1f} times), "
        f"longest {max(edits):.2f} s; {mails} mails"
    )
    tally.say(
        f"  {soaked.worked_seconds / len(soaked.taken):.2f} s of the processor an edit; "
        f"load of the machine {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores"
    )
    tally.check(late <= _MOST_TIMES * middle, f"p99 is {late / middle:.1f} times the median")
    held = [item for now, item in soaked.held if now >= warm_seconds]
    third = max(len(held) // 3, 1)
    first, last = held[:third], held[-third:]
    for what, more in (("megabytes", _MORE_MEGABYTES), ("handles", _MORE_HANDLES), ("processes", 0)):
        before, after = (median(getattr(item, what) for item in part) for part in (first, last))
        tally.say(f"  {what}: {before:.0f}, at the end {after:.0f}")
        tally.check(after - before <= more, f"{what} grew from {before:.0f} to {after:.0f}")
    undone, pending = soaked.queues[-1]
    tally.say(f"  edits not done at a look: at most {max(undone for undone, _ in soaked.queues)}, at the end {undone}")
    tally.say(f"  notices pending: {soaked.queues[0][1]} at the start, {pending} at the end")
    tally.check(undone == 0, f"{undone} edits were never done")
    busy = [undone for undone, _ in soaked.queues[-third:-1]]
    tally.check(not busy or median(busy) <= _MOST_LATE, f"{median(busy or [0]):.0f} edits wait at the end")


def main() -> int:
    """Both kinds of workspace, or the one that is named."""
    count, minutes = int(sys.argv[1]), float(sys.argv[2])
    tally = Tally()
    for kind in sys.argv[3:] or ("unstarted", "started"):
        soak(count, minutes, is_started=kind == "started", tally=tally)
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
