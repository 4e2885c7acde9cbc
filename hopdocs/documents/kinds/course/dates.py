"""The dates of a course, as its papers are given them: counted once, above the documents (`hopdocs.deadlines`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay


@dataclass(frozen=True, slots=True)
class CourseDate:
    """One thing to do by a day. `key` is the deadline's, `who` a staff id or a role's Danish name."""

    key: str
    title: str
    due: date
    done: date | None
    who: str

    @property
    def kind(self) -> str:
        """What sort of deadline it is: the key up to its colon."""
        return self.key.partition(":")[0]

    @property
    def about(self) -> str:
        """The meeting, area or activity that it is about; '' for none."""
        return self.key.partition(":")[2]


CourseDates: TypeAlias = "Callable[[FamilyDay], tuple[CourseDate, ...]]"


def no_dates(_: FamilyDay) -> tuple[CourseDate, ...]:
    """For whoever only asks which papers there are."""
    return ()
