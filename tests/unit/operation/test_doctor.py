"""`hopdocs doctor`: each thing really tried, each fault with its mend, and the exit code that monitoring reads."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from hopdocs.clock import SystemClock
from hopdocs.errors import ConverterFault
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.sending.transport import Connection
from hopdocs.operation.doctor import examination, machine, office
from hopdocs.operation.doctor.finding import Finding
from hopdocs.rendering.pdf.worker_pool import missing
from hopdocs.watching.figures import write_last_scan
from hopdocs.workspace import open_workspace
from tests.service.mailbox import Mailbox
from tests.unit.cli.running import Run, run
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ADDRESS = "kko@vesterlyng.example"


class Refusing(Mailbox):
    """A server that knows nobody."""

    async def handle_RCPT(self, *_: object) -> str:  # noqa: N802 - aiosmtpd's name
        return "550 5.1.1 no such user"


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture(autouse=True)
def _this_clock_is_set() -> Iterator[None]:
    with patch.object(examination, "check_clock", lambda: Finding.well("clock", "NTP")):
        yield


@pytest.fixture
def root(tmp_path: Path, mailbox: Mailbox) -> Path:
    """A workspace that is well, without PDFs, whose ledger is started."""
    root = make_workspace(tmp_path / "hop")
    set_config(root, "pdf: auto ", "pdf: none ")
    set_config(root, "port: 1025", f"port: {mailbox.port}")
    (root / ".hopdocs").mkdir(mode=0o700)
    ledger = Ledger(connect_ledger(open_workspace(root).ledger_path))
    ledger.start(SystemClock().now())
    ledger.close()
    mailbox.letters.clear()
    return root


def set_config(root: Path, old: str, new: str) -> None:
    config = root / "config.yaml"
    text = config.read_text("utf-8")
    assert old in text
    config.write_text(text.replace(old, new), "utf-8")


def doctor(root: Path, *words: str) -> Run:
    return run("-w", root, "doctor", "--format", "json", *words)


def codes(told: Run) -> list[str]:
    return [item["code"] for item in told.shape["findings"] if item["code"]]


def test_a_machine_that_has_everything_is_well_and_nothing_on_it_is_changed(root: Path, mailbox: Mailbox) -> None:
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}
    told = doctor(root)
    assert (told.code, told.shape["health"], codes(told)) == (0, "well", [])
    subjects = [item["subject"] for item in told.shape["findings"]]
    assert subjects == [
        *("hopdocs", "config", "rights", "disk", "clock", "git"),
        *("libreoffice", "templates", "ledger", "service", "mail"),
    ]
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()} == before
    assert mailbox.letters == []


def test_a_person_reads_each_fault_with_its_mend(root: Path) -> None:
    set_config(root, "pdf: none ", "pdf: auto ")
    with patch.object(examination, "check_office", lambda: Finding.of("libreoffice", ConverterFault("HD330"))):
        told = run("-w", root, "doctor")
    assert told.code == 3
    lines = told.out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("broken  LibreOffice") and "HD330" in line)
    assert "mend: " in lines[at + 1]
    assert lines[-1].startswith("well    mail")


def test_one_marked_mail_leaves_to_whoever_is_named_and_no_ledger_knows_of_it(root: Path, mailbox: Mailbox) -> None:
    assert doctor(root, "--to", ADDRESS).code == 0
    (letter,) = mailbox.letters
    assert letter.recipients == (ADDRESS,)
    assert letter.message["Subject"] == "Prøve fra hopdocs doctor"
    assert (letter.message["X-Hopdocs-Trial"], letter.message["Auto-Submitted"]) == ("1", "auto-generated")
    with sqlite3.connect(open_workspace(root).ledger_path) as ledger:
        assert ledger.execute("SELECT count(*) FROM notice").fetchone() == (0,)
    ledger.close()


def test_no_trial_mail_leaves_the_allowed_domains(root: Path, mailbox: Mailbox) -> None:
    told = doctor(root, "--to", "somebody@elsewhere.example")
    assert (told.code, codes(told), mailbox.letters) == (1, ["HD426"], [])


def test_a_server_that_refuses_the_trial_mail_is_told_with_its_own_words(root: Path, mailbox: Mailbox) -> None:
    with Refusing() as refusing:
        set_config(root, f"port: {mailbox.port}", f"port: {refusing.port}")
        told = doctor(root, "--to", ADDRESS)
    assert (told.code, codes(told)) == (3, ["HD757"])
    assert "550 5.1.1 no such user" in told.out


def test_a_server_that_is_away_is_a_fault_of_the_environment(root: Path, mailbox: Mailbox) -> None:
    set_config(root, f"port: {mailbox.port}", "port: 1")
    told = doctor(root)
    assert (told.code, codes(told)) == (3, ["HD402"])


def test_a_certificate_that_ends_soon_is_told(root: Path) -> None:
    soon = datetime.now(UTC) + timedelta(days=5, hours=1)

    async def valid_until(_: Connection) -> str:
        return soon.strftime("%b %d %H:%M:%S %Y GMT")

    with patch.object(Connection, "open", valid_until):
        told = doctor(root)
    assert (told.code, codes(told)) == (1, ["HD755"])
    assert "in 5 days" in told.out


def test_a_config_that_cannot_be_used_is_told_and_the_machine_looked_at_all_the_same(root: Path) -> None:
    set_config(root, "project_coordinator: kko", "project_coordinator: nobody")
    told = doctor(root)
    assert (told.code, codes(told)) == (1, ["HD748"])
    assert "disk" in [item["subject"] for item in told.shape["findings"]]


def test_another_user_s_look_is_refused_before_it_touches_the_ledger(root: Path) -> None:
    before = {item.name for item in (root / ".hopdocs").iterdir()}
    with patch.object(os, "geteuid", lambda: os.getuid() + 1):
        told = doctor(root)
    assert (told.code, codes(told)) == (3, ["HD718"])
    assert "ledger" not in [item["subject"] for item in told.shape["findings"]]
    assert {item.name for item in (root / ".hopdocs").iterdir()} == before


def test_another_user_who_may_not_look_at_all_hears_whose_it_is(root: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, os.strerror(13), str(root / ".hopdocs/ledger.db"))

    with (
        patch.object(examination, "read_shared_inputs", refuse),
        patch.object(os, "geteuid", lambda: os.getuid() + 1),
    ):
        told = doctor(root)
    assert (told.code, codes(told)) == (3, ["HD718"])


def test_each_folder_that_may_not_be_used_is_told(root: Path) -> None:
    closed = root / "families" / "hop-2026-007"
    closed.mkdir()
    may = os.access

    def access(path: Path, mode: int) -> bool:
        return path not in (closed, root / ".hopdocs") and may(path, mode)  # root may everything

    with patch.object(os, "access", access):
        told = doctor(root)
    assert (told.code, codes(told)) == (3, ["HD742", "HD742"])


def test_a_folder_counts_as_open_only_if_everything_above_it_is() -> None:
    assert machine._may_be_entered(Path("/usr/bin"))
    assert not machine._may_be_entered(Path.cwd())  # pytest's own folder is closed


def test_a_folder_that_anybody_may_enter_is_told(root: Path) -> None:
    with patch.object(machine, "_may_be_entered", lambda folder: folder.name == "families"):
        told = doctor(root)
    assert (told.code, codes(told)) == (1, ["HD743"])


def test_a_full_disk_is_told(root: Path) -> None:
    usage = shutil.disk_usage(root)
    with patch.object(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000)):
        told = doctor(root)
    assert (told.code, codes(told)) == (3, ["HD744"])


def test_a_template_that_cannot_be_used_is_told(root: Path) -> None:
    (root / "templates").mkdir()
    (root / "templates" / "dagsorden.docx").write_bytes(b"no Word file")
    told = doctor(root)
    assert (told.code, codes(told)) == (1, ["HD749"])


def change_ledger(root: Path, statement: str) -> None:
    with sqlite3.connect(open_workspace(root).ledger_path) as ledger:
        ledger.execute(statement)
    ledger.close()


@pytest.mark.parametrize(
    ("statement", "code", "ends_with"),
    [
        ("DELETE FROM notice_meta WHERE key = 'started_at'", "HD753", 1),
        ("UPDATE notice_event SET what = 'nothing'", "HD412", 3),
        ("PRAGMA user_version = 99", "HD411", 3),
    ],
)
def test_what_is_amiss_with_the_ledger_is_told(root: Path, statement: str, code: str, ends_with: int) -> None:
    change_ledger(root, statement)
    told = doctor(root)
    assert (told.code, codes(told)) == (ends_with, [code])


def test_a_ledger_that_cannot_be_read_is_told(root: Path) -> None:
    open_workspace(root).ledger_path.write_bytes(b"no database" * 100)
    told = doctor(root)
    assert (told.code, codes(told)) == (3, ["HD410"])


@pytest.mark.parametrize("lay", [Path.mkdir, lambda path: path.symlink_to("elsewhere.db")], ids=["folder", "link"])
def test_what_is_no_ledger_and_stands_in_its_place_is_told(root: Path, lay: Callable[[Path], None]) -> None:
    open_workspace(root).ledger_path.unlink()
    lay(open_workspace(root).ledger_path)
    told = doctor(root)
    assert (told.code, codes(told)) == (3, ["HD410"])


def test_a_clock_that_was_set_back_is_told_by_the_ledger(root: Path) -> None:
    path = open_workspace(root).ledger_path
    path.unlink()
    ledger = Ledger(connect_ledger(path))
    ledger.start(SystemClock().now() + timedelta(days=3))
    ledger.close()
    told = doctor(root)
    assert (told.code, codes(told)) == (3, ["HD745"])


def test_a_service_that_has_not_looked_for_long_is_told(root: Path) -> None:
    workspace = open_workspace(root)
    write_last_scan(workspace, SystemClock().now())
    assert doctor(root).code == 0
    write_last_scan(workspace, SystemClock().now() - timedelta(minutes=30))
    told = doctor(root)
    assert (told.code, codes(told)) == (3, ["HD754"])
    assert "30 minutes" in told.out


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t.example", *words], cwd=root, check=True)


def test_what_git_says_of_the_checkout_is_told(root: Path, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    set_config(root, "places:", "git: {branch: main}\n\nplaces:")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "commit", "--quiet", "--allow-empty", "--message=x")
    assert doctor(root).code == 0
    (root / ".git" / "MERGE_HEAD").touch()
    assert codes(told := doctor(root)) == ["HD521"]
    assert told.code == 1
    (root / ".git" / "MERGE_HEAD").unlink()
    git(root, "switch", "--quiet", "--create", "other")
    assert codes(doctor(root)) == ["HD434"]
    git(root, "switch", "--quiet", "main")
    git(root, "remote", "add", "origin", str(root / "nowhere"))
    assert doctor(root).code == 0
    operator = root.with_name("operator.yaml")
    server = f"server: {{host: localhost, port: {mailbox.port}, security: none}}"
    operator.write_text(f"workspace: {root}\ngit: {{branch: main, pull: 20s}}\nmail: {{{server}}}\n", "utf-8")
    monkeypatch.setenv("HOPDOCS_OPERATOR", str(operator))
    told = doctor(root)
    assert (told.code, codes(told)) == (3, ["HD526"])
    git(root, "init", "--quiet", "--bare", "nowhere")
    git(root, "push", "--quiet", "origin", "main")
    assert run("-w", root, "--operator", operator, "doctor", "--format", "json").code == 0


@pytest.mark.skipif(missing() is not None, reason="no LibreOffice here")
def test_a_page_is_really_drawn_and_a_font_that_is_not_there_is_told() -> None:
    wanted: dict[str, Any] = {**office.WANTED, "No Such Font": "æøå"}
    with patch.object(office, "WANTED", wanted):
        found = office.check_office()
    assert (found.code, found.params) == ("HD747", {"fonts": "No Such Font"})
