"""What a long run counts, and how it is told."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from bench.memory import descendants, proportional_bytes


@dataclass
class Tally:
    """Lines of figures, and what was found wrong; the run fails if anything was."""

    wrong: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        """One line, at once: whoever waits sees that it goes on."""
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def check(self, holds: object, what: str) -> None:
        """Note what does not hold."""
        if not holds:
            self.wrong.append(what)
            self.say(f"WRONG: {what}")

    def end(self) -> int:
        """The exit code."""
        self.say(f"{len(self.wrong)} wrong" if self.wrong else "nothing wrong")
        return 1 if self.wrong else 0


@dataclass(frozen=True, slots=True)
class Held:
    """What a process and all that it started hold of the machine at one moment."""

    megabytes: float
    handles: int
    processes: int

    @classmethod
    def by(cls, process: int) -> Held:
        found = descendants(process)
        return cls(sum(map(proportional_bytes, found)) / 1024**2, sum(map(_handles, found)), len(found))


def worked_seconds(process: int) -> float:
    """What it and those of its children that have ended took of the processor: the same on a busy machine."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _handles(process: int) -> int:
    try:
        return len(os.listdir(Path("/proc") / str(process) / "fd"))  # noqa: PTH208 - only how many
    except OSError:
        return 0  # it ended meanwhile


def share(values: list[float], part: float) -> float:
    """The value that so great a part of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]
