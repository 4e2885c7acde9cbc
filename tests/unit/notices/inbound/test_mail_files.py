"""Mails as mailbox rules, gateways and people's hands put them into files, and how senders are written."""

from __future__ import annotations

import base64
import codecs
import quopri
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from hopdocs.notices.inbound.answers import Reading, apply_inbound
from hopdocs.notices.inbound.mail_file import LONGEST_HEADER, sender_of
from tests.unit.notices import client_replies as clients
from tests.unit.notices.samples import FAMILY, NOW, PELLE, RIGMOR, World, sample_meeting

if TYPE_CHECKING:
    from collections.abc import Callable

MAILS: Final = Path(__file__).parents[3] / "data" / "mail"
RETURNED: Final = b"<f69aa1632814ab398cdde4fdc15e053a@vesterlyng.example>"
"""The mail that the kept bounces tell of."""


@pytest.fixture
def world() -> World:
    world = World()
    world.tell(sample_meeting())
    return world


def kept(name: str, world: World) -> bytes:
    """A kept mail; a bounce tells of Rigmor's."""
    record = next(item for item in world.ledger.of_family(FAMILY) if item.email == RIGMOR.email)
    return (MAILS / name).read_bytes().replace(RETURNED, record.message_id.encode())


def answers(world: World) -> dict[str, str]:
    return {item.email: item.partstat for item in world.ledger.answers()}


@pytest.mark.parametrize(
    "name",
    [
        "eml-with-bom-control.eml",
        "eml-with-bom-reply.eml",
        "from-bare-comma-reply.eml",
        "from-name-is-address-reply.eml",
        "reply-broken-elsewhere-vtimezone-rule.eml",
        "reply-octet-stream-reply.eml",
    ],
)
def test_each_kept_answer_is_understood(world: World, name: str) -> None:
    assert apply_inbound(world.ledger, name, kept(name, world), NOW).reading is Reading.ANSWER
    assert answers(world) == {RIGMOR.email: "ACCEPTED"}


def test_a_mark_before_a_bounce_hides_nothing(world: World) -> None:
    name = "eml-with-bom-bounce.eml"
    assert apply_inbound(world.ledger, name, kept(name, world), NOW).reading is Reading.BOUNCE


def _as_wide(mail: bytes, codec: str, mark: bytes) -> bytes:
    return mark + mail.decode().encode(codec)


@pytest.mark.parametrize(
    "as_file",
    [
        lambda mail: b"\r\n" + mail,
        lambda mail: b"\n \t\n\n\n" + mail,
        lambda mail: codecs.BOM_UTF8 + b"\r\n\r\n" + mail,
        lambda mail: b"From rri@vesterlyng.example Sat Nov 21 09:00:00 2026\n" + mail.replace(b"\r\n", b"\n"),
        lambda mail: b"\n>From MAILER-DAEMON Sat Nov 21 09:00:00 2026\r\n\r\n" + mail,
        lambda mail: _as_wide(mail, "utf-16-le", codecs.BOM_UTF16_LE),
        lambda mail: _as_wide(mail, "utf-16-be", codecs.BOM_UTF16_BE),
        lambda mail: _as_wide(mail, "utf-16-le", b""),
        lambda mail: _as_wide(mail, "utf-16-be", b""),
        lambda mail: mail.replace(b"\r\n", b"\r\r\n"),
        lambda mail: _as_wide(mail.replace(b"\r\n", b"\r\r\n"), "utf-16-le", codecs.BOM_UTF16_LE),
    ],
)
def test_a_file_is_read_however_a_program_has_written_the_mail_into_it(
    world: World, as_file: Callable[[bytes], bytes]
) -> None:
    mail = clients.apple("DECLINED").decode().encode("ascii", "replace")
    assert apply_inbound(world.ledger, "a.eml", as_file(mail), NOW).reading is Reading.ANSWER
    assert answers(world) == {RIGMOR.email: "DECLINED"}


def test_a_header_with_a_blank_before_its_colon_is_no_mbox_line(world: World) -> None:
    mail = clients.phone().replace(b"Received:", b"From : x\r\nReceived:", 1).partition(b"Received:")
    assert apply_inbound(world.ledger, "a.eml", mail[1] + mail[2], NOW).reading is Reading.ANSWER


@pytest.mark.parametrize(
    "written",
    [
        "rri@vesterlyng.example",
        "<rri@vesterlyng.example>",
        "Rimfrost, Rigmor <rri@vesterlyng.example>",
        "Rimfrost, Rigmor, ssk. <RRI@Vesterlyng.example>",
        '"Rimfrost, Rigmor" <rri@vesterlyng.example>',
        '"ppa@vesterlyng.example, Rigmor" <rri@vesterlyng.example>',
        "rri@vesterlyng.example <rri@vesterlyng.example>",
        "rri@vesterlyng.example, Rigmor <rri@vesterlyng.example>",
        "rri@vesterlyng.example (Rigmor (Vesterlyng, Kommune))",
        "Rigmor (ppa@vesterlyng.example) <rri@vesterlyng.example>",
        "=?utf-8?Q?Rimfrost=2C_Rigmor?= <rri@vesterlyng.example>",
        "=?utf-8?Q?Rimfrost=2C?=\r\n =?utf-8?Q?_Rigmor?= <rri@vesterlyng.example>",
        "Rigmor <mailto:rri@vesterlyng.example>",
        "Rigmor <\trri@vesterlyng.example >",
        "Familierådgivningen: Rigmor <rri@vesterlyng.example>;",
        "Team: rri@vesterlyng.example;",
        "Rigmor <rri@vesterlyng.example",
        "<rri@vesterlyng.example> <rri@vesterlyng.example>",
        "Rimfrost, Rigmor <rri@vesterlyng.example> <RRI@vesterlyng.example>",
        "Rigmor <rri@vesterlyng.example>, <rri@vesterlyng.example>",
        '"rri"@vesterlyng.example',
        'Rigmor <"rri"@vesterlyng.example>',
        '"Rigmor" "rri"@vesterlyng.example',
    ],
)
def test_the_sender_is_known_however_the_name_is_written(written: str) -> None:
    message = Message()
    message["From"] = written
    assert sender_of(message) == RIGMOR.email


@pytest.mark.parametrize(
    "written",
    [
        "",
        "undisclosed-recipients:;",
        "Rigmor",
        "Rigmor <>",
        "Rigmor <rri>",
        "ppa@vesterlyng.example, Rigmor <rri@vesterlyng.example>",
        "Pelle <ppa@vesterlyng.example>, Rigmor <rri@vesterlyng.example>",
        "Rigmor <rri@vesterlyng.example>, ppa@vesterlyng.example",
        "rri@vesterlyng.example, ppa@vesterlyng.example",
        "Team: rri@vesterlyng.example, ppa@vesterlyng.example;",
        "<rri@vesterlyng.example> <ppa@vesterlyng.example>",
        "<rri@vesterlyng.example> ppa@vesterlyng.example, <rri@vesterlyng.example>",
        "<rri@vesterlyng.example> <>",
        '"ppa"@vesterlyng.example, Rigmor <rri@vesterlyng.example>',
        '"rri, Rigmor"@vesterlyng.example',
        '"rri@vesterlyng.example"@elsewhere.example',
    ],
)
def test_several_senders_or_none_are_not_one(written: str) -> None:
    message = Message()
    message["From"] = written
    assert sender_of(message) == ""


@pytest.mark.parametrize("hostile", ["(", '"', "<", "< ", "a", "a@", '"\\"', "a,", "\\("])
def test_a_header_made_to_take_for_ever_takes_no_time(hostile: str) -> None:
    message = Message()
    message["From"] = (hostile * LONGEST_HEADER)[:LONGEST_HEADER]
    assert sender_of(message) == ""


def _part(kind: str, body: str, more: str = "") -> bytes:
    parts = (
        "--b\r\nContent-Type: text/plain\r\n\r\nJeg kommer.\r\n"
        f"--b\r\nContent-Type: {kind}\r\n{more}\r\n{body}\r\n--b--\r\n"
    )
    return clients.mail(parts, kind='multipart/mixed; boundary="b"')


EVENT: Final = (
    f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{RIGMOR.email}",
    f"UID:{clients.UID}",
    "DTSTAMP:20261121T080000Z",
    "SEQUENCE:0",
)
PLAIN: Final = clients.calendar(*EVENT)
BASE64: Final = base64.encodebytes(PLAIN.encode()).decode()
QUOTED: Final = quopri.encodestring(PLAIN.encode()).decode()


@pytest.mark.parametrize(
    "mail",
    [
        _part('application/octet-stream; name="invite.ics"', PLAIN),
        _part(
            "application/octet-stream",
            BASE64,
            'Content-Disposition: attachment; filename="INVITE.ICS"\r\nContent-Transfer-Encoding: base64\r\n',
        ),
        _part(
            "application/octet-stream",
            PLAIN,
            "Content-Disposition: attachment; filename*=utf-8''m%C3%B8de.ics\r\n",
        ),
        _part('application/octet-stream; name="=?utf-8?B?bcO4ZGUuaWNz?="', PLAIN),
        _part("application/octet-stream", BASE64, "Content-Transfer-Encoding: base64\r\n"),
        _part("application/ics", BASE64, "Content-Transfer-Encoding: base64\r\n"),
        _part("application/x-unheard-of; name=svar.vcs", QUOTED, "Content-Transfer-Encoding: quoted-printable\r\n"),
        _part("text/plain", "\r\n" + PLAIN),
        *(
            _part(
                kind, base64.encodebytes(mark + PLAIN.encode(codec)).decode(), "Content-Transfer-Encoding: base64\r\n"
            )
            for kind in ("text/calendar", "text/plain")
            for codec, mark in (("utf-16-le", b""), ("utf-16-be", b""), ("utf-16-be", codecs.BOM_UTF16_BE))
        ),
        _part("application/calendar", PLAIN),
        _part("text/x-unheard-of", BASE64, "Content-Transfer-Encoding: base64\r\n"),
        _part('text/calendar; charset="utf-8"; METHOD="REPLY"', clients.calendar(*EVENT, method="")),
        _part("application/ics; method=reply", clients.calendar(*EVENT, method="")),
    ],
)
def test_a_calendar_is_found_whatever_its_part_is_called(world: World, mail: bytes) -> None:
    assert apply_inbound(world.ledger, "a.eml", mail, NOW).reading is Reading.ANSWER
    assert answers(world) == {RIGMOR.email: "ACCEPTED"}


def test_an_attached_text_that_only_speaks_of_a_calendar_is_none(world: World) -> None:
    mail = _part('application/octet-stream; name="invite.ics.txt"', f"Se her:\r\n{PLAIN}")
    assert apply_inbound(world.ledger, "a.eml", mail, NOW).reading is Reading.UNKNOWN


_RULE: Final = "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_RULE, "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=X"),
        ("TZOFFSETTO:+0100", "TZOFFSETTO:sommertid"),
        ("DTSTART:16010101T030000", "DTSTART:for længe siden"),
        ("TZID:Romance Standard Time\r\n", ""),
        (clients.ROMANCE, ""),
        ("END:VTIMEZONE\r\n", ""),
        ("DTSTART;TZID=Romance Standard Time:20261124T100000", "DTSTART:i morgen"),
        ("DTSTART;TZID=Romance Standard Time:20261124T100000", "DTSTART;TZID=:20261124T100000"),
        ("DTSTART;TZID=Romance Standard Time:20261124T100000", "DTSTART;TZID=(UTC+01:00) Bruxelles:20261124T100000"),
        ("DTSTAMP:20261121T080000Z", "DTSTAMP:lige nu"),
        ("DTSTAMP:20261121T080000Z", "BEGIN:VALARM\r\nTRIGGER:snart\r\nEND:VALARM\r\nDTSTAMP:20261121T080000Z"),
        ("CN=Rigmor Rimfrost:", "CN=Rimfrost; Rigmor:"),
        ("CN=Rigmor Rimfrost:", 'CN=Rigmor "Rie" Rimfrost:'),
        ("END:VCALENDAR\r\n", ""),
        ("END:VEVENT\r\n", ""),
        ("END:VEVENT\r\nEND:VCALENDAR\r\n", ""),
        ("END:VEVENT\r\nEND:VCALENDAR\r\n", "UID:f"),
        ("BEGIN:VCALENDAR", "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR"),
        ("END:VCALENDAR\r\n", "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        ("BEGIN:VCALENDAR", "Dette er et svar\r\nBEGIN:VCALENDAR"),
        ("SEQUENCE:0", "SEQUENCE:0.0"),
    ],
)
def test_what_an_answer_does_not_need_may_be_broken(world: World, old: str, new: str) -> None:
    start = clients.outlook("TENTATIVE").partition(b"Content-Transfer-Encoding: base64\r\n\r\n")
    body, end = start[2].split(b"\r\n--b--")
    text = base64.b64decode(body).decode()
    assert old in text
    coded = base64.encodebytes(text.replace(old, new).encode())
    mail = start[0] + start[1] + coded + b"\r\n--b--" + end
    assert apply_inbound(world.ledger, "a.eml", mail, NOW).reading is Reading.ANSWER
    assert answers(world) == {RIGMOR.email: "TENTATIVE"}


def test_an_answer_that_is_broken_where_it_speaks_for_others_speaks_for_its_sender_alone(world: World) -> None:
    text = clients.calendar(
        f'ATTENDEE;PARTSTAT=ACCEPTED;CN=Pelle "P" Pærevang:mailto:{PELLE.email}',
        f"ATTENDEE;CN=Rimfrost; Rigmor;PARTSTAT=DECLINED:mailto:{RIGMOR.email}",
        *EVENT[1:],
    )
    mail = clients.mail(clients.alternative(text), kind=clients.ALTERNATIVE)
    assert apply_inbound(world.ledger, "a.eml", mail, NOW).reading is Reading.ANSWER
    assert answers(world) == {RIGMOR.email: "DECLINED"}
