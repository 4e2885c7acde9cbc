"""Contenders that take turns, so that a slow minute of the machine is slow for all of them."""

from __future__ import annotations

import gc
import time
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def take_turns(
    contenders: Mapping[str, Callable[[], object]], *, rounds: int, repeats: Mapping[str, int] | None = None
) -> dict[str, float]:
    """The median seconds of one call of each, over rounds in which each is called once, or as often as `repeats` says.

    Each runs once before anything is counted: files are in the page cache then, and compiled templates compiled. The
    collector rests while the clock runs, for all alike.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for act in contenders.values():
        act()
    for _ in range(rounds):
        for name, act in contenders.items():
            times = (repeats or {}).get(name, 1)
            gc.collect()
            gc.disable()
            try:
                begun = time.perf_counter()
                for _ in range(times):
                    act()
                seconds[name].append((time.perf_counter() - begun) / times)
            finally:
                gc.enable()
    return {name: median(values) for name, values in seconds.items()}


def clock(act: Callable[[], object]) -> float:
    """The seconds that one call takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
