"""To the team, once it has met: how the work together looks at the start (samarbejdsaftale 2023, Effektmåling).

The same is asked when the course ends (`kinds/course/closed`), so that the two can be held against each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.domain.consent import Gate
from hopdocs.domain.surveys import Moment, asked_since, team_survey_url
from hopdocs.notices.kinds.course.news import (
    coordinators_address,
    define_news,
    is_news,
    recipients,
    team_let_share,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "spoergeskema"


def wanted_opening_surveys(day: FamilyDay) -> Iterator[WantedReminder]:
    """Each of the team of that day who is still on it, once; where config.yaml has no survey nobody is asked."""
    survey, on = team_survey_url(day, Moment.START), asked_since(day, Moment.START)
    if not survey or on is None or day.gate is not Gate.OPEN or not day.is_running or not is_news(day.today, on):
        return
    still_there = {line.staff for line in day.family.team_on(day.today)}
    for recipient in recipients(day, *(staff for staff in team_let_share(day, on) if staff in still_there)):
        yield tell(
            day,
            _NAME,
            recipient,
            key=_NAME,
            tells=(_NAME,),
            on=on,
            subject="spørgeskema ved start",
            lines=("Teamet har mødtes første gang. Svar gerne på spørgeskemaet om samarbejdet.",),
            rows=(("Spørgeskema", survey),),
            reply_to=coordinators_address(day),
        )


OPENING_SURVEY: Final = define_news(
    _NAME, "spørgeskemaet ved start", wanted_opening_surveys, lambda switches: switches.opening_survey
)
