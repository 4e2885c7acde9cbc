"""What `hopdocs forget` says: what will go, what went, what stays without a name, and what others still have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hopdocs.cli.console import both
from hopdocs.cycle.erasure.traces import files_that_name, previews_that_name, project_papers_that_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hopdocs.cli.verbs.forget.history import History
    from hopdocs.cycle.erasure.carrying_out import Erased, Erasure
    from hopdocs.cycle.erasure.traces import Traces
    from hopdocs.model.config import Config
    from hopdocs.workspace import Workspace


def say_plan(erasure: Erasure, traces: Traces, lost: int) -> str:
    """The question before anything is done; `lost` documents were never filed, and their files are gone."""
    gone = both(
        en=f"{lost} documents were never marked as filed, and their files are not here any more. ",
        da=f"{lost} dokumenter er aldrig meldt journaliseret, og deres filer er her ikke mere. ",
    )
    question = both(
        en=f"Delete {erasure.source}, {traces.attached} attachments and {traces.documents} files in "
        f"{traces.output.name}/ for good?",
        da=f"Slet {erasure.source}, {traces.attached} bilag og {traces.documents} filer i {traces.output.name}/ for "
        "altid?",
    )
    return f"{gone if lost else ''}{question}"


@dataclass(frozen=True, slots=True)
class Left:
    """What is for a person to look at, by path: where the family is still said, and what could not be read."""

    named: list[str]
    unread: list[str]


def list_left(workspace: Workspace, config: Config, erasure: Erasure, done: Erased) -> Left:
    """Where the family is still said, or may be: what people wrote, or changed, is theirs to look at."""
    searched = (
        files_that_name(workspace.root, erasure.known_by, emptied=workspace.ledger_path),
        project_papers_that_name(workspace.output(config.documents), erasure.known_by),
        previews_that_name(erasure.known_by),
    )
    named = [path for found in searched for path in found.named]
    unread = [path for found in searched for path in found.unread]
    return Left(
        _as_shown(workspace, named) + list(map(str, done.shared_mails)),
        _as_shown(workspace, unread) + list(map(str, done.unread_mails)),
    )


def _as_shown(workspace: Workspace, paths: list[Path]) -> list[str]:
    root = workspace.root
    shown = (path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path) for path in paths)
    return list(dict.fromkeys(shown))


def say_done(erasure: Erasure, done: Erased, history: History | None, left: Left) -> Iterator[str]:
    """Line by line."""
    yield both(
        en=f"{erasure.family} is forgotten: {erasure.source}, {done.copies} copies beside it, {done.attachments} "
        f"attachments, {done.documents} documents and pages, {done.mails} answers, and its rows in the cache.",
        da=f"{erasure.family} er slettet: {erasure.source}, {done.copies} kopier ved siden af, {done.attachments} "
        f"bilag, {done.documents} dokumenter og sider, {done.mails} svar, og rækkerne i mellemlageret.",
    )
    yield both(
        en=f"The ledger still knows, without names, addresses, titles and places, that {done.versions} papers were "
        f"made, that mail was sent under the case's id and when, and that {erasure.family} was forgotten.",
        da=f"Regnskabet ved stadig, uden navne, adresser, titler og steder, at der blev lavet {done.versions} papirer, "
        f"at der blev sendt mails under forløbets id og hvornår, og at {erasure.family} er slettet.",
    )
    if history is not None:
        yield both(
            en=f"git still has it, in {history.commits} commits. To remove it there, once everybody has pushed:",
            da=f"git har det stadig, i {history.commits} commits. Sådan fjernes det dér, når alle har pushet:",
        )
        for line in history.commands:
            yield f"  {line}"
        yield both(
            en="The server keeps it until its own reflog expire and gc have run there. Everybody else deletes the old "
            "clone and clones anew: an old one would bring it back.",
            da="Serveren har det, til reflog expire og gc også er kørt dér. Alle andre sletter deres gamle klon og "
            "kloner på ny: en gammel klon ville bringe det tilbage.",
        )
    if left.named:
        yield both(en="A name, the id or the case number still stands in:", da="Et navn, id eller sagsnummer står i:")
        for path in left.named:
            yield f"  {path}"
    if left.unread:
        yield both(
            en="These could not be read; look whether the family stands in them:",
            da="Disse kunne ikke læses; se efter, om familien står i dem:",
        )
        for path in left.unread:
            yield f"  {path}"
    yield both(
        en="Not reached: backups and clones, what was handed over or sent, the mail server's own log, and the records "
        "system.",
        da="Ikke nået: sikkerhedskopier og kloner, det, der er udleveret eller sendt, mailserverens egen log og "
        "fagsystemet.",
    )


def as_json(erasure: Erasure, done: Erased, history: History | None, left: Left) -> dict[str, Any]:
    """The same for programs."""
    return {
        "family": erasure.family,
        "source": erasure.source,
        "state": erasure.state,
        "copies": done.copies,
        "attachments": done.attachments,
        "documents": done.documents,
        "answers": done.mails,
        "kept_in_ledger": done.versions,
        "git": {"commits": history.commits, "commands": list(history.commands)} if history else None,
        "still_named_in": left.named,
        "not_read": left.unread,
    }
