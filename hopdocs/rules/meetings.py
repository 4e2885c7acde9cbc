"""Meetings in the right order, at a time when people can come (samarbejdsaftale 2023, Mødestruktur)."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks
from hopdocs.domain.calendar import holiday_name, is_school_holiday, is_weekend
from hopdocs.domain.consent import Gate
from hopdocs.domain.tovholder import tovholder_of
from hopdocs.model.meeting import MeetingStatus, MeetingType
from hopdocs.rules.context import advise, error, in_words, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting

DAYS_AFTER_FORMØDE = 3
"""How many days after the formøde the family's own meeting comes at the earliest."""

_YEAR_DAYS = 365
"""Where plans are followed up more often than once a year, the next meetings may still be agreed on for a year."""

_EARLIEST, _LATEST = time(8), time(18)
_FRIDAY, _FRIDAY_END = 4, time(14)
_AFTER_THE_PLAN = (MeetingType.OPFØLGNINGSMØDE, MeetingType.AFSLUTNINGSMØDE)


def check_days(day: FamilyDay) -> Iterator[Finding]:
    """Nobody meets on a Sunday, a public holiday or years from now: a date there is a slip, for meetings to come."""
    year = timedelta(days=max(_YEAR_DAYS, day.config.deadlines.follow_up_limit))
    for index, meeting in enumerate(day.family.meetings):
        if not day.is_planned(meeting):
            continue
        at: DataPath = ("meetings", index, "date")
        name = holiday_name(meeting.date)
        ahead = meeting.date - day.today
        if ahead > 2 * year:
            yield error("HD694", at, blocks=Blocks.FAMILY, meeting=meeting.id, days=str(ahead.days))
        elif is_weekend(meeting.date):
            yield error("HD241", at, blocks=Blocks.FAMILY, meeting=meeting.id, date=meeting.date.isoformat())
        elif name is not None:
            yield error("HD242", at, blocks=Blocks.FAMILY, meeting=meeting.id, holiday=name)
        elif meeting.date in day.config.closed_days:
            yield warn("HD243", at, meeting=meeting.id, date=meeting.date.isoformat())
        elif meeting.type.is_for_family and is_school_holiday(meeting.date):
            yield warn("HD245", at, meeting=meeting.id)
        if year < ahead <= 2 * year:
            yield warn("HD694", at, meeting=meeting.id, days=str(ahead.days))


def check_hours(day: FamilyDay) -> Iterator[Finding]:
    """Between 8 and 18, and not late on a Friday."""
    for index, meeting in enumerate(day.family.meetings):
        if not day.is_planned(meeting):
            continue
        if meeting.start < _EARLIEST or meeting.end > _LATEST:
            key = "start" if meeting.start < _EARLIEST else "end"
            yield warn("HD244", ("meetings", index, key), meeting=meeting.id)
        elif meeting.date.weekday() == _FRIDAY and meeting.end > _FRIDAY_END:
            yield warn("HD246", ("meetings", index, "end"), meeting=meeting.id)


def check_status(day: FamilyDay) -> Iterator[Finding]:
    """What happened at a meeting is written; what has not happened yet cannot have been held."""
    for index, meeting in enumerate(day.family.meetings):
        at: DataPath = ("meetings", index, "status")
        is_silent = meeting.status in (None, MeetingStatus.PLANNED)
        if is_silent and meeting.date < day.today:
            yield warn("HD247", at, missing=meeting.status is None, meeting=meeting.id, date=meeting.date.isoformat())
        elif meeting.status in (MeetingStatus.HELD, MeetingStatus.NO_SHOW) and meeting.date > day.today:
            yield warn("HD248", at, meeting=meeting.id, status=str(meeting.status), date=meeting.date.isoformat())
        elif meeting.status in (MeetingStatus.CANCELLED, MeetingStatus.NO_SHOW) and not (
            meeting.reason or meeting.told_as
        ):
            yield warn("HD249", ("meetings", index, "reason"), missing=True, meeting=meeting.id)


def check_order(day: FamilyDay) -> Iterator[Finding]:
    """The professionals meet before the family's plan is made, and the plan is made before it is followed up."""
    counted = [
        (index, meeting)
        for index, meeting in enumerate(day.family.meetings)
        if day.status(meeting) not in (MeetingStatus.CANCELLED, MeetingStatus.NO_SHOW)
    ]
    first_plan = _first(counted, MeetingType.FAMILIEPLANSMØDE)
    if first_plan is None:
        yield from _check_without_plan(day, counted)
        return
    index, plan_meeting = first_plan
    formøde = _first(counted, MeetingType.FAGLIGT_FORMØDE)
    if formøde is None:
        yield warn("HD250", ("meetings", index, "type"), meeting=plan_meeting.id)
    elif _begins(formøde[1]) >= _begins(plan_meeting):
        yield error("HD251", ("meetings", formøde[0], "date"), meeting=formøde[1].id, plan_meeting=plan_meeting.id)
    for number, meeting in counted:
        if meeting.type in _AFTER_THE_PLAN and _begins(meeting) < _begins(plan_meeting):
            yield error("HD252", ("meetings", number, "date"), meeting=meeting.id, plan_meeting=plan_meeting.id)


def _check_without_plan(day: FamilyDay, counted: list[tuple[int, Meeting]]) -> Iterator[Finding]:
    """A course goes through its steps: nothing is followed up that has not been agreed on."""
    for number, meeting in counted:
        if meeting.type in _AFTER_THE_PLAN and day.status(meeting) is MeetingStatus.HELD:
            yield error("HD677", ("meetings", number, "type"), meeting=meeting.id, type=str(meeting.type))


def _first(counted: list[tuple[int, Meeting]], kind: MeetingType) -> tuple[int, Meeting] | None:
    found = [item for item in counted if item[1].type is kind]
    return min(found, key=lambda item: _begins(item[1])) if found else None


def _begins(meeting: Meeting) -> tuple[date, time]:
    return (meeting.date, meeting.start)


def check_family_free_meetings(day: FamilyDay) -> Iterator[Finding]:
    """The family is not asked to the introduktionsmøde and the formøde, so nobody of it can be a guest there."""
    names = {person.name.casefold() for person in day.family.members.values()}
    for index, meeting in enumerate(day.family.meetings):
        if meeting.type.is_for_family:
            continue
        for number, guest in enumerate(meeting.guests):
            if guest.name.casefold() in names:
                at: DataPath = ("meetings", index, "guests", number, "name")
                yield error("HD253", at, blocks=Blocks.NOTICES, meeting=meeting.id, type=str(meeting.type))
        if meeting.children:
            yield warn("HD254", ("meetings", index, "children"), meeting=meeting.id, type=str(meeting.type))


def check_time_to_prepare(day: FamilyDay) -> Iterator[Finding]:
    """Some days lie between the formøde and the familieplansmøde, so that what was seen can be thought through."""
    planned = [
        (index, meeting)
        for index, meeting in enumerate(day.family.meetings)
        if day.status(meeting) not in (MeetingStatus.CANCELLED, MeetingStatus.NO_SHOW)
    ]
    formøde, plan_meeting = _first(planned, MeetingType.FAGLIGT_FORMØDE), _first(planned, MeetingType.FAMILIEPLANSMØDE)
    if formøde is None or plan_meeting is None or not day.is_planned(plan_meeting[1]):
        return
    index, meeting = plan_meeting
    days = (meeting.date - formøde[1].date).days
    if 0 <= days < DAYS_AFTER_FORMØDE and _begins(formøde[1]) < _begins(meeting):
        at: DataPath = ("meetings", index, "date")
        yield warn("HD601", at, meeting=meeting.id, formøde=formøde[1].id, least=str(DAYS_AFTER_FORMØDE))


def check_family_came(day: FamilyDay) -> Iterator[Finding]:
    """A familieplansmøde without anybody of the family is none: the plan is theirs."""
    for index, meeting in enumerate(day.family.meetings):
        if meeting.type is not MeetingType.FAMILIEPLANSMØDE or meeting.attendance is None:
            continue
        away = {*meeting.attendance.absent, *meeting.attendance.excused}
        asked = day.family_invited(meeting)
        if day.status(meeting) is MeetingStatus.HELD and asked and away.issuperset(asked):
            yield warn("HD603", ("meetings", index, "attendance"), missing=True, meeting=meeting.id)


def check_family_points(day: FamilyDay) -> Iterator[Finding]:
    """The agenda is made with the family; once the invitations are due, what they want to talk about stands in it."""
    for index, meeting in enumerate(day.family.meetings):
        if not day.is_planned(meeting) or not day.family_invited(meeting):
            continue
        days = (meeting.date - day.today).days
        if not meeting.family_points and days <= day.config.deadlines.invitation_family:
            yield advise("HD604", ("meetings", index, "family_points"), missing=True, meeting=meeting.id)


def check_invited(day: FamilyDay) -> Iterator[Finding]:
    """Whom a meeting to come is for: somebody, from the team, and at work that day."""
    for index, meeting in enumerate(day.family.meetings):
        if not day.is_planned(meeting):
            continue
        coming = day.invited_staff(meeting)
        if not coming:
            yield warn("HD255", ("meetings", index, "invited"), missing=meeting.invited is None, meeting=meeting.id)
        yield from _check_guest_list(day, meeting, index)
        away = [staff for staff in coming if day.config.is_absent(staff, meeting.date)]
        if away:
            yield warn(
                "HD258", ("meetings", index, "stand_ins"), missing=True, meeting=meeting.id, staff=in_words(away)
            )


def check_stand_ins_have_consent(day: FamilyDay) -> Iterator[Finding]:
    """A stand-in comes for an area too; one from outside the consents would stay away without a word."""
    if day.gate is Gate.CLOSED:
        return
    areas, staff = day.consents.signed_areas, day.config.staff
    for index, meeting in enumerate(day.family.meetings):
        for away, stand_in in meeting.stand_ins.items() if day.is_planned(meeting) else ():
            known = staff.get(stand_in)
            if known is not None and known.area not in areas:
                yield warn("HD238", ("meetings", index, "stand_ins", away), staff=stand_in, area=known.area)


def _check_guest_list(day: FamilyDay, meeting: Meeting, index: int) -> Iterator[Finding]:
    on_team = {line.staff for line in day.family.team_on(meeting.date)}
    sender = day.config.mail.from_.lower() if day.config.mail is not None else ""
    for number, guest in enumerate(meeting.guests):
        if guest.email is not None and guest.email.lower() == sender:
            yield warn("HD198", ("meetings", index, "guests", number, "email"), address=guest.email)
    for number, staff in enumerate(meeting.invited or ()):
        if staff not in on_team and staff != day.config.project_coordinator:
            yield warn("HD256", ("meetings", index, "invited", number), meeting=meeting.id, staff=staff)
    asked = on_team if meeting.invited is None else set(meeting.invited)
    tovholder = tovholder_of(day.family, meeting.date)
    if meeting.invited and tovholder is not None and tovholder not in meeting.invited:
        yield warn("HD600", ("meetings", index, "invited"), missing=True, meeting=meeting.id, staff=tovholder)
    for staff in meeting.stand_ins:
        if staff not in asked:
            yield warn("HD257", ("meetings", index, "stand_ins", staff), missing=True, meeting=meeting.id, staff=staff)


def check_before_consent(day: FamilyDay) -> Iterator[Finding]:
    """No meeting took place before everybody had said yes."""
    signed = [line.given for line in day.family.consents if line.given is not None]
    first = min(signed, default=None)
    for index, meeting in enumerate(day.family.meetings):
        is_held = day.status(meeting) is MeetingStatus.HELD and meeting.date <= day.today
        if first is not None and is_held and meeting.date < first:
            yield warn("HD260", ("meetings", index, "date"), meeting=meeting.id, date=first.isoformat())
