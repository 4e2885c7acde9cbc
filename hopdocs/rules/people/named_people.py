"""Names in the minutes and the plan: that there is somebody behind each, and that a promise is somebody's."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

from hopdocs.danish import first_name
from hopdocs.domain.tasks import find_person
from hopdocs.model.scalars.values import shorten
from hopdocs.rules.context import advise, in_words, warn
from hopdocs.sources.references import EVERYDAY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting

_NEARLY: Final = 0.85
"""How alike two whole names are where one is a slip of the other."""
_FAR: Final = 0.6
_MOST_ALIKE: Final = 3
_MOST_CHOICES: Final = 12


def check_names(day: FamilyDay) -> Iterator[Finding]:
    """Who did not come, who has promised something, and who sees to an activity is somebody that the files know."""
    for index, meeting in enumerate(day.family.meetings):
        guests = [guest.name for guest in meeting.guests]
        if meeting.attendance is not None:
            for key in ("absent", "excused"):
                for number, name in enumerate(getattr(meeting.attendance, key)):
                    yield from _check(day, name, ("meetings", index, "attendance", key, number), guests, is_known=False)
        for number, point in enumerate(meeting.minutes.points if meeting.minutes is not None else ()):
            if point.who is not None:
                at: DataPath = ("meetings", index, "minutes", "points", number, "who")
                yield from _check(day, point.who, at, guests, is_known=True)
    for index, activity in enumerate(day.family.plan.activities if day.family.plan is not None else ()):
        yield from _check(day, activity.responsible, ("plan", "activities", index, "responsible"), (), is_known=True)


def _check(day: FamilyDay, name: str, at: DataPath, guests: Iterable[str], *, is_known: bool) -> Iterator[Finding]:
    """Somebody from outside is written with the whole name, and was there if she is said to have stayed away.

    `is_known`: whether it is enough that it looks like somebody's whole name.
    """
    person = find_person(day.family, day.config, name)
    others = {text.casefold() for text in (*guests, *(line.name for line in day.family.network))}
    if person.staff is not None or person.member is not None or name.casefold() in others | EVERYDAY_WORDS:
        return
    near = _nearest(day, name, guests)
    if is_known and len(name.split()) > 1 and not near.slips:
        return
    yield warn("HD615", at, name=shorten(name), choices=in_words(near.keys))


class _Near(NamedTuple):
    """All that may be meant, by key, the likeliest first; `slips`: whether it is nearly somebody's whole name."""

    keys: tuple[str, ...]
    slips: bool


def _nearest(day: FamilyDay, name: str, guests: Iterable[str]) -> _Near:
    """Those of the family and the team, then the other colleagues where they are meant."""
    staff = {str(key): person.name for key, person in day.config.staff.items()}
    members = {str(key): person.name for key, person in day.family.members.items()}
    near = members | {str(line.staff): staff[line.staff] for line in day.family.team if line.staff in staff}
    near |= {guest: guest for guest in guests}
    people, said = near | staff, name.casefold()
    called = [key for key, text in people.items() if said in (key.casefold(), first_name(text).casefold())]
    by_name = {text.casefold(): key for key, text in people.items()}
    slips = get_close_matches(said, by_name, n=_MOST_ALIKE, cutoff=_NEARLY)
    by_word = {first_name(text).casefold(): key for key, text in people.items()}
    by_word |= {key.casefold(): key for key in people}
    alike = (by_word[text] for text in get_close_matches(said, by_word, n=_MOST_ALIKE, cutoff=_FAR))
    keys = dict.fromkeys((*called, *(by_name[text] for text in slips), *alike, *near))
    return _Near(tuple(keys)[:_MOST_CHOICES], bool(slips))


def check_attendance(day: FamilyDay) -> Iterator[Finding]:
    """Who was never asked cannot have stayed away: the wrong meeting, or the wrong name."""
    for index, meeting in enumerate(day.family.meetings):
        if meeting.attendance is None:
            continue
        asked = _asked(day, meeting)
        for key in ("absent", "excused"):
            for number, name in enumerate(getattr(meeting.attendance, key)):
                person = find_person(day.family, day.config, name)
                who = person.staff or person.member
                if who is not None and who not in asked:
                    at: DataPath = ("meetings", index, "attendance", key, number)
                    yield warn("HD616", at, person=who, meeting=meeting.id)


def _asked(day: FamilyDay, meeting: Meeting) -> set[str]:
    stood_in_for = set(meeting.stand_ins)
    return {*day.family_invited(meeting), *day.invited_staff(meeting), *day.children_of(meeting), *stood_in_for}


def check_agreements(day: FamilyDay) -> Iterator[Finding]:
    """What is agreed is somebody's to do, and is done at the meeting or after, not before it and not ahead of time."""
    for index, meeting in enumerate(day.family.meetings):
        for number, point in enumerate(meeting.minutes.points if meeting.minutes is not None else ()):
            at: DataPath = ("meetings", index, "minutes", "points", number)
            if point.agreed and point.who is None:
                yield advise("HD617", (*at, "who"), missing=True, meeting=meeting.id)
            if point.done is not None and not meeting.date <= point.done <= max(day.today, meeting.date):
                yield warn("HD618", (*at, "done"), date=point.done.isoformat(), meeting=meeting.id)
            if point.done is not None and not point.agreed:
                yield warn("HD619", (*at, "done"), meeting=meeting.id)


def check_points_of_health(day: FamilyDay) -> Iterator[Finding]:
    """What a health area decides or sees to is shown only to those it is for: without them, to nobody of the family."""
    for index, meeting in enumerate(day.family.meetings):
        if not meeting.type.is_for_family or meeting.minutes is None:
            continue
        for number, point in enumerate(meeting.minutes.points):
            person = find_person(day.family, day.config, point.who) if point.who is not None else None
            staff = day.config.staff.get(person.staff) if person is not None and person.staff is not None else None
            area = point.decided_in or (staff.area if staff is not None else None)
            is_anybodys = point.for_ or point.visible_to is not None or (person is not None and person.member)
            if area is not None and day.config.is_health(area) and not is_anybodys and (point.text or point.agreed):
                at: DataPath = ("meetings", index, "minutes", "points", number, "for")
                yield advise("HD620", at, missing=True, meeting=meeting.id, area=area)
