"""How an indicator went for one person: its values over time, and what was before held against what is now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hopdocs.model.indicators import Better, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.figures.course import CourseFigures, Measured, Place
    from hopdocs.model.indicators import IndicatorCatalogue, IndicatorKind

RULE: Final = "Den første værdi holdes op mod den seneste. Hvad der er bedre, står i kataloget over indikatorer."


class Verdict(StrEnum):
    """Which way it went, as a report says it. `UNKNOWN` with one value alone, or where no way is the better one."""

    BETTER = "bedre"
    SAME = "uændret"
    WORSE = "dårligere"
    UNKNOWN = "uvist"


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series, and the places that it was written in."""

    on: date
    """The first of the month, or the day."""
    value: Decimal
    at: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator of one person, by one who answered: a parent's SDQ and a teacher's are two series."""

    kind: IndicatorKind
    member: str
    """'' if it is about the family, or about several as one."""
    informant: str
    points: tuple[Point, ...]
    """Oldest first, at least one, one a day."""

    @property
    def before(self) -> Point:
        """The first value."""
        return self.points[0]

    @property
    def after(self) -> Point | None:
        """The latest value, None while there is one alone."""
        return self.points[-1] if len(self.points) > 1 else None

    @property
    def change(self) -> Decimal | None:
        """How much higher the latest value is than the first."""
        return self.after.value - self.before.value if self.after is not None else None

    @property
    def verdict(self) -> Verdict:
        """Which way it went."""
        return judge(self.kind, self.before.value, self.after.value if self.after is not None else None)

    @property
    def at(self) -> tuple[Place, ...]:
        """Where all of it was written."""
        return tuple(place for point in self.points for place in point.at)


def judge(kind: IndicatorKind, before: Decimal, after: Decimal | None) -> Verdict:
    """What it means that a value became another."""
    if after is None:
        return Verdict.UNKNOWN
    if after == before:
        return Verdict.SAME
    if kind.better is Better.INGEN:
        return Verdict.UNKNOWN
    return Verdict.BETTER if (after > before) == (kind.better is Better.HØJERE) else Verdict.WORSE


def list_series(course: CourseFigures, catalogue: IndicatorCatalogue) -> tuple[Series, ...]:
    """All series of a course: in the catalogue's order, people in the family's. What it does not know is no figure."""
    rows: dict[tuple[str, str, str], list[Measured]] = defaultdict(list)
    for line in course.measured:
        rows[line.indicator, line.member, line.informant].append(line)
    order = [kind.key for kind in catalogue.kinds]
    people = ["", *(member.key for member in course.members)]
    found = [
        Series(kind, member, informant, _points(kind, lines))
        for (key, member, informant), lines in rows.items()
        if (kind := catalogue.find(key)) is not None and member in people
    ]
    return tuple(sorted(found, key=lambda it: (order.index(it.kind.key), people.index(it.member), it.informant)))


def find_series(series: Iterable[Series], *keys: str, member: str | None = None) -> tuple[Series, ...]:
    """Those of these indicators, of one member if one is named."""
    return tuple(item for item in series if item.kind.key in keys and member in (None, item.member))


def _points(kind: IndicatorKind, lines: Iterable[Measured]) -> tuple[Point, ...]:
    """One value a day: the mean of what several professionals answered; of anybody else what was written last."""
    days: dict[date, list[Measured]] = defaultdict(list)
    for line in lines:
        days[line.month].append(line)
    points = []
    for on, several in sorted(days.items()):
        counted = several if kind.who is Subject.MEDARBEJDER else several[-1:]
        mean = sum((line.value for line in counted), Decimal(0)) / len(counted)
        points.append(Point(on, mean, tuple(line.at for line in counted)))
    return tuple(points)
