"""`hopdocs status`: where each family stands, what is overdue, and what waits for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from hopdocs import __version__
from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.diagnostics import Diagnostic
    from hopdocs.model.config import Config
    from hopdocs.model.scalars.values import FamilyId
    from hopdocs.pages.status import FamilyStatus
    from hopdocs.workspace import Workspace


@verb(
    help=both(
        en="Show where each family stands: phase, tovholder, next meeting, what is overdue, what waits for whom. "
        "A file that cannot be read is named on standard error and left out.",
        da="Vis, hvor hver familie står: fase, tovholder, næste møde, hvad der er overskredet, og hvad der venter på "
        "hvem. En fil, der ikke kan læses, nævnes for sig og er ikke med.",
    ),
    examples=("hopdocs status", "hopdocs status HOP-2026-007", "hopdocs status --format json"),
)
@click.argument("families", nargs=-1, metavar="[FAMILY]...")
@format_option("json")
@click.pass_obj
def command(invocation: Invocation, families: tuple[str, ...], output: str) -> None:
    """Reads the families' files as they are now."""
    from hopdocs.cli.workspace_loading import clock_of, read_config, today_of  # noqa: PLC0415 - reads every layer below
    from hopdocs.watching.figures import read_figures  # noqa: PLC0415

    workspace, config = read_config(invocation)
    if config.mail is not None and workspace.has_ledger:
        _tell_of_mail(invocation)
    today = today_of(invocation, config)
    rows, steps, unreadable = _read_rows(workspace, config, today, families, names=output != "json")
    unreadable += _vanished(workspace)
    figures = read_figures(workspace, config, clock_of(invocation, config).now())
    console = invocation.console
    if output == "json":
        shapes = [
            {
                **row.as_json(),
                "next_step": steps[row.family],
                "receipts": _receipts_json(workspace, row.family),
            }
            for row in rows
        ]
        console.emit_json({"families": shapes, "service": {"version": __version__, **figures.as_json()}})
    else:
        console.table([_cells(row) for row in rows], _heads())
        for row in rows:
            for line in (*_next(row, steps[row.family]), *_tasks(row), *_receipts(workspace, row.family)):
                console.say(line)
        if figures.pdfs_waiting:
            files = both(en="Word files have no PDF yet", da="Word-filer har deres PDF på vej")
            console.say(f"{figures.pdfs_waiting} {files}")
    found = [*unreadable, *_lost_copies(workspace, config, today, families), *_waiting_settings(workspace)]
    if found:
        from hopdocs.cli.findings import end_with, show_aside  # noqa: PLC0415

        show_aside(found, workspace, console)
        end_with(found)


def _tell_of_mail(invocation: Invocation) -> None:
    """That a ledger in doubt sends nothing is said wherever somebody looks; one that can't be written sends nothing."""
    from hopdocs.cli.outbox import open_ledger, say_not_started  # noqa: PLC0415
    from hopdocs.errors import LedgerFault  # noqa: PLC0415
    from hopdocs.notices.ledger.standing import NOT_STARTED, Reason  # noqa: PLC0415

    try:
        with open_ledger(invocation) as opened:
            reason = opened.ledger.why_not_started()
    except LedgerFault as fault:
        if fault.code != "HD514":  # a copy on a disk that may only be read can be looked at all the same
            raise
        reason = Reason(fault.code, fault.params)
    if reason is not None and reason.code != NOT_STARTED:
        invocation.console.tell(say_not_started(reason))


def _read_rows(
    workspace: Workspace, config: Config, today: date, families: tuple[str, ...], *, names: bool
) -> tuple[list[FamilyStatus], dict[FamilyId, str], list[Diagnostic]]:
    """The families, by each what to do next, and the files that cannot be read. Programs get keys for `names`."""
    from hopdocs.cli.workspace_loading import read_family_files  # noqa: PLC0415
    from hopdocs.cycle.shared_inputs import read_answers  # noqa: PLC0415
    from hopdocs.deadlines.next_step import say_step  # noqa: PLC0415
    from hopdocs.domain.family_day import FamilyDay  # noqa: PLC0415
    from hopdocs.evaluation import place_all  # noqa: PLC0415
    from hopdocs.notices.current_answers import find_current_answers  # noqa: PLC0415
    from hopdocs.pages.composition import say_first_mend  # noqa: PLC0415
    from hopdocs.pages.status import family_status, with_answers  # noqa: PLC0415
    from hopdocs.rules import check_family  # noqa: PLC0415
    from hopdocs.sources.families import parse_family  # noqa: PLC0415

    answers = read_answers(workspace) if config.mail is not None else {}
    rows: list[FamilyStatus] = []
    steps: dict[FamilyId, str] = {}
    unreadable: list[Diagnostic] = []
    for name, data in read_family_files(workspace, families, unreadable):
        read = parse_family(data, name, config)
        if read.family is None:
            unreadable += read.diagnostics
        else:
            day = FamilyDay.on(read.family, config, today)
            known = find_current_answers(read.family, config, answers.get(read.family.id, {}))
            status = with_answers(family_status(day), day, known)
            rows.append(status)
            mend = say_first_mend(place_all(day, read, check_family(day)), name)
            step = status.next_step if names or status.next_step is None else status.next_step.by_key()
            steps[status.family] = mend or say_step(step, read.source)
    return rows, steps, unreadable


def _waiting_settings(workspace: Workspace) -> list[Diagnostic]:
    """What was pushed of where mail goes, and waits for a person."""
    from hopdocs.operator_file import read_config_text  # noqa: PLC0415

    if workspace.operator is None:
        return []
    return [item for item in read_config_text(workspace).parse().diagnostics if item.code == "HD712"]


def _vanished(workspace: Workspace) -> list[Diagnostic]:
    """What waits for a person because families' files went missing together, as long as they are missing."""
    from hopdocs.cycle.absent.absences import read_waiting  # noqa: PLC0415
    from hopdocs.cycle.absent.holding import tell_vanished  # noqa: PLC0415

    absent = [path for path in read_waiting(workspace.ledger_path) if not (workspace.root / path).is_file()]
    return [tell_vanished(absent)] if absent else []


def _lost_copies(workspace: Workspace, config: Config, today: date, families: tuple[str, ...]) -> Iterator[Diagnostic]:
    """What was handed over to these families, or to any, and is no longer as it was kept."""
    from contextlib import closing  # noqa: PLC0415

    from hopdocs.cli.workspace_loading import find_family  # noqa: PLC0415
    from hopdocs.cycle.making.kept.lost_copies import find_lost_copies  # noqa: PLC0415
    from hopdocs.freshness.cache import open_cache_to_read  # noqa: PLC0415

    chosen = {workspace.relative(find_family(workspace, item)) for item in families}
    with closing(open_cache_to_read(workspace.cache_path)) as cache:
        lost = find_lost_copies(workspace.ledger_path, workspace.output(config.documents), cache, today)
    return (item for item in lost.diagnostics if not chosen or item.path in chosen)


def _heads() -> list[str]:
    return [
        both(en="family", da="familie"),
        both(en="state", da="tilstand"),
        "tovholder",
        both(en="next meeting", da="næste møde"),
        both(en="overdue", da="overskredet"),
        both(en="waits for", da="venter på"),
    ]


def _cells(row: FamilyStatus) -> list[str]:
    from hopdocs.pages.status import STATE_TEXTS  # noqa: PLC0415

    meeting: Any = row.next_meeting
    when = f"{meeting.date.isoformat()} {meeting.start:%H.%M} {meeting.type.value}" if meeting else "–"
    waits = ", ".join(dict.fromkeys(item.who for item in row.waiting_for))
    state = both(en=row.state.value, da=STATE_TEXTS[row.state])
    return [row.family, state, row.tovholder or "–", when, str(len(row.overdue) or "–"), waits or "–"]


def _next(row: FamilyStatus, step: str) -> list[str]:
    """The one thing to do, before all that is open."""
    return [f"  {row.family}  {both(en='next', da='næste skridt')}: {step}"] if step else []


def _tasks(row: FamilyStatus) -> list[str]:
    """What is behind the numbers, under the table."""
    since, waits_for = both(en="overdue since", da="overskredet siden"), both(en="waits for", da="venter på")
    late = [f"  {row.family}  {since} {item.due.isoformat()}: {item.title} ({item.who})" for item in row.overdue]
    waits = [f"  {row.family}  {waits_for} {item.who}: {item.what}" for item in row.waiting_for]
    return [*late, *waits, *_answers(row)]


def _receipts(workspace: Workspace, family: str) -> list[str]:
    """What the municipality's sender has said of the family's letters."""
    from hopdocs.cli.verbs.dispatch.history import last_receipts, say_receipt  # noqa: PLC0415

    return [f"  {family}  {say_receipt(letter, status)}" for letter, status, _ in last_receipts(workspace, family)]


def _receipts_json(workspace: Workspace, family: str) -> list[dict[str, Any]]:
    from hopdocs.cli.verbs.dispatch.history import last_receipts, receipt_json  # noqa: PLC0415

    return [receipt_json(*item) for item in last_receipts(workspace, family)]


def _answers(row: FamilyStatus) -> list[str]:
    """Who comes to the next meeting, each answer once."""
    words = {
        "accepted": both(en="coming", da="kommer"),
        "declined": both(en="not coming", da="kommer ikke"),
        "tentative": both(en="perhaps coming", da="kommer måske"),
        "none": both(en="no answer", da="ikke svaret"),
    }
    said = {answer: [item.who for item in row.answers if item.answer == answer] for answer in words}
    return [f"  {row.family}  {words[answer]}: {', '.join(who)}" for answer, who in said.items() if who]
