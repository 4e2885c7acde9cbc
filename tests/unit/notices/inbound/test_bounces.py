"""Mail that came back, as the mail servers of this world tell it, into the ledger."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from hopdocs.notices.inbound.answers import Reading, apply_inbound
from hopdocs.notices.record import State
from tests.unit.notices.samples import FAMILY, NOW, RIGMOR, World, sample_meeting

if TYPE_CHECKING:
    from collections.abc import Callable

    from hopdocs.notices.record import NoticeRecord


MAILS: Final = Path(__file__).parents[3] / "data" / "mail"


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


def renamed(record: NoticeRecord, name: str, *, own: str = "<new@prod.outlook.example>") -> bytes:
    """A server that gives each mail a Message-ID of its own, and keeps ours under another name."""
    return report(fate(record), returned=f"Message-ID: {own}\r\n{name}: {record.message_id}\r\nSubject: x")


def renamed_in_report(record: NoticeRecord) -> bytes:
    return report(fate(record), returned="Subject: x", more=f"X-Original-Message-ID: {record.message_id}\r\n")


def renamed_in_status(record: NoticeRecord) -> bytes:
    return report(f"{fate(record)}\r\nX-Original-Message-ID: {record.message_id}", returned="Message-ID: <n@x.example>")


def without_brackets(record: NoticeRecord) -> bytes:
    return report(fate(record), returned=f"Message-Id: {record.message_id.strip('<>')}")


def returned_first(record: NoticeRecord) -> bytes:
    """The parts in another order than RFC 3464 has them."""
    whole = report(fate(record), returned=headers(record)).split(b"--b\r\n")
    return b"--b\r\n".join([whole[0], whole[3].replace(b"--b--\r\n", b""), whole[2], whole[1]]) + b"--b--\r\n"


def coded_mail(record: NoticeRecord) -> bytes:
    """The mail returned in base64, which no part of that type may be."""
    coded = base64.encodebytes(headers(record).encode()).decode()
    kind = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64"
    plain = b"Content-Type: text/rfc822-headers"
    return report(fate(record), returned=coded).replace(plain, kind.encode())


def coded_status(record: NoticeRecord) -> bytes:
    whole = report(fate(record), returned=headers(record))
    head, _, rest = whole.partition(b"Content-Type: message/delivery-status\r\n\r\n")
    status, _, end = rest.partition(b"--b\r\n")
    kind = b"Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + kind + base64.encodebytes(status) + b"\r\n--b\r\n" + end


def qmail(record: NoticeRecord) -> bytes:
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.vesterlyng.example\r\nTo: hop@vesterlyng.example\r\n"
        "Subject: failure notice\r\nMessage-ID: <5@mx.vesterlyng.example>\r\n\r\n"
        "Hi. This is the qmail-send program at mx.vesterlyng.example.\r\nI'm afraid I wasn't able to deliver your "
        "message to the following addresses.\r\nThis is a permanent error; I've given up. Sorry it didn't work out."
        f"\r\n\r\n<{record.email}>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n\r\n"
        f"--- Below this line is a copy of the message.\r\n\r\nReturn-Path: <hop@vesterlyng.example>\r\n"
        f"{headers(record)}\r\n\r\nHej\r\n"
    ).encode()


def sendmail(record: NoticeRecord) -> bytes:
    """Sendmail of old: no report either."""
    return (
        "From: Mail Delivery Subsystem <MAILER-DAEMON@mx.vesterlyng.example>\r\nTo: hop@vesterlyng.example\r\n"
        "Subject: Returned mail: User unknown\r\nMessage-Id: <6@mx.vesterlyng.example>\r\n\r\n"
        "   ----- The following addresses had permanent fatal errors -----\r\n"
        f"<{record.email}>\r\n\r\n   ----- Transcript of session follows -----\r\n"
        f"550 <{record.email}>... User unknown\r\n\r\n   ----- Original message follows -----\r\n\r\n"
        f"{headers(record)}\r\n\r\nHej\r\n"
    ).encode()


def failure(record: NoticeRecord) -> bytes:
    return report(fate(record, "Failure"), returned=headers(record))


def explained(record: NoticeRecord) -> bytes:
    """A report that returns nothing; its words alone say which mail it is about."""
    words = f"Your message {record.message_id} to {record.email} could not be delivered."
    return report(fate(record)).replace(b"I'm sorry to have to inform you", words.encode())


def explained_in_html(record: NoticeRecord) -> bytes:
    data = explained(record).replace(b"text/plain; charset=us-ascii", b"text/html")
    return data.replace(record.message_id.encode(), f"<b>{escape(record.message_id)}</b>".encode())


ORIGINAL_NAMES: Final = ("X-Microsoft-Original-Message-ID", "X-Google-Original-Message-ID", "Original-Message-ID")


@pytest.mark.parametrize(
    "server",
    [
        *(renamed_in_report, renamed_in_status, without_brackets, returned_first, coded_mail, coded_status),
        *(qmail, sendmail, failure, explained, explained_in_html),
    ],
)
def test_a_report_out_of_the_ordinary_finds_its_mail_too(world: World, server: Callable[[NoticeRecord], bytes]) -> None:
    record, other = world.ledger.of_family(FAMILY)
    assert apply_inbound(world.ledger, "a.eml", server(record), NOW).reading is Reading.BOUNCE
    assert (world.ledger.get(record.id).state, world.ledger.get(other.id).state) == (State.FAILED, State.ACCEPTED)


@pytest.mark.parametrize("name", ORIGINAL_NAMES)
def test_a_message_id_that_a_server_replaced_is_found_under_its_other_name(world: World, name: str) -> None:
    record = first(world)
    assert apply_inbound(world.ledger, "a.eml", renamed(record, name), NOW).reading is Reading.BOUNCE
    assert world.ledger.get(record.id).state is State.FAILED


@pytest.mark.parametrize("name", ["bounce-behind-alias-bounce.eml", "bounce-message-id-replaced-bounce.eml"])
def test_each_kept_bounce_is_understood(world: World, name: str) -> None:
    record = next(item for item in world.ledger.of_family(FAMILY) if item.email == RIGMOR.email)
    data = (MAILS / name).read_bytes()
    known = data.replace(b"<f69aa1632814ab398cdde4fdc15e053a@vesterlyng.example>", record.message_id.encode())
    assert apply_inbound(world.ledger, "a.eml", known, NOW).reading is Reading.BOUNCE
    assert world.ledger.get(record.id).state is State.FAILED


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream; name=details.txt", "application/x-dsn"])
def test_a_report_whose_parts_a_gateway_has_given_other_types_is_understood(world: World, kind: str) -> None:
    record, other = world.ledger.of_family(FAMILY)
    data = report(fate(record), returned=headers(record), kind=kind).replace(b"text/rfc822-headers", kind.encode())
    assert apply_inbound(world.ledger, "a.eml", data, NOW).reading is Reading.BOUNCE
    assert (world.ledger.get(record.id).state, world.ledger.get(other.id).state) == (State.FAILED, State.ACCEPTED)


def test_a_report_that_a_colleague_has_attached_is_no_report(world: World) -> None:
    record = first(world)
    data = report(fate(record), returned=headers(record), kind="text/plain").replace(b"MAILER-DAEMON@mx.", b"ssk@")
    data = data.replace(b"multipart/report; report-type=delivery-status", b"multipart/mixed")
    data = data.replace(b"text/rfc822-headers", b"text/plain")
    assert apply_inbound(world.ledger, "a.eml", data, NOW).reading is Reading.UNKNOWN


BEHIND: Final = "rigmor.rimfrost@vesterlyng.onmicrosoft.example"


def test_a_mailbox_behind_an_alias_is_late_before_it_fails(world: World) -> None:
    record = first(world)
    late = report(fate(record, "delayed", to=BEHIND), fate(record, to=f"x{BEHIND}"), returned=headers(record))
    assert apply_inbound(world.ledger, "a.eml", late, NOW).reading is Reading.DELAY
    assert world.ledger.get(record.id).state is State.ACCEPTED


def test_a_list_behind_an_alias_of_which_one_got_it_is_no_bounce(world: World) -> None:
    record = first(world)
    blocks = (fate(record, "delivered", to="a@vesterlyng.example"), fate(record, to=BEHIND))
    data = report(*blocks, returned=headers(record))
    assert apply_inbound(world.ledger, "a.eml", data, NOW).reading is Reading.UNKNOWN
    assert world.ledger.get(record.id).state is State.ACCEPTED


def test_a_colleagues_mail_in_the_same_thread_that_came_back_is_not_ours(world: World) -> None:
    """Somebody who looks after the mailbox forwards an invitation to a wrong address: ours has arrived."""
    record = first(world)
    thread = f"In-Reply-To: {record.message_id}\r\nReferences: {record.message_id}"
    returned = f"Message-ID: <forwarded@vesterlyng.example>\r\n{thread}"
    data = report(fate(record, to="forkert@vesterlyng.example"), returned=returned, more=f"{thread}\r\n")
    assert apply_inbound(world.ledger, "a.eml", data, NOW).reading is Reading.UNKNOWN
    assert world.ledger.get(record.id).state is State.ACCEPTED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"(#5.1.1)", b"(#4.4.1)"),
        (b"This is a permanent error", b"This is only a warning"),
        (b"MAILER-DAEMON@mx.", b"Rigmor@"),
        (b"--- Below this line", b"Below this line"),
        (b"<rri@", b"<ssk@"),
        (b"MESSAGE-ID:\r\n <", b"MESSAGE-ID:\r\n <0"),
    ],
)
def test_plain_words_that_only_look_like_a_bounce_change_nothing(world: World, old: bytes, new: bytes) -> None:
    record = next(item for item in world.ledger.of_family(FAMILY) if item.email == RIGMOR.email)
    data = qmail(record).replace(b"Return-Path: <>\r\n", b"")
    assert old in data
    assert apply_inbound(world.ledger, "a.eml", data.replace(old, new), NOW).reading is Reading.UNKNOWN
    assert world.ledger.get(record.id).state is State.ACCEPTED


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


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Final-Recipient: rfc822; rri@", b"Final-Recipient: rfc822; ssk@"),
        (b"Action: failed", b"Action: relayed"),
        (b"Your message <", b"Your message <0"),
    ],
)
def test_a_message_id_in_the_words_alone_counts_for_whom_the_report_names(world: World, old: bytes, new: bytes) -> None:
    record = next(item for item in world.ledger.of_family(FAMILY) if item.email == RIGMOR.email)
    data = explained(record)
    assert old in data
    assert apply_inbound(world.ledger, "a.eml", data.replace(old, new), NOW).reading is Reading.UNKNOWN
    assert world.ledger.get(record.id).state is State.ACCEPTED


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
