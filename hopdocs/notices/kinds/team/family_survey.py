"""To the tovholder, at the start and at the end: the family has a survey to answer, and here is the link to it.

The family itself gets no mail. It answers together with her, or gets the link from her on paper or by Digital Post.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.domain.consent import Gate
from hopdocs.domain.state import State
from hopdocs.domain.surveys import Moment, survey_rounds
from hopdocs.domain.tovholder import tovholder_of
from hopdocs.model.indicators import Subject
from hopdocs.notices.kinds.course.news import define_news, is_news, recipients, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "familieskema"
_ASKS: Final = {
    Moment.START: "Familien skal svare på et spørgeskema, før planen laves.",
    Moment.END: "Familien skal svare på et spørgeskema om, hvordan forløbet har været.",
}


def wanted_family_surveys(day: FamilyDay) -> Iterator[WantedReminder]:
    """Once for each of the two, until its answers are in."""
    if day.gate is not Gate.OPEN or not (day.is_running or day.state is State.AFSLUTTET):
        return
    for survey in survey_rounds(day):
        is_open = (survey.moment is Moment.END) is (day.state is State.AFSLUTTET) and not survey.is_answered
        if survey.subject is not Subject.FAMILIE or not is_open or not is_news(day.today, survey.on):
            continue
        for recipient in recipients(day, tovholder_of(day.family, survey.on)):
            yield tell(
                day,
                _NAME,
                recipient,
                key=f"{_NAME}-{survey.moment}",
                on=survey.on,
                subject=f"familiens spørgeskema ved {'start' if survey.moment is Moment.START else 'afslutning'}",
                lines=(_ASKS[survey.moment], "Giv dem linket, eller svar sammen med dem."),
                rows=(("Spørgeskema", survey.url),),
            )


FAMILY_SURVEY: Final = define_news(
    _NAME, "familiens spørgeskema", wanted_family_surveys, lambda switches: switches.family_survey
)
