"""One iTIP object a notice: a VCALENDAR with one VEVENT that Outlook, Apple and Google all take.

What clients demand is spread over RFC 5545 (the format), RFC 5546 (requests and cancellations) and RFC 6047 (mail);
what they really do was seen in the bug reports of other programs. No alarm, no HTML, no attachment: each of them
breaks some client.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from icalendar import Calendar, Event, vCalAddress, vDatetime, vText

from hopdocs.notices.mail.wording import describe_entry, entry_summary
from hopdocs.notices.record import Method
from hopdocs.notices.wanted import WantedMeeting, normalise_address, one_line

if TYPE_CHECKING:
    from datetime import datetime

    from hopdocs.notices.kinds.kind import CalendarPart
    from hopdocs.notices.record import NewNotice

PRODUCT: Final = "-//hopdocs//helhedsorienterede planer//DA"

COPENHAGEN: Final = "Europe/Copenhagen"

TIMEZONE_BLOCK: Final = b"""BEGIN:VTIMEZONE\r
TZID:Europe/Copenhagen\r
BEGIN:STANDARD\r
DTSTART:19701025T030000\r
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r
TZNAME:CET\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:19700329T020000\r
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r
TZNAME:CEST\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
END:DAYLIGHT\r
END:VTIMEZONE\r
"""
"""The union's summer time as rules, not as a list of dates: Outlook ignores lists and shifts an hour.

Libraries generate lists (or wrong onsets) for this zone, so it is written out here.
"""

_END: Final = b"END:VCALENDAR\r\n"
_PIECE_OCTETS: Final = 74
"""Beside the blank that a continued line begins with."""


class PlainText(vText):
    r"""A text as somebody wrote it: of `S:\Nadira` the library makes a line break and `adira` (icalendar 7.3.2)."""

    def to_ical(self) -> bytes:
        """Escaped (RFC 5545 3.3.11)."""
        return rb"\\N".join(bytes(vText(part).to_ical()) for part in self.split(r"\N"))


def compose_calendar(notice: NewNotice) -> bytes:
    """The notice's calendar object, CRLF lines of at most 75 octets, the same bytes for the same notice.

    Everybody who is invited to a meeting gets the same object, so it is made once for them all.
    """
    facts, part = notice.facts, notice.kind.calendar
    if part is None or not isinstance(facts, WantedMeeting):
        msg = f"a notice of the kind {notice.kind.name} has no calendar part"
        raise TypeError(msg)
    if facts.zone != COPENHAGEN:
        msg = f"no calendar rules for the time zone {facts.zone}"
        raise ValueError(msg)
    uid = notice.uid
    if notice.channel:
        facts, uid = replace(facts, title=f"[Prøve] {facts.title}"), _trial_uid(notice)
    return _compose_object(facts, part, uid, notice.sequence, notice.dtstamp, notice.answers)


def _trial_uid(notice: NewNotice) -> str:
    """An entry of its own for each recipient whom a trial stands in for, and never the real one.

    Whoever looks at the trial box is often invited herself. Under the real UID her calendar would hold the trial's
    entry, with a SEQUENCE beside which the real invitation looks out of date.
    """
    digest = hashlib.sha256(f"{notice.channel}|{notice.uid}|{notice.email}".encode()).hexdigest()
    return f"{digest[:32]}@{notice.uid.rpartition('@')[2]}"


@lru_cache(maxsize=32)
def _compose_object(  # noqa: PLR0913, PLR0917 - exactly what the object shows
    facts: WantedMeeting,
    part: CalendarPart,
    uid: str,
    sequence: int,
    dtstamp: datetime,
    answers: tuple[tuple[str, str], ...],
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", part.method.value)
    event = Event()
    event.add("uid", vText(uid))
    event.add("sequence", sequence)
    event["dtstamp"] = vDatetime(dtstamp)
    _describe_meeting(event, facts, part)
    _list_attendees(event, facts, part.method, dict(answers))
    return b"".join([_write(calendar).removesuffix(_END), TIMEZONE_BLOCK, _write(event), _END])


def _write(component: Calendar | Event) -> bytes:
    """The component's lines, folded here: the library looks at every character by itself, for half of all its time."""
    return b"".join(_fold(str(line)) for line in component.content_lines() if line)


def _fold(line: str) -> bytes:
    """A content line with its CRLF, in pieces of at most 75 octets (RFC 5545 3.1), the same as the library's.

    No letter is cut, and no escape: a backslash or a caret goes along with what it stands before.
    """
    octets, pieces = line.encode(), []
    while len(octets) > _PIECE_OCTETS:
        end = _PIECE_OCTETS
        while octets[end] & 0xC0 == 0x80:  # noqa: PLR2004 - the inside of a letter in UTF-8 (RFC 3629 3)
            end -= 1
        if octets[end - 1] in b"\\^" and end > 1:
            end -= 1
        pieces.append(octets[:end])
        octets = octets[end:]
    return b"\r\n ".join([*pieces, octets]) + b"\r\n"


def _describe_meeting(event: Event, facts: WantedMeeting, part: CalendarPart) -> None:
    for name, local in (("dtstart", facts.starts), ("dtend", facts.ends)):
        moment = vDatetime(local.replace(tzinfo=None))
        moment.params["TZID"] = facts.zone
        event[name] = moment
    event.add("summary", PlainText(one_line(entry_summary(facts))))
    event.add("location", PlainText(one_line(facts.place)))
    event.add("description", PlainText(describe_entry(part.describe(facts), facts)))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    if part.status:
        event.add("status", part.status)
    if facts.case_url:
        event.add("url", one_line(facts.case_url))


def _list_attendees(event: Event, facts: WantedMeeting, method: Method, answers: dict[str, str]) -> None:
    event["organizer"] = _address(facts.organizer, facts.organizer_name)
    for attendee in facts.attendees:
        entry = _address(attendee.email, attendee.name)
        entry.params["CUTYPE"] = "INDIVIDUAL"
        entry.params["ROLE"] = attendee.role
        if method is Method.REQUEST:
            entry.params["PARTSTAT"] = answers.get(normalise_address(attendee.email), "NEEDS-ACTION")
            entry.params["RSVP"] = "TRUE"
        event.add("attendee", entry, encode=False)


def _address(email: str, name: str) -> vCalAddress:
    """A calendar address; a quotation mark can't stand in a parameter (RFC 5545 3.2), so it becomes an apostrophe."""
    address = vCalAddress(f"mailto:{one_line(email)}")
    address.params["CN"] = one_line(name).replace('"', "'") or one_line(email)
    return address
