"""A file that somebody changed is hers and stays, and is told of where it keeps what its reader may no longer see."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document

from tests.unit.cycling import FAMILY, OUT, Desk, SetClock, actions, copy_example
from tests.unit.rendering.words import damaged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hopdocs.diagnostics import Diagnostic

NADIRA = "areas: [BF, BES, DU, SO], received_by: iik}"
TAKEN_BACK = NADIRA.replace("iik}", "iik, withdrawn: [{date: 2026-11-20, areas: [SO]}]}")
COPY, ASIDE = "familieplan-BF.docx", "familieplan-BF.rettet-1.docx"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = copy_example(tmp_path_factory.mktemp("built") / "workspace")
    desk.cycle()
    return desk.root


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    """A workspace in which somebody has written into the plan of one area."""
    shutil.copytree(built, tmp_path / "workspace")
    desk = Desk(tmp_path / "workspace", SetClock())
    write_into(desk, COPY)
    return desk


def write_into(desk: Desk, name: str) -> None:
    path = desk.root / OUT / name
    document = Document(BytesIO(path.read_bytes()))
    document.add_paragraph("Husk nøglen til cykelkælderen.")
    document.save(str(path))


def told(desk: Desk) -> list[Diagnostic]:
    return [item for item in desk.cycle().diagnostics if item.code == "HD589"]


def test_a_changed_copy_that_shows_what_its_reader_may_see_is_not_told_of(desk: Desk) -> None:
    assert not told(desk)
    assert (desk.root / OUT / ASIDE).exists()


def test_a_changed_copy_that_is_damaged_says_nothing_and_keeps_no_family_from_being_made(desk: Desk) -> None:
    path = desk.root / OUT / COPY
    broken = damaged(path.read_bytes())
    path.write_bytes(broken)
    assert not told(desk)
    assert (desk.root / OUT / ASIDE).read_bytes() == broken
    assert path.exists()
    assert not told(desk)


def test_what_is_taken_back_later_is_found_in_a_copy_that_was_kept_aside_before(desk: Desk) -> None:
    desk.cycle()
    changed = (desk.root / OUT / ASIDE).read_bytes()
    desk.edit(NADIRA, TAKEN_BACK)
    [fault] = told(desk)
    assert fault.path == f"{OUT}/{ASIDE}"
    assert (desk.root / OUT / ASIDE).read_bytes() == changed
    page = (desk.root / OUT / "overblik.html").read_text("utf-8")
    assert ASIDE in page
    assert "smerte" not in page.casefold()


def test_what_is_taken_back_in_the_same_look_is_found_too(desk: Desk) -> None:
    desk.edit(NADIRA, TAKEN_BACK)
    [fault] = told(desk)
    assert fault.path == f"{OUT}/{ASIDE}"
    assert (desk.root / OUT / ASIDE).exists()


def test_it_is_told_until_somebody_has_deleted_it(desk: Desk) -> None:
    desk.edit(NADIRA, TAKEN_BACK)
    desk.cycle()
    desk.clock.moment = datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert told(desk)
    (desk.root / OUT / ASIDE).unlink()
    desk.cycle()
    assert ASIDE not in (desk.root / OUT / "overblik.html").read_text("utf-8")


def test_what_is_kept_to_some_is_found_in_the_changed_copies_of_the_others(desk: Desk) -> None:
    write_into(desk, "familieplan-tariq.docx")
    work = "      direction: beskæftigelse"
    desk.edit(work, f"{work}\n      visible_to: [tariq, BES]")
    assert [item.path for item in told(desk)] == [f"{OUT}/{ASIDE}"]


def test_a_changed_copy_of_a_paper_that_is_no_longer_wanted_is_told_of(desk: Desk) -> None:
    write_into(desk, "familieplan-SO.docx")
    desk.edit(NADIRA, TAKEN_BACK)
    assert {item.path.rpartition("/")[2] for item in told(desk)} == {ASIDE, "familieplan-SO.rettet-1.docx"}


def test_a_folder_in_a_letters_place_or_by_such_a_name_is_no_changed_copy(desk: Desk) -> None:
    for name in ("familieplan-SO.docx", "familieplan-tariq.docx", "familieplan-tariq.rettet-4.docx"):
        path = desk.root / OUT / name
        path.unlink(missing_ok=True)
        path.mkdir()
    desk.edit(NADIRA, TAKEN_BACK)
    assert {item.path.rpartition("/")[2] for item in told(desk)} == {ASIDE}


def break_the_file(desk: Desk) -> Callable[[], None]:
    file = desk.root / FAMILY
    text = file.read_text("utf-8")
    file.write_text(text + "\nmistake: 1\n", "utf-8")
    return lambda: desk.edit("\nmistake: 1\n", "\n")


def open_it_in_word(desk: Desk) -> Callable[[], None]:
    lock = desk.root / OUT / f"~${COPY[2:]}"
    lock.write_bytes(b"")
    return lock.unlink


@pytest.mark.parametrize("hinder", [break_the_file, open_it_in_word])
def test_what_somebody_wrote_while_nothing_could_be_made_is_kept_once_it_can(
    desk: Desk, hinder: Callable[[Desk], Callable[[], None]]
) -> None:
    mend = hinder(desk)
    changed = (desk.root / OUT / COPY).read_bytes()
    desk.cycle()
    desk.cycle()
    assert (desk.root / OUT / COPY).read_bytes() == changed
    mend()
    desk.cycle()
    assert (desk.root / OUT / COPY).read_bytes() != changed
    assert (desk.root / OUT / ASIDE).read_bytes() == changed


def test_a_folder_in_a_letter_s_place_is_told_at_each_look_until_it_is_away(desk: Desk) -> None:
    letter = desk.root / OUT / COPY
    letter.unlink()
    letter.mkdir()
    for _ in range(2):
        assert actions(desk.cycle(), "failed") == {f"{OUT}/{COPY}"}
    letter.rmdir()
    assert actions(desk.cycle(), "made") == {f"{OUT}/{COPY}"}
