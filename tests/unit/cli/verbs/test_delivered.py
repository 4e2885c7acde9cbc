"""What was handed over is written by a verb, into a file that otherwise stays as its writer left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

FAMILY = "HOP-2026-007"
TODAY = ("--today", "2026-11-24")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "ws", FAMILY.lower())


def file_of(root: Path) -> str:
    return (root / f"families/{FAMILY.lower()}.yaml").read_text("utf-8")


def test_a_delivery_is_written_in_block_style_and_all_else_stays(root: Path) -> None:
    before = file_of(root)
    shown = run("-w", root, *TODAY, "delivered", FAMILY, "familieplan", "nadira", "tariq")
    assert shown.code == 0
    assert "familieplan til nadira, tariq, 2026-11-24, handed_over" in shown.out.replace(" to ", " til ")
    after = file_of(root)
    block = "  - document: familieplan\n    to: [nadira, tariq]\n    date: 2026-11-24\n    how: handed_over\n"
    assert after.replace(f"deliveries:\n{block}\n", "") == before
    assert f"\n\ndeliveries:\n{block}\n# " in after


def test_a_second_one_goes_below_the_first(root: Path) -> None:
    for who in ("nadira", "tariq"):
        assert run("-w", root, *TODAY, "delivered", FAMILY, "familieplan", who).code == 0
    assert file_of(root).count("\ndeliveries:") == 1
    assert file_of(root).index("to: [nadira]") < file_of(root).index("to: [tariq]")


def test_a_files_name_says_the_meeting_and_the_options_say_when_and_how(root: Path) -> None:
    order = ("delivered", FAMILY, "out/x/invitation-familieplan-tariq.pdf", "Tariq", "--date", "10.11.2026")
    assert run("-w", root, *TODAY, *order, "--how", "digital_post").code == 0
    written = "  - document: invitation\n    meeting: familieplan\n    to: [tariq]\n    date: 2026-11-10\n"
    assert f"{written}    how: digital_post" in file_of(root)


def test_an_agenda_is_about_the_next_meeting_and_minutes_are_about_the_last(root: Path) -> None:
    run("-w", root, "--today", "2026-11-20", "delivered", FAMILY, "dagsorden", "nadira")
    held = file_of(root).replace("date: 2026-11-24", "date: 2026-11-19")
    minutes = "    minutes: {by: iik, points: [{point: Skolen, text: Vi talte om den.}]}\n"
    held = held.replace("  - id: familieplan\n", f"  - id: familieplan\n{minutes}", 1)
    (root / f"families/{FAMILY.lower()}.yaml").write_text(held, "utf-8")
    shown = run("-w", root, "--today", "2026-11-20", "delivered", FAMILY, "referat", "nadira")
    assert shown.code == 0, shown.err
    after = file_of(root)
    assert "  - document: dagsorden\n    meeting: familieplan\n" in after
    assert "  - document: referat\n    meeting: familieplan\n" in after


def test_an_invitation_is_to_a_meeting_that_people_are_invited_to_by_letter(root: Path) -> None:
    """The next one is the professionals' own."""
    shown = run("-w", root, "--today", "2026-11-10", "delivered", FAMILY, "invitation", "tariq")
    assert shown.code == 0, shown.err
    assert "  - document: invitation\n    meeting: familieplan\n    to: [tariq]\n" in file_of(root)


def test_the_same_line_is_not_written_twice(root: Path) -> None:
    run("-w", root, *TODAY, "delivered", FAMILY, "familieplan", "nadira")
    once = file_of(root)
    assert run("-w", root, *TODAY, "delivered", FAMILY, "familieplan", "nadira").code == 0
    assert file_of(root) == once


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (("familieplann", "nadira"), "familieplan"),
        (("familieplan", "nadirra"), "nadira"),
        (("dagsorden", "nadira", "--meeting", "familieplann"), "familieplan"),
        (("familieplan", "nadira", "--date", "2027-01-01"), "2027"),
        (("referat-formoede-nadira", "nadira"), "invitation-familieplan-nadira"),
        (("familieplan", "nadira", "lina"), "dagsorden-familieplan"),
        (("invitation", "tariq", "--meeting", "formoede"), "invitation-familieplan-tariq"),
    ],
)
def test_what_there_is_not_is_refused_with_the_nearest_and_nothing_is_written(
    root: Path, order: tuple[str, ...], said: str
) -> None:
    before = file_of(root)
    shown = run("-w", root, *TODAY, "delivered", FAMILY, *order)
    assert shown.code != 0
    assert said in shown.err or said == "2027"
    assert file_of(root) == before


def test_what_the_rules_say_of_the_line_is_told_at_once(root: Path) -> None:
    shown = run("-w", root, *TODAY, "delivered", FAMILY, "familieplan", "tariq", "--how", "digital_post")
    assert shown.code == 0
    assert "HD223" in shown.err


def test_a_capital_is_understood(root: Path) -> None:
    assert run("-w", root, *TODAY, "delivered", FAMILY, "Familieplan", "Nadira").code == 0
    order = ("Invitation-Familieplan-Nadira.PDF", "NADIRA", "--meeting", "Familieplan")
    assert run("-w", root, *TODAY, "delivered", FAMILY, *order).code == 0
    assert "  - document: familieplan\n    to: [nadira]\n" in file_of(root)
    assert "  - document: invitation\n    meeting: familieplan\n    to: [nadira]\n" in file_of(root)


def test_that_nothing_stood_on_that_day_to_keep_a_copy_of_is_said_at_once(root: Path) -> None:
    shown = run("-w", root, *TODAY, "delivered", FAMILY, "familieplan", "nadira", "--date", "2026-11-20")
    assert (shown.code, "HD390" in shown.err) == (0, True)
    shown = run("-w", root, *TODAY, "delivered", FAMILY, "familieplan", "tariq")
    assert (shown.code, "HD390" in shown.err) == (0, False)
