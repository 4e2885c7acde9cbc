"""What a series says, in a sentence written from its values: "Fraværet faldt fra 31 % i september 2025 til 12 % i …".

A chart is heard as these words by whoever does not see it, and a report has them as its text. They say what a look at
the chart shows: where it began and ended, how far it went in between, and what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from hopdocs.danish import NBSP, decimal, join, money, month_name, short_date
from hopdocs.figures.gaps import find_missed
from hopdocs.model.scalars.moments import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from decimal import Decimal

Points: TypeAlias = "Sequence[tuple[date, Decimal]]"
"""Values by day or by month (its first day), oldest first."""

_MONEY: Final = "kr."
_YES_NO: Final = "ja/nej"
_UNSAID: Final = frozenset({"", "antal", "karakter"})
_SAID_FIRST: Final = frozenset({"trin", "VUM"})
_MOST_MONTHS: Final = 4
"""So many missing months are named; more are counted."""


def say_value(value: Decimal, unit: str) -> str:
    """`31 %`, `18.200 kr.`, `7 point`, `trin 3`, `ja`: a unit's scale ("point (0-10)") is left out."""
    if unit == _MONEY:
        return money(value)
    if unit == _YES_NO:
        return "ja" if value else "nej"
    word = unit.partition(" (")[0]
    if word in _UNSAID:
        return decimal(value)
    return f"{word}{NBSP}{decimal(value)}" if word in _SAID_FIRST else f"{decimal(value)}{NBSP}{word}"


def say_course(name: str, points: Points, unit: str) -> str:
    """How a series went, with what it lacks; `name` is what the sentence is about: "Fravær fra skole"."""
    if not points:
        return f"{name}: Der er ingen tal endnu."
    say_day = _say_month if all(day.day == 1 for day, _ in points) else _say_date
    (first, before), (last, after) = points[0], points[-1]
    begin, end = say_value(before, unit), say_value(after, unit)
    if len(points) == 1:
        return f"{name} var {begin} {say_day(first)}. Der er kun det ene tal."
    values = {value for _, value in points}
    if len(values) == 1:
        words = f"{name} var {begin} både {say_day(first)} og {say_day(last)}, og hele tiden imellem."
    elif before == after or unit == _YES_NO:
        words = f"{name} var {begin} {say_day(first)} og {end} {say_day(last)}."
    else:
        words = (
            f"{name} {'steg' if after > before else 'faldt'} fra {begin} {say_day(first)} til {end} {say_day(last)}."
        )
    between = [] if unit == _YES_NO else _say_between(points, unit, say_day)
    return " ".join([words, *between, *_say_missing(find_missed([day for day, _ in points]))])


def _say_month(day: date) -> str:
    return f"i {month_name(day)}"


def _say_date(day: date) -> str:
    return f"den {short_date(day)}"


def _say_between(points: Points, unit: str, say_day: Callable[[date], str]) -> list[str]:
    """How far it went beyond both of its ends."""
    ends = {points[0][1], points[-1][1]}
    found = []
    for word, choose in (("højest", max), ("lavest", min)):
        day, value = choose(points, key=lambda point: point[1])
        if value not in ends:
            found.append(f"{word} med {say_value(value, unit)} {say_day(day)}")
    return [f"Undervejs var tallet {join(found)}."] if found else []


def _say_missing(months: Sequence[date]) -> list[str]:
    if not months:
        return []
    if len(months) > _MOST_MONTHS:
        return [f"Der mangler tal for {len(months)} måneder."]
    return [f"Der mangler tal for {say_months(months)}."]


def say_months(months: Sequence[date]) -> str:
    """`november og december 2025`: each year once, behind its last month."""
    following = [*months[1:], None]
    return join(
        MONTHS[month.month - 1] if after is not None and after.year == month.year else month_name(month)
        for month, after in zip(months, following, strict=True)
    )
