"""Everything with a date that somebody must keep, for one family, and where it comes from.

Law, agreement and our own targets are never mixed: a reader must see which one may be moved. Where a date falls on
a day off, a limit set by law is moved to the working day before it, every other to the one after. Titles name no
one, since they are read where names do not belong.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from hopdocs.deadlines import consent, measuring, meetings, plan, retention, surveys
from hopdocs.deadlines.deadline import Deadline, DeadlineKind
from hopdocs.documents.kinds.course.dates import CourseDate
from hopdocs.domain.consent import Gate
from hopdocs.domain.family_day import worked_out_once
from hopdocs.domain.state import ENDED
from hopdocs.domain.surveys import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay

__all__ = ["Deadline", "DeadlineKind", "course_dates", "deadlines_of"]


@worked_out_once
def deadlines_of(day: FamilyDay) -> tuple[Deadline, ...]:
    """All deadlines of a family, the soonest first.

    Before consent there are only those about the consent; after a course has ended only the last interview, the last
    data draw and the surveys at the end. When what is kept has had its time, that it is to be forgotten.
    """
    return tuple(sorted(_collect(day), key=lambda item: (item.due, item.key)))


def course_dates(day: FamilyDay) -> tuple[CourseDate, ...]:
    """The same for the papers that show them, which end with the course."""
    dates = (item for item in deadlines_of(day) if item.key != retention.FORGETTING)
    return tuple(CourseDate(item.key, item.title, item.due, item.done, item.who) for item in dates)


def _collect(day: FamilyDay) -> Iterator[Deadline]:
    if day.state in ENDED:
        return chain(measuring.list_final(day), surveys.list_surveys(day, Moment.END), retention.list_forgetting(day))
    if day.gate is Gate.CLOSED:
        return chain(consent.list_answers(day), retention.list_forgetting(day))
    return chain(
        consent.list_renewals(day),
        consent.list_birthdays(day),
        meetings.list_all(day),
        plan.list_all(day),
        measuring.list_all(day),
        surveys.list_surveys(day, Moment.START),
    )
