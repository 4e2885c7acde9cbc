"""The papers of a meeting that was held: they show the consents of its day, and not those of today.

What is shared or taken back later was not so at the table. But what was taken back since may not be made anew: such a
paper stays only as it stands, and whoever makes it again makes it with what is shared today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.audience import Audience
from hopdocs.domain.consent import Gate
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.meetings import PAST

if TYPE_CHECKING:
    from hopdocs.domain.consent import Consents
    from hopdocs.model.meeting import Meeting


def audience_of(audience: Audience, meeting: Meeting) -> Audience:
    """The readers as they were on a held meeting's day; as they are today, for one that is still to come."""
    day = audience.day
    if day.status(meeting) not in PAST:
        return audience
    then = day.consents_on(meeting.date)
    if then.gate is Gate.CLOSED or (then.standings, then.sharing) == (day.consents.standings, day.consents.sharing):
        return audience
    return Audience(FamilyDay.of(then, day.config))


def is_narrower_today(then: Consents, now: Consents) -> bool:
    """Whether anything that could be shared then can no longer be, or somebody has stepped out."""
    return bool(now.stepped_out - then.stepped_out) or any(
        sharing.areas - now.sharing[member].areas for member, sharing in then.sharing.items()
    )
