"""The plan as a timeline: meetings, goals and activities on one scale of months.

Pure: from the family's own data and a day. Positions are percentages of the whole span, so that the page needs
no script and the same numbers draw a screen and a sheet of paper. The page is the tovholder's: it shows what her
area may see (`documents.audience` decides), and no plan at all where the consents have been taken back. It is made anew
each day, so where a consent has run out it shows no more of others than one that still runs covers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hopdocs.danish import join
from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.documents.letterhead import person_name
from hopdocs.documents.plan_goals import visible_parts
from hopdocs.domain.consent import Gate
from hopdocs.model.plan import Progress
from hopdocs.model.scalars.moments import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.documents.plan_goals import GoalPart
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.plan import Activity, GoalStatus
    from hopdocs.model.scalars.values import MemberKey

_LONGEST_SPAN_MONTHS = 30
_THINNEST_PERCENT = 0.6


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month on the scale; `year` is set if the label should show it."""

    left: float
    label: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A day on the scale: a meeting held, or a goal looked at."""

    left: float
    day: date
    title: str
    kind: str  # held, planned, cancelled; for goals the progress in one word


@dataclass(frozen=True, slots=True)
class Bar:
    """An activity from its first to its last day; `open_end` if nobody has said when it stops."""

    left: float
    width: float
    title: str
    area: str
    responsible: str
    people: str
    start: date
    end: date | None
    decision: str
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal with its activities and how far it has come."""

    title: str
    words: str
    people: str
    progress: str
    """Empty if it is withheld from the page."""
    readings: tuple[Point, ...] = ()
    bars: tuple[Bar, ...] = ()
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything that the picture of the plan needs."""

    start: date
    end: date
    today: float  # where today stands, in percent
    ticks: tuple[Tick, ...]
    meetings: tuple[Point, ...]
    goals: tuple[GoalLine, ...]
    shared_goal: str = ""
    waits_for_consent: bool = False
    """Whether something may be left out because a consent has run out."""


def plan_timeline(day: FamilyDay) -> Timeline | None:
    """The family's plan on a scale of whole months, or None while there is nothing to draw or nobody may see it."""
    family, today = day.family, day.today
    if day.gate is Gate.CLOSED or (not family.meetings and family.plan is None):
        return None
    audience = Audience(day).without_lapsed()
    parts = _visible_goals(day, audience)
    days = list(_days_to_show(family, parts, today))
    start, end = _whole_months(min(days), max(days), today)
    scale = _Scale(start, end)
    return Timeline(
        start=start,
        end=end,
        today=scale.place(today),
        ticks=tuple(_ticks(scale)),
        meetings=tuple(_meeting_point(meeting, scale, day) for meeting in family.meetings if scale.shows(meeting.date)),
        goals=tuple(_goal_line(part, audience, scale) for part in parts),
        shared_goal=(family.plan.shared_goal or "") if family.plan else "",
        waits_for_consent=any(sharing.lapsed for sharing in day.consents.sharing.values()),
    )


def _visible_goals(day: FamilyDay, audience: Audience) -> tuple[GoalPart, ...]:
    area = audience.area_of(day.contact.staff)
    if day.family.plan is None or area is None:
        return ()
    return visible_parts(audience, day.family.plan, AreaReader(area))


@dataclass(frozen=True, slots=True)
class _Scale:
    start: date
    end: date

    def place(self, day: date) -> float:
        whole = (self.end - self.start).days
        return round(100 * min(max((day - self.start).days, 0), whole) / whole, 2)

    def shows(self, day: date) -> bool:
        return self.start <= day <= self.end


def _days_to_show(family: Family, parts: tuple[GoalPart, ...], today: date) -> Iterable[date]:
    yield today
    yield family.start_date
    for meeting in family.meetings:
        yield meeting.date
    for part in parts:
        for activity in part.activities:
            yield activity.start
            yield activity.last_day or activity.start


def _whole_months(first: date, last: date, today: date) -> tuple[date, date]:
    """From the first of a month to the first of another, around today and no longer than a page can show."""
    start, end = first.replace(day=1), _next_month(last)
    half = timedelta(days=_LONGEST_SPAN_MONTHS * 30 // 2)
    if (end - start).days > _LONGEST_SPAN_MONTHS * 31:
        start = max(start, (today - half).replace(day=1))
        end = min(end, _next_month(today + half))
    return start, end


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _ticks(scale: _Scale) -> Iterable[Tick]:
    day, shown_year = scale.start, None
    while day < scale.end:
        year = day.year if day.year != shown_year else None
        yield Tick(scale.place(day), MONTHS[day.month - 1][:3], year)
        day, shown_year = _next_month(day), day.year


def _meeting_point(meeting: Meeting, scale: _Scale, day: FamilyDay) -> Point:
    return Point(scale.place(meeting.date), meeting.date, meeting.type.value, day.status(meeting).value)


def _goal_line(part: GoalPart, audience: Audience, scale: _Scale) -> GoalLine:
    goal, readings = part.goal, part.readings
    return GoalLine(
        title=goal.goal,
        words=goal.words or "",
        people=_first_names(audience, goal.for_),
        progress=_latest_progress(part),
        readings=tuple(_reading_point(item, scale) for item in readings if scale.shows(item.date)),
        bars=tuple(_bar(item, audience, scale) for item in part.activities),
        ended=goal.ended.date if goal.ended else None,
    )


def _latest_progress(part: GoalPart) -> str:
    """How far a goal has come; nothing of one whose readings are not this reader's to see."""
    if part.is_withheld:
        return ""
    return (part.readings[-1].progress if part.readings else Progress.IKKE_BEGYNDT).value


def _reading_point(reading: GoalStatus, scale: _Scale) -> Point:
    return Point(scale.place(reading.date), reading.date, reading.note or "", reading.progress.value)


def _bar(activity: Activity, audience: Audience, scale: _Scale) -> Bar:
    last = activity.last_day
    left = scale.place(activity.start)
    area = audience.config.areas.get(activity.area)
    return Bar(
        left=left,
        width=max(round(scale.place(last or scale.end) - left, 2), _THINNEST_PERCENT),
        title=activity.what,
        area=area.name if area else activity.area,
        responsible=person_name(audience.family, audience.config, activity.responsible),
        people=_first_names(audience, activity.for_),
        start=activity.start,
        end=last,
        decision=activity.decision.value if activity.decision else "",
        open_end=last is None,
    )


def _first_names(audience: Audience, members: Iterable[MemberKey]) -> str:
    return join(audience.short_names[key] for key in members)
