"""The project's reports through the cycle: made by themselves, approved once, and naming no family."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from docx import Document

from hopdocs.cycle.erasure.whole_words import whole_words
from hopdocs.cycle.project import making
from hopdocs.cycle.run import CycleOptions
from hopdocs.domain.project.numbers import CourseRow, ProjectNumbers
from hopdocs.freshness.project_numbers import (
    forget_in_project,
    keep_numbers,
    keep_reports,
    read_numbers,
    read_reports,
)
from tests.unit.cycling import FAMILY, Desk, SetClock, actions, copy_example

if TYPE_CHECKING:
    from pathlib import Path

    from docx.table import Table

PROJECT = """\
name: Helhedsorienterede planer i Vesterlyng
period:
  from: 2026-05-01
  to: 2028-04-30
monthly_status: ja
milestones:
  - {name: Ti familier er i gang, due: 2026-12-01}
  - {name: Den første familie er i gang, start: 2026-05-01, due: 2026-08-31, reached: 2026-09-22}
risks:
  - {name: Fagområderne mangler tid, likelihood: høj, impact: middel, action: Faste dage, owner: rri}
  - {name: En tovholder skifter arbejde, likelihood: lav, impact: høj}
reports:
  - kind: kvartal
    day: 2026-09-30
    decide: [Skal vi tage flere familier ind?]
"""
THIRD = "out/_projekt/projektstatus-2026-k3.docx"
FOURTH = "out/_projekt/projektstatus-2026-k4.docx"
MONTHLY = "out/_projekt/statusrapport-2026-10.docx"
PAGE = "out/_projekt/overblik.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = copy_example(tmp_path_factory.mktemp("built") / "workspace")
    (desk.root / "project.yaml").write_text(PROJECT, "utf-8")
    desk.cycle()
    return desk.root


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    shutil.copytree(built, tmp_path / "workspace")
    return Desk(tmp_path / "workspace", SetClock())


def text_of(desk: Desk, path: str) -> str:
    document = Document(str(desk.root / path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_every_quarter_and_the_month_behind_us_have_a_report(desk: Desk) -> None:
    assert sorted(path.name for path in (desk.root / "out" / "_projekt").glob("*.docx")) == [
        "projektstatus-2026-k2.docx",
        "projektstatus-2026-k3.docx",
        "projektstatus-2026-k4.docx",
        "statusrapport-2026-10.docx",
    ]


def test_no_report_and_no_page_of_the_project_names_a_family(desk: Desk) -> None:
    texts = [text_of(desk, path) for path in (THIRD, FOURTH, MONTHLY)]
    texts.append((desk.root / PAGE).read_text("utf-8"))
    for text in texts:
        for name in ("Zamirandi", "Nadira", "Sami", "Regnbuehøj"):
            assert name not in text


def test_a_quarter_tells_of_the_courses_that_all_said_yes_to_in_it_by_case_number(desk: Desk) -> None:
    assert "26-012345" in text_of(desk, THIRD)
    assert "Der er ingen nye familier." in text_of(desk, FOURTH)
    assert "Skal vi tage flere familier ind?" in text_of(desk, THIRD)
    assert "Skal vi tage flere familier ind?" not in text_of(desk, FOURTH)


def test_a_quarter_that_runs_is_a_draft_of_whole_months_and_no_day_makes_it_anew(desk: Desk) -> None:
    assert "til og med den 31.\u00a0oktober 2026, for perioden er ikke slut" in text_of(desk, FOURTH)
    desk.clock.pass_days(1)
    assert not {path for path in actions(desk.cycle(), "made") if "_projekt" in path}
    desk.clock.pass_days(10)  # 2 December
    assert FOURTH in actions(desk.cycle(), "made")
    assert "til og med den 30.\u00a0november 2026" in text_of(desk, FOURTH)


def test_an_approved_report_stays_whatever_becomes_of_the_families_the_project_and_the_file(desk: Desk) -> None:
    desk.edit("day: 2026-09-30\n", "day: 2026-09-30\n    approved: 2026-10-12\n", "project.yaml")
    desk.cycle()
    before = text_of(desk, THIRD)
    assert "Godkendt den 12.\u00a0oktober 2026." in before
    desk.edit("given: 2026-09-22, areas: [BF, BES, DU], received_by: iik", "refused: 2026-09-22")
    desk.edit("Ti familier er i gang", "Tyve familier er i gang", "project.yaml")
    assert THIRD not in actions(desk.cycle(), "made")
    assert "Tyve familier" in text_of(desk, FOURTH)
    (desk.root / THIRD).unlink()
    desk.cycle()
    assert text_of(desk, THIRD) == before


def test_an_approval_that_is_taken_back_makes_a_draft_of_todays_figures(desk: Desk) -> None:
    desk.edit("day: 2026-09-30\n", "day: 2026-09-30\n    approved: 2026-10-12\n", "project.yaml")
    desk.cycle()
    desk.edit("    approved: 2026-10-12\n", "", "project.yaml")
    desk.edit("Ti familier er i gang", "Tyve familier er i gang", "project.yaml")
    desk.cycle()
    assert "Udkast" in text_of(desk, THIRD)
    assert "Tyve familier" in text_of(desk, THIRD)


def test_milestones_and_risks_stand_with_a_light_and_its_word(desk: Desk) -> None:
    text = text_of(desk, MONTHLY)
    assert "Grøn: nået for sent" in text  # reached three weeks after its day
    assert "Gul: på vej" not in text
    assert "Rød: høj og middel" in text
    assert "Gul: lav og høj" in text
    assert "Rigmor Rimfrost" in text


def test_the_numbers_of_those_who_wait_are_those_of_the_periods_last_day(desk: Desk) -> None:
    desk.clock.pass_days(45)  # 5 January: the quarter is over, and its numbers were kept
    desk.cycle()
    assert "kendes ikke" not in text_of(desk, FOURTH)
    assert "kendes ikke" in text_of(desk, THIRD)


def test_whoever_worked_with_a_new_family_is_known_or_said_to_be_unknown(desk: Desk) -> None:
    """A dash would say that nobody does."""
    desk.clock.pass_days(45)
    desk.cycle()
    rows = [[cell.text for cell in row.cells] for row in _table_of(desk, THIRD, "Fagpersoner").rows[1:]]
    assert rows
    assert {row[-1] for row in rows} == {"kendes ikke"}


def _table_of(desk: Desk, path: str, head: str) -> Table:
    tables = Document(str(desk.root / path)).tables
    return next(table for table in tables if table.rows[0].cells[-1].text == head)


def test_a_case_number_stands_on_one_line_on_the_page(desk: Desk) -> None:
    desk.clock.pass_days(90)  # nobody has met the family for long
    desk.cycle()
    assert '<th scope="row" class="nowrap">26-012345</th>' in (desk.root / PAGE).read_text("utf-8")


def test_the_projects_page_has_its_figures_and_is_linked_from_the_page_of_all(desk: Desk) -> None:
    page = (desk.root / PAGE).read_text("utf-8")
    for head in ("Nøgletal", "Fremdrift", "Milepæle", "Risici", "Hvem mangler tal?"):
        assert f">{head}</h2>" in page
    assert 'href="_projekt/overblik.html"' in (desk.root / "out" / "overblik.html").read_text("utf-8")


def test_of_two_files_of_one_family_neither_is_among_the_figures(desk: Desk) -> None:
    """The older may still have a consent that the newer has taken back."""
    other = desk.root / "families/hop-2026-008.yaml"
    shutil.copy(desk.root / FAMILY, other)
    desk.cycle()
    assert "26-012345" not in text_of(desk, THIRD)
    assert "2 filer kunne ikke læses" in (desk.root / PAGE).read_text("utf-8")
    other.unlink()
    desk.cycle()
    assert "26-012345" in text_of(desk, THIRD)
    assert "kunne ikke læses" not in (desk.root / PAGE).read_text("utf-8")


def test_the_page_is_written_again_only_when_it_says_something_else(desk: Desk) -> None:
    before = (desk.root / PAGE).stat().st_mtime_ns
    desk.edit("decide: [Skal", "decide: [Og skal", "project.yaml")
    desk.cycle()
    assert (desk.root / PAGE).stat().st_mtime_ns == before
    desk.edit("Fagområderne mangler tid", "Fagområderne mangler ro", "project.yaml")
    desk.cycle()
    assert "Fagområderne mangler ro" in (desk.root / PAGE).read_text("utf-8")


def test_a_dry_run_writes_no_page(desk: Desk) -> None:
    desk.edit("Fagområderne mangler tid", "Fagområderne mangler ro", "project.yaml")
    report = desk.cycle(CycleOptions(writes=False))
    assert THIRD in actions(report, "made") or THIRD in {line.path for line in report.documents}
    assert "Fagområderne mangler ro" not in (desk.root / PAGE).read_text("utf-8")


def test_without_a_project_the_page_goes(desk: Desk) -> None:
    (desk.root / "project.yaml").unlink()
    desk.cycle()
    assert not (desk.root / PAGE).exists()


def test_a_forgotten_familys_case_is_taken_out_of_what_is_kept_and_nothing_else(desk: Desk) -> None:
    desk.edit("day: 2026-09-30\n", "day: 2026-09-30\n    approved: 2026-10-12\n", "project.yaml")
    desk.cycle()
    assert "26-012345" in text_of(desk, THIRD)
    with closing(sqlite3.connect(desk.root / ".hopdocs" / "ledger.db")) as connection, connection:
        forget_in_project(connection, whole_words(["HOP-2026-007", "26-012345"]))
    desk.edit("Ti familier er i gang", "Tyve familier er i gang", "project.yaml")
    desk.cycle()
    text = text_of(desk, THIRD)
    assert "26-012345" not in text
    assert "slettet" in text
    assert "Ti familier er i gang" in text


def test_what_only_looks_like_a_forgotten_familys_case_number_stays(tmp_path: Path) -> None:
    numbers = ProjectNumbers(
        {"active": 12}, (CourseRow("active", "12"), CourseRow("active", "12-3", date(2026, 12, 1)))
    )
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as connection:
        keep_numbers(connection, ["møde"], numbers)
        keep_reports(connection, {"kvartal": '{"active": 12, "text": "Sag 12, sag 12-3 og sag 312"}'})
        forget_in_project(connection, whole_words(["active-1", "12"]))
        kept = read_numbers(connection)["møde"]
        assert read_reports(connection) == {"kvartal": '{"active": 12, "text": "Sag slettet, sag 12-3 og sag 312"}'}
    assert kept == replace(numbers, running=(replace(numbers.running[0], case="slettet"), numbers.running[1]))


def test_a_case_that_anothers_begins_with_takes_nothing_out_of_what_is_kept(desk: Desk) -> None:
    """Case numbers are free text: a short one would be a part of days and of others' numbers."""
    desk.edit("day: 2026-09-30\n", "day: 2026-09-30\n    approved: 2026-10-12\n", "project.yaml")
    desk.cycle()
    with closing(sqlite3.connect(desk.root / ".hopdocs" / "ledger.db")) as connection, connection:
        query = "SELECT * FROM project_report UNION SELECT * FROM project_numbers"
        before = connection.execute(query).fetchall()
        forget_in_project(connection, whole_words(["HOP-2026-00", "26-01", "2026-09", "case"]))
        assert connection.execute(query).fetchall() == before


def test_an_edit_that_changes_no_figure_costs_the_project_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.cycle()  # the workspace is a copy, whose files are others
    asked: list[object] = []

    def note(*given: object) -> tuple[()]:
        asked.append(given)
        return ()

    monkeypatch.setattr(making, "wanted_reports", note)
    desk.edit("name: Familien Zamirandi", "name: Familien Zamirandi ")
    desk.edit("words: ", "words: Nu ", FAMILY)
    desk.cycle()
    assert not asked
    desk.edit("Fagområderne mangler tid", "Fagområderne mangler ro", "project.yaml")
    desk.cycle()
    assert asked


def test_a_page_that_somebody_deleted_comes_back(desk: Desk) -> None:
    (desk.root / PAGE).unlink()
    desk.cycle()
    assert (desk.root / PAGE).is_file()
