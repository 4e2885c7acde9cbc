"""`hopdocs backup TARGET`: all that can't be made again, in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb


@verb(
    help=both(
        en="Copy all that can't be made again to TARGET, a folder that is not there yet: families, attachments, "
        "config.yaml, project.yaml, indikatorer.yaml, templates, what was handed over, and the ledger as it is "
        "at one moment. The watcher may run meanwhile. The copy is readable to its owner alone, "
        "and holds a digest of each file.\n\n"
        "It holds health data: keep it as you keep families/. Passwords are not in it, nor is what build makes.",
        da="Kopiér alt, der ikke kan laves igen, til TARGET, en mappe, der ikke findes endnu: familier, bilag, "
        "config.yaml, project.yaml, indikatorer.yaml, skabeloner, det udleverede og regnskabet, som det "
        "er i ét øjeblik. Vagten må gerne køre imens. Kun ejeren kan læse kopien, "
        "og den rummer et fingeraftryk af hver fil.\n\n"
        "Den rummer helbredsoplysninger: pas på den som på families/. Adgangskoder er ikke med, og heller ikke det, "
        "build laver.",
    ),
    examples=("hopdocs backup /srv/backup/hop-$(date +%F)",),
)
@click.argument("target", metavar="TARGET", type=click.Path(path_type=Path))
@format_option("json")
@click.pass_obj
def command(invocation: Invocation, target: Path, output: str) -> None:
    """Makes it, and says what it holds."""
    from hopdocs.cli.workspace_loading import clock_of, read_config  # noqa: PLC0415 - reads every layer below
    from hopdocs.operation.backups import make_backup  # noqa: PLC0415

    workspace, config = read_config(invocation)
    backup = make_backup(workspace, config.documents, target, clock_of(invocation, config).now())
    console = invocation.console
    for name in backup.left_out:
        console.tell(both(en=f"left out, no plain file: {name}", da=f"ikke med, ikke en almindelig fil: {name}"))
    if output == "json":
        console.emit_json(
            {"path": str(target), "files": len(backup.files), "bytes": backup.size, "left_out": list(backup.left_out)}
        )
        return
    count, size = len(backup.files), f"{backup.size / 1e6:.1f} MB"
    console.say(both(en=f"{target}: {count} files, {size}", da=f"{target}: {count} filer, {size}"))
