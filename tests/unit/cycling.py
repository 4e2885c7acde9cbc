"""A small workspace and one cycle on it, in this process."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hopdocs.cycle.run import CycleOptions, CycleReport, Session, run_cycle
from hopdocs.workspace import open_workspace

EXAMPLE = Path(__file__).parents[1] / "data" / "example"
FAMILY = "families/hop-2026-007.yaml"
OUT = "out/hop-2026-007"
TODAY = date(2026, 11, 21)


@dataclass
class SetClock:
    """A clock that stands until it is moved."""

    moment: datetime = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    seconds: float = 0.0

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.seconds

    def pass_days(self, days: int) -> None:
        self.moment += timedelta(days=days)


@dataclass
class Desk:
    """A workspace and the hands of those who work on it."""

    root: Path
    clock: SetClock

    def cycle(self, options: CycleOptions | None = None, session: Session | None = None) -> CycleReport:
        return run_cycle(open_workspace(self.root), self.clock, options or CycleOptions(), session)

    def edit(self, old: str, new: str, path: str = FAMILY) -> None:
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted((self.root / "out").rglob("*"))
            if path.is_file() and path.suffix != ".html"
        }


def copy_example(folder: Path) -> Desk:
    """The example, writable, without PDFs."""
    shutil.copytree(EXAMPLE, folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    desk = Desk(folder, SetClock())
    desk.edit("pdf: auto ", "pdf: none ", "config.yaml")
    return desk


def actions(report: CycleReport, action: str) -> set[str]:
    """The paths that this became of."""
    return {line.path for line in report.documents if line.action.value == action}


def reasons(report: CycleReport) -> dict[str, str]:
    """Why, by path."""
    return {line.path: line.reason.code for line in report.documents}
