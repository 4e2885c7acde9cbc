"""`hopdocs watch`: the service. It builds and tells whenever a file is saved, and says on the way what it did.

On a terminal that is a live picture (`hopdocs.cli.live`). Off it its words are a log: ids, kinds and codes, no name and
no text of anybody's file.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from hopdocs.cli.cluster_choice import ClusterChoice, cluster_options
from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.cli.console import Console
    from hopdocs.clock import Clock
    from hopdocs.cycle.making.elsewhere.place import Elsewhere
    from hopdocs.cycle.run import CycleReport, Progress
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.notices.sending.delivery import DeliveryReport
    from hopdocs.watching.service import ServiceEvent
    from hopdocs.workspace import Workspace


@verb(
    help=both(
        en="Make what is stale and send what is due, and do so again whenever a file is saved, checked out or pulled, "
        "until SIGTERM or Ctrl-C. With --once: one round, and exit code 1 where it found an error.\n\n"
        "Nothing leaves before `hopdocs notices start`, also from a new workspace. "
        "The answer stands on disk after each round: out/overblik.html. "
        "`--format json` is for a log; `details` names documents and people, and is not.",
        da="Lav det, der ikke er friskt, send det, der skal ud, og gør det igen, hver gang en fil gemmes eller hentes, "
        "til SIGTERM eller Ctrl-C. Med --once: én runde, og slutkode 1, hvor den fandt en fejl.\n\n"
        "Intet går ud før `hopdocs notices start`, heller ikke fra et nyt arbejdsområde. "
        "Svaret står på disken efter hver runde: out/overblik.html. "
        "`--format json` er til en log; `details` nævner dokumenter og mennesker og er ikke til det.",
    ),
    examples=("hopdocs watch", "hopdocs watch --once", "hopdocs watch --format json | jq .event"),
)
@click.option("--once", is_flag=True, help=both(en="One round, then end.", da="Én runde, og så slut."))
@click.option(
    "--plain",
    is_flag=True,
    help=both(
        en="Lines on a terminal too, instead of the live picture: for a screen reader, or to keep.",
        da="Linjer også på en terminal, i stedet for det levende billede: til oplæsning, eller til at gemme.",
    ),
)
@click.option(
    "--metrics-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=both(
        en="Write figures for Prometheus' node_exporter there after each round.",
        da="Skriv tal til Prometheus' node_exporter dér efter hver runde.",
    ),
)
@cluster_options
@format_option("json", "details")
@click.pass_obj
def command(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    once: bool,
    plain: bool,
    metrics_file: Path | None,
    cluster: str | None,
    certificates: Path | None,
    output: str,
) -> None:
    """Starts the loop, or runs one round of it."""
    from hopdocs.cli.findings import end_with  # noqa: PLC0415 - the service reads every layer
    from hopdocs.cli.live.terminal import can_draw  # noqa: PLC0415
    from hopdocs.cli.outbox import refuse_another_day  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import clock_of, read_config  # noqa: PLC0415
    from hopdocs.watching.service import ServiceEvent, watch  # noqa: PLC0415

    workspace, config = read_config(invocation)
    refuse_another_day(invocation, config)
    clock = clock_of(invocation, config)
    zone = ZoneInfo(config.timezone)
    reporter = (
        TextReporter(invocation.console, workspace, clock, zone)
        if output == "text"
        else {"json": JsonReporter, "details": DetailedReporter}[output](invocation.console)
    )
    choice = ClusterChoice(cluster, certificates)
    if once:
        is_plain = plain or output != "text"
        with choice.connect(config) as elsewhere:
            report, delivery = _run_one_round(
                invocation.console, workspace, clock, is_plain=is_plain, elsewhere=elsewhere
            )
        reporter(ServiceEvent(report=report))
        if delivery is not None:
            reporter(ServiceEvent(delivery=delivery))
        end_with(report.diagnostics)
    elif isinstance(reporter, TextReporter) and not plain and can_draw(sys.stdout):
        from hopdocs.cli.live.watcher import LivePicture  # noqa: PLC0415 - rich is only for a terminal

        with (
            choice.connect(config) as elsewhere,
            LivePicture(invocation.console, workspace, config, clock, zone, reporter) as picture,
        ):
            watch(
                workspace,
                clock,
                picture,
                stop=picture.stop,
                progress=picture.show_progress,
                metrics_file=metrics_file,
                elsewhere=elsewhere,
            )
    else:
        reporter.begin(workspace)
        with choice.connect(config, must_answer=False) as elsewhere:
            shown = reporter.show_progress
            watch(workspace, clock, reporter, progress=shown, metrics_file=metrics_file, elsewhere=elsewhere)


def _run_one_round(
    console: Console, workspace: Workspace, clock: Clock, *, is_plain: bool, elsewhere: Elsewhere | None
) -> tuple[CycleReport, DeliveryReport | None]:
    """One round, with a bar where somebody waits for it; a log gets none of the lines that stand for one elsewhere."""
    from hopdocs.cli.live.terminal import can_draw  # noqa: PLC0415
    from hopdocs.cycle.run import CycleOptions  # noqa: PLC0415
    from hopdocs.watching.service import run_once  # noqa: PLC0415

    if is_plain or not can_draw(sys.stderr):
        return run_once(workspace, clock, elsewhere=elsewhere)
    with console.progress(_say_stage("documents")) as advance:

        def show_progress(step: Progress) -> None:
            advance(step.done, step.total, _say_stage(step.what))

        options = CycleOptions(plans_notices=True, progress=show_progress)
        return run_once(workspace, clock, options, elsewhere=elsewhere)


def _say_stage(stage: str) -> str:
    words = {"documents": both(en="building", da="bygger"), "pdf": both(en="making PDFs", da="laver PDF'er")}
    return words.get(stage, stage)


class JsonReporter:
    """One JSON object a line: a log for machines, without a word that people wrote."""

    def __init__(self, console: Console) -> None:
        from hopdocs.watching.log_events import EventLog  # noqa: PLC0415

        self._console = console
        self._log = EventLog()

    def begin(self, workspace: Workspace) -> None:
        """The first line."""
        self._console.emit_json_line(self._log.begin(workspace.root))

    def show_progress(self, step: Progress) -> None:
        """How far a stage has come."""
        self._console.emit_json_line(self._log.progress(step))

    def __call__(self, event: ServiceEvent) -> None:
        """What happened."""
        for line in self._log.lines(event):
            self._console.emit_json_line(self._in_full(event, line))

    def _in_full(self, _event: ServiceEvent, line: dict[str, Any]) -> dict[str, Any]:
        return line


class DetailedReporter(JsonReporter):
    """The same with documents by name and faults in words, for a program of the person who may read the files."""

    def _in_full(self, event: ServiceEvent, line: dict[str, Any]) -> dict[str, Any]:
        from hopdocs.catalogue import choose_language  # noqa: PLC0415
        from hopdocs.catalogue.report import as_json  # noqa: PLC0415
        from hopdocs.cli.build_summary import changed_documents, document_json  # noqa: PLC0415

        if line["event"] == "cycle" and event.report is not None:
            line["documents"] = [document_json(item) for item in changed_documents(event.report)]
            line["diagnostics"] = as_json(event.report.diagnostics, choose_language())
        elif line["event"] == "diagnostics":
            line["diagnostics"] = as_json(event.diagnostics, choose_language())
        return line


class TextReporter:
    """Lines for people: in full on a terminal, without anything personal in a log."""

    def __init__(self, console: Console, workspace: Workspace, clock: Clock, zone: ZoneInfo) -> None:
        self._console = console
        self._workspace = workspace
        self._clock = clock
        self._zone = zone
        self._is_watched = console.is_terminal()
        self._said: frozenset[tuple[Any, ...]] = frozenset()
        self._fault = ""

    def begin(self, workspace: Workspace) -> None:
        """Where we are."""
        self._line(both(en=f"watching {workspace.root}", da=f"holder øje med {workspace.root}"))

    def show_progress(self, step: Progress) -> None:
        """Each tenth of long work."""
        tenth = max(step.total // 10, 1)
        if step.total > 20 and step.done % tenth == 0:  # noqa: PLR2004 - quick work needs no words
            self._line(f"{_say_stage(step.what)}: {step.done}/{step.total}")

    def __call__(self, event: ServiceEvent) -> None:
        """What happened; nothing for a round in which nothing did."""
        if event.report is not None:
            self._show_documents(event.report)
            self._show_mail(event.report)
            self._show_diagnostics(event.report.diagnostics)
        if event.diagnostics:
            self._show_diagnostics(event.diagnostics)
        if event.delivery is not None:
            self._show_delivery(event.delivery)
        if event.stopped:
            self._line(both(en="stopped", da="stoppet"))

    def _show_documents(self, report: CycleReport) -> None:
        from hopdocs.cli.build_summary import changed_documents, say_documents, summary_of  # noqa: PLC0415

        changed = changed_documents(report)
        if not changed:
            return
        if self._is_watched:
            say_documents(self._console, changed, explain=True)
        for family in dict.fromkeys(line.family for line in changed):
            own = [line for line in changed if line.family == family]
            kinds = ", ".join(dict.fromkeys(" ".join(filter(None, (line.kind, line.meeting))) for line in own))
            self._line(f"{family}: {summary_of(own)} ({kinds})")

    def _show_mail(self, report: CycleReport) -> None:
        """What is to leave, what came back, and how much of it came to nothing, without a name."""
        from hopdocs.catalogue import choose_language  # noqa: PLC0415
        from hopdocs.cycle.mail.answers_folder import say_nothing_came  # noqa: PLC0415

        if report.queued:
            count = report.queued
            self._line(both(en=f"{count} notices planned", da=f"{count} mails lagt klar"))
        if report.answers or report.bounces:
            answers, bounces = report.answers, report.bounces
            self._line(
                both(
                    en=f"{answers} answers and {bounces} bounces read",
                    da=f"{answers} svar og {bounces} returmails læst",
                )
            )
        if report.nothing and report.shared is not None:
            self._line(say_nothing_came(report.nothing, report.shared.config, choose_language()))

    def _show_diagnostics(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Only what was not said before: the same fault in each round is no news."""
        from hopdocs.catalogue import choose_language  # noqa: PLC0415
        from hopdocs.catalogue.report import render_code  # noqa: PLC0415
        from hopdocs.cli.findings import text_of  # noqa: PLC0415
        from hopdocs.watching.log_events import public_path  # noqa: PLC0415

        fresh = [item for item in diagnostics if item.sort_key not in self._said]
        self._said = frozenset(item.sort_key for item in diagnostics)
        if self._is_watched and fresh:
            self._console.say(text_of(fresh, self._workspace))
        elif fresh:
            for item in fresh:
                place = ":".join(str(part) for part in (public_path(item.path) or ".", item.line, item.column) if part)
                self._line(f"{place}: {render_code(item, choose_language())}")

    def _show_delivery(self, delivery: DeliveryReport) -> None:
        from hopdocs.catalogue import choose_language, fill_message  # noqa: PLC0415
        from hopdocs.cli.send_round import show_delivery  # noqa: PLC0415

        if any((delivery.accepted, delivery.failed, delivery.deferred, delivery.in_doubt)):
            self._line(both(en="mail: ", da="mails: ") + show_delivery(delivery))
        fault = delivery.fault
        if fault is not None and fault.code != self._fault:
            self._line(fill_message(fault.code, fault.params, choose_language()))
        self._fault = fault.code if fault is not None else ""

    def _line(self, text: str) -> None:
        self._console.say(f"{self._clock.now().astimezone(self._zone):%H.%M.%S}  {text}")
