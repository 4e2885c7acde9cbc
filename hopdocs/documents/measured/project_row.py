"""One course as all families' figures may hold it: what the project, and whoever reads its exports, may still know.

What anybody takes back leaves these figures, as it leaves the family's own papers: a report is told anew each time that
it is made. Where time alone has ended a consent, they stand as they stood on its last day: nothing of what was written
for later days is told, and nothing of what was told before goes away.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.documents.measured.seen import figures_for
from hopdocs.domain.consent import Gate, before_lapse, last_day
from hopdocs.domain.course.stop import end_of_course
from hopdocs.domain.family_day import day_to_show
from hopdocs.figures.gathering import gather_figures
from hopdocs.figures.project import stand_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from hopdocs.domain.consent import Consents
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.figures.course import ChildAtMeeting, CourseFigures, MeetingFact, Place


def tell_project(day: FamilyDay) -> CourseFigures:
    """The course's facts, less what was taken back, and less what is of days after a consent had run out."""
    whole = gather_figures(day)
    if not whole.is_told:
        return whole
    asked = end_of_course(day) or day.today
    consents = day.consents_on(asked)
    standing = before_lapse(day.family, asked) if consents.gate is Gate.LAPSED else consents
    if standing is None:  # one ran out before another was given: there was no day of which anything may be told
        return whole.untold()
    told = _seen_by_any_area(Audience(day_to_show(day) or day), whole, _last_days_of_areas(standing))
    if standing is consents:
        return told
    return replace(stand_of(told, standing.day), end=whole.end, lapsed=standing.day)


def _last_days_of_areas(consents: Consents) -> dict[str, date]:
    """Of each area that nobody lets share any more, only since a consent ran out: the last day that somebody did."""
    still_open = {area for standing in consents.standings.values() for area in standing.areas}
    lines = [(line, end) for line in consents.family.consents if (end := last_day(line)) is not None]
    ends = ((area, [end for line, end in lines if area in line.areas]) for area in consents.signed_areas - still_open)
    return {area: max(days) for area, days in ends if days}


def _seen_by_any_area(audience: Audience, whole: CourseFigures, last_days: Mapping[str, date]) -> CourseFigures:
    """What the area of one colleague at least may see: of areas that share, and of people who let somebody."""

    def tells(area: str, on: date) -> bool:
        return area in areas and on <= last_days.get(area, on)

    seen = [
        figures_for(audience, AreaReader(area), whole).figures for area in audience.config.areas if area in whole.areas
    ]
    values = {line.at for figures in seen for line in figures.measured}
    waits = {line.at for figures in seen for line in figures.waits}
    children = _children_by_place(meeting for figures in seen for meeting in figures.meetings)
    areas = frozenset(whole.areas)
    return replace(
        whole,
        measured=tuple(line for line in whole.measured if line.at in values),
        draws=tuple(
            replace(draw, counts={area: it for area, it in draw.counts.items() if tells(area, draw.made or draw.due)})
            for draw in whole.draws
        ),
        costs=tuple(line for line in whole.costs if tells(line.area, line.month)),
        meetings=tuple(
            replace(
                meeting,
                asked=tuple(area for area in meeting.asked if tells(area, meeting.date)),
                came=tuple(area for area in meeting.came if tells(area, meeting.date)),
                children=tuple(children[child.at] for child in meeting.children if child.at in children),
            )
            for meeting in whole.meetings
        ),
        at_work=tuple(
            replace(it, last=min(it.last or last_days[it.area], last_days[it.area])) if it.area in last_days else it
            for it in whole.at_work
            if tells(it.area, it.first)
        ),
        shifts=tuple(
            shift if tells(shift.area, shift.date) else replace(shift, area="")
            for shift in whole.shifts
            if shift.is_tovholder or tells(shift.area, shift.date)
        ),
        waits=tuple(wait for wait in whole.waits if tells(wait.area, wait.applied) and wait.at in waits),
    )


def _children_by_place(meetings: Iterable[MeetingFact]) -> dict[Place, ChildAtMeeting]:
    """Each child that any area sees, with the reason where one of them sees that."""
    found: dict[Place, ChildAtMeeting] = {}
    for meeting in meetings:
        for child in meeting.children:
            if child.reason or child.at not in found:
                found[child.at] = child
    return found
