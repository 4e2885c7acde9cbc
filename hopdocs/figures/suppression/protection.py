"""Which numbers of all tables of one run are hidden, so that nobody is found in them or by subtracting them.

A number that tells of one to four families is hidden (primary). Another is hidden with it (secondary) wherever the
small one could be worked out, or narrowed down to less than "one to four". Nothing that is hidden is nought: 0 tells
of nobody and is shown, unless whoever publishes withholds it, since beside nought alone a hidden number is a whole
group. A family's share of kroner or meetings may not be narrowed down to a fifth either way.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from hopdocs.domain.project.numbers import SMALLEST_TOLD
from hopdocs.figures.suppression.bounds import Equation, bounds_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from hopdocs.figures.suppression.bounds import Number
    from hopdocs.figures.suppression.tables import Cell, PublishedTable, Sum

HIDDEN: Final = "skjult"
"""What stands for a hidden number, small or not: a word of its own for the small ones would tell which they are."""
SENTENCE: Final = (
    f"Tal om færre end {SMALLEST_TOLD} familier er skjult. Hvor et skjult tal kunne regnes ud af de andre, "
    "er et tal mere skjult."
)
_CLOSE: Final = Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class Protection:
    """What may be shown of one run's tables."""

    cells: Mapping[str, Cell]
    primary: frozenset[str]
    secondary: frozenset[str]

    @property
    def hidden(self) -> frozenset[str]:
        """The keys of all hidden numbers. What is worked out from one of them, a share or a mean, is hidden too."""
        return self.primary | self.secondary

    def value(self, key: str) -> Decimal | None:
        """A number, None if it is hidden."""
        return None if key in self.hidden else self.cells[key].value


def protect_tables(tables: Iterable[PublishedTable], withheld: Iterable[str] = ()) -> Protection:
    """What must be hidden when all of these are published together, and the `withheld` numbers are not.

    Raises `ValueError` where a key has two values, or something does not add up: then nobody knows what is safe.
    """
    every = list(tables)
    cells = _cells_of(every)
    sums = list(dict.fromkeys(item for table in every for item in table.sums))
    _check_sums(cells, sums)
    withheld = frozenset(withheld)
    primary = withheld | {key for key, cell in cells.items() if 0 < cell.families < SMALLEST_TOLD}
    hidden = set(primary)
    while exposed := find_exposed(cells, sums, hidden, withheld):
        more = {key for name in exposed for key in _cover(name, cells, sums, hidden)}
        # Nothing more that an exposed one adds up with: then everything that adds up is hidden, and nothing is known.
        more = more or {key for item in sums for key in (item.total, *item.parts) if cells[key].value} - hidden
        if not more:
            break
        hidden |= more
    return Protection(cells, frozenset(primary), frozenset(hidden - primary))


def find_exposed(
    cells: Mapping[str, Cell], sums: Iterable[Sum], hidden: Iterable[str], withheld: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The small numbers that the shown ones give away; nought too, where it is `withheld` and not nought in all."""
    hidden, sums = set(hidden), list(sums)
    nought_in_all = {part for item in sums if not cells[item.total].value for part in item.parts}
    small = [key for key in hidden - nought_in_all if cells[key].families < SMALLEST_TOLD]
    lowest = {key: 0 if key in withheld else _least(cells[key]) for key in hidden}
    found = bounds_of((_equation(item, cells, hidden) for item in sums), lowest, small)
    return frozenset(
        key
        for key, (least, most) in found.items()
        if not _is_wide(cells[key], _least_ever(key, cells, sums), least, most)
    )


def _cells_of(tables: Iterable[PublishedTable]) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for table in tables:
        for cell in table.cells:
            if found.setdefault(cell.key, cell) != cell:
                msg = f"{table.name}: {cell.key} is another number elsewhere"
                raise ValueError(msg)
    return found


def _check_sums(cells: Mapping[str, Cell], sums: Iterable[Sum]) -> None:
    for item in sums:
        if cells[item.total].value != sum(cells[part].value for part in item.parts):
            msg = f"{item.total} is not the sum of its parts"
            raise ValueError(msg)


def _least(cell: Cell) -> int:
    """The least that a reader takes a hidden number for. Kroner and meetings may be next to nothing."""
    return 1 if cell.is_count else 0


def _least_ever(key: str, cells: Mapping[str, Cell], sums: Iterable[Sum]) -> int:
    """A total of three parts that are not nought is three at least, however much is hidden."""
    own = [item.parts for item in sums if item.total == key]
    return max((sum(_least_ever(part, cells, sums) for part in parts if cells[part].value) for parts in own), default=1)


def _is_wide(cell: Cell, least_ever: int, least: Number, most: Number | None) -> bool:
    if cell.is_count:
        return least <= least_ever and (most is None or most >= SMALLEST_TOLD - 1)
    value = Fraction(cell.value)
    margin = _CLOSE * abs(value)
    return least <= value - margin and (most is None or most >= value + margin)


def _equation(item: Sum, cells: Mapping[str, Cell], hidden: set[str]) -> Equation:
    factors: Counter[str] = Counter()
    known: Number = 0
    for key, factor in ((item.total, 1), *((part, -1) for part in item.parts)):
        if key in hidden:
            factors[key] += factor
        else:
            known -= factor * _exact(cells[key].value)
    return Equation({key: factor for key, factor in factors.items() if factor}, known)


def _exact(value: Decimal) -> Number:
    found = Fraction(value)
    return found.numerator if found.denominator == 1 else found


def _cover(name: str, cells: Mapping[str, Cell], sums: Iterable[Sum], hidden: set[str]) -> set[str]:
    """One more number of each sum that the exposed one is in: the one that tells of fewest, a total last."""
    chosen = set()
    for item in sums:
        if name not in (item.total, *item.parts):
            continue
        shown = [key for key in (*item.parts, item.total) if key not in hidden and cells[key].value]
        if shown:
            chosen.add(min(shown, key=lambda key: (key == item.total, cells[key].families, key)))
    return chosen
