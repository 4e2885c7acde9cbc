"""To the coordinator, while somebody who was asked for consent has not answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from hopdocs.domain.consent import ConsentAnswer
from hopdocs.notices.kinds.short_mails import define_reminder, wanted_mail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.notices.wanted import WantedReminder

HELPS_FOR: Final = timedelta(days=7)

_KEY: Final = "samtykke-"


def wanted_consent_reminders(day: FamilyDay) -> Iterator[WantedReminder]:
    """The reminders to the tovholder, counted from the day of the first form that was handed over and has no answer."""
    consents, config = day.consents, day.config
    given = [
        line.form_given
        for line in day.family.consents
        if line.member in consents.missing
        and line.form_given is not None
        and consents.standing(line.member).answer is ConsentAnswer.NONE
    ]
    if not given or config.project_coordinator not in config.staff:
        return
    for days in config.deadlines.consent_reminders:
        due = min(given) + timedelta(days=days)
        yield wanted_mail(
            day,
            staff=config.project_coordinator,
            key=f"{_KEY}{days}",
            due=due,
            expires=datetime.combine(due + HELPS_FOR, datetime.min.time(), ZoneInfo(config.timezone)),
            subject="samtykke mangler",
            lines=(
                f"Der er gået {days} dage, siden samtykkeerklæringen blev udleveret, og der mangler endnu et svar.",
            ),
        )


CONSENT_REMINDER: Final = define_reminder(_KEY, wanted_consent_reminders, lambda switches: switches.consent_reminder)
