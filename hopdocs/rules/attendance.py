"""Everybody gives the meetings first place (samarbejdsaftale 2023, Mødestruktur): who stays away twice is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.model.meeting import MeetingStatus
from hopdocs.rules.context import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.scalars.values import StaffId

_IN_A_ROW = 2


def check_absences(day: FamilyDay) -> Iterator[Finding]:
    """Somebody on the team who was away from the last two meetings in a row that he or she was called to."""
    held = [
        (index, meeting)
        for index, meeting in enumerate(day.family.meetings)
        if day.status(meeting) is MeetingStatus.HELD and meeting.date <= day.today
    ]
    held.sort(key=lambda item: (item[1].date, item[1].start))
    for staff in dict.fromkeys(line.staff for line in day.family.team_on(day.today)):
        called = [(index, meeting) for index, meeting in held if _is_called(day, meeting, staff)]
        last = called[-_IN_A_ROW:]
        if len(last) == _IN_A_ROW and all(_was_away(day, meeting, staff) for _, meeting in last):
            index, meeting = last[-1]
            yield warn(
                "HD679", ("meetings", index, "attendance"), staff=staff, meetings=f"{last[0][1].id}, {meeting.id}"
            )


def _is_called(day: FamilyDay, meeting: Meeting, staff: StaffId) -> bool:
    return staff in day.invited_staff(meeting) or staff in meeting.stand_ins


def _was_away(day: FamilyDay, meeting: Meeting, staff: StaffId) -> bool:
    """Whether the minutes name the person among those who did not come, by id or name; a stand-in comes instead."""
    if meeting.attendance is None or staff in meeting.stand_ins:
        return False
    known = day.config.staff.get(staff)
    names = {staff.casefold(), known.name.casefold() if known is not None else ""}
    return any(name.casefold() in names for name in (*meeting.attendance.absent, *meeting.attendance.excused))
