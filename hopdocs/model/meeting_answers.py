"""Whether somebody who was invited comes: the words for it, the same on the agenda, on a page and on the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias


class MeetingAnswer(StrEnum):
    """What somebody has answered to a meeting as it stands now."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    NONE = "none"


ANSWER_TEXTS: Final[Mapping[MeetingAnswer, str]] = MappingProxyType(
    {
        MeetingAnswer.ACCEPTED: "kommer",
        MeetingAnswer.DECLINED: "kommer ikke",
        MeetingAnswer.TENTATIVE: "kommer måske",
        MeetingAnswer.NONE: "ikke svaret",
    }
)
"""The answers as people say them."""

CurrentAnswers: TypeAlias = Mapping[str, Mapping[str, MeetingAnswer]]
"""By meeting and by address, in small letters: what is known. Who is not there has not answered."""

NOBODY_ANSWERED: Final[CurrentAnswers] = MappingProxyType({})


def answer_of(current_answers: CurrentAnswers, meeting: str, email: str) -> MeetingAnswer:
    """What one person has answered to one meeting."""
    return current_answers.get(meeting, {}).get(email.strip().lower(), MeetingAnswer.NONE)
