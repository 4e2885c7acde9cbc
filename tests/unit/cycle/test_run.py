"""One pass over a workspace: what is made, kept and removed, and why."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from hopdocs.cycle import template_store
from hopdocs.cycle.run import CycleOptions, Session
from hopdocs.errors import FaultyInput, WorkspaceFault
from hopdocs.evaluation import FamilyOutcome, evaluate_family
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.package_data import shipped_path
from hopdocs.workspace import open_workspace
from tests.unit.cycling import FAMILY, OUT, Desk, SetClock, actions, copy_example, reasons

if TYPE_CHECKING:
    from pathlib import Path

DAGSORDEN = f"{OUT}/dagsorden-familieplan.docx"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = copy_example(tmp_path_factory.mktemp("built") / "workspace")
    desk.cycle()
    return desk.root


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    """A workspace in which everything is made."""
    shutil.copytree(built, tmp_path / "workspace")
    return Desk(tmp_path / "workspace", SetClock())


def test_a_second_build_does_nothing_and_opens_no_template(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.cycle()
    before = {path: path.stat().st_mtime_ns for path in (desk.root / "out").rglob("*")}

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a template was opened")

    monkeypatch.setattr(template_store, "compile_template_bytes", refuse)
    report = desk.cycle()
    assert report.evaluated == 0
    assert actions(report, "kept") == set(desk.files())
    assert {path: path.stat().st_mtime_ns for path in (desk.root / "out").rglob("*")} == before


def test_an_edit_remakes_exactly_the_documents_that_show_it(desk: Desk) -> None:
    desk.edit("Indgang fra gården.", "Indgang fra vejen.", "config.yaml")
    report = desk.cycle()
    made = actions(report, "made")
    assert made == {path for path in desk.files() if b"Indgang" in _body(desk.root / path)}
    assert {reasons(report)[path] for path in made} == {"HD553"}


def test_the_reason_names_what_changed_in_the_family_s_file(desk: Desk) -> None:
    desk.edit('start: "10.00"\n    end: "12.00"\n', 'start: "10.30"\n    end: "12.00"\n')
    report = desk.cycle()
    line = next(line for line in report.documents if line.path == DAGSORDEN)
    assert (line.action.value, line.reason.code) == ("made", "HD551")
    assert line.reason.params["fields"] == "meeting"
    assert actions(report, "made") < set(desk.files())


def test_a_dry_run_says_the_same_and_writes_nothing(desk: Desk) -> None:
    desk.edit('start: "10.00"', 'start: "10.30"')
    before = {path: path.read_bytes() for path in desk.root.rglob("*") if path.is_file()}
    dry = desk.cycle(CycleOptions(writes=False))
    assert {path: path.read_bytes() for path in desk.root.rglob("*") if path.is_file()} == before
    wet = desk.cycle()
    assert [(line.path, line.action, line.reason) for line in dry.documents] == [
        (line.path, line.action, line.reason) for line in wet.documents
    ]


def test_a_dry_run_on_an_untouched_workspace_makes_no_folder(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    before = sorted(desk.root.rglob("*"))
    assert actions(desk.cycle(CycleOptions(writes=False)), "made")
    assert sorted(desk.root.rglob("*")) == before


def test_a_document_changed_by_hand_is_kept_aside_and_told(desk: Desk) -> None:
    path = desk.root / DAGSORDEN
    good = path.read_bytes()
    path.write_bytes(b"what somebody wrote")
    report = desk.cycle()
    assert reasons(report)[DAGSORDEN] == "HD556"
    assert path.read_bytes() == good
    assert path.with_name("dagsorden-familieplan.rettet-1.docx").read_bytes() == b"what somebody wrote"
    assert [item.params["aside"] for item in report.diagnostics if item.code == "HD534"] == [
        "dagsorden-familieplan.rettet-1.docx"
    ]
    assert desk.cycle().evaluated == 0


def test_without_the_cache_ours_is_told_from_theirs_and_nothing_is_made_twice(desk: Desk) -> None:
    before = desk.files()
    for path in (desk.root / ".hopdocs").glob("cache.db*"):
        path.unlink()
    report = desk.cycle()
    assert desk.files() == before
    assert not actions(report, "removed")
    assert not actions(report, "made")


@pytest.mark.parametrize("length", [0, 1, 100, 4096, 20000])
def test_a_damaged_cache_is_set_aside_and_made_again(desk: Desk, length: int) -> None:
    before = desk.files()
    cache = desk.root / ".hopdocs/cache.db"
    cache.write_bytes(cache.read_bytes()[:length])
    for ending in ("-wal", "-shm"):
        cache.with_name(f"cache.db{ending}").unlink(missing_ok=True)
    desk.edit('start: "10.00"', 'start: "10.30"')
    report = desk.cycle()
    assert DAGSORDEN in actions(report, "made")
    assert desk.files().keys() == before.keys()
    assert desk.cycle().evaluated == 0


def test_a_missing_output_is_made_again_as_it_was(desk: Desk) -> None:
    path = desk.root / DAGSORDEN
    good = path.read_bytes()
    path.unlink()
    assert reasons(desk.cycle())[DAGSORDEN] == "HD555"
    assert path.read_bytes() == good


def test_a_document_open_in_word_waits_and_is_made_later(desk: Desk) -> None:
    path = desk.root / DAGSORDEN
    lock = path.with_name("~$" + path.name[2:])
    lock.write_bytes(b"owner")
    desk.edit('start: "10.00"', 'start: "10.30"')
    good = path.read_bytes()
    report = desk.cycle()
    assert reasons(report)[DAGSORDEN] == "HD563"
    assert report.must_retry
    assert path.read_bytes() == good
    lock.unlink()
    later = desk.cycle()
    assert DAGSORDEN in actions(later, "made")
    assert not later.must_retry


def test_a_broken_file_keeps_its_last_good_documents_and_stops_no_other(desk: Desk) -> None:
    before = desk.files()
    desk.edit("id: HOP-2026-007", "id: HOP-2026-007\n  oops: [")
    desk.edit("Anton Regnbuehøj", "Anders Regnbuehøj", "families/hop-2026-002.yaml")
    report = desk.cycle()
    after = desk.files()
    assert {name: data for name, data in after.items() if name.startswith(OUT)} == {
        name: data for name, data in before.items() if name.startswith(OUT)
    }
    assert {path.split("/")[1] for path in actions(report, "made")} == {"hop-2026-002"}
    assert {reasons(report)[path] for path in after if path.startswith(OUT)} == {"HD565"}


def test_withdrawn_consents_remove_the_team_s_documents_but_for_those_of_meetings_that_were_held(desk: Desk) -> None:
    desk.edit("received_by: iik}", "received_by: iik, withdrawn: [{date: 2026-11-20}]}")
    report = desk.cycle()
    left = {
        name.rpartition("/")[2].partition("-")[0].partition(".")[0] for name in desk.files() if name.startswith(OUT)
    }
    assert left == {
        "informationsbrev",
        "samtykkeerklaering",
        "dagsorden",
        "indkaldelse",
        "kvittering",
        "afslutningsnotat",
        "dataanmodning",
    }
    assert {name.rpartition("-")[2] for name in desk.files() if name.startswith(f"{OUT}/dagsorden")} == {
        "intro.docx",
        "formoede.docx",
    }
    assert reasons(report)[DAGSORDEN] == "HD557"


def test_the_passing_of_time_alone_removes_nothing(desk: Desk) -> None:
    before = set(desk.files())
    desk.clock.pass_days(400)
    report = desk.cycle()
    assert set(desk.files()) == before
    assert not actions(report, "removed")


def test_a_deleted_family_takes_its_drafts_along_but_not_what_is_final_or_people_wrote(desk: Desk) -> None:
    path = desk.root / DAGSORDEN
    path.write_bytes(b"what somebody wrote")
    (desk.root / FAMILY).unlink()
    report = desk.cycle()
    assert reasons(report)[DAGSORDEN] == "HD558"
    final = {line.path.rpartition("/")[2] for line in report.documents if line.reason.code == "HD561"}
    assert {item.name for item in (desk.root / OUT).iterdir()} == {"dagsorden-familieplan.rettet-1.docx", *final}


def test_a_new_template_leaves_the_papers_of_past_meetings_alone(desk: Desk) -> None:
    templates = desk.root / "templates"
    templates.mkdir()
    document = Document(str(shipped_path("templates") / "dagsorden.docx"))
    document.add_paragraph("Tag gerne kaffe med.")
    document.save(str(templates / "dagsorden.docx"))
    report = desk.cycle()
    assert actions(report, "made") == {DAGSORDEN, f"{OUT}/dagsorden-opfoelgning-1.docx"}
    assert reasons(report)[DAGSORDEN] == "HD552"
    assert reasons(report)[f"{OUT}/dagsorden-formoede.docx"] == "HD561"
    with sqlite3.connect(desk.root / ".hopdocs/ledger.db") as connection:
        assert connection.execute("SELECT max(version) FROM document_version").fetchone() == (1,)
    connection.close()


def test_a_broken_template_fails_its_own_documents_and_names_the_place(desk: Desk) -> None:
    templates = desk.root / "templates"
    templates.mkdir()
    document = Document(str(shipped_path("templates") / "dagsorden.docx"))
    document.add_paragraph("{{ meetnig.date }}")
    document.save(str(templates / "dagsorden.docx"))
    before = desk.files()
    report = desk.cycle()
    assert actions(report, "failed") == {DAGSORDEN, f"{OUT}/dagsorden-opfoelgning-1.docx"}
    assert desk.files() == before
    assert any(item.path == "templates/dagsorden.docx" and "meetnig" in item.place for item in report.diagnostics)


def test_two_families_with_one_id_stop_each_other(desk: Desk) -> None:
    before = desk.files()
    shutil.copy(desk.root / FAMILY, desk.root / "families/hop-2026-008.yaml")
    report = desk.cycle()
    assert desk.files() == before
    assert {item.path for item in report.diagnostics if item.code == "HD200"} == {FAMILY, "families/hop-2026-008.yaml"}
    (desk.root / "families/hop-2026-008.yaml").unlink()
    assert not [item for item in desk.cycle().diagnostics if item.code == "HD200"]


@pytest.mark.parametrize(
    ("copy", "code"),
    [
        ("hop-2026-007.sync-conflict-20261121-ABC.yaml", "HD507"),
        ("hop-2026-007 (conflicted copy 2026-11-21 101112).yaml", "HD507"),
        ("Hop-2026-007_conflict-20261121-101112.yaml", "HD507"),
        ("hop-2026-007 (Karlas kopi i konflikt 2026-11-21).yaml", "HD507"),
        ("HOP-2026-007.yaml", "HD506"),
    ],
)
def test_a_family_of_which_there_are_two_copies_is_left_as_it_is(desk: Desk, copy: str, code: str) -> None:
    before = desk.files()
    shutil.copy(desk.root / FAMILY, desk.root / "families" / copy)
    desk.edit('start: "10.00"', 'start: "10.30"')
    report = desk.cycle()
    assert desk.files() == before
    assert code in {item.code for item in report.diagnostics}
    (desk.root / "families" / copy).unlink()
    assert DAGSORDEN in actions(desk.cycle(), "made")


def test_a_familys_mail_waits_while_there_is_a_conflicting_copy_of_its_file(desk: Desk) -> None:
    """Also where the save itself is what the cycle was told of, and looks at first."""
    first = CycleOptions(plans_notices=True, first=(FAMILY,))
    desk.cycle(first)
    with closing(Ledger(connect_ledger(desk.root / ".hopdocs/ledger.db"))) as ledger:
        ledger.start(desk.clock.now())
    copy = desk.root / "families/hop-2026-007 (conflicted copy 2026-11-21 101112).yaml"
    shutil.copy(desk.root / FAMILY, copy)
    desk.edit('start: "10.00"', 'start: "10.30"')
    report = desk.cycle(first)
    assert report.gates is not None
    assert report.gates.unreadable == {"HOP-2026-007"}
    assert (report.queued, report.dropped) == (0, 0)
    copy.unlink()
    after = desk.cycle(first)
    assert after.gates is not None
    assert after.gates.unreadable == frozenset()
    assert after.queued > 0


def test_a_fault_of_hopdocs_own_stops_one_family_and_repeats_nothing_of_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.files()

    def fail(data: bytes, path: str, *rest: Any, **named: Any) -> FamilyOutcome:
        if path == FAMILY:
            raise KeyError("Nadira Zamirandi")
        return evaluate_family(data, path, *rest, **named)

    monkeypatch.setattr("hopdocs.cycle.outcomes.evaluate_family", fail)
    desk.edit('start: "10.00"', 'start: "10.30"')
    desk.edit("Anton Regnbuehøj", "Anders Regnbuehøj", "families/hop-2026-002.yaml")
    report = desk.cycle()
    assert {path.split("/")[1] for path in actions(report, "made")} == {"hop-2026-002"}
    assert {name: data for name, data in desk.files().items() if name.startswith(OUT)} == {
        name: data for name, data in before.items() if name.startswith(OUT)
    }
    [told] = [item for item in report.diagnostics if item.code == "HD536"]
    assert told.params["detail"].startswith("KeyError")
    assert "Nadira" not in str(told)


def test_an_edit_and_its_undoing_count_versions_and_dates(desk: Desk) -> None:
    desk.clock.pass_days(1)
    desk.edit('start: "10.00"', 'start: "10.30"')
    desk.cycle()
    with sqlite3.connect(desk.root / ".hopdocs/ledger.db") as connection:
        rows = connection.execute(
            "SELECT version, first_built FROM document_version WHERE kind = 'dagsorden' AND meeting = 'familieplan'"
        ).fetchall()
    connection.close()
    assert rows == [(1, "2026-11-21"), (2, "2026-11-22")]


@pytest.mark.parametrize("is_restored", [True, False], ids=["an older one", "none"])
def test_after_another_ledger_came_papers_are_what_a_clean_build_would_make(desk: Desk, *, is_restored: bool) -> None:
    ledger = desk.root / ".hopdocs/ledger.db"
    kept = ledger.read_bytes()
    for old, new in (("10.00", "10.30"), ("10.30", "11.00")):
        desk.edit(f'start: "{old}"', f'start: "{new}"')
        desk.cycle(CycleOptions(families=("hop-2026-007",)))
    if is_restored:
        ledger.write_bytes(kept)
    else:
        ledger.unlink()
    assert DAGSORDEN in actions(desk.cycle(CycleOptions(families=("hop-2026-007",), writes=False)), "made")
    desk.cycle(CycleOptions(families=("hop-2026-002",)))
    assert DAGSORDEN in actions(desk.cycle(), "made")
    after = (desk.root / DAGSORDEN).read_bytes()
    for path in (desk.root / DAGSORDEN, desk.root / ".hopdocs/cache.db"):
        path.unlink()
    desk.cycle(CycleOptions(families=("hop-2026-007",)))
    assert (desk.root / DAGSORDEN).read_bytes() == after


def test_a_build_of_one_family_leaves_the_others(desk: Desk) -> None:
    desk.edit('start: "10.00"', 'start: "10.30"')
    desk.edit("Anton Regnbuehøj", "Anders Regnbuehøj", "families/hop-2026-002.yaml")
    report = desk.cycle(CycleOptions(families=("hop-2026-002",)))
    assert {line.path.split("/")[1] for line in report.documents} == {"hop-2026-002"}
    assert DAGSORDEN in actions(desk.cycle(), "made")


def test_a_faulty_config_stops_everything_and_names_its_faults(desk: Desk) -> None:
    desk.edit("project_coordinator: kko", "project_coordinator: nobody", "config.yaml")
    with pytest.raises(FaultyInput):
        desk.cycle()


def test_indicators_that_cannot_be_used_are_told_and_what_was_right_goes_on(desk: Desk) -> None:
    own, shipped = desk.root / "indikatorer.yaml", shipped_path("indikatorer.yaml").read_text("utf-8")
    with Session(open_workspace(desk.root), desk.clock) as session:
        desk.cycle(session=session)
        own.write_text(shipped, "utf-8")
        assert desk.cycle(session=session).evaluated > 0
        assert desk.cycle(session=session).evaluated == 0
        own.write_text(shipped.replace("rhythm: månedlig", "rhythm: månedlg"), "utf-8")
        report = desk.cycle(session=session)
    told = {item.code for item in report.diagnostics if item.path == "indikatorer.yaml"}
    assert told == {"HD147", "HD520"}
    with pytest.raises(FaultyInput):
        desk.cycle()


def test_a_missing_families_folder_is_no_deletion(desk: Desk) -> None:
    before = desk.files()
    (desk.root / "families").rename(desk.root / "elsewhere")
    with pytest.raises(WorkspaceFault) as caught:
        desk.cycle()
    assert caught.value.code == "HD508"
    assert desk.files() == before


def test_a_second_writer_is_refused_and_a_reader_is_not(desk: Desk) -> None:
    with Session(open_workspace(desk.root), desk.clock):
        with pytest.raises(WorkspaceFault) as caught:
            desk.cycle()
        assert caught.value.code == "HD502"
        assert actions(desk.cycle(CycleOptions(writes=False)), "kept")


def test_files_are_private_and_pages_are_written(desk: Desk) -> None:
    assert {path.stat().st_mode & 0o777 for path in (desk.root / "out").rglob("*") if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (desk.root / "out").rglob("*") if path.is_dir()} == {0o700}
    page = (desk.root / OUT / "overblik.html").read_text("utf-8")
    assert "Familien Zamirandi" in page
    assert 'href="dagsorden-familieplan.docx"' in page
    assert "hop-2026-007/overblik.html" in (desk.root / "out/overblik.html").read_text("utf-8")


def _body(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml")
