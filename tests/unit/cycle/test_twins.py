"""A sample family's twins: what is made, and who is told, where somebody said no or the offer is not for them.

A file under `tests/data/twins` names the sample, the day, what is replaced in it, and everything that may come of it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from hopdocs.cycle.run import CycleOptions
from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import quick
from tests.unit.cycling import Desk, SetClock

if TYPE_CHECKING:
    from hopdocs.cycle.run import CycleReport

TWINS = sorted((Path(__file__).parents[2] / "data" / "twins").glob("*.yaml"))


def _at_ten(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def _cycle(twin: dict[str, Any], folder: Path) -> tuple[Desk, CycleReport]:
    desk = Desk(quick(folder, twin["family"]), SetClock(_at_ten(twin["today"])))
    for old, new in twin["replace"]:
        desk.edit(old, new, f"families/{twin['family']}.yaml")
    return desk, desk.cycle(CycleOptions(plans_notices=True))


@pytest.fixture(params=TWINS, ids=lambda path: path.stem)
def twin(request: pytest.FixtureRequest) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(request.param.read_text("utf-8"))
    return read


def test_a_twin_gets_these_papers_and_no_other(twin: dict[str, Any], tmp_path: Path) -> None:
    desk, _ = _cycle(twin, tmp_path / "ws")
    assert [Path(path).name for path in desk.files()] == twin["documents"]


def test_of_a_twin_these_are_told_and_nobody_of_team_or_steering_group(twin: dict[str, Any], tmp_path: Path) -> None:
    desk, _ = _cycle(twin, tmp_path / "ws")
    rows = run("-w", desk.root, "notices", "list", "--format", "json").shape["notices"]
    assert sorted({row["recipient"].partition("@")[0] for row in rows}) == twin["told"]


def test_a_twin_is_where_it_is_in_its_course_with_these_faults(twin: dict[str, Any], tmp_path: Path) -> None:
    desk, report = _cycle(twin, tmp_path / "ws")
    found = sorted(item.code for item in report.diagnostics if item.code.startswith("HD2"))
    assert found == twin["codes"]
    shown = run("-w", desk.root, "--today", twin["today"].isoformat(), "status", "--format", "json")
    assert [row["state"] for row in shown.shape["families"]] == [twin["state"]]
