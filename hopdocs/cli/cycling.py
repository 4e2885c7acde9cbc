"""Runs one cycle for a verb, with its progress shown; and says what became of each document."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from hopdocs.build.plan import Action
from hopdocs.catalogue import choose_language, fill_message
from hopdocs.cli.console import both
from hopdocs.cli.reading import clock_of, find_family, read_config
from hopdocs.cycle import CycleOptions, CycleReport, Progress, run_cycle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.cli.console import Console
    from hopdocs.cli.program import Invocation
    from hopdocs.cycle import DocumentLine
    from hopdocs.workspace import Workspace

_SIGNS = {Action.MADE: "+", Action.KEPT: "=", Action.REMOVED: "-", Action.FAILED: "!"}
_COLOURS = {Action.MADE: "green", Action.KEPT: "dim", Action.REMOVED: "yellow", Action.FAILED: "red"}


class CycleChoices(TypedDict, total=False):
    """What only some verbs choose (`hopdocs.stages.report.CycleOptions`)."""

    jobs: int | None
    counts_unchanged: bool


def run_once(
    invocation: Invocation,
    families: tuple[str, ...],
    *,
    writes: bool,
    what: str,
    **options: Unpack[CycleChoices],
) -> tuple[Workspace, CycleReport]:
    """One cycle over the workspace, or over some of its families."""
    workspace, config = read_config(invocation)
    families = tuple(workspace.relative(find_family(workspace, item)) for item in families)
    stages = {"documents": what, "pdf": both(en="making PDFs", da="laver PDF'er")}
    with invocation.console.progress(what) as advance:

        def tell(step: Progress) -> None:
            advance(step.done, step.total, stages.get(step.what, step.what))

        chosen = CycleOptions(families=families, writes=writes, progress=tell, **options)
        return workspace, run_cycle(workspace, clock_of(invocation, config), chosen)


def document_json(line: DocumentLine) -> dict[str, Any]:
    """One document of `build --format json`."""
    return line.as_json(choose_language())


def changed_documents(report: CycleReport) -> list[DocumentLine]:
    """What a round did something with."""
    return [line for line in report.documents if line.action is not Action.KEPT]


def reason_text(line: DocumentLine) -> str:
    """Why, in the person's language."""
    return fill_message(line.reason.code, line.reason.params, choose_language())


def say_documents(console: Console, lines: Iterable[DocumentLine], *, explain: bool) -> None:
    """A line a document, its formats together: a sign, its path, and why; the unchanged only with `explain`."""
    shown: dict[tuple[str, Action, str], list[str]] = {}
    for line in lines:
        if explain or line.action is not Action.KEPT:
            why = reason_text(line) if explain or line.action is not Action.MADE else ""
            shown.setdefault((line.path.rpartition(".")[0], line.action, why), []).append(line.format)
    for (path, action, why), formats in shown.items():
        sign = console.style(_SIGNS[action], _COLOURS[action])
        console.say(f"{sign} {path}.{'+'.join(formats)}" + (f"  {console.style(why, 'dim')}" if why else ""))


def summary_of(lines: Iterable[DocumentLine], unchanged: int = 0) -> str:
    """How many of each, in words: `12 made, 3 removed, 40 unchanged`; `unchanged` are those without a line."""
    words = {
        Action.MADE: both(en="made", da="lavet"),
        Action.REMOVED: both(en="removed", da="fjernet"),
        Action.FAILED: both(en="failed", da="mislykket"),
        Action.KEPT: both(en="unchanged", da="uændret"),
    }
    counted = Counter(item.action for item in lines)
    counted[Action.KEPT] += unchanged
    parts = [f"{counted[action]} {word}" for action, word in words.items() if counted[action]]
    return (", ".join(parts) or both(en="no documents", da="ingen dokumenter")) + "."
