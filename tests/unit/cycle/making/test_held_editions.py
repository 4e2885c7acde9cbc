"""What the family holds is made anew by an edit alone, and not by the days that pass."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hopdocs.verification import verify_outputs
from hopdocs.workspace import open_workspace
from tests.unit.cycle.making.test_archive import PLAN, TO_NADIRA, copies, deliver
from tests.unit.cycling import Desk, SetClock, actions, copy_example, reasons

LATER = TO_NADIRA.replace("2026-11-21", "2026-12-01")
FATHERS = PLAN.replace("nadira", "tariq")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = copy_example(tmp_path_factory.mktemp("built") / "workspace")
    desk.cycle()
    return desk.root


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    shutil.copytree(built, tmp_path / "workspace")
    desk = Desk(tmp_path / "workspace", SetClock())
    deliver(desk, TO_NADIRA)
    desk.cycle()
    return desk


def test_a_meeting_that_passes_makes_no_new_edition_of_a_plan_that_is_held(desk: Desk) -> None:
    before = desk.files()
    desk.clock.pass_days(10)
    report = desk.cycle()
    assert desk.files()[PLAN] == before[PLAN]
    assert desk.files()[FATHERS] != before[FATHERS], "nobody holds that one"
    assert reasons(report)[PLAN] == "HD559"
    assert verify_outputs(open_workspace(desk.root), desk.clock, jobs=1).differences == []


def test_an_edit_that_the_plan_does_not_show_makes_no_edition_of_it_either(desk: Desk) -> None:
    before = desk.files()[PLAN]
    desk.clock.pass_days(10)
    desk.cycle()
    desk.edit("information_given: 2026-09-15", "information_given: 2026-09-16")
    desk.cycle()
    assert desk.files()[PLAN] == before


def test_nor_where_nobody_looked_between_the_day_and_the_edit(desk: Desk) -> None:
    before = desk.files()[PLAN]
    desk.clock.pass_days(10)
    desk.edit("information_given: 2026-09-15", "information_given: 2026-09-16")
    desk.cycle()
    assert desk.files()[PLAN] == before


def test_an_edit_of_what_it_shows_makes_the_next_edition_and_that_follows_the_days_again(desk: Desk) -> None:
    desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
    report = desk.cycle()
    assert PLAN in actions(report, "made")
    second = desk.files()[PLAN]
    desk.clock.pass_days(10)
    desk.cycle()
    assert desk.files()[PLAN] != second


def test_without_the_cache_the_days_still_make_nothing_new(desk: Desk) -> None:
    before = desk.files()[PLAN]
    desk.clock.pass_days(10)
    desk.cycle()
    (desk.root / ".hopdocs/cache.db").unlink()
    desk.cycle()
    assert desk.files()[PLAN] == before


def test_a_held_plan_that_somebody_deletes_is_put_back_as_it_was(desk: Desk) -> None:
    before = desk.files()[PLAN]
    desk.clock.pass_days(10)
    desk.cycle()
    (desk.root / PLAN).unlink()
    desk.cycle()
    assert desk.files()[PLAN] == before


def test_a_new_template_leaves_what_is_held(desk: Desk) -> None:
    before = desk.files()
    template = desk.root / "templates/familieplan.docx"
    template.parent.mkdir(exist_ok=True)
    shutil.copy(Path(__file__).parents[4] / "templates/indkaldelse.docx", template)
    desk.cycle()
    assert desk.files()[PLAN] == before[PLAN]
    assert copies(desk)
