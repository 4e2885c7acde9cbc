"""Courses for readers outside the municipality: numbers for cases and people, and no word that somebody typed.

What is left is about people all the same: dates and figures together may be known again. It is for whoever adds up
several municipalities, and no table of it is published before small groups are hidden.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hopdocs.figures.course import CourseMember, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.figures.course import CourseFigures
    from hopdocs.model.indicators import IndicatorCatalogue

_NOWHERE: Final = Place("")


def hide_people(courses: Iterable[CourseFigures], catalogue: IndicatorCatalogue) -> tuple[CourseFigures, ...]:
    """The courses by number, the first to begin first (`forløb 1`), and their people (`barn 1`, `voksen 1`).

    Criteria, reasons, consequences and activities' names are left out, and so are places in the file and values whose
    indicator the catalogue does not know: people typed them, and each may hold a name.
    """
    ordered = sorted(courses, key=lambda course: (course.start, course.case))
    return tuple(_hide(course, number, catalogue) for number, course in enumerate(ordered, start=1))


def _hide(course: CourseFigures, number: int, catalogue: IndicatorCatalogue) -> CourseFigures:
    names = _name_members(course.members)
    case = f"forløb {number}"
    return replace(
        course,
        family=case,
        case=case,
        criteria=(),
        members=tuple(CourseMember(names[member.key], member.is_child) for member in course.members),
        measured=tuple(
            replace(line, member=names.get(line.member, ""), at=_NOWHERE)
            for line in course.measured
            if catalogue.find(line.indicator) is not None
        ),
        draws=tuple(replace(draw, at=_NOWHERE) for draw in course.draws),
        costs=tuple(replace(line, at=_NOWHERE) for line in course.costs),
        meetings=tuple(
            replace(
                meeting,
                children=tuple(
                    replace(child, member=names.get(child.member, ""), reason="", at=_NOWHERE)
                    for child in meeting.children
                ),
                at=_NOWHERE,
            )
            for meeting in course.meetings
        ),
        at_work=tuple(replace(it, at=_NOWHERE) for it in course.at_work),
        shifts=tuple(replace(shift, at=_NOWHERE) for shift in course.shifts),
        waits=tuple(replace(wait, what="", consequence="", at=_NOWHERE) for wait in course.waits),
    )


def _name_members(members: Iterable[CourseMember]) -> Mapping[str, str]:
    names: dict[str, str] = {}
    counted = {True: 0, False: 0}
    for member in members:
        counted[member.is_child] += 1
        names[member.key] = f"{'barn' if member.is_child else 'voksen'} {counted[member.is_child]}"
    return names
