"""Faults in what people wrote, as values: collected, sorted by place, never raised one at a time.

A rule or a parser knows *where in the data* a fault stands (`Finding.at`, a path of keys and indexes). The
source that read the file turns that into a line and a column (`Diagnostic`). The wording lives in
`hopdocs.catalogue`, one file set per language; here are only codes and parameters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

DataPath: TypeAlias = tuple[str | int, ...]
"""Keys and list indexes from the top of a file down to a value: `("meetings", 2, "start")`."""


class Severity(StrEnum):
    """How bad it is; only an error makes a verb exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Blocks(StrEnum):
    """What a diagnostic stops: the whole family, its documents, its notices, or nothing."""

    FAMILY = "family"
    DOCUMENTS = "documents"
    NOTICES = "notices"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault at a path inside one file's data, before anyone has looked up its line.

    `on_key` puts the caret under the key instead of its value (unknown keys, missing values). A path that does
    not exist in the file (a missing key) is placed at its nearest existing ancestor.
    """

    code: str
    at: DataPath
    params: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    blocks: Blocks = Blocks.FAMILY
    on_key: bool = False


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A fault at its place in a file.

    `path` is relative to the workspace, with forward slashes. `line` and `column` count from 1 in characters;
    both are 0 where the fault is the whole file's. `length` is how many characters the caret covers.
    `place` says where in a Word template, which has no lines ('header', 'table 2, "Hvem kommer"'). `is_withheld`: it
    speaks of an entry that the reader of the family's page may not see, so that the page says no more than the line.
    """

    path: str
    line: int
    column: int
    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    blocks: Blocks = Blocks.FAMILY
    length: int = 1
    place: str = ""
    is_withheld: bool = False

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """Orders diagnostics by file and place, so that output is stable."""
        return (self.path, self.line, self.column, self.place, self.code, str(sorted(self.params.items())))


def read_diagnostic(raw: Mapping[str, Any]) -> Diagnostic:
    """A diagnostic from plain values."""
    return Diagnostic(**{**raw, "severity": Severity(raw["severity"]), "blocks": Blocks(raw["blocks"])})


Format: TypeAlias = Literal["text", "json", "github"]


def sort_diagnostics(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """By file, line, column; exact repeats once."""
    unique = {item.sort_key: item for item in diagnostics}
    return [unique[key] for key in sorted(unique)]


def has_errors(diagnostics: list[Diagnostic]) -> bool:
    """Whether any of them is an error (warnings and advice are not)."""
    return any(item.severity is Severity.ERROR for item in diagnostics)
