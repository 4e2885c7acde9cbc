"""What comes back in the folder of .eml files."""

from __future__ import annotations

import base64
import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopdocs.model.meeting_answers import MeetingAnswer
from hopdocs.notices.current_answers import find_current_answers, kept_answers
from hopdocs.notices.inbound import answers as answers_module
from hopdocs.notices.inbound.answers import Reading, apply_inbound, read_inbound_folder
from hopdocs.notices.inbound.mail_file import LARGEST_MAIL_BYTES
from hopdocs.notices.record import State
from tests.unit.documents.example import load_config, zamirandi
from tests.unit.notices.samples import NOW, RIGMOR, World, sample_meeting
from tests.work import at_most_calls

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.notices.record import NoticeRecord

MOST_CALLS = 4_000_000
"""Twice what the hardest of these mails needs: the longest have a million bytes."""


@pytest.fixture
def world() -> World:
    world = World()
    world.tell(sample_meeting())
    return world


def reply(  # noqa: PLR0913 - the fields that a test may bend
    *,
    partstat: str = "ACCEPTED",
    sequence: int = 0,
    sender: str = RIGMOR.email,
    attendee: str = RIGMOR.email,
    uid: str = "",
    number: int = 1,
    written: str = "20261121T080000Z",
) -> bytes:
    """A reply as Outlook writes it, without ORGANIZER."""
    return (
        f"From: Rigmor <{sender}>\r\nTo: hop@vesterlyng.example\r\nMessage-ID: <reply-{number}@vesterlyng.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n"
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"
        f"ATTENDEE;PARTSTAT={partstat}:MAILTO:{attendee}\r\nUID:{uid or sample_meeting().uid}\r\n"
        f"SEQUENCE:{sequence}\r\nDTSTAMP:{written}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def report(
    record: NoticeRecord, *, action: str = "failed", message_id: str = "", to: str = "", number: int = 1
) -> bytes:
    """A delivery status notification (RFC 3464)."""
    return (
        f"From: MAILER-DAEMON@vesterlyng.example\r\nMessage-ID: <dsn-{number}@vesterlyng.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        f"Final-Recipient: rfc822; {to or record.email}\r\nAction: {action}\r\nStatus: 5.1.1\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Subject: x\r\nMessage-ID: {message_id or record.message_id}\r\n\r\n--b--\r\n"
    ).encode()


def test_a_reply_without_organizer_is_understood(world: World) -> None:
    """Acceptance case 34."""
    result = apply_inbound(world.ledger, "a.eml", reply(), NOW)
    assert (result.reading, result.partstat) == (Reading.ANSWER, "ACCEPTED")
    assert [(item.email, item.partstat) for item in world.ledger.answers()] == [(RIGMOR.email, "ACCEPTED")]


def test_a_later_reply_replaces_the_first(world: World) -> None:
    apply_inbound(world.ledger, "a.eml", reply(), NOW)
    apply_inbound(world.ledger, "b.eml", reply(partstat="DECLINED", number=2), NOW)
    assert [item.partstat for item in world.ledger.answers()] == ["DECLINED"]


def test_of_two_replies_the_later_written_counts_in_whatever_order_they_come(world: World) -> None:
    """RFC 5546 2.1.5; and a clock that is ahead does not make an answer last for ever."""
    apply_inbound(world.ledger, "b.eml", reply(partstat="DECLINED", number=2, written="20261121T075900Z"), NOW)
    early = reply(partstat="ACCEPTED", number=1, written="20261121T075800Z")
    assert apply_inbound(world.ledger, "a.eml", early, NOW).reading is Reading.STALE
    assert [item.partstat for item in world.ledger.answers()] == ["DECLINED"]
    ahead = reply(partstat="TENTATIVE", number=3, written="20291121T080000Z")
    apply_inbound(world.ledger, "c.eml", ahead, NOW)
    apply_inbound(world.ledger, "d.eml", reply(number=4, written="20261121T080100Z"), NOW + timedelta(minutes=2))
    assert [item.partstat for item in world.ledger.answers()] == ["ACCEPTED"]


def test_a_reply_to_a_time_that_is_no_longer_right_changes_nothing(world: World) -> None:
    """Acceptance case 34."""
    start = sample_meeting().starts + timedelta(days=1)
    world.tell(sample_meeting(starts=start, ends=start + timedelta(hours=2)))
    assert apply_inbound(world.ledger, "a.eml", reply(), NOW).reading is Reading.STALE
    assert world.ledger.answers() == []


def test_a_reply_to_the_same_time_in_another_room_counts(world: World) -> None:
    world.tell(sample_meeting(place="Et andet sted"))
    assert apply_inbound(world.ledger, "a.eml", reply(), NOW).reading is Reading.ANSWER


@pytest.mark.parametrize(
    "forged",
    [
        {"sender": "somebody@vesterlyng.example"},
        {"attendee": "somebody@vesterlyng.example", "sender": "somebody@vesterlyng.example"},
        {"uid": "another@vesterlyng.example"},
        {"partstat": "COMPLETED"},
    ],
)
def test_a_forged_reply_changes_nothing(world: World, forged: dict[str, str]) -> None:
    assert apply_inbound(world.ledger, "a.eml", reply(**forged), NOW).reading is Reading.UNKNOWN  # type: ignore[arg-type]
    assert world.ledger.answers() == []


def test_a_bounce_makes_that_notice_failed(world: World) -> None:
    """Acceptance case 33, fault F35."""
    first, other = world.ledger.of_family("HOP-2026-007")
    result = apply_inbound(world.ledger, "a.eml", report(first), NOW)
    assert (result.reading, result.notice and result.notice.reason) == (Reading.BOUNCE, "bounced")
    assert world.ledger.get(first.id).state is State.FAILED
    assert world.ledger.get(other.id).state is State.ACCEPTED


def test_a_delay_fails_nothing(world: World) -> None:
    """Acceptance case 33, fault F35."""
    first = world.ledger.of_family("HOP-2026-007")[0]
    assert apply_inbound(world.ledger, "a.eml", report(first, action="delayed"), NOW).reading is Reading.DELAY
    assert world.ledger.get(first.id).state is State.ACCEPTED


def test_a_forged_bounce_changes_nothing(world: World) -> None:
    """Acceptance case 33, fault F35. Who does not have our mail does not know its Message-ID."""
    first = world.ledger.of_family("HOP-2026-007")[0]
    forged = report(first, message_id="<guess@vesterlyng.example>")
    assert apply_inbound(world.ledger, "a.eml", forged, NOW).reading is Reading.UNKNOWN
    assert world.ledger.get(first.id).state is State.ACCEPTED


def test_the_folder_is_read_once_and_left_as_it_is(world: World, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(reply())
    (tmp_path / "note.txt").write_bytes(reply(number=2))
    (tmp_path / "link.eml").symlink_to(tmp_path / "note.txt")
    assert [item.name for item in read_inbound_folder(world.ledger, tmp_path, NOW)] == ["a.eml"]
    assert read_inbound_folder(world.ledger, tmp_path, NOW) == []
    assert (tmp_path / "a.eml").exists()


def test_a_file_that_came_to_nothing_is_not_read_again_until_it_is_another(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    whole = answers_module._read_mail

    def count(path: Path) -> bytes | None:
        read.append(path.name)
        return whole(path)

    monkeypatch.setattr(answers_module, "_read_mail", count)
    (tmp_path / "a.eml").write_bytes(b"Subject: nothing\r\n\r\nx")
    (tmp_path / "huge.eml").write_bytes(b"x" * (LARGEST_MAIL_BYTES + 1))
    for _ in range(3):
        assert [item for item in read_inbound_folder(world.ledger, tmp_path, NOW) if item.notice] == []
    assert read == ["a.eml", "huge.eml"]
    (tmp_path / "a.eml").write_bytes(reply())
    assert [item.reading for item in read_inbound_folder(world.ledger, tmp_path, NOW)] == [Reading.ANSWER]
    (tmp_path / "a.eml").unlink()
    assert read_inbound_folder(world.ledger, tmp_path / "nowhere", NOW) == []


@pytest.mark.parametrize(
    "data",
    [
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000)),
        b"Content-Type: multipart/report; boundary=x\n\n" + b"--x\n\n" * 40_000,
        b"From: " + b"a@b," * 60_000 + b"\n\n",
        b"Content-Type: text/calendar; " + b"; ".join(b"a*%d=x" % n for n in range(20_000)) + b"\n\nx",
        b"Content-Type: " + b"(" * 200_000 + b"\n\n",
        b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\n" + b"BEGIN:VEVENT\n" * 15_000,
        b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n" + b"ATTENDEE:a\n" * 15_000,
        b"Content-Type: message/delivery-status\nReferences: <a>\n\nAction: failed\n\n"
        + b"Final-Recipient: (" * 10_000,
        b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\nReferences: <a>\n\n"
        + base64.b64encode(b"Action: failed\nFinal-Recipient: " + b"(" * 180_000),
        b"Content-Type: message/delivery-status\nReferences: <a>\n\n" + b"a\n\n" * 349_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(95))
        + b"x\n" * 519_000,
        b"Content-Type: text/plain\nX-Failed-Recipients: a@b\n\n" + b"Message-ID: <a@b>\n" * 14_000,
    ],
)
def test_a_mail_made_to_take_for_ever_takes_no_time(world: World, data: bytes) -> None:
    with at_most_calls(MOST_CALLS):
        assert apply_inbound(world.ledger, "a.eml", data, NOW).reading is Reading.UNKNOWN


def test_an_answer_with_the_pictures_of_a_signature_is_read(world: World) -> None:
    picture = b"\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    picture += base64.encodebytes(bytes(400_000)).replace(b"\n", b"\r\n")
    head, _, calendar = reply().partition(b"Content-Type: ")
    whole = b'%sContent-Type: multipart/mixed; boundary="b"\r\n%s\r\n--b\r\nContent-Type: %s\r\n--b--\r\n'
    assert apply_inbound(world.ledger, "a.eml", whole % (head, picture, calendar), NOW).reading is Reading.ANSWER


def test_a_name_that_is_no_text_is_read_too(world: World, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"M\xf8de.eml")).write_bytes(reply())
    assert [item.reading for item in read_inbound_folder(world.ledger, tmp_path, NOW)] == [Reading.ANSWER]
    assert read_inbound_folder(world.ledger, tmp_path, NOW) == []


def test_an_answer_counts_for_the_time_that_the_data_say(world: World) -> None:
    apply_inbound(world.ledger, "a.eml", reply(), NOW)
    with world.ledger.transaction() as connection:
        kept = kept_answers(connection)
    family, config = zamirandi(), load_config()
    assert find_current_answers(family, config, kept["HOP-2026-007"]) == {
        "familieplan": {RIGMOR.email: MeetingAnswer.ACCEPTED}
    }
    moved = zamirandi(('start: "10.00"\n    end: "12.00"', 'start: "10.30"\n    end: "12.00"'))
    assert find_current_answers(moved, config, kept["HOP-2026-007"]) == {}


def test_a_cut_off_report_is_no_bounce(world: World) -> None:
    """Fault F35."""
    first = world.ledger.of_family("HOP-2026-007")[0]
    whole = report(first)
    for length in range(0, len(whole) - 120, 37):
        reading = apply_inbound(world.ledger, f"{length}.eml", whole[:length], NOW).reading
        assert reading in {Reading.UNKNOWN, Reading.REPEATED}
    assert world.ledger.get(first.id).state is State.ACCEPTED


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_harm(data: bytes) -> None:
    world = World()
    calendar = b"Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n"
    for mail in (data, calendar + data, b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n" + data):
        assert apply_inbound(world.ledger, "a.eml", mail, NOW).reading is Reading.UNKNOWN
    world.ledger.close()
