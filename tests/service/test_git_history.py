"""What git does to a workspace after people were told: taken back, rewritten, cloned, checked out."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.service.mailbox import Mailbox
from tests.service.mailed import MailedWorkspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAMILY = "families/hop-2026-007.yaml"
MOVE = ('start: "10.00"\n    end: "12.00"', 'start: "12.30"\n    end: "14.30"')
IDENTITY = {
    "GIT_AUTHOR_NAME": "Iben",
    "GIT_AUTHOR_EMAIL": "iik@vesterlyng.example",
    "GIT_COMMITTER_NAME": "Iben",
    "GIT_COMMITTER_EMAIL": "iik@vesterlyng.example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


class Checkout(MailedWorkspace):
    """A workspace in git whose first invitations have left."""

    def git(self, *words: str) -> str:
        command = ["git", "-c", "init.defaultBranch=main", *words]
        done = subprocess.run(
            command, cwd=self.root, check=True, capture_output=True, text=True, env=os.environ | IDENTITY
        )
        return done.stdout.strip()

    def commit(self, what: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", what)

    def leave(self, folder: Path | None = None) -> list[tuple[str, int]]:
        """One cycle with sending, here or in another folder: who got which SEQUENCE."""
        home, self.root = self.root, folder or self.root
        before = len(self.mailbox.letters)
        try:
            self.run("watch", "--once")
        finally:
            self.root = home
        letters = self.mailbox.letters[before:]
        return sorted((letter.recipients[0], int(letter.event["SEQUENCE"])) for letter in letters)


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    with Mailbox() as mailbox:
        checkout = Checkout(tmp_path / "workspace", mailbox)
        (checkout.root / ".gitignore").write_text("out/\n.hopdocs/\n", encoding="utf-8")
        checkout.git("init", "--quiet")
        checkout.commit("the families")
        checkout.run("notices", "start")
        assert checkout.leave()
        yield checkout


def test_whatever_git_does_to_history_tells_people_only_what_they_do_not_know(checkout: Checkout) -> None:
    """Acceptance case 39."""
    checkout.git("branch", "other", "HEAD")
    checkout.edit(FAMILY, *MOVE)
    checkout.commit("another hour")
    checkout.git("revert", "--no-edit", "HEAD")
    assert checkout.leave() == []  # taken back before anybody was told

    checkout.git("revert", "--no-edit", "HEAD")
    told = checkout.leave()
    assert {sequence for _, sequence in told} == {1}

    checkout.git("checkout", "--quiet", "other")
    (checkout.root / "README").write_text("Planer.\n", encoding="utf-8")
    checkout.commit("a readme")
    checkout.git("checkout", "--quiet", "main")
    before = checkout.git("rev-parse", "HEAD")
    checkout.git("rebase", "--quiet", "other")
    assert checkout.git("rev-parse", "HEAD") != before
    assert checkout.leave() == []  # every commit is another, every file was written anew, the data are the same

    checkout.git("revert", "--no-edit", "HEAD")
    assert checkout.leave() == [(who, 2) for who, _ in told]  # news to whoever holds the other hour, and no invitation
    assert checkout.leave() == []


def test_a_clone_or_a_copy_of_the_whole_folder_sends_nothing(checkout: Checkout, tmp_path: Path) -> None:
    """Acceptance case 39: a clone has no ledger, and a copy's ledger was started elsewhere. Both plan, and wait."""
    checkout.git("clone", "--quiet", ".", str(tmp_path / "clone"))
    checkout.edit(FAMILY, *MOVE)
    shutil.copytree(checkout.root, tmp_path / "copy")
    assert checkout.leave(tmp_path / "clone") == []
    assert checkout.leave(tmp_path / "copy") == []
    assert {sequence for _, sequence in checkout.leave()} == {1}
