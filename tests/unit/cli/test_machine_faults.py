"""Files that are there and cannot be used: words and an exit code, never a fault of hopdocs' own; the others go on."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from hopdocs.cli.exits import Exit
from hopdocs.errors import LedgerFault, is_refusal
from hopdocs.freshness.versions import VersionBook
from hopdocs.notices.ledger.store import connect_ledger
from tests.unit.cli.running import run
from tests.unit.cli.test_exits import ends_with
from tests.unit.cli.test_verbs import TODAY, quick

if TYPE_CHECKING:
    from pathlib import Path

READERS = [
    ("check",),
    ("build", "--dry-run"),
    ("status",),
    ("notices", "list"),
    ("notices", "preview"),
    ("log", "HOP-2026-009"),
    ("new", "meeting", "HOP-2026-009", "opfølgningsmøde"),
    ("watch", "--once"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return quick(tmp_path / "ws", "hop-2026-007", "hop-2026-009")


def put_a_pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_a_configuration_that_cannot_be_read_is_a_diagnostic_for_every_verb(root: Path, words: tuple[str, ...]) -> None:
    put_a_pipe(root / "config.yaml")
    (root / "elsewhere.yaml").write_text("a: b\n", encoding="utf-8")
    shown = run("-w", root, *TODAY, *words)
    assert shown.code == Exit.ENVIRONMENT, shown.err  # a pipe makes no workspace
    (root / "config.yaml").unlink()
    (root / "config.yaml").symlink_to(root / "elsewhere.yaml")
    shown = run("-w", root, *TODAY, *words)
    assert shown.code == Exit.DIAGNOSTICS, shown.err
    assert "config.yaml: error HD504" in shown.out + shown.err


@pytest.mark.parametrize("words", [("status",), ("notices", "preview")], ids=" ".join)
def test_a_family_that_cannot_be_read_is_told_and_the_others_go_on(root: Path, words: tuple[str, ...]) -> None:
    put_a_pipe(root / "families/hop-2026-009.yaml")
    shown = run("-w", root, *TODAY, *words)
    assert shown.code == (Exit.DIAGNOSTICS if words[0] == "status" else Exit.CLEAN), shown.err
    assert "families/hop-2026-009.yaml: error HD504" in shown.err
    assert "HOP-2026-007" in shown.out or "26-012345" in shown.out


def test_a_ledger_that_may_only_be_read_is_told_and_the_families_are_shown(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("-w", root, *TODAY, "build").code == Exit.CLEAN
    assert "HD514" not in run("-w", root, *TODAY, "status").err

    def refuse(path: Path) -> sqlite3.Connection:
        raise LedgerFault("HD514", path=str(path), detail="attempt to write a readonly database")

    monkeypatch.setattr("hopdocs.cli.outbox.connect_ledger", refuse)
    shown = run("-w", root, *TODAY, "status")
    assert shown.code == Exit.CLEAN, shown.err
    assert "HD514" in shown.err
    assert "HOP-2026-007" in shown.out


@pytest.mark.parametrize("words", READERS[5:7], ids=" ".join)
def test_a_verb_for_a_family_that_cannot_be_read_says_so(root: Path, words: tuple[str, ...]) -> None:
    put_a_pipe(root / "families/hop-2026-009.yaml")
    shown = run("-w", root, *TODAY, *words)
    assert shown.code == Exit.DIAGNOSTICS, shown.err
    assert "families/hop-2026-009.yaml: error HD504" in shown.err


def test_a_pipe_among_the_families_hides_no_other_family_from_a_search_by_id(root: Path) -> None:
    (root / "families/hop-2026-007.yaml").rename(root / "families/anden.yaml")
    put_a_pipe(root / "families/hop-2026-009.yaml")
    assert run("-w", root, *TODAY, "status", "hop-2026-007").code == Exit.CLEAN


@pytest.mark.parametrize("words", [item for item in READERS if item[:2] != ("notices", "list")], ids=" ".join)
def test_a_families_folder_that_is_not_there_is_a_fault_of_the_machine(root: Path, words: tuple[str, ...]) -> None:
    (root / "families").rename(root / "gone")
    shown = run("-w", root, *TODAY, *words)
    assert shown.code == Exit.ENVIRONMENT, shown.err
    assert "families/ cannot be read" in shown.err


def test_a_file_name_that_is_no_text_stops_nobody_and_moves_no_cursor(root: Path) -> None:
    for name in (b"b\xff.yaml", b"esc\x1b[31m.yaml", b"line\nbreak.yaml", "bag\u202elmay.yaml".encode()):
        (root / "families" / os.fsdecode(name)).write_text("id: X\n", encoding="utf-8")
    shown = run("-w", root, *TODAY, "build")
    assert shown.code == Exit.DIAGNOSTICS, shown.err
    assert (root / "out/hop-2026-007/indkaldelse-familieplan.docx").is_file()
    assert (root / "out/overblik.html").is_file()
    told = shown.out + shown.err
    assert told.count("error HD505") == 4
    assert all(sign.isprintable() or sign == "\n" for sign in told)
    assert "families/line\N{REPLACEMENT CHARACTER}break.yaml: error HD505" in told


def test_a_lookalike_of_a_family_is_not_previewed(root: Path) -> None:
    source = root / "families/hop-2026-007.yaml"
    (root / "families/hop-2026-007.sync-conflict-20261101.yaml").write_bytes(source.read_bytes())
    shown = run("-w", root, *TODAY, "notices", "preview", "--format", "json")
    recipients = [(item["meeting"], item["recipient"], item["kind"]) for item in shown.shape["notices"]]
    assert len(recipients) == len(set(recipients))


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EROFS, errno.ESTALE])
def test_what_the_operating_system_refuses_is_no_fault_of_hopdocs(
    number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends_with(OSError(number, os.strerror(number), "/srv/hop/.hopdocs")) == Exit.ENVIRONMENT
    told = capsys.readouterr().err
    assert f"/srv/hop/.hopdocs: {os.strerror(number)}" in told
    assert "hopdocs explain HD599" in told


def test_a_file_that_ought_to_be_there_is_still_a_bug() -> None:
    assert ends_with(FileNotFoundError(errno.ENOENT, "No such file or directory", "x")) == Exit.BUG


def test_a_ledger_that_may_not_be_written_is_not_said_to_be_broken(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="HD514"):
        connect_ledger(tmp_path / "gone" / "ledger.db")
    (tmp_path / "ledger.db").write_bytes(b"no database" * 100)
    with pytest.raises(Exception, match="HD410"):
        connect_ledger(tmp_path / "ledger.db")


def test_a_question_that_sqlite_cannot_understand_is_a_bug() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError) as raised:
        connection.execute("SELECT nothing")
    connection.close()
    assert not is_refusal(raised.value)


@pytest.mark.parametrize("in_the_way", ["link", "file", "folder named as a document"])
def test_what_lies_in_the_way_of_one_familys_documents_stops_no_other_family(root: Path, in_the_way: str) -> None:
    folder, elsewhere = root / "out/hop-2026-007", root / "elsewhere"
    elsewhere.mkdir()
    folder.parent.mkdir()
    if in_the_way == "link":
        folder.symlink_to(elsewhere)
    elif in_the_way == "file":
        folder.write_text("hej", encoding="utf-8")
    else:
        (folder / "familieplan-nadira.docx").mkdir(parents=True)
    for verb in ("build", "watch"):
        shown = run("-w", root, *TODAY, verb, *(["--once"] if verb == "watch" else []))
        assert shown.code == Exit.DIAGNOSTICS, shown.err
        assert "HD511" in shown.out + shown.err
        assert "HD536" not in shown.out + shown.err
        assert (root / "out/hop-2026-009/overblik.html").is_file()
    assert list((root / "out/hop-2026-009").glob("*.docx"))
    assert not list(elsewhere.iterdir())
    shutil.rmtree(folder) if folder.is_dir() and not folder.is_symlink() else folder.unlink()
    assert run("-w", root, *TODAY, "build").code == Exit.CLEAN
    assert (folder / "familieplan-nadira.docx").is_file()


def test_a_template_whose_name_is_no_text_stops_nobody(root: Path) -> None:
    folder = root / "templates"
    folder.mkdir()
    for name in (b"t\xff.docx", b"invitation.\xff.docx", b"x\ny.docx", b"d\xff.udkast.docx"):
        (folder / os.fsdecode(name)).write_bytes(b"")
    shown = run("-w", root, *TODAY, "build")
    assert shown.code == Exit.CLEAN, shown.err
    assert list((root / "out/hop-2026-007").glob("*.docx"))
    told = run("-w", root, *TODAY, "templates", "check")
    assert told.code == Exit.CLEAN
    assert told.out.count("warning HD595") == 3
    assert all(sign.isprintable() or sign == "\n" for sign in told.out)


def test_a_full_disk_is_not_filled_further_by_what_waits_for_the_ledger(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise LedgerFault("HD413", detail="database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(VersionBook, "record_outputs", refuse)
        assert run("-w", root, *TODAY, "build", "--jobs", "1").code == Exit.ENVIRONMENT
    assert not [path for path in (root / "out").rglob("*") if path.is_file()]
    assert run("-w", root, *TODAY, "build").code == Exit.CLEAN
