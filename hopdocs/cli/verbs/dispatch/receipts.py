"""`hopdocs dispatch receipts FOLDER`: what the municipality's sender wrote back."""

from __future__ import annotations

from pathlib import Path

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb, format_option


@click.command(
    "receipts",
    cls=Verb,
    short_help=both(en="read what the sender wrote back", da="læs, hvad afsenderen skrev tilbage"),
    help=both(
        en="Read the receipts (.json, .xml) that the municipality's sender laid in FOLDER. A letter that was delivered "
        "is laid ready no more, and the line for `deliveries` is shown; one whose reader has no mailbox goes on paper "
        "at the next `hopdocs dispatch`. The files stay, and each counts once.",
        da="Læs de kvitteringer (.json, .xml), som kommunens afsender har lagt i FOLDER. Et brev, der er leveret, "
        "bliver ikke lagt klar mere, og linjen til `deliveries` bliver vist; et brev, hvis læser ikke har digital "
        "postkasse, går på papir ved næste `hopdocs dispatch`. Filerne bliver liggende, og hver tæller én gang.",
    ),
    examples=("hopdocs dispatch receipts /srv/digital-post/kvitteringer",),
)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@format_option("json")
@click.pass_obj
def receipts(invocation: Invocation, folder: Path, output: str) -> None:
    """Writes down what is new, and tells of what is of no use."""
    from hopdocs.catalogue import choose_language  # noqa: PLC0415 - a verb reads only what it needs
    from hopdocs.catalogue.report import as_json  # noqa: PLC0415
    from hopdocs.cli.exits import Found  # noqa: PLC0415
    from hopdocs.cli.findings import show_aside  # noqa: PLC0415
    from hopdocs.cli.verbs.dispatch.history import delivery_lines, receipt_json, say_receipt  # noqa: PLC0415
    from hopdocs.cli.verbs.dispatch.opened import open_dispatched  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import clock_of, read_config  # noqa: PLC0415
    from hopdocs.dispatch.reasons import in_words  # noqa: PLC0415
    from hopdocs.dispatch.receipts import read_receipts  # noqa: PLC0415
    from hopdocs.freshness.dispatched import ReceiptStatus  # noqa: PLC0415

    workspace, config = read_config(invocation)
    with open_dispatched(workspace) as dispatched:
        done = read_receipts(folder, dispatched, clock_of(invocation, config).now())
    language, console = choose_language(), invocation.console
    found = [in_words(item, language) for item in done.diagnostics]
    if output == "json":
        rows = [
            {"family": letter.family, **receipt_json(letter, item.status, item.at), "file": item.file}
            for letter, item in done.new
        ]
        console.emit_json({"receipts": rows, "known": done.known, "diagnostics": as_json(found, language)})
    else:
        show_aside(found, workspace, console)
        for letter, item in done.new:
            console.say(f"{letter.family}  {say_receipt(letter, item.status)}")
            if item.status is ReceiptStatus.DELIVERED:
                lines = delivery_lines(letter, item.at, config.timezone)
                console.say("  deliveries:\n" + "\n".join(f"  - {line}" for line in lines))
        new, known = len(done.new), done.known
        console.say(both(en=f"{new} new receipts, {known} known.", da=f"{new} nye kvitteringer, {known} kendte."))
    if found:
        raise Found
