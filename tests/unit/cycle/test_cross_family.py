from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.run import CycleOptions
from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick
from tests.unit.cycling import Desk, copy_example

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.cycle.run import CycleReport

SMALL, TWICE = "families/hop-2026-002.yaml", "families/to.yaml"
NUMBER = "sagsnummeret 26-000871 står også i en anden families fil"


@pytest.mark.parametrize("fault", ["", "members: [\n"])
def test_two_files_with_one_id_are_both_told_and_stopped_also_where_one_cannot_be_read(
    tmp_path: Path, fault: str
) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007")
    text = (root / "families/hop-2026-007.yaml").read_text(encoding="utf-8")
    (root / "families/kopi.yaml").write_text(text.replace("HOP-2026-007", "hop-2026-007") + fault, encoding="utf-8")
    shown = run("-w", root, *TODAY, "check", "--format", "json")
    told = {row["path"]: row for row in shown.shape["diagnostics"] if row["code"] == "HD200"}
    assert set(told) == {"families/hop-2026-007.yaml", "families/kopi.yaml"}
    assert all(row["blocks"] == "family" for row in told.values())
    assert "families/kopi.yaml" in told["families/hop-2026-007.yaml"]["message"]
    assert run("-w", root, *TODAY, "build", "--format", "json").shape["documents"] == []


def test_one_family_s_check_tells_what_a_check_of_all_tells_of_it(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007", "hop-2026-009")
    text = (root / "families/hop-2026-007.yaml").read_text(encoding="utf-8")
    (root / "families/anden.yaml").write_text(text.replace("HOP-2026-007", "HOP-2026-107"), encoding="utf-8")
    assert "+ out/anden/" in run("-w", root, *TODAY, "build", "--jobs", "1").out
    (root / "families/anden.yaml").write_text(text.replace("HOP-2026-007", "HOP-2026-207"), encoding="utf-8")
    of_all = run("-w", root, *TODAY, "check", "--format", "json").shape["diagnostics"]
    ours = [row for row in of_all if row["path"] == "families/anden.yaml"]
    assert {"HD259", "HD610"} <= {row["code"] for row in ours}
    of_one = run("-w", root, *TODAY, "check", "anden", "--format", "json").shape["diagnostics"]
    assert [row for row in of_one if row["path"].startswith("families/")] == ours


def test_one_family_s_check_tells_of_a_broken_file_what_is_wrong_with_the_other_of_its_name(desk: Desk) -> None:
    (desk.root / "families/kopi.yaml").write_bytes((desk.root / TWICE).read_bytes())
    desk.cycle()
    desk.edit("\nmembers:", "\nmembers: [\nmembers:", TWICE)
    of_one = desk.cycle(CycleOptions(families=("to",), writes=False)).diagnostics
    of_all = desk.cycle(CycleOptions(writes=False)).diagnostics
    ours = [item for item in of_all if item.path == TWICE]
    assert "HD610" in {item.code for item in ours}
    assert [item for item in of_one if item.path == TWICE] == ours


def test_a_namesake_that_came_since_the_build_is_told_in_one_family_s_check(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007", "hop-2026-009")
    assert run("-w", root, *TODAY, "build", "--jobs", "1").code == 0
    other = root / "families/hop-2026-009.yaml"
    other.write_text(other.read_text(encoding="utf-8").replace("HOP-2026-009", "HOP-2026-007"), encoding="utf-8")
    told = run("-w", root, *TODAY, "check", "hop-2026-007", "--format", "json").shape["diagnostics"]
    assert [row["code"] for row in told if row["path"] == "families/hop-2026-007.yaml"].count("HD200") == 1


def test_an_id_that_cannot_be_seen_any_more_is_the_one_that_was_remembered(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007", "hop-2026-009")
    assert run("-w", root, *TODAY, "build", "--jobs", "1").code == 0
    other = root / "families/hop-2026-009.yaml"
    other.write_text(other.read_text(encoding="utf-8").replace("id: HOP", "i: HOP"), encoding="utf-8")
    (root / "families/ny.yaml").write_text("id: HOP-2026-009\n", encoding="utf-8")
    told = run("-w", root, *TODAY, "check", "ny", "--format", "json").shape["diagnostics"]
    assert "HD200" in {row["code"] for row in told if row["path"] == "families/ny.yaml"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two families of which each has the other's case number."""
    desk = copy_example(tmp_path / "workspace")
    (desk.root / "families/hop-2026-007.yaml").unlink()
    text = (desk.root / SMALL).read_text("utf-8")
    (desk.root / TWICE).write_text(text.replace("HOP-2026-002", "HOP-2026-102"), "utf-8")
    desk.cycle()
    return desk


def told_of_numbers(report: CycleReport) -> set[str]:
    return {item.path for item in report.diagnostics if item.code == "HD610"}


def test_what_two_families_have_in_common_is_told_again_when_a_file_that_was_away_is_back(desk: Desk) -> None:
    text = (desk.root / TWICE).read_text("utf-8")
    (desk.root / TWICE).unlink()
    desk.edit("\nmembers:", "\n# noted\nmembers:", SMALL)
    desk.cycle(CycleOptions(families=("hop-2026-002",)))
    (desk.root / TWICE).write_text(text, "utf-8")
    assert told_of_numbers(desk.cycle(CycleOptions(writes=False))) == {SMALL, TWICE}
    assert told_of_numbers(desk.cycle()) == {SMALL, TWICE}


def test_what_two_families_have_in_common_stays_on_the_page_of_one_that_is_edited(desk: Desk) -> None:
    desk.edit("\nmembers:", "\n# noted\nmembers:", SMALL)
    desk.cycle()
    assert NUMBER in (desk.root / "out/hop-2026-002/overblik.html").read_text("utf-8")


def test_a_cycle_that_broke_off_after_its_families_leaves_what_they_say_together_to_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("hopdocs.cycle.cross_family.check_families_together", None)
        desk.edit("26-000871", "26-000872", TWICE)
        with pytest.raises(TypeError):
            desk.cycle()
    assert told_of_numbers(desk.cycle()) == set()
    for folder in ("", "hop-2026-002/", "to/"):
        assert NUMBER not in (desk.root / f"out/{folder}overblik.html").read_text("utf-8")
