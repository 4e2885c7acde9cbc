"""What a reader with a pencil can work out about hidden numbers: the least and the most that each can be.

She knows every number that is shown, what adds up to what, and the least that a hidden number can be. The simplex
method over fractions finds the exact ends; Bland's rule keeps it from going round in circles.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_ZERO: Final = Fraction(0)
_ONE: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Equation:
    """Hidden numbers, each with its factor, that come to a number that is known."""

    factors: Mapping[str, Fraction]
    known: Fraction


def bounds_of(
    equations: Iterable[Equation], lowest: Mapping[str, Fraction], wanted: Iterable[str]
) -> dict[str, tuple[Fraction, Fraction | None]]:
    """The ends of each wanted number; None for one without an upper end.

    Raises `ValueError` where the equations contradict each other.
    """
    wanted = set(wanted)
    found: dict[str, tuple[Fraction, Fraction | None]] = {}
    for names, own in _components([item for item in equations if item.factors]):
        asked = [name for name in names if name in wanted]
        if not asked:
            continue
        program = _Program(names, own, lowest)
        for name in asked:
            least, most = program.highest_of(name, -_ONE), program.highest_of(name, _ONE)
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

    def __init__(self, names: Sequence[str], equations: Sequence[Equation], lowest: Mapping[str, Fraction]) -> None:
        self._names = list(names)
        self._rows: list[list[Fraction]] = []
        for item in equations:
            known = item.known - sum((factor * lowest[name] for name, factor in item.factors.items()), _ZERO)
            row = [item.factors.get(name, _ZERO) for name in self._names]
            sign = -_ONE if known < 0 else _ONE
            self._rows.append([sign * number for number in (*row, known)])
        self._basis: list[int] = []
        self._find_start()

    def highest_of(self, name: str, sign: Fraction) -> Fraction | None:
        """The most that `sign` times a number comes to, above its lowest; None where there is no end."""
        costs = [_ZERO] * len(self._names)
        costs[self._names.index(name)] = sign
        return self._maximise(costs)

    def _find_start(self) -> None:
        """Any numbers that fit: helpers stand in for all, and are driven out one by one."""
        width, count = len(self._names), len(self._rows)
        for place, row in enumerate(self._rows):
            row[width:width] = [_ONE if other == place else _ZERO for other in range(count)]
        self._basis = [width + place for place in range(count)]
        if self._maximise([_ZERO] * width + [-_ONE] * count):
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

    def _maximise(self, costs: Sequence[Fraction]) -> Fraction | None:
        while True:
            column = self._entering(costs)
            if column is None:
                return sum((costs[at] * row[-1] for at, row in zip(self._basis, self._rows, strict=True)), _ZERO)
            ratios = [
                (row[-1] / row[column], self._basis[place], place)
                for place, row in enumerate(self._rows)
                if row[column] > 0
            ]
            if not ratios:
                return None
            self._pivot(min(ratios)[2], column)

    def _entering(self, costs: Sequence[Fraction]) -> int | None:
        """The first column that would make it more."""
        weights = [(costs[at], row) for at, row in zip(self._basis, self._rows, strict=True) if costs[at]]
        for column, cost in enumerate(costs):
            if column not in self._basis and cost > sum((weight * row[column] for weight, row in weights), _ZERO):
                return column
        return None

    def _pivot(self, place: int, column: int) -> None:
        factor = self._rows[place][column]
        pivot = self._rows[place] = [number / factor for number in self._rows[place]]
        for other, row in enumerate(self._rows):
            if other != place and row[column]:
                share = row[column]
                self._rows[other] = [number - share * mine for number, mine in zip(row, pivot, strict=True)]
        self._basis[place] = column
