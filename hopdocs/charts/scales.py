"""From values and days to places on the sheet, with the ticks that an axis has: round numbers, first days of months."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hopdocs.danish import decimal, short_month
from hopdocs.figures.gaps import months_apart, months_between

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_STEPS_OF_MONTHS: Final = (1, 2, 3, 6, 12, 24, 36)
_ROUND: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of numbers on a stretch of the sheet."""

    lowest: float
    highest: float
    begin: float
    end: float

    def place(self, value: float | Decimal) -> float:
        """Where a value stands."""
        share = (float(value) - self.lowest) / (self.highest - self.lowest)
        return self.begin + share * (self.end - self.begin)


@dataclass(frozen=True, slots=True)
class Ticks:
    """An axis of numbers: its ends, and what stands at it."""

    lowest: float
    highest: float
    values: tuple[float, ...]

    def words(self) -> tuple[str, ...]:
        """The numbers as Danish writes them."""
        return tuple(decimal(Decimal(repr(round(value, 6)))) for value in self.values)


def number_ticks(values: Iterable[Decimal], lowest: Decimal | None, highest: Decimal | None, most: int = 6) -> Ticks:
    """Ticks around the values; the axis ends where it was told to, or at round numbers beyond the values.

    It begins at nought unless the values lie close together far away from it: a fall from 31 to 12 looks like one.
    """
    known = [float(value) for value in values]
    low = float(lowest) if lowest is not None else min(known, default=0.0)
    high = float(highest) if highest is not None else max(known, default=1.0)
    if lowest is None and low > 0 and low < 0.75 * high:
        low = 0.0
    if high <= low:
        low, high = (low, low + 1) if lowest is not None or low == 0 else (low - abs(low) * 0.1, low + abs(low) * 0.1)
    step = _round_step((high - low) / max(most - 1, 1))
    first = low if lowest is not None else math.floor(low / step + 1e-9) * step
    last = high if highest is not None else math.ceil(high / step - 1e-9) * step
    begin = math.ceil(first / step - 1e-9)
    end = math.floor(last / step + 1e-9)
    ticks = [number * step for number in range(begin, end + 1)]
    ends = [first] * (lowest is not None) + [last] * (highest is not None)
    ticks = [tick for tick in ticks if all(abs(tick - fixed) > step * 0.6 for fixed in ends)] + ends
    return Ticks(first, last, tuple(sorted(set(ticks))))


def _round_step(least: float) -> float:
    size = float(10 ** math.floor(math.log10(least)))
    return next(size * factor for factor in _ROUND if size * factor >= least * 0.999)


def month_ticks(first: date, last: date, most: int) -> tuple[tuple[date, str], ...]:
    """As many months as have room, with their short names, of those within the days."""
    count = months_apart(first, last) + 1
    step = next((step for step in _STEPS_OF_MONTHS if count <= step * most), math.ceil(count / max(most, 1)))
    return tuple((day, short_month(day)) for day in months_between(first, last, step) if first <= day <= last)
