"""`hopdocs templates`: looking after the Word templates before anything is made of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, VerbGroup, format_option
from hopdocs.cli.verbs.templates.drafts import compare_templates, preview_template
from hopdocs.cli.verbs.templates.fields import list_fields
from hopdocs.cli.verbs.templates.languages import list_languages

if TYPE_CHECKING:
    from hopdocs.cycle.template_review import Review
    from hopdocs.workspace import Workspace


@click.group(cls=VerbGroup, help=both(en="Look after the Word templates.", da="Se efter Word-skabelonerne."))
def command() -> None:
    """Groups what is done with templates."""


@command.command(
    "check",
    short_help=both(en="lint every template against the model", da="se hver skabelon efter mod modellen"),
    help=both(
        en="Lint every template against the model, drafts too, each fault at its place in Word. No family is needed "
        "for it. Exit code 1 where there is an error.",
        da="Se hver skabelon efter mod modellen, også udkast, hver fejl på sit sted i Word. Det kræver ingen familier. "
        "Slutter med 1, når der er en fejl.",
    ),
    examples=(
        "hopdocs templates check",
        "hopdocs templates check --annotate rettelser",
        "hopdocs templates check --format json",
        "hopdocs templates check --format github",
    ),
)
@click.option(
    "--annotate",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help=both(
        en="Write a copy of each faulty template there, with Word comments where the faults are.",
        da="Læg en kopi af hver skabelon med fejl der, med Word-kommentarer, hvor fejlene er.",
    ),
)
@format_option("json", "github")
@click.pass_obj
def check_templates(invocation: Invocation, annotate: Path | None, output: str) -> None:
    """Compiles and type-checks what the workspace uses: its own templates, and the shipped ones beside them."""
    from hopdocs.catalogue import choose_language  # noqa: PLC0415 - reads the whole rendering layer
    from hopdocs.catalogue.report import as_json  # noqa: PLC0415
    from hopdocs.cli.findings import count_of, end_with, github_of, text_of  # noqa: PLC0415
    from hopdocs.cycle.template_review import review_templates  # noqa: PLC0415
    from hopdocs.workspace import open_workspace  # noqa: PLC0415

    workspace, console = open_workspace(invocation.workspace, invocation.operator), invocation.console
    review = review_templates(workspace)
    found = review.faults
    copies = _write_annotated(workspace, review, annotate) if annotate is not None else []
    if output == "json":
        rows = {"annotated": [str(path) for path in copies]} if annotate is not None else {}
        console.emit_json({"diagnostics": as_json(found, choose_language())} | rows)
    elif output == "github":
        if found:
            console.say(github_of(found))
    elif found:
        console.say(text_of(found, workspace))
        console.say()
        console.say(count_of(found))
    else:
        console.say(both(en=f"{review.count} templates, no faults.", da=f"{review.count} skabeloner, ingen fejl."))
    if output == "text":
        for path in copies:
            console.say(both(en=f"comments in {path}", da=f"kommentarer i {path}"))
    end_with(found)


def _write_annotated(workspace: Workspace, review: Review, folder: Path) -> list[Path]:
    """A copy of each faulty template, never over a file that is there: somebody may be at work in it."""
    from hopdocs.catalogue import choose_language  # noqa: PLC0415
    from hopdocs.cli.safe_write import save_new  # noqa: PLC0415
    from hopdocs.cycle.template_review import annotate  # noqa: PLC0415
    from hopdocs.errors import WorkspaceFault  # noqa: PLC0415

    if folder.resolve().is_relative_to(workspace.templates.resolve()):
        msg = both(
            en=f"{folder} holds the templates themselves; choose another folder",
            da=f"{folder} er skabelonernes egen mappe; vælg en anden",
        )
        raise click.BadParameter(msg)
    copies = {
        folder / name: annotate(name, data, review.faults, choose_language()) for name, data in review.faulty.items()
    }
    for path in copies:
        if path.exists():
            raise WorkspaceFault("HD598", path=str(path))
    written = []
    for path, copy in copies.items():
        if copy is not None:
            save_new(path, copy)
            written.append(path)
    return written


@command.command(
    "accept",
    short_help=both(en="accept the tracked changes in a copy", da="acceptér de sporede ændringer i en kopi"),
    help=both(
        en="Write a copy of a template in which every tracked change is accepted. The template itself stays as it is: "
        "look at the copy, and save it in its place.",
        da="Skriv en kopi af en skabelon, hvor hver sporet ændring er accepteret. Selve skabelonen bliver, som den er: "
        "se kopien efter, og gem den i dens sted.",
    ),
    examples=("hopdocs templates accept invitation --to rettelser",),
)
@click.argument("name", metavar="KIND[.VARIANT]")
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help=both(en="Where the copy is put.", da="Hvor kopien lægges."),
)
@click.pass_obj
def accept_changes(invocation: Invocation, *, name: str, folder: Path) -> None:
    """The owner's answer to all of a template's changes at once; a draft's where there is no template of the name."""
    from hopdocs.cli.safe_write import save_new  # noqa: PLC0415 - reads the whole rendering layer
    from hopdocs.cycle.template_review import accept_in_copy  # noqa: PLC0415
    from hopdocs.errors import WorkspaceFault  # noqa: PLC0415
    from hopdocs.workspace import open_workspace  # noqa: PLC0415

    workspace, console = open_workspace(invocation.workspace, invocation.operator), invocation.console
    copy = accept_in_copy(workspace, name)
    if copy is None:
        raise click.BadParameter(both(en=f"no template is called {name}", da=f"ingen skabelon hedder {name}"))
    path = folder / copy[0]
    if path.exists():
        raise WorkspaceFault("HD598", path=str(path))
    save_new(path, copy[1])
    console.say(both(en=f"accepted in {path}", da=f"accepteret i {path}"))


command.add_command(list_fields)
command.add_command(list_languages)
command.add_command(preview_template)
command.add_command(compare_templates)
