"""Says what became of each document."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from hopdocs.catalogue import choose_language, fill_message
from hopdocs.cli.console import both
from hopdocs.freshness.staleness import Action

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.cli.console import Console
    from hopdocs.cycle.run import CycleReport, DocumentLine

_SIGNS = {Action.MADE: "+", Action.KEPT: "=", Action.REMOVED: "-", Action.FAILED: "!"}
_COLOURS = {Action.MADE: "green", Action.KEPT: "dim", Action.REMOVED: "yellow", Action.FAILED: "red"}


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
