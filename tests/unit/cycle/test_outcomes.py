"""Everybody who asks what the families' files mean gets the answer that a cycle acts on."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from hopdocs.package_data import shipped_path
from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick

if TYPE_CHECKING:
    from pathlib import Path

FAMILY = "families/hop-2026-007.yaml"
COPY = "families/kopi.yaml"
OTHER = "families/hop-2026-009.yaml"
LOOKING = [
    ("check",),
    ("build", "--dry-run"),
    ("notices", "preview"),
    ("templates", "diff"),
    ("templates", "preview", "dagsorden", "--family", FAMILY),
]
ALL = [words for words in LOOKING if "--family" not in words]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = quick(tmp_path / "ws", "hop-2026-007", "hop-2026-009")
    (root / "templates").mkdir()
    shutil.copy(shipped_path("templates") / "dagsorden.docx", root / "templates/dagsorden.udkast.docx")
    return root


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_two_files_with_one_id_are_told_at_the_line_of_the_id(root: Path, words: tuple[str, ...]) -> None:
    shutil.copy(root / FAMILY, root / COPY)
    line = 1 + (root / FAMILY).read_text(encoding="utf-8").splitlines().index("id: HOP-2026-007")
    shown = run("-w", root, *TODAY, *words)
    assert f"{FAMILY}:{line}:5: error HD200" in shown.out + shown.err
    assert not (root / "out/hop-2026-007").exists()


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(root: Path, words: tuple[str, ...]) -> None:
    (root / OTHER).unlink()
    (root / OTHER).mkdir()
    shown = run("-w", root, *TODAY, *words)
    assert f"{OTHER}" in shown.out + shown.err
    assert "HD504" in shown.out + shown.err


def test_a_letter_of_a_file_that_cannot_be_read_is_refused_with_its_fault(root: Path) -> None:
    (root / OTHER).unlink()
    (root / OTHER).mkdir()
    shown = run("-w", root, *TODAY, "templates", "preview", "dagsorden", "--family", OTHER)
    assert (shown.code, "HD504" in shown.out + shown.err) == (1, True), shown.err


def test_no_meeting_looks_cancelled_because_its_family_cannot_be_read_just_now(root: Path) -> None:
    assert run("-w", root, *TODAY, "notices", "start", "--known").code == 0
    (root / FAMILY).unlink()
    (root / FAMILY).mkdir()
    shown = run("-w", root, *TODAY, "notices", "preview", "--format", "json")
    assert shown.shape["notices"] == []
