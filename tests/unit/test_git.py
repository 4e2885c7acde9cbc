"""What is seen of a checkout."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from hopdocs import git as git_module
from hopdocs.git import Checkout, GitFault, blob_id, find_checkout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Of a server that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as server:
        yield int(server.getsockname()[1])


def _processes_of(folder: Path) -> list[str]:
    """The command lines of all processes that were told of this folder or work in it."""
    found = []
    for process in Path("/proc").iterdir():
        with suppress(OSError):
            words = (process / "cmdline").read_bytes().decode().split("\0")
            if process.name.isdigit() and words[0] and str(folder) in {*words, str((process / "cwd").readlink())}:
                found.append(" ".join(words))
    return found


def _follow(folder: Path, address: str) -> Checkout:
    """The checkout, with a branch that comes from there."""
    _git(folder, "remote", "add", "origin", address)
    _git(folder, "config", "branch.main.remote", "origin")
    _git(folder, "config", "branch.main.merge", "refs/heads/main")
    checkout = find_checkout(folder)
    assert checkout is not None
    return checkout


@pytest.mark.parametrize("scheme", ["git", "http"])
def test_of_a_pull_from_a_server_that_hangs_nothing_is_left(
    folder: Path, silent_port: int, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = _follow(folder, f"{scheme}://127.0.0.1:{silent_port}/families.git")
    sent = {"git": " fetch --quiet", "http": "git remote-http"}[scheme]

    def is_on_its_way() -> bool:
        if any(sent in line or sent.replace(" ", "-") in line for line in _processes_of(folder)):
            late = SimpleNamespace(monotonic=lambda: time.monotonic() + 1000, sleep=time.sleep)
            monkeypatch.setattr(git_module, "time", late)
        return True

    with pytest.raises(GitFault) as caught:
        checkout.pull("main", is_on_its_way)
    assert (caught.value.code, caught.value.params) == ("HD523", {"detail": "git fetch: 300 s"})
    assert _processes_of(folder) == []
    assert checkout.unfinished() == ""


def test_a_pull_is_broken_off_where_the_service_ends(folder: Path, silent_port: int) -> None:
    checkout = _follow(folder, f"git://127.0.0.1:{silent_port}/families.git")
    with pytest.raises(GitFault):
        checkout.pull("main", lambda: False)
    assert _processes_of(folder) == []


def test_a_server_that_asks_for_a_password_gets_an_end_and_nobody_a_question(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Guarded(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="families"')
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    asked = tmp_path / "asked"
    dialog = tmp_path / "dialog"
    dialog.write_text(f"#!/bin/sh\ntouch {asked}\n", "utf-8")
    dialog.chmod(0o700)
    monkeypatch.setenv("SSH_ASKPASS", str(dialog))
    with HTTPServer(("127.0.0.1", 0), Guarded) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        checkout = _follow(folder, f"http://anna:hemmelig@127.0.0.1:{server.server_port}/families.git")
        with pytest.raises(GitFault) as caught:
            checkout.pull("main")
        server.shutdown()
    assert caught.value.params["detail"].startswith("fatal: ")
    assert "hemmelig" not in caught.value.params["detail"]
    assert not asked.exists()


def test_what_the_operator_says_of_ssh_stands_and_else_the_connection_has_bounds(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, ssh = tmp_path / "told", tmp_path / "ssh"
    ssh.write_text(f'#!/bin/sh\necho "$@" >>{told}\nexit 255\n', "utf-8")
    ssh.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.delenv("GIT_SSH_COMMAND", raising=False)
    monkeypatch.delenv("GIT_SSH", raising=False)
    checkout = _follow(folder, "git@git.vesterlyng.example:families.git")
    for words in ([], ["core.sshCommand", f"{ssh} -i key"]):
        if words:
            _git(folder, "config", *words)
        with pytest.raises(GitFault):
            checkout.pull("main")
    bounded, own = told.read_text("utf-8").splitlines()
    assert "-oBatchMode=yes" in bounded
    assert "-oConnectTimeout=" in bounded
    assert "-oServerAliveInterval=" in bounded
    assert own.startswith("-i key")
    assert "-oConnectTimeout=" not in own


def _lose_the_objects(folder: Path) -> None:
    for file in (folder / ".git/objects").glob("??/*"):
        file.chmod(0o600)
        file.write_bytes(b"no object")


def _lose_the_reference(folder: Path) -> None:
    (folder / ".git/refs/heads/main").write_bytes(b"")


def _lose_head(folder: Path) -> None:
    (folder / ".git/HEAD").write_bytes(b"\0\0\0\0")


def _let_it_be_anothers(_folder: Path) -> None:
    os.environ["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"


@pytest.mark.parametrize("lose", [_lose_the_objects, _lose_the_reference, _lose_head, _let_it_be_anothers])
def test_a_checkout_that_git_cannot_read_is_no_empty_one(
    folder: Path, lose: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "0")
    file = folder / "families/grøn-1.yaml"
    blob = blob_id(file.read_bytes())
    lose(folder)
    checkout = find_checkout(folder)
    assert checkout is not None
    questions: list[Callable[[], object]] = [
        lambda: checkout.committed_blobs(folder / "families"),
        lambda: checkout.commit_with(file, blob),
        lambda: list(checkout.earlier_contents(file)),
        lambda: checkout.contents_before(file, datetime(2099, 1, 1, tzinfo=UTC)),
        lambda: checkout.commits_of([file]),
    ]
    for question in questions:
        with pytest.raises(GitFault) as caught:
            question()
        assert caught.value.code == "HD526"
        assert caught.value.params["detail"].startswith(("fatal: ", "error: ")), "git's own line"


def test_before_the_first_commit_there_is_nothing_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "families").mkdir()
    file = tmp_path / "families/hop-1.yaml"
    file.write_text("id: A\n", "utf-8")
    _git(tmp_path, "init", "-b", "main")
    checkout = find_checkout(tmp_path)
    assert checkout is not None
    assert checkout.head() == ""
    assert checkout.commit_with(file, "0") == ""
    assert checkout.contents_before(file, datetime(2099, 1, 1, tzinfo=UTC)) == b""
    assert list(checkout.earlier_contents(file)) == []
    assert checkout.commits_of([file]) == 0


def test_a_file_that_a_commit_took_away_was_empty_then(folder: Path) -> None:
    _git(folder, "rm", "families/grøn-1.yaml")
    _git(folder, "commit", "-m", "gone")
    checkout = find_checkout(folder)
    assert checkout is not None
    assert list(checkout.earlier_contents(folder / "families/grøn-1.yaml")) == [b"", b"id: A\n"]


def test_a_git_folder_that_cannot_be_looked_at_is_no_missing_one(folder: Path) -> None:
    (folder / ".git").rename(folder / ".git.away")
    (folder / ".git").symlink_to(".git")
    checkout = find_checkout(folder)
    assert checkout is not None
    with pytest.raises(GitFault) as caught:
        checkout.unfinished()
    assert (caught.value.code, caught.value.params["detail"]) == (
        "HD526",
        "index.lock: Too many levels of symbolic links",
    )


def test_no_push_takes_the_place_of_what_git_ignores(folder: Path, tmp_path: Path) -> None:
    """git pull overwrites ignored files: the ledger and all documents would go for what was pushed."""
    (folder / ".gitignore").write_text("out/\n.hopdocs/\n", "utf-8")
    _git(folder, "add", ".")
    _git(folder, "commit", "-m", "ignored")
    _git(tmp_path, "clone", "-q", str(folder), str(tmp_path / "here"))
    here = find_checkout(tmp_path / "here")
    assert here is not None
    for name in ("out/letter.docx", ".hopdocs/ledger.db"):
        (here.top / name).parent.mkdir()
        (here.top / name).write_text("kept", "utf-8")
    (folder / ".gitignore").write_text("", "utf-8")
    (folder / ".hopdocs").write_text("evil", "utf-8")
    (folder / "out").symlink_to("/etc")
    _git(folder, "add", ".")
    _git(folder, "commit", "-m", "evil")
    with pytest.raises(GitFault) as told:
        here.pull("main")
    assert "would lose" in told.value.params["detail"]
    assert (here.top / "out/letter.docx").read_text("utf-8") == "kept"
    assert (here.top / ".hopdocs/ledger.db").read_text("utf-8") == "kept"
