"""`hopdocs new`: well-formed YAML with sensible defaults of today. Lines are added to a file, and none is changed."""

from __future__ import annotations

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import VerbGroup
from hopdocs.cli.verbs.new.assessment import new_assessment
from hopdocs.cli.verbs.new.consents import new_consent, new_withdrawal
from hopdocs.cli.verbs.new.family import new_family
from hopdocs.cli.verbs.new.meetings import new_meeting, new_minutes
from hopdocs.cli.verbs.new.people import new_member, new_team, new_tovholder
from hopdocs.cli.verbs.new.plan import new_activity, new_goal, new_status
from hopdocs.cli.verbs.new.registration import new_registration


@click.group(
    cls=VerbGroup,
    help=both(
        en="Write a new family's file, or lines into one: in their place, with what is usual filled in and what is not "
        "known left open. No line that stands there is changed, and what is wrong with the new ones is told at once.",
        da="Skriv en ny families fil, eller linjer ind i den: på deres plads, med det sædvanlige udfyldt og resten "
        "åbent. Ingen linje, der står der, bliver ændret, og er der noget galt med de nye, siges det straks.",
    ),
)
def command() -> None:
    """Groups them."""


for _verb in (
    new_family,
    new_member,
    new_consent,
    new_withdrawal,
    new_team,
    new_tovholder,
    new_assessment,
    new_meeting,
    new_minutes,
    new_goal,
    new_activity,
    new_status,
    new_registration,
):
    command.add_command(_verb)
