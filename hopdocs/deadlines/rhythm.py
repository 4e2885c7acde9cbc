"""How often the plan is followed up: the last meeting about it, the next, and when it should be.

Three rhythms meet here and are kept apart: what the family agreed on, else the local target of about eight weeks,
and the outer limit of a year (samarbejdsaftale 2023, Mødestruktur).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.domain.meetings import PLAN_MEETINGS
from hopdocs.domain.pauses import paused_days
from hopdocs.model.meeting import MeetingType

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting

_DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The follow-up of one plan on one day. The dates are None before the plan has been made."""

    target_days: int
    last: Meeting | None
    next: Meeting | None
    target: date | None
    limit: date | None


def rhythm_of(day: FamilyDay) -> Rhythm:
    """Where the follow-up stands. A pause moves the target by its length."""
    family, config, today = day.family, day.config, day.today
    target_days = (
        family.follow_up.every_weeks * _DAYS_IN_WEEK if family.follow_up else config.deadlines.follow_up_target
    )
    held = day.held(*PLAN_MEETINGS)
    coming = day.planned(MeetingType.OPFØLGNINGSMØDE, MeetingType.AFSLUTNINGSMØDE)
    last = held[-1] if held else None
    if last is None:
        return Rhythm(target_days, None, coming[0] if coming else None, None, None)
    rest = paused_days(family, last.date, today)
    return Rhythm(
        target_days,
        last,
        coming[0] if coming else None,
        last.date + timedelta(days=target_days + rest),
        last.date + timedelta(days=config.deadlines.follow_up_limit),
    )
