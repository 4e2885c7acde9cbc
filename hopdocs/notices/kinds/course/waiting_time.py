"""To the coordinator, when a wait for a decision has held the plan up too long: she takes it to the steering group.

Area and days, and no more: what is waited for, and what the wait does to the family, stand in the case.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.danish import say_day
from hopdocs.domain.consent import Gate
from hopdocs.domain.working_days import next_working_day
from hopdocs.notices.kinds.course.news import define_news, is_news, recipients, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "ventetid"
_HELPS_FOR: Final = timedelta(days=60)
"""A wait goes on: also one that was written down late is worth bringing up, but not one that was forgotten."""


def wanted_escalations(day: FamilyDay) -> Iterator[WantedReminder]:
    """One mail for each wait that nothing has ended, in an area that somebody lets share."""
    if day.gate is not Gate.OPEN or not day.is_running:
        return
    limit = day.config.deadlines.waiting_time
    for wait in day.family.waiting_times:
        due = next_working_day(wait.applied + timedelta(days=limit), day.config)
        is_open = wait.granted is None and wait.area in day.consents.signed_areas and wait.area in day.config.areas
        if not is_open or not is_news(day.today, due, helps_for=_HELPS_FOR):
            continue
        area = day.config.areas[wait.area].name
        for recipient in recipients(day, day.config.project_coordinator):
            yield tell(
                day,
                _NAME,
                recipient,
                key=f"{_NAME}-{wait.area}-{wait.activity or ''}-{wait.applied.isoformat()}",
                tells=(_NAME,),
                on=due,
                helps_for=_HELPS_FOR,
                subject="ventetid holder planen op",
                lines=(
                    f"I {area} er der ventet i over {limit} dage på en afgørelse.",
                    "Giv det videre til styregruppen. Hvad der ventes på, og hvad det betyder, står i sagen.",
                ),
                rows=(("Fagområde", area), ("Ansøgt", say_day(wait.applied, year=True))),
            )


WAITING_TIME: Final = define_news(
    _NAME, "beskeden om ventetid", wanted_escalations, lambda switches: switches.waiting_time
)
