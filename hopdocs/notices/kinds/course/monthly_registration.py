"""To the tovholder on the first working day of the month: write down how it goes, unless that is done already."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.danish import month_name
from hopdocs.documents.measured.seen import told_to_tovholder
from hopdocs.domain.consent import Gate
from hopdocs.domain.course.registration import is_registered, missing_values, say_missing_values
from hopdocs.domain.state import State
from hopdocs.domain.working_days import next_working_day
from hopdocs.notices.kinds.course.news import define_news, is_news, recipients, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "registrering"
_HELPS_FOR: Final = timedelta(days=7)


def wanted_registrations(day: FamilyDay) -> Iterator[WantedReminder]:
    """One reminder a month while the course runs, where the project writes its figures monthly; none while it rests."""
    if not day.config.deadlines.monthly_registration or day.gate is not Gate.OPEN or day.state is not State.AKTIV:
        return
    due = next_working_day(day.today.replace(day=1), day.config)
    month = (due.replace(day=1) - timedelta(days=1)).replace(day=1)
    if not is_news(day.today, due, helps_for=_HELPS_FOR) or is_registered(day, month):
        return
    missing = say_missing_values(day, told_to_tovholder(day, missing_values(day, month)))
    for recipient in recipients(day, day.tovholder):
        yield tell(
            day,
            _NAME,
            recipient,
            key=f"{_NAME}-{due:%Y-%m}",
            on=due,
            helps_for=_HELPS_FOR,
            subject="månedens registrering",
            lines=(f"Skriv tallene for {month_name(month)} ind.", *(f"Mangler: {line}." for line in missing))
            if missing
            else ("Skriv ind, hvordan det er gået siden sidste måned.",),
        )


MONTHLY_REGISTRATION: Final = define_news(
    _NAME, "påmindelsen om registrering", wanted_registrations, lambda switches: switches.monthly_registration
)
