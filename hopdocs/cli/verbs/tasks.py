"""`hopdocs tasks`: what is whose in all families, by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.diagnostics import Diagnostic
    from hopdocs.model.config import Config
    from hopdocs.pages.todo import TodoLine
    from hopdocs.workspace import Workspace


@verb(
    help=both(
        en="Show what is a colleague's to do in all families, by day: what was agreed at meetings, and deadlines. "
        "Without PERSON it shows everybody's. A file that cannot be read is named on standard error and left out.",
        da="Vis, hvad en kollega skal gøre i alle familier, dag for dag: det, der er aftalt på møder, og frister. "
        "Uden PERSON vises alles. En fil, der ikke kan læses, nævnes for sig og er ikke med.",
    ),
    examples=("hopdocs tasks iik", "hopdocs tasks", "hopdocs tasks iik --format json"),
)
@click.argument("person", required=False)
@format_option("json")
@click.pass_obj
def command(invocation: Invocation, person: str | None, output: str) -> None:
    """Reads the families' files as they are now."""
    from hopdocs.cli.workspace_loading import find_person, read_config, today_of  # noqa: PLC0415 - reads every layer below the pages

    workspace, config = read_config(invocation)
    wanted = find_person(config, person) if person is not None else None
    today = today_of(invocation, config)
    lines, unreadable = _read_lines(workspace, config, today)
    shown = [line for line in lines if wanted in (None, line.person)]
    shown.sort(key=lambda line: (line.due is None, line.due, line.person, line.case_number))
    console = invocation.console
    if output == "json":
        console.emit_json({"tasks": [line.as_json() | {"overdue": line.is_overdue(today)} for line in shown]})
    elif shown:
        console.table([_cells(line, today) for line in shown], _heads())
    else:
        console.say(both(en="nothing to do", da="ingen opgaver"))
    if unreadable:
        from hopdocs.cli.findings import end_with, show_aside  # noqa: PLC0415

        show_aside(unreadable, workspace, console)
        end_with(unreadable)


def _read_lines(workspace: Workspace, config: Config, today: date) -> tuple[list[TodoLine], list[Diagnostic]]:
    from hopdocs.cli.workspace_loading import read_family_files  # noqa: PLC0415
    from hopdocs.domain.family_day import FamilyDay  # noqa: PLC0415
    from hopdocs.pages.status import family_status  # noqa: PLC0415
    from hopdocs.pages.todo import todo_lines  # noqa: PLC0415
    from hopdocs.sources.families import parse_family  # noqa: PLC0415

    lines: list[TodoLine] = []
    unreadable: list[Diagnostic] = []
    for name, data in read_family_files(workspace, (), unreadable):
        read = parse_family(data, name, config)
        if read.family is None:
            unreadable += read.diagnostics
        else:
            day = FamilyDay.on(read.family, config, today)
            lines += todo_lines(day, family_status(day))
    return lines, unreadable


def _heads() -> list[str]:
    return [
        both(en="by", da="senest"),
        both(en="who", da="hvem"),
        both(en="case", da="sag"),
        both(en="what", da="hvad"),
        both(en="because of", da="kommer af"),
    ]


def _cells(line: TodoLine, today: date) -> list[str]:
    late = both(en=" (overdue)", da=" (overskredet)") if line.is_overdue(today) else ""
    due = f"{line.due.isoformat()}{late}" if line.due is not None else "–"
    return [due, line.person, line.case_number, line.what, line.comes_from]
