"""What was taken back stands in nothing that a log, a page or a program reads, nor in what the verbs say of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

FILE, FOLDER = "families/hop-2026-007.yaml", "out/hop-2026-007"
SIGNED = "    received_by: iik\n"
EARLY, LATE = ("--today", "2026-11-17"), ("--today", "2026-11-21")
CANARY = "smerte"


def edit(root: Path, old: str, new: str, name: str = FILE) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A family whose mother took her health back while the father's consent had run out, not yet built since."""
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    edit(root, "pdf: auto", "pdf: none", "config.yaml")
    lapse_of_the_father(root)
    run("-w", root, *EARLY, "build")
    taken_back = "    withdrawn:\n      - date: 2026-11-20\n        areas: [SO]\n"
    edit(root, SIGNED, f"{SIGNED}{taken_back}")
    return root


def lapse_of_the_father(root: Path) -> None:
    before, consent, after = (root / FILE).read_text(encoding="utf-8").partition("  - member: tariq\n")
    after = after.replace(SIGNED, f"{SIGNED}    until: 2026-11-18\n", 1)
    (root / FILE).write_text(before + consent + after, encoding="utf-8")


def test_the_watch_log_the_pages_and_the_status_hold_no_word_of_it(root: Path) -> None:
    log = run("-w", root, *LATE, "watch", "--once", "--format", "json").out
    assert '"HD220"' in log
    said = [log, run("-w", root, *LATE, "status", "--format", "json").out]
    said += [path.read_text(encoding="utf-8") for path in (root / "out").rglob("*.html")]
    assert not [text for text in said if CANARY in text.casefold()]


def test_whoever_has_the_file_is_told_in_full(root: Path) -> None:
    assert CANARY in run("-w", root, *LATE, "check", "--format", "json").out


def test_a_paper_that_was_made_narrower_is_no_difference_for_verify(root: Path) -> None:
    before = run("-w", root, *LATE, "verify", "--format", "json")
    assert before.code == 1
    run("-w", root, *LATE, "build")
    after = run("-w", root, *LATE, "verify", "--format", "json")
    assert after.code == 0
    assert CANARY not in (before.out + after.out).casefold()
