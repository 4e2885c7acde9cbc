"""What became of one mail that was tried: how far it came, and what the server said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

NOT_THE_NOTICES_FAULT: Final = frozenset({530, 534, 535, 538})
"""Replies about us, not about this mail: authentication or encryption is asked for (RFC 4954 6)."""


class Phase(StrEnum):
    """How far a transaction came."""

    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"


class Verdict(StrEnum):
    """What a try means for the notice.

    `BROKEN` is the connection's fault before the body: the notice is as it was. `UNANSWERED` is the one case in which
    nobody knows.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    LATER = "later"
    BROKEN = "broken"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one transaction."""

    verdict: Verdict
    phase: Phase
    code: int = 0
    text: str = ""
