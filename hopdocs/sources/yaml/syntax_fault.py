"""A fault in the YAML itself, before it has a file; and how lines are looked at by those who explain one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """A fault in the YAML itself; `line` and `column` count from 0.

    `is_open_ended` says that lines after it may be read wrongly because of it (a quote or a bracket never closed).
    """

    code: str
    line: int
    column: int
    params: Mapping[str, str] = field(default_factory=dict)
    length: int = 1
    is_open_ended: bool = False


def indent_of(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def says_something(line: str) -> bool:
    """Whether a line is neither empty nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def line_above(lines: Sequence[str], at: int) -> int | None:
    """The nearest line above that says something."""
    return next((number for number in range(at - 1, -1, -1) if says_something(lines[number])), None)


def shorten(text: str) -> str:
    """The start of a text, fit for a message."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
