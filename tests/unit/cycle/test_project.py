"""The papers of the project, which belong to no family, through the same cycle."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from docx import Document

from hopdocs.cycle.run import CycleOptions, Session
from hopdocs.cycle.up_to_date import UpToDateCheck
from hopdocs.freshness.project_numbers import read_numbers
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.verification import verify_outputs
from hopdocs.workspace import open_workspace
from tests.unit.cli.running import run
from tests.unit.cycling import Desk, SetClock, actions, copy_example, reasons

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = """\
name: Helhedsorienterede planer i Vesterlyng
steering_meetings:
  - id: efteraar
    date: 2026-09-15
    start: "13.00"
    end: "14.30"
    place: havoern
    attendance: {excused: [mmo]}
    minutes:
      by: kko
      approved: 2026-09-22
      points:
        - {point: Ventetid, agreed: Handicap og Psykiatri ser på ventetiden, who: mmo, due: 2026-11-01}
  - {id: vinter, date: 2026-12-08, start: "13.00", end: "14.30", place: havoern}
stop_days:
  - {id: stop-1, date: 2026-12-15, start: "09.00", end: "12.00", place: Rådhuset}
milestones: [{name: Ti familier i gang, due: 2026-12-01}]
targets: {families: 12}
"""
AGENDA = "out/_projekt/projektdagsorden-vinter.docx"
MINUTES = "out/_projekt/projektreferat-efteraar.docx"


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


def test_without_a_project_nothing_happens(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    report = desk.cycle()
    assert not [line.path for line in report.documents if "_projekt" in line.path]
    assert not (desk.root / "out" / "_projekt").exists()


def test_each_meeting_has_its_agenda_and_minutes_once_they_are_written(desk: Desk) -> None:
    assert sorted(path.name for path in (desk.root / "out" / "_projekt").glob("*.docx")) == [
        "projektdagsorden-efteraar.docx",
        "projektdagsorden-stop-1.docx",
        "projektdagsorden-vinter.docx",
        "projektreferat-efteraar.docx",
    ]
    report = desk.cycle()
    assert {line.family for line in report.documents if "_projekt" in line.path} == {""}
    line = next(item for item in report.documents if item.path == AGENDA)
    assert (line.as_json("en")["family"], line.action.value) == (None, "kept")


def test_the_steering_group_reads_new_courses_by_case_number_and_no_small_number(desk: Desk) -> None:
    text = text_of(desk, AGENDA)
    assert "26-012345" in text
    assert "færre end 5" in text
    assert "Målet er 12 familier" in text
    for name in ("Zamirandi", "Nadira", "Regnbuehøj"):
        assert name not in text


def test_its_papers_follow_a_family_that_was_built_alone(desk: Desk) -> None:
    desk.cycle()
    desk.edit("26-012345", "26-054321")
    desk.cycle(CycleOptions(families=("hop-2026-007",)))
    assert "26-012345" in text_of(desk, AGENDA)
    desk.cycle()
    assert "26-054321" in text_of(desk, AGENDA)


def test_what_was_agreed_last_time_stands_on_the_next_agenda_until_it_is_done(desk: Desk) -> None:
    assert "Handicap og Psykiatri ser på ventetiden. Mette Morgenfrue" in text_of(desk, AGENDA)
    assert "(fristen er overskredet)" in text_of(desk, AGENDA)
    desk.edit("due: 2026-11-01}", "due: 2026-11-01, done: 2026-11-20}", "project.yaml")
    report = desk.cycle()
    assert "Handicap" not in text_of(desk, AGENDA).partition("Familierne i tal")[0]
    assert actions(report, "made") == {AGENDA, MINUTES}


def test_the_minutes_say_who_was_there_and_who_was_excused(desk: Desk) -> None:
    text = text_of(desk, MINUTES)
    assert "Kamma Korsedderkop, Rigmor Rimfrost og Torben Tågehorn" in text
    assert "Mette Morgenfrue" in text
    assert "Godkendt den 22.\u00a0september 2026. Skrevet af Kamma Korsedderkop." in text


def test_the_project_group_is_everybody_on_the_team_of_an_active_course(desk: Desk) -> None:
    stop_day = "out/_projekt/projektdagsorden-stop-1.docx"
    assert "Pelle Pærevang" in text_of(desk, stop_day)
    desk.edit("  - {staff: ppa, from: 2026-10-06, for: [sami]}", "  - {staff: ppa, from: 2026-10-06, to: 2026-11-20}")
    report = desk.cycle()
    assert reasons(report)[stop_day] == "HD571"
    assert "Pelle Pærevang" not in text_of(desk, stop_day)


def test_a_course_is_told_of_only_while_everybody_has_said_yes(desk: Desk) -> None:
    desk.edit("given: 2026-09-22, areas: [BF, BES, DU], received_by: iik", "refused: 2026-09-22")
    desk.cycle()
    assert "26-012345" not in text_of(desk, AGENDA)
    assert "Pelle Pærevang" not in text_of(desk, "out/_projekt/projektdagsorden-stop-1.docx")


def test_after_its_day_an_agenda_stays_what_those_at_the_table_read(desk: Desk) -> None:
    desk.clock.pass_days(20)  # 11 December
    desk.cycle()
    before = (desk.root / AGENDA).read_bytes()
    desk.edit("given: 2026-09-22, areas: [BF, BES, DU], received_by: iik", "refused: 2026-09-22")
    desk.edit("targets: {families: 12}", "targets: {families: 12}\nrisks: []", "project.yaml")
    desk.cycle()
    assert (desk.root / AGENDA).read_bytes() == before
    desk.edit("id: vinter, date: 2026-12-08,", "id: vinter, date: 2026-12-08, agenda: [Noget andet],", "project.yaml")
    desk.cycle()
    assert "Noget andet" in text_of(desk, AGENDA)
    assert "26-012345" in text_of(desk, AGENDA)


def test_the_same_again_makes_nothing_and_a_day_that_passes_neither(desk: Desk) -> None:
    before = {path: data for path, data in desk.files().items() if "_projekt" in path}
    desk.clock.pass_days(1)
    report = desk.cycle()
    assert not {path for path in actions(report, "made") if "_projekt" in path}
    assert {path: data for path, data in desk.files().items() if "_projekt" in path} == before


def test_a_paper_that_somebody_deleted_comes_again(desk: Desk) -> None:
    (desk.root / AGENDA).unlink()
    report = desk.cycle()
    assert reasons(report)[AGENDA] == "HD555"
    assert (desk.root / AGENDA).is_file()


def test_a_paper_that_somebody_changed_is_kept_aside(desk: Desk) -> None:
    (desk.root / AGENDA).write_bytes(b"by hand")
    desk.cycle()
    aside = desk.root / "out" / "_projekt" / "projektdagsorden-vinter.rettet-1.docx"
    assert aside.read_bytes() == b"by hand"
    assert "26-012345" in text_of(desk, AGENDA)


def test_a_fault_in_the_file_leaves_the_last_good_papers(desk: Desk) -> None:
    before = desk.files()
    desk.edit("place: Rådhuset}", "place: Rådhuset, plase: x}", "project.yaml")
    report = desk.cycle()
    assert [item.code for item in report.diagnostics if item.path == "project.yaml"] == ["HD121"]
    assert desk.files() == before
    assert reasons(report)[AGENDA] == "HD565"


def test_two_meetings_with_one_id_stop_the_papers(desk: Desk) -> None:
    desk.edit("id: stop-1", "id: Vinter", "project.yaml")
    report = desk.cycle()
    assert "HD630" in [item.code for item in report.diagnostics]
    assert "projektdagsorden-stop-1.docx" in {path.name for path in (desk.root / "out" / "_projekt").iterdir()}


def test_a_familys_name_in_the_project_is_told_each_time(desk: Desk) -> None:
    desk.edit("point: Ventetid,", "point: Zamirandis ventetid og familien Zamirandi,", "project.yaml")
    for report in (desk.cycle(), desk.cycle()):
        assert [item.code for item in report.diagnostics if item.path == "project.yaml"] == ["HD634"]


def test_a_meeting_that_is_cancelled_or_deleted_takes_its_papers_along(desk: Desk) -> None:
    desk.edit("id: vinter, date: 2026-12-08,", "id: vinter, date: 2026-12-08, status: aflyst,", "project.yaml")
    assert actions(desk.cycle(), "removed") == {AGENDA}


def test_when_the_file_goes_its_papers_go_and_the_families_stay(desk: Desk) -> None:
    (desk.root / "project.yaml").unlink()
    report = desk.cycle()
    assert len([path for path in actions(report, "removed") if "_projekt" in path]) == 4
    assert actions(report, "removed") == {path for path in actions(report, "removed") if "_projekt" in path}
    assert not (desk.root / "out" / "_projekt").exists()
    assert not [line for line in desk.cycle().documents if "_projekt" in line.path]


def test_the_page_of_all_links_to_them(desk: Desk) -> None:
    page = (desk.root / "out" / "overblik.html").read_text("utf-8")
    assert 'href="_projekt/projektdagsorden-vinter.docx"' in page


def test_a_clean_build_makes_the_same_to_the_last_byte(desk: Desk) -> None:
    desk.clock.pass_days(20)
    desk.cycle()
    found = verify_outputs(open_workspace(desk.root), desk.clock, jobs=1)
    assert found.differences == []
    (desk.root / AGENDA).write_bytes(b"by hand")
    changed = verify_outputs(open_workspace(desk.root), desk.clock, jobs=1)
    assert [item.path for item in changed.differences] == [AGENDA]


def test_a_dry_run_says_what_would_be_made_and_writes_nothing(desk: Desk) -> None:
    desk.edit("name: Helheds", "name: Nye helheds", "project.yaml")
    before = desk.files()
    report = desk.cycle(CycleOptions(writes=False))
    assert AGENDA in actions(report, "made")
    assert desk.files() == before


def test_the_quick_look_counts_them_and_sees_that_one_is_gone(desk: Desk) -> None:
    workspace = open_workspace(desk.root)
    check = UpToDateCheck(workspace, desk.clock.moment.date(), "da")
    with_session(desk, check)
    standing = UpToDateCheck(workspace, desk.clock.moment.date(), "da").find_standing()
    assert standing is not None
    assert standing.documents == len(desk.files())
    (desk.root / MINUTES).unlink()
    assert UpToDateCheck(workspace, desk.clock.moment.date(), "da").find_standing() is None


def with_session(desk: Desk, check: UpToDateCheck) -> None:
    with Session(open_workspace(desk.root), desk.clock) as session:
        check.keep(session.cache, desk.cycle(session=session), "", "")


def test_no_name_of_a_family_stands_in_what_is_kept_for_the_project(desk: Desk) -> None:
    with closing(connect_to_read(open_workspace(desk.root).ledger_path)) as connection:
        kept = read_numbers(connection)
    text = json.dumps([item.as_json() for item in kept.values()], ensure_ascii=False)
    assert set(kept) == {"vinter", "stop-1"}
    assert "Zamirandi" not in text


def test_the_log_of_the_project_lists_its_papers(desk: Desk) -> None:
    shown = run("-w", desk.root, "log", "projekt", "--format", "json")
    assert {row["path"] for row in shown.shape["documents"]} == {
        path.rpartition("/")[2] for path in desk.files() if "_projekt" in path
    }
    told = run("-w", desk.root, "--today", "2026-11-21", "verify", str(desk.root / AGENDA), "--format", "json").shape
    assert (told["family"], told["source"], told["stale"]) == (None, "project.yaml", False)


def test_an_empty_file_is_told_as_that_of_a_project(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    (desk.root / "project.yaml").write_text("", "utf-8")
    found = [item.code for item in desk.cycle(CycleOptions(writes=False)).diagnostics if item.path == "project.yaml"]
    assert found == ["HD360"]
