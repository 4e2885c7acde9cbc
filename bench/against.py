"""This checkout beside another one: what each figure costs here and there, measured in pairs.

Each checkout runs its own benchmarks in a process of its own, and both are asked in turns, figure by figure, so that a
slow minute of the machine is slow for both. Of a pair only the ratio counts; what the pairs differ by is the noise.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.commands import HOME
from bench.processes import Driven
from bench.rivals.installation import PROGRAMS
from bench.table import align, format_seconds, read_amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

PAIRS: Final = 5
_HEAD: Final = ("figure", "this", "other", "least", "median", "most", "worse")


@dataclass(slots=True)
class Compared:
    """One figure's own amounts in both checkouts, pair by pair, and why there is none where there is none."""

    what: str
    unit: str = ""
    pairs: list[tuple[float, float]] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """This checkout's amount by the other's, least first: above 1 this one costs more."""
        return sorted(ours / theirs for ours, theirs in self.pairs)

    @property
    def is_worse(self) -> bool:
        """Whether this one cost more in every pair: where one pair says otherwise, it may be noise."""
        return bool(self.pairs) and self.ratios[0] > 1


class Checkout(Driven):
    """One benchmark of a checkout, under way."""

    def __init__(self, folder: Path, name: str) -> None:
        # The same interpreter and packages for both, so that only the checkouts differ.
        command: list[str | Path] = [sys.executable, "-P", PROGRAMS / "figures_program.py", name]
        super().__init__(command, folder=folder, environment={**os.environ, "PYTHONPATH": str(folder)})
        self.end: str | None = None
        self.is_over = False

    def next_figure(self) -> tuple[str, str] | None:
        """Its name and its own amount as told; None when there is no more."""
        if self.is_over:
            return None
        told: Mapping[str, str] = json.loads(self.ask_for_line(""))
        if "end" in told:
            self.is_over, self.end = True, told["end"]
            return None
        return told["what"], told["own"]


def compare(
    names: Iterable[str], other: Path, say: Callable[[str], None], *, pairs: int = PAIRS
) -> tuple[list[Compared], list[str]]:
    """Every figure of these benchmarks in so many pairs, and notes of what could not be paired."""
    found: dict[str, Compared] = {}
    notes: dict[str, None] = {}
    for name in names:
        for number in range(pairs):
            say(f"… {name}, pair {number + 1} of {pairs}")
            ours, theirs, ends = _measure_both(name, other)
            notes.update(dict.fromkeys(ends))
            for what in [*ours, *(what for what in theirs if what not in ours)]:
                it = found.setdefault(what, Compared(what))
                one, two = read_amount(ours.get(what, "")), read_amount(theirs.get(what, ""))
                if one and two and one[1] == two[1]:
                    it.unit = one[1]
                    it.pairs.append((one[0], two[0]))
                else:
                    notes[f"{what}: {ours.get(what, 'none')} here, {theirs.get(what, 'none')} there"] = None
    return list(found.values()), list(notes)


def _measure_both(name: str, other: Path) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """What each tells, a figure of this one and then a figure of the other, and what stopped them."""
    told: tuple[dict[str, str], dict[str, str]] = ({}, {})
    with ExitStack() as until_done:
        both = [until_done.enter_context(Checkout(folder, name)) for folder in (HOME, other)]
        while not all(checkout.is_over for checkout in both):
            for figures, checkout in zip(told, both, strict=True):
                if figure := checkout.next_figure():
                    figures[figure[0]] = figure[1]
    ends = zip(("here", "there"), both, strict=True)
    return *told, [f"{where}: {checkout.end}" for where, checkout in ends if checkout.end]


def format_comparison(compared: Iterable[Compared], notes: Iterable[str]) -> str:
    """The table, what could not be paired, and a line that names what is worse."""
    compared = list(compared)
    rows = [_HEAD, *(_format_row(it) for it in compared)]
    worse = [it.what for it in compared if it.is_worse]
    unpaired = sum(not it.pairs for it in compared)
    measured = len(compared) - unpaired
    said = f"{len(worse)} of {measured} figures WORSE in every pair: {'; '.join(worse)}." if worse else ""
    said = said or f"None of {measured} figures is worse in every pair."
    pairs = max((len(it.pairs) for it in compared), default=0)
    said += f" Equal code is worse in all {pairs} pairs 1 time in {2**pairs}." if worse else ""
    left = f" {unpaired} could not be compared." if unpaired else ""
    return "\n".join([*align(rows), *notes, "", said + left])


def _format_row(it: Compared) -> tuple[str, ...]:
    if not it.pairs:
        return (it.what, *["–"] * 5, "?")
    ours, theirs = (median(pair[side] for pair in it.pairs) for side in (0, 1))
    tell = format_seconds if it.unit == "s" else lambda amount: f"{amount:.0f} {it.unit}"
    spread = (it.ratios[0], median(it.ratios), it.ratios[-1])
    return (it.what, tell(ours), tell(theirs), *(f"{ratio:.3f}" for ratio in spread), "YES" if it.is_worse else "no")
