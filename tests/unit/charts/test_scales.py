from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hopdocs.charts.scales import month_ticks, number_ticks
from tests.unit.charts.samples import monthly


def _words(*values: str | int, lowest: int | None = None, highest: int | None = None) -> tuple[str, ...]:
    low, high = (None if end is None else Decimal(end) for end in (lowest, highest))
    return number_ticks([Decimal(value) for value in values], low, high).words()


def test_an_axis_has_round_numbers_as_danish_writes_them() -> None:
    assert _words(0, 48_300) == ("0", "10.000", "20.000", "30.000", "40.000", "50.000")
    assert _words("0.1", "0.9") == ("0", "0,2", "0,4", "0,6", "0,8", "1")


def test_an_axis_ends_where_it_is_told_to() -> None:
    assert _words(31, 12, lowest=0, highest=100) == ("0", "20", "40", "60", "80", "100")
    assert _words(3, lowest=0, highest=10)[-1] == "10"


def test_values_far_from_nought_and_close_together_are_seen_apart() -> None:
    assert _words(100, 104)[0] == "100"


@pytest.mark.parametrize("values", [(), (0,), (5, 5), (-3, 4), (-2,)])
def test_an_axis_has_room_for_whatever_values_there_are(values: tuple[int, ...]) -> None:
    ticks = number_ticks(map(Decimal, values), None, None)
    assert ticks.lowest < ticks.highest
    assert all(ticks.lowest <= value <= ticks.highest for value in values)


def test_months_have_short_danish_names_and_as_many_stand_there_as_have_room() -> None:
    days = [day for day, _ in monthly(*range(14))]
    assert [words for _, words in month_ticks(days[0], days[-1], 8)] == [
        f"{month}\N{NO-BREAK SPACE}{year}"
        for month, year in (
            ("sep.", 25),
            ("nov.", 25),
            ("jan.", 26),
            ("mar.", 26),
            ("maj", 26),
            ("jul.", 26),
            ("sep.", 26),
        )
    ]
    assert len(month_ticks(date(2013, 1, 1), date(2026, 12, 1), 8)) <= 8


def test_no_month_stands_outside_the_days() -> None:
    assert [day for day, _ in month_ticks(date(2026, 1, 15), date(2026, 3, 2), 8)] == [
        date(2026, 2, 1),
        date(2026, 3, 1),
    ]
