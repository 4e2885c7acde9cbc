"""The git checkout that a workspace may stand in: is somebody at work in it, fetch what people pushed, what is in HEAD.

git itself does everything; nothing here writes into `.git` but `git pull --ff-only`. A lock is waited for, never
deleted: it belongs to whoever made it.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

PULL_SECONDS: Final = 60
_LOOK_SECONDS: Final = 20
_MOST_COMMITS: Final = 20
_SELECTORS: Final = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"}
)
"""What git gives to its hooks: from one of another repository, git would answer about that one."""
_REFUSAL: Final = b"dubious ownership"
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
_NOBODY_ASKS: Final = {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS": "", "GIT_PAGER": "cat"}

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
        return next((mark for mark in _UNFINISHED if (self.git_folder / mark).exists()), "")

    def command_under_way(self) -> str:
        """The command that has not come to its end: `git merge`; '' where none has."""
        mark = self.unfinished()
        return _UNFINISHED[mark] if mark else ""

    def head(self) -> str:
        """The commit that is checked out; '' before the first."""
        return self._ask("rev-parse", "--verify", "--quiet", "HEAD", may_fail=True).strip()

    def branch(self) -> str:
        """The branch that is checked out; '' where HEAD is detached. Read without git, which may be missing."""
        with suppress(OSError):
            head = (self.git_folder / "HEAD").read_text("utf-8", "surrogateescape").strip()
            if re.fullmatch(r"[0-9a-f]{40,64}", head):
                return ""
            name = head.removeprefix(_ON_BRANCH)
            if name not in (head, _REFTABLE):
                return name
        return self._ask("symbolic-ref", "--short", "--quiet", "HEAD", may_fail=True).strip()

    def pull(self, branch: str) -> bool:
        """Fetch and fast-forward to what was pushed to `branch`; whether anything came.

        Never a merge: where the two have parted a person has to look (`GitFault`).
        """
        here = self.branch()
        if here != branch:
            raise GitFault("HD523", detail=f"{here or 'detached HEAD'} != {branch}")
        before = self.head()
        self._ask("pull", "--ff-only", "--quiet", "--no-rebase", seconds=PULL_SECONDS)
        return self.head() != before

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
        inside = self._inside(path)
        words = ("log", "--no-renames", "--no-abbrev", "--raw", "--format=commit %H", "HEAD", "--", inside)
        commit = ""
        for line in self._ask(*words, may_fail=True).splitlines():
            if line.startswith("commit "):
                commit = line.removeprefix("commit ")
            elif line.startswith(":") and line.split()[3] == blob:  # :100644 100644 <old> <new> M<tab>path
                return commit
        return next((commit for commit, data in self._contents(path) if blob_id(data) == blob), "")

    def pushed_blob(self, path: Path) -> str:
        """The id of the file's contents as others have pushed them; '' if it is not among those."""
        where = f"@{{upstream}}:{self._inside(path)}"
        return self._ask("rev-parse", "--verify", "--quiet", where, may_fail=True).strip()

    def earlier_contents(self, path: Path) -> Iterator[bytes]:
        """The file as it stood on disk with the commits that touched it, the newest first."""
        return (data for _, data in self._contents(path))

    def commits_of(self, paths: Sequence[Path]) -> int:
        """How many commits of any branch touch one of these paths."""
        inside = [self._inside(path) for path in paths]
        return len(self._ask("log", "--all", "--format=%H", "--", *inside, may_fail=True).split())

    def contents_before(self, path: Path, moment: datetime) -> bytes:
        """The file as it stood on disk with the last commit before `moment`, which has a time zone; empty for none."""
        inside = self._inside(path)
        before = f"--before={moment.isoformat()}"
        commit = self._ask("rev-list", "--max-count=1", before, "HEAD", "--", inside, may_fail=True).strip()
        if not commit:
            return b""
        data = self._ask("cat-file", "--filters", f"{commit}:{inside}", may_fail=True)
        return data.encode("utf-8", "surrogateescape")

    def _contents(self, path: Path) -> Iterator[tuple[str, bytes]]:
        inside = self._inside(path)
        commits = self._ask("log", f"--max-count={_MOST_COMMITS}", "--format=%H", "HEAD", "--", inside, may_fail=True)
        for commit in commits.split():
            data = self._ask("cat-file", "--filters", f"{commit}:{inside}", may_fail=True)
            yield commit, data.encode("utf-8", "surrogateescape")

    def _inside(self, folder: Path) -> str:
        return folder.resolve().relative_to(self.top.resolve()).as_posix()

    def _ask(self, *words: str, seconds: float = _LOOK_SECONDS, may_fail: bool = False, told: bytes = b"") -> str:
        """What git answers. That it refuses the folder, since somebody else owns it, is never an empty answer."""
        code = "HD523" if words[0] == "pull" else "HD526"
        own = {name: value for name, value in os.environ.items() if name not in _SELECTORS}
        environment = {**own, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", **_NOBODY_ASKS}
        environment.setdefault("GIT_SSH_COMMAND", "ssh -oBatchMode=yes")
        try:
            done = subprocess.run(  # noqa: S603 - fixed words and a configured branch, no shell
                ["git", *_NOTHING_OF_THE_CHECKOUT, "-C", str(self.top), *words],  # noqa: S607 - the git that the operator has installed
                capture_output=True,
                timeout=seconds,
                check=False,
                env=environment,
                input=told,
                # Ctrl-C on the terminal is for hopdocs to answer, not for a pull to be cut in the middle.
                start_new_session=True,
            )
        except FileNotFoundError as err:
            raise GitFault("HD524") from err
        except subprocess.TimeoutExpired as err:
            raise GitFault(code, detail=f"git {words[0]}: {seconds:.0f} s") from err
        if done.returncode and (not may_fail or _REFUSAL in done.stderr):
            raise GitFault(code, detail=_own_line(done.stderr) or f"git {words[0]}: {done.returncode}")
        return done.stdout.decode("utf-8", "surrogateescape") if not done.returncode else ""


def find_checkout(start: Path) -> Checkout | None:
    """The checkout that `start` lies in; None outside git. Looks at names only, starts no process."""
    for folder in (start, *start.parents):
        mark = folder / ".git"
        if mark.is_dir():
            return Checkout(folder, mark)
        if mark.is_file():  # a worktree or submodule: "gitdir: <path>"
            text = mark.read_text("utf-8", "replace")
            if text.startswith("gitdir:"):
                return Checkout(folder, (folder / text.removeprefix("gitdir:").strip()).resolve())
    return None


def _own_line(said: bytes) -> str:
    """The reason among all that git says: what it adds may be advice, or what a filter had to say."""
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    reasons = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return (sorted(reasons, key=lambda line: not line.startswith("fatal:")) or lines[-1:] or [""])[0][:300]


def blob_id(data: bytes) -> str:
    """The id that git gives these contents (git-hash-object) where it changes nothing of them, without asking git."""
    return hashlib.sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()
