"""A withdrawal that is written down before its day: nothing goes before it, and everything on it, with no edit."""

from __future__ import annotations

import shutil
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.unit.cycling import OUT, Desk, SetClock, copy_example

if TYPE_CHECKING:
    from pathlib import Path

NADIRA = "areas: [BF, BES, DU, SO], received_by: iik}"
AHEAD = NADIRA.replace("iik}", "iik, withdrawn: [{date: 2026-11-20, areas: [SO]}]}")
TARIQ = "given: 2026-09-22, areas: [BF, BES, DU], received_by: iik}"
LAPSING = TARIQ.replace("received_by", "until: 2026-11-18, received_by")
PAIN = "smerte"
COPIES = {f"familieplan-{area}.docx" for area in ("BF", "BES", "DU")}
ENDED = "\nclosing:\n  date: 2026-11-18\n  reason: Målene er nået\n  continues: []\n\nmeasurements:"


@pytest.fixture(scope="module")
def written_ahead(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built the day before, when it stands in the file already."""
    desk = copy_example(tmp_path_factory.mktemp("ahead") / "workspace")
    desk.edit(NADIRA, AHEAD)
    stand_on(desk, 19)
    desk.cycle()
    return desk.root


@pytest.fixture
def desk(written_ahead: Path, tmp_path: Path) -> Desk:
    """The same for one test."""
    shutil.copytree(written_ahead, tmp_path / "workspace")
    desk = Desk(tmp_path / "workspace", SetClock())
    stand_on(desk, 19)
    return desk


def stand_on(desk: Desk, day: int) -> None:
    desk.clock.moment = datetime(2026, 11, day, 9, tzinfo=UTC)


def holding(desk: Desk, word: str) -> set[str]:
    found = set()
    for path in (desk.root / OUT).glob("*.docx"):
        with zipfile.ZipFile(path) as package:
            if any(word in package.read(name).decode("utf-8", "replace").casefold() for name in package.namelist()):
                found.add(path.name)
    return found


def test_it_takes_nothing_before_its_day_and_all_of_it_on_the_day(desk: Desk) -> None:
    assert holding(desk, PAIN) >= COPIES
    stand_on(desk, 20)
    desk.cycle()
    assert not (COPIES | {"familieplan-SO.docx"}) & holding(desk, PAIN)


@pytest.fixture(scope="module")
def ended_ahead(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of a course that has ended, so that its papers are final."""
    desk = copy_example(tmp_path_factory.mktemp("ended") / "workspace")
    desk.edit(NADIRA, AHEAD)
    desk.edit("\nmeasurements:", ENDED)
    stand_on(desk, 19)
    desk.cycle()
    return desk.root


@pytest.fixture
def ended(ended_ahead: Path, tmp_path: Path) -> Desk:
    """The same for one test."""
    shutil.copytree(ended_ahead, tmp_path / "workspace")
    desk = Desk(tmp_path / "workspace", SetClock())
    stand_on(desk, 19)
    return desk


def test_the_last_copies_of_a_course_that_has_ended_follow_it_too(ended: Desk) -> None:
    assert holding(ended, PAIN) >= COPIES
    stand_on(ended, 20)
    ended.cycle()
    assert not COPIES & holding(ended, PAIN)
    assert (ended.root / OUT / "familieplan-BF.docx").exists()


def test_a_last_copy_that_was_open_on_the_day_follows_when_it_is_closed(ended: Desk) -> None:
    lock = ended.root / OUT / ".~lock.familieplan-BF.docx#"
    lock.touch()
    stand_on(ended, 20)
    ended.cycle()
    assert COPIES & holding(ended, PAIN) == {"familieplan-BF.docx"}
    lock.unlink()
    ended.cycle()
    assert not COPIES & holding(ended, PAIN)


def test_another_telephone_number_after_the_day_leaves_last_copies_as_they_are(ended: Desk) -> None:
    stand_on(ended, 20)
    ended.cycle()
    before = ended.files()
    ended.edit('phone: "00 00 12 00"', 'phone: "00 00 12 99"', "config.yaml")
    stand_on(ended, 21)
    ended.cycle()
    kept = {path: data for path, data in ended.files().items() if "/familieplan-" in path}
    assert kept == {path: before[path] for path in kept}


def test_a_faulty_template_keeps_nothing_standing_on_the_day(desk: Desk) -> None:
    template = desk.root / "templates" / "familieplan.docx"
    template.parent.mkdir(exist_ok=True)
    template.write_bytes(b"no Word file")
    stand_on(desk, 20)
    desk.cycle()
    assert not (COPIES | {"familieplan-SO.docx"}) & holding(desk, PAIN)
    template.unlink()
    desk.cycle()
    assert (desk.root / OUT / "familieplan-BF.docx").exists()
    assert not COPIES & holding(desk, PAIN)


def test_it_takes_effect_while_a_consent_has_run_out(desk: Desk) -> None:
    desk.edit(TARIQ, LAPSING.replace("2026-11-18", "2026-11-19"))
    desk.cycle()
    stand_on(desk, 20)
    desk.cycle()
    assert not (COPIES | {"familieplan-SO.docx"}) & holding(desk, PAIN)
