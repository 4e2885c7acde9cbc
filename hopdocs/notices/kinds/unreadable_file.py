"""To the tovholder, when a file that was pushed can't be read: whoever saved it sits at another machine."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.notices.kinds.kind import EVENT_PREFIX
from hopdocs.notices.kinds.short_mails import define_event_mail
from hopdocs.notices.wanted import Attendee, WantedReminder

if TYPE_CHECKING:
    from datetime import date, datetime

_EVENT: Final = "unreadable-"

_HELPS_FOR: Final = timedelta(days=2)
"""How long it is worth sending; after that the overview page shows it anyway."""

UNREADABLE_FILE: Final = define_event_mail(f"{EVENT_PREFIX}{_EVENT}")


def unreadable_event(blob: str) -> str:
    """The event's key in the ledger: a file with this content was pushed. One mail a key, for good."""
    return f"{_EVENT}{blob}"


def unreadable_mail(  # noqa: PLR0913 - what the mail says, and who it is from
    family: str,
    recipient: Attendee,
    *,
    case_number: str,
    line: int,
    organizer: str,
    organizer_name: str,
    now: datetime,
    today: date,
) -> WantedReminder:
    """The mail that says which case's file cannot be read, and at which line: nothing else of it."""
    return WantedReminder(
        family=family,
        meeting="",
        key="",
        recipient=recipient,
        due=today,
        expires=now + _HELPS_FOR,
        case_number=case_number,
        subject="filen kan ikke læses",
        lines=(
            f"Familiens fil kan ikke læses. Fejlen står i linje {line}.",
            "De sidste gode dokumenter bliver, hvor de er, og der sendes intet, før fejlen er rettet.",
        ),
        organizer=organizer,
        organizer_name=organizer_name,
        reply_to=organizer,
    )
