"""Everything with a date that somebody must keep, for one family, and where it comes from.

Law, agreement and our own targets are never mixed: a reader must see which one may be moved. Where a date falls on
a day off, a limit set by law is moved to the working day before it, every other to the one after. Titles name no
one, since they are read where names do not belong.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from hopdocs.figures import consent_deadlines, measuring_deadlines, meeting_deadlines, plan_deadlines
from hopdocs.figures.deadline import Deadline, Kind
from hopdocs.rules.consent import Gate, gate_of
from hopdocs.rules.memory import remembered
from hopdocs.rules.state import ENDED, course_state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family

__all__ = ["Deadline", "Kind", "deadlines_of", "overdue"]


@remembered
def deadlines_of(family: Family, config: Config, today: date) -> tuple[Deadline, ...]:
    """All deadlines of a family, the soonest first.

    Before consent there are only those about the consent; after a course has ended only the last data draw.
    """
    return tuple(sorted(_collect(family, config, today), key=lambda item: (item.due, item.key)))


def overdue(family: Family, config: Config, today: date) -> tuple[Deadline, ...]:
    """The deadlines that have passed with nothing done."""
    return tuple(item for item in deadlines_of(family, config, today) if item.is_overdue(today))


def _collect(family: Family, config: Config, today: date) -> Iterator[Deadline]:
    if course_state(family, config, today) in ENDED:
        return measuring_deadlines.list_final(family, config)
    if gate_of(family, today) is Gate.CLOSED:
        return consent_deadlines.list_answers(family, config, today)
    return chain(
        consent_deadlines.list_renewals(family, config, today),
        consent_deadlines.list_birthdays(family, config, today),
        meeting_deadlines.list_all(family, config, today),
        plan_deadlines.list_all(family, config, today),
        measuring_deadlines.list_all(family, config, today),
    )
