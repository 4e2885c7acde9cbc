"""`hopdocs dispatch lay`: every letter that waits, by recipient and route, in the family's `udsendelse` folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb, format_option

if TYPE_CHECKING:
    from hopdocs.dispatch.laying import LaidReady
    from hopdocs.dispatch.planned import PlannedLetter


@click.command(
    "lay",
    cls=Verb,
    short_help=both(en="lay ready what waits to reach the family", da="læg klar, hvad der skal ud til familien"),
    help=both(
        en="Lay ready what waits to reach the family, in out/<family>/udsendelse: Digital Post as a message (MeMo) for "
        "the municipality's own sender, paper as one file for the printer. What was delivered or has changed is taken "
        "away. Without FAMILY: all families, and one print file for them all in out/_udsendelse.",
        da="Læg klar, hvad der skal ud til familien, i out/<familie>/udsendelse: Digital Post som en besked (MeMo) til "
        "kommunens egen afsender, papir som én fil til printeren. Hvad der er leveret eller ændret, bliver taget væk. "
        "Uden FAMILY: alle familier, og én printfil til dem alle i out/_udsendelse.",
    ),
    examples=("hopdocs dispatch", "hopdocs dispatch HOP-2026-007"),
)
@click.argument("families", nargs=-1, metavar="[FAMILY]...")
@format_option("json")
@click.pass_obj
def lay(invocation: Invocation, families: tuple[str, ...], output: str) -> None:
    """Looks at what a build would do, and lays ready what it would leave as it is."""
    from hopdocs.catalogue import choose_language  # noqa: PLC0415 - a verb reads only what it needs
    from hopdocs.catalogue.report import as_json  # noqa: PLC0415
    from hopdocs.cli.findings import end_with, show_aside  # noqa: PLC0415
    from hopdocs.dispatch.manifest import folder_of  # noqa: PLC0415
    from hopdocs.dispatch.reasons import in_words  # noqa: PLC0415

    done = _lay(invocation, families)
    language = choose_language()
    found = [in_words(item, language) for item in done.diagnostics]
    console = invocation.console
    if output == "json":
        letters = [_letter_json(item, done) for item in done.letters]
        shape = {"letters": letters, "print": done.print_files, "diagnostics": as_json(found, language)}
        console.emit_json(shape)
    else:
        from hopdocs.workspace import open_workspace  # noqa: PLC0415

        show_aside(found, open_workspace(invocation.workspace, invocation.operator), console)
        for item in done.letters:
            memo = both(en=", message made", da=", besked lavet") if _has_message(item, done) else ""
            console.say(f"{item.folder}/udsendelse/{folder_of(item)}{memo}")
        for name in done.print_files:
            console.say(name)
        number = len(done.letters)
        console.say(both(en=f"{number} letters laid ready.", da=f"{number} breve lagt klar."))
    end_with(found)


def _lay(invocation: Invocation, families: tuple[str, ...]) -> LaidReady:
    from contextlib import closing  # noqa: PLC0415

    from hopdocs.cli.run_cycle import run_once  # noqa: PLC0415
    from hopdocs.cli.verbs.dispatch.opened import open_dispatched  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import clock_of, find_family, read_config  # noqa: PLC0415
    from hopdocs.cycle.outcomes import find_families  # noqa: PLC0415
    from hopdocs.cycle.shared_inputs import read_shared_inputs  # noqa: PLC0415
    from hopdocs.dispatch.laying import Laying  # noqa: PLC0415
    from hopdocs.freshness.cache import open_cache_to_read  # noqa: PLC0415
    from hopdocs.freshness.staleness import Action  # noqa: PLC0415
    from hopdocs.rendering.pdf.worker_pool import PdfConverter  # noqa: PLC0415

    _, config = read_config(invocation)
    what = both(en="looking", da="ser efter")
    workspace, report = run_once(invocation, families, writes=False, what=what, counts_unchanged=True)
    changing = (line.path for line in report.documents if line.action is not Action.KEPT)
    with (
        open_dispatched(workspace) as dispatched,
        closing(open_cache_to_read(workspace.cache_path)) as cache,
        PdfConverter(workers=1) as converter,
    ):
        shared = read_shared_inputs(workspace, clock_of(invocation, config), writes=False)
        prefix = f"{workspace.relative(shared.settings.output)}/"
        stale = {path.removeprefix(prefix).rpartition(".")[0] for path in changing}
        only = tuple(workspace.relative(find_family(workspace, item)) for item in families)
        found = find_families(shared.config, shared.settings, cache, only)
        laying = Laying(shared.config, shared.settings, dispatched, converter.convert)
        return laying.run(found, stale, cache, is_for_all=not families)


def _has_message(letter: PlannedLetter, done: LaidReady) -> bool:
    from hopdocs.dispatch.message import message_id  # noqa: PLC0415

    return message_id(letter) in done.messages


def _letter_json(letter: PlannedLetter, done: LaidReady) -> dict[str, Any]:
    from hopdocs.dispatch.manifest import folder_of  # noqa: PLC0415
    from hopdocs.dispatch.message import message_id  # noqa: PLC0415

    return {
        "family": letter.family,
        "document": letter.kind,
        "meeting": letter.about or None,
        "recipient": letter.recipient,
        "edition": letter.edition,
        "route": letter.route.value,
        "id": message_id(letter),
        "folder": f"{letter.folder}/udsendelse/{folder_of(letter)}",
        "memo": _has_message(letter, done),
    }
