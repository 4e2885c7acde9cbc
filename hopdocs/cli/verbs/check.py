"""`hopdocs check`: every fault in what people wrote, all at once, at its place and with the mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.exits import Found
from hopdocs.cli.program import Invocation, format_option, verb

if TYPE_CHECKING:
    from hopdocs.cycle.up_to_date import Standing


@verb(
    help=both(
        en="Find every fault in config.yaml, the families' files and their documents; write nothing.\n\n"
        "Exit code 1 where there is an error; warnings and advice are shown and do not count.",
        da="Find alle fejl i config.yaml, familiernes filer og deres dokumenter; skriv intet.\n\n"
        "Slutter med 1, når der er en fejl; advarsler og råd vises og tæller ikke.",
    ),
    examples=(
        "hopdocs check",
        "hopdocs check HOP-2026-007",
        "hopdocs check --format json",
        "hopdocs check --format github        # in a CI run",
    ),
)
@click.argument("families", nargs=-1, metavar="[FAMILY]...")
@format_option("json", "github")
@click.pass_obj
def command(invocation: Invocation, families: tuple[str, ...], output: str) -> None:
    """Shows what a cycle that writes nothing finds, or what the last build did if nothing has changed since."""
    from hopdocs.catalogue import choose_language  # noqa: PLC0415 - a verb reads only what it needs

    if not families and output == "text" and (standing := _find_standing(invocation)) is not None:
        _say(invocation, standing.shown, standing.counted)
        if standing.has_errors:
            raise Found
        return

    from hopdocs.catalogue.report import as_json  # noqa: PLC0415 - the cycle reads every layer
    from hopdocs.cli.findings import count_of, end_with, github_of, text_of  # noqa: PLC0415
    from hopdocs.cli.run_cycle import run_once  # noqa: PLC0415

    workspace, report = run_once(invocation, families, writes=False, what=both(en="checking", da="tjekker"))
    found, console = report.diagnostics, invocation.console
    if output == "json":
        console.emit_json({"diagnostics": as_json(found, choose_language())})
    elif output == "github":
        if found:
            console.say(github_of(found))
    else:
        _say(invocation, text_of(found, workspace), count_of(found))
    end_with(found)


def _find_standing(invocation: Invocation) -> Standing | None:
    from hopdocs.catalogue import choose_language  # noqa: PLC0415
    from hopdocs.cycle.up_to_date import UpToDateCheck  # noqa: PLC0415
    from hopdocs.workspace import open_workspace  # noqa: PLC0415

    workspace = open_workspace(invocation.workspace, invocation.operator)
    return UpToDateCheck(workspace, invocation.today, choose_language()).find_standing()


def _say(invocation: Invocation, shown: str, counted: str) -> None:
    console = invocation.console
    if counted:
        console.say(shown)
        console.say()
    console.say(counted or both(en="No faults.", da="Ingen fejl."))
