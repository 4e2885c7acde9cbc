"""Reasons that tell of somebody: what of a tovholder's own words no letter repeats.

"Søren er på kursus" may stand in a letter home. What speaks of consent, names one of the family, or explains a day on
which somebody took a consent back, is the tovholder's alone.
"""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.model.family import Family
    from hopdocs.model.values import MemberKey

NEAR_WITHDRAWAL: Final = timedelta(days=14)
"""A reason this near to a withdrawal is read as its reason, whatever it says."""

_CONSENT: Final = re.compile(r"samtyk|tilbagekal|tilbagetr|trukket|trækker|\btrak\b", re.IGNORECASE)


class Delicacy(StrEnum):
    """Why a reason is for the tovholder alone."""

    CONSENT = "consent"
    NAMES = "names"
    WITHDRAWAL = "withdrawal"


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
    taken_back = [item.date for line in family.consents for item in line.withdrawn]
    return next((item for item in taken_back if abs(item - day) <= NEAR_WITHDRAWAL), None)
