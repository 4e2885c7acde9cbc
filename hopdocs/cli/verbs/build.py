"""`hopdocs build`: makes what is stale, removes what is no longer wanted, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.cluster_choice import ClusterChoice, cluster_options
from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb

if TYPE_CHECKING:
    from pathlib import Path


@verb(
    help=both(
        en="Make the documents that are out of date, of all families or of some, and remove those that are no longer "
        "wanted. Nothing is sent. A fault stops the family that it is in; the others go on.",
        da="Lav de dokumenter, der ikke er friske, for alle familier eller nogle, og fjern dem, der ikke længere skal "
        "være der. Intet sendes. En fejl stopper den familie, den står i; de andre går videre.",
    ),
    examples=(
        "hopdocs build",
        "hopdocs build HOP-2026-007 --explain",
        "hopdocs build --dry-run --explain    # what would be made, and why",
        "hopdocs build --cluster tls://hub.vesterlyng.example:8786",
        "hopdocs build --format json",
    ),
)
@click.argument("families", nargs=-1, metavar="[FAMILY]...")
@click.option("--dry-run", is_flag=True, help=both(en="Say what would be done; do nothing.", da="Sig det; gør intet."))
@click.option(
    "--explain", is_flag=True, help=both(en="The reason for each document.", da="Grunden for hvert dokument.")
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help=both(en="How many processes; else one for each core.", da="Hvor mange processer; ellers én pr. kerne."),
)
@cluster_options
@format_option("json")
@click.pass_obj
def command(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    families: tuple[str, ...],
    dry_run: bool,
    explain: bool,
    jobs: int | None,
    cluster: str | None,
    certificates: Path | None,
    output: str,
) -> None:
    """Runs one cycle and shows what it did, unless all is up to date."""
    from hopdocs.catalogue import choose_language  # noqa: PLC0415 - a verb reads only what it needs
    from hopdocs.cli.build_summary import document_json, say_documents, summary_of  # noqa: PLC0415
    from hopdocs.cli.exits import Found  # noqa: PLC0415
    from hopdocs.cycle.up_to_date import UpToDateCheck  # noqa: PLC0415
    from hopdocs.workspace import open_workspace  # noqa: PLC0415

    console = invocation.console
    workspace = open_workspace(invocation.workspace, invocation.operator)
    is_plain = not (families or dry_run or explain or output == "json")
    check = UpToDateCheck(workspace, invocation.today, choose_language()) if is_plain else None
    standing = check.find_standing() if check is not None else None
    if standing is not None:
        if standing.shown:
            console.tell(standing.shown)
        console.say(summary_of([], standing.documents))
        if standing.has_errors:
            raise Found
        return

    from hopdocs.catalogue.report import as_json  # noqa: PLC0415 - the cycle reads every layer
    from hopdocs.cli.findings import end_with, show_aside  # noqa: PLC0415
    from hopdocs.cli.run_cycle import run_once  # noqa: PLC0415

    what = both(en="building", da="bygger")
    _, report = run_once(
        invocation,
        families,
        writes=not dry_run,
        what=what,
        check=check,
        cluster=ClusterChoice(cluster, certificates),
        jobs=jobs,
        counts_unchanged=output != "json" and not explain,
    )
    if output == "json":
        console.emit_json(
            {
                "documents": [document_json(line) for line in report.documents],
                "diagnostics": as_json(report.diagnostics, choose_language()),
            }
        )
    else:
        show_aside(report.diagnostics, workspace, console)
        say_documents(console, report.documents, explain=explain)
        head = both(en="would be: ", da="ville blive: ") if dry_run else ""
        console.say(head + summary_of(report.documents, report.unchanged))
    end_with(report.diagnostics)
