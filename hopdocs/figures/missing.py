"""What is missing from a course's figures, said plainly: who reads a report must know what it does not rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hopdocs.danish import day_and_month, join, month_name
from hopdocs.domain.calendar import months_later
from hopdocs.domain.data_deliveries import AT_THE_END
from hopdocs.figures.costs import cost_table
from hopdocs.figures.indicators import Series, list_series
from hopdocs.figures.services import service_table
from hopdocs.model.indicators import Cadence, Subject
from hopdocs.model.meeting import MeetingStatus, MeetingType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hopdocs.figures.course import CourseFigures, Draw
    from hopdocs.model.indicators import IndicatorCatalogue

_NEAR_A_DRAW: Final = timedelta(days=62)
"""A value so near to a draw belongs to it."""
_EVERY: Final = {Cadence.HALVÅRLIG: 6, Cadence.ÅRLIG: 12}
_MOST_MONTHS_NAMED: Final = 6


class MissingKind(StrEnum):
    """What sort of thing is missing."""

    DRAW = "draw"
    DRAW_AREA = "draw_area"
    FIRST_INTERVIEW = "first_interview"
    LAST_INTERVIEW = "last_interview"
    MONTHS = "months"
    """Months in which nothing at all was written."""
    VALUES = "values"
    """Months of one indicator that the family is measured by."""
    OUTDATED = "outdated"
    """A value that should have been written anew by a day."""
    DRAW_VALUE = "draw_value"
    START_ANSWER = "start_answer"
    END_ANSWER = "end_answer"
    INFORMANT = "informant"
    COST_MONTHS = "cost_months"
    """Months of the course without any expenses, once it has ended."""
    COST_GAPS = "cost_gaps"
    """Months of one area between months that it has written."""
    CHILD_UNSAID = "child_unsaid"
    CHILD_REASON = "child_reason"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing. It names nobody: `member` is a key of the family's file, for its own papers."""

    kind: MissingKind
    member: str = ""
    indicator: str = ""
    """The indicator's label."""
    area: str = ""
    draw: int = 0
    """The months of the draw."""
    due: date | None = None
    months: tuple[date, ...] = ()
    number: int = 1
    """How many single values, or meetings."""


def find_missing(
    course: CourseFigures, catalogue: IndicatorCatalogue, on: date, *, is_monthly: bool
) -> tuple[Missing, ...]:
    """All that is missing on a day. `is_monthly`: whether the municipality asks for figures each month."""
    if not course.is_told:
        return ()
    on = min(on, course.lapsed) if course.lapsed is not None else on  # what nobody may write any more is not missing
    series = list_series(course, catalogue)
    without = _months_without(course, on) if is_monthly else ()
    return (
        *_draws(course, on),
        *_interviews(course, on),
        *((Missing(MissingKind.MONTHS, months=without, number=len(without)),) if without else ()),
        *_values(course, series, on, frozenset(without)),
        *_answers(course, catalogue, series, on),
        *_informants(course, catalogue),
        *_costs(course),
        *_children(course, on),
    )


def say_missing(item: Missing, area_names: Mapping[str, str]) -> str:
    """A sentence without anybody's name; the reader's paper says whom it is about."""
    area = area_names.get(item.area, item.area)
    draw = name_draw(item.draw)
    due = f" (senest den {day_and_month(item.due)})" if item.due is not None else ""
    months = _say_months(item.months)
    label = item.indicator
    meetings = f"Ved {item.number} {'møde' if item.number == 1 else 'møder'}"
    return {
        MissingKind.DRAW: f"{draw} er ikke lavet{due}.",
        MissingKind.DRAW_AREA: f"{draw} mangler tal fra {area}.",
        MissingKind.FIRST_INTERVIEW: "Det indledende interview er ikke holdt før mødet om planen.",
        MissingKind.LAST_INTERVIEW: "Det afsluttende interview er ikke holdt.",
        MissingKind.MONTHS: f"Der er ikke skrevet tal for {months}.",
        MissingKind.VALUES: f"{label}: der mangler tal for {months}.",
        MissingKind.OUTDATED: f"{label}: der mangler et nyt tal{due}.",
        MissingKind.DRAW_VALUE: f"{label}: der mangler et tal til {draw[:1].lower()}{draw[1:]}.",
        MissingKind.START_ANSWER: f"{label}: der mangler et svar ved start.",
        MissingKind.END_ANSWER: f"{label}: der mangler et svar ved slut.",
        MissingKind.INFORMANT: f"{label}: ved {item.number} tal står der ikke, hvem der har svaret.",
        MissingKind.COST_MONTHS: f"Der er ingen udgifter for {months}.",
        MissingKind.COST_GAPS: f"{area} mangler udgifter for {months}.",
        MissingKind.CHILD_UNSAID: f"{meetings} står der ikke, om barnet var med.",
        MissingKind.CHILD_REASON: f"{meetings} står der ikke, hvorfor barnet ikke var med.",
    }[item.kind]


def name_draw(months: int) -> str:
    """What a draw is called in a sentence."""
    if months == AT_THE_END:
        return "Datatrækket ved afslutning"
    return f"Datatrækket efter {months} måneder" if months else "Datatrækket ved start"


def _say_months(months: tuple[date, ...]) -> str:
    """The months by name, or how many there are where that would be a long list."""
    if len(months) > _MOST_MONTHS_NAMED:
        return f"{len(months)} måneder mellem {month_name(months[0])} og {month_name(months[-1])}"
    return join(month_name(month) for month in months)


def _draws(course: CourseFigures, on: date) -> Iterator[Missing]:
    table = service_table(course)
    for draw in course.draws:
        if draw.made is None and draw.due < on:
            yield Missing(MissingKind.DRAW, draw=draw.months, due=draw.due)
        elif draw.made is not None:
            left_out = (area for area in table.areas if area not in draw.counts)
            yield from (Missing(MissingKind.DRAW_AREA, draw=draw.months, area=area) for area in left_out)


def _plan_made(course: CourseFigures, on: date) -> date | None:
    held = (item for item in course.meetings if item.status == MeetingStatus.HELD and item.date <= on)
    return min((item.date for item in held if item.type == MeetingType.FAMILIEPLANSMØDE), default=None)


def _interviews(course: CourseFigures, on: date) -> Iterator[Missing]:
    made = _plan_made(course, on)
    if made is not None and (course.baseline is None or course.baseline > made):
        yield Missing(MissingKind.FIRST_INTERVIEW, due=made)
    if course.end is not None and course.end < on and course.final is None:
        yield Missing(MissingKind.LAST_INTERVIEW, due=course.end)


def _months_between(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = months_later(month, 1)


def _last_month(course: CourseFigures, on: date) -> date:
    """The last month that can have been written: the one before this, or that in which the course ended."""
    over = months_later(on.replace(day=1), -1)
    return min(over, course.end.replace(day=1)) if course.end is not None else over


def _months_without(course: CourseFigures, on: date) -> tuple[date, ...]:
    made = _plan_made(course, on)
    if made is None:
        return ()
    written = {line.month.replace(day=1) for line in course.measured}
    return tuple(month for month in _months_between(made, _last_month(course, on)) if month not in written)


def _values(course: CourseFigures, series: Iterable[Series], on: date, said: frozenset[date]) -> Iterator[Missing]:
    """What each begun series lacks; `said` has the months of which it has been said already."""
    last = _last_month(course, on)
    for item in series:
        label, days = item.kind.label, [point.on for point in item.points]
        rhythm = item.kind.rhythm
        if rhythm is Cadence.MÅNEDLIG:
            written = {day.replace(day=1) for day in days}
            wanted = _months_between(days[0], last)
            months = tuple(month for month in wanted if month not in written and month not in said)
            if months:
                yield Missing(MissingKind.VALUES, item.member, label, months=months, number=len(months))
        elif rhythm in _EVERY:
            due = months_later(days[-1], _EVERY[rhythm])
            if due <= last:
                yield Missing(MissingKind.OUTDATED, item.member, label, due=due)
        elif rhythm is Cadence.DATATRÆK:
            yield from (
                Missing(MissingKind.DRAW_VALUE, item.member, label, draw=draw.months, due=draw.due)
                for draw in course.draws
                if draw.due < on and not _is_near(draw, days)
            )


def _is_near(draw: Draw, days: Iterable[date]) -> bool:
    return any(abs(day - (draw.made or draw.due)) <= _NEAR_A_DRAW for day in days)


def _answers(
    course: CourseFigures, catalogue: IndicatorCatalogue, series: Iterable[Series], on: date
) -> Iterator[Missing]:
    """What is asked at the start and at the end: of the family once it was interviewed, of others once they began."""
    answered = {item.kind.key: 0 for item in series}
    for item in series:
        answered[item.kind.key] = max(answered[item.kind.key], len(item.points))
    has_ended = course.end is not None and course.end < on
    for kind in catalogue.kinds:
        if kind.rhythm is not Cadence.START_OG_SLUT:
            continue
        number = answered.get(kind.key, 0)
        if not number and kind.who is Subject.FAMILIE and course.baseline is not None:
            yield Missing(MissingKind.START_ANSWER, indicator=kind.label)
        if number == 1 and has_ended:
            yield Missing(MissingKind.END_ANSWER, indicator=kind.label)


def _informants(course: CourseFigures, catalogue: IndicatorCatalogue) -> Iterator[Missing]:
    for kind in catalogue.kinds:
        if not kind.informant:
            continue
        unsaid = [line.member for line in course.measured if line.indicator == kind.key and not line.informant]
        for member in dict.fromkeys(unsaid):
            yield Missing(MissingKind.INFORMANT, member, kind.label, number=unsaid.count(member))


def _costs(course: CourseFigures) -> Iterator[Missing]:
    table = cost_table(course)
    if course.end is not None:
        months = tuple(
            month for month in _months_between(course.start, course.last_day(course.end)) if month not in table.months
        )
        if months:
            yield Missing(MissingKind.COST_MONTHS, months=months, number=len(months))
    for area in table.areas:
        months = tuple(month for month, of in table.gaps if of == area)
        if months:
            yield Missing(MissingKind.COST_GAPS, area=area, months=months, number=len(months))


def _children(course: CourseFigures, on: date) -> Iterator[Missing]:
    held = (item for item in course.meetings if item.status == MeetingStatus.HELD and item.date <= on)
    entries = [entry for meeting in held for entry in meeting.children]
    for member in dict.fromkeys(entry.member for entry in entries):
        own = [entry for entry in entries if entry.member == member]
        unsaid = sum(entry.attended is None for entry in own)
        without = sum(entry.attended is False and not entry.reason for entry in own)
        if unsaid:
            yield Missing(MissingKind.CHILD_UNSAID, member, number=unsaid)
        if without:
            yield Missing(MissingKind.CHILD_REASON, member, number=without)
