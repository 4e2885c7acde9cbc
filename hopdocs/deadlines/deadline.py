"""One deadline, and how it moves to a working day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hopdocs.domain.working_days import next_working_day, previous_working_day

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.model.config import Config


class DeadlineKind(StrEnum):
    """Who set a deadline."""

    LAW = "law"
    AGREEMENT = "agreement"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing to do by a day.

    `due` is the working day to keep, `nominal` the day as counted. `done` is when it was done. `who` is a staff id,
    or a role's Danish name.
    """

    key: str
    title: str
    due: date
    nominal: date
    done: date | None
    kind: DeadlineKind
    who: str

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed and nothing was done."""
        return self.done is None and self.due < today


def set_deadline(  # noqa: PLR0913 - one argument a column of the table
    config: Config, key: str, title: str, nominal: date, *, done: date | None, kind: DeadlineKind, who: str
) -> Deadline:
    """A deadline with its working day."""
    move = previous_working_day if kind is DeadlineKind.LAW else next_working_day
    return Deadline(key, title, move(nominal, config), nominal, done, kind, who)
