"""`hopdocs forget`: a family is gone from every file of the workspace, and a course that goes on is not."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.erasure import carrying_out
from hopdocs.cycle.run import CycleOptions
from hopdocs.freshness.dispatched import Dispatched, LaidLetter, Receipt, ReceiptStatus
from hopdocs.model.scalars.values import StaffId
from hopdocs.notices.inbound.decoded import readable_text
from hopdocs.notices.kinds.course.weekly_tasks import Due, weekly_event, weekly_mail
from hopdocs.notices.ledger.entering import queue_short_mail
from hopdocs.notices.ledger.event_log import find_broken_link
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.record import State
from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick
from tests.unit.cli.verbs.test_verify import git
from tests.unit.cycling import Desk, SetClock
from tests.unit.documents.example import load_config
from tests.unit.notices.planning.test_reminders import REMINDER
from tests.unit.notices.samples import NOW

if TYPE_CHECKING:
    from pathlib import Path

ID = "HOP-2026-009"
NAMES = ("Stjernekast", "Bodil", "Viggo", "Sejr")
NO = ("  - member: viggo\n    form_given: 2026-11-10\n", "  - member: viggo\n    refused: 2026-11-20\n")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A family that said no, with everything that a year of hands leaves behind, in a file named after it."""
    root = quick(tmp_path_factory.mktemp("built") / "ws", "hop-2026-007", "hop-2026-009")
    own = root / "families" / "hop-2026-009.yaml"
    text = own.read_text("utf-8")
    assert NO[0] in text
    own.unlink()
    (root / "families" / "stjernekast.yaml").write_text(text, "utf-8")
    desk = Desk(root, SetClock())
    desk.cycle(CycleOptions(plans_notices=True))
    (root / "families" / "stjernekast.yaml").write_text(text.replace(*NO), "utf-8")
    (root / "families" / "stjernekast.yaml~").write_text(text, "utf-8")
    (root / "families" / "stjernekast").mkdir()
    (root / "families" / "stjernekast" / "samtykke-bodil.pdf").write_bytes(b"%PDF Bodil Stjernekast")
    (root / "out" / "stjernekast" / "informationsbrev-bodil.docx").write_bytes(b"Bodil, by hand")
    (root / ".hopdocs" / "cache.db.unreadable-1").write_bytes(b"Bodil Stjernekast")
    desk.cycle(CycleOptions(plans_notices=True))
    assert run("-w", root, *TODAY, "build").code in (0, 1)
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "ws")


def files_with(root: Path, *words: str) -> list[str]:
    """Every file, packed or not, by its path or its bytes."""
    found = []
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root).as_posix()
        texts = [inside.encode()]
        if path.is_file() and ".git" not in path.parts:
            texts.append(path.read_bytes())
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    texts += [archive.read(name) for name in archive.namelist()]
        if any(word.casefold().encode() in text.lower() for word in words for text in texts):
            found.append(inside)
    return found


def test_after_a_no_the_familys_names_stand_in_no_file_of_the_workspace(root: Path) -> None:
    before = files_with(root, *NAMES)
    assert {"families/stjernekast.yaml", ".hopdocs/cache.db", ".hopdocs/ledger.db"} <= set(before)
    others = {path: path.read_bytes() for path in (root / "out" / "hop-2026-007").glob("*.docx")}
    shown = run("-w", root, *TODAY, "forget", ID, "--yes")
    assert shown.code == 0, shown.err
    assert files_with(root, *NAMES) == []
    assert {path: path.read_bytes() for path in (root / "out" / "hop-2026-007").glob("*.docx")} == others


def test_it_goes_from_the_list_for_the_records_system_too(root: Path) -> None:
    text = (root / "families" / "stjernekast.yaml").read_text("utf-8")
    given = "\ndeliveries:\n  - {document: informationsbrev, to: [bodil], date: 2026-11-21, how: paper}\n"
    (root / "families" / "stjernekast.yaml").write_text(text + given, "utf-8")
    assert run("-w", root, *TODAY, "build").code in (0, 1)
    run("-w", root, *TODAY, "dispatch", "journal")
    shutil.copytree(root / "out" / "_journal", root / "list")
    run("-w", root, *TODAY, "dispatch", "journal", "--mark")
    (root / "list").rename(root / "out" / "_journal")  # as the list of a colleague who has begun one meanwhile
    assert files_with(root / "out" / "_journal", *NAMES)
    assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 0
    assert files_with(root, *NAMES) == []


def test_what_was_handed_over_and_is_not_filed_yet_is_refused_by_title_and_nothing_is_touched(root: Path) -> None:
    text = (root / "families" / "stjernekast.yaml").read_text("utf-8")
    given = "\ndeliveries:\n  - {document: informationsbrev, to: [bodil], date: 2026-11-21, how: paper}\n"
    (root / "families" / "stjernekast.yaml").write_text(text + given, "utf-8")
    assert "HD764" in run("-w", root, *TODAY, "forget", ID, "--yes").err
    assert run("-w", root, *TODAY, "build").code in (0, 1)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    shown = run("-w", root, *TODAY, "forget", ID, "--yes")
    assert shown.code == 1
    assert "HD760: 1 documents of HOP-2026-009 are not filed yet: Informationsbrev (2026-11-21)" in " ".join(
        shown.err.split()
    )
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_what_was_handed_over_under_the_files_earlier_name_must_be_filed_first_too(root: Path) -> None:
    hand_over_and_rename(root)
    assert "HD760: 1 documents of HOP-2026-009" in " ".join(run("-w", root, *TODAY, "forget", ID, "--yes").err.split())
    run("-w", root, *TODAY, "dispatch", "journal")
    assert list((root / "out" / "_journal").rglob("2026-11-21-informationsbrev-bodil.docx"))


def test_what_lies_under_the_files_earlier_name_goes_too_and_nobody_is_asked_about_it(root: Path) -> None:
    hand_over_and_rename(root)
    run("-w", root, *TODAY, "dispatch", "journal")
    run("-w", root, *TODAY, "dispatch", "journal", "--mark")
    assert files_with(root / "out" / "stjernekast", *NAMES)
    assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 0
    assert files_with(root, *NAMES) == []
    assert "HD701" not in run("-w", root, *TODAY, "build").err


def test_where_another_family_has_the_earlier_name_only_the_copies_go_from_its_folder(root: Path) -> None:
    hand_over_and_rename(root)
    other = root / "families" / "hop-2026-007.yaml"
    other.rename(root / "families" / "stjernekast.yaml")
    assert run("-w", root, *TODAY, "build").code in (0, 1)
    run("-w", root, *TODAY, "dispatch", "journal")
    run("-w", root, *TODAY, "dispatch", "journal", "--mark")
    before = set((root / "out" / "stjernekast").glob("*.docx"))
    assert len(before) > 20
    assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 0
    assert not list((root / "out" / "stjernekast" / "udleveret").iterdir())
    assert set((root / "out" / "stjernekast").glob("*.docx")) == before


def test_what_another_family_was_handed_under_the_name_that_hers_has_now_stays(root: Path) -> None:
    own, other = root / "families" / "stjernekast.yaml", root / "families" / "hop-2026-007.yaml"
    given = "\ndeliveries:\n  - {document: familieplan, to: [nadira], date: 2026-11-21, how: paper}\n"
    other.write_text(other.read_text("utf-8") + given, "utf-8")
    assert run("-w", root, *TODAY, "build").code in (0, 1)
    kept = {path: path.read_bytes() for path in (root / "out" / "hop-2026-007" / "udleveret").iterdir()}
    other.rename(root / "families" / "zamirandi.yaml")
    own.rename(other)
    assert run("-w", root, *TODAY, "build").code in (0, 1)
    assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 0
    assert len(kept) > 1
    assert {path: path.read_bytes() for path in (root / "out" / "hop-2026-007").rglob("*.docx")} == kept
    assert "HD336" not in run("-w", root, *TODAY, "build").err


def hand_over_and_rename(root: Path) -> None:
    """A letter is handed over, and then the family's file gets another name."""
    file = root / "families" / "stjernekast.yaml"
    given = "\ndeliveries:\n  - {document: informationsbrev, to: [bodil], date: 2026-11-21, how: paper}\n"
    file.write_text(file.read_text("utf-8") + given, "utf-8")
    assert run("-w", root, *TODAY, "build").code in (0, 1)
    file.rename(root / "families" / "sejr.yaml")
    (root / "families" / "stjernekast").rename(root / "families" / "sejr")
    (root / "families" / "stjernekast.yaml~").unlink()
    assert run("-w", root, *TODAY, "build").code in (0, 1)


def test_what_a_sender_said_of_its_letters_goes_and_what_it_said_of_others_stays(root: Path) -> None:
    with closing(sqlite3.connect(root / ".hopdocs" / "ledger.db", isolation_level=None)) as ledger:
        dispatched = Dispatched(ledger)
        dispatched.prepare()
        for name, family in (("own", ID), ("other", "HOP-2026-007")):
            dispatched.remember_laid([LaidLetter(name, family, "invitation", "", "bodil", 1, "paper", "2026-11-21")])
            dispatched.keep_receipts([Receipt(name, "bodil.json", ReceiptStatus.DELIVERED, "2026-11-21", "2026-11-21")])
    assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 0
    with closing(sqlite3.connect(root / ".hopdocs" / "ledger.db")) as ledger:
        assert set(Dispatched(ledger).receipts()) == {"other"}


def test_it_says_what_it_did_and_what_it_cannot_reach(root: Path) -> None:
    shown = run("-w", root, *TODAY, "forget", "stjernekast", "--yes", "--format", "json").shape
    assert (shown["family"], shown["state"], shown["source"]) == (
        ID,
        "samtykke_afslaaet",
        "families/stjernekast.yaml",
    )
    assert (shown["copies"], shown["attachments"], shown["git"], shown["still_named_in"]) == (1, 1, None, [])
    assert shown["documents"] >= 5
    assert shown["kept_in_ledger"] >= 4


def test_the_ledger_still_proves_that_papers_were_made_and_erased_and_its_chain_holds(root: Path) -> None:
    run("-w", root, *TODAY, "forget", ID, "--yes")
    with closing(sqlite3.connect(root / ".hopdocs" / "ledger.db")) as ledger:
        rows = ledger.execute(
            "SELECT kind, recipient, version, content, whole FROM document_version WHERE family = ?", (ID,)
        ).fetchall()
        events = ledger.execute("SELECT what, details FROM notice_event WHERE family = ?", (ID,)).fetchall()
        assert find_broken_link(ledger) is None
    assert {(kind, reader) for kind, reader, *_ in rows} == {
        (kind, reader)
        for kind in ("informationsbrev", "samtykkeerklaering", "bekraeftelse-paa-nej")
        for reader in ("person-1", "person-2")
    }
    assert {(content, whole) for *_, content, whole in rows} == {("", "")}
    assert ("family erased", json.dumps({"papers": str(len(rows)), "state": "samtykke_afslaaet"})) in events


def test_the_next_build_is_as_if_the_family_had_never_been_there(root: Path) -> None:
    run("-w", root, *TODAY, "forget", ID, "--yes")
    assert run("-w", root, *TODAY, "build").code == 0
    assert run("-w", root, *TODAY, "verify").code == 0
    assert files_with(root, *NAMES) == []


def test_without_a_yes_nothing_is_done(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_with(root, *NAMES)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run("-w", root, *TODAY, "forget", ID).code == 130
    assert files_with(root, *NAMES) == before


def test_it_asks_in_danish_and_takes_a_danish_yes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPDOCS_LANG", "da")
    monkeypatch.setattr("sys.stdin", io.StringIO("j\n"))
    shown = run("-w", root, *TODAY, "forget", ID)
    assert shown.code == 0, shown.err
    assert "for altid? [j/N]: " in shown.out
    assert not (root / "families" / "stjernekast.yaml").exists()


def test_a_family_that_has_not_answered_yet_may_be_erased_too(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-009")
    run("-w", root, *TODAY, "build")
    assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 0
    assert files_with(root, *NAMES) == []


@pytest.mark.parametrize("family", ["hop-2025-003", "hop-2026-007"])
def test_a_course_that_goes_on_is_refused_and_nothing_is_touched(tmp_path: Path, family: str) -> None:
    root = quick(tmp_path / "ws", family)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    shown = run("-w", root, *TODAY, "forget", family, "--yes")
    assert shown.code == 1
    assert "HD568" in shown.err
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_no_after_everybody_had_said_yes_is_refused(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-009")
    file = root / "families" / "hop-2026-009.yaml"
    text = file.read_text("utf-8").replace(NO[0], "  - member: viggo\n    given: 2026-11-18\n    areas: [BF, BES]\n")
    late = "  edda:\n    name: Edda Stjernekast\n    role: parent\n    born: 1980-01-02\n    custody: true\n"
    file.write_text(text, "utf-8")
    assert "HD568" in run("-w", root, *TODAY, "forget", ID, "--yes").err
    said_no = text.replace("\nmembers:\n", f"\nmembers:\n{late}").replace(
        "\nconsents:\n", "\nconsents:\n  - member: edda\n    refused: 2026-11-19\n"
    )
    file.write_text(said_no, "utf-8")
    assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 0  # she was asked, and all had never said yes


def test_a_file_that_cannot_be_read_is_refused_with_its_faults(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-009")
    file = root / "families" / "hop-2026-009.yaml"
    file.write_text(file.read_text("utf-8").replace("start_date:", "start_dote:"), "utf-8")
    shown = run("-w", root, *TODAY, "forget", ID, "--yes")
    assert shown.code == 1
    assert "HD569" in shown.err
    assert file.is_file()


def test_of_two_files_with_one_id_neither_goes(root: Path) -> None:
    shutil.copy(root / "families" / "stjernekast.yaml", root / "families" / "hop-2026-009.yaml")
    run("-w", root, *TODAY, "build")
    shown = run("-w", root, *TODAY, "forget", "stjernekast", "--yes")
    assert "HD765: HOP-2026-009 stands in families/hop-2026-009.yaml too" in shown.err
    assert (root / "families" / "stjernekast.yaml").is_file()


def test_a_git_that_refuses_is_told_and_nothing_goes_before_it_answers(root: Path) -> None:
    git(root, "init", "-q")
    (root / ".git" / "refs" / "heads" / "main").parent.mkdir(parents=True, exist_ok=True)
    (root / ".git" / "HEAD").write_text("ref: refs/heads/main\n", "ascii")
    (root / ".git" / "refs" / "heads" / "main").write_text("no commit\n", "ascii")
    shown = run("-w", root, *TODAY, "forget", ID, "--yes")
    assert shown.code == 3
    assert "HD526" in shown.err
    assert (root / "families" / "stjernekast.yaml").is_file()


def test_of_a_file_that_is_gone_it_says_that_papers_have_stayed_and_what_to_do(root: Path) -> None:
    hand_over_and_rename(root)
    (root / "families" / "sejr.yaml").unlink()
    assert run("-w", root, *TODAY, "build").code in (0, 1)
    shown = run("-w", root, *TODAY, "forget", ID.lower(), "--yes")
    assert shown.code == 2
    assert f"papers of {ID} have stayed; bring the file back" in " ".join(shown.err.split())


def test_a_family_that_is_not_there_is_a_wrong_word(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-009")
    assert run("-w", root, *TODAY, "forget", "HOP-2026-999", "--yes").code == 2


def test_a_crash_half_way_is_taken_up_by_the_same_command(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(carrying_out, "_clear_ledger", fail)
        assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 130
    assert not (root / "families" / "stjernekast.yaml").exists()
    assert files_with(root, "stjernekast")
    assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 0
    assert files_with(root, *NAMES) == []


def test_it_tells_where_a_whole_name_still_stands(root: Path) -> None:
    (root / "noter.txt").write_text("Ring til Bodil Stjernekast", "utf-8")
    shown = run("-w", root, *TODAY, "forget", ID, "--yes", "--format", "json").shape
    assert shown["still_named_in"] == ["noter.txt"]


def test_a_damaged_file_stops_no_erasure_and_is_told_for_a_person_to_look_at(root: Path) -> None:
    whole = (root / "out" / "hop-2026-007" / "familieplan-nadira.docx").read_bytes()
    project = root / "out" / "_projekt"
    project.mkdir(exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(whole)) as parts:
        item = parts.getinfo("word/document.xml")
        begins = item.header_offset + 30 + len(item.filename)
    broken = bytearray(whole)
    broken[begins : begins + 8] = b"\xff" * 8
    (project / "brudt.docx").write_bytes(broken)
    (project / "kort.docx").write_bytes(whole[: len(whole) // 2])
    (project / "~$kort.docx").write_bytes(b"Tove")
    (project / "mappe.html").mkdir()
    shown = run("-w", root, *TODAY, "forget", ID, "--yes")
    assert shown.code == 0, shown.err
    told = [line.strip() for line in shown.out.partition("could not be read")[2].splitlines() if line[:1] == " "]
    assert told == ["out/_projekt/brudt.docx", "out/_projekt/kort.docx"]


def test_in_git_it_says_how_many_commits_have_it_and_how_they_are_rewritten(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "git-filter-repo").write_text("#!/bin/sh\n", "utf-8")
    (tmp_path / "git-filter-repo").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "families/stjernekast.yaml", "config.yaml")
    git(root, "commit", "-q", "-m", "Begin")
    shown = run("-w", root, *TODAY, "forget", ID, "--yes", "--format", "json").shape["git"]
    assert shown["commits"] == 1
    assert shown["commands"] == [
        "git rm -r --cached --quiet --ignore-unmatch -- families/stjernekast.yaml families/stjernekast",
        'git commit -m "Remove a family"',
        "git filter-repo --force --invert-paths --path families/stjernekast.yaml --path families/stjernekast",
        "git reflog expire --expire=now --expire-unreachable=now --all",
        "git gc --prune=now",
        "git push --force --all && git push --force --tags",
    ]


def test_gits_own_commands_leave_nothing_of_it_in_the_history_under_any_name(root: Path) -> None:
    file = root / "families" / "stjernekast.yaml"
    git(root, "init", "-q", "-b", "main")
    (root / ".gitignore").write_text("/out/\n/.hopdocs/\n", "utf-8")
    file.rename(root / "families" / "familien-bodil.yaml")
    git(root, "add", "--all")
    git(root, "commit", "-q", "-m", "Begin")
    git(root, "tag", "-a", "-m", "Before", "before")
    git(root, "mv", "families/familien-bodil.yaml", "families/stjernekast.yaml")
    git(root, "commit", "-q", "-m", "Rename")
    shown = run("-w", root, *TODAY, "forget", ID, "--yes", "--format", "json").shape["git"]
    who = {
        f"GIT_{part}_{what}": "tove@vesterlyng.example"
        for part in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    for line in shown["commands"][:-1]:  # the last one pushes
        subprocess.run(["sh", "-ec", line], cwd=root, env={**os.environ, **who}, check=True, capture_output=True)
    every = ["git", "cat-file", "--batch-all-objects", "--batch", "--buffer"]
    kept = subprocess.run(every, cwd=root, check=True, capture_output=True).stdout.lower()
    assert "hop-2026-007.yaml" in git(root, "ls-tree", "-r", "--name-only", "before")
    assert not any(name.lower().encode() in kept for name in NAMES)


def test_no_other_family_ever_gets_the_id_of_one_that_was_erased(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-009")
    run("-w", root, *TODAY, "forget", ID, "--yes")
    new = run("-w", root, *TODAY, "new", "family", "Familien Prøve", "--parent", "Ida Prøve", "1988-02-29")
    assert new.out.strip() == "families/hop-2026-010.yaml"


def test_what_is_kept_aside_and_by_other_tables_goes_too(root: Path) -> None:
    with closing(sqlite3.connect(root / ".hopdocs" / "ledger.db")) as ledger:
        ledger.execute("CREATE TABLE handed_over (family TEXT, name TEXT)")
        ledger.execute("INSERT INTO handed_over VALUES (?, 'Bodil Stjernekast'), ('HOP-2026-007', 'Nadira')", (ID,))
        ledger.execute("CREATE TABLE looked_at (path TEXT, name TEXT)")
        ledger.execute("INSERT INTO looked_at VALUES ('families/stjernekast.yaml', 'Bodil Stjernekast')")
        ledger.commit()
    assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 0
    assert files_with(root, *NAMES) == []
    with closing(sqlite3.connect(root / ".hopdocs" / "ledger.db")) as ledger:
        assert ledger.execute("SELECT name FROM handed_over").fetchall() == [("Nadira",)]


def test_of_mail_across_families_that_alone_is_emptied_which_says_its_own_case(root: Path) -> None:
    """A case whose number only begins as hers does is another's, and its mail goes on."""
    with closing(Ledger(connect_ledger(root / ".hopdocs" / "ledger.db"))) as ledger:
        for case in ("26-014410", "26-0144101"):
            mail = replace(REMINDER, family="", case_number="", lines=(f"sag {case}",))
            assert queue_short_mail(ledger, mail, f"unreadable-{case}", NOW) is not None
    assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 0
    with closing(sqlite3.connect(root / ".hopdocs" / "ledger.db")) as ledger:
        rows = ledger.execute("SELECT facts FROM notice WHERE family = '' ORDER BY id").fetchall()
    assert ["sag 26-" in facts for (facts,) in rows] == [False, True]


def test_a_weekly_list_that_waits_goes_on_without_the_case(root: Path) -> None:
    config, today = load_config(), NOW.date()
    lists = {"iik": ("26-014410", "26-0144101", "26-012345"), "rri": ("26-014410",)}
    ledger_path = root / ".hopdocs" / "ledger.db"
    with closing(Ledger(connect_ledger(ledger_path))) as ledger:
        for staff, cases in lists.items():
            dues = [Due(case, today + timedelta(days=day)) for case in cases for day in (-1, 2, 2)]
            dues.append(Due("26-014410", today + timedelta(days=3)))
            mail = weekly_mail(config, StaffId(staff), dues, today)
            assert mail is not None
            assert queue_short_mail(ledger, mail, weekly_event(StaffId(staff), today), NOW) is not None
    with closing(sqlite3.connect(ledger_path)) as connection, connection:
        connection.execute("UPDATE notice SET mime = x'00' WHERE family = ''")
    assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 0
    with closing(Ledger(connect_ledger(ledger_path))) as ledger:
        going, emptied = ledger.of_family("")
        assert (going.state, emptied.state) == (State.PENDING, State.DROPPED)
        told = "\n".join(readable_text(ledger.mime(going.id)))
    said = re.findall(r"sag [-0-9]+(?: \(\d opgaver\))?", told)
    assert set(said) == {"sag 26-0144101", "sag 26-012345", "sag 26-0144101 (2 opgaver)", "sag 26-012345 (2 opgaver)"}


@pytest.mark.parametrize("state", [State.PENDING, State.ACCEPTED, State.FAILED])
def test_after_it_the_ledger_can_be_read_whatever_became_of_a_short_mail(root: Path, state: State) -> None:
    with closing(Ledger(connect_ledger(root / ".hopdocs" / "ledger.db"))) as ledger:
        assert queue_short_mail(ledger, replace(REMINDER, family=ID), "unreadable-a", NOW) is not None
    with closing(sqlite3.connect(root / ".hopdocs" / "ledger.db", isolation_level=None)) as connection:
        connection.execute("UPDATE notice SET state = ? WHERE key LIKE 'event:unreadable-%'", (state.value,))
    assert run("-w", root, *TODAY, "forget", ID, "--yes").code == 0
    with closing(Ledger(connect_ledger(root / ".hopdocs" / "ledger.db"))) as ledger:
        assert [item.key for item in ledger.of_family(ID)] == [""] * len(ledger.of_family(ID))
    Desk(root, SetClock()).cycle(CycleOptions(plans_notices=True))  # and looks for what came back
