"""What a meeting mail must be for every client to take it, written from the standards and the known client faults.

It reads the bytes and nothing else, and shares no code with what makes them. Each rule gives a sentence when it is
broken; a good mail gives none. RFC 2045-2047, 5322 (mail), 5545 (iCalendar), 5546 (iTIP), 6047 (iMIP), 3834
(automatic mail); the clients' faults are those that Outlook, Exchange, Thunderbird and Evolution are known for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.utils import parseaddr
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

LINE_OCTETS: Final = 75
"""RFC 5545, 3.1: without the line break."""

HEADERS: Final = frozenset(
    {
        *("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"),
        *("Content-Language", "MIME-Version", "Content-Type"),
    }
)
DATE: Final = rb"\r\nDate: (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}\r\n"
"""RFC 5322, 3.3, with all that it leaves to choice."""
ONCE: Final = ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "ORGANIZER", "SUMMARY", "LOCATION", "DESCRIPTION")
EVENT_MAY_HAVE: Final = frozenset({*ONCE, "ATTENDEE", "STATUS", "CLASS", "TRANSP", "URL"})
"""No VALARM, no X-ALT-DESC, no ATTACH: each of them breaks some client."""


@dataclass(frozen=True, slots=True)
class Line:
    """One unfolded content line."""

    name: str
    params: dict[str, str]
    value: str


def faults_of(mail: bytes, *, has_calendar: bool = True) -> list[str]:
    """Every rule that a mail breaks."""
    message = message_from_bytes(mail, policy=policy.SMTP)
    found = [*_wire(mail), *_headers(mail, message), *_tree(message, has_calendar=has_calendar), *_texts(message)]
    if has_calendar and not found:
        found += _calendar(message)
    return found


def calendar_lines(message: EmailMessage) -> list[Line]:
    """The calendar part, unfolded and split as RFC 5545, 3.1 says."""
    unfolded = re.sub(rb"\r\n[ \t]", b"", _calendar_text(message)).decode("utf-8")
    return [_content_line(raw) for raw in unfolded.split("\r\n") if raw]


def plain_value(text: str) -> str:
    """A TEXT value as a person reads it (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def _wire(mail: bytes) -> Iterator[str]:
    if re.search(rb"(?<!\r)\n|\r(?!\n)", mail):
        yield "a line ends in something else than CRLF"
    if re.search(rb"[^\x20-\x7e\r\n]", mail):
        yield "there is an octet that is no printable ASCII"
    if max(map(len, mail.split(b"\r\n"))) > 998:
        yield "a line is longer than 998 octets"
    if not mail.endswith(b"\r\n"):
        yield "the last line does not end"


def _headers(mail: bytes, message: EmailMessage) -> Iterator[str]:
    head = mail.partition(b"\r\n\r\n")[0]
    if max(map(len, head.split(b"\r\n"))) > 78 + 64:
        yield "a header line is far beyond 78 characters"
    if re.search(rb"=\?[^ ]{74,}\?=", head):
        yield "an encoded word is longer than 75 characters"
    names = message.keys()
    if len(names) != len(set(names)):
        yield f"a header stands twice: {names}"
    if extra := set(names) - HEADERS:
        yield f"headers that nobody asked for: {sorted(extra)}"
    if missing := HEADERS - set(names) - {"Reply-To"}:
        yield f"headers that are missing: {sorted(missing)}"
        return
    yield from _header_values(head, message)


def _header_values(head: bytes, message: EmailMessage) -> Iterator[str]:
    sender = parseaddr(str(message["From"]))[1]
    if not re.fullmatch(r"<[A-Za-z0-9._-]{16,}@" + re.escape(sender.rpartition("@")[2]) + ">", message["Message-ID"]):
        yield f"Message-ID: {message['Message-ID']}"
    if not re.search(DATE, head):
        yield f"Date: {message['Date']}"
    if message["Auto-Submitted"] != "auto-generated":
        yield f"Auto-Submitted: {message['Auto-Submitted']}"
    for name in ("From", "To", "Reply-To"):
        if len(message.get(name, message["To"]).addresses) != 1 or message.get(name, message["To"]).defects:
            yield f"{name}: {message[name]}"
    if message["Subject"].defects or not str(message["Subject"]).strip():
        yield f"Subject: {message['Subject']}"


def _tree(message: EmailMessage, *, has_calendar: bool) -> Iterator[str]:
    kinds = ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar"]
    tree = [part.get_content_type() for part in message.walk()]
    if tree != (kinds if has_calendar else kinds[:-1]):
        yield f"the parts are {tree}"
    for part in message.walk():
        if part.defects:
            yield f"{part.get_content_type()}: {part.defects}"
        if part.get_content_disposition() or part.get_filename():
            yield f"{part.get_content_type()} has a Content-Disposition or a name"
        if part.get_content_maintype() == "text" and str(part.get_content_charset()).lower() != "utf-8":
            yield f"{part.get_content_type()} does not say charset=utf-8"
    if has_calendar and str(list(message.walk())[-1]["Content-Transfer-Encoding"]) != "base64":
        yield "the calendar part is not base64"


class _Markup(HTMLParser):
    """Which elements are open, and what the page says."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.words: list[str] = []
        self.title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"html", "head", "meta", "title", "body", "p", "table", "tr", "th", "td", "a", "br"}:
            self.faults.append(f"<{tag}> in the HTML part")
        if any(name.startswith("on") or "script:" in (value or "").lower() for name, value in attrs):
            self.faults.append(f"<{tag}> would run something")
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if "title" in self.open:
            self.title += data
        else:
            self.words += data.split()


def _texts(message: EmailMessage) -> Iterator[str]:
    """Text and HTML must say the same (RFC 2046, 5.1.4), and the HTML must be whole."""
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    if plain is None or page is None:
        return
    reader = _Markup()
    reader.feed(str(page.get_content()))
    reader.close()
    yield from reader.faults
    if reader.open:
        yield f"the HTML part leaves open: {reader.open}"
    if not str(message["Subject"]).endswith(reader.title):
        yield "the page's title is not the subject"
    said = re.sub(r"(?m)^(\w+): ", r"\1 ", str(plain.get_content())).split()
    if said != reader.words:
        yield "text and HTML say different things"


def _calendar_text(message: EmailMessage) -> bytes:
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


def _content_line(raw: str) -> Line:
    """Name, parameters and value, with quoted parameter values respected."""
    found = re.fullmatch(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*))*):(.*)', raw)
    if found is None:
        return Line("(no content line)", {}, raw)
    params = re.findall(r';([A-Z-]+)=("[^"]*"|[^";:,]*)', found[2])
    return Line(found[1], {name: value.strip('"') for name, value in params}, found[3])


def _calendar(message: EmailMessage) -> Iterator[str]:
    data = _calendar_text(message)
    yield from _folding(data)
    lines = calendar_lines(message)
    if broken := [line.value for line in lines if line.name == "(no content line)"]:
        yield f"no content line: {broken[:3]}"
        return
    shape = [f"{line.name}:{line.value}" for line in lines if line.name in {"BEGIN", "END"}]
    if shape != _SHAPE:
        yield f"the components are {shape}"
        return
    start, end = (
        next(i for i, line in enumerate(lines) if line == Line(word, {}, "VEVENT")) for word in ("BEGIN", "END")
    )
    event = lines[start + 1 : end]
    outer = {line.name: line.value for line in lines[:start]}
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    if outer.get("METHOD") != part.get_param("method"):
        yield f"method mismatch: {part.get_param('method')} and {outer.get('METHOD')}"
    if outer.get("VERSION") != "2.0" or not outer.get("PRODID"):
        yield "VERSION or PRODID"
    if any(line.name == "RDATE" for line in lines) or sum(line.name == "RRULE" for line in lines[:start]) != 2:
        yield "the time zone must be two rules, not a list of dates"
    yield from _event(message, event, str(outer.get("METHOD")), str(outer.get("TZID")))


_SHAPE: Final = [
    *("BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "BEGIN:STANDARD", "END:STANDARD", "BEGIN:DAYLIGHT", "END:DAYLIGHT"),
    *("END:VTIMEZONE", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"),
]


def _folding(data: bytes) -> Iterator[str]:
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data) or not data.endswith(b"\r\n"):
        yield "a calendar line ends in something else than CRLF"
    for line in data.split(b"\r\n"):
        if len(line) > LINE_OCTETS:
            yield f"a calendar line of {len(line)} octets"
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            yield "a fold splits a character"
    if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", data):
        yield "a control character in the calendar part"


def _event(message: EmailMessage, event: list[Line], method: str, zone: str) -> Iterator[str]:
    names = [line.name for line in event]
    values = {line.name: line for line in event}
    yield from (f"{name} stands {names.count(name)} times" for name in ONCE if names.count(name) != 1)
    if extra := set(names) - EVENT_MAY_HAVE:
        yield f"properties that clients stumble over: {sorted(extra)}"
    if not re.fullmatch(r"\d{8}T\d{6}Z", values["DTSTAMP"].value):
        yield f"DTSTAMP:{values['DTSTAMP'].value}"
    for name in ("DTSTART", "DTEND"):
        if values[name].params != {"TZID": zone} or not re.fullmatch(r"\d{8}T\d{6}", values[name].value):
            yield f"{name} is not local time in the zone that is described"
    if values["DTEND"].value <= values["DTSTART"].value:
        yield "it ends before it begins"
    organizer = values["ORGANIZER"].value
    if organizer.lower() != f"mailto:{parseaddr(str(message['From']))[1].lower()}":
        yield f"ORGANIZER is not From: {organizer}"
    attendees = [line for line in event if line.name == "ATTENDEE"]
    invited = [line.value.lower() for line in attendees]
    if f"mailto:{message['To'].addresses[0].addr_spec.lower()}" not in invited:
        yield "the recipient is no attendee"
    if len(set(invited)) != len(invited):
        yield "somebody is invited twice"
    if organizer.lower() in invited:
        yield "the organizer is invited"
    status = values["STATUS"].value if "STATUS" in values else None
    yield from (_request if method == "REQUEST" else _cancel)(attendees, status)


def _request(attendees: list[Line], status: str | None) -> Iterator[str]:
    if status != "CONFIRMED":
        yield f"a request with STATUS {status}"
    for line in attendees:
        if set(line.params) != {"CN", "CUTYPE", "ROLE", "PARTSTAT", "RSVP"} or line.params["RSVP"] != "TRUE":
            yield f"ATTENDEE with {line.params}"


def _cancel(attendees: list[Line], status: str | None) -> Iterator[str]:
    """For the whole meeting it says so; for one who is removed it names that one alone (RFC 5546, 3.2.5)."""
    if status is None and len(attendees) != 1:
        yield "a removal names others"
    if status not in {None, "CANCELLED"}:
        yield f"a cancellation with STATUS {status}"
