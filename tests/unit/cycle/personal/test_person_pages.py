from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest

from tests.unit.cycling import FAMILY, Desk, copy_example

if TYPE_CHECKING:
    from pathlib import Path

LISTS = "out/_opgaver"
NEXT_MEETING = "  - id: opfoelgning-1\n    type: opfølgningsmøde\n"
PROMISED = """\
    status: held
    minutes:
      points:
        - {point: Skolen, agreed: Pelle møder Sami ved døren, who: ppa, due: 2026-12-01}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = copy_example(tmp_path / "ws")
    desk.clock.pass_days(6)
    return desk


def page_of(desk: Desk, staff: str) -> str:
    return html.unescape((desk.root / LISTS / f"{staff}.html").read_text("utf-8"))


def promise(desk: Desk) -> None:
    desk.edit(NEXT_MEETING, PROMISED + NEXT_MEETING)


def test_each_colleague_who_has_something_to_do_has_a_page_of_it(desk: Desk) -> None:
    promise(desk)
    desk.cycle()
    page = page_of(desk, "ppa")
    assert "Pelle møder Sami ved døren." in page
    assert "26-012345" in page
    assert "Tirsdag den 1.\u00a0december 2026" in page
    assert not (desk.root / LISTS / "yym.html").exists()


def test_a_page_is_written_anew_only_if_what_it_shows_has_changed(desk: Desk) -> None:
    desk.cycle()
    before = {path.name: path.stat().st_ino for path in (desk.root / LISTS).iterdir()}
    desk.clock.pass_days(0)
    promise(desk)
    desk.cycle()
    after = {path.name: path.stat().st_ino for path in (desk.root / LISTS).iterdir()}
    assert before["kko.html"] == after["kko.html"]
    assert "ppa.html" in after


def test_a_cycle_in_which_nothing_changed_reads_no_rows(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.cycle()

    def refuse(*_: object) -> None:
        pytest.fail("the lists were looked at")

    monkeypatch.setattr("hopdocs.cycle.page_writing.write_person_pages", refuse)
    desk.cycle()


def test_who_has_nothing_left_to_do_finds_that_on_her_page(desk: Desk) -> None:
    promise(desk)
    desk.cycle()
    desk.edit("due: 2026-12-01}", "due: 2026-12-01, done: 2026-11-26}")
    desk.cycle()
    assert "Der er ingen opgaver lige nu." in page_of(desk, "ppa")


def test_the_page_of_somebody_who_is_no_longer_on_the_staff_goes(desk: Desk) -> None:
    promise(desk)
    desk.cycle()
    desk.edit("who: ppa", "who: nadira")
    text = (desk.root / FAMILY).read_text("utf-8")
    (desk.root / FAMILY).write_text(text.replace("ppa", "bbl"), "utf-8")
    config = (desk.root / "config.yaml").read_text("utf-8").splitlines(keepends=True)
    (desk.root / "config.yaml").write_text("".join(line for line in config if not line.startswith("  ppa:")), "utf-8")
    desk.cycle()
    assert not (desk.root / LISTS / "ppa.html").exists()


def test_pages_are_as_private_as_the_others(desk: Desk) -> None:
    desk.cycle()
    assert (desk.root / LISTS / "kko.html").stat().st_mode & 0o777 == 0o600


def test_a_page_that_only_an_older_cache_knew_of_keeps_nothing_that_is_hers_no_longer(desk: Desk) -> None:
    promise(desk)
    desk.cycle()
    for path in (desk.root / ".hopdocs").glob("cache.db*"):
        path.unlink()
    desk.edit("due: 2026-12-01}", "due: 2026-12-01, done: 2026-11-26}")
    desk.cycle()
    assert "Pelle møder Sami" not in page_of(desk, "ppa")


def test_the_page_of_somebody_whom_only_an_older_cache_knew_goes_too(desk: Desk) -> None:
    (desk.root / LISTS).mkdir(parents=True)
    (desk.root / LISTS / "gone.html").write_text("Pelle møder Sami ved døren")
    desk.cycle()
    assert not (desk.root / LISTS / "gone.html").exists()
