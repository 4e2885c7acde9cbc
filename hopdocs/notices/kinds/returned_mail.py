"""To the tovholder, about mail that came back or was refused and that only a person can make something of.

A notice could not be delivered: somebody has not been told. Or an answer came from an address that was not invited.
"""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.danish import say_day
from hopdocs.notices.kinds.kind import EVENT_PREFIX
from hopdocs.notices.kinds.short_mails import define_event_mail
from hopdocs.notices.mail.wording import say_the_meeting
from hopdocs.notices.wanted import Attendee, WantedMeeting, WantedReminder, normalise_address

if TYPE_CHECKING:
    from datetime import date, datetime

    from hopdocs.notices.record import NoticeRecord, Stranger

_EVENT: Final = "bounce-"

_HELPS_FOR: Final = timedelta(days=2)
"""How long it is worth sending; after that the overview page shows it anyway."""

_STRANGERS_EVENT: Final = "stranger-"
_SHOWN: Final = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9.-]{1,190}")

STRANGERS_ANSWER: Final = define_event_mail(f"{EVENT_PREFIX}{_STRANGERS_EVENT}")
RETURNED_MAIL: Final = define_event_mail(f"{EVENT_PREFIX}{_EVENT}")


def returned_event(record: NoticeRecord) -> str:
    """The event's key in the ledger: this very notice did not arrive. One mail a key, for good."""
    return f"{_EVENT}{record.id}"


def bounce_mail(record: NoticeRecord, recipient: Attendee, now: datetime, today: date) -> WantedReminder | None:
    """The mail that says who has not been told, why, and what helps; None if the notice was not about a meeting."""
    facts = record.facts
    if not isinstance(facts, WantedMeeting):
        return None
    what = "kom retur" if record.reason == "bounced" else "kunne ikke afleveres"
    why = next((text for status, text in _WHY.items() if record.smtp_text.startswith(status)), "")
    is_staff = any(item.staff for item in facts.attendees if normalise_address(item.email) == record.email)
    place = "config.yaml" if is_staff else "familiens fil"
    return WantedReminder(
        family=record.family,
        meeting=record.meeting,
        key="",
        recipient=recipient,
        due=today,
        expires=now + _HELPS_FOR,
        case_number=facts.case_number,
        subject=f"en mail {what}",
        lines=(
            f"Mailen til {record.email} om {say_the_meeting(facts)} {say_day(facts.starts)} {what}.",
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


def strangers_event(stranger: Stranger) -> str:
    """What happened, once and for all: this address answered this invitation so."""
    digest = hashlib.sha256(f"{stranger.uid}|{stranger.sender}|{stranger.partstat}".encode("utf-8", "replace"))
    return f"{_STRANGERS_EVENT}{digest.hexdigest()[:32]}"


def strangers_mail(
    stranger: Stranger, facts: WantedMeeting, recipient: Attendee, now: datetime, today: date
) -> WantedReminder:
    """Which address, what it said, and what helps. What a stranger wrote beside it is not repeated."""
    sender = stranger.sender if _SHOWN.fullmatch(stranger.sender) else "en adresse, der ikke kan vises"
    answer = _ANSWERS.get(stranger.partstat, "Et svar")
    return WantedReminder(
        family=facts.family,
        meeting=facts.meeting,
        key="",
        recipient=recipient,
        due=today,
        expires=now + _HELPS_FOR,
        case_number=facts.case_number,
        subject="et svar kom fra en, der ikke er indkaldt",
        lines=(
            f"{answer} til {say_the_meeting(facts)} {say_day(facts.starts)} kom fra {sender}, som ikke er indkaldt.",
            "Svaret er ikke regnet med. Er det en kollegas anden adresse, skal den stå i config.yaml under aliases.",
            "Er indkaldelsen sendt videre til en anden, så ring til den, der er indkaldt.",
        ),
        organizer=facts.organizer,
        organizer_name=facts.organizer_name,
        reply_to=facts.organizer,
        signature=facts.signature,
    )


_ANSWERS: Final = {"ACCEPTED": "Et ja", "DECLINED": "Et afbud", "TENTATIVE": "Et måske"}
