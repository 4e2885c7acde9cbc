"""What follows today from a line of a family's file: ages, how long a consent lasts, who comes, what is due, who sees.

Worked out by the same rules as the papers. Said to whoever has the file before her, in the Danish of the pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.danish import day_and_month, first_name, join, long_date, time_range
from hopdocs.deadlines.course import deadlines_of
from hopdocs.documents.audience import Audience, MemberReader
from hopdocs.documents.sight import entries_of, readers_of
from hopdocs.domain.ages import ADULT_AGE, LETTER_AGE, OWN_VIEW_AGE, SIGNING_AGE
from hopdocs.domain.calendar import birthday
from hopdocs.domain.consent import ConsentAnswer, last_day
from hopdocs.domain.family_day import day_to_show
from hopdocs.model.scalars.values import MemberKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hopdocs.deadlines.deadline import Deadline
    from hopdocs.diagnostics import DataPath
    from hopdocs.documents.audience import Reader
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting

_AGES: Final = (OWN_VIEW_AGE, LETTER_AGE, SIGNING_AGE, ADULT_AGE)
_OF_THE_COURSE: Final = frozenset({"id", "name", "start_date", "case_number"})
_MOST_DEADLINES: Final = 6
_ANSWERS: Final = {
    ConsentAnswer.NONE: "har ikke svaret på samtykket",
    ConsentAnswer.EXPIRED: "har et samtykke, der er udløbet",
    ConsentAnswer.REFUSED: "har sagt nej til samtykke",
    ConsentAnswer.WITHDRAWN: "har trukket sit samtykke tilbage",
}


def facts_at(at: DataPath, day: FamilyDay) -> list[str]:
    """Sentences about what stands at a place of a family's file; none where nothing follows from it."""
    return [*_by_section(at, day), *_say_readers(at, day)]


def say_with_distance(said: str, there: date, today: date) -> str:
    """A day with how far off it is; of one that is years away nobody counts the days."""
    days = (there - today).days
    if abs(days) > _MOST_COUNTED:
        return said
    if days in _NEAR:
        return f"{said}, {_NEAR[days]}"
    return f"{said}, om {days} dage" if days > 0 else f"{said}, for {-days} dage siden"


_MOST_COUNTED: Final = 400
_NEAR: Final = {0: "i dag", 1: "i morgen", -1: "i går"}


def _by_section(at: DataPath, day: FamilyDay) -> Iterator[str]:
    family = day.family
    match at:
        case ("members", str() as name, *_) if name in family.members:
            yield from _about_member(MemberKey(name), day)
        case ("consents", int() as index, *_) if index < len(family.consents):
            yield from _about_consent(index, day)
        case ("meetings", int() as index, *_) if index < len(family.meetings):
            yield from _about_meeting(family.meetings[index], day)
        case ("plan", "activities", int() as index, *_) if family.plan and index < len(family.plan.activities):
            yield from _say_deadlines(_of(day, family.plan.activities[index].id), day)
        case ("assessment", int() as index, *_) if index < len(family.assessment):
            yield from _say_deadlines(_of(day, family.assessment[index].area), day)
        case (str() as key,) if key in _OF_THE_COURSE:
            coming = [item for item in deadlines_of(day) if item.done is None]
            yield from _say_deadlines(coming[:_MOST_DEADLINES], day)


def _about_member(key: MemberKey, day: FamilyDay) -> Iterator[str]:
    person = day.family.members[key]
    age, name = person.age_on(day.today), first_name(person.name)
    yield f"{person.name} er {age} år, født {long_date(person.born)}."
    coming = next((years for years in _AGES if years > age), None)
    if person.is_child and coming is not None:
        yield f"Fylder {coming} år {long_date(birthday(person.born, coming))}."
    standing = day.consents.standing(key)
    if standing.answer is ConsentAnswer.GIVEN:
        yield f"{name} har sagt ja for {_areas(standing.areas, day)}."
    elif key in day.consents.needed or standing.answer is not ConsentAnswer.NONE:
        yield f"{name} {_ANSWERS[standing.answer]}."
    shared = day.consents.shared_areas(key)
    yield f"Oplysninger om {name} må deles af: {_areas(shared, day) or 'ingen'}."


def _about_consent(index: int, day: FamilyDay) -> Iterator[str]:
    line = day.family.consents[index]
    person = day.family.members.get(line.member)
    if person is None:
        return
    end = last_day(line)
    if end is not None:
        word = "Gælder" if end >= day.today else "Gjaldt"
        yield f"{word} til og med {say_with_distance(long_date(end), end, day.today)}."
    standing = day.consents.standing(line.member)
    if standing.areas:
        yield f"{first_name(person.name)} har i dag sagt ja for {_areas(standing.areas, day)}."
    elif standing.answer in _ANSWERS:
        yield f"{first_name(person.name)} {_ANSWERS[standing.answer]}."
    yield from _say_deadlines(_of(day, line.member), day)


def _about_meeting(meeting: Meeting, day: FamilyDay) -> Iterator[str]:
    when = f"{long_date(meeting.date)} {time_range(meeting.start, meeting.end)}"
    yield f"{meeting.type.value.capitalize()} {say_with_distance(when, meeting.date, day.today)}."
    staff = [day.config.staff[key].name for key in day.invited_staff(meeting) if key in day.config.staff]
    if staff:
        yield f"Indkaldte fagpersoner: {join(staff)}."
    family = [day.family.members[key].name for key in day.family_invited(meeting)]
    if family and meeting.type.is_for_family:
        yield f"Får en invitation: {join(family)}."
    children = [
        first_name(day.family.members[key].name) for key, entry in day.children_of(meeting).items() if entry.attends
    ]
    if children:
        yield f"Børn, der er med: {join(children)}."
    yield from _say_deadlines(_of(day, meeting.id), day)


def _of(day: FamilyDay, name: str) -> list[Deadline]:
    """The deadlines about one thing, by its id."""
    return [item for item in deadlines_of(day) if item.key.partition(":")[2] == name]


def _say_deadlines(deadlines: Iterable[Deadline], day: FamilyDay) -> Iterator[str]:
    for item in deadlines:
        who = day.config.staff[item.who].name if item.who in day.config.staff else item.who  # type: ignore[index]
        if item.done is not None:
            yield f"{item.title}: sket den {day_and_month(item.done)}."
        elif item.is_overdue(day.today):
            yield f"{item.title}: skulle være sket senest den {day_and_month(item.due)} ({who})."
        else:
            yield f"{item.title}: senest den {say_with_distance(day_and_month(item.due), item.due, day.today)} ({who})."


def _say_readers(at: DataPath, day: FamilyDay) -> Iterator[str]:
    """Who gets to see the entry that a place lies in, and who does not: `hopdocs who` says why."""
    shown = day_to_show(day)
    if shown is None:
        return
    audience = Audience(shown)
    for entry in entries_of(audience):
        if any(at[: len(place)] == place for place in (entry.at, *entry.also_at)):
            readers = readers_of(audience)
            seeing = [reader for reader in readers if entry.why_hidden(reader) is None]
            blind = [reader for reader in readers if reader not in seeing]
            yield f"Ses af: {_readers(seeing, day) or 'ingen'}."
            if blind:
                yield f"Ses ikke af: {_readers(blind, day)}."
            return


def _readers(readers: Iterable[Reader], day: FamilyDay) -> str:
    names = [
        first_name(day.family.members[reader.member].name)
        if isinstance(reader, MemberReader)
        else day.config.areas[reader.area].name
        for reader in readers
    ]
    return join(names)


def _areas(codes: Iterable[str], day: FamilyDay) -> str:
    return join([area.name for code, area in day.config.areas.items() if code in set(codes)])
