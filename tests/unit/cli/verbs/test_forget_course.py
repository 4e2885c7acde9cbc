"""`hopdocs forget` after a course: what is owed or kept by the municipality's own rule comes first."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.run import CycleOptions
from hopdocs.notices.sending.sender_lock import SenderLock
from hopdocs.watching.mail_sender import SENDER_LOCK
from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick
from tests.unit.cycling import Desk, SetClock

if TYPE_CHECKING:
    from pathlib import Path

ID = "HOP-2026-002"
APPROVED = """\
period: {from: 2026-05-01, to: 2028-04-30}
reports:
  - {kind: kvartal, day: 2026-09-30, approved: 2026-10-12}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course whose consent was taken back on 8 September, and of which nothing was handed over."""
    root = quick(tmp_path / "ws", "hop-2026-002")
    file = root / "families" / "hop-2026-002.yaml"
    before, _, rest = file.read_text("utf-8").partition("\ndeliveries:\n")
    file.write_text(f"{before}\n{rest[rest.index('measurements:') :]}", "utf-8")
    return root


def keep(root: Path, days: int) -> None:
    config = root / "config.yaml"
    lines = f"records:\n  retention_days: {{after_no: 7, after_closing: {days}}}\n"
    config.write_text(config.read_text("utf-8").replace("records:\n", lines), "utf-8")


def test_before_the_municipalitys_time_has_passed_a_person_must_say_that_it_is_meant(root: Path) -> None:
    keep(root, 80)
    shown = run("-w", root, *TODAY, "forget", ID, "--yes")
    assert shown.code == 1
    assert "HD761: HOP-2026-002 is kept until 2026-11-27" in shown.err
    assert run("-w", root, *TODAY, "forget", ID, "--yes", "--early").code == 0


def test_when_it_has_passed_status_and_the_coordinators_list_ask_and_nothing_goes_by_itself(root: Path) -> None:
    keep(root, 60)
    Desk(root, SetClock()).cycle()
    (row,) = run("-w", root, *TODAY, "status", "--format", "json").shape["families"]
    assert ("retention", "kko", "2026-11-09") in [(item["key"], item["who"], item["due"]) for item in row["overdue"]]
    for page in ("hop-2026-002/overblik.html", "_opgaver/kko.html"):
        assert "hopdocs forget" in (root / "out" / page).read_text("utf-8")
    assert (root / "families" / "hop-2026-002.yaml").is_file()
    assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 0


def test_a_meeting_that_stands_in_calendars_is_taken_back_first(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007")
    desk = Desk(root, SetClock())
    desk.cycle(CycleOptions(plans_notices=True))
    with closing(sqlite3.connect(root / ".hopdocs" / "ledger.db", isolation_level=None)) as ledger:
        ledger.execute("UPDATE notice SET state = 'accepted' WHERE method = 'REQUEST'")
    closing_lines = "\nclosing:\n  date: 2026-11-20\n  reason: Målene er nået\n"
    family = root / "families" / "hop-2026-007.yaml"
    text = family.read_text("utf-8")
    for ahead in ("2026-11-24", "2027-01-19"):
        text = text.replace(
            f"    date: {ahead}\n", f"    date: {ahead}\n    status: cancelled\n    reason: Målene er nået\n"
        )
    family.write_text(text + closing_lines, "utf-8")
    desk.cycle(CycleOptions(plans_notices=True))
    filed(root)
    shown = run("-w", root, *TODAY, "forget", "HOP-2026-007", "--yes")
    assert shown.code == 1
    assert "HD763: 2 meetings of HOP-2026-007 that are ahead" in shown.err
    with closing(sqlite3.connect(root / ".hopdocs" / "ledger.db", isolation_level=None)) as ledger:
        assert ledger.execute("UPDATE notice SET state = 'accepted' WHERE method = 'CANCEL'").rowcount
    assert run("-w", root, *TODAY, "forget", "HOP-2026-007", "--yes").code == 0


def test_its_case_goes_out_of_an_approved_report_of_the_project_too(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007", "hop-2026-009")
    report = root / "out" / "_projekt" / "projektstatus-2026-k3.docx"
    (root / "project.yaml").write_text(APPROVED, "utf-8")
    Desk(root, SetClock()).cycle()
    family = root / "families" / "hop-2026-007.yaml"
    family.write_text(f"{family.read_text('utf-8')}\nmoved_away: 2026-11-20\n", "utf-8")
    Desk(root, SetClock()).cycle()
    filed(root)
    assert "26-012345" in document_xml(report)
    shown = run("-w", root, *TODAY, "forget", "HOP-2026-007", "--yes")
    assert shown.code == 0, shown.err
    assert "26-012345" not in document_xml(report)
    assert "Godkendt den 12.\u00a0oktober 2026." in document_xml(report)


def test_it_goes_from_the_projects_papers_and_page_while_its_file_has_a_fault_too(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007", "hop-2026-009")
    project = root / "out" / "_projekt"
    (root / "project.yaml").write_text(APPROVED, "utf-8")
    desk = Desk(root, SetClock())
    desk.clock.pass_days(90)  # nobody has met the family for long
    desk.cycle()
    assert "26-012345" in (project / "overblik.html").read_text("utf-8")
    (root / "project.yaml").write_text("period: {", "utf-8")
    family = root / "families" / "hop-2026-007.yaml"
    family.write_text(f"{family.read_text('utf-8')}\nmoved_away: 2026-11-20\n", "utf-8")
    desk.cycle()
    filed(root)
    assert "26-012345" in (project / "overblik.html").read_text("utf-8")
    shown = run("-w", root, *TODAY, "forget", "HOP-2026-007", "--yes")
    assert not family.exists(), shown.err
    assert not (project / "overblik.html").exists()
    assert not [path for path in project.glob("*.docx") if "26-012345" in document_xml(path)]
    (root / "project.yaml").write_text(APPROVED, "utf-8")
    desk.cycle()
    assert "26-012345" not in (project / "overblik.html").read_text("utf-8")
    assert "Godkendt" in document_xml(project / "projektstatus-2026-k3.docx")


def document_xml(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode()


def filed(root: Path) -> None:
    run("-w", root, *TODAY, "dispatch", "journal")
    run("-w", root, *TODAY, "dispatch", "journal", "--mark")


def test_while_mail_is_leaving_nothing_is_touched(root: Path) -> None:
    (root / ".hopdocs").mkdir(mode=0o700)
    with SenderLock(root / ".hopdocs" / SENDER_LOCK):
        shown = run("-w", root, *TODAY, "forget", ID, "--yes")
    assert shown.code != 0
    assert "HD417" in shown.err
    assert (root / "families" / "hop-2026-002.yaml").is_file()


def test_what_somebody_changed_in_a_paper_of_the_project_is_hers_and_she_is_told_that_the_case_stands_there(
    tmp_path: Path,
) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007", "hop-2026-009")
    (root / "project.yaml").write_text(APPROVED, "utf-8")
    desk = Desk(root, SetClock())
    desk.cycle()
    project = root / "out" / "_projekt"
    report, aside = project / "projektstatus-2026-k3.docx", project / "projektstatus-2026-k3.rettet-1.docx"
    assert "26-012345" in document_xml(report)
    with zipfile.ZipFile(report, "a") as archive:
        archive.comment = b"by hand"
    by_hand = report.read_bytes()
    family = root / "families" / "hop-2026-007.yaml"
    family.write_text(f"{family.read_text('utf-8')}\nmoved_away: 2026-11-20\n", "utf-8")
    desk.cycle()
    filed(root)
    (root / "noter.txt").write_text("Husk sag 26-012345, og at 26-0123456 er en anden", "utf-8")
    (root / "andre.txt").write_text("Sag 26-0123456", "utf-8")
    shown = run("-w", root, *TODAY, "forget", "HOP-2026-007", "--yes", "--format", "json")
    assert shown.code == 0, shown.err
    assert aside.read_bytes() == by_hand
    assert "26-012345" not in document_xml(report)
    assert shown.shape["still_named_in"] == ["noter.txt", "out/_projekt/projektstatus-2026-k3.rettet-1.docx"]
