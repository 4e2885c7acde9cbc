"""Who on the team stays away: everybody gives the meetings first place (samarbejdsaftale 2023, Mødestruktur)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.model.meeting import MeetingStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.scalars.values import StaffId

_IN_A_ROW: Final = 2


def missed_meetings(day: FamilyDay) -> Iterator[tuple[StaffId, tuple[Meeting, ...]]]:
    """Each on the team who was away from the last two meetings in a row that he or she was called to, with these."""
    held = [item for item in day.family.meetings if day.status(item) is MeetingStatus.HELD and item.date <= day.today]
    held.sort(key=lambda item: (item.date, item.start))
    for staff in dict.fromkeys(line.staff for line in day.family.team_on(day.today)):
        called = [item for item in held if staff in day.invited_staff(item) or staff in item.stand_ins]
        last = called[-_IN_A_ROW:]
        if len(last) == _IN_A_ROW and all(was_away(day, item, staff) for item in last):
            yield staff, tuple(last)


def was_away(day: FamilyDay, meeting: Meeting, staff: StaffId) -> bool:
    """Whether the minutes name the person among those who did not come, by id or name; a stand-in comes instead."""
    if meeting.attendance is None or staff in meeting.stand_ins:
        return False
    known = day.config.staff.get(staff)
    names = {staff.casefold(), known.name.casefold() if known is not None else ""}
    return any(name.casefold() in names for name in (*meeting.attendance.absent, *meeting.attendance.excused))
