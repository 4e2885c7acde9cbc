"""Whoever may push reads no file of the service, writes nowhere else, and sends no mail to where nobody said."""

from __future__ import annotations

import json
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from hopdocs.git import find_checkout
from tests.service.mailbox import Mailbox
from tests.service.test_git_history import Checkout
from tests.unit.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAMILY = "families/hop-2026-007.yaml"


class Pushed(Checkout):
    """A workspace that follows pushes, its operator's file outside it, and a colleague's clone that pushes."""

    def __init__(self, home: Path, mailbox: Mailbox) -> None:
        super().__init__(home / "workspace", mailbox)
        server = f"server: {{host: localhost, port: {mailbox.port}, security: none}}"
        self.edit("config.yaml", f"  {server}", "")
        self.operator = home / "etc/operator.yaml"
        self.operator.parent.mkdir()
        self.operator.write_text(
            f"workspace: {self.root}\ngit: {{pull: 1s, branch: main}}\nmail:\n  {server}\n", encoding="utf-8"
        )
        (self.root / ".gitignore").write_text("out/\n.hopdocs/\n", encoding="utf-8")
        self.git("init", "--quiet")
        self.commit("the families")
        self.git("clone", "--quiet", "--bare", ".", str(home / "origin.git"))
        self.git("remote", "add", "origin", str(home / "origin.git"))
        self.git("fetch", "--quiet", "origin")
        self.git("branch", "--quiet", "-u", "origin/main")
        self.git("clone", "--quiet", str(home / "origin.git"), str(home / "desk"))
        self.desk = home / "desk"

    def _words(self, *words: str) -> tuple[str, ...]:
        return ("--operator", str(self.operator), *super()._words(*words))

    def push(self, name: str, old: str, new: str) -> None:
        """What a colleague pushes, and the service fetches."""
        home, self.root = self.root, self.desk
        self.edit(name, old, new)
        self.commit("a change")
        self.git("push", "--quiet")
        self.root = home
        checkout = find_checkout(self.root)
        assert checkout is not None
        assert checkout.pull("main")


@pytest.fixture
def pushed(tmp_path: Path) -> Iterator[Pushed]:
    with Mailbox() as mailbox:
        made = Pushed(tmp_path, mailbox)
        made.run("notices", "start")
        assert made.leave()
        yield made


def test_a_pushed_server_password_and_output_folder_count_for_nothing(pushed: Pushed, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("not a real key\n", encoding="utf-8")
    with Mailbox() as evil:
        server = f"{{host: localhost, port: {evil.port}, security: none, user: x, password_file: {key}}}"
        pushed.push("config.yaml", "\nmail:\n", f"\nmail:\n  server: {server}\n")
        pushed.push("config.yaml", "\nmail:\n", f"\ngit: {{branch: evil}}\nmail:\n  answers: {tmp_path}\n")
        pushed.push("config.yaml", "  output: out", f"  output: {tmp_path / 'away'}")
        pushed.push(FAMILY, 'start: "10.00"\n    end: "12.00"', 'start: "12.30"\n    end: "14.30"')
        assert pushed.leave()
        assert evil.letters == []
    assert not (tmp_path / "away").exists()
    told = pushed.run("check", "--format", "json")
    assert told.count('"HD710"') == 5


def test_a_pushed_change_of_where_mail_goes_waits_until_a_person_accepts_it(pushed: Pushed) -> None:
    pushed.push("config.yaml", "\nmail:\n", "\nmail:\n  redirect_all_to: rri@vesterlyng.example\n")
    pushed.push("config.yaml", "unit: Familierådgivningen", "unit: Familiehuset")
    pushed.push(FAMILY, 'start: "10.00"\n    end: "12.00"', 'start: "12.30"\n    end: "14.30"')
    assert len({recipient for recipient, _ in pushed.leave()}) > 1
    letter = pushed.root / "out/hop-2026-007/invitation-familieplan-nadira.docx"
    assert letter.exists()
    assert "HD712" in pushed.run("check", "--format", "json")
    assert "HD712" in run(*pushed._words("status")).err
    assert "HD712" in pushed.run("watch", "--once")
    assert "notices accept" in (pushed.root / "out/overblik.html").read_text("utf-8")
    assert "rri@vesterlyng.example" in pushed.run("notices", "accept", "--show")
    assert "rri@vesterlyng.example" in pushed.run("notices", "accept", "--show")  # looking let nothing count
    pushed.run("notices", "accept")
    assert "Nothing waits" in pushed.run("notices", "accept")
    assert "HD712" not in pushed.run("check", "--format", "json")
    pushed.push(FAMILY, 'start: "12.30"\n    end: "14.30"', 'start: "13.00"\n    end: "15.00"')
    assert {recipient for recipient, _ in pushed.leave()} == {"rri@vesterlyng.example"}


def test_a_pushed_change_does_not_count_while_nobody_can_read_what_was_accepted(
    pushed: Pushed, monkeypatch: pytest.MonkeyPatch
) -> None:
    pushed.push("config.yaml", "\nmail:\n", "\nmail:\n  redirect_all_to: rri@vesterlyng.example\n")

    def refuse(_path: Path) -> sqlite3.Connection:  # as where no more files can be opened
        return sqlite3.connect("file:/no/such/folder/ledger.db?mode=ro", uri=True)

    monkeypatch.setattr("hopdocs.operator_file.connect_to_read", refuse)
    refused = run(*pushed._words("watch", "--once"))
    assert (refused.code, "HD514" in refused.err) == (3, True), refused.err


def test_a_pushed_link_in_place_of_a_familys_folder_binds_nobody_elses_papers(pushed: Pushed, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = pushed.desk / "families/hop-2026-007"
    (folder / "min-plan-tariq.pdf").rename(outside / "min-plan-tariq.pdf")
    folder.rmdir()
    folder.symlink_to(outside)
    pushed.push(FAMILY, "name: Familien Zamirandi", "name: Familien Zamirandi ")
    assert (pushed.root / "families/hop-2026-007").is_symlink()
    told = pushed.run("check", "--format", "json", status=1)
    codes = {item["code"] for item in json.loads(told)["diagnostics"] if item["severity"] == "error"}
    assert codes == {"HD504"}


@pytest.mark.parametrize("name", ["families", "templates", "out"])
def test_a_pushed_link_in_place_of_a_folder_of_the_workspace_stops_everything(
    pushed: Pushed, tmp_path: Path, name: str
) -> None:
    (pushed.root / name).rename(tmp_path / name) if (pushed.root / name).exists() else (tmp_path / name).mkdir()
    before = sorted((tmp_path / name).rglob("*"))
    (pushed.root / name).symlink_to(tmp_path / name)
    refused = run(*pushed._words("watch", "--once"))
    assert (refused.code, "HD725" in refused.err) == (3, True), refused.err
    assert sorted((tmp_path / name).rglob("*")) == before


def test_the_operators_file_that_it_was_used_with_counts_also_for_who_does_not_name_it(pushed: Pushed) -> None:
    assert "HD710" in run("-w", pushed.root, "--today", "2026-11-21", "check").out


def test_without_the_operators_file_that_it_was_used_with_nothing_is_done(pushed: Pushed, tmp_path: Path) -> None:
    pushed.operator.rename(tmp_path / "moved.yaml")
    missing = run("-w", pushed.root, "--today", "2026-11-21", "watch", "--once")
    assert missing.code == 3
    assert "HD716" in missing.err
    pushed.run("build", status=3)


def test_an_operators_file_that_others_may_have_written_is_refused(pushed: Pushed) -> None:
    pushed.operator.chmod(0o666)
    pushed.run("build", status=3)
    pushed.operator.chmod(0o644)
    inside = pushed.root / "operator.yaml"
    shutil.copy(pushed.operator, inside)
    pushed.operator = inside
    pushed.run("build", status=3)
