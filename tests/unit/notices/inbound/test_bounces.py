"""Mail that came back, as the mail servers of this world tell it, into the ledger."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

import pytest

from hopdocs.notices.inbound.answers import Reading, apply_inbound
from hopdocs.notices.record import State
from tests.unit.notices.samples import FAMILY, NOW, World, sample_meeting

if TYPE_CHECKING:
    from collections.abc import Callable

    from hopdocs.notices.record import NoticeRecord


@pytest.fixture
def world() -> World:
    world = World()
    world.tell(sample_meeting())
    return world


def first(world: World) -> NoticeRecord:
    return world.ledger.of_family(FAMILY)[0]


POSTFIX: Final = "Reporting-MTA: dns; mx.vesterlyng.example\r\nArrival-Date: Sat, 21 Nov 2026 09:00:00 +0100"


def report(*blocks: str, returned: str = "", more: str = "", kind: str = "message/delivery-status") -> bytes:
    """A report (RFC 3464): one block about the mail, and one for each recipient."""
    status = "\r\n\r\n".join([POSTFIX, *blocks])
    third = f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{returned}\r\n\r\n" if returned else ""
    return (
        f"From: Mail Delivery System <MAILER-DAEMON@mx.vesterlyng.example>\r\nTo: hop@vesterlyng.example\r\n{more}"
        "Message-ID: <1@mx.vesterlyng.example>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nI'm sorry to have to inform you\r\n\r\n"
        f"--b\r\nContent-Type: {kind}\r\n\r\n{status}\r\n\r\n{third}--b--\r\n"
    ).encode()


def fate(record: NoticeRecord, action: str = "failed", *, to: str = "", more: str = "") -> str:
    return f"Final-Recipient: rfc822; {to or record.email}\r\n{more}Action: {action}\r\nStatus: 5.1.1"


def headers(record: NoticeRecord) -> str:
    return f"Subject: x\r\nMESSAGE-ID:\r\n {record.message_id}\r\nFrom: hop@vesterlyng.example"


def postfix(record: NoticeRecord) -> bytes:
    block = fate(record, more="X-Postfix-Sender: x\r\n") + "\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n    User unknown"
    return report(block, returned=headers(record))


def exchange(record: NoticeRecord) -> bytes:
    """Exchange: an alternative before it, the whole mail returned, and a comment after the action."""
    whole = (
        '--b\r\nContent-Type: multipart/alternative; boundary="a"\r\n\r\n--a\r\nContent-Type: text/html\r\n\r\n'
        "<b>Din meddelelse blev ikke leveret</b>\r\n--a--\r\n"
        f"--b\r\nContent-Type: message/delivery-status\r\n\r\n{POSTFIX}\r\n\r\n"
        f"Final-Recipient: rfc822;{record.email.upper()}\r\nAction: Failed (RESOLVER.ADR.RecipientNotFound)\r\n"
        "Status: 5.1.10\r\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nReceived: by mx\r\n{headers(record)}\r\n"
        "Content-Type: text/plain\r\n\r\nHej\r\n--b--\r\n"
    )
    return (
        "From: <postmaster@vesterlyng.example>\r\nMessage-ID: <2@mx.vesterlyng.example>\r\nMIME-Version: 1.0\r\n"
        'Subject: =?utf-8?B?S2FuIGlra2UgbGV2ZXJlczo=?=\r\nContent-Type: multipart/report; boundary="b";\r\n'
        f"\treport-type=delivery-status\r\n\r\n{whole}"
    ).encode()


def gmail(record: NoticeRecord) -> bytes:
    """Gmail: nothing returned; the mail is named in the thread."""
    more = f"X-Failed-Recipients: {record.email}\r\nReferences: {record.message_id}\r\n"
    return report(fate(record), more=f"{more}In-Reply-To: {record.message_id}\r\n")


def gateway(record: NoticeRecord) -> bytes:
    """A report inside the note that a gateway puts before all mail, with its own encodings."""
    coded = base64.encodebytes(headers(record).encode()).decode()
    inner = report(fate(record), returned=headers(record)).decode()
    returned = "--b\r\nContent-Type: text/rfc822-headers\r\n"
    inner = inner.replace(
        f"{returned}\r\n{headers(record)}", f"{returned}Content-Transfer-Encoding: base64\r\n\r\n{coded}"
    )
    body = inner[inner.index("Content-Type: multipart/report") :]
    return (
        "From: postmaster@vesterlyng.example\r\nMessage-ID: <3@mx.vesterlyng.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="m"\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\nEKSTERN MAIL\r\n'
        f"--m\r\n{body}\r\n--m--\r\n"
    ).encode()


def exim(record: NoticeRecord) -> bytes:
    """Exim of old: no report, the recipient in a header and the mail as text."""
    return (
        f"X-Failed-Recipients: {record.email}\r\nAuto-Submitted: auto-replied\r\n"
        "From: Mail Delivery System <Mailer-Daemon@mx.vesterlyng.example>\r\nTo: hop@vesterlyng.example\r\n"
        "Subject: Mail delivery failed: returning message to sender\r\nMessage-Id: <4@mx.vesterlyng.example>\r\n\r\n"
        f"A message that you sent could not be delivered.\r\n\r\n  {record.email}\r\n    mailbox is full\r\n\r\n"
        "------ This is a copy of the message, including all the headers. ------\r\n\r\n"
        f"Return-path: <hop@vesterlyng.example>\r\n{headers(record)}\r\n\r\nHej\r\n"
    ).encode()


def among_others(record: NoticeRecord) -> bytes:
    """A report on a list of recipients; ours is neither the first nor the last."""
    return report(
        fate(record, "delivered", to="a@vesterlyng.example"),
        f"Original-Recipient: rfc822;{record.email}\r\n" + fate(record, to="elsewhere@vesterlyng.example"),
        fate(record, "relayed", to="b@vesterlyng.example"),
        returned=headers(record),
    )


def without_action(record: NoticeRecord) -> bytes:
    return report(f"Final-Recipient: RFC822; <{record.email}>\r\nStatus: 5.7.1", returned=headers(record))


@pytest.mark.parametrize("server", [postfix, exchange, gmail, gateway, exim, among_others, without_action])
def test_every_servers_report_finds_its_mail(world: World, server: Callable[[NoticeRecord], bytes]) -> None:
    """Acceptance case 33, fault F35."""
    record, other = world.ledger.of_family(FAMILY)
    result = apply_inbound(world.ledger, "a.eml", server(record), NOW)
    assert result.reading is Reading.BOUNCE
    assert (world.ledger.get(record.id).state, world.ledger.get(other.id).state) == (State.FAILED, State.ACCEPTED)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded", "unheard-of", ""])
def test_what_was_delivered_is_no_bounce(world: World, action: str) -> None:
    """A success report has the same shape; it must fail nothing."""
    record = first(world)
    data = report(fate(record, action).replace("5.1.1", "2.0.0"), returned=headers(record))
    assert apply_inbound(world.ledger, "a.eml", data, NOW).reading is Reading.UNKNOWN
    assert world.ledger.get(record.id).state is State.ACCEPTED


def test_a_delay_that_ends_in_a_failure_is_told_as_both(world: World) -> None:
    record = first(world)
    delayed = report(fate(record, "delayed").replace("5.1.1", "4.4.1"), returned=headers(record))
    assert apply_inbound(world.ledger, "a.eml", delayed, NOW).reading is Reading.DELAY
    failed = report(fate(record).replace("5.1.1", "4.4.7"), returned=headers(record)).replace(b"<1@mx", b"<9@mx")
    assert apply_inbound(world.ledger, "b.eml", failed, NOW).reading is Reading.BOUNCE


def test_a_colleagues_failure_in_the_same_report_fails_nothing_of_ours(world: World) -> None:
    record = first(world)
    data = report(fate(record, "delivered"), fate(record, to="someone@vesterlyng.example"), returned=headers(record))
    assert apply_inbound(world.ledger, "a.eml", data, NOW).reading is Reading.UNKNOWN
    assert world.ledger.get(record.id).state is State.ACCEPTED


def test_a_mail_in_doubt_that_came_back_has_failed(world: World) -> None:
    record = first(world)
    world.ledger.doubt(record.id, NOW, "no answer")
    assert apply_inbound(world.ledger, "a.eml", postfix(record), NOW).reading is Reading.BOUNCE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"X-Failed-Recipients: ", b"X-Failed-Recipients: someone@vesterlyng.example "),
        (b"X-Failed-Recipients: ", b"X-Other: "),
        (b"MESSAGE-ID:\r\n <", b"MESSAGE-ID:\r\n <0"),
    ],
)
def test_a_text_that_only_looks_like_a_bounce_changes_nothing(world: World, old: bytes, new: bytes) -> None:
    """Fault F35. A warning of a delay, for one, has no such header."""
    record = first(world)
    assert apply_inbound(world.ledger, "a.eml", exim(record).replace(old, new), NOW).reading is Reading.UNKNOWN
    assert world.ledger.get(record.id).state is State.ACCEPTED


def test_a_trial_box_whose_address_is_written_with_capitals_bounces_too() -> None:
    trial = World(channel="Prove@Vesterlyng.example")
    trial.tell(sample_meeting())
    (record, _) = trial.ledger.of_family(FAMILY)
    data = report(fate(record, to="prove@vesterlyng.example"), returned=headers(record))
    assert apply_inbound(trial.ledger, "a.eml", data, NOW).reading is Reading.BOUNCE
