"""Whether what is kept of a family may be erased: a family that said no, or never said yes, has no course to keep.

A course that began is another matter: its papers are part of cases that the areas must keep. So whoever once had all
consents is refused, whatever the file says of today.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hopdocs.domain.consent import Gate
from hopdocs.domain.state import BEFORE_CONSENT, State

if TYPE_CHECKING:
    from hopdocs.domain.family_day import FamilyDay

_NEVER_BEGAN: Final = BEFORE_CONSENT | {State.SAMTYKKE_AFSLAAET}


class WhyKept(StrEnum):
    """Why a family's data stay."""

    STATE = "state"
    """The course is under way, or ended otherwise than by a no."""
    BEGAN = "began"
    """All had said yes on some day, so that a course may have begun."""


def why_kept(day: FamilyDay) -> WhyKept | None:
    """Why the family may not be erased on a day; None if it may."""
    if day.state not in _NEVER_BEGAN:
        return WhyKept.STATE
    signed = {line.given for line in day.family.consents if line.given is not None and line.given <= day.today}
    if any(day.consents_on(on).gate is not Gate.CLOSED for on in signed):
        return WhyKept.BEGAN
    return None
