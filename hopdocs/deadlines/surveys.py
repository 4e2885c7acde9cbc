"""Deadlines of the surveys: their answers come in while people remember (samarbejdsaftale 2023, Effektmåling)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.deadlines.deadline import Deadline, DeadlineKind, set_deadline
from hopdocs.domain.surveys import Moment, survey_rounds
from hopdocs.model.indicators import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay

_ANSWERED_WITHIN: Final = timedelta(days=28)


def list_surveys(day: FamilyDay, moment: Moment) -> Iterator[Deadline]:
    """The tovholder sees to it that the family answers, and the coordinator that the team's answers are brought in."""
    for survey in survey_rounds(day):
        if survey.moment is not moment:
            continue
        due = survey.on + _ANSWERED_WITHIN
        yield set_deadline(
            day.config,
            f"survey_{survey.subject.value}_{moment.value}",
            survey.name,
            due,
            done=due if survey.is_answered else None,
            kind=DeadlineKind.AGREEMENT,
            who=day.contact.staff if survey.subject is Subject.FAMILIE else day.config.project_coordinator,
        )
