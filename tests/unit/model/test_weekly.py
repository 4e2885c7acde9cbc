from __future__ import annotations

from datetime import time

import pytest

from hopdocs.model.scalars.weekly import WeeklyTime, parse_weekly_time


@pytest.mark.parametrize(
    "text", ["tirsdag 9.00-12.00", "Tirsdage kl. 9:00–12:00", " tirsdag  09.00 - 12.00 ", "TIRSDAG kl 9.00-12.00"]
)
def test_a_fixed_time_is_read_in_every_form_that_people_write(text: str) -> None:
    assert parse_weekly_time(text) == WeeklyTime(1, time(9), time(12))


def test_it_is_told_in_one_form() -> None:
    assert str(parse_weekly_time("Torsdage kl. 9:05–10:00")) == "torsdag 09.05-10.00"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("tirsdag 9.00-12.00", "tirsdag 10.00-11.00", True),
        ("tirsdag 9.00-12.00", "tirsdag 12.00-13.00", False),
        ("tirsdag 9.00-12.00", "onsdag 9.00-12.00", False),
        ("tirsdag 9.00-12.00", "tirsdag 8.00-9.01", True),
    ],
)
def test_one_may_begin_when_the_other_ends(one: str, other: str, expected: bool) -> None:  # noqa: FBT001 - a case's value
    first, second = parse_weekly_time(one), parse_weekly_time(other)
    assert first.overlaps(second) is second.overlaps(first) is expected
