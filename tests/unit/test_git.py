"""What is seen of a checkout."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
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
    marks = {"MERGE_HEAD": "git merge", "CHERRY_PICK_HEAD": "git cherry-pick", "REVERT_HEAD": "git revert"}
    for mark, command in (marks | {"index.lock": "git", "BISECT_START": "git bisect"}).items():
        (folder / ".git" / mark).touch()
        assert (checkout.unfinished(), checkout.command_under_way()) == (mark, command)
        (folder / ".git" / mark).unlink()
    assert checkout.command_under_way() == ""
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


def test_the_branch_is_known_without_git_and_detached_is_none(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _git(folder, "worktree", "add", "-b", "ny/gren-ø", str(tmp_path / "side"))
    _git(folder, "worktree", "add", "--detach", str(tmp_path / "loose"))
    monkeypatch.setenv("PATH", str(tmp_path))
    found = [find_checkout(path) for path in (folder, tmp_path / "side", tmp_path / "loose")]
    assert [item.branch() for item in found if item is not None] == ["main", "ny/gren-ø", ""]


def test_where_git_stores_another_form_the_commit_and_the_earlier_contents_are_found(folder: Path) -> None:
    (folder / ".gitattributes").write_text("*.yaml text eol=crlf\n", "utf-8")
    _git(folder, "add", "--all")
    _git(folder, "commit", "-m", "line ends")
    file = folder / "families/grøn-1.yaml"
    file.unlink()
    _git(folder, "checkout", "--", "families")
    checkout = find_checkout(folder)
    assert checkout is not None
    stored = checkout.committed_blobs(folder / "families")["grøn-1.yaml"]
    assert checkout.stored_blobs([file, folder / "families/none.yaml"]) == {file: stored}
    assert blob_id(file.read_bytes()) != stored
    assert checkout.commit_with(file, blob_id(file.read_bytes())) != ""
    assert list(checkout.earlier_contents(file)) == [b"id: A\r\n"]


def test_from_another_repositorys_hook_it_is_still_this_one_that_is_asked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hook inherits where its own repository is."""
    other = tmp_path / "other"
    other.mkdir()
    _git(other, "init", "-b", "main")
    checkout = find_checkout(folder)
    assert checkout is not None
    head, blobs = checkout.head(), checkout.committed_blobs(folder / "families")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    assert (checkout.head(), checkout.committed_blobs(folder / "families")) == (head, blobs)
    assert blobs


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


def test_a_file_is_read_as_it_stood_before_a_moment(folder: Path) -> None:
    file = folder / "families/grøn-1.yaml"
    file.write_text("id: A\nname: ny\n", "utf-8")
    _git(folder, "commit", "-am", "second")
    checkout = find_checkout(folder)
    assert checkout is not None
    assert checkout.contents_before(file, datetime(2099, 1, 1, tzinfo=UTC)) == file.read_bytes()
    assert checkout.contents_before(file, datetime(2000, 1, 1, tzinfo=UTC)) == b""
    assert checkout.contents_before(folder / "families/x.yaml", datetime(2099, 1, 1, tzinfo=UTC)) == b""


def test_no_program_that_lies_in_the_checkout_is_run(folder: Path, tmp_path: Path) -> None:
    """Hooks in a folder of the repository are what people push: they would run as the service."""
    _git(tmp_path, "clone", "-q", str(folder), str(tmp_path / "here"))
    here = find_checkout(tmp_path / "here")
    assert here is not None
    ran = tmp_path / "ran"
    for name in ("post-merge", "reference-transaction", "post-checkout", "monitor"):
        program = folder / ".hooks" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\ntouch '{ran}-{name}'\n", "utf-8")
        program.chmod(0o755)
    _git(folder, "add", ".")
    _git(folder, "commit", "-m", "hooks")
    _git(here.top, "pull", "-q", "--ff-only")
    _git(here.top, "config", "core.hooksPath", ".hooks")
    _git(here.top, "config", "core.fsmonitor", str(here.top / ".hooks/monitor"))
    (folder / "families/grøn-1.yaml").write_text("id: B\n", "utf-8")
    _git(folder, "commit", "-am", "second")

    assert here.pull("main")
    assert here.committed_blobs(here.top / "families")
    assert list(tmp_path.glob("ran-*")) == []
    _git(here.top, "status")
    assert list(tmp_path.glob("ran-*")), "they would have run: git alone runs them"
