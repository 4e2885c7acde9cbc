"""What a reader with a pencil can work out about hidden numbers: the least and the most that each can be.

She knows every number that is shown, what adds up to what, and the least that a hidden number can be. The simplex
method over fractions finds the exact ends; Bland's rule keeps it from going round in circles.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Number: TypeAlias = int | Fraction


@dataclass(frozen=True, slots=True)
class Equation:
    """Hidden numbers, each with its factor, that come to a number that is known."""

    factors: Mapping[str, Number]
    known: Number


def bounds_of(
    equations: Iterable[Equation], lowest: Mapping[str, Number], wanted: Iterable[str]
) -> dict[str, tuple[Number, Number | None]]:
    """The ends of each wanted number; None for one without an upper end.

    Raises `ValueError` where the equations contradict each other.
    """
    wanted = set(wanted)
    found: dict[str, tuple[Number, Number | None]] = {}
    for names, own in _components([item for item in equations if item.factors]):
        asked = [name for name in names if name in wanted]
        if not asked:
            continue
        program = _Program(names, own, lowest)
        for name in asked:
            least, most = program.highest_of(name, -1), program.highest_of(name, 1)
            bottom = lowest[name] if least is None else lowest[name] - least
            found[name] = (bottom, None if most is None else lowest[name] + most)
    return found | {name: (lowest[name], None) for name in wanted if name not in found}


def _components(equations: Sequence[Equation]) -> Iterator[tuple[list[str], list[Equation]]]:
    """Equations that share no hidden number say nothing of each other."""
    left = list(equations)
    while left:
        names, own = dict.fromkeys(left[0].factors), [left.pop(0)]
        while touching := [item for item in left if names.keys() & item.factors.keys()]:
            left = [item for item in left if item not in touching]
            own += touching
            names |= dict.fromkeys(name for item in touching for name in item.factors)
        yield list(names), own


class _Program:
    """One component as a tableau: a row an equation, a column a number above its lowest, last what it comes to."""

    def __init__(self, names: Sequence[str], equations: Sequence[Equation], lowest: Mapping[str, Number]) -> None:
        self._names = list(names)
        self._rows: list[list[Number]] = []
        for item in equations:
            known = item.known - sum(factor * lowest[name] for name, factor in item.factors.items())
            row = [item.factors.get(name, 0) for name in self._names]
            self._rows.append([-number if known < 0 else number for number in (*row, known)])
        self._basis: list[int] = []
        self._find_start()

    def highest_of(self, name: str, sign: int) -> Number | None:
        """The most that `sign` times a number comes to, above its lowest; None where there is no end."""
        costs = [0] * len(self._names)
        costs[self._names.index(name)] = sign
        return self._maximise(costs)

    def _find_start(self) -> None:
        """Any numbers that fit: helpers stand in for all, and are driven out one by one."""
        width, count = len(self._names), len(self._rows)
        for place, row in enumerate(self._rows):
            row[width:width] = [1 if other == place else 0 for other in range(count)]
        self._basis = [width + place for place in range(count)]
        if self._maximise([0] * width + [-1] * count):
            msg = "these tables contradict each other"
            raise ValueError(msg)
        for place in range(count):
            if self._basis[place] >= width:
                column = next((at for at in range(width) if self._rows[place][at]), None)
                if column is not None:
                    self._pivot(place, column)
        kept = [place for place in range(count) if self._basis[place] < width]
        self._rows = [[*self._rows[place][:width], self._rows[place][-1]] for place in kept]
        self._basis = [self._basis[place] for place in kept]

    def _maximise(self, costs: Sequence[int]) -> Number | None:
        """The last row is what is left to gain by each column; it goes when that is nothing."""
        gains: list[Number] = [*costs, 0]
        for at, row in zip(self._basis, self._rows, strict=True):
            gains = _subtract(gains, costs[at], row)
        self._rows.append(gains)
        try:
            while (column := next((at for at, gain in enumerate(self._rows[-1][:-1]) if gain > 0), None)) is not None:
                ratios = [
                    (_divide(row[-1], row[column]), at, place)
                    for place, (at, row) in enumerate(zip(self._basis, self._rows[:-1], strict=True))
                    if row[column] > 0
                ]
                if not ratios:
                    return None
                self._pivot(min(ratios)[2], column)
            return -self._rows[-1][-1]
        finally:
            self._rows.pop()

    def _pivot(self, place: int, column: int) -> None:
        factor = self._rows[place][column]
        pivot = self._rows[place] = [_divide(number, factor) for number in self._rows[place]]
        for other, row in enumerate(self._rows):
            if other != place:
                self._rows[other] = _subtract(row, row[column], pivot)
        self._basis[place] = column


def _subtract(row: list[Number], share: Number, other: Sequence[Number]) -> list[Number]:
    if not share:
        return row
    return [number - share * mine if mine else number for number, mine in zip(row, other, strict=True)]


def _divide(number: Number, factor: Number) -> Number:
    """Whole where it can be: in tables nearly all are, and fractions take thirty times as long."""
    if factor == 1:
        return number
    found = Fraction(number) / factor
    return found.numerator if found.denominator == 1 else found
