"""`hopdocs import`: what others have counted and answered, from a table into the families' files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, VerbGroup, format_option

if TYPE_CHECKING:
    from hopdocs.cli.figure_import.columns import Reading

_MARKS = ["comma", "point"]


@click.group(
    cls=VerbGroup,
    help=both(
        en="Bring figures from elsewhere into the families' files.",
        da="Hent tal fra andre steder ind i familiernes filer.",
    ),
)
def command() -> None:
    """Groups them."""


@command.command(
    "figures",
    help=both(
        en="Bring in indicators, costs or counts of services from FILE (CSV or XLSX), by case number. Shows what would "
        "change; --yes writes it: lines are added under `measurements`, and no other line changes. A row that is not "
        "taken is told with its reason. What stands there already is left alone, also by a second run. Several "
        "answers to a survey become their mean.",
        da="Hent indikatorer, udgifter eller antal ydelser fra FILE (CSV eller XLSX) efter sagsnummer. Viser, hvad der "
        "vil ske; --yes skriver det: der føjes linjer til under `measurements`, og ingen anden linje ændres. En række, "
        "der ikke tages med, nævnes med sin grund. Det, der står der i forvejen, røres ikke, heller ikke anden gang. "
        "Flere svar på et spørgeskema bliver til deres gennemsnit.",
    ),
    examples=(
        "hopdocs import figures fravaer.csv",
        "hopdocs import figures udgifter.xlsx --decimal comma --yes",
        'hopdocs import figures svar.csv --map "Spm 1=f_oplevelse_1" --set moment=start --yes',
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--map",
    "named",
    metavar="HEAD=COLUMN",
    multiple=True,
    help=both(
        en="What a column holds: case, member, born, month, value, an indicator's key, an area.",
        da="Hvad en kolonne er: sagsnummer, person, født, måned, værdi, en indikators nøgle, et fagområde.",
    ),
)
@click.option(
    "--set",
    "fixed",
    metavar="COLUMN=VALUE",
    multiple=True,
    help=both(en="What is the same for all rows (month=2026-11).", da="Det, der er ens i alle rækker (måned=2026-11)."),
)
@click.option(
    "--decimal",
    type=click.Choice(_MARKS),
    help=both(
        en="Which mark the decimals follow, where 18.200 may be either.",
        da="Hvilket tegn decimalerne står efter, når 18.200 kan være begge dele.",
    ),
)
@click.option(
    "--replace",
    is_flag=True,
    help=both(en="Put the file's value where there is another.", da="Sæt filens tal ind, hvor der står et andet."),
)
@click.option("--yes", is_flag=True, help=both(en="Write it.", da="Skriv det."))
@format_option("json")
@click.pass_obj
def import_figures(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    file: Path,
    named: tuple[str, ...],
    fixed: tuple[str, ...],
    decimal: str | None,
    replace: bool,
    yes: bool,
    output: str,
) -> None:
    """Shows or writes what the file says, all families' files or none."""
    from hopdocs.cli.figure_import.cells import DecimalMark  # noqa: PLC0415 - what every verb loads
    from hopdocs.cli.figure_import.columns import unknown_meaning  # noqa: PLC0415
    from hopdocs.cli.figure_import.planning import plan_import  # noqa: PLC0415
    from hopdocs.cli.figure_import.telling import tell_import  # noqa: PLC0415
    from hopdocs.cli.findings import end_with  # noqa: PLC0415
    from hopdocs.cli.safe_write import save_all_over  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import read_config, today_of  # noqa: PLC0415

    reading = _read_options(named, fixed)
    workspace, config = read_config(invocation)
    if word := unknown_meaning(reading, config):
        raise click.BadParameter(
            both(en=f"no column can be {word}", da=f"ingen kolonne kan være {word}"), param_hint="--map"
        )
    plan = plan_import(
        file,
        workspace,
        config,
        today_of(invocation, config),
        reading=reading,
        mark=DecimalMark(decimal or ""),
        replaces=replace,
    )
    if yes:
        save_all_over({workspace.root / name: edition for name, edition in plan.editions.items()})
    tell_import(plan, invocation.console, output, is_written=yes)
    end_with((*plan.unread, *plan.refused))


def _read_options(named: tuple[str, ...], fixed: tuple[str, ...]) -> Reading:
    """`--map` and `--set` as they are meant; a usage error where one can't be read."""
    from hopdocs.cli.figure_import.columns import Reading, column_named, nearest_column  # noqa: PLC0415

    heads, values = {}, {}
    for pair in named:
        head, mark, meaning = pair.rpartition("=")
        if not mark or not head.strip() or not meaning.strip():
            raise click.BadParameter(both(en=f'{pair}: write "HEAD=COLUMN"', da=f'{pair}: skriv "HOVED=KOLONNE"'))
        heads[head.strip()] = meaning.strip()
    for pair in fixed:
        word, mark, value = pair.partition("=")
        column = column_named(word)
        if not mark or column is None or not value.strip():
            near = nearest_column(word)
            hint = both(en=f"; did you mean {near}?", da=f"; mente du {near}?") if near and column is None else ""
            raise click.BadParameter(both(en=f"{pair}: write COLUMN=VALUE", da=f"{pair}: skriv KOLONNE=VÆRDI") + hint)
        values[column] = value.strip()
    return Reading(heads, values)
