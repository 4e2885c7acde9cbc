"""The live picture of `hopdocs watch` on the sample workspace, a moment after the familieplansmøde was moved, as HTML.

    python -m tools.watch_picture WORKSPACE DAY > watch.html

WORKSPACE is one that `hopdocs init --sample` made and that is started; its family's file is edited.
"""

from __future__ import annotations

import io
import os
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from rich.console import Console as Terminal

from hopdocs.cli.console import Console
from hopdocs.cli.live.picture import lay_out
from hopdocs.cli.live.watcher import LivePicture
from hopdocs.cycle.run import CycleOptions, Session, run_cycle
from hopdocs.operator_file import read_config_text, use_config
from hopdocs.watching.service import ServiceEvent
from hopdocs.workspace import open_workspace

if TYPE_CHECKING:
    from hopdocs.cycle.report import Progress

_COLUMNS: Final = 100
_LINES: Final = 24
_FAMILY: Final = Path("families", "hop-2026-007.yaml")
_HELD: Final = 'date: 2026-11-24\n    start: "10.00"\n    end: "12.00"'
_MOVED: Final = 'date: 2026-11-24\n    start: "12.30"\n    end: "14.30"'


@dataclass(frozen=True)
class _Noon:
    """A clock that stands, so that the picture is the same each time."""

    day: date
    zone: ZoneInfo

    def now(self) -> datetime:
        return datetime.combine(self.day, time(12, 31, 7), self.zone).astimezone(UTC)

    def monotonic(self) -> float:
        return 0.0


class _Nobody:
    """Who would tell it in lines; the picture is drawn here."""

    def __call__(self, event: ServiceEvent) -> None: ...

    def show_progress(self, step: Progress) -> None: ...


def draw(root: Path, day: date) -> str:
    """Two rounds of the service, and what a person then sees."""
    workspace = open_workspace(root)
    config = use_config(read_config_text(workspace)).config
    assert config is not None  # noqa: S101 - it would have been refused
    zone = ZoneInfo(config.timezone)
    clock = _Noon(day, zone)
    live = LivePicture(Console(), workspace, config, clock, zone, _Nobody())
    options = CycleOptions(plans_notices=True, lists_unchanged=False)
    with Session(workspace, clock) as session:
        live(ServiceEvent(report=run_cycle(workspace, clock, options, session)))
        live.take_events()
        file = root / _FAMILY
        file.write_text(file.read_text("utf-8").replace(_HELD, _MOVED), "utf-8")
        live(ServiceEvent(report=run_cycle(workspace, clock, options, session)))
        live.take_events()
    terminal = Terminal(record=True, force_terminal=True, width=_COLUMNS, file=io.StringIO())
    for row in lay_out(live.compose(), _COLUMNS, _LINES):
        terminal.print(row, no_wrap=True, overflow="ellipsis")
    return terminal.export_html(inline_styles=True)


if __name__ == "__main__":
    os.environ["HOPDOCS_LANG"] = "da"
    sys.stdout.write(draw(Path(sys.argv[1]), date.fromisoformat(sys.argv[2])))
