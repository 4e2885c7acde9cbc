"""How the work with the families went, all courses together: meetings and their rhythm, shifts, who came, waits.

Numbers of meetings and days are told as they are; a number of families only from five on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from hopdocs.danish import decimal
from hopdocs.documents.kinds.project.reports.views import Fact, TextRow
from hopdocs.domain.project.numbers import SMALLEST_TOLD, say_count
from hopdocs.domain.project.periods import Period
from hopdocs.figures.conduct import process_of
from hopdocs.figures.suppression.protection import HIDDEN
from hopdocs.figures.waiting import summarise_waits, waits_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.documents.kinds.project.reports.facts import ReportFacts
    from hopdocs.figures.conduct import Process
    from hopdocs.figures.waiting import WaitLine
    from hopdocs.model.config import Config

MEETINGS: Final = "Møder i alt"
DUE: Final = "Opfølgninger, der skulle holdes"
HELD: Final = "Opfølgninger, der blev holdt"
OVERDUE: Final = "Forløb, hvor næste opfølgning er overskredet"
CANCELLED: Final = "Aflyste møder"
NO_SHOW: Final = "Møder, hvor familien ikke kom"
LEADERS: Final = "Skift af tovholder"
ADVISERS: Final = "Skift af rådgiver"
AWAY: Final = "Børn var ikke med"
UNSAID: Final = "Ingen har skrevet, om barnet var med"
WAITS: Final = "ventetid"
"""What the numbers of waits are called among those of all reports, with their area and column."""
NOTHING: Final = "–"
"""Stands where there is nothing to count."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How numbers of meetings and days are told: as they are inside the project, small ones not to everybody."""

    is_public: bool

    def count(self, number: int) -> str:
        """How often something happened."""
        return say_count(number) if self.is_public else str(number)

    def share(self, part: int, whole: int) -> str:
        """`14 af 21 (67 %)`; for everybody the percentage alone, which nothing can be taken from."""
        if not whole or (self.is_public and whole < SMALLEST_TOLD):
            return NOTHING
        return percent(part, whole) if self.is_public else f"{part} af {whole} ({percent(part, whole)})"

    def list_counts(self, counts: Iterable[tuple[str, int]]) -> str:
        """`ferie: 12, sygdom: 7`; for everybody without the small ones."""
        told = ((name, number) for name, number in counts if number >= SMALLEST_TOLD or not self.is_public)
        return ", ".join(f"{name}: {number}" for name, number in told)


INSIDE: Final = Telling(is_public=False)
PUBLIC: Final = Telling(is_public=True)


@dataclass(frozen=True, slots=True)
class Work:
    """What the courses did in a report's period, course by course."""

    courses: tuple[Process, ...]
    overdue: int
    """Courses that go on, and whose follow-up should have been held."""
    untold: frozenset[str] = frozenset()
    """What is hidden for the other reports' sake."""

    @property
    def held(self) -> int:
        """Follow-ups and closing meetings."""
        return sum(len(course.held) for course in self.courses)

    @property
    def due(self) -> int:
        """Follow-ups that would have been held, had each come in time."""
        return sum(len(course.due) for course in self.courses)

    @property
    def intervals(self) -> int:
        """From one meeting about the plan to the next."""
        return sum(len(course.intervals) for course in self.courses)

    @property
    def kept(self) -> int:
        """Intervals that were no longer than the rhythm."""
        return sum(course.kept for course in self.courses)


def work_of(facts: ReportFacts) -> Work:
    """The work in the report's days."""
    period = Period(facts.report.start, facts.until)
    processes = tuple(process_of(course, facts.until, period) for course in facts.courses)
    going_on = zip(facts.courses, processes, strict=True)
    overdue = sum(process.is_overdue and course.end is None for course, process in going_on)
    return Work(processes, overdue, frozenset(key.removeprefix(facts.key_of("")) for key in facts.untold))


def _fact(work: Work, name: str, value: str, note: str = "") -> Fact:
    return Fact(name=name, value=HIDDEN, note="") if name in work.untold else Fact(name=name, value=value, note=note)


def _told(work: Work, name: str, counts: Counter[str]) -> list[tuple[str, int]]:
    return [(of, number) for of, number in counts.most_common() if f"{name}|{of}" not in work.untold]


def progress_facts(work: Work, tell: Telling) -> tuple[Fact, ...]:
    """Meetings held against those that were due, and the rhythm."""
    meetings = Counter[str]()
    for course in work.courses:
        meetings.update(course.meetings)
    cancelled, no_show = (sum(getattr(it, name) for it in work.courses) for name in ("cancelled", "no_show"))
    return (
        _fact(work, MEETINGS, tell.count(sum(meetings.values()))),
        _fact(work, DUE, tell.count(work.due)),
        _fact(work, HELD, tell.count(work.held)),
        Fact(name="Rytmen er holdt", value=tell.share(work.kept, work.intervals), note="af tiden mellem to møder"),
        _fact(work, OVERDUE, say_count(work.overdue)),
        _fact(work, CANCELLED, tell.count(cancelled)),
        _fact(work, NO_SHOW, tell.count(no_show)),
    )


def shift_facts(work: Work, config: Config, tell: Telling) -> tuple[Fact, ...]:
    """Tovholdere and advisers who were followed by somebody else."""
    shifts = Counter(shift.area for course in work.courses for shift in course.adviser_shifts)
    leaders = sum(len(course.tovholder_shifts) for course in work.courses)
    return (
        _fact(work, LEADERS, tell.count(leaders)),
        _fact(
            work,
            ADVISERS,
            tell.count(shifts.total()),
            tell.list_counts((area_name(config, area), number) for area, number in _told(work, ADVISERS, shifts)),
        ),
    )


def attendance_rows(work: Work, config: Config) -> tuple[TextRow, ...]:
    """By area: asked to so many meetings, came to so many."""
    asked, came = Counter[str](), Counter[str]()
    for course in work.courses:
        for line in course.attendance:
            asked[line.area] += line.asked
            came[line.area] += line.came
    return tuple(
        TextRow(cells=(area_name(config, area), str(asked[area]), str(came[area]), percent(came[area], asked[area])))
        for area in in_order(config, asked)
    )


def children_facts(work: Work, tell: Telling, *, has_reasons: bool = True) -> tuple[Fact, ...]:
    """Whether children took part in their families' meetings, and why they did not.

    An export that may be published `has_reasons` of nobody, which is no word on whether any were given.
    """
    reasons, attended, away, unsaid = Counter[str](), 0, 0, 0
    for course in work.courses:
        for child in course.children:
            attended, away, unsaid = attended + child.attended, away + child.stayed_away, unsaid + child.unsaid
            reasons.update(child.reasons)
    return (
        Fact(
            name="Børn var med", value=tell.share(attended, attended + away), note="af de gange, nogen har skrevet det"
        ),
        _fact(work, AWAY, tell.count(away), tell.list_counts(_told(work, AWAY, reasons)) if has_reasons else ""),
        _fact(work, UNSAID, tell.count(unsaid)),
    )


def wait_rows(facts: ReportFacts, tell: Telling) -> tuple[TextRow, ...]:
    """By area: waits for a decision, how many last, how many are long, the median and the longest in days.

    For everybody to read: only areas that enough waited for, no longest, which is one family's, and no total.
    """

    def say(area: str, column: str, number: int) -> str:
        return HIDDEN if facts.is_untold(WAITS, area, column) else tell.count(number)

    lines = waits_in(facts)
    rows = [
        TextRow(
            cells=(
                area_name(facts.config, item.area),
                say(item.area, "number", item.number),
                say(item.area, "ongoing", item.ongoing),
                say(item.area, "long", item.long),
                decimal(item.median_days),
                NOTHING if tell.is_public else str(item.longest_days),
            )
        )
        for item in summarise_waits(lines)
        if not tell.is_public or item.number >= SMALLEST_TOLD
    ]
    if len(rows) > 1 and not tell.is_public:
        days = [line.days for line in lines]
        ongoing, long = sum(not line.is_over for line in lines), sum(line.is_long for line in lines)
        total = ("I alt", str(len(lines)), str(ongoing), str(long), decimal(median(days)), str(max(days)))
        rows.append(TextRow(cells=total))
    return tuple(rows)


def waits_in(facts: ReportFacts) -> list[WaitLine]:
    """The waits that lasted into the report's days."""
    period, limit = Period(facts.report.start, facts.until), facts.config.deadlines.waiting_time
    return [line for course in facts.courses for line in waits_of(course, facts.until, limit, period)]


def area_name(config: Config, area: str) -> str:
    """The area's name, or its code where the config knows none."""
    return next((item.name for code, item in config.areas.items() if code == area), area)


def in_order(config: Config, areas: Iterable[str]) -> list[str]:
    """Areas as the config lists them; those that it does not know last."""
    found = list(areas)
    known = [code for code in config.areas if code in found]
    return [*known, *(area for area in found if area not in known)]


def percent(part: int, whole: int) -> str:
    """`67 %`, or a dash where there is nothing to take a part of."""
    return f"{decimal(round(100 * part / whole))}\u00a0%" if whole else NOTHING


def areas_by_courses(facts: ReportFacts) -> Mapping[str, int]:
    """How many of the courses that run each area works in: a consent names areas that never came to."""
    running = [course for course in facts.courses if course.end is None]
    found = Counter(area for course in running for area in course.areas_at_work(facts.until))
    return {area: found[area] for area in in_order(facts.config, found)}
