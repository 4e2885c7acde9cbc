"""`hopdocs new`: well-formed YAML with sensible defaults of today. Lines are added to a file, and none is changed."""

from __future__ import annotations

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import VerbGroup
from hopdocs.cli.verbs.new.family import new_family
from hopdocs.cli.verbs.new.meetings import new_meeting, new_minutes
from hopdocs.cli.verbs.new.registration import new_registration


@click.group(
    cls=VerbGroup,
    help=both(
        en="Write a new family's file, or a meeting, its minutes or a month's figures into a family's file.",
        da="Skriv en ny families fil, eller et møde, dets referat eller en måneds tal ind i en families fil.",
    ),
)
def command() -> None:
    """Groups them."""


for _verb in (new_family, new_meeting, new_minutes, new_registration):
    command.add_command(_verb)
