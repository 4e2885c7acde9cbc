"""`hopdocs new registration`: empty lines for the figures that a month asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb
from hopdocs.cli.verbs.new.words import MONTH

if TYPE_CHECKING:
    from datetime import date


@click.command(
    "registration",
    cls=Verb,
    short_help=both(en="the figures that a month asks for", da="de tal, en måned spørger om"),
    help=both(
        en="Write the figures that a month asks for. Into the family's file comes an empty line for each member and "
        "each figure that has none yet. Without --month it is the month that ended last. What is asked for is what the "
        "family has been measured on before, and what stands under indicators_used in config.yaml.",
        da="Skriv de tal op, som en måned spørger om. I familiens fil kommer en tom linje for hver person og hvert "
        "tal, der ikke har nogen endnu. Uden --month er det den måned, der sluttede sidst. Der spørges "
        "om det, familien er målt på før, og om det, der står under indicators_used i config.yaml.",
    ),
    examples=("hopdocs new registration HOP-2026-007", "hopdocs new registration HOP-2026-007 --month 2026-11"),
)
@click.argument("family_id", metavar="FAMILY")
@click.option("--month", type=MONTH, help=both(en="Which month (2026-11).", da="Hvilken måned (2026-11)."))
@click.pass_obj
def new_registration(invocation: Invocation, *, family_id: str, month: date | None) -> None:
    """Adds the lines, changes none, and refuses where the file would not be read without new faults."""
    from hopdocs.cli.family_edit import save_with  # noqa: PLC0415
    from hopdocs.cli.figure_import.month_lines import add_registration  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import open_family, read_config, today_of  # noqa: PLC0415
    from hopdocs.domain.calendar import months_later  # noqa: PLC0415
    from hopdocs.domain.course.registration import asked_values, may_be_measured  # noqa: PLC0415
    from hopdocs.domain.family_day import FamilyDay  # noqa: PLC0415

    workspace, config = read_config(invocation)
    file = open_family(workspace, config, family_id)
    today = today_of(invocation, config)
    chosen = month or months_later(today.replace(day=1), -1)
    if chosen > today:
        raise click.BadParameter(
            both(en=f"{chosen:%Y-%m} is still to come", da=f"{chosen:%Y-%m} er ikke kommet endnu"), param_hint="--month"
        )
    day = FamilyDay.on(file.family, config, today)
    asked = asked_values(day, chosen)
    fresh = [item for item in asked if not item.has_line]
    if fresh:
        save_with(file, config, lambda text, _: add_registration(text, fresh, chosen))
    for item in fresh:
        about = f" ({item.member})" if item.member is not None else ""
        invocation.console.say(f"{file.name}: {chosen:%Y-%m} {item.written_as}{about}")
    if not may_be_measured(day):
        text = both(
            en=f"{file.name}: nobody is measured while not all have said yes",
            da=f"{file.name}: ingen måles, så længe ikke alle har sagt ja",
        )
        invocation.console.say(text)
    elif not asked:
        text = both(
            en=f"{file.name}: nothing is asked for; write what you measure under indicators_used in config.yaml",
            da=f"{file.name}: der spørges ikke om noget; skriv det, I måler på, under indicators_used i config.yaml",
        )
        invocation.console.say(text)
    elif not fresh:
        every = both(en="every figure has its line already", da="alle tal har allerede deres linje")
        invocation.console.say(f"{file.name}: {chosen:%Y-%m} {every}")
