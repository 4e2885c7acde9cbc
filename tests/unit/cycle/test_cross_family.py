from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick

if TYPE_CHECKING:
    from pathlib import Path


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
