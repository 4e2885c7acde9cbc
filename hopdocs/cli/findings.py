"""Shows diagnostics in the form that was asked for, and ends the verb with 1 where an error is among them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from hopdocs.catalogue import choose_language
from hopdocs.cli.console import both
from hopdocs.cli.exits import Found
from hopdocs.diagnostics import Severity
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hopdocs.cli.console import Console
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.workspace import Workspace


def text_of(diagnostics: Sequence[Diagnostic], workspace: Workspace) -> str:
    """Each with its line of the file and a caret under the place."""
    from hopdocs.catalogue.report import render_text  # noqa: PLC0415 - where nothing is wrong nothing is read

    return render_text(diagnostics, source_lines(diagnostics, workspace), choose_language()).rstrip()


def github_of(diagnostics: Sequence[Diagnostic]) -> str:
    """One workflow command a line."""
    from hopdocs.catalogue.report import render_github  # noqa: PLC0415

    return render_github(diagnostics, choose_language()).rstrip()


def source_lines(diagnostics: Iterable[Diagnostic], workspace: Workspace) -> Mapping[str, Sequence[str]]:
    """The lines of every YAML file that has something wrong with it; a file that can't be read has none."""
    lines: dict[str, Sequence[str]] = {}
    for path in {item.path for item in diagnostics if item.line and item.path.endswith(".yaml")}:
        with suppress(UnreadableFile, FileNotFoundError):
            lines[path] = read_source(workspace.root / path).decode("utf-8-sig", "replace").splitlines()
    return lines


def count_of(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`, the worst first; empty if there is nothing."""
    words = {
        Severity.ERROR: (both(en="error", da="fejl"), both(en="errors", da="fejl")),
        Severity.WARNING: (both(en="warning", da="advarsel"), both(en="warnings", da="advarsler")),
        Severity.ADVICE: (both(en="piece of advice", da="råd"), both(en="pieces of advice", da="råd")),
    }
    parts = []
    for severity, (one, many) in words.items():
        number = sum(1 for item in diagnostics if item.severity is severity)
        if number:
            parts.append(f"{number} {one if number == 1 else many}")
    return ", ".join(parts)


def show_aside(diagnostics: Sequence[Diagnostic], workspace: Workspace, console: Console) -> None:
    """Tells them beside a verb's own result."""
    if diagnostics:
        console.tell(text_of(diagnostics, workspace))


def end_with(diagnostics: Iterable[Diagnostic]) -> None:
    """Leaves with 1 where an error was found; warnings and advice are not errors."""
    if any(item.severity is Severity.ERROR for item in diagnostics):
        raise Found
