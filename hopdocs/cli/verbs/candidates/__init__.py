"""`hopdocs candidates`: ranks households by what other systems' extracts say, without keeping a number of anybody's."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb
from hopdocs.errors import EnvironmentFault

if TYPE_CHECKING:
    from datetime import datetime

    from hopdocs.candidates.columns import Column
    from hopdocs.candidates.ranking import Order, Ranking
    from hopdocs.model.config import Config

_FILE: Final = click.Path(path_type=Path, dir_okay=False)
_DAY: Final = click.DateTime(["%Y-%m-%d"])
_KEY_NAME: Final = Path("hopdocs") / "candidates.key"


def _read_columns(_context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> dict[Column, str]:
    from hopdocs.candidates.columns import Column  # noqa: PLC0415 - only where it is asked

    named = {}
    for text in value:
        what, equals, head = text.partition("=")
        if what not in list(Column) or not equals or not head.strip():
            raise click.BadParameter(
                both(en="write household=HEAD; ", da="skriv household=OVERSKRIFT; ") + ", ".join(Column)
            )
        named[Column(what)] = head
    return named


@verb(
    help=both(
        en="Rank households by what they cost and how many units meet them, from extracts of other systems (CSV or "
        "XLSX, millions of rows). A household is named by the keyed hash of its number; numbers are kept nowhere. "
        "Writes a list (CSV and XLSX) and a page, and says which rows it could not use and why.",
        da="Find de husstande, der koster mest og møder flest steder, i udtræk fra andre systemer: CSV eller XLSX, "
        "millioner af rækker. En husstand får et dæknavn lavet af dens nummer med en nøgle; numrene selv gemmes "
        "ingen steder. Skriver en liste (CSV og XLSX) og en side, og siger, hvilke rækker der ikke kunne bruges.",
    ),
    examples=(
        "hopdocs candidates --costs udgifter.csv --contacts kontakter.csv",
        "hopdocs candidates --costs udgifter.xlsx --top 30 --from 2025-01-01 --column household=Familienr",
    ),
)
@click.option(
    "--costs", type=_FILE, multiple=True, required=True, metavar="FILE", help=both(en="Expenses.", da="Udgifter.")
)
@click.option("--contacts", type=_FILE, multiple=True, metavar="FILE", help=both(en="Contacts.", da="Kontakter."))
@click.option(
    "--top", type=click.IntRange(1, 10_000), default=50, show_default=True, help=both(en="How many.", da="Hvor mange.")
)
@click.option(
    "--by",
    type=click.Choice(["cost", "contacts", "together"]),
    default="cost",
    show_default=True,
    help=both(en="What comes first.", da="Hvad der kommer først."),
)
@click.option("--from", "first", type=_DAY, help=both(en="First day that counts.", da="Første dag, der tæller."))
@click.option("--to", "last", type=_DAY, help=both(en="Last day that counts.", da="Sidste dag, der tæller."))
@click.option(
    "--column",
    "columns",
    multiple=True,
    callback=_read_columns,
    metavar="WHAT=HEAD",
    help=both(en="Which column is which, by its head.", da="Hvilken kolonne der er hvad, ved dens overskrift."),
)
@click.option(
    "--key",
    type=_FILE,
    metavar="FILE",
    help=both(
        en="The hash's key, made if missing; else hopdocs/candidates.key among your settings.",
        da="Nøglen, der bliver lavet, hvis den mangler; ellers hopdocs/candidates.key blandt dine indstillinger.",
    ),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help=both(en="Where to; else with the project's papers.", da="Hvorhen; ellers ved projektets papirer."),
)
@click.option(
    "--memory",
    type=click.IntRange(min=100),
    default=700,
    show_default=True,
    help=both(en="Megabytes for the adding up.", da="Megabyte til at lægge sammen i."),
)
@click.pass_obj
def command(invocation: Invocation, /, *, out: Path | None, key: Path | None, **options: Any) -> None:
    """Reads, ranks, writes and tells."""
    from hopdocs.candidates.key_file import load_key  # noqa: PLC0415 - what this verb alone loads
    from hopdocs.candidates.ranking import Order, Wanted, rank_households  # noqa: PLC0415
    from hopdocs.candidates.reading import Period  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import read_config  # noqa: PLC0415
    from hopdocs.freshness.publish import AccessRule, publish_page  # noqa: PLC0415
    from hopdocs.pages.candidates import area_words  # noqa: PLC0415
    from hopdocs.workspace import PROJECT_FOLDER  # noqa: PLC0415

    workspace, config = read_config(invocation)
    folder = out or workspace.output(config.documents) / PROJECT_FOLDER
    first, last = options["first"], options["last"]
    wanted = Wanted(
        costs=options["costs"],
        contacts=options["contacts"],
        key=load_key(key or _usual_key(), workspace.root, folder),
        columns=options["columns"],
        areas=area_words(config),
        groups={name: [it.casefold() for it in words] for name, words in config.candidates.groups.items()},
        required_area=config.target_group.required_area,
        other_areas=config.target_group.other_areas,
        period=Period(first and first.date(), last and last.date()),
        order=Order(options["by"]),
        top=options["top"],
        memory_megabytes=options["memory"],
    )
    with invocation.console.progress(both(en="adding up", da="lægger sammen")):
        ranking = rank_households(wanted)
    _tell_refused(invocation, ranking)
    if not ranking.rows:
        raise EnvironmentFault("HD897", path=options["costs"][0].name)
    for name, data in _files(ranking, config, Order(options["by"]), invocation).items():
        publish_page(folder.absolute() / name, data, AccessRule())
    _tell(invocation, ranking, folder)


def _usual_key() -> Path:
    """Among this user's settings (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / _KEY_NAME


def _files(ranking: Ranking, config: Config, order: Order, invocation: Invocation) -> dict[str, bytes]:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from hopdocs.cli.workspace_loading import clock_of, today_of  # noqa: PLC0415
    from hopdocs.exports.candidates import tabulate_basis, tabulate_candidates  # noqa: PLC0415
    from hopdocs.exports.csv_file import write_csv  # noqa: PLC0415
    from hopdocs.exports.workbook import write_workbook  # noqa: PLC0415
    from hopdocs.pages.candidates import basis_of, render_candidates  # noqa: PLC0415

    areas = {str(code): area.name for code, area in config.areas.items()}
    now: datetime = clock_of(invocation, config).now().astimezone(ZoneInfo(config.timezone))
    page = render_candidates(ranking, config, order, today_of(invocation, config), now)
    table = tabulate_candidates(ranking, areas)
    return {
        "kandidater.csv": write_csv(table, with_mark=True),
        "kandidater.xlsx": write_workbook((table, tabulate_basis(basis_of(ranking, config, order)))),
        "kandidater.html": page.encode(),
    }


def _tell_refused(invocation: Invocation, ranking: Ranking) -> None:
    """Each reason with its count and the first places; never a value."""
    from hopdocs.candidates.reading import Reason  # noqa: PLC0415

    reasons = {
        Reason.NO_ROW: both(en="other columns than the head", da="ikke de samme kolonner som overskriften"),
        Reason.NO_HOUSEHOLD: both(en="no household", da="ingen husstand"),
        Reason.NO_AMOUNT: both(en="the amount cannot be read", da="beløbet kan ikke læses"),
        Reason.NO_DAY: both(en="the date cannot be read", da="datoen kan ikke læses"),
        Reason.OUTSIDE: both(en="outside the period", da="uden for perioden"),
    }
    row = both(en="row", da="række")
    for it in ranking.refused:
        rows = ", ".join(map(str, it.rows)) + (" …" if it.count > len(it.rows) else "")
        place = f" ({row} {rows})" if it.rows else ""
        invocation.console.tell(
            f"{it.name}: {it.count} {both(en='left out', da='udeladt')}: {reasons[it.reason]}{place}"
        )


def _tell(invocation: Invocation, ranking: Ranking, folder: Path) -> None:
    listed = len(ranking.households)
    invocation.console.say(
        both(
            en=f"{ranking.rows} rows, {ranking.all_households} households, {ranking.in_target_group} of them in the "
            f"target group; the first {listed} are listed in {folder}",
            da=f"{ranking.rows} rækker, {ranking.all_households} husstande, {ranking.in_target_group} af dem i "
            f"målgruppen; de første {listed} står i {folder}",
        )
    )
