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
from hopdocs.domain.consent import Gate, before_lapse
from hopdocs.domain.course.stop import end_of_course
from hopdocs.domain.family_day import day_to_show
from hopdocs.figures.gathering import gather_figures
from hopdocs.figures.project import stand_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.figures.course import ChildAtMeeting, CourseFigures, MeetingFact, Place


def tell_project(day: FamilyDay) -> CourseFigures:
    """The course's facts, less what was taken back, and less what is of days after a consent had run out."""
    whole = gather_figures(day)
    if not whole.is_told:
        return whole
    told = _seen_by_any_area(Audience(day_to_show(day) or day), whole)
    asked = end_of_course(day) or day.today
    if day.consents_on(asked).gate is not Gate.LAPSED:
        return told
    standing = before_lapse(day.family, asked)
    if standing is None:  # one ran out before another was given: there was no day of which anything may be told
        return whole.untold()
    return replace(stand_of(told, standing.day), end=whole.end, lapsed=standing.day)


def _seen_by_any_area(audience: Audience, whole: CourseFigures) -> CourseFigures:
    """What the area of one colleague at least may see: of areas that share, and of people who let somebody."""
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
            replace(draw, counts={area: number for area, number in draw.counts.items() if area in areas})
            for draw in whole.draws
        ),
        costs=tuple(line for line in whole.costs if line.area in areas),
        meetings=tuple(
            replace(
                meeting,
                asked=tuple(area for area in meeting.asked if area in areas),
                came=tuple(area for area in meeting.came if area in areas),
                children=tuple(children[child.at] for child in meeting.children if child.at in children),
            )
            for meeting in whole.meetings
        ),
        at_work=tuple(it for it in whole.at_work if it.area in areas),
        shifts=tuple(
            shift if shift.area in areas else replace(shift, area="")
            for shift in whole.shifts
            if shift.is_tovholder or shift.area in areas
        ),
        waits=tuple(wait for wait in whole.waits if wait.area in areas and wait.at in waits),
    )


def _children_by_place(meetings: Iterable[MeetingFact]) -> dict[Place, ChildAtMeeting]:
    """Each child that any area sees, with the reason where one of them sees that."""
    found: dict[Place, ChildAtMeeting] = {}
    for meeting in meetings:
        for child in meeting.children:
            if child.reason or child.at not in found:
                found[child.at] = child
    return found
