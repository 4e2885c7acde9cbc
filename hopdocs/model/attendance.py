"""Whether somebody who was invited comes: the words for it, the same on the agenda, on a page and on the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias


class Attendance(StrEnum):
    """What somebody has answered to a meeting as it stands now."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    NONE = "none"


ATTENDANCE_TEXTS: Final[Mapping[Attendance, str]] = MappingProxyType(
    {
        Attendance.ACCEPTED: "kommer",
        Attendance.DECLINED: "kommer ikke",
        Attendance.TENTATIVE: "kommer måske",
        Attendance.NONE: "ikke svaret",
    }
)
"""The answers as people say them."""

Attendances: TypeAlias = Mapping[str, Mapping[str, Attendance]]
"""By meeting and by address, in small letters: what is known. Who is not there has not answered."""

NOBODY_ANSWERED: Final[Attendances] = MappingProxyType({})


def attendance_of(attendances: Attendances, meeting: str, email: str) -> Attendance:
    """What one person has answered to one meeting."""
    return attendances.get(meeting, {}).get(email.strip().lower(), Attendance.NONE)
