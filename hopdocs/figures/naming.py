"""Every figure by a name, with what it says and the lines that it was made of: `udgift.tendens`, `udgift.BF.2026-09`.

A number on paper can be traced with its name (`hopdocs explain figure`). Names are made of keys and areas' codes; they
stand in no paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from hopdocs.danish import decimal, money
from hopdocs.domain.data_deliveries import AT_THE_END
from hopdocs.domain.project.numbers import CLOSED
from hopdocs.figures import conduct, costs, indicators
from hopdocs.figures.conduct import process_of
from hopdocs.figures.costs import cost_table
from hopdocs.figures.course import Place
from hopdocs.figures.indicators import Series, list_series
from hopdocs.figures.project import project_figures
from hopdocs.figures.services import say_draw, service_table
from hopdocs.figures.waiting import waits_of
from hopdocs.figures.words import say_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from hopdocs.domain.project.periods import Period
    from hopdocs.figures.costs import CostTable, CostVerdict
    from hopdocs.figures.course import CourseFigures
    from hopdocs.figures.project import CourseResult, ProjectFigures
    from hopdocs.model.config import Config

_UNKNOWN: Final = "uvist"


@dataclass(frozen=True, slots=True)
class Source:
    """One line that a figure was made of: whose file, and where in it."""

    family: str
    at: Place


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure."""

    name: str
    label: str
    """What it is, in words."""
    text: str
    """What it says, in Danish format and with its unit."""
    sources: tuple[Source, ...]
    rule: str = ""
    """How it was worked out, where that is a choice."""


def name_course_figures(course: CourseFigures, config: Config, on: date) -> tuple[Figure, ...]:
    """The figures of one course on a day."""
    if not course.is_told:
        return ()
    table = cost_table(course)
    return tuple(
        chain(
            *(_of_series(course, series) for series in list_series(course, config.catalogue)),
            _of_services(course),
            _of_costs(course, table, config),
            _of_process(course, on),
            _of_waits(course, config, on),
        )
    )


def name_project_figures(
    courses: Iterable[CourseFigures], config: Config, period: Period, on: date
) -> tuple[Figure, ...]:
    """The figures of all courses in a period; each with the lines of every course that it was made of."""
    figures = project_figures(courses, config, period, on)
    return tuple(
        chain(
            _numbers(figures),
            _project_indicators(figures),
            _project_services(figures),
            _project_costs(figures, config),
        )
    )


def find_figures(figures: Iterable[Figure], name: str) -> tuple[Figure, ...]:
    """The figure of that name, or all that the name begins: `udgift` is all of the costs."""
    every = tuple(figures)
    wanted = name.casefold()
    exact = tuple(figure for figure in every if figure.name.casefold() == wanted)
    return exact or tuple(figure for figure in every if figure.name.casefold().startswith(f"{wanted}."))


def _from(course: CourseFigures, places: Iterable[Place]) -> tuple[Source, ...]:
    return tuple(Source(course.family, at) for at in places)


def _of_series(course: CourseFigures, series: Series) -> Iterator[Figure]:
    words = [series.kind.key, series.member, series.informant.replace(" ", "-")]
    name, unit = ".".join(["indikator", *filter(None, words)]), series.kind.unit
    before, after = series.before, series.after
    yield Figure(f"{name}.før", f"{series.kind.label}, første", say_value(before.value, unit), _from(course, before.at))
    if after is not None:
        latest = say_value(after.value, unit)
        yield Figure(f"{name}.nu", f"{series.kind.label}, seneste", latest, _from(course, after.at))
        both = _from(course, (*before.at, *after.at))
        yield Figure(f"{name}.udvikling", series.kind.label, series.verdict.value, both, indicators.RULE)


def _of_services(course: CourseFigures) -> Iterator[Figure]:
    table = service_table(course)
    for draw in table.made:
        name, label = _draw_name(draw.months), f"Ydelser, {say_draw(draw.months)}"
        for area in table.areas:
            count = table.count(draw, area)
            if count is not None:
                yield Figure(f"{name}.{area}", f"{label}, {area}", str(count), _from(course, [draw.at]))
        total = table.total(draw)
        yield Figure(f"{name}.i-alt", label, _UNKNOWN if total is None else str(total), _from(course, [draw.at]))


def _of_costs(course: CourseFigures, table: CostTable, config: Config) -> Iterator[Figure]:
    for month in table.months:
        found = [line for area in table.areas for line in table.lines.get((month, area), ())]
        for line in found:
            label = f"Udgift, {line.area}, {month:%m-%Y}"
            yield Figure(f"udgift.{line.area}.{month:%Y-%m}", label, money(line.amount), _from(course, [line.at]))
        places = _from(course, [line.at for line in found])
        yield Figure(f"udgift.{month:%Y-%m}", f"Udgift, {month:%m-%Y}", _money(table.total(month)), places)
    if table.months:
        yield from _of_verdict(course, table.verdict(config.reports), costs.say_rule(config.reports))


def _of_verdict(course: CourseFigures, verdict: CostVerdict, rule: str) -> Iterator[Figure]:
    at = _from(course, verdict.at)
    yield Figure("udgift.første", "Udgift om måneden, første måneder", _money(verdict.first), at, rule)
    yield Figure("udgift.sidste", "Udgift om måneden, sidste måneder", _money(verdict.last), at, rule)
    yield Figure("udgift.forskel", "Udgift, forskel", _percent(verdict.change), at, rule)
    yield Figure("udgift.tendens", "Udgift, tendens", verdict.trend.value, at, verdict.why_unknown or rule)


def _of_process(course: CourseFigures, on: date) -> Iterator[Figure]:
    process = process_of(course, on)
    held = _from(course, [meeting.at for meeting in process.held])
    yield Figure("møder.holdt", "Opfølgninger, der er holdt", str(len(process.held)), held)
    yield Figure("møder.burde", "Opfølgninger, der skulle være holdt", str(len(process.due)), held)
    rule = conduct.say_rhythm_rule(course.follow_up_days)
    meetings = dict.fromkeys(place for interval in process.intervals for place in interval.at)
    kept = f"{process.kept} af {len(process.intervals)}"
    yield Figure("møder.rytme", "Mellemrum, hvor rytmen er holdt", kept, _from(course, meetings), rule)
    for name, label, shifts in (
        ("skift.tovholder", "Skift af tovholder", process.tovholder_shifts),
        ("skift.rådgiver", "Skift af rådgiver", process.adviser_shifts),
    ):
        yield Figure(name, label, str(len(shifts)), _from(course, [shift.at for shift in shifts]))
    for line in process.attendance:
        came = f"{line.came} af {line.asked}"
        yield Figure(f"deltagelse.{line.area}", f"Deltagelse, {line.area}", came, _from(course, line.at))
    for child in process.children:
        came = f"{child.attended} af {child.attended + child.stayed_away}"
        yield Figure(f"børn.{child.member}", "Barnets deltagelse i møder", came, _from(course, child.at))


def _of_waits(course: CourseFigures, config: Config, on: date) -> Iterator[Figure]:
    for number, line in enumerate(waits_of(course, on, config.deadlines.waiting_time), start=1):
        label, text = f"Ventetid, {line.wait.area}", f"{line.days} dage"
        yield Figure(f"ventetid.{line.wait.area}.{number}", label, text, _from(course, [line.wait.at]))


def _of_all(results: Iterable[CourseResult], name: str) -> tuple[Source, ...]:
    """Where in each file a thing that is one a course is written."""
    return tuple(Source(result.course.family, Place(name)) for result in results)


def _numbers(figures: ProjectFigures) -> Iterator[Figure]:
    numbers, results = figures.numbers, figures.results
    active = [result for result in results if result.is_active]
    new = [result for result in results if (result.course.consented or result.course.start) in numbers.period]
    ended = [result for result in results if result.course.group == CLOSED]
    closed = [item for item in ended if item.course.end is not None and item.course.end in numbers.period]
    yield Figure("forløb.aktive", "Aktive forløb", str(numbers.active), _of_all(active, "consents"))
    yield Figure("forløb.nye", "Nye forløb", str(numbers.new), _of_all(new, "consents"))
    yield Figure("forløb.afsluttede", "Afsluttede forløb", str(numbers.closed), _of_all(closed, "closing"))
    held = [Source(result.course.family, item.at) for result in results for item in result.process.held]
    yield Figure("møder.holdt", "Opfølgninger, der er holdt", str(numbers.held), tuple(held))
    kept = f"{numbers.kept} af {numbers.intervals}"
    intervals = [
        Source(result.course.family, place)
        for result in results
        for place in dict.fromkeys(at for interval in result.process.intervals for at in interval.at)
    ]
    yield Figure("møder.rytme", "Mellemrum, hvor rytmen er holdt", kept, tuple(intervals))
    for name, label, kind in (
        ("skift.tovholder", "Skift af tovholder", True),
        ("skift.rådgiver", "Skift af rådgiver", False),
    ):
        shifts = [
            Source(result.course.family, shift.at)
            for result in results
            for shift in (result.process.tovholder_shifts if kind else result.process.adviser_shifts)
        ]
        yield Figure(name, label, str(len(shifts)), tuple(shifts))


def _project_indicators(figures: ProjectFigures) -> Iterator[Figure]:
    for item in figures.indicators:
        if item.mean_before is None or item.mean_after is None:
            continue
        pairs = [
            (result.course, series, series.after)
            for result in figures.results
            for series in result.series
            if series.kind is item.kind and series.after is not None
        ]
        before = [source for course, series, _ in pairs for source in _from(course, series.before.at)]
        after = [source for course, _, point in pairs for source in _from(course, point.at)]
        name, label = f"indikator.{item.kind.key}", item.kind.label
        rule = f"Gennemsnit af {item.number} målinger. {indicators.RULE}"
        first, last = (say_value(mean, item.kind.unit) for mean in (item.mean_before, item.mean_after))
        yield Figure(f"{name}.før", f"{label}, første", first, tuple(before), rule)
        yield Figure(f"{name}.nu", f"{label}, seneste", last, tuple(after), rule)


def _project_services(figures: ProjectFigures) -> Iterator[Figure]:
    for item in figures.draws:
        if item.mean is None:
            continue
        sources = [
            source
            for result in figures.results
            for draw in result.services.made
            if draw.months == item.months and result.services.total(draw) is not None
            for source in _from(result.course, [draw.at])
        ]
        rule = f"Gennemsnit af {item.number} forløb."
        label = f"Ydelser, {say_draw(item.months)}"
        yield Figure(_draw_name(item.months), label, decimal(item.mean), tuple(sources), rule)


def _project_costs(figures: ProjectFigures, config: Config) -> Iterator[Figure]:
    for area in figures.areas:
        sources = [
            source
            for result in figures.results
            for line in result.course.costs
            if line.area == area.area and line.month in figures.numbers.period
            for source in _from(result.course, [line.at])
        ]
        if sources:
            yield Figure(f"udgift.{area.area}", f"Udgift, {area.area}", money(area.cost), tuple(sources))
    judged = [result for result in figures.results if result.cost_verdict.first is not None]
    rule = f"{costs.say_rule(config.reports)} Gennemsnit af {figures.costs.families} forløb."
    at = tuple(source for result in judged for source in _from(result.course, result.cost_verdict.at))
    for name, label, mean in (
        ("udgift.første", "Udgift om måneden pr. familie, første måneder", figures.costs.mean_first),
        ("udgift.sidste", "Udgift om måneden pr. familie, sidste måneder", figures.costs.mean_last),
    ):
        if mean is not None:
            yield Figure(name, label, _money(mean), at, rule)


def _draw_name(months: int) -> str:
    return "ydelser.slut" if months == AT_THE_END else f"ydelser.{months}"


def _money(amount: Decimal | None) -> str:
    return _UNKNOWN if amount is None else money(round(amount))


def _percent(change: Decimal | None) -> str:
    return _UNKNOWN if change is None else f"{decimal(round(change, 1))} %"
