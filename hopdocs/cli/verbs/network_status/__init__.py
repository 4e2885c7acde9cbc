"""`hopdocs network-status`: several municipalities' exports gathered into the networks' status of a year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb

if TYPE_CHECKING:
    from collections.abc import Sequence

_FILE: Final = click.Path(path_type=Path, dir_okay=False)


@verb(
    help=both(
        en="Gather what several municipalities have exported (`hopdocs export figures --publishable --format json`) "
        "into one status of a year, side by side and with the same keys. Small groups are hidden, also those that the "
        "sum of all would give away. Your own catalogue and rules are used for all.",
        da="Saml det, flere kommuner har eksporteret (`hopdocs export figures --publishable --format json`), i én "
        "status for et år, side om side og med de samme nøgler. Små grupper skjules, også dem, som summen ville "
        "røbe. Jeres eget katalog og jeres egne regler gælder for alle.",
    ),
    examples=("hopdocs network-status vesterlyng.json oestermarken.json --year 2026 --out netvaerk-2026.docx",),
)
@click.argument("exports", type=_FILE, nargs=-1, required=True, metavar=both(en="EXPORT…", da="EKSPORT…"))
@click.option(
    "--year",
    type=click.IntRange(2000, 2999),
    metavar=both(en="YEAR", da="ÅR"),
    help=both(en="The year; else that of the newest export.", da="Året; ellers det, den nyeste eksport er fra."),
)
@click.option(
    "--out",
    "target",
    type=_FILE,
    required=True,
    metavar=both(en="FILE", da="FIL"),
    help=both(en="The Word file to write; it must not be there yet.", da="Den Word-fil, der skrives; en ny."),
)
@click.pass_obj
def command(invocation: Invocation, /, *, exports: Sequence[Path], year: int | None, target: Path) -> None:
    """Read, gather, write."""
    from hopdocs.cli.findings import end_with, show_aside  # noqa: PLC0415 - only where it is asked
    from hopdocs.cli.safe_write import save_new  # noqa: PLC0415
    from hopdocs.cli.verbs.network_status.reading import read_exports  # noqa: PLC0415
    from hopdocs.cli.verbs.network_status.writing import write_status  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import clock_of, read_config  # noqa: PLC0415

    workspace, config = read_config(invocation)
    found, diagnostics = read_exports(exports, config)
    if found:
        chosen = year or max(item.until.year for item in found)
        save_new(target, write_status(workspace, clock_of(invocation, config), found, chosen))
        invocation.console.say(
            both(
                en=f"{target.name}: {len(found)} municipalities, {chosen}.",
                da=f"{target.name}: {len(found)} kommuner, {chosen}.",
            )
        )
    show_aside(diagnostics, workspace, invocation.console)
    end_with(diagnostics)
