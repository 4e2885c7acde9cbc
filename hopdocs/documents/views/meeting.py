"""What the papers of one meeting get: the family's invitation, the professionals' indkaldelse, the dagsorden."""

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """When and where."""

    id: str
    type: str
    """One of introduktionsmøde, fagligt formøde, familieplansmøde, opfølgningsmøde, afslutningsmøde, interview."""
    date: date
    start: time
    end: time
    minutes: int
    """How long it lasts; `{{ meeting.minutes | varighed }}`."""
    when: str
    """"tirsdag den 24. november 2026 kl. 10.00–12.00"."""
    place: str
    """The place in words. For a meeting at home "Hjemme hos jer", or "Hos Nadira Zamirandi"; never an address."""
    directions: str
    """How to get there; empty when config has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedView:
    """The latest move of a meeting."""

    from_: datetime
    """The old day and time; `{{ moved.from_ | dato_og_tid }}`."""
    reason: str
    """A kind of reason that tells of nobody: "sygdom". Empty if none is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterpreterView:
    """The interpreter at the meeting."""

    language: str
    name: str
    """Empty while it is not known who comes."""
    is_booked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A professional at the table."""

    name: str
    title: str
    """"familierådgiver"; "medarbejder i kommunen" if the title would tell a reader too much."""
    area: str
    """The area's name; empty if it would tell a reader too much."""
    function: str
    """"myndighed" or "udfører"; empty together with `area`."""
    stands_in_for: str
    """The colleague's name when this is a stand-in; else empty."""
    is_tovholder: bool
    answer: str = ""
    """On the agenda: "kommer", "kommer ikke", "kommer måske" or "ikke svaret"; empty while nobody has answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestView:
    """Somebody from outside, such as a bisidder."""

    name: str
    role: str
    """Empty when none is written."""
    answer: str = ""
    """As a professional's; empty for a guest without an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLine:
    """Whether a child takes part, and why. Only children the reader may read about are listed."""

    name: str
    first_name: str
    attends: bool
    part: str
    """Which part of the meeting: "de første 30 minutter"; empty for the whole."""
    reason: str
    """Why or why not; empty if the readers may not see it."""
    view: str
    """What the child has said, for professionals who may know; empty in the family's letters."""
    is_reader: bool
    """True in the youth's own letter: "du", not the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One point on the agenda."""

    number: int
    point: str
    minutes: int
    """0 when no time is set."""
    by: str
    """Who has the point, by name; empty when nobody is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeLine:
    """What the team may share about one person."""

    name: str
    areas: tuple[str, ...]
    """Names of those of the areas asked to the meeting that may share; empty means that none of them may."""
