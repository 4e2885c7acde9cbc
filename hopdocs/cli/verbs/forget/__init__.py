"""`hopdocs forget FAMILY`: everything that is kept of a family is deleted, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb

if TYPE_CHECKING:
    from hopdocs.cycle.erasure.carrying_out import Erasure
    from hopdocs.workspace import Workspace


@verb(
    help=both(
        en="Delete everything that is kept of a family: its file, attachments, documents, what was handed over, its "
        "page, the answers about its meetings, and every name in the cache and the ledger. The ledger keeps that "
        "papers were made and mail was sent, and when, without a name. A course that goes on is refused, and so is "
        "what the records system does not have yet (`hopdocs dispatch journal --mark`). Stop "
        "the service first.\n\n"
        "What git and others still have, hopdocs cannot reach; it says what that is, and how to remove it.",
        da="Slet alt, der er gemt om en familie: filen, bilagene, dokumenterne, det udleverede, siden, svarene om dens "
        "møder og hvert navn i mellemlageret og regnskabet. Regnskabet ved stadig, at der blev lavet papirer og sendt "
        "mails, og hvornår, men uden navne. Et forløb, der er i gang, bliver afvist, og det samme gør det, fagsystemet "
        "ikke har endnu (`hopdocs dispatch journal --mark`). Stands tjenesten først.\n\n"
        "Det, git og andre stadig har, kan hopdocs ikke nå; den siger, hvad det er, og hvordan det fjernes.",
    ),
    examples=("hopdocs forget HOP-2026-009", "hopdocs forget HOP-2026-009 --yes --format json"),
)
@click.argument("family", metavar="FAMILY")
@click.option("--yes", is_flag=True, help=both(en="Do not ask.", da="Spørg ikke."))
@click.option(
    "--early",
    is_flag=True,
    help=both(en="Before `records: retention_days:` has passed.", da="Før tiden i `records: retention_days:` er gået."),
)
@format_option("json")
@click.pass_obj
def command(invocation: Invocation, family: str, *, yes: bool, early: bool, output: str) -> None:
    """Decides, asks, forgets, and says what was done."""
    from hopdocs.cli.verbs.forget import deciding, history, telling  # noqa: PLC0415 - reads every layer
    from hopdocs.cli.workspace_loading import clock_of, read_config  # noqa: PLC0415
    from hopdocs.cycle.erasure.carrying_out import erase_family  # noqa: PLC0415
    from hopdocs.cycle.erasure.traces import find_traces  # noqa: PLC0415
    from hopdocs.cycle.session import Session  # noqa: PLC0415
    from hopdocs.notices.sending.sender_lock import SenderLock  # noqa: PLC0415
    from hopdocs.watching.mail_sender import SENDER_LOCK  # noqa: PLC0415

    workspace, config = read_config(invocation)
    erasure, lost = _begun(workspace, family), 0
    if erasure is None:
        erasure, lost = deciding.decide(invocation, workspace, config, family, early=early)
    known_to_git = history.find_history(workspace, erasure.source)
    traces = find_traces(workspace, config.documents, erasure.source, erasure.family)
    if not yes and not _agrees(telling.say_plan(erasure, traces, lost)):
        raise click.Abort
    clock = clock_of(invocation, config)
    with Session(workspace, clock) as session, SenderLock(workspace.state / SENDER_LOCK):
        done = erase_family(erasure, session, clock, config)
    left = telling.list_left(workspace, config, erasure, done)
    if output == "json":
        invocation.console.emit_json(telling.as_json(erasure, done, known_to_git, left))
        return
    for line in telling.say_done(erasure, done, known_to_git, left):
        invocation.console.say(line)


def _agrees(question: str) -> bool:
    """Whether a person says yes, in either language; anything else is a no. `click.confirm` knows English alone."""
    answer = click.prompt(f"{question} {both(en='[y/N]', da='[j/N]')}", default="", show_default=False)
    return str(answer).strip().lower() in ("y", "yes", "j", "ja")


def _begun(workspace: Workspace, family: str) -> Erasure | None:
    """What was begun and not ended, if it is this family; `FaultyInput` if it is another: that one comes first."""
    from hopdocs.cycle.erasure.carrying_out import under_way  # noqa: PLC0415
    from hopdocs.diagnostics import Diagnostic  # noqa: PLC0415
    from hopdocs.errors import FaultyInput  # noqa: PLC0415
    from hopdocs.workspace import folder_of  # noqa: PLC0415

    begun = under_way(workspace)
    if begun is None:
        return None
    if family.casefold() in (item.casefold() for item in (begun.family, begun.source, folder_of(begun.source))):
        return begun
    raise FaultyInput([Diagnostic(begun.source, 0, 0, "HD762", {"family": begun.family})])
