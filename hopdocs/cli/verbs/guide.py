"""`hopdocs guide`: from an empty folder to a family's first invitation, the page that comes with hopdocs."""

from __future__ import annotations

import re
from typing import Final

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb

_PAGE: Final = "docs/foerste-familie.md"
_HEADING: Final = re.compile(r"##? (?=[A-ZÆØÅ0-9])")


@verb(
    help=both(
        en="Show the guide, in Danish: from an empty folder to a family's first invitation, step by step, in half an "
        "hour.",
        da="Vis vejledningen: fra en tom mappe til familiens første invitation, trin for trin, på en halv time.",
    ),
    examples=("hopdocs guide", "hopdocs guide > guide.md"),
)
@click.pass_obj
def command(invocation: Invocation) -> None:
    """The text as it stands, its headings bold: laid out, a command would be broken where nobody may copy it."""
    from hopdocs.package_data import shipped_path  # noqa: PLC0415 - a file of the installation

    console = invocation.console
    for line in shipped_path(_PAGE).read_text(encoding="utf-8").splitlines():
        console.say(console.style(line, "bold") if _HEADING.match(line) else line)
