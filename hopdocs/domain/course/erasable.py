"""Whether what is kept of a family may be forgotten: nothing is under way any more, or it never began.

Whoever once had all consents has a course, whatever the file says of today, until it has ended. What must be kept all
the same is filed in the records system first; that is asked elsewhere, since it does not stand in the family's file.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from hopdocs.domain.consent import Gate
from hopdocs.domain.state import ENDED, RUNNING

if TYPE_CHECKING:
    from hopdocs.domain.family_day import FamilyDay


class WhyKept(StrEnum):
    """Why a family's data stay."""

    STATE = "state"
    """The course is under way."""
    BEGAN = "began"
    """All had said yes on some day, and the course has not ended."""


def why_kept(day: FamilyDay) -> WhyKept | None:
    """Why the family may not be forgotten on a day; None if it may."""
    if day.state in ENDED:
        return None
    if day.state in RUNNING:
        return WhyKept.STATE
    return WhyKept.BEGAN if has_begun(day) else None


def has_begun(day: FamilyDay) -> bool:
    """Whether all had said yes on some day, so that a course may have begun."""
    signed = {line.given for line in day.family.consents if line.given is not None and line.given <= day.today}
    return any(day.consents_on(on).gate is not Gate.CLOSED for on in signed)
