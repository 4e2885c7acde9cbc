"""To whoever stayed away from two meetings in a row, and to the tovholder (samarbejdsaftale 2023, Mødestruktur)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.danish import say_day
from hopdocs.domain.consent import Gate
from hopdocs.domain.course.attendance import missed_meetings
from hopdocs.notices.kinds.course.news import define_news, is_news, name_news, recipients, team_let_share, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "fravaer"


def wanted_absence_mails(day: FamilyDay) -> Iterator[WantedReminder]:
    """One mail for the second meeting missed; a third is another one."""
    if day.gate is not Gate.OPEN or not day.is_running:
        return
    may_be_told = set(team_let_share(day, day.today))
    for staff, meetings in missed_meetings(day):
        on, days = meetings[-1].date, " og ".join(say_day(meeting.date) for meeting in meetings)
        if staff not in may_be_told or not is_news(day.today, on):
            continue
        name = day.config.staff[staff].name
        own = recipients(day, staff)
        told = {item.email: (item, f"Du var ikke med til møderne {days}.") for item in own}
        for item in recipients(day, day.tovholder):
            told.setdefault(item.email, (item, f"{name} var ikke med til møderne {days}."))
        for recipient, line in told.values():
            yield tell(
                day,
                _NAME,
                recipient,
                key=f"{_NAME}-{staff}-{meetings[-1].id}",
                tells=(f"{name_news(day, _NAME, staff)} {meetings[-1].id}",),
                on=on,
                subject="to møder uden alle fra teamet",
                lines=(line, "Tal om, hvordan det næste møde kan passe, eller om en anden skal med i stedet."),
            )


ABSENCE: Final = define_news(
    _NAME, "beskeden om to møder i træk", wanted_absence_mails, lambda switches: switches.absence
)
