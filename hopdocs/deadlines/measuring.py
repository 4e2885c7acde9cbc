"""Deadlines of what is measured: the first interview and the data draws (samarbejdsaftale 2023, Effektmåling)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.deadlines.deadline import Deadline, DeadlineKind, set_deadline
from hopdocs.documents.measured.seen import told_to_tovholder
from hopdocs.domain.calendar import months_later
from hopdocs.domain.course.registration import is_registered, missing_values, say_missing_values
from hopdocs.domain.course.stop import stopped_on
from hopdocs.domain.data_deliveries import data_draws_of, final_draw_of
from hopdocs.model.meeting import MeetingStatus, MeetingType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay

LACKS: Final = ". Mangler: "
"""Stands in a month's title before what it lacks of whom, which is for those who write it alone."""


def list_all(day: FamilyDay) -> Iterator[Deadline]:
    """The first interview before the plan is made, and the draws counted from the start."""
    family, config = day.family, day.config
    plan_meetings = [
        meeting.date
        for meeting in family.meetings
        if meeting.type is MeetingType.FAMILIEPLANSMØDE
        and meeting.status not in (MeetingStatus.CANCELLED, MeetingStatus.NO_SHOW)
    ]
    if plan_meetings:
        yield set_deadline(
            config,
            "baseline_interview",
            "Det indledende interview (nulpunktsmåling)",
            min(plan_meetings),
            done=family.measurements.baseline_interview if family.measurements is not None else None,
            kind=DeadlineKind.AGREEMENT,
            who=day.contact.staff,
        )
    yield from _list_draws(day)
    if config.deadlines.monthly_registration and plan_meetings and min(plan_meetings) <= day.today:
        yield _monthly(day, min(plan_meetings))


def _monthly(day: FamilyDay, since: date) -> Deadline:
    """The month that ended last, or the one in which the plan was made: its figures are due on a first working day."""
    month = max(months_later(day.today.replace(day=1), -1), since.replace(day=1))
    due = months_later(month, 1)
    missing = "; ".join(say_missing_values(day, told_to_tovholder(day, missing_values(day, month))))
    return set_deadline(
        day.config,
        f"monthly_registration:{month:%Y-%m}",
        f"Månedens tal skrives ({month:%m-%Y})" + (f"{LACKS}{missing}" if missing else ""),
        due,
        done=due if is_registered(day, month) else None,
        kind=DeadlineKind.AGREEMENT,
        who=day.contact.staff,
    )


def _list_draws(day: FamilyDay) -> Iterator[Deadline]:
    config = day.config
    for draw in data_draws_of(day.family, config.deadlines.data_draws_months):
        yield set_deadline(
            config,
            f"data_draw_{draw.months}",
            f"Datatræk {draw.months} måneder efter start" if draw.months else "Datatræk ved start",
            draw.due,
            done=draw.made,
            kind=DeadlineKind.AGREEMENT,
            who=config.project_coordinator,
        )


def list_final(day: FamilyDay) -> Iterator[Deadline]:
    """The last draw, when the course ends, and the interview that is held against the first.

    Who has taken everything back is asked for no interview. A closing that is written after a withdrawal moves nothing.
    """
    family, config = day.family, day.config
    ends = [on for on in (family.closing.date if family.closing is not None else None, stopped_on(day)) if on]
    if not ends:
        return
    ended = min(ends)
    if family.closing is not None:
        yield set_deadline(
            config,
            "final_interview",
            "Det afsluttende interview",
            ended,
            done=family.measurements.final_interview_settled if family.measurements is not None else None,
            kind=DeadlineKind.AGREEMENT,
            who=day.contact.staff,
        )
    draw = final_draw_of(family, ended)
    yield set_deadline(
        config,
        "data_draw_final",
        "Datatræk ved afslutning",
        draw.due,
        done=draw.made,
        kind=DeadlineKind.AGREEMENT,
        who=config.project_coordinator,
    )
