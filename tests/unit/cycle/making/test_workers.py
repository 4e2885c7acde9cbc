"""Families in worker processes: one that dies takes nobody's documents with it."""

from __future__ import annotations

import os
import resource
import shutil
import signal
from multiprocessing import active_children
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.making import workers
from hopdocs.cycle.run import CycleOptions, Progress
from hopdocs.cycle.shared_inputs import read_shared_inputs
from hopdocs.package_data import shipped_path
from hopdocs.workspace import open_workspace
from tests.unit.cycle import fatal_families
from tests.unit.cycling import Desk, SetClock, actions, copy_example

if TYPE_CHECKING:
    from pathlib import Path

MANY = workers.WORTH_A_WORKER + 2
SMALL = "hop-2026-009.yaml"
"""The sample family that has hardly any documents yet."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many families that it takes workers; nothing is made of them yet."""
    desk = copy_example(tmp_path_factory.mktemp("many") / "workspace")
    text = (shipped_path("families") / SMALL).read_text("utf-8")
    for path in (desk.root / "families").glob("*.yaml"):
        path.unlink()
    for number in range(MANY):
        name = {3: "fatal", 12: "passing"}.get(number, f"hop-2026-{number + 100}")
        family = text.replace("HOP-2026-009", f"HOP-2026-{number + 100}")
        (desk.root / "families" / f"{name}.yaml").write_text(family, "utf-8")
    return desk.root


@pytest.fixture
def desk(written: Path, tmp_path: Path) -> Desk:
    shutil.copytree(written, tmp_path / "workspace")
    return Desk(tmp_path / "workspace", SetClock())


@pytest.fixture(scope="module")
def expected(written: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process makes of them."""
    root = tmp_path_factory.mktemp("expected") / "workspace"
    shutil.copytree(written, root)
    desk = Desk(root, SetClock())
    desk.cycle(CycleOptions(jobs=1))
    return documents(desk)


def documents(desk: Desk) -> dict[str, bytes]:
    return {name: data for name, data in desk.files().items() if name.endswith(".docx")}


def left_over(desk: Desk) -> list[Path]:
    return list((desk.root / "out").rglob(".hopdocs-*"))


def test_a_killed_worker_costs_no_family_its_documents(desk: Desk, expected: dict[str, bytes]) -> None:
    killed: list[int] = []

    def kill_one(_: Progress) -> None:
        if not killed:
            victim = active_children()[0].pid
            assert victim is not None
            killed.append(victim)
            os.kill(victim, signal.SIGKILL)

    report = desk.cycle(CycleOptions(jobs=2, progress=kill_one))
    assert killed
    assert documents(desk) == expected
    assert actions(report, "made") == expected.keys()
    assert not [item for item in report.diagnostics if item.code.startswith("HD5")]
    assert left_over(desk) == []


def test_a_family_that_kills_its_worker_each_time_is_told_of_and_the_others_are_made(
    desk: Desk, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_produce_chunk", fatal_families.produce_or_die)
    report = desk.cycle(CycleOptions(jobs=2))
    assert [item.path for item in report.diagnostics if item.code == "HD537"] == [fatal_families.FATAL]
    assert documents(desk) == {name: data for name, data in expected.items() if not name.startswith("out/fatal/")}
    assert report.evaluated == MANY
    again = desk.cycle(CycleOptions(jobs=2))
    assert again.evaluated == 0
    assert [item.path for item in again.diagnostics if item.code == "HD537"] == [fatal_families.FATAL]


def test_where_no_worker_can_live_this_process_does_the_work(
    desk: Desk, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_begin_worker", fatal_families.die)
    report = desk.cycle(CycleOptions(jobs=2))
    assert documents(desk) == expected
    assert report.evaluated == MANY


def test_a_worker_is_told_that_memory_is_short_before_the_machine_has_none(desk: Desk) -> None:
    shared = read_shared_inputs(open_workspace(desk.root), desk.clock, writes=True, fallback_config=None)
    with workers._open_pool(shared.settings, 1) as pool:
        most, _ = pool.submit(resource.getrlimit, resource.RLIMIT_DATA).result()
    assert most == workers.MOST_WORKER_BYTES
