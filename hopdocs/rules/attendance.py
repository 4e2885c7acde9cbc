"""Everybody gives the meetings first place (samarbejdsaftale 2023, Mødestruktur): who stays away twice is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.domain.course.attendance import missed_meetings
from hopdocs.rules.context import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import Finding
    from hopdocs.domain.family_day import FamilyDay


def check_absences(day: FamilyDay) -> Iterator[Finding]:
    """Somebody on the team who was away from the last two meetings in a row that he or she was called to."""
    places = {meeting.id: index for index, meeting in enumerate(day.family.meetings)}
    for staff, meetings in missed_meetings(day):
        at = ("meetings", places[meetings[-1].id], "attendance")
        yield warn("HD679", at, staff=staff, meetings=", ".join(meeting.id for meeting in meetings))
