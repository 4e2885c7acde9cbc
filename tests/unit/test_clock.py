"""The machine's clock, moved to another day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hopdocs.clock import ShiftedClock, local_date

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
WINTER, SUMMER = date(2026, 11, 29), date(2026, 4, 16)
SPRING_FORWARD, FALL_BACK = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize("wanted", [WINTER, SUMMER, SPRING_FORWARD, FALL_BACK])
@pytest.mark.parametrize("day", [WINTER, SUMMER, SPRING_FORWARD, FALL_BACK])
def test_it_is_the_day_asked_for_at_every_hour_of_both_halves_of_the_year(day: date, wanted: date) -> None:
    midnight = datetime.combine(day, datetime.min.time(), COPENHAGEN).astimezone(UTC)
    for minutes in range(0, 23 * 60, 15):
        now = midnight + timedelta(minutes=minutes)
        clock = ShiftedClock.as_of(wanted, COPENHAGEN, now=now)
        assert local_date(now + clock.shift, COPENHAGEN) == wanted, now


def test_the_time_of_day_is_that_of_the_clocks_there() -> None:
    evening = datetime(2026, 11, 29, 23, 20, tzinfo=COPENHAGEN)
    clock = ShiftedClock.as_of(SUMMER, COPENHAGEN, now=evening)
    assert (evening.astimezone(UTC) + clock.shift).astimezone(COPENHAGEN) == datetime(
        2026, 4, 16, 23, 20, tzinfo=COPENHAGEN
    )
