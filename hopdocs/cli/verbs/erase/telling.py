"""What `hopdocs erase` says: what will go, what went, what stays without a name, and what others still have."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hopdocs.cli.console import both
from hopdocs.git import GitFault, find_checkout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.cycle.erasure.carrying_out import Erased, Erasure
    from hopdocs.cycle.erasure.traces import Traces
    from hopdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class History:
    """What git has of a family: in how many commits, and the paths as git names them."""

    commits: int
    paths: tuple[str, ...]

    @property
    def commands(self) -> tuple[str, ...]:
        """How somebody removes it from there, and from every copy."""
        paths = [word for path in self.paths for word in ("--path", path)]
        return (
            shlex.join(["git", "add", "--all", "--", self.paths[0].rpartition("/")[0] or "."]),
            'git commit -m "Remove a family that said no"',
            shlex.join(["git", "filter-repo", "--force", "--invert-paths", *paths]),
            "git push --force --all",
        )


def find_history(workspace: Workspace, source: str) -> History | None:
    """What git has of the family's file and attachments; None outside git, and if git has nothing."""
    checkout = find_checkout(workspace.root)
    if checkout is None:
        return None
    files = [workspace.root / source, workspace.attachments(source)]
    try:
        commits = checkout.commits_of(files)
    except GitFault:
        return None
    top = checkout.top.resolve()
    paths = tuple(path.resolve().relative_to(top).as_posix() for path in files)
    return History(commits, paths) if commits else None


def say_plan(erasure: Erasure, traces: Traces) -> str:
    """The question before anything is done."""
    return both(
        en=f"Delete {erasure.source}, {traces.attached} attachments and {traces.documents} files in "
        f"{traces.output.name}/ for good?",
        da=f"Slet {erasure.source}, {traces.attached} bilag og {traces.documents} filer i {traces.output.name}/ for "
        "altid?",
    )


def say_done(erasure: Erasure, done: Erased, history: History | None, left: list[str]) -> Iterator[str]:
    """Line by line."""
    yield both(
        en=f"{erasure.family} is erased: {erasure.source}, {done.copies} copies beside it, {done.attachments} "
        f"attachments, {done.documents} documents and pages, and its rows in the cache.",
        da=f"{erasure.family} er slettet: {erasure.source}, {done.copies} kopier ved siden af, {done.attachments} "
        f"bilag, {done.documents} dokumenter og sider, og rækkerne i mellemlageret.",
    )
    yield both(
        en=f"The ledger still knows, without names, that {done.versions} papers were made, what was told to "
        f"professionals by the case's id, and that {erasure.family} was erased.",
        da=f"Regnskabet ved stadig, uden navne, at der blev lavet {done.versions} papirer, hvad fagpersoner fik at "
        f"vide under forløbets id, og at {erasure.family} er slettet.",
    )
    if history is not None:
        yield both(
            en=f"git still has it, in {history.commits} commits. To remove it there, in a fresh clone:",
            da=f"git har det stadig, i {history.commits} commits. Sådan fjernes det dér, i en frisk klon:",
        )
        for line in history.commands:
            yield f"  {line}"
        yield both(
            en="Everybody else then clones anew: an old clone would bring it back.",
            da="Alle andre kloner derefter på ny: en gammel klon ville bringe det tilbage.",
        )
    if left:
        yield both(en="A name still stands in:", da="Et navn står stadig i:")
        for path in left:
            yield f"  {path}"
    yield both(
        en="Not reached: backups, what was handed over or sent, and the records system.",
        da="Ikke nået: sikkerhedskopier, det, der er udleveret eller sendt, og fagsystemet.",
    )


def as_json(erasure: Erasure, done: Erased, history: History | None, left: list[str]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "family": erasure.family,
        "source": erasure.source,
        "state": erasure.state,
        "copies": done.copies,
        "attachments": done.attachments,
        "documents": done.documents,
        "kept_in_ledger": done.versions,
        "git": {"commits": history.commits, "commands": list(history.commands)} if history else None,
        "still_named_in": left,
    }
