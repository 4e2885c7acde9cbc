"""What git has of a family, under every name that its file ever had, and the commands that remove it from there."""

from __future__ import annotations

import shlex
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.erasure.traces import is_beside
from hopdocs.git import find_checkout

if TYPE_CHECKING:
    from hopdocs.workspace import Workspace

_MESSAGE: Final = "Remove a family"


@dataclass(frozen=True, slots=True)
class History:
    """What git has of a family: in how many commits, and the paths as git names them.

    `has_filter_repo`: whether the program is there that git's own manual recommends; else the commands are git's own.
    """

    commits: int
    paths: tuple[str, ...]
    has_filter_repo: bool

    @property
    def commands(self) -> tuple[str, ...]:
        """How somebody removes it, from the top of the checkout: the commit, the rewriting, and what git keeps."""
        begun = (
            shlex.join(["git", "rm", "-r", "--cached", "--quiet", "--ignore-unmatch", "--", *self.paths]),
            f'git commit -m "{_MESSAGE}"',
        )
        return (*begun, *(self._filter_repo() if self.has_filter_repo else self._filter_branch()), *_EVERYWHERE)

    def _filter_repo(self) -> tuple[str, ...]:
        paths = [word for path in self.paths for word in ("--path", path)]
        return (shlex.join(["git", "filter-repo", "--force", "--invert-paths", *paths]),)

    def _filter_branch(self) -> tuple[str, ...]:
        remove = shlex.join(["git", "rm", "-r", "--cached", "--quiet", "--ignore-unmatch", "--", *self.paths])
        words = ["git", "filter-branch", "--force", "--index-filter", remove, "--tag-name-filter", "cat", "--", "--all"]
        return (
            f"FILTER_BRANCH_SQUELCH_WARNING=1 {shlex.join(words)}",
            "git for-each-ref --format='delete %(refname)' refs/original | git update-ref --stdin",
        )


_EVERYWHERE: Final = (
    "git reflog expire --expire=now --expire-unreachable=now --all",
    "git gc --prune=now",
    "git push --force --all && git push --force --tags",
)


def find_history(workspace: Workspace, source: str) -> History | None:
    """What git has of the family's file and attachments; None outside git, and if git has nothing.

    A git that refuses is no git that has nothing (`GitFault`): it is asked before anything is deleted.
    """
    checkout = find_checkout(workspace.root)
    if checkout is None:
        return None
    file, top = workspace.root / source, checkout.top.resolve()
    commits = checkout.commits_of([file, workspace.attachments(source)])
    called = (file.resolve().relative_to(top).as_posix(), *checkout.names_of(file))
    beside = checkout.names_like(file.parent, file.stem)
    names = [name for path in dict.fromkeys(called) for name in (path, path.removesuffix(".yaml"))]
    names += [name for name in beside if is_beside(name.rpartition("/")[2], file.name)]
    has_filter_repo = shutil.which("git-filter-repo") is not None
    return History(commits, tuple(dict.fromkeys(names)), has_filter_repo) if commits else None
