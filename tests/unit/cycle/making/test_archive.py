"""What was handed over is kept for ever as it was, whatever happens to the document afterwards."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hopdocs.cycle.run import CycleOptions, CycleReport
from hopdocs.errors import LedgerFault
from hopdocs.freshness.delivered import FOLDER, ON_THE_CASE, DeliveredCopies, DeliveredCopy
from hopdocs.freshness.publish import OutputFault, OutputFolder
from hopdocs.rendering.pdf import worker_pool
from hopdocs.verification import Mismatch, verify_outputs
from hopdocs.workspace import open_workspace
from tests.unit.cycle.test_run_pdf import FakeConverter, Shop
from tests.unit.cycling import FAMILY, OUT, Desk, SetClock, copy_example

PLAN = f"{OUT}/familieplan-nadira.docx"
COPY = f"{OUT}/udleveret/2026-11-21-familieplan-nadira.docx"
AGENDA = f"{OUT}/dagsorden-familieplan.docx"
TO_NADIRA = "{document: familieplan, to: [nadira], date: 2026-11-21, how: handed_over}"
_OF_AN_AREA = re.compile(r"-[A-Z]{2,3}(-\d+)?\.(docx|pdf)$")
NOT_KEPT = {"HD390", "HD391"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = copy_example(tmp_path_factory.mktemp("built") / "workspace")
    desk.cycle()
    return desk.root


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    """A workspace in which everything is made, on the day on which it was made."""
    shutil.copytree(built, tmp_path / "workspace")
    return Desk(tmp_path / "workspace", SetClock())


def deliver(desk: Desk, *lines: str) -> None:
    """Write lines under `deliveries`, the first time with their key."""
    file = desk.root / FAMILY
    text = file.read_text("utf-8")
    key = "" if "\ndeliveries:" in text else "\ndeliveries:\n"
    file.write_text(text + key + "".join(f"  - {line}\n" for line in lines), "utf-8")


def kept(desk: Desk, *, on_the_case: bool = False) -> tuple[DeliveredCopy, ...]:
    """What the family got, or what areas had on the case then."""
    with closing(sqlite3.connect(desk.root / ".hopdocs/ledger.db")) as connection:
        found = DeliveredCopies(connection).of_family("HOP-2026-007")
    return tuple(item for item in found if (item.how == ON_THE_CASE) is on_the_case)


def copies(desk: Desk, *, on_the_case: bool = False) -> dict[str, bytes]:
    """The same as files: the name of an area's own ends with its code."""
    files = {path: data for path, data in desk.files().items() if "/udleveret/" in path}
    return {path: data for path, data in files.items() if bool(_OF_AN_AREA.search(path)) is on_the_case}


def not_kept(report: CycleReport) -> set[str]:
    return {item.code for item in report.diagnostics} & NOT_KEPT


def test_a_delivered_document_is_kept_with_its_edition_and_to_whom_and_how(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    assert copies(desk) == {COPY: desk.files()[PLAN]}
    [copy] = kept(desk)
    assert (copy.kind, copy.meeting, copy.recipient, copy.to) == ("familieplan", "", "nadira", "nadira")
    assert (copy.edition, copy.how, copy.day.isoformat()) == (1, "handed_over", "2026-11-21")
    assert [name for name, _ in copy.files] == [Path(COPY).name]


def test_the_edit_that_records_a_delivery_may_change_the_plan(desk: Desk) -> None:
    before = desk.files()[PLAN]
    deliver(desk, TO_NADIRA)
    desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
    desk.cycle()
    assert copies(desk) == {COPY: before}
    assert desk.files()[PLAN] != before


def test_a_copy_outlives_every_later_edit_and_a_second_cycle_keeps_nothing_twice(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    first, rows = copies(desk), kept(desk)
    desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
    desk.cycle()
    desk.clock.pass_days(3)
    desk.cycle()
    assert (copies(desk), kept(desk)) == (first, rows)


def test_a_later_edition_that_is_delivered_too_is_a_copy_beside_the_first(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    desk.clock.pass_days(1)
    desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
    desk.cycle()
    deliver(desk, TO_NADIRA.replace("21", "22"))
    desk.cycle()
    assert [copy.edition for copy in kept(desk)] == [1, 2]
    assert sorted(copies(desk)) == [COPY, COPY.replace("21", "22")]
    assert copies(desk)[COPY.replace("21", "22")] == desk.files()[PLAN]


def test_two_editions_that_are_handed_over_on_one_day_are_two_copies(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
    desk.cycle()
    deliver(desk, TO_NADIRA.replace("handed_over", "digital_post"))
    desk.cycle()
    assert sorted(copies(desk)) == sorted((COPY, COPY.replace(".docx", "-2.docx")))
    assert {copy.how: copy.edition for copy in kept(desk)} == {"handed_over": 1, "digital_post": 2}


def test_the_same_agenda_to_two_people_is_one_file_and_two_rows(desk: Desk) -> None:
    deliver(desk, "{document: dagsorden, meeting: familieplan, to: [nadira, tariq], date: 2026-11-21, how: paper}")
    desk.cycle()
    assert copies(desk) == {f"{OUT}/udleveret/2026-11-21-dagsorden-familieplan.docx": desk.files()[AGENDA]}
    assert [(copy.to, copy.recipient) for copy in kept(desk)] == [("nadira", ""), ("tariq", "")]


def test_a_delivery_that_is_written_days_later_keeps_what_has_stood_since(desk: Desk) -> None:
    desk.clock.pass_days(10)
    deliver(desk, TO_NADIRA)
    report = desk.cycle()
    assert list(copies(desk)) == [COPY]
    assert not not_kept(report)


def test_without_the_cache_the_ledger_still_knows_what_stood_on_the_day(desk: Desk) -> None:
    before = desk.files()[PLAN]
    desk.clock.pass_days(10)
    (desk.root / ".hopdocs/cache.db").unlink()
    deliver(desk, TO_NADIRA)
    desk.cycle()
    assert copies(desk) == {COPY: before}


def test_what_was_made_anew_since_the_day_is_not_kept_and_that_is_said_at_its_line(desk: Desk) -> None:
    desk.clock.pass_days(1)
    desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
    desk.cycle()
    deliver(desk, TO_NADIRA)
    report = desk.cycle()
    assert (copies(desk), kept(desk)) == ({}, ())
    [fault] = [item for item in report.diagnostics if item.code in NOT_KEPT]
    lines = (desk.root / FAMILY).read_text("utf-8").splitlines()
    assert (fault.code, lines[fault.line - 1].strip()) == ("HD390", f"- {TO_NADIRA}")


def test_what_was_made_anew_after_midnight_is_not_what_was_handed_over_the_day_before(desk: Desk) -> None:
    """The clock counts in UTC, where it was still the day of the handing over."""
    desk.clock.moment = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
    desk.cycle()
    deliver(desk, TO_NADIRA)
    assert not_kept(desk.cycle()) == {"HD390"}
    assert copies(desk) == {}


def test_what_was_handed_over_before_anything_was_made_here_is_told_in_one_line(desk: Desk) -> None:
    deliver(desk, TO_NADIRA.replace("11-21", "11-02"), TO_NADIRA.replace("11-21", "11-03"))
    report = desk.cycle()
    assert (copies(desk), not_kept(report)) == ({}, set())
    assert [item.params["number"] for item in report.diagnostics if item.code == "HD361"] == ["2"]


def test_another_copy_of_the_edition_that_stood_on_the_day_is_as_good(desk: Desk) -> None:
    deliver(desk, "{document: dagsorden, meeting: familieplan, to: [nadira], date: 2026-11-21, how: paper}")
    desk.cycle()
    desk.clock.pass_days(2)
    desk.edit('start: "10.00"\n    end: "12.00"', 'start: "10.30"\n    end: "12.00"')
    desk.cycle()
    deliver(desk, "{document: dagsorden, meeting: familieplan, to: [tariq], date: 2026-11-22, how: paper}")
    report = desk.cycle()
    assert not not_kept(report)
    nadira, tariq = kept(desk)
    assert (tariq.files, tariq.edition, tariq.to) == (nadira.files, 1, "tariq")


def test_a_document_that_somebody_changed_by_hand_is_not_kept_and_that_is_said(desk: Desk) -> None:
    (desk.root / PLAN).write_bytes(b"mine")
    deliver(desk, TO_NADIRA)
    report = desk.cycle()
    assert (copies(desk), kept(desk), not_kept(report)) == ({}, (), {"HD391"})


def test_a_document_that_was_deleted_is_kept_once_it_is_made_again_as_it_was(desk: Desk) -> None:
    before = desk.files()[PLAN]
    (desk.root / PLAN).unlink()
    deliver(desk, TO_NADIRA)
    report = desk.cycle()
    assert (copies(desk), not_kept(report)) == ({COPY: before}, set())


def test_what_is_first_made_on_the_day_is_kept_in_the_same_cycle(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    deliver(desk, TO_NADIRA)
    desk.cycle()
    assert copies(desk) == {COPY: desk.files()[PLAN]}
    assert [copy.edition for copy in kept(desk)] == [1]


def test_minutes_that_were_never_made_here_are_no_copy_and_that_is_said(desk: Desk) -> None:
    deliver(desk, "{document: referat, meeting: intro, to: [nadira], date: 2026-11-21, how: paper}")
    report = desk.cycle()
    assert (copies(desk), not_kept(report)) == ({}, {"HD390"})


def test_a_day_that_is_still_to_come_is_waited_for(desk: Desk) -> None:
    deliver(desk, TO_NADIRA.replace("2026-11-21", "2026-11-22"))
    report = desk.cycle()
    assert (copies(desk), not_kept(report)) == ({}, set())
    desk.clock.pass_days(1)
    desk.cycle()
    assert list(copies(desk)) == [COPY.replace("21-", "22-")]


def test_withdrawal_a_broken_file_and_a_deleted_family_leave_the_copies(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    before = copies(desk)
    text = (desk.root / FAMILY).read_text("utf-8")
    (desk.root / FAMILY).write_text("id: [", "utf-8")
    desk.cycle()
    assert copies(desk) == before
    (desk.root / FAMILY).unlink()
    desk.cycle()
    assert desk.files().keys() & before.keys() == before.keys()
    (desk.root / FAMILY).write_text(text, "utf-8")
    desk.cycle()
    assert copies(desk) == before


def test_the_edit_that_takes_the_document_away_keeps_its_copy_first(desk: Desk) -> None:
    before = desk.files()[AGENDA]
    deliver(desk, "{document: dagsorden, meeting: familieplan, to: [nadira], date: 2026-11-21, how: paper}")
    desk.edit(
        "place: havoern\n    interpreter", "place: havoern\n    status: cancelled\n    reason: Sygdom\n    interpreter"
    )
    desk.cycle()
    assert not (desk.root / AGENDA).exists()
    assert list(copies(desk).values()) == [before]


def test_a_crash_between_the_copy_and_the_ledger_costs_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.files()[PLAN]
    deliver(desk, TO_NADIRA)
    desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
    with monkeypatch.context() as patched:

        def crash(*_: object) -> None:
            raise LedgerFault("HD413", detail="disk full")

        patched.setattr(DeliveredCopies, "keep", crash)
        with pytest.raises(LedgerFault):
            desk.cycle()
    assert desk.files()[PLAN] == before
    assert kept(desk) == ()
    desk.cycle()
    assert copies(desk) == {COPY: before}
    assert len(kept(desk)) == 1


def test_a_full_disk_leaves_the_delivered_document_until_there_is_a_copy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.files()[PLAN]
    deliver(desk, TO_NADIRA)
    desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
    stage = OutputFolder.stage
    with monkeypatch.context() as patched:

        def refuse(folder: OutputFolder, name: str, data: bytes, *, lasting: bool = True) -> object:
            if folder.path.name == FOLDER:
                raise OutputFault("HD511", path=name, detail="No space left on device")
            return stage(folder, name, data, lasting=lasting)

        patched.setattr(OutputFolder, "stage", refuse)
        report = desk.cycle()
    assert (desk.files()[PLAN], copies(desk)) == (before, {})
    assert "HD511" in {item.code for item in report.diagnostics}
    assert not [path for path in (desk.root / OUT).iterdir() if path.suffix == ".tmp"]
    desk.cycle()
    assert copies(desk) == {COPY: before}
    assert desk.files()[PLAN] != before


def test_a_copy_that_a_person_changed_is_never_written_over(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    (desk.root / COPY).chmod(0o600)
    (desk.root / COPY).write_bytes(b"mine")
    deliver(desk, TO_NADIRA.replace("handed_over", "paper"))
    desk.cycle()
    assert (desk.root / COPY).read_bytes() == b"mine"
    assert copies(desk)[COPY.replace(".docx", "-2.docx")] == desk.files()[PLAN]


def test_a_copy_may_be_read_and_not_written(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    assert (desk.root / COPY).stat().st_mode & 0o777 == 0o400


def test_the_page_says_in_one_line_what_the_mother_got_and_links_to_it(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    page = (desk.root / OUT / "overblik.html").read_text("utf-8")
    [line] = [line for line in page.splitlines() if "udleveret/2026-11-21-familieplan-nadira.docx" in line]
    assert "Nadira Zamirandi" in line
    assert "november 2026" in line


def test_verify_tells_of_a_copy_that_is_gone_or_changed_and_of_nothing_else(desk: Desk) -> None:
    deliver(desk, TO_NADIRA, "{document: dagsorden, meeting: familieplan, to: [nadira], date: 2026-11-21, how: paper}")
    desk.cycle()
    workspace, agenda = open_workspace(desk.root), f"{OUT}/udleveret/2026-11-21-dagsorden-familieplan.docx"
    assert verify_outputs(workspace, desk.clock, jobs=1).differences == []
    (desk.root / COPY).unlink()
    (desk.root / agenda).chmod(0o600)
    (desk.root / agenda).write_bytes(b"mine")
    found = {item.path: item.what for item in verify_outputs(workspace, desk.clock, jobs=1).differences}
    assert found == {COPY: Mismatch.MISSING, agenda: Mismatch.CHANGED}


def test_a_dry_run_keeps_nothing(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle(CycleOptions(writes=False))
    assert copies(desk) == {}


def test_what_areas_could_read_on_the_case_that_day_is_kept_with_what_the_family_got(desk: Desk) -> None:
    before = desk.files()
    deliver(desk, TO_NADIRA)
    desk.cycle()
    assert copies(desk, on_the_case=True) == {
        f"{OUT}/udleveret/2026-11-21-familieplan-{area}.docx": before[f"{OUT}/familieplan-{area}.docx"]
        for area in ("BES", "BF", "DU", "SO")
    }
    kept_then = copies(desk, on_the_case=True)
    desk.edit("name: Sami Zamirandi", "name: Sami Nyhavn")
    desk.clock.pass_days(1)
    desk.cycle()
    assert copies(desk, on_the_case=True) == kept_then


def test_where_an_areas_copy_stands_no_more_nothing_is_made_up_and_nothing_is_said(desk: Desk) -> None:
    (desk.root / f"{OUT}/familieplan-BF.docx").write_bytes(b"changed by hand")
    deliver(desk, TO_NADIRA)
    report = desk.cycle()
    assert not_kept(report) == set()
    assert {item.to for item in kept(desk, on_the_case=True)} == {"BES", "DU", "SO"}


def test_an_area_that_nobody_let_share_any_more_had_nothing_on_the_case(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.edit("received_by: iik}", "received_by: iik, withdrawn: [{date: 2026-11-20}]}")
    desk.cycle()
    assert kept(desk)
    assert not kept(desk, on_the_case=True)


def test_what_an_area_could_read_before_one_person_took_back_is_not_kept_as_of_a_day_after(desk: Desk) -> None:
    desk.clock.pass_days(1)
    deliver(desk, TO_NADIRA.replace("11-21", "11-22"))
    signed = "areas: [BF, BES, DU], received_by: iik"
    desk.edit(signed, f"{signed}, withdrawn: [{{date: 2026-11-22, areas: [DU]}}]")
    desk.cycle()
    assert kept(desk)
    assert {item.to for item in kept(desk, on_the_case=True)} == {"SO"}  # the others read what DU does with him


class TestPdf:
    """The PDF comes after the Word file, in the same cycle or a later one."""

    @pytest.fixture
    def desk(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
        monkeypatch.setattr(worker_pool, "missing", lambda: None)
        monkeypatch.setattr(worker_pool, "version", lambda: "LibreOffice 7.4")
        desk.edit("pdf: none ", "pdf: auto ", "config.yaml")
        return desk

    def cycle(self, desk: Desk, refuses: str = "") -> CycleReport:
        converter = FakeConverter()
        converter.refuses = refuses
        with Shop(desk, converter) as session:
            return desk.cycle(session=session)

    def test_a_pdf_that_stands_is_kept_with_its_word_file(self, desk: Desk) -> None:
        self.cycle(desk)
        deliver(desk, TO_NADIRA)
        self.cycle(desk)
        pdf = COPY.replace(".docx", ".pdf")
        assert copies(desk).keys() == {COPY, pdf}
        assert copies(desk)[pdf] == desk.files()[PLAN.replace(".docx", ".pdf")]

    def test_a_pdf_that_is_made_in_the_same_cycle_is_kept_too(self, desk: Desk) -> None:
        deliver(desk, TO_NADIRA)
        self.cycle(desk)
        assert copies(desk).keys() == {COPY, COPY.replace(".docx", ".pdf")}
        assert [len(copy.files) for copy in kept(desk)] == [2]

    def test_a_pdf_that_fails_is_kept_when_it_comes(self, desk: Desk) -> None:
        deliver(desk, TO_NADIRA)
        self.cycle(desk, refuses="amilieplan")
        assert copies(desk).keys() == {COPY}
        self.cycle(desk)
        assert copies(desk).keys() == {COPY, COPY.replace(".docx", ".pdf")}

    def test_a_pdf_that_the_disk_has_no_room_for_is_kept_when_it_has(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        deliver(desk, TO_NADIRA)
        stage = OutputFolder.stage
        with monkeypatch.context() as patched:

            def refuse(folder: OutputFolder, name: str, data: bytes, *, lasting: bool = True) -> object:
                if folder.path.name == FOLDER and name.endswith(".pdf"):
                    raise OutputFault("HD511", path=name, detail="No space left on device")
                return stage(folder, name, data, lasting=lasting)

            patched.setattr(OutputFolder, "stage", refuse)
            report = self.cycle(desk)
        assert "HD511" in {item.code for item in report.diagnostics}
        assert copies(desk).keys() == {COPY}
        self.cycle(desk)
        assert copies(desk).keys() == {COPY, COPY.replace(".docx", ".pdf")}

    def test_a_pdf_of_a_later_edition_is_not_that_of_the_copy(self, desk: Desk) -> None:
        deliver(desk, TO_NADIRA)
        desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
        self.cycle(desk)
        assert copies(desk).keys() == {COPY}
