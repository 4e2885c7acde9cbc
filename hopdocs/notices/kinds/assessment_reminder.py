"""To those whose own part of the undersøgelse is still empty, on working days before the formøde."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from hopdocs.domain.consent import Gate
from hopdocs.domain.working_days import working_days_before
from hopdocs.model.meeting import MeetingType
from hopdocs.notices.kinds.short_mails import define_reminder, wanted_mail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting
    from hopdocs.notices.wanted import WantedReminder

_KEY: Final = "del-"


def wanted_assessment_reminders(day: FamilyDay) -> Iterator[WantedReminder]:
    """The reminders to those whose part is missing: until the meeting begins, if the team may work together."""
    if day.gate is not Gate.OPEN:
        return
    for meeting in day.family.meetings:
        if meeting.type is MeetingType.FAGLIGT_FORMØDE and day.is_planned(meeting):
            yield from _before(meeting, day)


def _before(meeting: Meeting, day: FamilyDay) -> Iterator[WantedReminder]:
    config, assessment = day.config, day.family.assessment
    written = {part.area for part in assessment} | {part.by for part in assessment}
    for days in config.deadlines.assessment_reminders:
        due = working_days_before(meeting.date, days, config)
        for staff in day.invited_staff(meeting):
            if staff not in config.staff or staff in written or config.staff[staff].area in written:
                continue
            yield wanted_mail(
                day,
                staff=staff,
                meeting=meeting.id,
                key=f"{_KEY}{days}",
                due=due,
                expires=datetime.combine(meeting.date, meeting.start, ZoneInfo(config.timezone)),
                subject="din del mangler",
                lines=(
                    "Din del af den familiefaglige undersøgelse mangler endnu.",
                    "Skriv den gerne i sagen, inden I mødes.",
                ),
            )


ASSESSMENT_REMINDER: Final = define_reminder(
    _KEY, wanted_assessment_reminders, lambda switches: switches.assessment_reminder
)
