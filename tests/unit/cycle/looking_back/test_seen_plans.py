"""What is new in the plan is told from the copy that its reader got, else from the history of the family's file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from hopdocs.cycle.run import CycleOptions
from hopdocs.freshness.delivered import DeliveredCopies
from hopdocs.verification import verify_outputs
from hopdocs.workspace import open_workspace
from tests.unit.cycling import FAMILY, OUT, Desk, SetClock, actions, copy_example

if TYPE_CHECKING:
    from pathlib import Path

PLAN = f"{OUT}/familieplan-nadira.docx"
AREA = f"{OUT}/familieplan-BES.docx"
TO_NADIRA = "  - {document: familieplan, to: [nadira], date: 2026-11-21, how: handed_over}\n"
FIRST = "Det er den første udgave af planen."
DECIDED = "Sundhed og Omsorg har bevilget »Smertehåndteringsforløb« for Nadira."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = copy_example(tmp_path_factory.mktemp("built") / "workspace")
    desk.cycle()
    return desk.root


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    shutil.copytree(built, tmp_path / "workspace")
    return Desk(tmp_path / "workspace", SetClock())


def deliver(desk: Desk, line: str = TO_NADIRA) -> None:
    file = desk.root / FAMILY
    text = file.read_text("utf-8")
    file.write_text(text + ("" if "\ndeliveries:" in text else "\ndeliveries:\n") + line, "utf-8")


def decide(desk: Desk) -> None:
    desk.edit("decision: afventer", "decision: bevilget")


def words(desk: Desk, name: str = PLAN) -> str:
    with ZipFile(desk.root / name) as package:
        text = package.read("word/document.xml").decode()
    return "".join(part.split("<", 1)[0] for part in text.split(">")).replace("\u00a0", " ")


def git(desk: Desk, *wanted: str, when: str = "2026-11-20T12:00:00+01:00") -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@vesterlyng.example"]
    dates = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_COMMITTER_DATE": when}
    subprocess.run(["git", *identity, *wanted], cwd=desk.root, check=True, capture_output=True, env=os.environ | dates)


def commit(desk: Desk, when: str) -> None:
    git(desk, "add", "families")
    git(desk, "commit", "-m", "saved", when=when)


def forget_copies(desk: Desk) -> None:
    """As if it had been handed over before hopdocs kept copies."""
    with closing(sqlite3.connect(desk.root / ".hopdocs/ledger.db", isolation_level=None)) as connection:
        connection.execute("DELETE FROM delivered_copy")


def test_the_first_edition_says_so_and_a_delivery_changes_nothing_in_it(desk: Desk) -> None:
    assert FIRST in words(desk)
    before = desk.files()[PLAN]
    deliver(desk)
    desk.cycle()
    desk.cycle()
    assert desk.files()[PLAN] == before


def test_the_copy_keeps_what_stood_in_it(desk: Desk) -> None:
    deliver(desk)
    desk.cycle()
    with closing(sqlite3.connect(desk.root / ".hopdocs/ledger.db")) as connection:
        [copy] = [item for item in DeliveredCopies(connection).of_family("HOP-2026-007") if item.to == "nadira"]
    assert '"activity:smerter"' in copy.facts
    assert "Virksomhedspraktik" in copy.facts


def test_the_next_edition_tells_what_is_new_and_no_day_changes_it(desk: Desk) -> None:
    deliver(desk)
    desk.cycle()
    decide(desk)
    desk.cycle()
    assert "I fik planen den 21. november 2026. Det her er nyt siden da:" in words(desk)
    assert DECIDED in words(desk)
    desk.clock.pass_days(1)
    assert PLAN not in actions(desk.cycle(), "made")
    assert verify_outputs(open_workspace(desk.root), desk.clock).differences == []


def test_a_reader_who_may_not_see_it_is_told_nothing_of_it(desk: Desk) -> None:
    deliver(desk, TO_NADIRA.replace("[nadira]", "[nadira, tariq]"))
    desk.cycle()
    decide(desk)
    desk.cycle()
    assert "Smerte" not in words(desk, f"{OUT}/familieplan-tariq.docx")
    assert FIRST in words(desk, f"{OUT}/familieplan-tariq.docx")


def test_the_delivery_of_the_next_edition_leaves_it_as_it_was_handed_over(desk: Desk) -> None:
    deliver(desk)
    desk.cycle()
    decide(desk)
    desk.cycle()
    handed = desk.files()[PLAN]
    desk.clock.pass_days(2)
    deliver(desk, TO_NADIRA.replace("2026-11-21", "2026-11-23"))
    desk.cycle()
    desk.cycle()
    assert desk.files()[PLAN] == handed
    desk.edit("hours_per_week: 1,5", "hours_per_week: 3")
    desk.cycle()
    assert "I fik planen den 23. november 2026." in words(desk)
    assert DECIDED not in words(desk)


def test_a_copy_from_before_they_were_kept_is_looked_up_in_the_files_history(desk: Desk) -> None:
    git(desk, "init", "-b", "main")
    commit(desk, "2026-11-20T12:00:00+01:00")
    decide(desk)
    deliver(desk, TO_NADIRA.replace("2026-11-21", "2026-11-20"))
    commit(desk, "2026-11-21T09:00:00+01:00")
    desk.cycle()
    forget_copies(desk)
    desk.cycle(CycleOptions())
    assert "I fik planen den 20. november 2026." in words(desk)
    assert DECIDED in words(desk)


def test_areas_read_what_is_new_since_the_family_got_the_plan_and_what_they_may_see(desk: Desk) -> None:
    git(desk, "init", "-b", "main")
    commit(desk, "2026-11-20T12:00:00+01:00")
    deliver(desk)
    desk.cycle()
    desk.edit("hours_per_week: 20", "hours_per_week: 25")
    desk.clock.pass_days(1)
    desk.cycle()
    assert "Familien fik planen den 21. november 2026." in words(desk, AREA)
    assert "er nu 25 timer om ugen. Før var det 20." in words(desk, AREA)


def test_without_copy_and_history_nothing_is_said(desk: Desk) -> None:
    deliver(desk, TO_NADIRA.replace("2026-11-21", "2026-11-10"))
    decide(desk)
    desk.cycle()
    assert "nyt siden" not in words(desk)
    assert FIRST not in words(desk)


def test_a_plan_that_she_had_before_there_was_any_workspace_makes_ours_no_first_edition_and_no_second(
    tmp_path: Path,
) -> None:
    desk = copy_example(tmp_path / "workspace")
    deliver(desk, TO_NADIRA.replace("2026-11-21", "2026-11-19"))
    desk.cycle()
    assert FIRST not in words(desk)
    assert FIRST in words(desk, f"{OUT}/familieplan-tariq.docx")
    assert not actions(desk.cycle(), "made")


def test_one_save_that_tells_of_a_delivery_and_changes_the_plan_says_what_is_new_since_it(desk: Desk) -> None:
    """There is no git here: what was handed over is known from the file as it was until that save."""
    deliver(desk)
    decide(desk)
    desk.cycle()
    for name in (PLAN, AREA):
        assert DECIDED in words(desk, name)
    assert FIRST not in words(desk)
    before = desk.files()
    report = desk.cycle()
    assert not [line for line in report.documents if line.action in {"made", "removed"}]
    assert desk.files() == before
    decided_again = ("hours_per_week: 2\n", "hours_per_week: 3\n")
    desk.edit(*decided_again)
    desk.cycle()
    assert DECIDED in words(desk)


def test_a_file_that_was_broken_in_between_is_not_what_the_plan_was_made_of(desk: Desk) -> None:
    desk.edit("id: HOP-2026-007", "id: [HOP-2026-007")
    desk.cycle()
    desk.edit("id: [HOP-2026-007", "id: HOP-2026-007")
    deliver(desk)
    decide(desk)
    desk.cycle()
    assert DECIDED in words(desk)


HIDDEN = "Birkestien 4"
GOAL = "goal: Samis fravær er under 10 % i marts 2027."
HIDING = ("    post: paper\n", f"    post: paper\n    contact: {{address: {HIDDEN}, protected: true}}\n")
SLIP = (GOAL, f"goal: Sami sover hjemme på {HIDDEN} i marts 2027.")
TOO_MANY_HOURS = ("hours_per_week: 20", "hours_per_week: 200")


def words_of_plans(desk: Desk) -> str:
    return "".join(words(desk, name) for name in desk.files() if "/familieplan-" in name)


def test_words_that_were_withheld_from_every_plan_are_told_as_nobodys_earlier_wording(desk: Desk) -> None:
    desk.edit(*HIDING)
    desk.cycle()
    desk.edit(*SLIP)
    assert PLAN in actions(desk.cycle(), "removed")
    desk.edit(*SLIP[::-1])
    deliver(desk)
    desk.cycle()
    assert "sover hjemme" not in words_of_plans(desk)
    assert "nyt siden" not in words(desk)


def test_a_file_of_which_no_plan_was_ever_made_is_not_what_anybody_got(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    desk.edit(*HIDING)
    desk.edit(*SLIP)
    desk.edit(*TOO_MANY_HOURS)
    desk.cycle()
    desk.edit(*SLIP[::-1])
    desk.edit(*TOO_MANY_HOURS[::-1])
    deliver(desk)
    desk.cycle()
    assert "sover hjemme" not in words_of_plans(desk)
    assert FIRST in words(desk)


def test_words_in_the_files_history_that_were_withheld_are_no_earlier_wording_either(desk: Desk) -> None:
    git(desk, "init", "-b", "main")
    desk.edit(*HIDING)
    desk.edit(*SLIP)
    commit(desk, "2026-11-20T12:00:00+01:00")
    desk.edit(*SLIP[::-1])
    deliver(desk, TO_NADIRA.replace("2026-11-21", "2026-11-20"))
    commit(desk, "2026-11-21T09:00:00+01:00")
    desk.cycle()
    assert "sover hjemme" not in words_of_plans(desk)
