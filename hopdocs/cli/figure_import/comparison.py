"""What a family's file says already of the facts that are brought in: which are new, the same, or another value."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from hopdocs.cli.figure_import.facts import AreaCost, AreaCount, Value
from hopdocs.model.measurement import Measurements

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from hopdocs.cli.figure_import.facts import Entry
    from hopdocs.cli.figure_import.people import Course
    from hopdocs.diagnostics import DataPath
    from hopdocs.model.config import Config
    from hopdocs.model.measurement import Indicator


class Step(StrEnum):
    """What is to be done about a fact."""

    ADD = "add"
    FILL = "fill"
    """Its line is there, and waits for the value."""
    KEEP = "keep"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Change:
    """One fact beside what stands in the file: `at` is where, and `was` the value there."""

    entry: Entry
    step: Step
    at: DataPath = ()
    was: Decimal | None = None


def compare(entries: Iterable[Entry], config: Config) -> Mapping[str, tuple[Change, ...]]:
    """By family's file what each of its facts means for it, in the order of their days."""
    by_file: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_file[entry.course.name].append(entry)
    return {
        name: tuple(_compare(entry, config) for entry in sorted(own, key=lambda item: item.fact.on))
        for name, own in sorted(by_file.items())
    }


def _compare(entry: Entry, config: Config) -> Change:
    match entry.fact:
        case Value() as value:
            at, was = _find_value(entry.course, value, config)
        case AreaCost() as cost:
            at, was = _find_cost(entry.course, cost)
        case AreaCount() as count:
            at, was = _find_count(entry.course, count)
    if not at:
        return Change(entry, Step.ADD)
    if was is None:
        return Change(entry, Step.FILL, at)
    return Change(entry, Step.KEEP if was == entry.fact.amount else Step.REPLACE, at, was)


def _find_value(course: Course, value: Value, config: Config) -> tuple[DataPath, Decimal | None]:
    people = {value.member} if value.member is not None else set()
    for index, line in enumerate(_measurements(course).indicators):
        kind = config.catalogue.find(line.key)
        if kind is None or kind.key != value.kind.key or set(line.for_) != people:
            continue
        said, written = value.informant.casefold() if kind.informant else "", (line.informant or "").casefold()
        if said and said != written and (written or line.value is not None):  # a line that waits is anybody's
            continue
        if _is_same_time(line, value):
            return ("measurements", "indicators", index, "value"), line.value
    return (), None


def _is_same_time(line: Indicator, value: Value) -> bool:
    """The same day where both have one, else the same month."""
    on: date | None = line.date or line.month
    if on is None:
        return False
    if line.date is not None and value.is_day:
        return on == value.on
    return (on.year, on.month) == (value.on.year, value.on.month)


def _find_cost(course: Course, cost: AreaCost) -> tuple[DataPath, Decimal | None]:
    for index, line in enumerate(_measurements(course).costs):
        if (line.area, line.month) == (cost.area, cost.on):
            return ("measurements", "costs", index, "amount"), line.amount
    return (), None


def _find_count(course: Course, count: AreaCount) -> tuple[DataPath, Decimal | None]:
    for index, line in enumerate(_measurements(course).services):
        if line.date == count.on and count.area in line.counts:
            return ("measurements", "services", index, "counts", count.area), Decimal(line.counts[count.area])
    return (), None


def _measurements(course: Course) -> Measurements:
    assert course.day is not None  # noqa: S101 - a family without one is refused
    return course.day.family.measurements or Measurements()
