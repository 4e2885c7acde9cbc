"""The plan of a course that has ended: who was handed it keeps it as it stood on the last day.

Closing is no edit of the plan: what somebody holds is marked as historic, and is no new edition. What nobody was
handed is made once more, to say that the course is over and what lives on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.documents.kinds.table import names_of_plan_copies
from hopdocs.documents.past.held_meetings import is_narrower_today
from hopdocs.domain.consent import Gate
from hopdocs.domain.family_day import FamilyDay

if TYPE_CHECKING:
    from hopdocs.documents.audience import Reader


def audience_of_last_day(audience: Audience) -> Audience | None:
    """The readers as the course's last day left them; None while it runs.

    What was taken back since may not be shown again: then they are those of today.
    """
    day = audience.day
    ended = day.family.last_day_of_course(day.today)
    if ended is None:
        return None
    running = day.family.model_copy(update={"closing": None, "moved_away": None})
    then = FamilyDay.on(running, day.config, ended)
    is_as_then = then.gate is Gate.OPEN and not is_narrower_today(then.consents, day.consents)
    return Audience(then if is_as_then else FamilyDay.on(running, day.config, day.today))


def was_handed_plan(audience: Audience, reader: Reader) -> bool:
    """Whether a reader got a copy of the plan; an area has it as soon as anybody has."""
    plans = names_of_plan_copies()
    return any(
        line.document in plans
        and line.date <= audience.today
        and (isinstance(reader, AreaReader) or reader.member in line.to)
        for line in audience.family.deliveries
    )
