"""Reasons that tell of somebody: they stay in the file, and whoever wrote one should know that."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from hopdocs.model.reasons import ToldReason, told_reason
from hopdocs.rules.context import warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.family import Family
    from hopdocs.model.values import MemberKey

NEAR_WITHDRAWAL: Final = timedelta(days=14)
"""A reason this near to a withdrawal is read as its reason, whatever it says."""

_CONSENT: Final = re.compile(r"samtyk|tilbagekal|tilbagetr|trukket|trækker|\btrak\b", re.IGNORECASE)


class _Written(NamedTuple):
    at: DataPath
    reason: str | None
    told_as: ToldReason | None
    day: date | None
    """When what it is about took place; None for what has no day."""


def check_reasons(day: FamilyDay) -> Iterator[Finding]:
    """A reason that speaks of consent, names somebody or explains a withdrawal is for the tovholder alone."""
    for line in _written_reasons(day.family):
        if line.reason is None or told_reason(line.reason, line.told_as) is not None:
            continue
        named = _first_named(day.family, line.reason, day.family.members)
        if _CONSENT.search(line.reason):
            yield warn("HD577", line.at)
        elif named is not None:
            yield warn("HD578", line.at, member=named)
        elif line.day is not None and (near := _withdrawal_near(day.family, line.day)) is not None:
            yield warn("HD579", line.at, date=near.isoformat())


def check_childrens_reasons(day: FamilyDay) -> Iterator[Finding]:
    """Why a child comes or not goes to everybody with custody, in both homes: it speaks of that child alone."""
    for index, meeting in enumerate(day.family.meetings):
        for child, entry in meeting.children.items() if day.is_planned(meeting) else ():
            others = [key for key in day.family.members if key != child]
            named = _first_named(day.family, entry.reason or "", others)
            if named is not None or _CONSENT.search(entry.reason or ""):
                at: DataPath = ("meetings", index, "children", child, "reason")
                yield warn("HD586", at, child=child)


def _written_reasons(family: Family) -> Iterator[_Written]:
    for index, meeting in enumerate(family.meetings):
        at: DataPath = ("meetings", index)
        for number, move in enumerate(meeting.moved):
            yield _Written((*at, "moved", number, "reason"), move.reason, move.told_as, move.on)
        yield _Written((*at, "reason"), meeting.reason, meeting.told_as, meeting.date)
    for index, goal in enumerate(family.plan.goals if family.plan is not None else ()):
        if (ended := goal.ended) is not None:
            yield _Written(("plan", "goals", index, "ended", "reason"), ended.reason, ended.told_as, ended.date)
    if (rhythm := family.follow_up) is not None:
        yield _Written(("follow_up", "reason"), rhythm.reason, rhythm.told_as, None)
    if (closing := family.closing) is not None:
        yield _Written(("closing", "reason"), closing.reason, closing.told_as, closing.date)


def _first_named(family: Family, text: str, among: Iterable[MemberKey]) -> MemberKey | None:
    """Who of these is named, by the first name or more of it; "Antons" names Anton."""
    for key in among:
        names = family.members[key].name.split()
        if names and re.search(rf"(?<!\w){re.escape(names[0])}(?:'?s)?(?!\w)", text, re.IGNORECASE):
            return key
    return None


def _withdrawal_near(family: Family, day: date) -> date | None:
    taken_back = [item.date for line in family.consents for item in line.withdrawn]
    return next((item for item in taken_back if abs(item - day) <= NEAR_WITHDRAWAL), None)
