"""Everything with a date that somebody must keep, for one family, and where it comes from.

Law, agreement and our own targets are never mixed: a reader must see which one may be moved. Where a date falls on
a day off, a limit set by law is moved to the working day before it, every other to the one after. Titles name no
one, since they are read where names do not belong.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from hopdocs.deadlines import consent, measuring, meetings, plan
from hopdocs.deadlines.deadline import Deadline, Kind
from hopdocs.domain.consent import Gate, gate_of
from hopdocs.domain.memory import remembered
from hopdocs.domain.state import ENDED, course_state

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
        return measuring.list_final(family, config)
    if gate_of(family, today) is Gate.CLOSED:
        return consent.list_answers(family, config, today)
    return chain(
        consent.list_renewals(family, config, today),
        consent.list_birthdays(family, config, today),
        meetings.list_all(family, config, today),
        plan.list_all(family, config, today),
        measuring.list_all(family, config, today),
    )
