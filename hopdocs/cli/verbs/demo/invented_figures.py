"""What was counted, measured and paid in an invented course; now and then a month or a draw is missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from hopdocs.domain.calendar import months_later

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from hopdocs.cli.verbs.demo.large_project import Course

_LAST_MONTH: Final = date(2026, 10, 1)
_HOLIDAYS: Final = 7
_SCHOOL_AGE: Final = 6
_MISSING: Final = 0.05
_DRAWS: Final = (0, 6, 12, 18)
_MONTHLY: Final = {
    "BF": (14_000, 45_000),
    "DU": (3_000, 12_000),
    "BES": (9_000, 19_000),
    "HP": (2_000, 9_000),
    "SO": (1_000, 5_000),
}
_HALF_YEARLY: Final = (("b_trivsel", 4, 3), ("b_fritid", 4, 2), ("b_familie", 4, 2))
_YEARLY: Final = (("v_egenomsorg", 3, -1), ("v_hjem", 3, -1), ("v_netvaerk", 3, -1), ("v_job_bolig_oek", 3, -2))
_START_AND_END: Final = (
    *((f"f_oplevelse_{number}", 4, 4, 10) for number in (1, 2, 3, 4)),
    *((f"m_oplevelse_{number}", 2, 2, 5) for number in (5, 6)),
)


def measure(course: Course, dice: Random) -> dict[str, Any]:
    """The lines under `measurements`."""
    found: dict[str, Any] = {"baseline_interview": course.start + timedelta(days=10)}
    if course.end and dice.random() > _MISSING:
        found["final_interview"] = course.end - timedelta(days=5)
    found["services"] = list(_services(course, dice))
    found["costs"] = list(_costs(course, dice))
    found["indicators"] = list(_indicators(course, dice))
    return found


def _services(course: Course, dice: Random) -> Iterator[dict[str, Any]]:
    days = [months_later(course.start, number) for number in _DRAWS]
    for step, day in enumerate(day for day in days if day <= course.last):
        if dice.random() > _MISSING:
            fewer = round(step * course.goes_well)
            yield {"date": day, "counts": {area: max(1, dice.randrange(2, 6) - fewer) for area in course.areas}}
    if course.end:
        yield {"date": course.end, "counts": {area: dice.randrange(1, 3) for area in course.areas}}


def _months(course: Course) -> Iterator[tuple[int, date]]:
    """The months of the course that are over, each with its number."""
    month, number = course.start.replace(day=1), 0
    while month <= min(course.last, _LAST_MONTH):
        yield number, month
        month, number = months_later(month, 1), number + 1


def _costs(course: Course, dice: Random) -> Iterator[dict[str, Any]]:
    bases = {area: dice.randrange(*_MONTHLY[area]) for area in course.areas}
    for number, month in _months(course):
        for area, base in bases.items():
            trend = 1 - course.goes_well * 0.25 * min(number, 24) / 24
            amount = round(base * trend * dice.uniform(0.97, 1.03) / 100) * 100
            yield {"month": f"{month:%Y-%m}", "area": area, "amount": amount}


_PERCENT: Final = (0, 100)
_POINTS: Final = (0, 10)


def _line(key: str, month: date, value: float, scale: tuple[int, int], who: str = "") -> dict[str, Any]:
    whom = {"for": [who.lower()]} if who else {}
    written = min(max(round(value), scale[0]), scale[1])
    return {"key": key, **whom, "month": f"{month:%Y-%m}", "value": written, "source": "indtastet"}


def _indicators(course: Course, dice: Random) -> Iterator[dict[str, Any]]:
    months = list(_months(course))
    last = max(len(months) - 1, 1)
    moved = [(month, course.goes_well * number / last) for number, month in months]
    for child in course.children:
        yield from _of_child(child, course.born[child], moved, dice)
    yield from _of_parent(course.parents[0], moved, dice, has_offer="BES" in course.areas)
    yield from _of_family(moved, dice, is_over=course.end is not None)


def _of_child(child: str, born: date, moved: list[tuple[date, float]], dice: Random) -> Iterator[dict[str, Any]]:
    absence = dice.randrange(12, 45)
    for month, by in moved:
        at_school = (month - born).days > _SCHOOL_AGE * 365 and month.month != _HOLIDAYS
        if at_school and dice.random() > _MISSING:
            value = absence * (1 - 0.7 * by) + dice.uniform(-2, 2)
            yield _line("b_skole_fravaer", month, value, _PERCENT, child) | {"source": "register"}
    for month, by in moved[::6]:
        for key, begin, gain in _HALF_YEARLY:
            yield _line(key, month, begin + gain * by + dice.uniform(-1, 1), _POINTS, child)
        yield _line("b_sdq", month, 18 - 6 * by + dice.uniform(-1, 1), (0, 40), child) | {"informant": "forælder"}


def _of_parent(
    parent: str, moved: list[tuple[date, float]], dice: Random, *, has_offer: bool
) -> Iterator[dict[str, Any]]:
    for month, by in moved:
        if has_offer and dice.random() > _MISSING:
            yield _line("a_tilbud", month, 4 + 8 * by + dice.uniform(-1, 1), (0, 37), parent)
            yield _line("a_fremmoede", month, 60 + 30 * by + dice.uniform(-5, 5), _PERCENT, parent)
    for month, by in moved[::12]:
        for key, begin, gain in _YEARLY:
            yield _line(key, month, begin + gain * by, (0, 4), parent)


def _of_family(moved: list[tuple[date, float]], dice: Random, *, is_over: bool) -> Iterator[dict[str, Any]]:
    for month, by in moved[::6]:
        yield _line("f_kontakt", month, 7 - 4 * by, (1, 20))
        yield _line("f_planer", month, 5 - 2 * by, (1, 10))
    for key, begin, gain, highest in _START_AND_END:
        for month, by in (moved[0], moved[-1]) if is_over and len(moved) > 1 else moved[:1]:
            scale = _POINTS if highest == _POINTS[1] else (1, highest)
            yield _line(key, month, begin + gain * by + dice.uniform(-1, 1), scale)
