"""The calendar parts of a mail, read as far as an answer needs them.

What an answer says stands in five lines. A time zone whose rule nobody can read, an alarm or a broken start beside
them is no reason to lose it: where the calendar as a whole cannot be read, those five are read by themselves.
"""

from __future__ import annotations

import re
from contextlib import suppress
from email.header import decode_header, make_header
from typing import TYPE_CHECKING, Final

from hopdocs.notices.inbound.mail_file import wide_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from icalendar import Calendar

CALENDAR_TYPES: Final = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_ENDINGS: Final = (".ics", ".vcs", ".ical", ".icalendar")

UNREADABLE: Final = (ValueError, LookupError, AttributeError, TypeError, RecursionError)
"""What icalendar raises over a calendar that nobody should have written."""

_METHOD: Final = re.compile(r"(?m)^METHOD[^:\n]*:[ \t]*(\w+)", re.IGNORECASE)
_NEEDED: Final = re.compile(
    r"(?m)^(?:UID|SEQUENCE|DTSTAMP|DTSTART|RECURRENCE-ID|ATTENDEE)[;:][^\n]{0,2000}$", re.IGNORECASE
)
_ATTENDEE: Final = re.compile(r"ATTENDEE\b(.*):[ \t]*mailto:[ \t]*([^\s:;,\"<>]+)[ \t]*", re.IGNORECASE)
_PARTSTAT: Final = re.compile(r";[ \t]*PARTSTAT[ \t]*=[ \t]*\"?([A-Z-]+)", re.IGNORECASE)
_BEGINS: Final = re.compile(r"(?im)^(?=BEGIN:VCALENDAR[ \t]*$)")
_AFTER_EVENT: Final = ("\nEND:VEVENT", "\nBEGIN:VEVENT\n", "\nEND:VCALENDAR")
_MOST_CALENDARS: Final = 20
_MOST_EVENTS: Final = 20
_MOST_LINES: Final = 200


def is_calendar(part: Message) -> bool:
    """Whether a part holds a calendar: by its type, by its file's name, or by how it begins.

    Gateways and Windows have many names for a type that they do not know.
    """
    is_named_so = part.get_content_type() in CALENDAR_TYPES or _file_name(part).lower().endswith(_ENDINGS)
    return is_named_so or _begins_as_calendar(part)


def calendar_text(part: Message) -> str:
    """A calendar part as text: UTF-8, as RFC 5545 wants it, or else what the mail says, or Latin-1."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        msg = "no text"
        raise TypeError(msg)
    wide = wide_encoding(payload)
    if wide:
        return payload.decode(wide, "replace")
    for charset in ("utf-8-sig", part.get_content_charset() or "latin-1"):
        with suppress(UnicodeDecodeError, LookupError):
            return payload.decode(charset)
    return payload.decode("latin-1")


def read_calendars(text: str) -> Iterator[Calendar]:
    """Each calendar, and in its place, for whoever finds nothing in it, less and less of it."""
    calendars = _BEGINS.split(re.sub(r"\r\n?", "\n", text))
    for calendar in calendars[1 : _MOST_CALENDARS + 1] or calendars:
        yield from _read_calendar(calendar)


def _read_calendar(text: str) -> Iterator[Calendar]:
    from icalendar import Calendar  # noqa: PLC0415 - takes a tenth of a second, and few cycles find an answer

    with suppress(*UNREADABLE):
        yield Calendar.from_ical(text)
    lines = re.sub(r"\n[ \t]", "", text)
    blocks = list(_event_blocks(lines))
    method = _METHOD.search(lines)
    for left_out in ((), ("DTSTART", "DTSTAMP")):
        with suppress(*UNREADABLE):
            yield Calendar.from_ical(_bare_calendar(blocks, method[1] if method is not None else "", left_out))


def _event_blocks(lines: str) -> Iterator[str]:
    """What stands in each event; where the file breaks off, without a line that may be half.

    Looked for and not matched: a pattern takes for ever where many begin and none end.
    """
    capitals, end = lines.upper(), 0
    for _ in range(_MOST_EVENTS):
        start = capitals.find("BEGIN:VEVENT\n", end)
        if start < 0:
            return
        start += len("BEGIN:VEVENT")
        ends = [at for name in _AFTER_EVENT if (at := capitals.find(name, start)) >= 0]
        end = min(ends, default=lines.rfind("\n") + 1)
        if "\nUID" in capitals[start:end]:  # without it nobody knows what is answered
            yield lines[start:end].partition("\n")[2]


def _bare_calendar(blocks: list[str], method: str, left_out: tuple[str, ...]) -> str:
    lines = ["BEGIN:VCALENDAR", *([f"METHOD:{method}"] if method else [])]
    for block in blocks:
        needed = [item for item in _NEEDED.findall(block)[:_MOST_LINES] if not item.upper().startswith(left_out)]
        lines += ["BEGIN:VEVENT", *map(_plain_attendee, needed), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _plain_attendee(line: str) -> str:
    """An attendee's line with nothing but the answer and the address: names are where programs forget the quotes."""
    found = _ATTENDEE.fullmatch(line)
    if found is None:
        return line
    partstat = _PARTSTAT.search(found[1])
    return f"ATTENDEE{';PARTSTAT=' + partstat[1] if partstat is not None else ''}:mailto:{found[2]}"


def _begins_as_calendar(part: Message) -> bool:
    payload = part.get_payload(decode=True)
    head = payload[:200].replace(b"\x00", b"") if isinstance(payload, bytes) else b""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.lstrip().upper().startswith(b"BEGIN:VCALENDAR")


def _file_name(part: Message) -> str:
    """What the part is called, also where the name is an encoded word, which RFC 2047 does not allow there."""
    name = part.get_filename() or ""
    with suppress(*UNREADABLE):
        return str(make_header(decode_header(name))) if "=?" in name else name
    return name
