"""What is seen of a checkout."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from hopdocs.git import GitFault, blob_id, find_checkout

if TYPE_CHECKING:
    from pathlib import Path


def _git(folder: Path, *words: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@vesterlyng.example"]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *identity, *words], cwd=folder, check=True, capture_output=True, env=environment, text=True
    )
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    work = tmp_path / "work"
    (work / "families").mkdir(parents=True)
    (work / "families/grøn-1.yaml").write_text("id: A\n", "utf-8")
    _git(work, "init", "-b", "main")
    _git(work, "add", ".")
    _git(work, "commit", "-m", "first")
    return work


def test_outside_git_there_is_no_checkout(tmp_path: Path) -> None:
    assert find_checkout(tmp_path) is None


def test_work_in_progress_is_seen_by_its_marks(folder: Path) -> None:
    checkout = find_checkout(folder / "families")
    assert checkout is not None
    assert checkout.unfinished() == ""
    for mark in ("index.lock", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"):
        (folder / ".git" / mark).touch()
        assert checkout.unfinished() == mark
        (folder / ".git" / mark).unlink()
    (folder / ".git/rebase-merge").mkdir()
    assert checkout.unfinished() == "rebase-merge"


def test_a_worktree_has_marks_of_its_own(folder: Path, tmp_path: Path) -> None:
    _git(folder, "worktree", "add", "-b", "side", str(tmp_path / "side"))
    side = find_checkout(tmp_path / "side")
    assert side is not None
    (side.git_folder / "MERGE_HEAD").touch()
    assert side.unfinished() == "MERGE_HEAD"
    here = find_checkout(folder)
    assert here is not None
    assert here.unfinished() == ""


def test_what_is_committed_is_known_without_asking_git_about_each_file(folder: Path) -> None:
    checkout = find_checkout(folder)
    assert checkout is not None
    assert checkout.branch() == "main"
    data = (folder / "families/grøn-1.yaml").read_bytes()
    assert checkout.committed_blobs(folder / "families") == {"grøn-1.yaml": blob_id(data)}


def test_a_pull_goes_forward_and_never_merges(folder: Path, tmp_path: Path) -> None:
    origin, server = tmp_path / "origin.git", tmp_path / "server"
    _git(tmp_path, "clone", "--bare", str(folder), str(origin))
    _git(tmp_path, "clone", str(origin), str(server))
    _git(folder, "remote", "add", "origin", str(origin))
    checkout = find_checkout(server)
    assert checkout is not None
    assert not checkout.pull("main")
    (folder / "families/grøn-1.yaml").write_text("id: B\n", "utf-8")
    _git(folder, "commit", "-am", "second")
    _git(folder, "push", "origin", "main")
    assert checkout.pull("main")
    with pytest.raises(GitFault):
        checkout.pull("another")
    (server / "families/grøn-1.yaml").write_text("id: C\n", "utf-8")
    _git(server, "commit", "-am", "local")
    (folder / "families/grøn-1.yaml").write_text("id: D\n", "utf-8")
    _git(folder, "commit", "-am", "third")
    _git(folder, "push", "origin", "main")
    with pytest.raises(GitFault) as caught:
        checkout.pull("main")
    assert caught.value.code == "HD523"
