"""When a course stopped, and when it ended at all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.domain.consent import days_of_taking_back

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay

_ONE_DAY: Final = timedelta(days=1)


def stopped_on(day: FamilyDay) -> date | None:
    """The day from which the course has been stopped; None if it is not.

    What anybody takes back later stops nothing any more.
    """
    if not day.consents.is_withdrawn:
        return None
    taken_back = sorted((on for on in days_of_taking_back(day.family) if on <= day.today), reverse=True)
    for candidate in taken_back:
        if not day.consents_on(candidate - _ONE_DAY).is_withdrawn:
            return candidate
    return None


def end_of_course(day: FamilyDay) -> date | None:
    """The day on which the course ended: by its closing, a move, or because the last consent was taken back.

    Who closes it on paper some days after a withdrawal does not make it longer.
    """
    ends = (day.family.last_day_of_course(day.today), stopped_on(day))
    return min((end for end in ends if end is not None), default=None)
