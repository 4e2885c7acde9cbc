"""Answers to an invitation, as calendar programs write them (METHOD:REPLY, RFC 5546 3.2.3).

Each program has its own way: Outlook leaves ORGANIZER out and writes `MAILTO:` in capitals, a phone leaves SEQUENCE
out, others send Latin-1, forget METHOD inside, or list the whole meeting. What is read is as little as can be: which
entry, who, what, to which invitation, and when it was written.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from icalendar import Calendar

from hopdocs.notices.wanted import WantedMeeting, normalise_address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import Message

    from icalendar import Component

    from hopdocs.notices.record import NoticeRecord

CALENDAR_TYPES: Final = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})

MEANINGS: Final = {
    "ACCEPTED": "ACCEPTED",
    "DECLINED": "DECLINED",
    "TENTATIVE": "TENTATIVE",
    "DELEGATED": "DECLINED",
    "NEEDS-ACTION": "NEEDS-ACTION",
}
"""PARTSTAT, and what it says of the one who was invited: who sends somebody else is not coming (RFC 5546 3.2.2.3),
and who takes an answer back has given none."""

_UNREADABLE: Final = (ValueError, LookupError, AttributeError, TypeError, RecursionError)
"""What icalendar raises over a calendar that nobody should have written."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The iTIP reply inside a mail. Outlook leaves ORGANIZER out, so UID and ATTENDEE are what counts.

    `sequence` is that of the invitation that is answered; None where the program doesn't say. `starts` is the
    meeting's start as the answering program knows it, without a zone where the mail doesn't describe one.
    """

    uid: str
    email: str
    partstat: str
    sequence: int | None
    at: datetime | None = None
    starts: datetime | None = None

    def answered(self, known: Sequence[NoticeRecord]) -> NoticeRecord | None:
        """Which of the notices that somebody got, oldest first, this is the answer to.

        Without a SEQUENCE the start decides. Without either it must be plain: all of them said the same time.
        """
        if self.sequence is not None:
            return next((item for item in reversed(known) if item.sequence == self.sequence), None)
        if self.starts is not None:
            return next((item for item in reversed(known) if _starts_then(item, self.starts)), None)
        return known[-1] if known and len({item.starts_at for item in known}) == 1 else None


def parse_reply(message: Message, sender: str) -> Reply | None:
    """The first reply in a mail; None where there is none, or it says nothing that can be used."""
    for part in message.walk():
        if part.get_content_type() in CALENDAR_TYPES:
            with suppress(*_UNREADABLE):
                calendar = Calendar.from_ical(_text_of(part))
                method = str(calendar.get("METHOD") or part.get_param("method") or "").upper()
                reply = _read_reply(calendar, method, sender)
                if reply is not None:
                    return reply
    return None


def _read_reply(calendar: Calendar, method: str, sender: str) -> Reply | None:
    """A counter-proposal is no acceptance: who asks for another time has not promised to come at this one."""
    events = [item for item in calendar.walk("VEVENT") if "RECURRENCE-ID" not in item]
    if method not in {"REPLY", "COUNTER"} or not events:
        return None
    event = events[0]
    attendee = _attendee(event, sender)
    partstat = MEANINGS.get(str(attendee.params.get("PARTSTAT", "")).upper()) if attendee is not None else None
    if partstat is None:
        return None
    if method == "COUNTER" and partstat != "DECLINED":
        partstat = "TENTATIVE"
    return Reply(
        uid=str(event["UID"]).strip(),
        email=_address(attendee),
        partstat=partstat,
        sequence=int(str(event["SEQUENCE"])) if "SEQUENCE" in event else None,
        at=_zoned(event, "DTSTAMP"),
        starts=_moment(event, "DTSTART") if method == "REPLY" else None,
    )


def _attendee(event: Component, sender: str) -> Any:
    """The line of the one who answers. Somebody who delegates lists both, some programs the whole meeting."""
    listed = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
    own = [item for item in listed if _address(item) == sender]
    return own[0] if own else listed[0] if len(listed) == 1 else None


def _address(attendee: Any) -> str:
    return normalise_address(re.sub(r"(?i)^mailto:", "", str(attendee)))


def _moment(event: Component, name: str) -> datetime | None:
    found: Any = getattr(event.get(name), "dt", None)
    return found if isinstance(found, datetime) else None


def _zoned(event: Component, name: str) -> datetime | None:
    found = _moment(event, name)
    return found if found is not None and found.tzinfo is not None else None


def _starts_then(record: NoticeRecord, moment: datetime) -> bool:
    if moment.tzinfo is None and isinstance(record.facts, WantedMeeting):
        moment = moment.replace(tzinfo=ZoneInfo(record.facts.zone))
    return moment.tzinfo is not None and moment.astimezone(UTC) == record.starts_at


def _text_of(part: Message) -> str:
    """A calendar part as text: UTF-8, as RFC 5545 wants it, or else what the mail says, or Latin-1."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        msg = "no text"
        raise TypeError(msg)
    for charset in ("utf-8-sig", part.get_content_charset() or "latin-1"):
        with suppress(UnicodeDecodeError, LookupError):
            return payload.decode(charset)
    return payload.decode("latin-1")
