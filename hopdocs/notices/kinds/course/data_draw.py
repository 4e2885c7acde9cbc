"""Before, on and after the day of a data draw: to the coordinator, and to the data officers of the areas at work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.danish import join, say_day
from hopdocs.domain.consent import Gate
from hopdocs.domain.data_deliveries import DataDraw, data_draws_of
from hopdocs.domain.state import State
from hopdocs.domain.team import areas_on_team
from hopdocs.domain.working_days import next_working_day
from hopdocs.notices.kinds.course.news import coordinators_address, define_news, is_news, recipients, tell
from hopdocs.notices.wanted import Attendee, normalise_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.scalars.values import AreaCode
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "datatraek"
_SUBJECTS: Final = {-14: "datatræk om 14 dage", 0: "datatræk nu", 14: "datatræk mangler"}
"""When each draw is reminded of, in days from its own, and what the mail is called."""

_HELPS_FOR: Final = timedelta(days=7)
_LONGEST_REST: Final = timedelta(days=14)
"""How far a day off may move a reminder at most: closed days beside holidays and weekends."""
_FINAL: Final = -1
"""Stands for the months of the draw that is made when the course ends."""


def wanted_draw_reminders(day: FamilyDay) -> Iterator[WantedReminder]:
    """The reminders of each draw that is not made; after the end of the course only of the last."""
    if day.gate is not Gate.OPEN or not (day.is_running or day.state is State.AFSLUTTET):
        return
    for draw in _open_draws(day):
        for days, subject in _SUBJECTS.items():
            counted = draw.due + timedelta(days=days)
            if not is_news(day.today, counted, helps_for=_HELPS_FOR + _LONGEST_REST):
                continue  # asking which days are worked takes longer than all else here
            due = next_working_day(counted, day.config)
            if is_news(day.today, due, helps_for=_HELPS_FOR):
                for recipient, lines in _recipients(day, draw, days):
                    yield tell(
                        day,
                        _NAME,
                        recipient,
                        key=f"{_NAME}-{'slut' if draw.months == _FINAL else draw.months}{days:+d}",
                        on=due,
                        helps_for=_HELPS_FOR,
                        subject=subject,
                        lines=lines,
                        opens_case=recipient.staff != "",
                        reply_to=coordinators_address(day),
                    )


def _open_draws(day: FamilyDay) -> Iterator[DataDraw]:
    family = day.family
    end = family.closing.date if family.closing is not None else None
    for draw in data_draws_of(family, day.config.deadlines.data_draws_months):
        if draw.made is None and (end is None or draw.due < end):
            yield draw
    if end is not None:
        counted = [line.date for line in family.measurements.services] if family.measurements is not None else []
        if not any(on >= end for on in counted):
            yield DataDraw(_FINAL, end, None)


def _recipients(day: FamilyDay, draw: DataDraw, days: int) -> Iterator[tuple[Attendee, tuple[str, ...]]]:
    """Each with her lines; who answers for several areas, or is the coordinator too, gets one mail."""
    areas, config = _areas_at_work(day), day.config
    coordinator = next(recipients(day, config.project_coordinator), None)
    first = _say_when(draw, days)
    told = set[str]()
    if coordinator is not None:
        told.add(normalise_address(coordinator.email))
        names = join(config.areas[area].name for area in areas)
        yield coordinator, (first, *((f"Tallene hentes i {names}.",) if names else ()))
    officers: dict[str, list[AreaCode]] = {}
    for area in areas:
        officer = config.areas[area].data_officer
        if officer is not None and normalise_address(officer) not in told:
            officers.setdefault(normalise_address(officer), []).append(area)
    for address, own in officers.items():
        names = join(config.areas[area].name for area in own)
        to = f"Send antallet af ydelser i {names} til {coordinator.name}." if coordinator is not None else ""
        yield Attendee(address, f"dataansvarlig i {names}"), (first, *((to,) if to else ()))


def _areas_at_work(day: FamilyDay) -> tuple[AreaCode, ...]:
    """The areas with a case or somebody on the team that somebody lets share: the others hear nothing of the family."""
    family, config = day.family, day.config
    known = {case.area for case in family.cases if case.is_active_on(day.today)}
    known |= set(areas_on_team(family, config, day.today))
    return tuple(area for area in config.areas if area in known & day.consents.signed_areas)


def _say_when(draw: DataDraw, days: int) -> str:
    what = (
        "ved afslutningen"
        if draw.months == _FINAL
        else f"{draw.months} måneder efter start"
        if draw.months
        else "ved start"
    )
    if days < 0:
        return f"Antallet af ydelser {what} skal trækkes {say_day(draw.due)}."
    if days == 0:
        return f"Antallet af ydelser {what} skal trækkes nu."
    return f"Antallet af ydelser {what} skulle være trukket {say_day(draw.due)}. Tallene mangler endnu."


DATA_DRAW: Final = define_news(
    _NAME, "påmindelsen om datatræk", wanted_draw_reminders, lambda switches: switches.data_draw
)
