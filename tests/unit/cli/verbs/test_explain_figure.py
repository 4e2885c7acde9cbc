"""`hopdocs explain figure` on sample families."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.running import Run

DAY = "2026-11-29"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("figures") / "ws", "hop-2025-003", "hop-2026-002", "hop-2026-009")


def explain(root: Path, *words: str) -> Run:
    return run("-w", root, "--today", DAY, "explain", "figure", *words)


def test_a_familys_figures_are_listed_by_name(root: Path) -> None:
    shown = explain(root, "HOP-2025-003")
    assert shown.code == 0, shown.err
    assert re.search(r"^udgift\.tendens +fald ", shown.out, re.MULTILINE)


def test_one_figure_names_each_line_that_it_was_made_of(root: Path) -> None:
    shown = explain(root, "hop-2025-003", "udgift.BF.2025-05")
    (line,) = re.findall(r"families/hop-2025-003\.yaml:(\d+): (.*)", shown.out)
    text = (root / "families/hop-2025-003.yaml").read_text("utf-8").splitlines()
    number = int(line[0])
    assert line[1] == ", ".join(part.strip() for part in text[number - 1 : number + 2])
    assert "2025-05" in line[1]


def test_of_two_files_of_one_family_neither_is_among_the_projects_figures(tmp_path: Path) -> None:
    own = make_workspace(tmp_path / "ws", "hop-2025-003")
    shutil.copy(own / "families/hop-2025-003.yaml", own / "families/hop-2026-099.yaml")
    shown = explain(own)
    assert (shown.code, "HD200" in shown.err) == (1, True)
    assert not re.search(r"^forløb\.aktive +[1-9]", shown.out, re.MULTILINE)


def test_the_projects_figures_come_from_all_files(root: Path) -> None:
    assert re.search(r"^forløb\.aktive +1 ", explain(root).out, re.MULTILINE)
    assert explain(root).out == explain(root, "projekt").out
    assert "families/hop-2025-003.yaml:" in explain(root, "projekt", "møder").out


def test_a_reports_figures_are_those_of_its_last_day(tmp_path: Path) -> None:
    other = make_workspace(tmp_path / "ws", "hop-2025-003")
    (other / "project.yaml").write_text("period: {from: 2025-05-01, to: 2026-12-31}\n", "utf-8")
    now = explain(other, "projekt", "udgift").out
    then = explain(other, "projektstatus-2025-k3.docx", "udgift").out
    assert "2025-09" in then
    assert "2026-09" in now
    assert "2026-09" not in then


def test_who_has_not_consented_has_no_figures(root: Path) -> None:
    assert explain(root, "HOP-2026-009").out == "no figures: no consent that holds\n"


def test_what_was_measured_of_who_has_taken_everything_back_is_told_no_more(tmp_path: Path) -> None:
    own = make_workspace(tmp_path / "ws", "hop-2025-003")
    assert "families/hop-2025-003.yaml:" in explain(own, "projekt", "udgift").out
    text = (own / "families/hop-2025-003.yaml").read_text("utf-8")
    signed = dict.fromkeys(re.findall(r"^  - member: (\w+)$", text, re.MULTILINE))
    for member in signed:
        run("-w", own, "--today", DAY, "new", "withdrawal", "HOP-2025-003", member)
    assert explain(own, "HOP-2025-003").out == "no figures: no consent that holds\n"
    assert "udgift" not in explain(own, "projekt").out
    assert "families/hop-2025-003.yaml:" not in explain(own, "projekt", "udgift").out


def test_what_was_taken_back_from_one_area_is_no_line_of_the_projects_figures(tmp_path: Path) -> None:
    own = make_workspace(tmp_path / "ws", "hop-2025-003")
    assert "area: BES" in explain(own, "projekt", "udgift").out
    run("-w", own, "--today", DAY, "new", "withdrawal", "HOP-2025-003", "signe", "BES")
    shown = explain(own, "projekt", "udgift").out
    assert "area: BF" in shown
    assert "area: BES" not in shown


def test_a_name_that_is_none_is_told_with_those_near_it(root: Path) -> None:
    shown = explain(root, "HOP-2025-003", "udgft.tendens")
    assert shown.code == 2
    assert "udgift.tendens" in shown.err


def test_a_file_that_cannot_be_read_is_told_and_the_others_counted(root: Path, tmp_path: Path) -> None:
    other = make_workspace(tmp_path / "ws", "hop-2025-003", "hop-2026-002")
    (other / "families/hop-2026-002.yaml").write_text("id: [", encoding="utf-8")
    shown = explain(other)
    assert shown.code == 1
    assert "hop-2026-002.yaml" in shown.err
    assert re.search(r"^forløb\.aktive +1 ", shown.out, re.MULTILINE)
    assert explain(root, "a", "b", "c").code == 2


def test_a_code_takes_nothing_more() -> None:
    assert run("explain", "HD203", "HD204").code == 2
