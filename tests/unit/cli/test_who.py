"""What a reader sees, and what is withheld from her: the answer to "what does the father get?"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

TODAY = ("--today", "2026-11-21")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "ws", "hop-2026-007")


def test_the_father_is_not_shown_her_health_and_the_reason_is_told(root: Path) -> None:
    shown = run("-w", root, *TODAY, "who", "HOP-2026-007", "tariq", "--format", "json")
    assert shown.code == 0
    (reader,) = shown.shape["readers"]
    assert "familieplan-tariq" in reader["papers"]
    assert {(row["kind"], row["name"], row["why"]) for row in reader["withheld"]} == {
        ("goal", "helbred", "health"),
        ("activity", "smerter", "health"),
        ("measured", "v_funktion nadira", "health"),
    }
    lines = (root / "families/hop-2026-007.yaml").read_text(encoding="utf-8").splitlines()
    at = {row["name"]: lines[row["line"] - 1] for row in reader["withheld"]}
    assert "helbred" in at["helbred"]
    assert "smerter" in at["smerter"]
    assert ("goal", "arbejde") in {(row["kind"], row["name"]) for row in reader["seen"]}


def test_all_readers_stand_in_one_table(root: Path) -> None:
    shown = run("-w", root, *TODAY, "who", "HOP-2026-007")
    rows = {line.split()[0] for line in shown.out.splitlines()[1:]}
    assert rows == {"nadira", "tariq", "yasmin", "BF", "BES", "SO", "DU"}


def test_a_colleague_is_asked_for_by_her_id_and_gets_her_areas_answer(root: Path) -> None:
    by_id = run("-w", root, *TODAY, "who", "HOP-2026-007", "ssk", "--format", "json")
    by_code = run("-w", root, *TODAY, "who", "HOP-2026-007", "so", "--format", "json")
    assert by_id.shape["readers"] == by_code.shape["readers"]
    assert by_id.shape["readers"][0]["reader"] == "SO"


def test_a_misspelt_reader_gets_the_nearest(root: Path) -> None:
    shown = run("-w", root, *TODAY, "who", "HOP-2026-007", "tarik")
    assert shown.code == 2
    assert "nearest: tariq" in shown.err
    assert "Traceback" not in shown.err


def test_a_reader_unlike_any_other_gets_those_there_are(root: Path) -> None:
    shown = run("-w", root, *TODAY, "who", "HOP-2026-007", "xx")
    assert shown.code == 2
    assert 'nobody here is called "xx": nadira, tariq, ' in shown.err
    assert "BF, DU" in shown.err


def test_what_is_seen_and_what_is_withheld_are_all_there_is_for_every_reader(root: Path) -> None:
    shown = run("-w", root, *TODAY, "who", "HOP-2026-007", "--format", "json")
    assert shown.code == 0
    shown_each = {
        name: run("-w", root, *TODAY, "who", "HOP-2026-007", name, "--format", "json").shape["readers"][0]
        for name in ("nadira", "BF")
    }
    sizes = {len(view["seen"]) + len(view["withheld"]) for view in shown_each.values()}
    assert len(sizes) == 1


def edit(root: Path, old: str, new: str) -> None:
    path = root / "families/hop-2026-007.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_while_a_consent_has_only_run_out_she_sees_what_stands(root: Path) -> None:
    before = run("-w", root, *TODAY, "who", "HOP-2026-007", "--format", "json")
    edit(
        root,
        "areas: [BF, BES, DU, SO]\n    received_by: iik",
        "areas: [BF, BES, DU, SO]\n    received_by: iik\n    until: 2026-11-18",
    )
    after = run("-w", root, *TODAY, "who", "HOP-2026-007", "--format", "json")
    assert [names_of(reader) for reader in after.shape["readers"]] == [
        names_of(reader) for reader in before.shape["readers"]
    ]


def names_of(reader: dict[str, Any]) -> tuple[str, list[str], list[str]]:
    """The same but for the lines, which an edit moves."""
    return reader["reader"], reader["papers"], [entry["name"] for entry in reader["seen"]]


def test_behind_a_closed_gate_nobody_sees_anything(root: Path) -> None:
    for member in ("nadira", "tariq"):
        said = f"member: {member}\n    form_given: 2026-09-15\n    "
        edit(root, f"{said}given:", f"{said}refused:")
    shown = run("-w", root, *TODAY, "who", "HOP-2026-007", "--format", "json")
    assert [reader["seen"] for reader in shown.shape["readers"]] == [[]] * len(shown.shape["readers"])
    asked = run("-w", root, *TODAY, "who", "HOP-2026-007", "nadira", "--format", "json").shape["readers"][0]
    assert asked["papers"] == ["informationsbrev-nadira", "samtykkeerklaering-nadira", "bekraeftelse-paa-nej-nadira"]
    assert not asked["seen"]
    assert {entry["why"] for entry in asked["withheld"]} == {"no_consent"}


def test_the_translations_that_a_reader_gets_are_among_her_papers(root: Path) -> None:
    family = root / "families/hop-2026-007.yaml"
    text = family.read_text("utf-8")
    family.write_text(text.replace("    language: dari\n", "    language: dari\n    reads: engelsk\n", 1), "utf-8")
    shown = run("-w", root, *TODAY, "who", "HOP-2026-007", "--format", "json")
    papers = {row["reader"]: row["papers"] for row in shown.shape["readers"]}
    assert "invitation-familieplan-nadira-oversat" in papers["nadira"]
    assert not [paper for paper in papers["tariq"] if "oversat" in paper]
