"""Reasons that tell of somebody: what of a tovholder's own words no letter repeats.

"Søren er på kursus" may stand in a letter home. What speaks of consent, names one of the family, or explains a day on
which somebody took a consent back, is the tovholder's alone.
"""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from hopdocs.domain.consent import days_of_taking_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hopdocs.diagnostics import DataPath
    from hopdocs.model.family import Family
    from hopdocs.model.scalars.reasons import ToldReason
    from hopdocs.model.scalars.values import MemberKey

NEAR_WITHDRAWAL: Final = timedelta(days=14)
"""A reason this near to a withdrawal is read as its reason, whatever it says."""

_CONSENT: Final = re.compile(r"samtyk|tilbagekal|tilbagetr|trukket|trækker|\btrak\b", re.IGNORECASE)


class Reasoned(Protocol):
    """Something in the family's file that has a reason."""

    @property
    def reason(self) -> str | None:
        """In the tovholder's own words."""

    @property
    def told_as(self) -> ToldReason | None:
        """The word that letters use instead."""


class WrittenReason(NamedTuple):
    """A reason as it stands in a family's file."""

    name: str
    """Of what: a meeting's or goal's id, with the day where it is one move of several."""
    at: DataPath
    reason: str
    told_as: ToldReason | None
    """The word that letters use instead."""
    day: date | None
    """When what it explains took place; None for what has no day."""


class Delicacy(StrEnum):
    """Why a reason is for the tovholder alone."""

    CONSENT = "consent"
    NAMES = "names"
    WITHDRAWAL = "withdrawal"


def written_reasons(family: Family) -> Iterator[WrittenReason]:
    """Every reason that somebody has written, in the file's order: why a meeting was moved, a goal put aside."""
    for index, meeting in enumerate(family.meetings):
        at: DataPath = ("meetings", index)
        for number, move in enumerate(meeting.moved):
            yield from _written(f"{meeting.id} {move.on.isoformat()}", (*at, "moved", number), move, move.on)
        yield from _written(meeting.id, at, meeting, meeting.date)
    for index, goal in enumerate(family.plan.goals if family.plan is not None else ()):
        if goal.ended is not None:
            yield from _written(goal.id, ("plan", "goals", index, "ended"), goal.ended, goal.ended.date)
    if family.follow_up is not None:
        yield from _written("follow_up", ("follow_up",), family.follow_up, None)
    if family.closing is not None:
        yield from _written("closing", ("closing",), family.closing, family.closing.date)


def _written(name: str, at: DataPath, line: Reasoned, day: date | None) -> Iterator[WrittenReason]:
    if line.reason:
        yield WrittenReason(name, (*at, "reason"), line.reason, line.told_as, day)


def delicacy_of(family: Family, reason: str, day: date | None) -> Delicacy | None:
    """Why a reason may stand in no letter, or None where it may; `day` is that of what it explains, if it has one."""
    if speaks_of_consent(reason):
        return Delicacy.CONSENT
    if first_named(family, reason, family.members) is not None:
        return Delicacy.NAMES
    if day is not None and withdrawal_near(family, day) is not None:
        return Delicacy.WITHDRAWAL
    return None


def speaks_of_consent(text: str) -> bool:
    """Whether a text speaks of a consent, or of taking something back."""
    return _CONSENT.search(text) is not None


def first_named(family: Family, text: str, among: Iterable[MemberKey]) -> MemberKey | None:
    """Who of these is named, by the first name or more of it; "Antons" names Anton."""
    for key in among:
        names = family.members[key].name.split()
        if names and re.search(rf"(?<!\w){re.escape(names[0])}(?:'?s)?(?!\w)", text, re.IGNORECASE):
            return key
    return None


def withdrawal_near(family: Family, day: date) -> date | None:
    """The day on which somebody took a consent back, where that is near."""
    return next((item for item in sorted(days_of_taking_back(family)) if abs(item - day) <= NEAR_WITHDRAWAL), None)
