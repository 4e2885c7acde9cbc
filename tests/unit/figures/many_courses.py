"""Forty courses over two years for tests that add them up: drawn by a fixed seed, gaps and ends among them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from hopdocs.domain.calendar import months_later
from hopdocs.domain.data_deliveries import AT_THE_END
from hopdocs.figures.course import (
    ChildAtMeeting,
    CostLine,
    CourseFigures,
    CourseMember,
    Draw,
    Measured,
    MeetingFact,
    Place,
    Shift,
    Wait,
)

SEEN_ON: Final = date(2026, 11, 29)
_AREAS: Final = ("BF", "DU", "HP", "BES", "SO")
_INDICATORS: Final = (("b_skole_fravaer", "barn", 40), ("b_trivsel", "barn", 10), ("a_job", "mor", 37))
_HERE: Final = Place("somewhere")


def draw_courses(count: int = 40, seed: int = 7) -> tuple[CourseFigures, ...]:
    """So many courses."""
    random = Random(seed)  # noqa: S311 - the same courses each time
    return tuple(_draw_course(random, number) for number in range(count))


def _draw_course(random: Random, number: int) -> CourseFigures:
    start = date(2024, 6, 1) + timedelta(days=random.randrange(700))
    base = CourseFigures(
        family=f"HOP-{number:03d}", case=f"26-{number:06d}", group="waiting", state="henvendt", start=start
    )
    if number % 8 == 0:
        return base
    ends = start + timedelta(days=random.randrange(200, 600))
    end = ends if number % 3 == 0 and ends < SEEN_ON else None
    last = end or SEEN_ON
    areas = tuple(random.sample(_AREAS, random.randrange(2, 5)))
    months = [months_later(start.replace(day=1), step) for step in range((last - start).days // 31)]
    meetings: list[MeetingFact] = []
    day = start + timedelta(days=30)
    while day <= last:
        type_ = "opfølgningsmøde" if meetings else "familieplansmøde"
        came = tuple(area for area in areas if random.random() < 0.8)
        attends = random.choice((True, False, None))
        reason = random.choice(("sommerferie", "Han ville ikke.", "")) if attends is False else ""
        child = ChildAtMeeting("barn", attends, reason, _HERE)
        status = random.choice(("held", "held", "held", "cancelled"))
        meetings.append(MeetingFact(type_, day, status, areas, came, (child,), _HERE))
        day += timedelta(days=random.choice((49, 56, 63, 84)))
    draws = [
        Draw(number_of, due, due, {area: random.randrange(6) for area in areas}, _HERE)
        for number_of in (0, 6, 12, 18)
        if (due := months_later(start, number_of)) <= last and random.random() < 0.9
    ]
    if end is not None:
        draws.append(Draw(AT_THE_END, end, end, {area: random.randrange(4) for area in areas}, _HERE))
    return CourseFigures(
        family=base.family,
        case=base.case,
        group="closed" if end else "active",
        state="afsluttet" if end else "aktiv",
        start=start,
        end=end,
        consented=start - timedelta(days=14),
        closing=random.choice(("målet er nået", "")) if end else "",
        areas=areas,
        members=(CourseMember("mor", is_child=False), CourseMember("barn", is_child=True)),
        measured=tuple(
            Measured(key, member, month, Decimal(random.randrange(highest + 1)), "indtastet", _HERE)
            for key, member, highest in _INDICATORS
            for month in months
            if random.random() < 0.3
        ),
        draws=tuple(draws),
        costs=tuple(
            CostLine(month, area, Decimal(random.randrange(5_000, 30_000)), _HERE)
            for month in months
            for area in areas
            if random.random() < 0.995
        ),
        meetings=tuple(meetings),
        shifts=tuple(
            Shift(start + timedelta(days=random.randrange(400)), areas[0], is_tovholder=number % 2 == 0, at=_HERE)
            for _ in range(random.randrange(3))
        ),
        waits=tuple(
            Wait(area, "", applied, None, applied + timedelta(days=random.randrange(120)), "", _HERE)
            for area in areas[: random.randrange(3)]
            for applied in (start + timedelta(days=random.randrange(100)),)
        ),
        follow_up_days=56,
        baseline=start,
    )
