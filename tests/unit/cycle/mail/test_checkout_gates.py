"""What git's state keeps from leaving, and the reason that is given."""

from __future__ import annotations

import os
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest

from hopdocs.catalogue import fill_message
from hopdocs.cycle.run import CycleOptions
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.sending.outbox import Outbox
from tests.unit.cycling import FAMILY, Desk, copy_example

if TYPE_CHECKING:
    from pathlib import Path

IDENTITY: Final = {
    "GIT_AUTHOR_NAME": "Iben",
    "GIT_AUTHOR_EMAIL": "iik@vesterlyng.example",
    "GIT_COMMITTER_NAME": "Iben",
    "GIT_COMMITTER_EMAIL": "iik@vesterlyng.example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}
MOVE: Final = ('start: "10.00"\n    end: "12.00"', 'start: "12.30"\n    end: "14.30"')


class Clone:
    """A workspace in git that has been started."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        (desk.root / ".gitignore").write_text("out/\n.hopdocs/\n", encoding="utf-8")
        self.git("init", "--quiet")
        self.commit("the families")

    def git(self, *words: str, check: bool = True) -> str:
        command = ["git", "-c", "init.defaultBranch=main", *words]
        environment = os.environ | IDENTITY
        done = subprocess.run(command, cwd=self.desk.root, check=check, capture_output=True, text=True, env=environment)
        return done.stdout.strip()

    def commit(self, what: str) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", what)
        return self.git("rev-parse", "HEAD")

    def holds(self) -> dict[str, str]:
        """By code: what holds the notices, apart from time, after one cycle."""
        gates = self.desk.cycle(CycleOptions(plans_notices=True)).gates
        assert gates is not None
        with closing(Ledger(connect_ledger(self.desk.root / ".hopdocs" / "ledger.db"))) as ledger:
            if not ledger.started:
                ledger.start(self.desk.clock.now())
                return self.holds()
            rows = Outbox(ledger, gates, self.desk.clock.now()).rows()
            assert rows
            held = [row.hold for row in rows if row.hold is not None and row.hold.until is None]
            return {hold.code: fill_message(hold.code, hold.params, "en") for hold in held}


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    return Clone(copy_example(tmp_path / "ws"))


@pytest.fixture
def strict(clone: Clone) -> Clone:
    """One from which only what is committed may leave."""
    clone.desk.edit("release: automatic", "release: committed", "config.yaml")
    clone.commit("only what is committed")
    assert clone.holds() == {}
    return clone


def test_an_older_commit_that_is_checked_out_by_itself_sends_nothing(strict: Clone) -> None:
    strict.desk.edit(*MOVE)
    strict.commit("another hour")
    strict.git("checkout", "--quiet", "HEAD~1")
    (held,) = strict.holds().items()
    assert held == ("HD448", f"no branch is checked out (HEAD is detached at {strict.git('rev-parse', 'HEAD')[:9]})")
    strict.git("checkout", "--quiet", "main")
    assert strict.holds() == {}


@pytest.mark.parametrize("configured", [True, False])
def test_another_branch_sends_nothing_also_where_mail_is_released_by_itself(clone: Clone, *, configured: bool) -> None:
    """Where config names no branch, it is the one that mail first left from."""
    if configured:
        clone.desk.edit("\nmail:\n", "\ngit: {branch: main}\nmail:\n", "config.yaml")
        clone.commit("the branch")
    assert clone.holds() == {}
    clone.git("checkout", "--quiet", "-b", "forsøg")
    clone.desk.edit(*MOVE)
    assert clone.holds() == {"HD434": "the workspace is on the branch forsøg instead of main"}
    clone.git("checkout", "--quiet", "--detach")
    assert set(clone.holds()) == {"HD448"}
    clone.git("stash", "--quiet")
    clone.git("checkout", "--quiet", "main")
    assert clone.holds() == {}


def test_a_branch_that_config_names_is_right_though_mail_left_from_another(clone: Clone) -> None:
    assert clone.holds() == {}
    clone.git("checkout", "--quiet", "-b", "drift")
    clone.desk.edit("\nmail:\n", "\ngit: {branch: drift}\nmail:\n", "config.yaml")
    assert clone.holds() == {}


def test_each_command_under_way_is_named(clone: Clone) -> None:
    assert clone.holds() == {}
    first = clone.git("rev-parse", "HEAD")
    clone.desk.edit(*MOVE)
    second = clone.commit("half past twelve")
    clone.git("checkout", "--quiet", "-b", "other", first)
    clone.desk.edit(MOVE[0], MOVE[1].replace("12.30", "11.15"))
    clone.commit("a quarter past eleven")
    clone.git("checkout", "--quiet", "main")
    commands: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        "git merge": (("merge", "other"), ("merge", "--abort")),
        "git rebase": (("rebase", "other"), ("rebase", "--abort")),
        "git cherry-pick": (("cherry-pick", "other"), ("cherry-pick", "--abort")),
        "git bisect": (("bisect", "start", second, first), ("bisect", "reset")),
    }
    for command, (begin, end) in commands.items():
        clone.git(*begin, check=False)
        assert clone.holds() == {"HD433": f"{command} is under way in the folder"}
        clone.git(*end)
        assert clone.holds() == {}


def test_line_ends_that_git_changes_are_no_edit(strict: Clone) -> None:
    """As on Windows: `eol=crlf`, and then `autocrlf` without any attributes."""
    (strict.desk.root / ".gitattributes").write_text("*.yaml text eol=crlf\n", encoding="utf-8")
    strict.commit("line ends")
    file = strict.desk.root / FAMILY
    file.unlink()
    strict.git("checkout", "--", FAMILY)
    assert b"\r\n" in file.read_bytes()
    assert strict.holds() == {}
    strict.git("rm", "--quiet", ".gitattributes")
    strict.git("commit", "--quiet", "--message", "no line ends")
    assert set(strict.holds()) == {"HD435"}  # now git would store the file as it is
    strict.git("config", "core.autocrlf", "true")
    assert strict.holds() == {}
    strict.desk.edit("10.00", "10.30")
    assert set(strict.holds()) == {"HD435"}


def test_a_file_that_was_committed_with_its_line_ends_is_no_edit_either(strict: Clone) -> None:
    """`autocrlf` came later: git would store another form by now, and what stands in HEAD is this one."""
    file = strict.desk.root / FAMILY
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    strict.commit("as Windows writes it")
    strict.git("config", "core.autocrlf", "true")
    assert strict.holds() == {}


def test_a_file_that_a_filter_stores_in_another_form_is_compared_in_that_form(strict: Clone) -> None:
    """As git-crypt does."""
    strict.git("config", "filter.turned.clean", "tr a-zA-Z n-za-mN-ZA-M")
    strict.git("config", "filter.turned.smudge", "tr a-zA-Z n-za-mN-ZA-M")
    strict.git("config", "filter.turned.required", "true")
    (strict.desk.root / ".gitattributes").write_text("families/*.yaml filter=turned\n", encoding="utf-8")
    strict.git("add", "--renormalize", ".")
    strict.commit("turned")
    assert "vq: UBC" in strict.git("cat-file", "blob", f"HEAD:{FAMILY}")
    assert strict.holds() == {}
    strict.desk.edit("10.00", "10.30")
    assert set(strict.holds()) == {"HD435"}
    strict.git("config", "filter.turned.clean", "no-such-program-anywhere")
    (held,) = strict.holds().items()
    assert held[0] == "HD526"
    assert "turned" in held[1]


def test_a_checkout_that_belongs_to_somebody_else_gives_gits_own_reason(
    strict: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    (held,) = strict.holds().items()
    assert held[0] == "HD526"
    assert "fatal: detected dubious ownership in repository" in held[1]


def test_where_git_is_missing_nothing_that_must_be_committed_leaves(
    strict: Clone, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert set(strict.holds()) == {"HD524"}


def test_before_the_first_commit_nothing_is_committed(strict: Clone) -> None:
    strict.git("update-ref", "-d", "HEAD")
    assert set(strict.holds()) == {"HD435"}


def test_a_git_folder_that_cannot_be_looked_at_holds_mail_and_nothing_else(clone: Clone) -> None:
    assert clone.holds() == {}
    (clone.desk.root / ".git").rename(clone.desk.root / ".git.away")
    (clone.desk.root / ".git").symlink_to(".git")
    (held,) = clone.holds().items()
    assert held == ("HD526", "git did not answer as expected: index.lock: Too many levels of symbolic links")
