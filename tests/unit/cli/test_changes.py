"""What is new in a plan to each of its readers, as sentences and as tracked changes."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import quick
from tests.unit.rendering.docx.tracked.reviewing import accept_all, paragraphs, reject_all

if TYPE_CHECKING:
    from pathlib import Path

FAMILY = "families/hop-2026-007.yaml"
DAY, NEXT_DAY = ("--today", "2026-11-21"), ("--today", "2026-11-22")
DELIVERED = "\ndeliveries:\n  - {document: familieplan, to: [nadira], date: 2026-11-21, how: handed_over}\n"
DECIDED = "Sundhed og Omsorg har bevilget »Smertehåndteringsforløb« for Nadira."


def edit(root: Path, old: str, new: str) -> None:
    file = root / FAMILY
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def commit(root: Path) -> None:
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_COMMITTER_DATE": "2026-11-20T12:00:00+01:00"}
    identity = ["-c", "user.name=Test", "-c", "user.email=test@vesterlyng.example"]
    for words in (["init", "-b", "main"], ["add", "families"], ["commit", "-m", "saved"]):
        subprocess.run(["git", *identity, *words], cwd=root, check=True, capture_output=True, env=environment)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan that was handed over, and changed on the next day."""
    root = quick(tmp_path_factory.mktemp("built") / "ws", "hop-2026-007")
    edit(root, "\nmeasurements:", f"{DELIVERED}\nmeasurements:")
    commit(root)
    assert run("-w", root, *DAY, "build").code == 0
    edit(root, "decision: afventer", "decision: bevilget")
    assert run("-w", root, *NEXT_DAY, "build").code == 0
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "ws")


def test_each_reader_is_told_what_is_new_to_her(root: Path) -> None:
    shown = run("-w", root, *NEXT_DAY, "changes", "HOP-2026-007")
    lines = shown.out.splitlines()
    assert lines[:2] == ["nadira: new since 21.11.2026", f"  - {DECIDED}"]
    assert "tariq: nothing new" in lines


def test_programs_get_what_it_is_about_and_what_became_of_it(root: Path) -> None:
    shown = run("-w", root, *NEXT_DAY, "changes", "HOP-2026-007", "--to", "nadira", "--format", "json")
    assert shown.shape["readers"] == [
        {
            "reader": "nadira",
            "since": "2026-11-21",
            "is_known": True,
            "changes": [{"kind": "decided", "about": "activity:smerter", "text": DECIDED}],
        }
    ]


@pytest.mark.parametrize(("to", "name"), [("nadira", "nadira"), ("ssk", "SO")])
def test_the_two_editions_stand_in_one_word_file(root: Path, tmp_path: Path, to: str, name: str) -> None:
    target = tmp_path / "tracked.docx"
    shown = run("-w", root, *NEXT_DAY, "changes", "HOP-2026-007", "--to", to, "--docx", target)
    assert shown.code == 0, shown.err
    merged = target.read_bytes()
    now = (root / f"out/hop-2026-007/familieplan-{name}.docx").read_bytes()
    assert accept_all(merged) == paragraphs(now)
    assert "Sundhed og Omsorg har bevilget det." not in " ".join(reject_all(merged))
    if to == "nadira":
        kept = root / "out/hop-2026-007/udleveret/2026-11-21-familieplan-nadira.docx"
        assert reject_all(merged) == paragraphs(kept.read_bytes())


def test_what_she_may_no_longer_see_is_in_no_word_file(root: Path, tmp_path: Path) -> None:
    edit(root, "      what: AKT", "      visible_to: [DU, sami]\n      what: AKT")
    target = tmp_path / "tracked.docx"
    shown = run("-w", root, *NEXT_DAY, "changes", "HOP-2026-007", "--to", "nadira", "--docx", target)
    assert shown.code != 0
    assert "HD539" in shown.err
    assert not target.exists()


@pytest.mark.parametrize(
    "no",
    [
        ("    areas: [BF, BES, DU]\n", "    areas: [BF, BES, DU]\n    withdrawn: [{date: 2026-11-22}]\n"),
        ("\nconsents:", "\nconsents:\n  - {member: tariq, refused: 2026-11-22}"),
    ],
    ids=["taken back", "a no after a yes"],
)
def test_after_somebody_has_stepped_out_no_earlier_edition_is_shown_whole(
    root: Path, tmp_path: Path, no: tuple[str, str]
) -> None:
    edit(root, *no)
    shown = run("-w", root, *NEXT_DAY, "changes", "HOP-2026-007", "--to", "nadira", "--docx", tmp_path / "tracked.docx")
    assert "HD539" in shown.err
    assert not (tmp_path / "tracked.docx").exists()


def test_a_word_file_needs_a_reader_who_got_something_else_before(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "tracked.docx"
    shown = run("-w", root, *NEXT_DAY, "changes", "HOP-2026-007", "--docx", target)
    assert (shown.code, target.exists()) == (2, False)
    shown = run("-w", root, *NEXT_DAY, "changes", "HOP-2026-007", "--to", "tariq", "--docx", target)
    assert "HD513" in shown.err


def test_an_edition_that_git_will_not_show_is_told_with_its_words(root: Path, tmp_path: Path) -> None:
    (root / ".git/HEAD").write_bytes(b"")
    shutil.rmtree(root / "out/hop-2026-007/udleveret")
    target = tmp_path / "tracked.docx"
    shown = run("-w", root, *NEXT_DAY, "changes", "HOP-2026-007", "--to", "ssk", "--docx", target)
    assert (shown.code, target.exists()) == (3, False)
    assert "fatal: not a git repository" in shown.err
