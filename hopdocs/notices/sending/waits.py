"""How long a notice, a server or a reply is waited for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from hopdocs.notices.record import NoticeRecord

BACKOFF_MINUTES: Final = (1, 5, 15, 60)
"""Waits after the first, second, third try; then hourly."""

CLOCK_SLIP: Final = timedelta(minutes=5)
"""What lies this much further ahead than the wait that it ends was written down by a clock that ran ahead."""

GIVE_UP_AFTER: Final = timedelta(hours=48)
UNANSWERED_WAIT: Final = timedelta(minutes=10)
"""How long a server gets that took the final dot and did not answer, as Exim and KumoMTA do it."""

SWIFT_SECONDS: Final = 0.25
"""How quickly a server must take an envelope for the next one's body to be begun in advance."""

LONG_PAUSE_CODES: Final = frozenset({"HD401", "HD403", "HD404", "HD405", "HD406", "HD717"})
"""Encryption or login: trying again soon helps nobody, and looks like an attack."""


def next_try(record: NoticeRecord, now: datetime) -> datetime | None:
    """When a refused notice is tried again; None if it would come too late to help."""
    moment = now + _wait_after(record.attempts + 1)
    limit = min((record.first_attempt_at or now) + GIVE_UP_AFTER, record.expires_at)
    return moment if moment < limit else None


def is_wait_of(record: NoticeRecord, wait: timedelta) -> bool:
    """Whether a notice that was tried may have to wait so much longer; an unanswered dot waits for its own time."""
    return wait <= max(_wait_after(record.attempts), UNANSWERED_WAIT) + CLOCK_SLIP


def _wait_after(attempts: int) -> timedelta:
    return timedelta(minutes=BACKOFF_MINUTES[min(attempts, len(BACKOFF_MINUTES)) - 1])


def pause_length(code: str, count: int) -> timedelta:
    """How long the whole server rests after the `count`-th fault in a row."""
    steps = (15, 60) if code in LONG_PAUSE_CODES else BACKOFF_MINUTES
    return timedelta(minutes=steps[min(count, len(steps) - 1)])
