"""How the work itself went, as lines: meetings and rhythm, shifts, who came, the children's part, and waits.

A number that grows by the day (an interval that is still open, a wait that goes on) is not told: the paper would be
another one tomorrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.danish import capitalise, day_and_month, join, lower
from hopdocs.documents.views.measured import ChildPart, FactLine, WaitedLine
from hopdocs.figures.conduct import process_of
from hopdocs.figures.missing import MissingKind, find_missing, say_missing
from hopdocs.figures.waiting import waits_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hopdocs.documents.audience import Audience
    from hopdocs.documents.measured.seen import SeenFigures
    from hopdocs.figures.conduct import Process
    from hopdocs.figures.course import CourseFigures, Shift
    from hopdocs.figures.missing import Missing


def fact_lines(course: CourseFigures, on: date, areas: Mapping[str, str]) -> tuple[FactLine, ...]:
    """What was counted of the work until a day."""
    process = process_of(course, on)
    return tuple(FactLine(name=name, value=value) for name, value in _facts(process, areas) if value)


def child_parts(course: CourseFigures, on: date, names: Mapping[str, str]) -> tuple[ChildPart, ...]:
    """Each child's part in the meetings that were held."""
    return tuple(
        ChildPart(
            name=names.get(child.member, child.member),
            took_part=f"{child.attended} af {child.attended + child.stayed_away + child.unsaid} møder",
            reasons=tuple(f"{reason} ({count})" for reason, count in child.reasons.items()),
        )
        for child in process_of(course, on).children
    )


def waited_lines(audience: Audience, course: CourseFigures) -> tuple[WaitedLine, ...]:
    """The waits, the longest first."""
    config, plan = audience.config, audience.family.plan
    activities = {str(line.id): line.what for line in plan.activities} if plan is not None else {}
    areas = area_names(audience)
    return tuple(
        WaitedLine(
            area=areas.get(line.wait.area, line.wait.area),
            what=activities.get(line.wait.what, ""),
            applied=line.wait.applied,
            granted=line.wait.granted if line.is_over else None,
            days=line.days if line.is_over else 0,
            consequence=line.wait.consequence,
        )
        for line in waits_of(course, audience.today, config.deadlines.waiting_time)
    )


def missing_lines(audience: Audience, seen: SeenFigures, names: Mapping[str, str]) -> tuple[str, ...]:
    """What is missing, as far as this reader may know of it, with whom it is about.

    It is looked for in all that the course has: what is only hidden from her is not missing.
    """
    is_monthly = audience.config.deadlines.monthly_registration
    found = find_missing(seen.whole, audience.config.catalogue, audience.today, is_monthly=is_monthly)
    areas = area_names(audience)
    lines = []
    for item in found:
        if _may_be_told(audience, item, seen):
            sentence, who = say_missing(item, areas), names.get(item.member, "")
            lines.append(f"{who}: {lower(sentence)}" if who else sentence)
    return tuple(lines)


def area_names(audience: Audience) -> dict[str, str]:
    """What the areas are called."""
    return {str(code): area.name for code, area in audience.config.areas.items()}


def _may_be_told(audience: Audience, item: Missing, seen: SeenFigures) -> bool:
    """Whether it is about the course, or about what this reader sees other values of, or what nobody has answered."""
    if item.indicator:
        kinds = (kind.key for kind in audience.config.catalogue.kinds if kind.label == item.indicator)
        return item.kind is MissingKind.START_ANSWER or any(seen.shows(key, item.member) for key in kinds)
    if item.member:
        return any(child.member == item.member for meeting in seen.figures.meetings for child in meeting.children)
    return not item.area or item.area in seen.areas


def _facts(process: Process, areas: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    held = join(f"{kind} {count}" for kind, count in process.meetings.items())
    yield "Møder, der er holdt", capitalise(held) or "ingen"
    yield "Opfølgninger", f"{len(process.held)} er holdt. {len(process.due)} skulle være holdt."
    if process.intervals:
        late = " Den næste er over tiden." if process.is_overdue else ""
        yield "Rytmen er holdt", f"{process.kept} af {len(process.intervals)} gange.{late}"
    yield "Aflyste møder", str(process.cancelled)
    yield "Møder, hvor familien ikke kom", str(process.no_show)
    yield "Skift af tovholder", _shifts(process.tovholder_shifts)
    yield "Skift af rådgivere", _shifts(process.adviser_shifts)
    for line in process.attendance:
        yield f"{areas.get(line.area, line.area)} var med", f"{line.came} af {line.asked} gange"


def _shifts(shifts: tuple[Shift, ...]) -> str:
    days = join(day_and_month(shift.date) for shift in shifts)
    return f"{len(shifts)} ({days})" if shifts else "0"
