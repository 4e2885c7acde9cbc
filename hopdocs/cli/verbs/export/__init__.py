"""`hopdocs export`: what was counted, paid, planned and met, for spreadsheets, calendars and other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, VerbGroup

if TYPE_CHECKING:
    from collections.abc import Callable

    from hopdocs.cli.verbs.export.reading import Reading
    from hopdocs.exports.table import Table

_FORMATS = ("csv", "xlsx", "json")
_ASIDE = both(
    en="A file that cannot be read is named on standard error and left out.",
    da="En fil, der ikke kan læses, nævnes for sig og er ikke med.",
)


@click.group(
    cls=VerbGroup,
    help=both(
        en="Write what was counted, paid, planned and met for spreadsheets, calendars and other programs. Families "
        "appear by case number.",
        da="Skriv det, der er talt, betalt, planlagt og holdt, til regneark, kalendere og andre programmer. Familier "
        "står med sagsnummer.",
    ),
)
def command() -> None:
    """Groups them."""


def _to_file(function: Callable[..., None]) -> Callable[..., None]:
    """`--out` and `--replace`."""
    out = click.option(
        "--out",
        "target",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar=both(en="FILE", da="FIL"),
        help=both(en="Write to FILE, for you alone to read.", da="Skriv i FIL, som kun du kan læse."),
    )
    replace = click.option(
        "--replace",
        is_flag=True,
        help=both(en="Write over FILE if it is there.", da="Skriv oven i FIL, hvis den findes."),
    )
    return out(replace(function))


def _as_table(function: Callable[..., None]) -> Callable[..., None]:
    """The options of everything that is a table."""
    output = click.option(
        "--format",
        "output",
        type=click.Choice(_FORMATS),
        help=both(en="Else as FILE's name ends, or csv.", da="Ellers som FILs navn slutter, eller csv."),
    )
    plain = click.option(
        "--no-bom",
        "is_plain",
        is_flag=True,
        help=both(
            en="CSV without the mark by which Excel knows UTF-8.", da="CSV uden det mærke, Excel kender UTF-8 på."
        ),
    )
    return _to_file(output(plain(function)))


def _publishable(function: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--publishable",
        is_flag=True,
        help=both(
            en="Numbers for cases and people, and no typed text: for whoever adds up several municipalities. It is "
            "about people all the same.",
            da="Numre for sager og personer og ingen skrevet tekst: til den, der lægger flere kommuner sammen. Det "
            "handler stadig om personer.",
        ),
    )(function)


@command.command(
    "figures",
    help=both(
        en=f"Courses and all that was measured and counted in them. {_ASIDE}",
        da=f"Forløbene og alt, der er målt og talt i dem. {_ASIDE}",
    ),
    examples=(
        "hopdocs export figures",
        "hopdocs export figures --out tal.xlsx",
        "hopdocs export figures --publishable --out til-netværket.json",
    ),
)
@_as_table
@_publishable
@click.pass_obj
def figures(invocation: Invocation, /, *, publishable: bool, **how: Any) -> None:
    """As JSON all that figures are made of; as CSV the values; as a workbook courses, values and costs."""
    from hopdocs.cli.verbs.export.reading import read_families  # noqa: PLC0415 - reads every layer below the pages
    from hopdocs.cli.verbs.export.writing import choose_format, deliver_json, deliver_tables  # noqa: PLC0415
    from hopdocs.exports.courses import (  # noqa: PLC0415
        courses_as_json,
        tabulate_costs,
        tabulate_courses,
        tabulate_values,
    )

    reading = read_families(invocation)
    courses = reading.courses(publishable=publishable)
    output = choose_format(how.pop("output"), how["target"])
    if output == "json":
        shape = courses_as_json(courses, reading.config, reading.today, publishable=publishable)
        deliver_json(invocation, shape, target=how["target"], replace=how["replace"])
    else:
        values = tabulate_values(courses, reading.config)
        others = (tabulate_courses(courses), tabulate_costs(courses, reading.config))
        deliver_tables(invocation, values, others, output=output, **how)
    reading.end(invocation)


@command.command(
    "costs",
    help=both(
        en=f"Each area's expenses by course and month. {_ASIDE}",
        da=f"Hvert fagområdes udgifter pr. forløb og måned. {_ASIDE}",
    ),
    examples=("hopdocs export costs --out udgifter.xlsx", "hopdocs export costs --format json"),
)
@_as_table
@_publishable
@click.pass_obj
def costs(invocation: Invocation, /, *, publishable: bool, **how: Any) -> None:
    """One table."""
    from hopdocs.exports.courses import tabulate_costs  # noqa: PLC0415

    def tabulate(reading: Reading) -> Table:
        return tabulate_costs(reading.courses(publishable=publishable), reading.config)

    _export(invocation, "costs", tabulate, facts={"publishable": publishable}, **how)


@command.command(
    "deadlines",
    help=both(
        en=f"All deadlines of all families, kept or not. {_ASIDE}",
        da=f"Alle familiers frister, holdt eller ej. {_ASIDE}",
    ),
    examples=("hopdocs export deadlines", "hopdocs export deadlines --out frister.xlsx"),
)
@_as_table
@click.pass_obj
def deadlines(invocation: Invocation, /, **how: Any) -> None:
    """One table."""
    from hopdocs.exports.days import tabulate_deadlines  # noqa: PLC0415

    _export(invocation, "deadlines", lambda reading: tabulate_deadlines(reading.days), facts={}, **how)


@command.command(
    "meetings",
    help=both(
        en=f"All meetings of the courses, and which areas came. {_ASIDE}",
        da=f"Alle forløbenes møder, og hvilke fagområder der kom. {_ASIDE}",
    ),
    examples=("hopdocs export meetings", "hopdocs export meetings --out moeder.xlsx"),
)
@_as_table
@click.pass_obj
def meetings(invocation: Invocation, /, **how: Any) -> None:
    """One table."""
    from hopdocs.exports.days import tabulate_meetings  # noqa: PLC0415

    _export(invocation, "meetings", lambda reading: tabulate_meetings(reading.days), facts={}, **how)


@command.command(
    "investment",
    short_help=both(
        en="what the work saves beside a stated baseline", da="hvad indsatsen sparer, og hvad det regnes ud fra"
    ),
    help=both(
        en="What the courses cost beside what they would have cost, and when that has paid for the work. What it is "
        f"held against stands under investment in config.yaml, and is said beside it. {_ASIDE}",
        da="Hvad forløbene koster, holdt op mod hvad de ville have kostet, og hvornår indsatsen er tjent hjem. Det, "
        f"der sammenlignes med, står under investment i config.yaml og er skrevet ved siden af. {_ASIDE}",
    ),
    examples=("hopdocs export investment", "hopdocs export investment --out investering.xlsx"),
)
@_to_file
@_publishable
@click.pass_obj
def investment(invocation: Invocation, /, *, target: Path | None, replace: bool, publishable: bool) -> None:
    """The result in words; in FILE a workbook that goes on counting."""
    from hopdocs.cli.verbs.export.reading import read_families  # noqa: PLC0415
    from hopdocs.cli.verbs.export.writing import save  # noqa: PLC0415
    from hopdocs.exports.investment.book import write_investment  # noqa: PLC0415
    from hopdocs.figures.investment import compare_costs, say_assumptions, say_result  # noqa: PLC0415

    reading = read_families(invocation)
    config = reading.config
    figures = compare_costs(reading.courses(publishable=publishable), config.investment)
    names = {str(code): area.name for code, area in config.areas.items()}
    for sentence in (*say_result(figures), "", *say_assumptions(config.investment, names)):
        invocation.console.say(sentence)
    if target is not None:
        save(invocation, target, write_investment(figures, config, reading.today), replace=replace)
    reading.end(invocation)


@command.command(
    "calendar",
    short_help=both(en="a colleague's meetings and deadlines, to subscribe to", da="en kollegas møder og frister"),
    help=both(
        en="A colleague's meetings and deadlines in all families, as a calendar file to subscribe to. It has case "
        f"numbers and nobody's name. {_ASIDE}",
        da="En kollegas møder og frister i alle familier, som en kalenderfil at abonnere på. Den har sagsnumre og "
        f"ingens navn. {_ASIDE}",
    ),
    examples=("hopdocs export calendar iik", "hopdocs export calendar iik --out iik.ics --replace"),
)
@click.argument("person")
@_to_file
@click.pass_obj
def calendar(invocation: Invocation, /, *, person: str, target: Path | None, replace: bool) -> None:
    """The same UIDs each time, so that a calendar that reads it again moves what was moved."""
    from hopdocs.cli.verbs.export.reading import read_families  # noqa: PLC0415
    from hopdocs.cli.verbs.export.writing import save  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import find_person  # noqa: PLC0415
    from hopdocs.cycle.project.source import read_project  # noqa: PLC0415
    from hopdocs.exports.feed import feed_entries  # noqa: PLC0415
    from hopdocs.exports.ics_file import write_feed  # noqa: PLC0415

    reading = read_families(invocation)
    config, today = reading.config, reading.today
    staff = find_person(config, person)
    read = read_project(reading.workspace, config, today)
    entries = feed_entries(reading.days, read.project if read is not None else None, staff, config, today)
    data = write_feed(entries, f"Familieplaner, {config.staff[staff].name}", config.timezone, today)
    if target is None:
        invocation.console.emit_file(data)
    else:
        save(invocation, target, data, replace=replace)
    reading.end(invocation)


def _export(
    invocation: Invocation, name: str, tabulate: Callable[[Reading], Table], *, facts: dict[str, Any], **how: Any
) -> None:
    from hopdocs.cli.verbs.export.reading import read_families  # noqa: PLC0415
    from hopdocs.cli.verbs.export.writing import choose_format, deliver_json, deliver_tables  # noqa: PLC0415
    from hopdocs.exports.table import describe_export  # noqa: PLC0415

    reading = read_families(invocation)
    table = tabulate(reading)
    output = choose_format(how.pop("output"), how["target"])
    if output == "json":
        shape = describe_export(name, reading.facts() | facts, table)
        deliver_json(invocation, shape, target=how["target"], replace=how["replace"])
    else:
        deliver_tables(invocation, table, (), output=output, **how)
    reading.end(invocation)
