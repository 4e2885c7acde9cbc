"""What became of one mail that was tried: how far it came, and what the server said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

NOT_THE_NOTICES_FAULT: Final = frozenset({530, 534, 535, 538})
"""Replies about us, not about this mail: authentication or encryption is asked for (RFC 4954 6)."""

_TOO_LARGE: Final = (523, 552)
_OUR_ACCOUNT: Final = ("5.1.90 ", "5.2.252 ", "5.4.5 ")
"""The day's limit is reached, or an account may not send as this sender: Exchange Online and Google say it late."""
_NOT_ALLOWED: Final = "5.7."
"""Of security or policy (RFC 3463 3.8): the recipient's own, or a relay that takes nothing from us."""


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

    @property
    def refuses_us(self) -> bool:
        """Whether a refusal for good is one of us: at MAIL, of a mail nothing is known but its size."""
        if self.verdict is not Verdict.REFUSED or not self.code:
            return False
        is_at_mail = self.phase is Phase.MAIL and self.code not in _TOO_LARGE
        return is_at_mail or self.text.startswith(_OUR_ACCOUNT)

    @property
    def may_refuse_us(self) -> bool:
        """Whether a refusal for good may as well be one of us as of the recipient."""
        is_not_allowed = self.verdict is Verdict.REFUSED and self.text.startswith(_NOT_ALLOWED)
        return self.refuses_us or is_not_allowed
