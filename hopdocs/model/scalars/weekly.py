"""Fixed times of the week, as a plan and a calendar on a fridge say them: `tirsdag 9.00-12.00`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from hopdocs.model.scalars.moments import WEEKDAYS, parse_time
from hopdocs.model.scalars.values import Reader, reject, shorten

if TYPE_CHECKING:
    from datetime import time

_FORM = re.compile(rf"({'|'.join(WEEKDAYS)})e? (?:kl\.? ?)?(\d{{1,2}}[.:]\d{{2}}) ?[-–] ?(\d{{1,2}}[.:]\d{{2}})")


@dataclass(frozen=True, slots=True)
class WeeklyTime:
    """From when until when on one day of every week; Monday is 0."""

    weekday: int
    start: time
    end: time

    def overlaps(self, other: WeeklyTime) -> bool:
        """Whether nobody can be at both; one may begin the minute the other ends."""
        return self.weekday == other.weekday and self.start < other.end and other.start < self.end

    def __str__(self) -> str:
        """As a Danish caseworker writes it."""
        return f"{WEEKDAYS[self.weekday]} {self.start:%H.%M}-{self.end:%H.%M}"


def parse_weekly_time(text: str) -> WeeklyTime:
    """`tirsdag 9.00-12.00`, `tirsdage kl. 9:00–12:00`; one that ends before it begins is refused."""
    found = _FORM.fullmatch(" ".join(text.lower().split()))
    if found is None:
        reject("HD195", value=shorten(text))
    start, end = parse_time(found[2]), parse_time(found[3])
    if end <= start:
        reject("HD195", value=shorten(text))
    return WeeklyTime(WEEKDAYS.index(found[1]), start, end)


WeeklyTimeText = Annotated[WeeklyTime, Reader(parse_weekly_time, {"type": "string"})]
"""A fixed time of the week."""
