"""The plan as a timeline: meetings, goals and activities on one scale of months.

Pure: from the family's own data and a day. Positions are percentages of the whole span, so that the page needs
no script and the same numbers draw a screen and a sheet of paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hopdocs.documents.danish import join
from hopdocs.model.meeting import MeetingStatus
from hopdocs.model.plan import Progress
from hopdocs.model.values import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.plan import Activity, Goal, GoalStatus

_LONGEST_SPAN_MONTHS = 30


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month on the scale; `year` is set where the label should show it."""

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
    """An activity from its first to its last day; `open_end` where nobody has said when it stops."""

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


def plan_timeline(family: Family, config: Config, today: date) -> Timeline | None:
    """The family's plan on a scale of whole months, or None while there is nothing to draw."""
    days = list(_days_to_show(family, today))
    if not family.meetings and family.plan is None:
        return None
    start, end = _whole_months(min(days), max(days), today)
    scale = _Scale(start, end)
    plan = family.plan
    return Timeline(
        start=start,
        end=end,
        today=scale.place(today),
        ticks=tuple(_ticks(scale)),
        meetings=tuple(
            _meeting_point(meeting, scale, today) for meeting in family.meetings if scale.shows(meeting.date)
        ),
        goals=tuple(_goal_line(goal, family, config, scale) for goal in (plan.goals if plan else ())),
        shared_goal=(plan.shared_goal or "") if plan else "",
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    start: date
    end: date

    def place(self, day: date) -> float:
        whole = (self.end - self.start).days
        return round(100 * min(max((day - self.start).days, 0), whole) / whole, 2)

    def shows(self, day: date) -> bool:
        return self.start <= day <= self.end


def _days_to_show(family: Family, today: date) -> Iterable[date]:
    yield today
    yield family.start_date
    for meeting in family.meetings:
        yield meeting.date
    for activity in family.plan.activities if family.plan else ():
        yield activity.start
        if activity.last_day:
            yield activity.last_day


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


def _meeting_point(meeting: Meeting, scale: _Scale, today: date) -> Point:
    if meeting.status is not None:
        kind = str(meeting.status.value)
    else:
        kind = MeetingStatus.HELD.value if meeting.date < today else MeetingStatus.PLANNED.value
    return Point(scale.place(meeting.date), meeting.date, str(meeting.type.value), kind)


def _goal_line(goal: Goal, family: Family, config: Config, scale: _Scale) -> GoalLine:
    plan = family.plan
    activities = plan.activities if plan else ()
    readings = sorted(
        (item for item in (plan.status if plan else ()) if item.goal == goal.id), key=lambda item: item.date
    )
    return GoalLine(
        title=goal.goal,
        words=goal.words or "",
        people=_people(goal.for_, family),
        progress=str(readings[-1].progress.value) if readings else str(Progress.IKKE_BEGYNDT.value),
        readings=tuple(_reading_point(item, scale) for item in readings if scale.shows(item.date)),
        bars=tuple(_bar(item, family, config, scale) for item in activities if item.goal == goal.id),
        ended=goal.ended.date if goal.ended else None,
    )


def _reading_point(reading: GoalStatus, scale: _Scale) -> Point:
    return Point(scale.place(reading.date), reading.date, reading.note or "", str(reading.progress.value))


def _bar(activity: Activity, family: Family, config: Config, scale: _Scale) -> Bar:
    last = activity.last_day
    left = scale.place(activity.start)
    staff = next((person for key, person in config.staff.items() if key == activity.responsible), None)
    member = next((person for key, person in family.members.items() if key == activity.responsible), None)
    area = config.areas.get(activity.area)
    return Bar(
        left=left,
        width=max(round(scale.place(last or scale.end) - left, 2), 0.6),
        title=activity.what,
        area=area.name if area else activity.area,
        responsible=staff.name if staff else member.name if member else activity.responsible,
        people=_people(activity.for_, family),
        start=activity.start,
        end=last,
        decision=str(activity.decision.value) if activity.decision else "",
        open_end=last is None,
    )


def _people(keys: Iterable[str], family: Family) -> str:
    """First names: the page is about one family, and they share the last one."""
    names = [member.name.split()[0] for key, member in family.members.items() if key in set(keys)]
    return join(names)
