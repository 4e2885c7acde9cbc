from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopdocs.figures.suppression.bounds import Equation, bounds_of

if TYPE_CHECKING:
    from collections.abc import Sequence


ONE = Fraction(1)


def equation(known: int, **factors: int) -> Equation:
    return Equation({name: Fraction(factor) for name, factor in factors.items()}, Fraction(known))


def test_what_a_total_leaves_over_is_known() -> None:
    found = bounds_of([equation(7, a=1), equation(9, a=1, b=1)], {"a": Fraction(1), "b": Fraction(1)}, ["a", "b"])
    assert found == {"a": (7 * ONE, 7 * ONE), "b": (2 * ONE, 2 * ONE)}


def test_two_that_come_to_a_number_have_room_between_them() -> None:
    lowest = {"a": Fraction(1), "b": Fraction(1)}
    assert bounds_of([equation(9, a=1, b=1)], lowest, ["a"]) == {"a": (ONE, 8 * ONE)}


def test_a_number_that_nothing_is_said_of_has_no_end() -> None:
    lowest = {"a": Fraction(1), "b": Fraction(1), "total": Fraction(1)}
    assert bounds_of([equation(0, total=1, a=-1, b=-1)], lowest, ["a"]) == {"a": (ONE, None)}
    assert bounds_of([], lowest, ["b"]) == {"b": (ONE, None)}


def test_tables_that_contradict_each_other_are_no_tables() -> None:
    with pytest.raises(ValueError, match="contradict"):
        bounds_of([equation(3, a=1), equation(4, a=1)], {"a": Fraction(0)}, ["a"])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 2), min_size=4, max_size=4),
    st.lists(st.lists(st.sampled_from((0, 1)), min_size=4, max_size=4), min_size=1, max_size=4),
)
def test_the_ends_are_those_that_trying_everything_finds(truth: list[int], rows: list[list[int]]) -> None:
    """Interval sums of a row of numbers have whole ends, so that trying whole numbers finds all that fractions do."""
    spans = [[1 if min(_ones(row)) <= at <= max(_ones(row)) else 0 for at in range(4)] for row in rows if any(row)]
    comes_to = [_times(row, truth) for row in spans]
    equations = [
        equation(known, **{f"x{at}": 1 for at in _ones(row)}) for row, known in zip(spans, comes_to, strict=True)
    ]
    lowest = {f"x{at}": Fraction(1) for at in range(4)}
    found = bounds_of(equations, lowest, lowest)
    tried = product(range(1, 6), repeat=4)
    possible = [numbers for numbers in tried if [_times(row, numbers) for row in spans] == comes_to]
    for at in range(4):
        least, most = found[f"x{at}"]
        assert least == min(numbers[at] for numbers in possible)
        assert most == (max(numbers[at] for numbers in possible) if any(row[at] for row in spans) else None)


def _ones(row: list[int]) -> list[int]:
    return [at for at, one in enumerate(row) if one]


def _times(row: Sequence[int], numbers: Sequence[int]) -> int:
    return sum(factor * number for factor, number in zip(row, numbers, strict=True))
