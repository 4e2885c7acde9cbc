"""`hopdocs cluster`: the other machines of `--cluster`, each started where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.cluster_choice import certificates_option
from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb, VerbGroup

if TYPE_CHECKING:
    from pathlib import Path


@click.group(
    cls=VerbGroup,
    help=both(
        en="Start the parts of a cluster, which makes documents for `hopdocs build --cluster` and `hopdocs watch "
        "--cluster`. They need no workspace, and keep nothing. docs/cluster.md says how they know each other.",
        da="Start delene af en klynge, som laver dokumenter til `hopdocs build --cluster` og `hopdocs watch "
        "--cluster`. De bruger ingen mappe og gemmer intet. docs/cluster.md siger, hvordan de kender hinanden.",
    ),
)
def command() -> None:
    """What others do for us."""


@command.command(
    "scheduler",
    cls=Verb,
    help=both(
        en="Listen at ADDRESS, and hand the owner's work to workers, until SIGTERM or Ctrl-C.",
        da="Lyt på ADDRESS, og giv ejerens arbejde videre til arbejderne, til SIGTERM eller Ctrl-C.",
    ),
    examples=(
        "hopdocs cluster scheduler tls://0.0.0.0:8786 --certificates /etc/hopdocs/cluster",
        "hopdocs cluster scheduler tcp://127.0.0.1:8786    # on this machine alone",
    ),
)
@click.argument("address")
@certificates_option()
@click.pass_obj
def scheduler(invocation: Invocation, address: str, certificates: Path | None) -> None:
    """The one in the middle."""
    from hopdocs.cluster.hub import serve_hub  # noqa: PLC0415 - few have a cluster

    serve_hub(address, certificates, invocation.console.say)


@command.command(
    "worker",
    cls=Verb,
    help=both(
        en="Do what the scheduler at ADDRESS hands out, one thing at a time, until SIGTERM or Ctrl-C. Start one for "
        "each core. Nothing is written to a disk.",
        da="Lav, hvad planlæggeren på ADDRESS giver videre, én ting ad gangen, til SIGTERM eller Ctrl-C. Start én for "
        "hver kerne. Intet skrives på en disk.",
    ),
    examples=("hopdocs cluster worker tls://hub.vesterlyng.example:8786 --certificates /etc/hopdocs/cluster",),
)
@click.argument("address")
@certificates_option()
@click.pass_obj
def worker(invocation: Invocation, address: str, certificates: Path | None) -> None:
    """One that works."""
    from hopdocs.cluster.worker import serve_worker  # noqa: PLC0415 - as above

    serve_worker(address, certificates, invocation.console.say)
