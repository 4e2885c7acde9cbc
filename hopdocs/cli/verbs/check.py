"""`hopdocs check`: every fault in what people wrote, all at once, at its place and with the mend."""

from __future__ import annotations

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb


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
    """Runs a cycle that writes nothing, and shows what it found."""
    from hopdocs.catalogue import choose_language  # noqa: PLC0415 - the cycle reads every layer
    from hopdocs.catalogue.report import as_json  # noqa: PLC0415
    from hopdocs.cli.findings import count_of, end_with, github_of, text_of  # noqa: PLC0415
    from hopdocs.cli.run_cycle import run_once  # noqa: PLC0415

    workspace, report = run_once(invocation, families, writes=False, what=both(en="checking", da="tjekker"))
    found, console = report.diagnostics, invocation.console
    if output == "json":
        console.emit_json({"diagnostics": as_json(found, choose_language())})
    elif output == "github":
        if found:
            console.say(github_of(found))
    elif found:
        console.say(text_of(found, workspace))
        console.say()
        console.say(count_of(found))
    else:
        console.say(both(en="No faults.", da="Ingen fejl."))
    end_with(found)
