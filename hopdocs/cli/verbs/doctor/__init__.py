"""`hopdocs doctor`: whether this machine has what the service needs, each thing tried, each with its mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb

if TYPE_CHECKING:
    from hopdocs.cli.console import Console
    from hopdocs.operation.doctor.finding import Finding

_SUBJECTS = {
    "config": both(en="config.yaml", da="config.yaml"),
    "rights": both(en="rights", da="rettigheder"),
    "disk": both(en="disk", da="disk"),
    "clock": both(en="clock", da="ur"),
    "templates": both(en="templates", da="skabeloner"),
    "ledger": both(en="ledger", da="regnskab"),
    "service": both(en="service", da="tjeneste"),
    "libreoffice": "LibreOffice",
}


@verb(
    help=both(
        en="Look at what a service needs of this machine: rights, room, the clock, git, LibreOffice and fonts (by "
        "drawing a page), templates, the ledger, and the mail server (by logging in). Nothing is changed. Exit code 0 "
        "if all is well, 1 if there is something to mend, 3 if the machine does not give what is needed.\n\n"
        "With --to ADDRESS one marked trial mail is sent there, with nothing of any family in it.",
        da="Se efter, hvad tjenesten behøver af maskinen: rettigheder, plads, uret, git, LibreOffice og skrifttyper "
        "(ved at tegne en side), skabeloner, regnskabet og mailserveren (ved at logge på). Intet bliver ændret. "
        "Slutkode 0, hvis alt er i orden, 1, hvis noget skal rettes, 3, hvis maskinen ikke giver det, der skal til.\n\n"
        "Med --to ADRESSE sendes én mærket prøvemail dertil, uden noget om nogen familie.",
    ),
    examples=("hopdocs doctor", "hopdocs doctor --to me@vesterlyng.example", "hopdocs doctor --format json"),
)
@click.option("--to", default="", metavar="ADDRESS", help=both(en="Send a trial mail.", da="Send en prøvemail."))
@format_option("json")
@click.pass_obj
def command(invocation: Invocation, to: str, output: str) -> None:
    """Examines, tells, and ends as the worst finding says."""
    from hopdocs.catalogue import choose_language  # noqa: PLC0415
    from hopdocs.cli.exits import Found, ToldFault  # noqa: PLC0415
    from hopdocs.clock import SystemClock  # noqa: PLC0415 - as of another day the ledger would lie in the future
    from hopdocs.operation.doctor.examination import examine  # noqa: PLC0415 - reads every layer
    from hopdocs.operation.doctor.finding import Health, worst_of  # noqa: PLC0415
    from hopdocs.workspace import open_workspace  # noqa: PLC0415

    workspace = open_workspace(invocation.workspace, invocation.operator)
    findings: list[Finding] = []
    for finding in examine(workspace, SystemClock(), to=to):
        findings.append(finding)
        if output == "text":
            _show(invocation.console, finding)
    worst = worst_of(findings)
    if output == "json":
        shapes = [item.as_json(choose_language()) for item in findings]
        invocation.console.emit_json({"health": worst.value, "findings": shapes})
    if worst is Health.BROKEN:
        raise ToldFault
    if worst is Health.MEND:
        raise Found


def _show(console: Console, finding: Finding) -> None:
    from hopdocs.catalogue import choose_language  # noqa: PLC0415
    from hopdocs.operation.doctor.finding import Health  # noqa: PLC0415

    words = {
        Health.WELL: (both(en="well", da="godt"), "green"),
        Health.MEND: (both(en="mend", da="ret"), "yellow"),
        Health.BROKEN: (both(en="broken", da="fejl"), "red"),
    }
    word, colour = words[finding.health]
    shape = finding.as_json(choose_language())
    code = f" {finding.code}" if finding.code else ""
    subject = _SUBJECTS.get(finding.subject, finding.subject)
    console.say(f"{console.style(word.ljust(6), colour)}  {subject.ljust(11)}  {shape['message']}{code}")
    if shape["hint"]:
        console.say(f"{' ' * 21}{both(en='mend', da='råd')}: {shape['hint']}")
