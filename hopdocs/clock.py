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
    """The machine's clock moved to another day: what `--today` uses. Time of day goes on as usual."""

    shift: timedelta

    @classmethod
    def as_of(cls, today: date, zone: ZoneInfo, *, now: datetime | None = None) -> ShiftedClock:
        """A clock on which it is `today` in `zone`, at the time of day that the clocks there show at `now`.

        Not whole days: seen from winter, the last hour of an evening would be past midnight of a day in summer.
        """
        present = datetime.now(zone) if now is None else now.astimezone(zone)
        return cls(datetime.combine(today, present.timetz()).astimezone(UTC) - present.astimezone(UTC))

    def now(self) -> datetime:
        """The present moment in UTC, moved."""
        return datetime.now(UTC) + self.shift

    def monotonic(self) -> float:
        """Seconds since an arbitrary start."""
        return time.monotonic()
