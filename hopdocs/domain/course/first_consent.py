"""When the last of those who are asked first said yes: from that day the team may be told (samarbejdsaftale 2023)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay


def signed_by_all_on(day: FamilyDay) -> date | None:
    """The day, or None while somebody has not answered. A renewal later moves nothing."""
    firsts = []
    for member in day.consents.needed:
        lines = (line.given for line in day.family.consents if line.member == member)
        given = [on for on in lines if on is not None and on <= day.today]
        if not given:
            return None
        firsts.append(min(given))
    return max(firsts, default=None)
