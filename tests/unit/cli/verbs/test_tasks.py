from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.running import Run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "ws", "hop-2026-007", "hop-2026-009")


def tasks(root: Path, *words: str) -> Run:
    return run("-w", root, "--today", "2026-11-21", "tasks", *words)


def test_a_colleagues_tasks_are_listed_by_day(root: Path) -> None:
    lines = tasks(root, "iik").out.splitlines()[1:]
    assert lines
    assert all(" iik " in line for line in lines)
    assert lines == sorted(lines)


@pytest.mark.parametrize("word", ["IIK", "Ingolf", "ingolf iskrystal"])
def test_a_colleague_may_be_named_by_her_name(root: Path, word: str) -> None:
    assert tasks(root, word).out == tasks(root, "iik").out


def test_programs_get_every_persons_tasks_with_ids_alone(root: Path) -> None:
    rows = tasks(root, "--format", "json").shape["tasks"]
    keys = {"person", "family", "case_number", "what", "due", "kind", "comes_from", "opens_page", "overdue"}
    assert all(row.keys() == keys for row in rows)
    assert {"iik", "kko"} <= {row["person"] for row in rows}


def test_somebody_who_is_not_on_the_staff_is_asked_about(root: Path) -> None:
    shown = tasks(root, "mmoo")
    assert shown.code == 2
    assert 'nobody on the staff is called "mmoo"; nearest: mmo (Mette Morgenfrue)' in shown.err
    assert "nearest: iik (Ingolf Iskrystal)" in tasks(root, "Ingulf").err


def test_who_has_nothing_to_do_is_told_so(root: Path) -> None:
    assert tasks(root, "tta").out == "nothing to do\n"


def test_a_file_that_cannot_be_read_is_named_and_left_out(root: Path) -> None:
    (root / "families/hop-2026-009.yaml").write_text("id: [\n", "utf-8")
    shown = tasks(root, "iik", "--format", "json")
    assert shown.code == 1
    assert shown.shape["tasks"]
    assert "hop-2026-009" in shown.err
