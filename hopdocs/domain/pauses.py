"""Pauses that were agreed: while one lasts the rhythm of follow-ups stands still."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.model.family import Family


def is_paused(family: Family, day: date) -> bool:
    """Whether the course rests on `day`; the first and the last day count."""
    return any(pause.from_ <= day and (pause.to is None or day <= pause.to) for pause in family.pauses)


def paused_days(family: Family, since: date, until: date) -> int:
    """How many days of rest lie between two days; overlapping pauses count once."""
    total, next_day = 0, since
    for pause in sorted(family.pauses, key=lambda pause: pause.from_):
        start, end = max(pause.from_, next_day), min(pause.to or until, until)
        if start <= end:
            total += (end - start).days + 1
            next_day = end + timedelta(days=1)
    return total
