"""Early warning: which courses somebody ought to ask about, how urgently, and by which rule (2013-project, item 178).

A light is a word before it is a colour, and each comes with what was seen and with the rule that it was seen by.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hopdocs.danish import day_and_month
from hopdocs.domain.project.numbers import ACTIVE, WAITING
from hopdocs.figures.conduct import days_without_pause, last_meeting
from hopdocs.figures.course import TOVHOLDER_AT_WORK, TOVHOLDER_AWAY
from hopdocs.figures.missing import MissingKind, find_missing, name_draw
from hopdocs.figures.waiting import waits_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hopdocs.figures.course import CourseFigures
    from hopdocs.model.config import Config

_DAYS_IN_WEEK: Final = 7


class Light(StrEnum):
    """How urgent it is, in the words of a report."""

    RED = "rød"
    AMBER = "gul"
    GREEN = "grøn"


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that was seen."""

    light: Light
    seen: str
    """A sentence that names nobody."""


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """One course. Without signals it is green."""

    family: str
    case: str
    signals: tuple[Signal, ...]
    """The red ones first."""

    @property
    def light(self) -> Light:
        """The most urgent of its signals."""
        return self.signals[0].light if self.signals else Light.GREEN


def early_warnings(courses: Iterable[CourseFigures], config: Config, on: date) -> tuple[EarlyWarning, ...]:
    """Every course that runs: red, amber, green, each by case number."""
    order = list(Light)
    found = [
        EarlyWarning(
            course.family,
            course.case,
            tuple(sorted(_signals(course, config, on), key=lambda signal: order.index(signal.light))),
        )
        for course in courses
        if course.group == ACTIVE
    ]
    return tuple(sorted(found, key=lambda warning: (order.index(warning.light), warning.case, warning.family)))


def list_rules(config: Config) -> tuple[Signal, ...]:
    """The rules that lights are given by, to stand beside them."""
    rule, deadlines = config.reports, config.deadlines
    return (
        Signal(
            Light.RED,
            f"Der er gået mere end {rule.no_meeting_weeks} uger uden møde om planen, pauser ikke medregnet.",
        ),
        Signal(Light.RED, f"Et datatræk er mere end {rule.draw_late_days} dage for sent."),
        Signal(Light.RED, "Der er ingen tovholder."),
        Signal(Light.RED, "Samtykket gælder ikke længere."),
        Signal(Light.AMBER, "Der er gået længere tid siden sidste møde, end familiens rytme siger."),
        Signal(Light.AMBER, "Et datatræk mangler, men er ikke så sent endnu."),
        Signal(Light.AMBER, "Tovholderen er fraværende i dag."),
        Signal(Light.AMBER, f"En afgørelse har ladet vente på sig i mere end {deadlines.waiting_time} dage."),
        Signal(
            Light.AMBER,
            f"Der er gået mere end {rule.consent_wait_days} dage siden startdatoen, og alle har ikke givet samtykke.",
        ),
        Signal(Light.AMBER, "Det indledende interview blev ikke holdt før mødet om planen."),
        *((Signal(Light.AMBER, "Månedens tal mangler."),) if deadlines.monthly_registration else ()),
        Signal(Light.GREEN, "Intet af dette."),
    )


def count_long_waits(courses: Iterable[CourseFigures], config: Config, on: date) -> int:
    """How many courses have waited for consent for too long: until all have said yes, no more is told of them."""
    limit = config.reports.consent_wait_days
    return sum(course.group == WAITING and (on - course.start).days > limit for course in courses)


def _signals(course: CourseFigures, config: Config, on: date) -> Iterator[Signal]:
    if course.lapsed is not None:  # nobody works with the family until it is renewed
        yield Signal(Light.RED, "Samtykket gælder ikke længere.")
        return
    yield from _of_meetings(course, config, on)
    yield from _of_tovholder(course)
    yield from _of_measurements(course, config, on)
    limit = config.deadlines.waiting_time
    for line in waits_of(course, on, limit):
        if line.is_long and not line.is_over:
            names = (f" i {area.name}" for code, area in config.areas.items() if code == line.wait.area in course.areas)
            where = next(names, "")  # an area that may not share (any more) is not named
            yield Signal(Light.AMBER, f"En afgørelse{where} har ladet vente på sig i {line.days} dage.")


def _of_meetings(course: CourseFigures, config: Config, on: date) -> Iterator[Signal]:
    if any(first <= on and (last is None or on <= last) for first, last in course.pauses):
        return
    last = last_meeting(course, on)
    since = last.date if last is not None else course.consented or course.start
    days = days_without_pause(course, since, on)
    limit = max(config.reports.no_meeting_weeks * _DAYS_IN_WEEK, course.follow_up_days)
    seen = "Der er ikke holdt møde om planen" + ("" if last is not None else " endnu")
    if days > limit:
        yield Signal(Light.RED, f"{seen} i {days} dage.")
    elif days > course.follow_up_days and last is not None:
        yield Signal(Light.AMBER, f"{seen} i {days} dage. Rytmen er {course.follow_up_days} dage.")


def _of_tovholder(course: CourseFigures) -> Iterator[Signal]:
    if course.tovholder == TOVHOLDER_AWAY:
        yield Signal(Light.AMBER, "Tovholderen er fraværende i dag.")
    elif course.tovholder != TOVHOLDER_AT_WORK:
        yield Signal(Light.RED, "Der er ingen tovholder.")


def _of_measurements(course: CourseFigures, config: Config, on: date) -> Iterator[Signal]:
    is_monthly = config.deadlines.monthly_registration
    for item in find_missing(course, config.catalogue, on, is_monthly=is_monthly):
        if item.kind is MissingKind.DRAW and item.due is not None:
            late = (on - item.due).days
            light = Light.RED if late > config.reports.draw_late_days else Light.AMBER
            yield Signal(light, f"{name_draw(item.draw)} skulle være lavet den {day_and_month(item.due)}.")
        elif item.kind is MissingKind.FIRST_INTERVIEW:
            yield Signal(Light.AMBER, "Det indledende interview blev ikke holdt før mødet om planen.")
        elif item.kind is MissingKind.MONTHS:
            yield Signal(Light.AMBER, f"Månedens tal mangler for {item.number} {_months(item.number)}.")


def _months(number: int) -> str:
    return "måned" if number == 1 else "måneder"
