"""What one copy of the familiefaglig undersøgelse gets: the parts its reader may read, and where the others stand."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class PartStatus:
    """How far one area is with its part; only areas that the reader may know to be at work."""

    area: str
    by: str
    """Who has written it, or is to write it."""
    written: date | None
    """None while it is missing."""
    due: date | None
    """By when it is to be there; None when it is, or when no formøde is called."""
    is_shown: bool
    """Whether the part itself stands in this copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """One area's part."""

    area: str
    by: str
    """Who has written it; empty if the reader may not know whom else she works with."""
    title: str
    """"familierådgiver"; empty together with `by`."""
    date: date
    for_: tuple[str, ...]
    """First names of those it is about, where the part names them; else empty."""
    works: str
    concerns: str
    wishes: str
    sources: str
    file: str
    """The file that has the text, when it is written elsewhere."""
    internal: str
    """What is for professionals only; always empty in the family's copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildView:
    """What a child has said."""

    first_name: str
    view: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """Something that is done already."""

    what: str
    for_: tuple[str, ...]
    area: str
    responsible: str
    period: str
    """"fra den 9. november 2026", "9. november 2026–30. april 2027"."""
    hours: str
    """"1,5 timer om ugen"; may be empty."""
    marks: tuple[str, ...]
    """Sentences about what falls together with it; mostly empty."""
