"""What was counted and measured, as templates and pages get it: numbers are words already, in Danish.

(No postponed annotations here: templates are checked against these types at run time.)
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLine:
    """One thing that was measured of somebody, before and after.

    A heading that nothing was measured for has a line too, with `what` empty.
    """

    heading: str
    """The criterion or the group: "1. Større sammenhæng i indsatsen"."""
    what: str
    """"Fravær fra skole eller dagtilbud"; empty if nothing was measured."""
    who: str
    """Whom it is about; empty for the family."""
    before: str
    """"38 % (maj 2025)"."""
    after: str
    """Empty while there is one value alone."""
    outcome: str
    """"bedre", "uændret", "dårligere" or "uvist"; of what ends with the course, how it ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawLine:
    """One draw of the services."""

    name: str
    """"start", "12 mdr.", "afslutning"."""
    due: date
    made: date | None
    total: str
    """Empty where it was not made, or an area was left out."""
    by_area: tuple[str, ...]
    """"Børn og Familie: 3"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """One month's expenses."""

    month: date
    total: str
    """"61.400 kr."; empty where an area has written none."""
    by_area: tuple[str, ...]
    """"BF 43.100": by code, for there is one such line a month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendLine:
    """The first months held against the last, of one area or of all."""

    name: str
    first: str
    """Kroner a month; empty where nothing can be said."""
    last: str
    change: str
    """"-25 %"."""
    trend: str
    """"stabil", "fald", "stigning" or "uvist"."""
    why_unknown: str
    """What is missing for a verdict; empty where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """Something that was counted of the work itself."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildPart:
    """One child's part in the family's meetings."""

    name: str
    took_part: str
    """"3 af 5 møder"."""
    reasons: tuple[str, ...]
    """Why it stayed away: "ferie (2)"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitedLine:
    """One wait for a decision."""

    area: str
    what: str
    """Empty where only the area may be told."""
    applied: date
    granted: date | None
    days: int
    """How long it took; 0 while it goes on, since a number that grows would be wrong the next day."""
    consequence: str
