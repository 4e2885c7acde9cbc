"""A small workspace built in this process, and what its Word files say, paper by paper."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from tests.unit.cycling import copy_example
from tests.unit.letters.word_text import all_text

if TYPE_CHECKING:
    from pathlib import Path

ZAMIRANDI = "hop-2026-007"
REGNBUEHOEJ = "hop-2026-002"


def build_papers(folder: Path, family: str, today: date, *changes: tuple[str, str]) -> dict[str, str]:
    """The text of each paper of one of the example families, changed a little, by the paper's name."""
    desk = copy_example(folder / "workspace")
    desk.clock.moment = datetime.combine(today, time(9), UTC)
    for old, new in changes:
        desk.edit(old, new, f"families/{family}.yaml")
    desk.cycle()
    papers = sorted((desk.root / "out" / family).glob("*.docx"))
    return {path.stem: all_text(path.read_bytes()) for path in papers}
