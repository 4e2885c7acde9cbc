"""What the project's reports show, each piece by itself.

(No postponed annotations here: templates are checked against these types at run time.)
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHead:
    """Which report it is."""

    project: str
    """The project's name; empty when project.yaml names none."""
    title: str
    """"Status til styregruppen"."""
    period: str
    """"3. kvartal 2026"."""
    start: date
    until: date
    """The last day whose figures stand in it."""
    is_running: bool
    """Whether the period is not over."""
    approved: date | None
    """None while it is a draft."""
    summary: str
    """What somebody wrote; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One number of the project with its name. `value` is as it may be told: "12", "færre end 5", "–"."""

    name: str
    value: str
    note: str = ""
    """What it is counted by; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRow:
    """Something to have reached, and how it stands."""

    name: str
    due: date
    reached: date | None
    state: str
    """"nået", "nået for sent", "forsinket", "nærmer sig" or "på vej"."""
    light: str
    """"Grøn", "Gul" or "Rød"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """One risk, by its number in the matrix."""

    number: int
    name: str
    likelihood: str
    impact: str
    light: str
    action: str
    """May be empty."""
    owner: str
    """A name; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCourse:
    """A course that all have said yes to."""

    case: str
    areas: tuple[str, ...]
    staff: tuple[str, ...]
    """The names of the professionals; empty where the team of the period's last day was not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One course by its case number, with what is said of it."""

    case: str
    light: str
    """"Grøn", "Gul" or "Rød"; empty where no light belongs."""
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """A row of a table whose columns the report names."""

    cells: tuple[str, ...]
