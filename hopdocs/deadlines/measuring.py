"""Deadlines of what is measured: the first interview and the data draws (samarbejdsaftale 2023, Effektmåling)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.deadlines.deadline import Deadline, Kind, set_deadline
from hopdocs.domain.data_deliveries import draws_of
from hopdocs.domain.tovholder import contact_person
from hopdocs.model.meeting import MeetingStatus, MeetingType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family


def list_all(family: Family, config: Config, today: date) -> Iterator[Deadline]:
    """The first interview before the plan is made, and the draws counted from the start."""
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
            kind=Kind.AGREEMENT,
            who=contact_person(family, config, today).staff,
        )
    yield from _list_draws(family, config)


def _list_draws(family: Family, config: Config) -> Iterator[Deadline]:
    for draw in draws_of(family, config.deadlines.data_draws_months):
        yield set_deadline(
            config,
            f"data_draw_{draw.months}",
            f"Datatræk {draw.months} måneder efter start" if draw.months else "Datatræk ved start",
            draw.due,
            done=draw.made,
            kind=Kind.AGREEMENT,
            who=config.project_coordinator,
        )


def list_final(family: Family, config: Config) -> Iterator[Deadline]:
    """The last draw, when the course ends."""
    if family.closing is None:
        return
    counted = [line.date for line in family.measurements.services] if family.measurements is not None else []
    yield set_deadline(
        config,
        "data_draw_final",
        "Datatræk ved afslutning",
        family.closing.date,
        done=min((day for day in counted if day >= family.closing.date), default=None),
        kind=Kind.AGREEMENT,
        who=config.project_coordinator,
    )
