"""When a family is to be forgotten: the coordinator is asked from then on, and nothing goes before she says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.deadlines.deadline import Deadline, DeadlineKind, set_deadline
from hopdocs.domain.course.retention import kept_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay

FORGETTING: Final = "retention"
"""The deadline's key."""


def list_forgetting(day: FamilyDay) -> Iterator[Deadline]:
    """The day, once it has come: years before, it would only stand in the way of what is to be done."""
    until = kept_until(day)
    if until is None or day.today < until:
        return
    yield set_deadline(
        day.config,
        FORGETTING,
        "Tiden for at gemme er gået: slet, når alt er journaliseret (hopdocs forget)",
        until,
        done=None,
        kind=DeadlineKind.LOCAL,
        who=day.config.project_coordinator,
    )
