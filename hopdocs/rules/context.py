"""What every rule is given, and the three ways in which it can speak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks, DataPath, Finding, Severity
from hopdocs.domain.consent import Gate, gate_of
from hopdocs.domain.state import RUNNING, State, course_state

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family


@dataclass(frozen=True, slots=True)
class Course:
    """One family on one day, with what most rules ask first."""

    family: Family
    config: Config
    today: date
    state: State
    gate: Gate

    @classmethod
    def on(cls, family: Family, config: Config, today: date) -> Course:
        """The course as it stands on `today`."""
        return cls(family, config, today, course_state(family, config, today), gate_of(family, today))

    @property
    def is_running(self) -> bool:
        """Whether the team works with the family."""
        return self.state in RUNNING


def error(code: str, at: DataPath, *, blocks: Blocks = Blocks.NOTHING, missing: bool = False, **params: str) -> Finding:
    """A fault that must be mended. `missing`: the key at the end of `at` is the one to write."""
    return Finding(code, at, params, Severity.ERROR, blocks, on_key=missing)


def warn(code: str, at: DataPath, *, missing: bool = False, **params: str) -> Finding:
    """Something to look at; it stops nothing."""
    return Finding(code, at, params, Severity.WARNING, Blocks.NOTHING, on_key=missing)


def advise(code: str, at: DataPath, *, missing: bool = False, **params: str) -> Finding:
    """Something that could be better."""
    return Finding(code, at, params, Severity.ADVICE, Blocks.NOTHING, on_key=missing)


def in_words(items: object) -> str:
    """Ids and codes as one comma-separated text, in the order given."""
    return ", ".join(str(item) for item in items) if isinstance(items, (tuple, list)) else str(items)
