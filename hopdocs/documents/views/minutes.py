"""What a referat gets besides what all papers of a meeting do."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesLine:
    """One point of the meeting, as this reader may see it."""

    point: str
    text: str
    """What was said; may be empty."""
    agreed: str
    """What was agreed; may be empty. `text` or `agreed` says something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    """Something that was agreed, and whose it is to do."""

    agreed: str
    who: str
    """By name; empty if nobody is named."""
    is_readers: bool
    """True if it is the reader's own: the person's, or one of the area's people's."""
    due: date | None
    """The last day; None if none was agreed."""
    decided_in: str
    """The name of the area that decides it; empty if there is nothing for an area to decide."""
