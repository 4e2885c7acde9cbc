"""The folder of answers, as a cycle finds it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.mail.answers_folder import say_nothing_came
from hopdocs.cycle.run import CycleOptions
from hopdocs.diagnostics import Severity
from tests.unit.cycling import Desk, copy_example

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.diagnostics import Diagnostic


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = copy_example(tmp_path / "ws")
    desk.edit("  reply_to: tovholder", "  answers: svar\n  reply_to: tovholder", "config.yaml")
    return desk


def told(desk: Desk) -> list[Diagnostic]:
    return [item for item in desk.cycle(CycleOptions(plans_notices=True)).diagnostics if item.code == "HD525"]


def test_a_folder_that_is_not_there_is_told_at_its_line(desk: Desk) -> None:
    """Else everybody seems not to have answered, and no mail seems to have come back."""
    (found,) = told(desk)
    line = (desk.root / "config.yaml").read_text("utf-8").splitlines().index("  answers: svar") + 1
    assert (found.path, found.line, found.severity) == ("config.yaml", line, Severity.WARNING)
    (desk.root / "svar").mkdir()
    assert told(desk) == []


def test_a_file_in_its_place_is_told_too(desk: Desk) -> None:
    (desk.root / "svar").write_text("", "utf-8")
    assert len(told(desk)) == 1


def test_where_no_answers_are_read_nothing_is_missing(desk: Desk) -> None:
    desk.edit("  answers: svar\n", "", "config.yaml")
    assert told(desk) == []


LETTER = b"From: Rigmor Rimfrost <rri@vesterlyng.example>\r\nSubject: Tariq\r\n\r\nJeg kommer gerne.\r\n"


def page(desk: Desk) -> str:
    return html.unescape((desk.root / "out/overblik.html").read_text("utf-8"))


def test_each_cycle_says_how_many_came_to_nothing_and_the_page_while_they_lie_there(desk: Desk) -> None:
    folder = desk.root / "svar"
    folder.mkdir()
    for name in ("1.eml", "2.eml", "3.msg"):
        (folder / name).write_bytes(LETTER)
    announcing = CycleOptions(plans_notices=True)
    assert dict(desk.cycle(announcing).nothing) == {"HD455": 2, "HD453": 1}
    assert dict(desk.cycle(announcing).nothing) == {}
    said = "3 i svarmappen svar blev ikke til noget (1 gemt som noget andet end .eml; 2 almindelig mail uden svar"
    assert said in page(desk)
    assert "Jeg kommer" not in page(desk)
    for file in folder.iterdir():
        file.unlink()
    desk.cycle(announcing)
    assert "blev ikke til noget" not in page(desk)


def test_what_is_said_of_them_names_nobody(desk: Desk) -> None:
    (desk.root / "svar").mkdir()
    (desk.root / "svar" / "Rigmor Rimfrost.eml").write_bytes(LETTER)
    report = desk.cycle(CycleOptions(plans_notices=True))
    assert report.shared is not None
    said = say_nothing_came(report.nothing, report.shared.config, "en")
    assert said == "1 in the folder svar came to nothing (1 ordinary mail without an answer from a calendar)"
    assert say_nothing_came({}, report.shared.config, "en") == ""
