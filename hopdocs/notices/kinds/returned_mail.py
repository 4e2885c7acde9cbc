"""To the tovholder, when a notice came back: somebody has not been told, and only a person can mend that."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.danish import say_day
from hopdocs.notices.kinds.kind import EVENT_PREFIX
from hopdocs.notices.kinds.short_mails import define_event_mail
from hopdocs.notices.mail.wording import say_the_meeting
from hopdocs.notices.wanted import Attendee, WantedMeeting, WantedReminder, normalise_address

if TYPE_CHECKING:
    from datetime import datetime

    from hopdocs.notices.record import NoticeRecord

_EVENT: Final = "bounce-"

_HELPS_FOR: Final = timedelta(days=2)
"""How long it is worth sending; after that the overview page has told it anyway."""

RETURNED_MAIL: Final = define_event_mail(f"{EVENT_PREFIX}{_EVENT}")


def returned_event(record: NoticeRecord) -> str:
    """What happened, once and for all: this very notice came back."""
    return f"{_EVENT}{record.id}"


def bounce_mail(record: NoticeRecord, recipient: Attendee, now: datetime) -> WantedReminder | None:
    """Who has not been told, why, and what helps; None where the notice was not about a meeting."""
    facts = record.facts
    if not isinstance(facts, WantedMeeting):
        return None
    why = next((text for status, text in _WHY.items() if record.smtp_text.startswith(status)), "")
    is_staff = any(item.staff for item in facts.attendees if normalise_address(item.email) == record.email)
    place = "config.yaml" if is_staff else "familiens fil"
    return WantedReminder(
        family=record.family,
        meeting=record.meeting,
        key="",
        recipient=recipient,
        due=now.date(),
        expires=now + _HELPS_FOR,
        case_number=facts.case_number,
        subject="en mail kom retur",
        lines=(
            f"Mailen til {record.email} om {say_the_meeting(facts)} {say_day(facts.starts)} kom retur.",
            *([why] if why else []),
            "Modtageren har altså ikke fået besked. Ring til vedkommende.",
            f"Er adressen forkert, så få den rettet i {place}. Så går mailen ud igen af sig selv.",
        ),
        organizer=facts.organizer,
        organizer_name=facts.organizer_name,
        reply_to=facts.organizer,
        signature=facts.signature,
    )


_WHY: Final = {
    "5.1.": "Adressen findes ikke.",
    "5.2.": "Postkassen er fuld eller lukket.",
    "4.2.": "Postkassen er fuld eller lukket.",
    "5.4.": "Modtagerens mailserver kunne ikke nås.",
    "4.4.": "Modtagerens mailserver kunne ikke nås.",
    "5.7.": "Modtagerens mailserver ville ikke tage imod mailen.",
}
"""What the beginning of a status code means (RFC 3463), where it helps the one who must act."""
