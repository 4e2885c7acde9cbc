"""`hopdocs templates check`: every Word template against the model, before any family is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, VerbGroup, format_option

if TYPE_CHECKING:
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.workspace import Workspace


@click.group(cls=VerbGroup, help=both(en="Look after the Word templates.", da="Se efter Word-skabelonerne."))
def command() -> None:
    """Groups what is done with templates."""


@command.command(
    "check",
    help=both(
        en="Lint every template against the model, each fault at its place in Word. No family is needed for it.",
        da="Se hver skabelon efter mod modellen, hver fejl på sit sted i Word. Det kræver ingen familier.",
    ),
    examples=("hopdocs templates check", "hopdocs templates check --format json"),
)
@format_option("json", "github")
@click.pass_obj
def check_templates(invocation: Invocation, output: str) -> None:
    """Compiles and type-checks what the workspace uses: its own templates, and the shipped ones beside them."""
    from hopdocs.catalogue import choose_language  # noqa: PLC0415 - reads the whole rendering layer
    from hopdocs.catalogue.report import as_json  # noqa: PLC0415
    from hopdocs.cli.findings import count_of, end_with, github_of, text_of  # noqa: PLC0415
    from hopdocs.workspace import open_workspace  # noqa: PLC0415

    workspace, console = open_workspace(invocation.workspace), invocation.console
    checked, found = _check_all(workspace)
    if output == "json":
        console.emit_json({"diagnostics": as_json(found, choose_language())})
    elif output == "github":
        console.say(github_of(found))
    elif found:
        console.say(text_of(found, workspace))
        console.say()
        console.say(count_of(found))
    else:
        console.say(both(en=f"{checked} templates, no faults.", da=f"{checked} skabeloner, ingen fejl."))
    end_with(found)


def _check_all(workspace: Workspace) -> tuple[int, list[Diagnostic]]:
    from hopdocs.diagnostics import Blocks, Diagnostic, Severity, sort_diagnostics  # noqa: PLC0415
    from hopdocs.documents.danish import FILTERS  # noqa: PLC0415
    from hopdocs.documents.kinds import KINDS  # noqa: PLC0415
    from hopdocs.errors import FaultyInput  # noqa: PLC0415
    from hopdocs.rendering.checking import check_template  # noqa: PLC0415
    from hopdocs.rendering.template import compile_template  # noqa: PLC0415
    from hopdocs.stages.surroundings import find_templates  # noqa: PLC0415

    contexts = {kind.template: kind.context for kind in KINDS.values() if kind.template is not None}
    found: list[Diagnostic] = []
    files = find_templates(workspace, found)
    for name, file in files.items():
        context = contexts.get(name.partition(".")[0])
        if context is None:
            found.append(Diagnostic(f"templates/{name}", 0, 0, "HD595", {}, Severity.WARNING, Blocks.NOTHING))
            continue
        try:
            found += check_template(compile_template(file.path, filters=FILTERS), context)
        except FaultyInput as err:
            found += err.diagnostics
    return len(files), sort_diagnostics(found)
