"""`hopdocs new assessment`: one area's part of the familiefaglig undersøgelse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb
from hopdocs.cli.verbs.new.words import DATE, TEXT, refuse_to_come

if TYPE_CHECKING:
    from datetime import date


@click.command(
    "assessment",
    cls=Verb,
    short_help=both(en="an area's part of the assessment", da="et fagområdes del af undersøgelsen"),
    help=both(
        en="Write an area's part of the familiefaglig undersøgelse. It is written by the area's own on the team, "
        "today, unless you say otherwise; what you don't give stands open, to be written on.",
        da="Skriv et fagområdes del af den familiefaglige undersøgelse. Den er skrevet af fagområdets egen i teamet, i "
        "dag, medmindre du siger andet; det, du ikke giver, står åbent til at skrive videre på.",
    ),
    examples=(
        "hopdocs new assessment HOP-2026-007 SO",
        'hopdocs new assessment HOP-2026-007 SO --by ssk --works "Hun passer sine tider." --wishes "Ro om natten."',
        "hopdocs new assessment HOP-2026-007 SO --file so.txt        # it is written elsewhere",
    ),
)
@click.argument("family_id", metavar="FAMILY")
@click.argument("area", metavar="AREA")
@click.option("--by", metavar="STAFF", help=both(en="Who wrote it.", da="Hvem der skrev den."))
@click.option("--date", "day", type=DATE, help=both(en="When; else today.", da="Hvornår; ellers i dag."))
@click.option(
    "--for", "whom", multiple=True, metavar="MEMBER", help=both(en="Whom it is about.", da="Hvem den handler om.")
)
@click.option("--works", type=TEXT, help=both(en="What works.", da="Det, der fungerer."))
@click.option("--concerns", type=TEXT, help=both(en="What worries.", da="Det, der bekymrer."))
@click.option("--wishes", type=TEXT, help=both(en="What is wished for.", da="Det, der ønskes."))
@click.option(
    "--file",
    "written_in",
    metavar="FILE",
    help=both(en="The text, in the family's folder.", da="Teksten, i familiens mappe."),
)
@click.pass_obj
def new_assessment(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    family_id: str,
    area: str,
    by: str | None,
    day: date | None,
    whom: tuple[str, ...],
    works: str | None,
    concerns: str | None,
    wishes: str | None,
    written_in: str | None,
) -> None:
    """Adds the lines."""
    from hopdocs.cli.drafts import scalar  # noqa: PLC0415 - what every verb loads
    from hopdocs.cli.family_edit.entries import add_entry, as_entry, as_list  # noqa: PLC0415
    from hopdocs.cli.verbs.new.opened import OpenedFamily  # noqa: PLC0415
    from hopdocs.domain.team import writers_by_area  # noqa: PLC0415

    opened = OpenedFamily.by_id(invocation, family_id)
    code, on, members = opened.area(area), day or opened.today, opened.members(whom)
    refuse_to_come(opened.today, on)
    writer = opened.staff(by) if by else writers_by_area(opened.family, opened.config, on).get(code)
    if writer is None:
        msg = both(en=f"nobody of {code} is on the team; say --by", da=f"ingen fra {code} er i teamet; sig --by")
        raise click.UsageError(msg)
    still_open = None if written_in else ""
    entry = as_entry(
        {
            "area": code,
            "by": writer,
            "date": on.isoformat(),
            "for": as_list(members) if members else None,
            "works": scalar(works) if works else still_open,
            "concerns": scalar(concerns) if concerns else still_open,
            "wishes": scalar(wishes) if wishes else still_open,
            "file": scalar(written_in) if written_in else None,
        }
    )
    opened.save(lambda text: add_entry(text, ("assessment",), entry), f"{code}: {writer}, {on.isoformat()}")
