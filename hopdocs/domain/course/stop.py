"""When a course stopped: the day from which nobody with custody was left in it."""

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
