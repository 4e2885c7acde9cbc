"""Answers as the programs of this world write them, into the ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.notices.current_answers import kept_answers
from hopdocs.notices.inbound.answers import Reading, apply_inbound
from tests.unit.notices import client_replies as clients
from tests.unit.notices.samples import FAMILY, NOW, PELLE, RIGMOR, World, sample_meeting

if TYPE_CHECKING:
    from collections.abc import Callable

LATER = timedelta(days=1)


@pytest.fixture
def world() -> World:
    world = World()
    world.tell(sample_meeting())
    return world


def answers(world: World) -> dict[str, str]:
    return {item.email: item.partstat for item in world.ledger.answers()}


def standing(world: World) -> dict[str, str]:
    """The answers that status and agendas show."""
    with world.ledger.transaction() as connection:
        kept = kept_answers(connection).get(FAMILY, {}).get("familieplan", {})
    return {email: partstat for email, (partstat, _) in kept.items()}


@pytest.mark.parametrize(
    "client",
    [
        *(clients.outlook, clients.google, clients.apple, clients.thunderbird, clients.phone, clients.latin),
        clients.signed,
    ],
)
@pytest.mark.parametrize("partstat", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_every_programs_answer_is_read(world: World, client: Callable[[str], bytes], partstat: str) -> None:
    assert apply_inbound(world.ledger, "a.eml", client(partstat), NOW).reading is Reading.ANSWER
    assert answers(world) == {RIGMOR.email: partstat}


@pytest.mark.parametrize("nothing", [clients.tnef, clients.out_of_office])
def test_what_is_no_answer_changes_nothing(world: World, nothing: Callable[[], bytes]) -> None:
    assert apply_inbound(world.ledger, "a.eml", nothing(), NOW).reading is Reading.UNKNOWN
    assert answers(world) == {}


def test_who_sends_somebody_else_is_not_coming(world: World) -> None:
    """RFC 5546 3.2.2.3. An earlier "accepted" must not go on standing on the agenda."""
    apply_inbound(world.ledger, "a.eml", clients.outlook(), NOW)
    assert apply_inbound(world.ledger, "b.eml", clients.delegated(), NOW + LATER).reading is Reading.ANSWER
    assert answers(world) == {RIGMOR.email: "DECLINED"}


def test_who_asks_for_another_time_has_not_promised_to_come(world: World) -> None:
    """Outlook's "propose new time" is METHOD:COUNTER with the time that is proposed (RFC 5546 3.2.7)."""
    proposal = clients.outlook("ACCEPTED", method="COUNTER", start="20261126T130000")
    assert apply_inbound(world.ledger, "a.eml", proposal, NOW).reading is Reading.ANSWER
    assert answers(world) == {RIGMOR.email: "TENTATIVE"}


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        (b"", "TENTATIVE"),
        (b";PARTSTAT=NEEDS-ACTION", "TENTATIVE"),
        (b";PARTSTAT=DECLINED", "DECLINED"),
        (b";PARTSTAT=DELEGATED", "DECLINED"),
    ],
)
def test_a_proposal_need_not_say_whether_its_sender_comes(world: World, said: bytes, meaning: str) -> None:
    """It states a time instead, beside the whole list of who is invited."""
    others = f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{PELLE.email}\nATTENDEE{said.decode()}".encode()
    proposal = (
        clients.phone().replace(b"ATTENDEE;PARTSTAT=ACCEPTED", others).replace(b"method=reply", b"method=counter")
    )
    assert apply_inbound(world.ledger, "a.eml", proposal, NOW).reading is Reading.ANSWER
    assert answers(world) == {RIGMOR.email: meaning}


def test_an_answer_that_is_taken_back_is_none(world: World) -> None:
    apply_inbound(world.ledger, "a.eml", clients.outlook(), NOW)
    apply_inbound(world.ledger, "b.eml", clients.apple("NEEDS-ACTION"), NOW + LATER)
    assert answers(world) == {RIGMOR.email: "NEEDS-ACTION"}
    world.now = NOW + LATER
    (told, _) = world.save(sample_meeting(place="Salen"))
    assert {item.params["PARTSTAT"] for item in world.event(told)["ATTENDEE"]} == {"NEEDS-ACTION"}


@pytest.mark.parametrize(
    ("start", "reading"),
    [
        ("DTSTART:20261125T090000Z", Reading.ANSWER),
        ("DTSTART:20261125T100000", Reading.ANSWER),
        ("DTSTART:20261124T090000Z", Reading.STALE),
        ("DTSTART;VALUE=DATE:20261125", Reading.STALE),
        ("", Reading.STALE),
    ],
)
def test_without_a_sequence_the_start_says_what_is_answered(world: World, start: str, reading: Reading) -> None:
    """The meeting was on the 24th and is now on the 25th; who says neither may mean either."""
    moved = sample_meeting().starts + LATER
    world.tell(sample_meeting(starts=moved, ends=moved + timedelta(hours=2)))
    assert apply_inbound(world.ledger, "a.eml", clients.phone(start=start), NOW).reading is reading


def test_without_sequence_and_start_an_answer_counts_where_there_was_one_time_only(world: World) -> None:
    world.tell(sample_meeting(place="Salen"))
    assert apply_inbound(world.ledger, "a.eml", clients.phone(start=""), NOW).reading is Reading.ANSWER


@pytest.mark.parametrize(
    "value",
    [
        ";EMAIL=rri@vesterlyng.example:urn:uuid:1f0c7a52-6d5e-4f55-9f3b-2f1d0b6f7c11",
        ';EMAIL="RRI@vesterlyng.example":/principals/rri/',
        ";EMAIL=rri@vesterlyng.example:invalid:nomail",
        ":mailto:<rri@vesterlyng.example>",
    ],
)
def test_who_answers_may_stand_beside_a_value_that_is_no_mailbox(world: World, value: str) -> None:
    lines = clients.calendar(
        f"ATTENDEE;PARTSTAT=ACCEPTED{value}", f"UID:{clients.UID}", "DTSTAMP:20261121T080000Z", "SEQUENCE:0"
    )
    mail = clients.mail(lines, kind="text/calendar; method=REPLY")
    assert apply_inbound(world.ledger, "a.eml", mail, NOW).reading is Reading.ANSWER
    assert answers(world) == {RIGMOR.email: "ACCEPTED"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"From: Rigmor Rimfrost <rri@", b"From: Rigmor Rimfrost <ppa@"),
        (b"From: ", b"From: ppa@vesterlyng.example, "),
        (b"From: ", b"From: ppa@vesterlyng.example\r\nFrom: "),
        (b"PARTSTAT=ACCEPTED", b"PARTSTAT=COMPLETED"),
        (b"END:VEVENT", b"RECURRENCE-ID:20261124T090000Z\nEND:VEVENT"),
        (b"UID:", b"UID:x"),
        (b"BEGIN:VEVENT", b"BEGIN:VTODO"),
    ],
)
def test_what_is_not_from_the_one_who_was_invited_changes_nothing(world: World, old: bytes, new: bytes) -> None:
    data = clients.phone()
    assert old in data
    assert apply_inbound(world.ledger, "a.eml", data.replace(old, new), NOW).reading is Reading.UNKNOWN
    assert answers(world) == {}


def test_a_list_of_the_whole_meeting_answers_for_its_sender_alone(world: World) -> None:
    listed = f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{PELLE.email}\nATTENDEE;PARTSTAT".encode()
    apply_inbound(world.ledger, "a.eml", clients.phone("DECLINED").replace(b"ATTENDEE;PARTSTAT", listed), NOW)
    assert answers(world) == {RIGMOR.email: "DECLINED"}


@pytest.mark.parametrize("between", [{"status": "cancelled"}, {"attendees": (PELLE,)}])
def test_who_is_invited_again_is_asked_again(world: World, between: dict[str, Any]) -> None:
    """The entry that was answered has gone from the calendar; nobody has said yes to the new one."""
    apply_inbound(world.ledger, "a.eml", clients.outlook(), NOW)
    assert standing(world) == {RIGMOR.email: "ACCEPTED"}
    world.pass_time(minutes=1)
    world.tell(sample_meeting(**between))
    assert standing(world) == {}
    pending = world.save(sample_meeting())
    asked = {str(who).removeprefix("mailto:"): who.params["PARTSTAT"] for who in world.event(pending[-1])["ATTENDEE"]}
    assert asked[RIGMOR.email] == "NEEDS-ACTION"
    world.deliver()
    assert standing(world) == {}
    again = clients.phone("TENTATIVE").replace(b"UID:", b"SEQUENCE:%d\nUID:" % pending[-1].sequence)
    assert apply_inbound(world.ledger, "b.eml", again, world.now).reading is Reading.ANSWER
    assert standing(world) == {RIGMOR.email: "TENTATIVE"}
