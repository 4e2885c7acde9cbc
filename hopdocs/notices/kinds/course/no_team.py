"""To the coordinator, when all said yes some weeks ago and there still is no team."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.domain.working_days import next_working_day
from hopdocs.notices.kinds.course.news import HELPS_FOR, define_news, is_news, recipients, tell
from hopdocs.notices.kinds.course.openings import opened_lately

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "teammangler"


def wanted_team_reminders(day: FamilyDay) -> Iterator[WantedReminder]:
    """One reminder, until somebody is on the team."""
    days = day.config.deadlines.team
    if any(line.to is None or line.to >= day.today for line in day.family.team):
        return
    opened = opened_lately(day, timedelta(days=days) + 2 * HELPS_FOR)
    if opened is None:
        return
    due = next_working_day(opened + timedelta(days=days), day.config)
    if not is_news(day.today, due):
        return
    for recipient in recipients(day, day.config.project_coordinator):
        yield tell(
            day,
            _NAME,
            recipient,
            key=_NAME,
            on=due,
            subject="der mangler et team",
            lines=(f"Der er gået {days} dage, siden alle gav samtykke, og der er ikke sat et team endnu.",),
        )


NO_TEAM: Final = define_news(_NAME, "påmindelsen om teamet", wanted_team_reminders, lambda switches: switches.no_team)
