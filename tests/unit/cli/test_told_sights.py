"""Who sees more or less after an edit is told before the build, with it and after it, in no word of the family's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

TODAY = ("--today", "2026-11-21")
FILE, PAGE = "families/hop-2026-007.yaml", "out/hop-2026-007/overblik.html"
WORK = "      direction: beskæftigelse"
NAME = "    name: Beskæftigelse\n"
CANARIES = ("Kanariefugl", "kanarieord")
MARKED = (
    ("words: Jeg vil forsørge min familie.", "words: Kanariefugl vil forsørge."),
    ("what: Virksomhedspraktik i Vesterlyng Gartneri", "what: Kanarieord i gartneri"),
    ("what: Smertehåndteringsforløb", "what: Kanarieord om smerter"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A family with marked words, built once."""
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    edit(root, FILE, *MARKED)
    edit(root, "config.yaml", ("pdf: auto", "pdf: none"))
    assert run("-w", root, *TODAY, "build").code in {0, 1}
    return root


def edit(root: Path, name: str, *changes: tuple[str, str]) -> None:
    text = (root / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (root / name).write_text(text, encoding="utf-8")


def tellings(root: Path) -> dict[str, str]:
    """What `check`, then `build --explain`, then the page say."""
    said = {"check": run("-w", root, *TODAY, "check", "--format", "json").out}
    said["build"] = run("-w", root, *TODAY, "build", "--explain", "--format", "json").out
    said["page"] = page_of(root).partition('id="fejl"')[2].partition("<h2")[0]
    return said


def page_of(root: Path) -> str:
    return (root / PAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "readers"),
    [
        (FILE, WORK, f"{WORK}\n      visible_to: [tariq, BES]", "HD588", "nadira, yasmin, BF, DU"),
        (
            "config.yaml",
            "    name: Beskæftigelse\n",
            "    name: Beskæftigelse\n    health: true\n",
            "HD588",
            "nadira, yasmin",
        ),
        ("config.yaml", "    health: true\n", "", "HD587", "tariq, yasmin"),
    ],
)
def test_who_sees_more_or_less_is_told_everywhere_and_in_none_of_the_familys_words(  # noqa: PLR0913, PLR0917
    root: Path, name: str, old: str, new: str, code: str, readers: str
) -> None:
    edit(root, name, (old, new))
    for place, said in tellings(root).items():
        assert code in said, place
        assert readers in said, place
        assert not any(word.casefold() in said.casefold() for word in CANARIES), place


def test_another_telephone_number_leaves_what_an_edit_changed_told(root: Path) -> None:
    edit(root, FILE, (WORK, f"{WORK}\n      visible_to: [tariq, BES]"))
    run("-w", root, *TODAY, "build")
    edit(root, "config.yaml", ('"00 00 12 00"', '"00 00 12 99"'))
    run("-w", root, *TODAY, "build")
    assert "HD588" in page_of(root)
