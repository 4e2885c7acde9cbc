"""`hopdocs new family`: a new family's file, with what is known today."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb
from hopdocs.cli.verbs.new.words import DATE, NAME, refuse_to_come

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.cli.drafts import Person
    from hopdocs.workspace import Workspace


@click.command(
    "family",
    cls=Verb,
    short_help=both(en="a new family's file", da="en ny families fil"),
    help=both(
        en="Write families/<id>.yaml for a new family. The id is the next free one unless you give it. Every section "
        "stands in the file, in the order of the work: as a comment with an example, until it is needed.",
        da="Skriv families/<id>.yaml for en ny familie. Id'et er det næste ledige, medmindre du giver et. Hvert afsnit "
        "står i filen, i den rækkefølge arbejdet går: som en kommentar med et eksempel, til det bliver aktuelt.",
    ),
    examples=(
        'hopdocs new family "Familien Prøve" --parent "Ida Prøve" 1988-02-29 --child "Bo Prøve" 2015-06-01',
        'hopdocs new family "Familien Prøve" --id HOP-2026-100 --case-number 26-014410 --parent "Ida Prøve" 29.2.1988',
    ),
)
@click.argument("name", type=NAME)
@click.option("--id", "family_id", metavar="ID", help=both(en="The family's id.", da="Familiens id."))
@click.option("--case-number", default="", help=both(en="The shared case.", da="Den fælles sag."))
@click.option(
    "--parent",
    "parents",
    type=(NAME, DATE),
    multiple=True,
    required=True,
    metavar="NAME BORN",
    help=both(en="Who has custody; once for each.", da="Hvem der har forældremyndighed; én gang for hver."),
)
@click.option(
    "--child",
    "children",
    type=(NAME, DATE),
    multiple=True,
    metavar="NAME BORN",
    help=both(en="A child; once for each.", da="Et barn; én gang for hvert."),
)
@click.pass_obj
def new_family(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    name: str,
    family_id: str | None,
    case_number: str,
    parents: tuple[tuple[str, date], ...],
    children: tuple[tuple[str, date], ...],
) -> None:
    """Writes the file, and refuses to write one that would not be read without a fault."""
    from hopdocs.cli.drafts import Person, next_family_id  # noqa: PLC0415
    from hopdocs.cli.family_edit import read_without_fault  # noqa: PLC0415
    from hopdocs.cli.family_edit.family_draft import NewFamily, draft_family  # noqa: PLC0415
    from hopdocs.cli.safe_write import save_new  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import read_config, today_of  # noqa: PLC0415
    from hopdocs.cycle.erasure.proof import erased_families  # noqa: PLC0415
    from hopdocs.model.people import Role  # noqa: PLC0415

    workspace, config = read_config(invocation)
    today = today_of(invocation, config)
    taken = [path.stem for path in workspace.families.glob("*.yaml")] + erased_families(workspace.ledger_path)
    chosen = family_id or next_family_id(taken, today.year)
    refuse_to_come(today, *(born for _, born in (*parents, *children)))
    people: tuple[Person, ...] = (
        *(Person(*parent, custody=True) for parent in parents),
        *(Person(*child, role=Role.CHILD) for child in children),
    )
    path = workspace.families / f"{chosen.lower()}.yaml"
    data = draft_family(NewFamily(chosen, name, case_number, people), config, today).encode()
    read_without_fault(data, workspace.relative(path), config)
    before = _with_case(workspace, case_number)
    save_new(path, data)
    invocation.console.say(workspace.relative(path))
    if before:
        files = ", ".join(before)
        invocation.console.tell(
            both(
                en=f"the case number {case_number} stands in {files} too: mend the wrong one, or delete the new file",
                da=f"sagsnummeret {case_number} står også i {files}: ret det forkerte, eller slet den nye fil",
            )
        )


def _with_case(workspace: Workspace, case_number: str) -> list[str]:
    """The files that name this case already: mails and figures know a family by nothing else."""
    from hopdocs.cli.workspace_loading import read_family_files  # noqa: PLC0415

    if not case_number:
        return []
    line = re.compile(rf"^case_number: *[\"']?{re.escape(case_number)}[\"']? *(?:#.*)?\r?$".encode(), re.MULTILINE)
    return [name for name, data in read_family_files(workspace, (), []) if line.search(data)]
