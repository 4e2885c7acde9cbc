"""`hopdocs removed`: which families' files went missing together, and a person's word that they were deleted."""

from __future__ import annotations

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb


@verb(
    help=both(
        en="Show the families whose files went missing together, and whose documents therefore wait for a person. Name "
        "some, or all, to say that they were deleted on purpose: the next cycle takes their documents away, but for "
        "what was handed over and the papers of meetings that were held. Files that come back need no word.",
        da="Vis de familier, hvis filer forsvandt sammen, og hvis dokumenter derfor venter på et menneske. Nævn nogle, "
        "eller all, for at sige, at de er slettet med vilje: næste runde fjerner deres dokumenter, men ikke det, der "
        "er udleveret, og papirerne fra afholdte møder. Filer, der kommer tilbage, kræver intet.",
    ),
    examples=("hopdocs removed", "hopdocs removed HOP-2026-007", "hopdocs removed all && hopdocs build"),
)
@click.argument("which", nargs=-1, metavar="[FAMILY|all]...")
@click.pass_obj
def command(invocation: Invocation, which: tuple[str, ...]) -> None:
    """Marks them in the ledger, beside a running service or without one."""
    from contextlib import closing  # noqa: PLC0415 - what follows reads sqlite and the layers below

    from hopdocs.cli.workspace_loading import read_config  # noqa: PLC0415
    from hopdocs.cycle.absent.absences import Absences, read_waiting  # noqa: PLC0415
    from hopdocs.notices.ledger.store import connect_ledger  # noqa: PLC0415
    from hopdocs.workspace import claim_state  # noqa: PLC0415

    workspace, _ = read_config(invocation)
    waiting = read_waiting(workspace.ledger_path)
    if not which or not waiting:
        nobody = both(en="No family waits: no files went missing together.", da="Ingen familie venter.")
        invocation.console.say("\n".join(f"{path}  {name}" for path, name in waiting.items()) or nobody)
        return
    chosen = sorted({path for word in which for path in _find(word, waiting)})
    claim_state(workspace)
    with closing(connect_ledger(workspace.ledger_path)) as connection:
        Absences(connection).release(chosen)
    count = len(chosen)
    invocation.console.say(
        both(
            en=f"{count} released: their documents go with the next build, or within a minute where the service runs.",
            da=f"{count} givet fri: dokumenterne fjernes ved næste build, eller inden et minut, hvor tjenesten kører.",
        )
    )


def _find(word: str, waiting: dict[str, str]) -> list[str]:
    """The files that a word means: all, a family's id, or the file's name."""
    if word.casefold() in {"all", "alle"}:
        return list(waiting)
    wanted = word.casefold().removeprefix("families/").removesuffix(".yaml")
    found = [
        path
        for path, name in waiting.items()
        if wanted in {name.casefold(), path.removeprefix("families/").removesuffix(".yaml").casefold()}
    ]
    if not found:
        raise click.UsageError(
            both(
                en=f"{word} is none of the families that wait: {', '.join(waiting.values())}",
                da=f"{word} er ikke blandt de familier, der venter: {', '.join(waiting.values())}",
            )
        )
    return found
