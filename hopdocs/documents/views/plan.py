"""What one copy of the familieplan gets: everything its reader may see, and nothing else."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyMemberView:
    """One person of the family."""

    name: str
    first_name: str
    role: str
    """"forælder", "partner", "barn" or "anden"."""
    lives_with: tuple[str, ...]
    """Names, only if a child lives in two homes; never an address."""
    language: str
    """The mother tongue when it is not Danish; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """A professional around the family."""

    name: str
    title: str
    """"familierådgiver"; "tovholder" if the reader may not know where the tovholder works."""
    area: str
    """Empty if the reader may not know it."""
    function: str
    """"myndighed" or "udfører"; empty together with `area`."""
    for_: tuple[str, ...]
    """First names of those the professional works with; empty for the whole family."""
    phone: str
    """Empty when config has none."""
    email: str
    is_tovholder: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """One reading of one goal."""

    date: date
    goal: str
    """The goal's text, for the history table."""
    progress: str
    """"ikke begyndt", "på vej", "nået" or "opgivet"."""
    note: str
    """Often empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityLine:
    """What one area does towards a goal."""

    what: str
    for_: tuple[str, ...]
    """First names."""
    area: str
    """The area's name: the one that decides."""
    responsible: str
    """A name: of a professional, or of somebody in the family."""
    start: date
    end: date | None
    """None while it runs on; `until` has the words."""
    until: str
    """"30. april 2027", "løbende, tages op den 22. december 2026" or "løbende"."""
    hours_per_week: Decimal | None
    """None when no number of hours is set."""
    follow_up: str
    """"Møde på skolen hver 6. uge"; empty when nothing is agreed."""
    followed_up_by: str
    """Who follows up, by name; empty together with `follow_up`."""
    decision: str
    """"ansøgt", "afventer", "bevilget", "afslag"; empty when nothing is said."""
    decision_text: str
    """A full sentence that tells which area decides and where that stands. It reports; it never decides."""
    law: str
    """The reference, valid on the day; empty when none is given or it has run out."""
    continues_in: str
    """Where it goes on when the plan ends; often empty."""
    is_over: bool = False
    """True when it had ended before the plan's `week_day`, or was refused: what has been, not what is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPath:
    """Where a goal began, where it is now, and where it is to come."""

    baseline: str
    """"38 % (september 2026)"."""
    now: str
    """The same of today; empty while nobody has looked again."""
    wanted: str
    """"højst 10 %", or the goal itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthLine:
    """Something that goes well."""

    text: str
    area: str
    """Which area has written it in its part of the assessment; empty for the plan's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """One goal and what is done about it."""

    number: int
    """1, 2, 3 in this copy."""
    for_: tuple[str, ...]
    """First names."""
    words: str
    """The family's own words, without quotation marks; may be empty."""
    need: str
    goal: str
    sign: str
    """How one can see that it goes the right way; may be empty."""
    direction: str
    """What it moves towards: "børnenes trivsel", "at klare hverdagen", "job", "uddannelse", "økonomi"; may be empty."""
    status: StatusLine | None
    """The latest reading; None when there is none yet."""
    ended: date | None
    """The day the goal was put aside; None while it stands."""
    ended_reason: str
    """A kind of reason that tells of nobody; empty if none is given."""
    activities: tuple[ActivityLine, ...]
    heading: str = ""
    """The heading that this goal is the first under: "Job, uddannelse og økonomi". Empty for those after it."""
    path: GoalPath | None = None
    """None where nobody has said where it began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildPage:
    """A child's own page, in short sentences."""

    name: str
    first_name: str
    view: str
    """What the child has said, or how it was heard; may be empty."""
    words: tuple[str, ...]
    """The child's wishes: the own words of goals for this child alone."""
    goals: tuple[str, ...]
    """Goals that concern the child."""
    activities: tuple[str, ...]
    """What happens for the child: "AKT-forløb med fast voksen (Pelle Pærevang)"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkLine:
    """Somebody around the family."""

    name: str
    relation: str
    circle: str
    """"meget tæt", "tæt" or "lidt længere væk"."""
    helps_with: str
    """May be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLine:
    """One person's week."""

    name: str
    hours: Decimal
    """Of all activities that run on `week_day`."""
    activities: tuple[str, ...]
    """"Virksomhedspraktik (20 timer)"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorPlanLine:
    """A statutory plan of one area, and what this plan does to it."""

    name: str
    """"Min Plan", "Ungeplan"."""
    area: str
    for_: tuple[str, ...]
    """First names."""
    source: str
    """The system it is kept in; may be empty."""
    relation: str
    """"erstattes", "gengives" or "særskilt"."""
    relation_text: str
    """The same as a sentence."""
    law: str
    """The reference, valid on the day; may be empty."""
    is_attached: bool
    """True when the plan itself is bound into the samlet familieplan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingLine:
    """What one person has agreed to share."""

    name: str
    areas: tuple[str, ...]
    """Names of the areas that may share; empty means none."""
    until: date | None
    """The last day of the own consent; None if there is none."""
    is_as_parents: bool
    """True for a child, for whom the parents' consents count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingView:
    """The course has ended."""

    date: date
    reason: str
    """A kind of reason that tells of nobody: "målet er nået". Empty if none is given."""
    continues: tuple[str, ...]
    """"Barnets plan (Børn og Familie)": what lives on, as far as this reader may know it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """What is new in the plan since its reader last got it."""

    since: date | None
    """The day of the copy that it is held against; None in the first edition."""
    sentences: tuple[str, ...]
    """Whole sentences; empty in the first edition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPoint:
    """Something the family wants one area to know before a meeting, and not everybody at the table."""

    meeting: str
    """"opfølgningsmøde tirsdag den 19. januar 2027"."""
    point: str
