"""The git checkout that a workspace may stand in: is somebody at work in it, fetch what people pushed, what is in HEAD.

git itself does everything; nothing here writes into `.git` but `git fetch`, a merge that only goes forward, and a new
workspace's first commit. A lock is waited for, never deleted: it belongs to whoever made it.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import stat
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

PULL_SECONDS: Final = 300
"""A pull that is broken off begins from nothing the next time: a slow one gets its time, a silent server does not."""
SILENT_SECONDS: Final = 20
"""How long a server may say nothing at all."""
_LOOK_SECONDS: Final = 20
_STEP_SECONDS: Final = 0.2
_GRACE_SECONDS: Final = 3.0
"""For git to take its locks away and go, before it is killed."""
_MOST_COMMITS: Final = 20
_SELECTORS: Final = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"}
)
"""What git gives to its hooks: from one of another repository, git would answer about that one."""
_NOTHING_OF_THE_CHECKOUT: Final = tuple(
    word
    for setting in (
        "core.hooksPath=/dev/null",
        "core.fsmonitor=false",
        "submodule.recurse=false",
        "fetch.recurseSubmodules=false",
        "protocol.ext.allow=never",
        "log.showSignature=false",
    )
    for word in ("-c", setting)
)
"""No program of the checkout runs beside git: a hook or a monitor that lies among what people push would be run as the
service. The filters that a file needs (git-crypt, git-lfs) stay, and so does what the operator set for the machine."""
_NOBODY_ASKS: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "SSH_ASKPASS_REQUIRE": "never",
    "GCM_INTERACTIVE": "never",
    "GIT_PAGER": "cat",
}
_PROTOCOLS: Final = "file:git:http:https:ssh"
"""None that runs a program which a remote's address names, unless the operator has set others."""
_SSH: Final = f"ssh -oBatchMode=yes -oConnectTimeout={SILENT_SECONDS} -oServerAliveInterval=5 -oServerAliveCountMax=4"
_HTTP: Final = ("-c", "http.lowSpeedLimit=1", "-c", f"http.lowSpeedTime={SILENT_SECONDS}")
_REASONS: Final = ("fatal:", "error:")
_SECRET: Final = re.compile(r"(?<=://)[^/@\s']+(?=@)")
"""The name and password in an address."""

_UNFINISHED: Final = {
    "index.lock": "git",
    "MERGE_HEAD": "git merge",
    "rebase-merge": "git rebase",
    "rebase-apply": "git rebase",
    "CHERRY_PICK_HEAD": "git cherry-pick",
    "REVERT_HEAD": "git revert",
    "sequencer": "git cherry-pick",
    "BISECT_START": "git bisect",
    "BISECT_LOG": "git bisect",
}
"""Marks of work that is not done, and the command that is doing it: the files are half of two worlds, or as they were
on a day that somebody looks for a mistake in."""

_ON_BRANCH: Final = "ref: refs/heads/"
_REFTABLE: Final = ".invalid"
"""What stands in HEAD where the references are kept in another way: only git knows them."""


class GitFault(EnvironmentFault):
    """git is missing, or could not do what was asked."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A working tree: `top` is its root, `git_folder` its own `.git`, also where that is a worktree's."""

    top: Path
    git_folder: Path

    def unfinished(self) -> str:
        """The mark of work in progress, or ''. Two or three look-ups of names, no process."""
        return next((mark for mark in _UNFINISHED if _kind(self.git_folder / mark)), "")

    def command_under_way(self) -> str:
        """The command that has not come to its end: `git merge`; '' where none has."""
        mark = self.unfinished()
        return _UNFINISHED[mark] if mark else ""

    def begin(self, files: Sequence[str], message: str, email: str) -> None:
        """Make the repository, with a first commit of `files`, for the one who runs this alone to read.

        Whoever has not told git yet her name or her address commits as hopdocs, or from `email`.
        """
        self._ask("init", "--quiet", "--template=", "--initial-branch=main")
        self._ask("config", "core.sharedRepository", "0600")
        self._ask("add", "--", *files)
        usual = {"user.name": "hopdocs", "user.email": email}
        unknown = [key for key in usual if not self._ask("config", "--get", key, may_be_nothing=True)]
        identity = [word for key in unknown for word in ("-c", f"{key}={usual[key]}")]
        self._ask(*identity, "-c", "commit.gpgsign=false", "commit", "--quiet", "--no-verify", "--message", message)

    def head(self) -> str:
        """The commit that is checked out; '' before the first."""
        commit = self._ask("rev-parse", "--verify", "--quiet", "HEAD", may_be_nothing=True).strip()
        if not commit:  # no commit yet is a branch without one; all else is a broken reference, which git names here
            self._ask("symbolic-ref", "--quiet", "HEAD")
        return commit

    def branch(self) -> str:
        """The branch that is checked out; '' where HEAD is detached. Read without git, which may be missing."""
        with suppress(OSError):
            head = (self.git_folder / "HEAD").read_text("utf-8", "surrogateescape").strip()
            if re.fullmatch(r"[0-9a-f]{40,64}", head):
                return ""
            name = head.removeprefix(_ON_BRANCH)
            if name not in (head, _REFTABLE):
                return name
        return self._ask("symbolic-ref", "--short", "--quiet", "HEAD", may_be_nothing=True).strip()

    def pull(self, branch: str, may_go_on: Callable[[], bool] = lambda: True) -> bool:
        """Fetch and fast-forward to what was pushed to `branch`; whether anything came.

        Never a merge: where the two have parted a person has to look (`GitFault`). Nor does anything that git ignores
        give way, as it would in `git pull`: a pushed file called `.hopdocs` would take the ledger's place.
        """
        here = self.branch()
        if here != branch:
            raise GitFault("HD523", detail=f"{here or 'detached HEAD'} != {branch}")
        before = self.head()
        self._ask("fetch", "--quiet", "--no-recurse-submodules", seconds=PULL_SECONDS, may_go_on=may_go_on)
        forward = ("merge", "--ff-only", "--quiet", "--no-overwrite-ignore", "@{upstream}")
        self._ask(*forward, seconds=PULL_SECONDS, may_go_on=may_go_on)
        return self.head() != before

    def ask_server(self) -> None:
        """Ask the server of the upstream branch whether it is there; a `GitFault` says why not. Changes nothing."""
        self._ask("ls-remote", "--quiet", "--exit-code", "--heads")

    def committed_blobs(self, folder: Path) -> dict[str, str]:
        """By path below `folder`: the ids of the blobs that stand in HEAD; nothing before the first commit."""
        if not self.head():
            return {}
        listing = self._ask("ls-tree", "-r", "-z", "--full-tree", "HEAD", "--", self._inside(folder))
        found: dict[str, str] = {}
        prefix = self._inside(folder).rstrip("/") + "/"
        for line in filter(None, listing.split("\0")):
            facts, _, path = line.partition("\t")
            found[path.removeprefix(prefix)] = facts.split()[2]
        return found

    def stored_blobs(self, files: Sequence[Path]) -> dict[Path, str]:
        """By file: the id of what git would store of it, with line ends and filters (git-crypt) as .gitattributes say.

        The bytes on disk and those in the commit are others where git changes them on the way.
        """
        there = [file for file in files if file.is_file()]
        if not there:
            return {}
        names = "".join(f"{self._inside(file)}\n" for file in there)
        ids = self._ask("hash-object", "--stdin-paths", told=names.encode("utf-8", "surrogateescape")).split()
        return dict(zip(there, ids, strict=True))

    def commit_with(self, path: Path, blob: str) -> str:
        """The commit that gave the file at `path` these contents, the newest where there are several; '' for none."""
        if not self.head():
            return ""
        inside = self._inside(path)
        words = ("log", "--no-renames", "--no-abbrev", "--raw", "--format=commit %H", "HEAD", "--", inside)
        commit = ""
        for line in self._ask(*words).splitlines():
            if line.startswith("commit "):
                commit = line.removeprefix("commit ")
            elif line.startswith(":") and line.split()[3] == blob:  # :100644 100644 <old> <new> M<tab>path
                return commit
        return next((commit for commit, data in self._contents(path) if blob_id(data) == blob), "")

    def pushed_blob(self, path: Path) -> str:
        """The id of the file's contents as others have pushed them; '' if it is not among those."""
        where = f"@{{upstream}}:{self._inside(path)}"
        return self._ask("rev-parse", "--verify", "--quiet", where, may_be_nothing=True).strip()

    def earlier_contents(self, path: Path) -> Iterator[bytes]:
        """The file as it stood on disk with the commits that touched it, the newest first."""
        return (data for _, data in self._contents(path))

    def commits_of(self, paths: Sequence[Path]) -> int:
        """How many commits of any branch touch one of these paths."""
        inside = [self._inside(path) for path in paths]
        return len(self._ask("log", "--all", "--format=%H", "--", *inside).split())

    def names_of(self, path: Path) -> tuple[str, ...]:
        """What a file was ever called, from the top of the checkout, as far as git can follow it."""
        return self._names("--follow", "--", self._inside(path))

    def names_like(self, folder: Path, part: str) -> tuple[str, ...]:
        """Every name that ever stood in a folder and has `part` in it, from the top of the checkout."""
        return self._names("--", f":(glob){self._inside(folder)}/*{part}*")

    def _names(self, *words: str) -> tuple[str, ...]:
        said = self._ask("log", "--all", "--format=", "--name-only", "-z", *words)
        return tuple(dict.fromkeys(filter(None, said.replace("\n", "\0").split("\0"))))

    def contents_before(self, path: Path, moment: datetime) -> bytes:
        """The file as it stood on disk with the last commit before `moment`, which has a time zone; empty for none."""
        if not self.head():
            return b""
        inside = self._inside(path)
        before = f"--before={moment.isoformat()}"
        commit = self._ask("rev-list", "--max-count=1", before, "HEAD", "--", inside).strip()
        return self._content(commit, inside) if commit else b""

    def _contents(self, path: Path) -> Iterator[tuple[str, bytes]]:
        if not self.head():
            return
        inside = self._inside(path)
        for commit in self._ask("log", f"--max-count={_MOST_COMMITS}", "--format=%H", "HEAD", "--", inside).split():
            yield commit, self._content(commit, inside)

    def _content(self, commit: str, inside: str) -> bytes:
        """The file as that commit has it on disk; empty where it took the file away."""
        try:
            return self._ask("cat-file", "--filters", f"{commit}:{inside}").encode("utf-8", "surrogateescape")
        except GitFault:
            if self._ask("ls-tree", "-z", "--full-tree", commit, "--", inside):
                raise
            return b""

    def _inside(self, folder: Path) -> str:
        return folder.resolve().relative_to(self.top.resolve()).as_posix()

    def _ask(
        self,
        *words: str,
        seconds: float = _LOOK_SECONDS,
        may_be_nothing: bool = False,
        told: bytes = b"",
        may_go_on: Callable[[], bool] = lambda: True,
    ) -> str:
        """What git answers. A refusal is never an empty answer: only a quiet 1, which says "there is none", is one."""
        pulls = words[0] in ("fetch", "merge")
        code = "HD523" if pulls else "HD526"
        command = ["git", *_NOTHING_OF_THE_CHECKOUT, *(_HTTP if pulls else ()), "-C", str(self.top), *words]
        try:
            status, out, said = _run(command, self._environment(pulls=pulls), told, seconds, may_go_on)
        except FileNotFoundError as err:
            raise GitFault("HD524") from err
        except TimeoutError as err:
            raise GitFault(code, detail=f"git {words[0]}: {seconds:.0f} s") from err
        except OSError as err:  # no process to be had, or no right to start git
            raise GitFault(code, detail=f"git {words[0]}: {err.strerror}") from err
        own_line = _own_line(said)
        if status and not (may_be_nothing and status == 1 and not own_line.startswith(_REASONS)):
            raise GitFault(code, detail=own_line or f"git {words[0]}: {status}")
        return out.decode("utf-8", "surrogateescape") if not status else ""

    def _environment(self, *, pulls: bool) -> dict[str, str]:
        """This process's own, so that git asks nobody, and looks for no repository above one that is broken."""
        own = {name: value for name, value in os.environ.items() if name not in _SELECTORS}
        environment = {
            "GIT_ALLOW_PROTOCOL": _PROTOCOLS,
            **own,
            **_NOBODY_ASKS,
            "GIT_OPTIONAL_LOCKS": "0",
            "LC_ALL": "C",
        }
        environment["GIT_CEILING_DIRECTORIES"] = str(self.top.parent)
        # What stands in git's own settings is the operator's word too, and the environment would go before it.
        has_word = {"GIT_SSH", "GIT_SSH_COMMAND"} & own.keys()
        if pulls and not has_word and not self._ask("config", "--get", "core.sshCommand", may_be_nothing=True):
            environment["GIT_SSH_COMMAND"] = _SSH
        return environment


def _run(
    command: Sequence[str], environment: dict[str, str], told: bytes, seconds: float, may_go_on: Callable[[], bool]
) -> tuple[int, bytes, bytes]:
    """Status, output and complaints of a command; `TimeoutError` once it is over its time, and nothing of it is left.

    git starts programs of its own, which outlive it and hold the connection: all of them are a group, and end together.
    """
    deadline = time.monotonic() + seconds
    # A session of its own also because Ctrl-C is for hopdocs to answer, not for a pull to be cut in the middle.
    process = subprocess.Popen(  # noqa: S603 - fixed words and a configured branch, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )
    with process:
        while True:
            try:
                out, err = process.communicate(told or None, timeout=min(_STEP_SECONDS, seconds))
            except subprocess.TimeoutExpired:
                told = b""  # what was not taken yet is remembered
                if time.monotonic() >= deadline or not may_go_on():
                    _end_group(process)
                    raise TimeoutError from None
            except BaseException:
                _end_group(process)
                raise
            else:
                return process.returncode, out, err


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End it with all that it started: asked to, so that no lock is left behind, and then killed.

    The group's number is nobody else's before its first process has been waited for.
    """
    if process.returncode is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    ends = time.monotonic() + _GRACE_SECONDS
    while time.monotonic() < ends and not os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        time.sleep(_STEP_SECONDS / 4)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with suppress(ProcessLookupError):
        while time.monotonic() < ends:  # until the system has buried the last one
            os.killpg(process.pid, 0)
            time.sleep(_STEP_SECONDS / 20)


def find_checkout(start: Path) -> Checkout | None:
    """The checkout that `start` lies in; None outside git. Looks at names only, starts no process.

    A `.git` that the disk or the rights withhold is no missing one: whoever asks it something is told.
    """
    for folder in (start, *start.parents):
        mark = folder / ".git"
        try:
            kind = _kind(mark)
            text = mark.read_text("utf-8", "replace") if kind == stat.S_IFREG else ""
        except (GitFault, OSError):
            return Checkout(folder, mark)
        if kind == stat.S_IFDIR:
            return Checkout(folder, mark)
        if text.startswith("gitdir:"):  # a worktree or submodule: "gitdir: <path>"
            return Checkout(folder, (folder / text.removeprefix("gitdir:").strip()).resolve())
    return None


def _kind(path: Path) -> int:
    """What kind of thing a name stands for; 0 if there is none, `GitFault` if nobody can tell."""
    try:
        return stat.S_IFMT(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as err:
        raise GitFault("HD526", detail=f"{path.name}: {err.strerror}") from err


def _own_line(said: bytes) -> str:
    """The reason among all that git says: what it adds may be advice, or what a filter had to say."""
    text = _SECRET.sub("***", said.decode("utf-8", "replace"))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    reasons = [line for line in lines if line.startswith(_REASONS)]
    return (sorted(reasons, key=lambda line: not line.startswith("fatal:")) or lines[-1:] or [""])[0][:300]


def blob_id(data: bytes) -> str:
    """The id that git gives these contents (git-hash-object) where it changes nothing of them, without asking git."""
    return hashlib.sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()
