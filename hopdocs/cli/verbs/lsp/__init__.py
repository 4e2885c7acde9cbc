"""`hopdocs lsp`: help in any editor that speaks the Language Server Protocol."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb

if TYPE_CHECKING:
    from typing import BinaryIO

HOME = "Europe/Copenhagen"
"""Where `--today` is a day: an editor may open files of several workspaces, and none of them before it has begun."""


@verb(
    help=both(
        en="Help whoever writes in an editor: faults while she types, ids with names beside, what a key means and what "
        "follows from it, and what would happen if she saved. The editor starts it and speaks with it over standard "
        "input (the Language Server Protocol); how each is told to, docs/editor.md says. It writes nothing.",
        da="Hjælp den, der skriver i en editor: fejl, mens der skrives, id'er med navne ved siden af, hvad en nøgle "
        "betyder, og hvad der følger af den, og hvad der sker, hvis filen gemmes. Editoren starter den selv og taler "
        "med den over standard input (Language Server Protocol); docs/editor.md viser hvordan. Den skriver intet.",
    ),
    examples=("hopdocs lsp        # as an editor's language server for yaml",),
)
@click.pass_obj
def command(invocation: Invocation) -> None:
    """Serves one editor until it goes."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - a verb reads only what it needs

    from hopdocs.cli.exits import Found  # noqa: PLC0415
    from hopdocs.cli.verbs.lsp.answers import build_server  # noqa: PLC0415
    from hopdocs.clock import ShiftedClock, SystemClock  # noqa: PLC0415

    if sys.stdin.isatty():
        raise click.UsageError(
            both(
                en="an editor starts this, and speaks with it; docs/editor.md says how",
                da="den startes af en editor, som taler med den; se docs/editor.md",
            )
        )
    today = invocation.today
    server = build_server(
        SystemClock() if today is None else ShiftedClock.as_of(today, ZoneInfo(HOME)), invocation.operator
    )
    server.start_io(*take_streams())
    if not server.has_ended_well:  # an editor that has not said goodbye: the protocol asks for 1 (Exit Notification)
        raise Found


def take_streams() -> tuple[BinaryIO, BinaryIO]:
    """What the editor writes, and what it reads: from here on nobody else's.

    A program that is started meanwhile finds an empty standard input, and what is printed by mistake goes to standard
    error: a byte more or less, and the editor understands nothing any more.
    """
    sys.stdout.flush()
    reading, writing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    os.dup2(2, 1)
    return reading, writing
