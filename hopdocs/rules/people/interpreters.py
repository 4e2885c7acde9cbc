"""Who needs an interpreter gets one, and never a relative or a child (lov nr. 469 af 14. maj 2025)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hopdocs.danish import first_name
from hopdocs.diagnostics import Blocks
from hopdocs.rules.context import error, in_words, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting

LAST_CALL_DAYS = 7
"""So close to the meeting an interpreter must be booked."""

_WEEK_DAYS = 7
_FILLER = frozenset({"tolker", "tolk", "oversætter", "hjælper", "som", "selv"})
_KIN = frozenset({
    "mor", "far", "søster", "bror", "datter", "søn", "barn", "mormor", "farmor", "morfar", "farfar", "moster", "faster",
    "onkel", "farbror", "morbror", "kusine", "fætter", "niece", "nevø", "svoger", "svigerinde",
})  # fmt: skip


def check_booked(day: FamilyDay) -> Iterator[Finding]:
    """An interpreter is booked before the invitations go out."""
    horizon = day.config.deadlines.invitation_with_interpreter + _WEEK_DAYS
    for index, meeting in enumerate(day.family.meetings):
        days = (meeting.date - day.today).days
        if not day.is_planned(meeting) or days > horizon or _is_booked(meeting):
            continue
        if _languages_needed(day, meeting):
            at: DataPath = ("meetings", index, "interpreter", "booked")
            params = {
                "meeting": meeting.id,
                "date": meeting.date.isoformat(),
                "language": in_words(_languages_needed(day, meeting)),
            }
            if days <= LAST_CALL_DAYS:
                yield error("HD266", at, blocks=Blocks.NOTICES, missing=True, **params)
            else:
                yield warn("HD266", at, missing=True, **params)


def _is_booked(meeting: Meeting) -> bool:
    booking = meeting.interpreter
    if booking is None or booking.booked is None:
        return False
    return booking.cancelled is None or booking.cancelled < booking.booked


def _languages_needed(day: FamilyDay, meeting: Meeting) -> tuple[str, ...]:
    coming = [day.family.members[key] for key in day.family_invited(meeting)]
    return tuple(dict.fromkeys(person.language for person in coming if person.interpreter))


def check_outsider(day: FamilyDay) -> Iterator[Finding]:
    """The interpreter is nobody of the family."""
    for index, meeting in enumerate(day.family.meetings):
        booking = meeting.interpreter
        if booking is None or booking.name is None or not day.is_planned(meeting):
            continue
        relative = _find_relative(day.family, booking.name)
        if relative is not None:
            at: DataPath = ("meetings", index, "interpreter", "name")
            yield error("HD267", at, blocks=Blocks.NOTICES, member=relative, meeting=meeting.id)


def _find_relative(family: Family, written: str) -> str | None:
    """Whom of the family a name means: a member by full or first name, or kin by the word for it.

    "Yasmin tolker" is the daughter; "Yasmin Ahmadi" from the agency is not.
    """
    words = _words(written) - _FILLER
    kin = words & _KIN
    for key, person in family.members.items():
        full = _words(person.name)
        first = first_name(person.name).casefold()
        if full <= words or words - _KIN in ({first}, {key.casefold()}):
            return key
    return next(iter(sorted(kin)), None)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[\w-]+", text)}


def check_language(day: FamilyDay) -> Iterator[Finding]:
    """The interpreter speaks the language of those who come."""
    for index, meeting in enumerate(day.family.meetings):
        booking = meeting.interpreter
        if booking is None or not day.is_planned(meeting):
            continue
        needed = _languages_needed(day, meeting)
        if needed and booking.language.casefold() not in {language.casefold() for language in needed}:
            at: DataPath = ("meetings", index, "interpreter", "language")
            yield warn("HD268", at, language=booking.language, needed=in_words(needed), meeting=meeting.id)
