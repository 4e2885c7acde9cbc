"""On which day a new meeting would lie best: within the deadlines of its type, and with time to call it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.deadlines.meetings import PLAN_MEETING_WITHIN
from hopdocs.deadlines.rhythm import rhythm_of
from hopdocs.domain.calendar import is_school_holiday
from hopdocs.domain.consent import holders_of_custody
from hopdocs.domain.working_days import next_working_day, previous_working_day, working_days_after
from hopdocs.model.meeting import MeetingStatus, MeetingType

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay

_AFTER_FORMØDE = timedelta(days=14)
"""Time to write down what was seen, and to tell the family; within the three weeks that the plan may wait."""
_ONE_DAY = timedelta(days=1)


def propose_day(day: FamilyDay, kind: MeetingType) -> date:
    """A working day for the next meeting of a type.

    As soon as people can be called in time, and for the meetings that follow others when those ask for it. If the
    latest day that its deadline allows comes before that, that day, as long as it is to come.
    """
    earliest, wish, limit = _earliest(day, kind), _wish(day, kind), _limit(day, kind)
    chosen = next_working_day(max(earliest, wish or earliest), day.config)
    if kind.is_for_family and is_school_holiday(chosen):
        chosen = _outside_school_holiday(day, chosen, earliest)
    if limit is not None and limit < chosen:
        last = previous_working_day(limit, day.config)
        return last if last > day.today else chosen
    return chosen


def _earliest(day: FamilyDay, kind: MeetingType) -> date:
    """When those who are called have had the notice that the municipality gives them."""
    set_days = day.config.deadlines
    if not kind.is_for_family:
        notice = day.today + timedelta(days=set_days.invitation_team)
        if kind is not MeetingType.FAGLIGT_FORMØDE:
            return notice
        return max(notice, working_days_after(day.today, max(set_days.assessment_reminders, default=0), day.config))
    has_interpreter = any(member.interpreter for member in day.family.members.values())
    days = set_days.invitation_with_interpreter if has_interpreter else set_days.invitation_family
    return day.today + timedelta(days=days)


def _wish(day: FamilyDay, kind: MeetingType) -> date | None:
    """The day that the meetings before it ask for; None if as soon as can be."""
    if kind is MeetingType.FAMILIEPLANSMØDE:
        formøde = _latest(day, MeetingType.FAGLIGT_FORMØDE)
        return formøde + _AFTER_FORMØDE if formøde is not None else None
    if kind is MeetingType.OPFØLGNINGSMØDE:
        before = _latest(day, MeetingType.FAMILIEPLANSMØDE, MeetingType.OPFØLGNINGSMØDE)
        target = rhythm_of(day)
        if before is None or (target.target is not None and target.last is not None and before == target.last.date):
            return target.target
        return before + timedelta(days=target.target_days)
    return None


def _limit(day: FamilyDay, kind: MeetingType) -> date | None:
    """The last day that the type's own deadline allows."""
    family = day.family
    if kind is MeetingType.INTRODUKTIONSMØDE:
        needed = (*day.consents.needed, *holders_of_custody(family))
        signed = [line.given for line in family.consents if line.given is not None and line.member in needed]
        return max(signed) + timedelta(days=day.config.deadlines.introduction) if signed else None
    if kind is MeetingType.FAMILIEPLANSMØDE:
        formøde = _latest(day, MeetingType.FAGLIGT_FORMØDE)
        return formøde + PLAN_MEETING_WITHIN if formøde is not None else None
    if kind is MeetingType.INTERVIEW:
        planned = day.planned(MeetingType.FAMILIEPLANSMØDE)
        return planned[0].date - _ONE_DAY if planned else None
    return None


def _latest(day: FamilyDay, *kinds: MeetingType) -> date | None:
    """The last meeting of these types that was held or is to come."""
    gone = (MeetingStatus.CANCELLED, MeetingStatus.NO_SHOW)
    found = [item.date for item in day.family.meetings if item.type in kinds and day.status(item) not in gone]
    return max(found, default=None)


def _outside_school_holiday(day: FamilyDay, chosen: date, earliest: date) -> date:
    """The last working day before the holiday, if people can be called by then; else the first after it."""
    before, after = chosen, chosen
    while is_school_holiday(before):
        before = previous_working_day(before - _ONE_DAY, day.config)
    while is_school_holiday(after):
        after = next_working_day(after + _ONE_DAY, day.config)
    return before if before >= earliest else after
