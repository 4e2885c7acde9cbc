"""A measured figure: what was measured, against what, and the target that it should reach."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Bound(Enum):
    """Which way a target looks."""

    AT_LEAST = "≥"
    AT_MOST = "≤"


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure should reach, in the figure's own unit."""

    bound: Bound
    value: float

    def is_reached_by(self, measured: float) -> bool:
        """Whether a measured value is good enough."""
        return measured >= self.value if self.bound is Bound.AT_LEAST else measured <= self.value


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    `ours` and `theirs` are the medians as a person reads them; `measured` is the ratio (or, where nothing is compared,
    the amount) that the target is about. Without a target it is told for its own sake. `faster` is how many times as
    fast as another checkout it should be at least, where a run has one beside it.
    """

    what: str
    ours: str
    theirs: str
    measured: float | None
    unit: str = "×"
    target: Target | None = None
    notes: tuple[str, ...] = ()
    faster: float | None = None

    @property
    def is_missed(self) -> bool:
        """Whether there is a target and it was not reached."""
        return self.target is not None and (self.measured is None or not self.target.is_reached_by(self.measured))


def at_least(value: float) -> Target:
    """A target that more than `value` reaches."""
    return Target(Bound.AT_LEAST, value)


def at_most(value: float) -> Target:
    """A target that less than `value` reaches."""
    return Target(Bound.AT_MOST, value)
