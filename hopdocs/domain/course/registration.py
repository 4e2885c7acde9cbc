"""What a month's registration asks for, member by member (statsligt projekt 2013-2016, Månedlig registrering).

Asked is what the municipality measures all families on (`indicators_used:`), and what this family has been measured on
before. A figure of half a year is asked for when half a year has gone since the last one, one of a data draw when a
draw is due. What happens once, and what an interview asks, belongs to no month.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.domain.ages import ADULT_AGE, JOB_AGE
from hopdocs.domain.calendar import last_day_of, months_later
from hopdocs.domain.data_deliveries import DRAW_LEAD, data_draws_of
from hopdocs.domain.state import State
from hopdocs.model.indicators import Cadence, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.indicators import IndicatorKind
    from hopdocs.model.measurement import Indicator
    from hopdocs.model.people import Member
    from hopdocs.model.scalars.values import MemberKey

_EVERY_MONTHS: Final = {Cadence.MÅNEDLIG: 1, Cadence.HALVÅRLIG: 6, Cadence.ÅRLIG: 12}


@dataclass(frozen=True, slots=True)
class AskedValue:
    """One figure that a month asks for; `member` is None for what is about the family."""

    kind: IndicatorKind
    member: MemberKey | None
    written_as: str
    """The key as this family's file has it already, or as the catalogue has it."""
    has_line: bool
    """Whether the month has a line for it, be it empty."""
    is_written: bool
    is_asked_of_all: bool
    """Whether every family is measured by it, so that being asked tells nothing of this one."""


def asked_values(day: FamilyDay, month: date) -> tuple[AskedValue, ...]:
    """Everything that a month (its first day) asks for, person by person in the order of the file.

    Nothing of who has not said yes, or has taken it back.
    """
    if not may_be_measured(day):
        return ()
    family, catalogue = day.family, day.config.catalogue
    lines: dict[tuple[str, MemberKey | None], list[Indicator]] = defaultdict(list)
    for line in family.measurements.indicators if family.measurements is not None else ():
        kind = catalogue.find(line.key)
        if kind is not None and len(line.for_) <= 1:
            lines[kind.key, line.for_[0] if line.for_ else None].append(line)
    for_all = {kind.key for key in day.config.indicators_used if (kind := catalogue.find(key)) is not None}
    asked: list[AskedValue] = []
    for member in (*family.members, None):
        for kind in catalogue.kinds:
            own = lines.get((kind.key, member), [])
            if (kind.key in for_all or own) and _fits(day, kind, member, month) and _is_due(day, kind, own, month):
                now = [line for line in own if _month_of(line) == month]
                asked.append(
                    AskedValue(
                        kind,
                        member,
                        written_as=own[-1].key if own else kind.key,
                        has_line=bool(now),
                        is_written=any(line.value is not None for line in now),
                        is_asked_of_all=kind.key in for_all,
                    )
                )
    return tuple(asked)


def may_be_measured(day: FamilyDay) -> bool:
    """Whether the course runs, or has come to its end."""
    return day.is_running or day.state is State.AFSLUTTET


def missing_values(day: FamilyDay, month: date) -> tuple[AskedValue, ...]:
    """What a month asks for and nobody has written."""
    return tuple(item for item in asked_values(day, month) if not item.is_written)


def is_registered(day: FamilyDay, month: date) -> bool:
    """Whether a month's figures are written: all that is asked for, or anything where nothing is."""
    asked = asked_values(day, month)
    if asked:
        return all(item.is_written for item in asked)
    measurements = day.family.measurements
    lines = measurements.indicators if measurements is not None else ()
    return any(line.month == month and line.value is not None for line in lines)


def say_missing_values(day: FamilyDay, missing: Iterable[AskedValue]) -> tuple[str, ...]:
    """A line a person, without anybody's name: "Barn 2: Fravær fra skole eller dagtilbud".

    It goes into mail and lists beside the case number. So what tells of somebody's health is said as that alone.
    """
    by_member: dict[MemberKey | None, list[AskedValue]] = defaultdict(list)
    for item in missing:
        by_member[item.member].append(item)
    names = dict(_numbered(day))
    return tuple(f"{names[member]}: {_say(items)}" for member, items in by_member.items())


def _say(items: list[AskedValue]) -> str:
    labels = [item.kind.label for item in items if not item.kind.health]
    if len(labels) < len(items):
        labels.append("helbred")
    return ", ".join(labels)


def _numbered(day: FamilyDay) -> Iterator[tuple[MemberKey | None, str]]:
    """What each is called where no name may stand: by place among the children or adults of the file."""
    yield None, "Familien"
    members = day.family.members
    for word, are_children in (("Voksen", False), ("Barn", True)):
        own = [key for key, person in members.items() if person.is_child is are_children]
        for number, key in enumerate(own, 1):
            yield key, f"{word} {number}"


def _fits(day: FamilyDay, kind: IndicatorKind, member: MemberKey | None, month: date) -> bool:
    """Whether an indicator is about that person in that month, and she still takes part."""
    if kind.who is Subject.MEDARBEJDER or (member is None) is not (kind.who is Subject.FAMILIE):
        return False
    if member is None:
        return True
    person = day.family.members[member]
    return not day.consents.has_stepped_out(member) and _is_of(kind.who, person, last_day_of(month))


def _is_of(who: Subject, person: Member, on: date) -> bool:
    age = person.age_on(on)
    if who is Subject.VOKSEN:
        return not person.is_child or age >= ADULT_AGE
    return person.is_child and age < ADULT_AGE and (who is Subject.BARN or age >= JOB_AGE)


def _is_due(day: FamilyDay, kind: IndicatorKind, own: list[Indicator], month: date) -> bool:
    """Whether a month asks for a figure, given what was written before it."""
    written = [_month_of(line) for line in own if line.value is not None]
    earlier = [on for on in written if on is not None and on < month]
    if kind.rhythm is Cadence.DATATRÆK:
        draws = data_draws_of(day.family, day.config.deadlines.data_draws_months)
        begun = [draw.due - DRAW_LEAD for draw in draws if draw.due.replace(day=1) <= month]
        return bool(begun) and not any(on >= begun[-1].replace(day=1) for on in earlier)
    every = _EVERY_MONTHS.get(kind.rhythm)
    return every is not None and (not earlier or months_later(max(earlier), every) <= month)


def _month_of(line: Indicator) -> date | None:
    on = line.month or line.date
    return on.replace(day=1) if on is not None else None
