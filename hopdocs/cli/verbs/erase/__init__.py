"""`hopdocs erase FAMILY`: what a "no" leaves behind is deleted, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb

if TYPE_CHECKING:
    from hopdocs.cycle.erasure.carrying_out import Erasure
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.workspace import Workspace


@verb(
    help=both(
        en="Delete everything that is kept of a family that said no, or that never said yes: its file, attachments, "
        "documents and page, and every name in the cache and the ledger. The ledger keeps that papers were made, and "
        "that this was done, without a name. A course that began is refused.\n\n"
        "What git and others still have, hopdocs cannot reach; it says what that is, and how to remove it.",
        da="Slet alt, der er gemt om en familie, som har sagt nej eller aldrig har sagt ja: filen, bilagene, "
        "dokumenterne og siden, og hvert navn i mellemlageret og regnskabet. Regnskabet ved stadig, at der blev lavet "
        "papirer, og at de blev slettet, men uden navne. Et forløb, der er begyndt, bliver afvist.\n\n"
        "Det, git og andre stadig har, kan hopdocs ikke nå; den siger, hvad det er, og hvordan det fjernes.",
    ),
    examples=("hopdocs erase HOP-2026-009", "hopdocs erase HOP-2026-009 --yes --format json"),
)
@click.argument("family", metavar="FAMILY")
@click.option("--yes", is_flag=True, help=both(en="Do not ask.", da="Spørg ikke."))
@format_option("json")
@click.pass_obj
def command(invocation: Invocation, family: str, *, yes: bool, output: str) -> None:
    """Decides, asks, erases, and says what was done."""
    from hopdocs.cli.verbs.erase import telling  # noqa: PLC0415 - reads every layer
    from hopdocs.cli.workspace_loading import clock_of, read_config  # noqa: PLC0415
    from hopdocs.cycle.erasure.carrying_out import erase_family, under_way  # noqa: PLC0415
    from hopdocs.cycle.erasure.traces import files_that_name, find_traces  # noqa: PLC0415
    from hopdocs.cycle.session import Session  # noqa: PLC0415
    from hopdocs.workspace import folder_of  # noqa: PLC0415

    workspace, config = read_config(invocation)
    begun = under_way(workspace)
    names: tuple[str, ...] = ()
    if begun is not None and family.casefold() in (begun.family.casefold(), begun.source.casefold(),
                                                   folder_of(begun.source).casefold()):  # fmt: skip
        erasure = begun
    else:
        erasure, names = _decide(invocation, workspace, config, family)
    history = telling.find_history(workspace, erasure.source)
    if not yes and not _agrees(telling.say_plan(erasure, find_traces(workspace, config.documents, erasure.source))):
        raise click.Abort
    clock = clock_of(invocation, config)
    with Session(workspace, clock) as session:
        done = erase_family(erasure, session, clock, config.documents)
    left = files_that_name(workspace.root, names)
    if output == "json":
        invocation.console.emit_json(telling.as_json(erasure, done, history, left))
        return
    for line in telling.say_done(erasure, done, history, left):
        invocation.console.say(line)


def _agrees(question: str) -> bool:
    """Whether a person says yes, in either language; anything else is a no. `click.confirm` knows English alone."""
    answer = click.prompt(f"{question} {both(en='[y/N]', da='[j/N]')}", default="", show_default=False)
    return str(answer).strip().lower() in ("y", "yes", "j", "ja")


def _decide(
    invocation: Invocation, workspace: Workspace, config: Config, family: str
) -> tuple[Erasure, tuple[str, ...]]:
    """What to erase, and the names to look for afterwards; `FaultyInput` if it may not be."""
    from hopdocs.cli.workspace_loading import find_family, read_family_file, today_of  # noqa: PLC0415
    from hopdocs.cycle.erasure.carrying_out import Erasure  # noqa: PLC0415
    from hopdocs.diagnostics import Diagnostic  # noqa: PLC0415
    from hopdocs.domain.course.erasable import WhyKept, why_kept  # noqa: PLC0415
    from hopdocs.domain.family_day import FamilyDay  # noqa: PLC0415
    from hopdocs.errors import FaultyInput  # noqa: PLC0415
    from hopdocs.pages.status import STATE_TEXTS  # noqa: PLC0415
    from hopdocs.sources.families import parse_family  # noqa: PLC0415

    path = find_family(workspace, family)
    source = workspace.relative(path)
    read = parse_family(read_family_file(workspace, path), source, config)
    if read.family is None:  # nobody can tell whether a course has begun
        raise FaultyInput([*read.diagnostics, Diagnostic(source, 0, 0, "HD569")], {source: read.source.lines})
    day = FamilyDay.on(read.family, config, today_of(invocation, config))
    kept = why_kept(day)
    if kept is not None:
        began = both(en="all had said yes, so the course began", da="alle havde sagt ja, så forløbet er begyndt")
        state = both(en=day.state.value, da=STATE_TEXTS[day.state])
        text = state if kept is WhyKept.STATE else began
        raise FaultyInput([Diagnostic(source, 0, 0, "HD568", {"family": read.family_id, "state": text})])
    return Erasure(read.family_id, source, day.state.value), _names(read.family)


def _names(family: Family) -> tuple[str, ...]:
    """Whole names, which stand by chance in nobody else's papers."""
    return (family.name, *(person.name for person in family.members.values()))
