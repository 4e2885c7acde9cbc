"""What was measured about somebody can be true: on its scale, about the right person, once, and not to come.

Which scale, whose and how often stands in the catalogue (`indikatorer.yaml`); a key that is not in it is told where the
file is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks
from hopdocs.domain.ages import ADULT_AGE, JOB_AGE
from hopdocs.domain.calendar import last_day_of
from hopdocs.model.indicators import Subject
from hopdocs.rules.context import error, warn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.indicators import IndicatorKind
    from hopdocs.model.measurement import Indicator

_OF_CHILDREN = (Subject.BARN, Subject.UNG)
_OF_ONE = (*_OF_CHILDREN, Subject.VOKSEN)


def check_values(day: FamilyDay) -> Iterator[Finding]:
    """A score lies on its scale, and an SDQ says who answered."""
    for at, line, kind in _known_lines(day):
        if line.value is None:
            continue
        is_below = kind.lowest is not None and line.value < kind.lowest
        is_above = kind.highest is not None and line.value > kind.highest
        if is_below or is_above:
            yield error(
                "HD297",
                (*at, "value"),
                blocks=Blocks.FAMILY,
                indicator=line.key,
                value=str(line.value),
                lowest="…" if kind.lowest is None else str(kind.lowest),
                highest="…" if kind.highest is None else str(kind.highest),
            )
        if kind.informant and line.informant is None:
            yield error("HD279", (*at, "informant"), blocks=Blocks.FAMILY, missing=True, indicator=line.key)


def check_subjects(day: FamilyDay) -> Iterator[Finding]:
    """A value is about one person, of the kind that it is measured for."""
    for at, line, kind in _known_lines(day):
        if kind.who in _OF_ONE and len(line.for_) != 1:
            yield warn("HD805", (*at, "for"), missing=not line.for_, indicator=line.key, count=str(len(line.for_)))
        when = line.date or (last_day_of(line.month) if line.month is not None else day.today)
        for number, key in enumerate(line.for_):
            code, place = _wrong_person(day, kind, key, when), (*at, "for", number)
            if code == "HD803":
                yield error(code, place, indicator=line.key, who=kind.who.value, member=key)
            elif code:
                yield warn(code, place, indicator=line.key, member=key, age=str(JOB_AGE))


def _wrong_person(day: FamilyDay, kind: IndicatorKind, key: str, when: date) -> str:
    """The code of what is wrong with whom a value is about, '' if nothing is."""
    person = next((member for name, member in day.family.members.items() if name == key), None)
    if person is None or kind.who is Subject.FAMILIE:
        return ""
    is_young = person.is_child and person.age_on(when) < ADULT_AGE
    fits = person.is_child if kind.who in _OF_CHILDREN else kind.who is Subject.VOKSEN and not is_young
    if not fits:
        return "HD803"
    return "HD804" if kind.who is Subject.UNG and person.age_on(when) < JOB_AGE else ""


def check_months(day: FamilyDay) -> Iterator[Finding]:
    """A value says when, not of a time to come, and nothing was measured twice."""
    seen: dict[object, int] = {}
    for at, line, kind in _known_lines(day):
        when = line.month or line.date
        if when is None:
            yield warn("HD808", (*at, "month"), missing=True, indicator=line.key)
            continue
        if when > day.today:
            name = "month" if line.month is not None else "date"
            shown = f"{when:%Y-%m}" if line.month is not None else when.isoformat()
            yield error("HD806", (*at, name), month=shown)
        if line.value is None:
            continue  # a line to be filled in says nothing yet
        same = (kind.key, frozenset(line.for_), when, line.informant)
        first = seen.setdefault(same, int(at[-1]))
        if first != at[-1]:
            people = ", ".join(line.for_) or "–"
            shown = f"{when:%Y-%m}" if line.month is not None else when.isoformat()
            yield error("HD807", (*at, "key"), indicator=line.key, month=shown, people=people)


def _known_lines(day: FamilyDay) -> Iterator[tuple[DataPath, Indicator, IndicatorKind]]:
    """Every line whose key the catalogue has, with its place."""
    measurements = day.family.measurements
    for index, line in enumerate(measurements.indicators if measurements is not None else ()):
        kind = day.config.catalogue.find(line.key)
        if kind is not None:
            yield ("measurements", "indicators", index), line, kind
