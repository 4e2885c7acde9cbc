"""`hopdocs restore SOURCE DIR`: a backup as a workspace again, which sends nothing before a person says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb

if TYPE_CHECKING:
    from hopdocs.operation.restoring import Restored


@verb(
    help=both(
        en="Lay the backup SOURCE out in DIR, a folder that is not there yet or empty, once every file of it is as it "
        "was. Nothing is overwritten, and no mail leaves from DIR before a person has said so.",
        da="Læg sikkerhedskopien SOURCE ud i DIR, en mappe, der ikke findes endnu eller er tom, når hver fil i den er, "
        "som den var. Intet bliver overskrevet, og ingen mails går ud fra DIR, før et menneske har sagt til.",
    ),
    examples=("hopdocs restore /srv/backup/hop-2026-11-29 /srv/hop",),
)
@click.argument("source", metavar="SOURCE", type=click.Path(path_type=Path))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@format_option("json")
@click.pass_obj
def command(invocation: Invocation, source: Path, folder: Path, output: str) -> None:
    """Checks, lays out, and says what comes next."""
    from hopdocs.clock import SystemClock  # noqa: PLC0415 - sqlite and the ledger are this verb's alone
    from hopdocs.operation.restoring import restore_backup  # noqa: PLC0415

    restored = restore_backup(source, folder, SystemClock().now())
    if output == "json":
        shape = {"path": str(folder), "files": restored.files, "made": restored.made, "mail": "not started"}
        invocation.console.emit_json(shape)
        return
    invocation.console.say("\n".join(_next_steps(folder, restored)))


def _next_steps(folder: Path, restored: Restored) -> list[str]:
    count, made = restored.files, restored.made
    steps = [
        both(en=f"{folder}: {count} files of the backup of {made}", da=f"{folder}: {count} filer fra kopien af {made}"),
        both(
            en="1. Stop the old workspace, if it still runs: two that send would contradict each other.",
            da="1. Stop det gamle arbejdsområde, hvis det stadig kører: to, der sender, ville modsige hinanden.",
        ),
        both(
            en="2. Put in place what is not in a backup: the mail password's file, and git's own folder.",
            da="2. Læg på plads, hvad der ikke er i en kopi: filen med mailens adgangskode og gits egen mappe.",
        ),
        f"3. hopdocs -w {folder} build",
    ]
    if restored.was_started:
        steps += [
            f"4. hopdocs -w {folder} notices list",
            both(
                en=f"5. hopdocs -w {folder} notices start --known   if people know what stands there already\n"
                f"   hopdocs -w {folder} notices start           if they are to be told, as a change",
                da=f"5. hopdocs -w {folder} notices start --known   hvis folk allerede ved, hvad der står\n"
                f"   hopdocs -w {folder} notices start           hvis de skal have det at vide, som en ændring",
            ),
        ]
    return steps
