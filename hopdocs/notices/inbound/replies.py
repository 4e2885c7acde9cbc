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

from hopdocs.notices.inbound.calendars import UNREADABLE, calendar_text, is_calendar, read_calendars
from hopdocs.notices.wanted import WantedMeeting, normalise_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from email.message import Message

    from icalendar import Calendar, Component

    from hopdocs.notices.record import NoticeRecord

MEANINGS: Final = {
    "ACCEPTED": "ACCEPTED",
    "DECLINED": "DECLINED",
    "TENTATIVE": "TENTATIVE",
    "DELEGATED": "DECLINED",
    "NEEDS-ACTION": "NEEDS-ACTION",
}
"""PARTSTAT, and what it says of the one who was invited: who sends somebody else is not coming (RFC 5546 3.2.2.3),
and who takes an answer back has given none."""


_NOT_COMING: Final = frozenset({"DECLINED", "DELEGATED"})


@dataclass(frozen=True, slots=True)
class Reply:
    """The iTIP reply inside a mail. Outlook leaves ORGANIZER out, so UID and ATTENDEE are what counts.

    `sequence` is that of the invitation that is answered; None if the program doesn't say. `starts` is the
    meeting's start as the answering program knows it, without a zone if the mail doesn't describe one.
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


def parse_reply(message: Message, sender: str, aliases: Mapping[str, str]) -> Reply | None:
    """The first reply in a mail; None where there is none, or it says nothing that can be used.

    `aliases` leads from other addresses that people have to those that they are invited at.
    """
    for part in message.walk():
        if is_calendar(part):
            with suppress(*UNREADABLE):
                outside = str(part.get_param("method") or "")
                for calendar in read_calendars(calendar_text(part)):
                    reply = _read_reply(calendar, outside, sender, aliases)
                    if reply is not None:
                        return reply
    return None


def _read_reply(calendar: Calendar, outside: str, sender: str, aliases: Mapping[str, str]) -> Reply | None:
    """A counter-proposal is no acceptance: who asks for another time has not promised to come at this one."""
    method = str(calendar.get("METHOD") or outside).upper()
    events = [item for item in calendar.walk("VEVENT") if "RECURRENCE-ID" not in item]
    if method not in {"REPLY", "COUNTER"} or not events or "UID" not in events[0]:
        return None
    event = events[0]
    attendee = _attendee(event, sender, aliases)
    said = str(attendee.params.get("PARTSTAT", "")).upper() if attendee is not None else None
    if method == "COUNTER" and said is not None and said not in _NOT_COMING:  # RFC 5546 3.2.7 asks for no PARTSTAT
        said = "TENTATIVE"
    partstat = MEANINGS.get(said) if said is not None else None
    if partstat is None:
        return None
    sequence = re.fullmatch(r"\d{1,9}", str(event.get("SEQUENCE", "")).strip())
    return Reply(
        uid=str(event["UID"]).strip(),
        email=_address(attendee, aliases),
        partstat=partstat,
        sequence=int(sequence[0]) if sequence is not None else None,
        at=_zoned(event, "DTSTAMP"),
        starts=_moment(event, "DTSTART") if method == "REPLY" else None,
    )


def _attendee(event: Component, sender: str, aliases: Mapping[str, str]) -> Any:
    """The line of the one who answers. Somebody who delegates lists both, some programs the whole meeting."""
    found: Any = event.get("ATTENDEE", [])
    listed = found if isinstance(found, list) else [found]
    own = [item for item in listed if _address(item, aliases) == sender]
    return own[0] if own else listed[0] if len(listed) == 1 else None


def _address(attendee: Any, aliases: Mapping[str, str]) -> str:
    """The mailbox of a line; where its value is none, EMAIL says it (RFC 7986 6.2), as calendar servers write it."""
    value = re.sub(r"(?i)^mailto:", "", str(attendee)).strip(" <>")
    written = normalise_address(value if "@" in value else str(attendee.params.get("EMAIL", "")))
    return aliases.get(written, written)


def _moment(event: Component, name: str) -> datetime | None:
    with suppress(*UNREADABLE):
        found: Any = getattr(event.get(name), "dt", None)
        return found if isinstance(found, datetime) else None
    return None


def _zoned(event: Component, name: str) -> datetime | None:
    found = _moment(event, name)
    return found if found is not None and found.tzinfo is not None else None


def _starts_then(record: NoticeRecord, moment: datetime) -> bool:
    if moment.tzinfo is None and isinstance(record.facts, WantedMeeting):
        moment = moment.replace(tzinfo=ZoneInfo(record.facts.zone))
    return moment.tzinfo is not None and moment.astimezone(UTC) == record.starts_at
