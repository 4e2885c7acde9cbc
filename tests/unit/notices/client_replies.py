"""Answers in the forms in which calendar programs and phones write them, with made-up people and addresses."""

from __future__ import annotations

import base64
import quopri
from typing import Final

from tests.unit.notices.samples import RIGMOR, sample_meeting

UID: Final = sample_meeting().uid

ROMANCE: Final = (
    "BEGIN:VTIMEZONE\r\nTZID:Romance Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\n"
    "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
)


def calendar(*lines: str, method: str = "REPLY", zone: str = "") -> str:
    """A calendar object with one event."""
    head = ["BEGIN:VCALENDAR", *([f"METHOD:{method}"] if method else []), "PRODID:-//x//y//EN", "VERSION:2.0"]
    return "\r\n".join([*head, f"{zone}BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])


def mail(parts: str, *, kind: str, sender: str = f"Rigmor Rimfrost <{RIGMOR.email}>", more: str = "") -> bytes:
    """A mail around it; `kind` is the Content-Type of the whole."""
    return (
        f"Received: from mx.vesterlyng.example by mail.vesterlyng.example; Sat, 21 Nov 2026 09:00:00 +0100\r\n"
        f"From: {sender}\r\nTo: hop@vesterlyng.example\r\n"
        f"Subject: =?iso-8859-1?Q?Accepteret=3A_familieplansm=F8de?=\r\nMessage-ID: <{len(parts)}@client.example>\r\n"
        f"{more}MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n{parts}"
    ).encode("utf-8", "surrogateescape")


def alternative(text: str, *, encoding: str = "base64", charset: str = "utf-8", param: str = "method=REPLY") -> str:
    """Two parts, the second with the calendar."""
    data = text.encode(charset, "replace")
    if encoding == "base64":
        body = base64.encodebytes(data).decode().replace("\n", "\r\n")
    elif encoding == "quoted-printable":
        body = quopri.encodestring(data).decode()
    else:
        body = data.decode("utf-8", "surrogateescape")
    return (
        '--b\r\nContent-Type: text/plain; charset="iso-8859-1"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        "Jeg kommer 10 minutter for sent.\r\n"
        f'--b\r\nContent-Type: text/calendar; charset="{charset}"; {param}\r\n'
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n--b--\r\n"
    )


ALTERNATIVE: Final = 'multipart/alternative;\r\n\tboundary="b"'


def outlook(partstat: str = "ACCEPTED", *, method: str = "REPLY", start: str = "20261124T100000") -> bytes:
    """Exchange Online: no ORGANIZER, capitals, a zone of its own name, what it keeps for itself in X- properties."""
    text = calendar(
        f"ATTENDEE;PARTSTAT={partstat};CN=Rigmor Rimfrost:MAILTO:{RIGMOR.email.upper()}",
        "COMMENT;LANGUAGE=da-DK:Jeg kommer 10 minutter for sent.\\n",
        f"UID:{UID}",
        "SUMMARY;LANGUAGE=da-DK:Accepteret: Familieplansmøde\\, sag 26-012345",
        f"DTSTART;TZID=Romance Standard Time:{start}",
        "DTEND;TZID=Romance Standard Time:20261124T120000",
        "CLASS:PRIVATE",
        "PRIORITY:5",
        "DTSTAMP:20261121T080000Z",
        "TRANSP:OPAQUE",
        "STATUS:CONFIRMED",
        "SEQUENCE:0",
        "LOCATION;LANGUAGE=da-DK:Mødelokale Havørnen",
        "X-MICROSOFT-CDO-APPT-SEQUENCE:0",
        "X-MICROSOFT-CDO-OWNERAPPTID:0",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-MICROSOFT-CDO-REPLYTIME:20261121T080000Z",
        "X-MICROSOFT-DISALLOW-COUNTER:FALSE",
        "X-MS-OLK-RESPTYPE:1",
        method=method,
        zone=ROMANCE,
    )
    more = "X-MS-Exchange-Calendar-Originator-Id: 1\r\nX-MS-Has-Attach:\r\n"
    return mail(alternative(text, param=f"method={method}"), kind=ALTERNATIVE, more=more)


def google(partstat: str = "DECLINED") -> bytes:
    """Google Calendar: UTC, the whole of the ATTENDEE line, and a copy as an attachment; the sender is a machine."""
    text = calendar(
        "DTSTART:20261124T090000Z",
        "DTEND:20261124T110000Z",
        "DTSTAMP:20261121T080000Z",
        "ORGANIZER;CN=hop@vesterlyng.example:mailto:hop@vesterlyng.example",
        f"UID:{UID}",
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat};CN=Rigmor\r\n"
        f'  Rimfrost;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="Syg, desværre":mailto:{RIGMOR.email}',
        "CREATED:20261121T075900Z",
        "LAST-MODIFIED:20261121T080000Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
    )
    attached = base64.encodebytes(text.encode()).decode()
    parts = (
        f"--o\r\nContent-Type: {ALTERNATIVE}\r\n\r\n{alternative(text, encoding='7bit')}\r\n"
        f'--o\r\nContent-Type: application/ics; name="invite.ics"\r\nContent-Disposition: attachment\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{attached}\r\n--o--\r\n"
    )
    more = "Sender: Google Calendar <calendar-notification@calendars.example>\r\nAuto-Submitted: auto-generated\r\n"
    return mail(parts, kind='multipart/mixed; boundary="o"', more=more)


def apple(partstat: str = "TENTATIVE") -> bytes:
    """Apple's calendar: quoted parameters with an address of their own, 8bit."""
    text = calendar(
        "CREATED:20261121T075900Z",
        f"UID:{UID}",
        "DTEND;TZID=Europe/Copenhagen:20261124T120000",
        f'ATTENDEE;CN="Rigmor Rimfrost";CUTYPE=INDIVIDUAL;EMAIL="{RIGMOR.email}";PARTSTAT={partstat}'
        f":mailto:{RIGMOR.email}",
        "SUMMARY:Familieplansmøde\\, sag 26-012345",
        "DTSTART;TZID=Europe/Copenhagen:20261124T100000",
        "DTSTAMP:20261121T080000Z",
        'ORGANIZER;CN="Vesterlyng Kommune":mailto:hop@vesterlyng.example',
        "SEQUENCE:0",
    )
    return mail(alternative(text, encoding="8bit"), kind=ALTERNATIVE)


def thunderbird(partstat: str = "ACCEPTED") -> bytes:
    """Thunderbird: quoted-printable, what it heard of when."""
    text = calendar(
        "CREATED:20261121T075900Z",
        "DTSTAMP:20261121T080000Z",
        f"UID:{UID}",
        "SUMMARY:Familieplansmøde\\, sag 26-012345",
        "ORGANIZER:mailto:hop@vesterlyng.example",
        f"ATTENDEE;CN=Rigmor Rimfrost;PARTSTAT={partstat};ROLE=REQ-PARTICIPANT:mailto:{RIGMOR.email}",
        "X-MOZ-RECEIVED-SEQUENCE:0",
        "X-MOZ-RECEIVED-DTSTAMP:20261121T075000Z",
        "DTSTART;TZID=Europe/Copenhagen:20261124T100000",
        "SEQUENCE:0",
    )
    return mail(alternative(text, encoding="quoted-printable"), kind=ALTERNATIVE)


def phone(partstat: str = "ACCEPTED", *, start: str = "DTSTART:20261124T090000Z") -> bytes:
    """A phone that says little: no SEQUENCE, no METHOD inside, a mark at the beginning, line feeds alone."""
    lines = [f"UID:{UID}", f"ATTENDEE;PARTSTAT={partstat}:mailto:{RIGMOR.email}", "DTSTAMP:20261121T080000Z"]
    text = "\ufeff" + calendar(*lines, *([start] if start else []), method="").replace("\r\n", "\n")
    return mail(text, kind="text/calendar; charset=utf-8; method=reply; name=meeting.ics")


def latin(partstat: str = "ACCEPTED") -> bytes:
    """A groupware of old: ISO 8859-1, 8bit."""
    text = calendar(
        f'ATTENDEE;PARTSTAT={partstat};CN="Birthe Blåbærris/Vesterlyng":MAILTO:{RIGMOR.email}',
        f"UID:{UID}",
        "DTSTAMP:20261121T080000Z",
        "SUMMARY:Godkendt: Familieplansmøde",
        "SEQUENCE:0",
    )
    return mail(alternative(text, encoding="8bit", charset="iso-8859-1"), kind=ALTERNATIVE)


def delegated() -> bytes:
    """Somebody else goes instead: both are listed (RFC 5546, 3.2.2.3)."""
    text = calendar(
        f'ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:{RIGMOR.email}":mailto:vikar@vesterlyng.example',
        f'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:vikar@vesterlyng.example":mailto:{RIGMOR.email}',
        f"UID:{UID}",
        "DTSTAMP:20261121T081000Z",
        "SEQUENCE:0",
    )
    return mail(alternative(text), kind=ALTERNATIVE)


def tnef() -> bytes:
    """Outlook's own format, which nobody else reads."""
    parts = (
        "--b\r\nContent-Type: text/plain\r\n\r\nAccepteret\r\n--b\r\nContent-Type: application/ms-tnef;"
        ' name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgEGkAgABAAAAAAAAQABAAEHkAYA\r\n--b--\r\n'
    )
    return mail(parts, kind='multipart/mixed; boundary="b"')


def out_of_office() -> bytes:
    """No answer: nobody has read the invitation. It returns what it got."""
    text = calendar(f"UID:{UID}", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{RIGMOR.email}", "SEQUENCE:0", method="REQUEST")
    more = "Auto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\nPrecedence: bulk\r\n"
    return mail(alternative(text, param="method=REQUEST"), kind=ALTERNATIVE, more=more)


def signed(partstat: str = "ACCEPTED") -> bytes:
    """The answer inside a signature, behind a gateway's note."""
    inner = outlook(partstat).partition(b"MIME-Version: 1.0\r\n")[2].decode()
    parts = (
        "--m\r\nContent-Type: text/plain\r\n\r\nEKSTERN MAIL\r\n"
        '--m\r\nContent-Type: multipart/signed; boundary="s"\r\n\r\n'
        f"--s\r\n{inner}\r\n--s\r\nContent-Type: application/pkcs7-signature\r\n\r\nMIIB\r\n--s--\r\n--m--\r\n"
    )
    return mail(parts, kind='multipart/mixed; boundary="m"')
