"""The only place that asks what time it is. Everything else is told."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Clock(Protocol):
    """What time it is, and how much has passed."""

    def now(self) -> datetime:
        """The present moment in UTC, with its zone."""

    def monotonic(self) -> float:
        """Seconds that never run backwards; only differences mean anything."""


def file_clock_ns() -> int:
    """Now as a file system stamps it, in nanoseconds: the machine's own time, also where a verb acts as of a day."""
    return time.time_ns()


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day of `moment` where the municipality is."""
    return moment.astimezone(zone).date()


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since an arbitrary start."""
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class ShiftedClock:
    """The machine's clock moved by whole days: what `--today` uses. Time of day goes on as usual."""

    shift: timedelta

    @classmethod
    def as_of(cls, today: date, zone: ZoneInfo) -> ShiftedClock:
        """A clock on which it is `today` in `zone`, at the present time of day."""
        return cls(today - datetime.now(zone).date())

    def now(self) -> datetime:
        """The present moment in UTC, moved."""
        return datetime.now(UTC) + self.shift

    def monotonic(self) -> float:
        """Seconds since an arbitrary start."""
        return time.monotonic()
