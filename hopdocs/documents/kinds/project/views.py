"""What both papers of the project show of a meeting and of those who sit there.

(No postponed annotations here: templates are checked against these types at run time.)
"""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectMeetingView:
    """When and where."""

    title: str
    """"Styregruppemøde", "Møde i arbejdsgruppen", "Stop-op-dag"."""
    group: str
    """"Styregruppen"."""
    date: date
    start: time
    end: time
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPerson:
    """A colleague at the table."""

    name: str
    title: str
    """Empty for somebody from outside."""
    area: str
    """The area's name; empty for somebody from outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedLine:
    """Something that was agreed."""

    text: str
    who: str
    """A name; may be empty."""
    due: date | None
    """None when no day was agreed."""
    is_late: bool
    """True if the day had passed at the meeting and it was not done."""
