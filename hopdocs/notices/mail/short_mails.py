"""Short mails that an event asks for, not the data: a notice came back, a pushed file could not be read.

They go through the same ledger, gates and delivery as everything else, once for each event.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.notices.mail.message import compose_notice
from hopdocs.notices.mail.wording import say_day, say_the_meeting
from hopdocs.notices.planning.reminders import EVENT_PREFIX, reminder_notice
from hopdocs.notices.wanted import Attendee, WantedMeeting, WantedReminder, normalise_address

if TYPE_CHECKING:
    from datetime import datetime

    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.notices.record import NoticeId, NoticeRecord

HELPS_FOR = timedelta(days=2)
"""How long it is worth sending; after that the overview page has told it anyway."""


def queue_short_mail(
    ledger: Ledger, mail: WantedReminder, event: str, now: datetime, *, channel: str = ""
) -> NoticeId | None:
    """Put one mail into the ledger, unless this event has had its mail already.

    `event` names what happened, once and for all: `bounce-17`, or `unreadable-` and the file's digest.
    """
    if has_had_mail(ledger, mail.family, event, channel):
        return None
    notice = reminder_notice(replace(mail, key=f"{EVENT_PREFIX}{event}"), [], channel, now)
    return ledger.record_plan([], [compose_notice(replace(notice, not_before=None))], now)[0]


def has_had_mail(ledger: Ledger, family: str, event: str, channel: str = "") -> bool:
    """Whether an event has had its mail."""
    key = f"{EVENT_PREFIX}{event}"
    return any(item.key == key and item.channel == channel for item in ledger.of_family(family))


def bounce_mail(record: NoticeRecord, recipient: Attendee, now: datetime) -> WantedReminder | None:
    """To the tovholder, when a notice could not be delivered: who has not been told, why, and what helps."""
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
        expires=now + HELPS_FOR,
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


def unreadable_mail(  # noqa: PLR0913 - what the mail says, and who it is from
    family: str,
    recipient: Attendee,
    *,
    case_number: str,
    line: int,
    organizer: str,
    organizer_name: str,
    now: datetime,
) -> WantedReminder:
    """To the tovholder, when a file that was pushed can't be read: case number and line, nothing else."""
    return WantedReminder(
        family=family,
        meeting="",
        key="",
        recipient=recipient,
        due=now.date(),
        expires=now + HELPS_FOR,
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
