"""The day on which the last one said yes: from then on there is a course that people may hear of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hopdocs.domain.consent import Gate

if TYPE_CHECKING:
    from hopdocs.domain.family_day import FamilyDay

_ONE_DAY = timedelta(days=1)


def opened_lately(day: FamilyDay, within: timedelta) -> date | None:
    """The day on which the gate opened, if that lies within so many days.

    A renewal opens nothing, nor does a youth's own yes in a course that ran until her birthday. A family that took
    everything back and says yes again begins anew.
    """
    if day.gate is not Gate.OPEN or not day.is_running:
        return None
    answers = {line.given for line in day.family.consents if line.given is not None}
    for answer in sorted(answers):
        if (
            day.today - within <= answer <= day.today
            and day.consents_on(answer).gate is Gate.OPEN
            and day.consents_on(answer - _ONE_DAY).gate is Gate.CLOSED
        ):
            return answer
    return None


def name_course(day: FamilyDay, begun: date = date.max) -> str:
    """What tells one course of a family from the next: how often somebody took everything back, or refused, before.

    Not its day: one that is put right later makes no second course. Nor does who steps out of it after it has begun.
    """
    lines = day.family.consents
    ends = [item.date for line in lines for item in line.withdrawn if item.areas is None]
    ends += [line.refused for line in lines if line.refused is not None]
    return f"forloeb-{sum(end < begun for end in ends)}"
