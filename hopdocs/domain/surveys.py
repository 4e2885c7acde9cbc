"""The surveys at the start and at the end: who is asked when, and whether the answers are in.

What families and staff think of the work together is asked twice, so that the two can be held against each other
(samarbejdsaftale 2023, Effektmåling). The survey itself is held elsewhere; what comes back are values of indicators.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from hopdocs.domain.meetings import PLAN_MEETINGS
from hopdocs.domain.state import State
from hopdocs.model.indicators import Cadence, Subject
from hopdocs.model.measurement import CASE_MARK
from hopdocs.model.meeting import MeetingType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.indicators import IndicatorKind

_TEAM_MEETS: Final = (MeetingType.INTRODUKTIONSMØDE, MeetingType.FAGLIGT_FORMØDE, *PLAN_MEETINGS)
_LAST_ANSWERS: Final = timedelta(days=62)
"""An answer from the last two months of a course, or later, is one about its end."""


class Moment(StrEnum):
    """When it is asked."""

    START = "start"
    END = "slut"


@dataclass(frozen=True, slots=True)
class SurveyRound:
    """One survey of one course: `url` leads those who are asked to it."""

    subject: Subject
    """FAMILIE or MEDARBEJDER."""
    moment: Moment
    url: str
    on: date
    """The day since which it is asked."""
    is_answered: bool

    @property
    def name(self) -> str:
        """`Familiens spørgeskema ved start`."""
        whose = "Familiens" if self.subject is Subject.FAMILIE else "Medarbejdernes"
        return f"{whose} spørgeskema ved {'start' if self.moment is Moment.START else 'afslutning'}"


def is_asked_in_surveys(kind: IndicatorKind) -> bool:
    """Whether the indicator is what a survey asks a family or its team about."""
    return kind.rhythm is Cadence.START_OG_SLUT and kind.who in (Subject.FAMILIE, Subject.MEDARBEJDER)


def asked_since(day: FamilyDay, moment: Moment) -> date | None:
    """From when the survey of that moment is asked: since the team first met, and since the course ended."""
    if moment is Moment.END:
        return day.family.last_day_of_course(day.today) if day.state is State.AFSLUTTET else None
    met = day.held(*_TEAM_MEETS)
    return met[0].date if met else None


def survey_rounds(day: FamilyDay) -> Iterator[SurveyRound]:
    """Every survey that is asked by now and whose answers come back here: those under `surveys` in the configuration.

    A link that stands under the older `opening_survey` or `closing_survey` is mailed, and nobody waits for its answers.
    """
    for moment in Moment:
        on = asked_since(day, moment)
        for subject in (Subject.FAMILIE, Subject.MEDARBEJDER):
            url = _with_case(day, _own_link(day, subject, moment))
            if on is not None and url:
                yield SurveyRound(subject, moment, url, on, _is_answered(day, subject, moment))


def team_survey_url(day: FamilyDay, moment: Moment) -> str:
    """The link that the team is mailed; '' where the configuration has none."""
    older = day.config.opening_survey if moment is Moment.START else day.config.closing_survey
    return _with_case(day, _own_link(day, Subject.MEDARBEJDER, moment) or older)


def family_survey_url(day: FamilyDay, moment: Moment) -> str:
    """The link that the family is given; '' where the configuration has none."""
    return _with_case(day, _own_link(day, Subject.FAMILIE, moment))


def _own_link(day: FamilyDay, subject: Subject, moment: Moment) -> str | None:
    links = day.config.surveys
    return {
        (Subject.FAMILIE, Moment.START): links.family_start,
        (Subject.FAMILIE, Moment.END): links.family_end,
        (Subject.MEDARBEJDER, Moment.START): links.staff_start,
        (Subject.MEDARBEJDER, Moment.END): links.staff_end,
    }[subject, moment]


def _with_case(day: FamilyDay, link: str | None) -> str:
    return (link or "").replace(CASE_MARK, quote(day.family.case_number or day.family.id, safe=""))


def _is_answered(day: FamilyDay, subject: Subject, moment: Moment) -> bool:
    ended = asked_since(day, Moment.END)
    turns = (ended - _LAST_ANSWERS).replace(day=1) if ended is not None else None
    lines = day.family.measurements.indicators if day.family.measurements is not None else ()
    for line in lines:
        kind, on = day.config.catalogue.find(line.key), line.month or line.date
        if kind is None or on is None or line.value is None or kind.who is not subject or not is_asked_in_surveys(kind):
            continue
        is_late = turns is not None and on >= turns
        if is_late is (moment is Moment.END):
            return True
    return False
