"""A backup holds all that can't be made again, is whole or not there, and a restore of it overwrites nothing."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.errors import HopdocsError, WorkspaceFault
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.model.config import DocumentSettings
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.operation import backups
from hopdocs.operation.backups import Backup, make_backup
from hopdocs.operation.restoring import restore_backup
from hopdocs.workspace import Workspace
from tests.unit.notices.samples import NOW

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "hop"
    for name, text in {
        "config.yaml": "cfg",
        "indikatorer.yaml": "what we measure",
        "families/hop-1.yaml": "one",
        "families/hop-1/bilag.pdf": "%PDF",
        "templates/dagsorden.docx": "word",
        "out/hop-1/dagsorden.docx": "made again",
        "out/hop-1/udleveret/plan.docx": "as it was given",
        "secret.txt": "the mail's password",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "families" / "away").symlink_to("/etc")
    (root / ".hopdocs").mkdir()
    with closing(Ledger(connect_ledger(root / ".hopdocs" / "ledger.db"))) as ledger:
        ledger.start(NOW)
    return Workspace(root)


def back_up(workspace: Workspace, target: Path) -> Backup:
    return make_backup(workspace, DocumentSettings(), target, NOW)


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_comes_back_as_a_workspace_that_is_not_started(workspace: Workspace, tmp_path: Path) -> None:
    backup = back_up(workspace, tmp_path / "backup")
    assert backup.left_out == ("families/away",)
    restored = restore_backup(tmp_path / "backup", tmp_path / "again", NOW)
    assert (restored.files, restored.was_started) == (len(backup.files), True)
    before, after = files_below(workspace.root), files_below(tmp_path / "again")
    assert set(after) == set(before) - {"out/hop-1/dagsorden.docx", "out/.hopdocs-mail", "secret.txt"}
    del after[".hopdocs/ledger.db"]
    assert after.items() <= before.items()
    with closing(Ledger(connect_ledger(tmp_path / "again" / ".hopdocs" / "ledger.db"))) as ledger:
        reason = ledger.why_not_started()
        assert reason is not None
        assert (reason.code, reason.params["why"]) == ("HD419", "HD483")
        ledger.verify()


def test_no_backup_leaves_out_a_ledger_that_leads_nowhere(workspace: Workspace, tmp_path: Path) -> None:
    workspace.ledger_path.unlink()
    workspace.ledger_path.symlink_to("elsewhere.db")
    with pytest.raises(WorkspaceFault) as told:
        back_up(workspace, tmp_path / "backup")
    assert told.value.code == "HD489"


def test_only_its_owner_may_read_a_backup_and_what_comes_of_it(workspace: Workspace, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        back_up(workspace, tmp_path / "backup")
        restore_backup(tmp_path / "backup", tmp_path / "again", NOW)
    finally:
        os.umask(before)
    for top in (tmp_path / "backup", tmp_path / "again"):
        assert all(path.stat().st_mode & 0o077 == 0 for path in (top, *top.rglob("*")))


def test_the_ledger_is_that_of_one_moment_while_somebody_writes(workspace: Workspace, tmp_path: Path) -> None:
    with closing(connect_ledger(workspace.ledger_path)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("INSERT INTO notice_meta VALUES ('half', 'done')")
        back_up(workspace, tmp_path / "backup")
        writing.execute("COMMIT")
    with closing(sqlite3.connect(tmp_path / "backup" / ".hopdocs" / "ledger.db")) as copied:
        assert copied.execute("SELECT count(*) FROM notice_meta WHERE key = 'half'").fetchone() == (0,)
    assert not list((tmp_path / "backup" / ".hopdocs").glob("*-wal"))


def test_a_ledger_that_a_service_takes_up_during_the_copy_is_copied_again(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[sqlite3.Connection] = []

    def connect(path: Path) -> sqlite3.Connection:
        connection = connect_to_read(path)
        connection.execute("SELECT * FROM notice_meta").fetchall()  # this page is read, the others are not
        if path == workspace.ledger_path and not opened:
            opened.append(connection)
            with closing(connect_ledger(path)) as writing:
                writing.execute("INSERT INTO notice_meta VALUES ('taken up', 'meanwhile')")
        return connection

    monkeypatch.setattr(backups, "connect_to_read", connect)
    back_up(workspace, tmp_path / "backup")
    with closing(sqlite3.connect(tmp_path / "backup" / ".hopdocs" / "ledger.db")) as copied:
        assert copied.execute("SELECT count(*) FROM notice_meta WHERE key = 'taken up'").fetchone() == (1,)


@pytest.mark.parametrize("place", ["hop/backup", "hop/out/backup", "there", "hop"])
def test_a_backup_is_made_beside_the_workspace_and_over_nothing(
    workspace: Workspace, tmp_path: Path, place: str
) -> None:
    (tmp_path / "there").mkdir()
    before = files_below(tmp_path)
    with pytest.raises(WorkspaceFault, match="HD481"):
        back_up(workspace, tmp_path / place)
    assert files_below(tmp_path) == before


@pytest.mark.parametrize("damage", ["families/hop-1.yaml", "backup.json", ".hopdocs/ledger.db", "gone", "outside"])
def test_a_backup_that_is_not_whole_is_not_restored(workspace: Workspace, tmp_path: Path, damage: str) -> None:
    backup = tmp_path / "backup"
    back_up(workspace, backup)
    if damage == "gone":
        (backup / "config.yaml").unlink()
    elif damage == "outside":
        manifest = json.loads((backup / "backup.json").read_text())
        manifest["files"]["../../escaped"] = "0"
        (backup / "backup.json").write_text(json.dumps(manifest))
    else:
        data = (backup / damage).read_bytes()
        (backup / damage).write_bytes(data[:-1] + b"!")
    with pytest.raises(WorkspaceFault, match="HD486"):
        restore_backup(backup, tmp_path / "again", NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "hop"]


def test_a_restore_overwrites_nothing(workspace: Workspace, tmp_path: Path) -> None:
    back_up(workspace, tmp_path / "backup")
    before = files_below(workspace.root)
    for target in (workspace.root, tmp_path / "backup" / "inside", workspace.config_path):
        with pytest.raises(WorkspaceFault, match="HD488"):
            restore_backup(tmp_path / "backup", target, NOW)
    assert files_below(workspace.root) == before
    (tmp_path / "empty").mkdir()
    assert restore_backup(tmp_path / "backup", tmp_path / "empty", NOW).files


def test_a_file_that_cannot_be_copied_leaves_no_half_backup(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def refuse(path: object, *more: int, **named: int) -> int:
        if str(path).endswith("bilag.pdf"):
            raise PermissionError(13, "Permission denied")
        return real(path, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(HopdocsError, match="HD489"):
        back_up(workspace, tmp_path / "backup")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hop"]


def test_a_disk_that_is_full_is_said_and_not_taken_for_a_damaged_ledger(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql.startswith("VACUUM"):
                err = sqlite3.OperationalError("database or disk is full")
                err.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise err
            return super().execute(sql, *values)

    def refuse(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backups, "connect_to_read", lambda path: sqlite3.connect(path, factory=Full))
        with pytest.raises(WorkspaceFault, match="HD489"):
            back_up(workspace, tmp_path / "backup")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(WorkspaceFault, match="HD489"):
        back_up(workspace, tmp_path / "backup")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hop"]


def test_a_workspace_whose_folders_lie_elsewhere_is_backed_up_with_what_is_in_them(
    workspace: Workspace, tmp_path: Path
) -> None:
    (workspace.root / "families").rename(tmp_path / "share")
    (workspace.root / "families").symlink_to(tmp_path / "share")
    assert "families/hop-1/bilag.pdf" in back_up(workspace, tmp_path / "backup").files
