"""What the program is, told from its own files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hopdocs.clock import ShiftedClock
from hopdocs.cycle.run import run_cycle
from hopdocs.package_data import describe_program
from hopdocs.workspace import Workspace
from tests.unit.cli.test_verbs import TODAY, quick

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_every_module_and_wording_counts_and_nothing_that_running_leaves_behind() -> None:
    names = [name for name, _, _ in describe_program()]
    for ending in ("hopdocs/cycle/run.py", "notices/ledger/store.py", "catalogue/da/hd2.yaml"):
        assert [name for name in names if name.endswith(ending)]
    assert not [name for name in names if "__pycache__" in name]


def test_families_are_looked_at_again_by_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace(quick(tmp_path / "ws", "hop-2026-007"))
    clock = ShiftedClock.as_of(date.fromisoformat(TODAY[1]), ZoneInfo("Europe/Copenhagen"))
    assert [run_cycle(workspace, clock).evaluated for _ in range(2)] == [1, 0]
    monkeypatch.setattr("hopdocs.cycle.shared_inputs.describe_program", lambda: [("hopdocs/cycle/run.py", 1, 1)])
    assert [run_cycle(workspace, clock).evaluated for _ in range(2)] == [1, 0]
