"""The mail around the calendar part: structure, headers and Danish words."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopdocs.notices.kinds.cancellation import CANCELLATION
from hopdocs.notices.kinds.invitation import INVITATION
from hopdocs.notices.kinds.removal import REMOVAL
from hopdocs.notices.kinds.update import UPDATE
from hopdocs.notices.mail.message import encode_header
from hopdocs.notices.mail.wording import say_the_meeting
from hopdocs.notices.wanted import Attendee, one_line
from tests.unit.notices.samples import PELLE, RIGMOR, SOFUS, World, sample_meeting

if TYPE_CHECKING:
    from hopdocs.notices.kinds.kind import NoticeKind
    from hopdocs.notices.record import NoticeRecord


def read(world: World, record: NoticeRecord) -> EmailMessage:
    message = email.message_from_bytes(world.ledger.mime(record.id), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def every_kind(world: World) -> dict[NoticeKind, EmailMessage]:
    """One mail of each kind with a calendar part."""
    found = {}
    later = sample_meeting(starts=datetime(2026, 11, 26, 13, 0), ends=datetime(2026, 11, 26, 15, 0))  # noqa: DTZ001
    for meeting in (sample_meeting(), later, replace(later, attendees=(RIGMOR,)), replace(later, status="cancelled")):
        record = world.save(meeting)[-1]
        found[record.kind] = read(world, record)
        world.deliver()
    return found


def test_the_tree_is_the_one_that_every_client_takes(every_kind: dict[NoticeKind, EmailMessage]) -> None:
    """Acceptance case 1."""
    for message in every_kind.values():
        assert [part.get_content_type() for part in message.walk()] == [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "text/calendar",
        ]
        assert not any(part.get_content_disposition() for part in message.walk())
        assert message.defects == []


def test_the_mime_method_is_the_calendars_method(every_kind: dict[NoticeKind, EmailMessage]) -> None:
    """Acceptance case 2."""
    assert len(every_kind) == 4
    for message in every_kind.values():
        part = next(item for item in message.walk() if item.get_content_type() == "text/calendar")
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        assert part["content-transfer-encoding"] == "base64"
        assert part.get_param("charset") == "utf-8"
        assert f"METHOD:{part.get_param('method')}\r\n".encode() in payload


def test_the_wire_format_is_clean(world: World) -> None:
    for record in world.save(sample_meeting(title="Møde" * 40)):
        data = world.ledger.mime(record.id)
        assert data.isascii()
        assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
        assert max(len(line) for line in data.split(b"\r\n")) <= 998


def test_subjects_say_what_it_is_about(every_kind: dict[NoticeKind, EmailMessage]) -> None:
    assert {kind: str(message["subject"]) for kind, message in every_kind.items()} == {
        INVITATION: "Indkaldelse: familieplansmøde, sag 26-012345, tirsdag den 24. november kl. 10.00",
        UPDATE: "Ændret: familieplansmøde, sag 26-012345, nu torsdag den 26. november kl. 13.00",
        REMOVAL: "Du deltager ikke længere: familieplansmøde, sag 26-012345, torsdag den 26. november kl. 13.00",
        CANCELLATION: "Aflyst: familieplansmøde, sag 26-012345, torsdag den 26. november kl. 13.00",
    }


def test_an_update_says_old_and_new(every_kind: dict[NoticeKind, EmailMessage]) -> None:
    text = text_of(every_kind[UPDATE])
    assert "Der er nyt tidspunkt for familieplansmødet." in text
    assert (
        "Tid:     tirsdag den 24. november 2026 kl. 10.00–12.00 → torsdag den 26. november 2026 kl. 13.00–15.00" in text
    )
    assert "→" not in text_of(every_kind[INVITATION])


def test_an_update_of_the_place_says_old_and_new(world: World) -> None:
    world.tell(sample_meeting())
    text = text_of(read(world, world.save(sample_meeting(place="Mødelokale Ternen"))[0]))
    assert "Sted:    Mødelokale Havørnen, Opdigtvej 1, 9999 Vesterlyng → Mødelokale Ternen" in text


def test_a_new_time_asks_for_a_new_answer_and_a_new_place_does_not(world: World) -> None:
    """The answers that were given are void then: whoever does not know it does not come."""
    world.tell(sample_meeting())
    later = sample_meeting().ends
    moved = text_of(read(world, world.save(sample_meeting(starts=later, ends=later + timedelta(hours=1)))[0]))
    assert "Svar gerne igen" in moved
    assert "Svar gerne" not in text_of(read(world, world.save(sample_meeting(place="Salen"))[0]))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "Opfølgningsmøde"}, "Mødet er ændret fra familieplansmøde til opfølgningsmøde."),
        ({"case_number": "26-1"}, "Der er nyt sagsnummer for familieplansmødet."),
        ({"place": "Salen", "case_number": "26-1"}, "Der er nyt sted og nyt sagsnummer for familieplansmødet."),
        (
            {"title": "Interview", "place": "Salen", "case_number": "26-1"},
            "Der er ny mødetype, nyt sted og nyt sagsnummer for interviewet.",
        ),
    ],
)
def test_an_update_begins_with_what_is_new(world: World, changes: dict[str, str], said: str) -> None:
    world.tell(sample_meeting())
    assert said in text_of(read(world, world.save(sample_meeting(**changes))[0])).splitlines()


def test_no_label_stands_without_a_value(world: World) -> None:
    text = text_of(read(world, world.save(sample_meeting(place=" \t", contact="", case_url=""))[0]))
    assert [line for line in text.splitlines() if line.rstrip().endswith(":")] == []


def test_where_to_join_an_online_meeting_is_a_link(world: World) -> None:
    place = 'Teams (https://x.example/ikke) eller https://teams.example/l/19%3am?a=1&b="2".'
    body = read(world, world.save(sample_meeting(place=place))[0]).get_body(("html",))
    assert body is not None
    link = "https://teams.example/l/19%3am?a=1&amp;b=&quot;2&quot;"
    assert f'Teams (https://x.example/ikke) eller <a href="{link}">{link}.</a></td>' in body.get_content()


def test_a_cancellation_gives_no_reason_and_a_removal_says_that_the_meeting_goes_on(
    every_kind: dict[NoticeKind, EmailMessage],
) -> None:
    assert "Familieplansmødet torsdag den 26. november er aflyst." in text_of(every_kind[CANCELLATION])
    assert "Mødet holdes, men du skal ikke med." in text_of(every_kind[REMOVAL])


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Opfølgningsmøde", "opfølgningsmødet"),
        ("Interview", "interviewet"),
        ("Fagligt formøde", "det faglige formøde"),
    ],
)
def test_a_meeting_is_named_in_good_danish(title: str, said: str) -> None:
    assert say_the_meeting(sample_meeting(title=title)) == said


def test_headers_answer_to_the_tovholder_and_stop_automatic_replies(every_kind: dict[NoticeKind, EmailMessage]) -> None:
    message = every_kind[INVITATION]
    assert str(message["reply-to"]) == "iik@vesterlyng.example"
    assert str(message["auto-submitted"]) == "auto-generated"
    assert str(message["to"]) == "Rigmor Rimfrost <rri@vesterlyng.example>"


def test_every_mail_has_an_id_of_its_own_that_is_always_the_same() -> None:
    ids = [
        [record.message_id for record in World().save(sample_meeting(attendees=(RIGMOR, PELLE, SOFUS)))] for _ in "ab"
    ]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 3


def test_a_trial_is_marked_and_goes_to_the_trial_box(world: World) -> None:
    world.channel = "test@vesterlyng.example"
    message = read(world, world.save(sample_meeting())[1])
    assert str(message["subject"]).startswith("[Prøve, til rri@vesterlyng.example] Indkaldelse:")
    assert str(message["to"]) == "Rigmor Rimfrost <test@vesterlyng.example>"


@pytest.mark.parametrize("text", ["A\r\nBcc: x@y.example", "A\nX: 1", "A\u2028B", "A\u0085B", "A\x0bB"])
def test_a_line_break_in_a_text_starts_no_header(world: World, text: str) -> None:
    """Acceptance case 37."""
    who = Attendee("rri@vesterlyng.example", text)
    meeting = sample_meeting(title=text, place=text, organizer_name=text, reply_to=text, attendees=(who,))
    message = read(world, world.save(meeting)[0])
    assert message["bcc"] is None
    assert message["x"] is None


@given(st.text(max_size=200))
def test_a_subject_comes_back_as_it_was(text: str) -> None:
    subject = one_line(text.encode("utf-8", "ignore").decode())
    raw = f"Subject: {encode_header(subject, first=9)}\r\n\r\n".encode()
    if subject.isascii():
        subject = " ".join(subject.split(" "))
    read_back = email.message_from_bytes(raw, policy=email.policy.default)["subject"]
    assert str(read_back).strip() == subject.strip()
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))


def test_a_meeting_past_midnight_names_both_days(world: World) -> None:
    start = datetime(2026, 11, 24, 22, 0)  # noqa: DTZ001 - wall-clock time
    text = text_of(read(world, world.save(sample_meeting(starts=start, ends=start + timedelta(hours=4)))[0]))
    assert "tirsdag den 24. november 2026 kl. 22.00 til onsdag den 25. november 2026 kl. 02.00" in text


def test_a_colleague_is_greeted_by_the_first_name_and_a_guest_by_all_of_it(world: World) -> None:
    """A guest's name is free text: "Lærer Lis" is nobody called Lærer. So it is when one of them is not to come."""
    guest = Attendee("lis@vesterlyng.example", "Lærer Lis", role="OPT-PARTICIPANT")
    nameless = Attendee("post@vesterlyng.example", "post@vesterlyng.example")
    world.save(sample_meeting(attendees=(RIGMOR, guest, nameless)))
    said = {item.email: text_of(read(world, item)).splitlines()[0] for item in world.ledger.of_family("HOP-2026-007")}
    assert said == {RIGMOR.email: "Hej Rigmor", guest.email: "Hej Lærer Lis", nameless.email: "Hej"}
    world.deliver()
    removed = world.save(sample_meeting(attendees=()))
    assert {text_of(read(world, item)).splitlines()[0] for item in removed} == set(said.values())
