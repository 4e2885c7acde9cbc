"""One course's facts, read from its family's file on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.domain.ages import ADULT_AGE
from hopdocs.domain.consent import Gate
from hopdocs.domain.course.attendance import was_away
from hopdocs.domain.course.first_consent import signed_by_all_on
from hopdocs.domain.course.stop import end_of_course
from hopdocs.domain.data_deliveries import data_draws_of, final_draw_of
from hopdocs.domain.family_day import worked_out_once
from hopdocs.domain.project.numbers import course_row
from hopdocs.domain.state import BEFORE_CONSENT, State
from hopdocs.figures.course import (
    SOMEBODY_ELSE,
    TOVHOLDER_AT_WORK,
    TOVHOLDER_AWAY,
    AreaAtWork,
    ChildAtMeeting,
    CostLine,
    CourseFigures,
    CourseMember,
    Draw,
    Measured,
    MeetingFact,
    Place,
    Shift,
    Wait,
)
from hopdocs.model.scalars.reasons import ToldReason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.scalars.values import StaffId

_UNTOLD = BEFORE_CONSENT | {State.SAMTYKKE_AFSLAAET, State.SAMTYKKE_TRUKKET}
_DAYS_IN_WEEK = 7
_ROLES = frozenset({
    "forælder", "forældre", "mor", "far", "plejeforælder", "lærer", "pædagog", "sundhedsplejerske",
    "barnet", "barnet selv", "den unge", "den unge selv", "tovholder",
})  # fmt: skip


@worked_out_once
def gather_figures(day: FamilyDay) -> CourseFigures:
    """All facts of one course that figures are made of."""
    family, config = day.family, day.config
    row = course_row(day)
    case = family.case_number or family.id
    bare = CourseFigures(family=family.id, case=case, group=row.group, state=day.state, start=family.start_date)
    end = end_of_course(day)
    consents = day.consents_on(end or day.today)
    if day.state in _UNTOLD or consents.gate is Gate.CLOSED:  # the family may have moved before all said yes
        return bare
    measurements = family.measurements
    every = family.follow_up.every_weeks * _DAYS_IN_WEEK if family.follow_up else config.deadlines.follow_up_target
    return CourseFigures(
        family=family.id,
        case=case,
        group=row.group,
        state=day.state,
        start=family.start_date,
        end=end,
        consented=signed_by_all_on(day),
        areas=tuple(area for area in config.areas if area in consents.signed_areas & day.consents.signed_areas),
        criteria=family.criteria,
        members=tuple(
            CourseMember(key, person.is_child and person.age_on(family.start_date) < ADULT_AGE)
            for key, person in family.members.items()
        ),
        measured=tuple(_measured(day)),
        draws=tuple(_draws(day, end)),
        costs=tuple(
            CostLine(line.month, line.area, line.amount, _place("measurements", "costs", index))
            for index, line in enumerate(measurements.costs if measurements is not None else ())
        ),
        meetings=tuple(
            _meeting(day, meeting, _place("meetings", index)) for index, meeting in enumerate(family.meetings)
        ),
        at_work=tuple(
            AreaAtWork(config.staff[line.staff].area, line.from_, line.to, _place("team", index))
            for index, line in enumerate(family.team)
            if line.staff in config.staff
        ),
        shifts=tuple(_shifts(day)),
        waits=tuple(
            Wait(
                line.area,
                line.activity or "",
                line.applied,
                line.expected,
                line.granted,
                line.consequence or "",
                _place("waiting_times", index),
            )
            for index, line in enumerate(family.waiting_times)
        ),
        pauses=tuple((pause.from_, pause.to) for pause in family.pauses),
        follow_up_days=every,
        baseline=measurements.baseline_interview if measurements is not None else None,
        final=measurements.final_interview if measurements is not None else None,
        closing=_closing_of(day),
        tovholder=_tovholder_of(day),
    )


def _closing_of(day: FamilyDay) -> str:
    closing = day.family.closing
    if closing is None or closing.date > day.today:
        return ""
    told = closing.told_as or next((word for word in ToldReason if word == closing.reason.strip().casefold()), None)
    return told.value if told is not None else ""


def _tovholder_of(day: FamilyDay) -> str:
    if day.tovholder is None:
        return ""
    return TOVHOLDER_AWAY if day.contact.is_away else TOVHOLDER_AT_WORK


def _informant_of(words: str | None) -> str:
    """A role; people also write a name here, which no row may hold."""
    role = (words or "").strip().casefold()
    return role if not role or role in _ROLES else SOMEBODY_ELSE


def _place(*at: str | int) -> Place:
    return Place(".".join(map(str, at)))


def _measured(day: FamilyDay) -> Iterator[Measured]:
    measurements = day.family.measurements
    for index, line in enumerate(measurements.indicators if measurements is not None else ()):
        on = line.month or line.date
        if on is None or line.value is None:
            continue
        kind = day.config.catalogue.find(line.key)
        member = line.for_[0] if len(line.for_) == 1 else ""
        source = line.source.value if line.source is not None else ""
        at = _place("measurements", "indicators", index)
        yield Measured(
            kind.key if kind is not None else line.key,
            member,
            on,
            line.value,
            source,
            at,
            _informant_of(line.informant),
        )


def _draws(day: FamilyDay, end: date | None) -> Iterator[Draw]:
    family = day.family
    counts = family.measurements.services if family.measurements is not None else ()
    draws = [*data_draws_of(family, day.config.deadlines.data_draws_months)]
    if end is not None:
        draws = [draw for draw in draws if draw.due <= end or draw.made is not None]
        draws.append(final_draw_of(family, end))
    for draw in draws:
        index = next((number for number, line in enumerate(counts) if line.date == draw.made), None)
        at = _place("measurements", "services") if index is None else _place("measurements", "services", index)
        found = {str(area): number for area, number in counts[index].counts.items()} if index is not None else {}
        yield Draw(draw.months, draw.due, draw.made, found, at)


def _meeting(day: FamilyDay, meeting: Meeting, at: Place) -> MeetingFact:
    asked = day.invited_staff(meeting)
    came = [staff for staff in asked if not was_away(day, meeting, staff)]
    entries = day.children_of(meeting)
    children = (
        ChildAtMeeting(key, entry.attends, entry.reason or "", Place(f"{at}.children.{key}"))
        for key in day.children_to_assess(meeting)
        if (entry := entries.get(key)) is not None
    )
    areas = tuple(_areas_of(day, asked)), tuple(_areas_of(day, came))
    return MeetingFact(meeting.type, meeting.date, day.status(meeting), *areas, tuple(children), at)


def _areas_of(day: FamilyDay, staff: tuple[StaffId, ...] | list[StaffId]) -> Iterator[str]:
    return (day.config.staff[key].area for key in staff if key in day.config.staff)


def _shifts(day: FamilyDay) -> Iterator[Shift]:
    """Who took over from somebody: the first of each is none."""
    family, staff = day.family, day.config.staff
    before = None
    for index, period in sorted(enumerate(family.tovholder), key=lambda item: item[1].from_):
        if before not in (None, period.staff) and period.from_ <= day.today:
            area = staff[period.staff].area if period.staff in staff else ""
            yield Shift(period.from_, area, is_tovholder=True, at=_place("tovholder", index))
        before = period.staff
    left = {line.staff: line.to for line in family.team if line.to is not None}
    for index, line in enumerate(family.team):
        area = staff[line.staff].area if line.staff in staff else ""
        gone = [to for key, to in left.items() if key in staff and staff[key].area == area and to < line.from_]
        if area and gone and line.from_ <= day.today:
            yield Shift(line.from_, area, is_tovholder=False, at=_place("team", index))
