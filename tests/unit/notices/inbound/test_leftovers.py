"""What came to nothing, and why: no mail that lies in the folder is passed over without a word."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest

from hopdocs.catalogue import fill_message
from hopdocs.notices.inbound import leftovers
from hopdocs.notices.inbound.answers import Reading, apply_inbound, pass_over_other_files, read_inbound_folder
from hopdocs.notices.inbound.inbox import MOST_STRANGERS, Inbox
from hopdocs.notices.inbound.mail_file import LARGEST_MAIL_BYTES
from tests.unit.notices import client_replies as clients
from tests.unit.notices.inbound.test_answers import reply, report
from tests.unit.notices.inbound.test_mail_files import kept
from tests.unit.notices.samples import FAMILY, NOW, PELLE, RIGMOR, SOFUS, World, sample_meeting

if TYPE_CHECKING:
    from pathlib import Path

RIGMORS_OTHER: Final = "rigmor.rimfrost@vesterlyng.example"
ALIASES: Final = {RIGMORS_OTHER: RIGMOR.email}


@pytest.fixture
def world() -> World:
    world = World()
    world.tell(sample_meeting())
    return world


def answers(world: World) -> dict[str, str]:
    return {item.email: item.partstat for item in world.ledger.answers()}


LETTER: Final = clients.mail("Jeg kommer gerne.", kind="text/plain")


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        (b"x" * (LARGEST_MAIL_BYTES + 1), leftovers.NO_MAIL),
        (b"From: " + b"a@b," * 60_000 + b"\n\n", leftovers.NO_MAIL),
        (b"", leftovers.NO_MAIL),
        (clients.out_of_office(), leftovers.AUTO_REPLY),
        (clients.mail("Jeg er væk", kind="text/plain", more="X-Autoreply: yes\r\n"), leftovers.AUTO_REPLY),
        (LETTER, leftovers.ORDINARY),
        (clients.tnef(), leftovers.OUTLOOKS_OWN),
        (clients.mail("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n", kind="text/calendar"), leftovers.BROKEN_CALENDAR),
        (clients.out_of_office().replace(b"Auto-Submitted: auto-replied\r\n", b""), leftovers.NO_ANSWER),
        (reply(uid="another@vesterlyng.example"), leftovers.ANOTHER_MEETING),
        (reply(sender="fremmed@vesterlyng.example"), leftovers.UNINVITED),
        (reply(sender="rri@vesterlyng.example>, Pelle <ppa@vesterlyng.example"), leftovers.NOT_ONE_SENDER),
        (reply(sender=PELLE.email), leftovers.FOR_SOMEBODY_ELSE),
        (reply(sequence=7), leftovers.STALE),
        (reply(partstat="COMPLETED"), leftovers.EMPTY_ANSWER),
        (b"From: MAILER-DAEMON@mx.example\r\nSubject: noget\r\n\r\nNoget gik galt.", leftovers.UNKNOWN_BOUNCE),
    ],
)
def test_every_mail_that_comes_to_nothing_says_why(world: World, mail: bytes, why: str) -> None:
    result = apply_inbound(world.ledger, "a.eml", mail, NOW)
    assert (result.reading in {Reading.UNKNOWN, Reading.STALE}, result.why) == (True, why)
    assert answers(world) == {}
    assert fill_message(why, {}, "da") != fill_message(why, {}, "en")


def test_reports_that_fail_nothing_say_why(world: World) -> None:
    first = world.ledger.of_family(FAMILY)[0]
    whys = [
        apply_inbound(world.ledger, "a.eml", data, NOW).why
        for data in (
            report(first, message_id="<guess@vesterlyng.example>"),
            report(first, action="delivered", number=2),
            report(first, action="delayed", number=3),
            report(first, number=4),
            report(first, number=4),
            report(first, number=5),
        )
    ]
    assert whys == [
        *(leftovers.UNKNOWN_BOUNCE, leftovers.OTHERS_BOUNCE, leftovers.DELAYED, ""),
        *(leftovers.READ_BEFORE, leftovers.SETTLED),
    ]


def test_what_lies_in_the_folder_and_came_to_nothing_is_counted_while_it_lies_there(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "svar.eml").write_bytes(reply())
    (tmp_path / "brev.eml").write_bytes(LETTER)
    (tmp_path / "Møde.msg").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "genvej.eml").symlink_to(tmp_path / "svar.eml")
    os.mkfifo(tmp_path / "rør.eml")
    (tmp_path / ".svar2.eml").write_bytes(LETTER)
    (tmp_path / "hentes.eml.part").write_bytes(LETTER)
    (tmp_path / "læst").mkdir()

    def new() -> list[tuple[str, str]]:
        found = [
            *read_inbound_folder(world.ledger, tmp_path, NOW),
            *pass_over_other_files(world.ledger, tmp_path),
        ]
        return sorted((item.name, item.why) for item in found)

    inbox = Inbox(world.ledger)
    assert new() == [
        ("Møde.msg", leftovers.NOT_EML),
        ("brev.eml", leftovers.ORDINARY),
        ("genvej.eml", leftovers.NO_PLAIN_FILE),
        ("rør.eml", leftovers.NO_PLAIN_FILE),
        ("svar.eml", ""),
    ]
    assert new() == []
    lying = {leftovers.NOT_EML: 1, leftovers.ORDINARY: 1, leftovers.NO_PLAIN_FILE: 2}
    assert inbox.came_to_nothing(str(tmp_path)) == lying
    (tmp_path / "Møde.msg").unlink()
    (tmp_path / "brev.eml").write_bytes(reply(partstat="DECLINED", number=2))
    assert new() == [("brev.eml", "")]
    assert inbox.came_to_nothing(str(tmp_path)) == {leftovers.NO_PLAIN_FILE: 2}


def test_an_answer_from_another_address_is_kept_until_somebody_says_whose_it_is(world: World, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(kept("reply-from-primary-address-reply.eml", world))
    (found,) = read_inbound_folder(world.ledger, tmp_path, NOW)
    assert (found.why, answers(world)) == (leftovers.UNINVITED, {})
    (stranger,) = Inbox(world.ledger).strangers()
    assert (stranger.sender, stranger.partstat) == (RIGMORS_OTHER, "ACCEPTED")
    assert read_inbound_folder(world.ledger, tmp_path, NOW) == []
    (again,) = read_inbound_folder(world.ledger, tmp_path, NOW, ALIASES)
    assert (again.reading, answers(world)) == (Reading.ANSWER, {RIGMOR.email: "ACCEPTED"})
    assert read_inbound_folder(world.ledger, tmp_path, NOW, ALIASES) == []
    assert read_inbound_folder(world.ledger, tmp_path, NOW) == []


@pytest.mark.parametrize(
    ("sender", "attendee"),
    [(RIGMORS_OTHER, RIGMOR.email), (RIGMOR.email, RIGMORS_OTHER), (RIGMORS_OTHER.title(), RIGMORS_OTHER.upper())],
)
def test_either_of_two_addresses_of_one_person_may_stand_in_either_place(
    world: World, sender: str, attendee: str
) -> None:
    mail = reply(sender=sender, attendee=attendee)
    assert apply_inbound(world.ledger, "a.eml", mail, NOW).why == leftovers.UNINVITED
    assert apply_inbound(world.ledger, "a.eml", mail, NOW, ALIASES).reading is Reading.ANSWER
    assert answers(world) == {RIGMOR.email: "ACCEPTED"}


def test_nobodys_alias_answers_for_a_third(world: World) -> None:
    mail = reply(sender=RIGMORS_OTHER, attendee=PELLE.email)
    assert apply_inbound(world.ledger, "a.eml", mail, NOW, ALIASES).why == leftovers.FOR_SOMEBODY_ELSE
    assert answers(world) == {}


def test_of_a_list_that_was_invited_only_the_first_strangers_are_kept(world: World) -> None:
    for number in range(2 * MOST_STRANGERS):
        address = f"medlem{number}@liste.example"
        apply_inbound(world.ledger, "a.eml", reply(sender=address, attendee=address, number=number), NOW)
    assert len(Inbox(world.ledger).strangers()) == MOST_STRANGERS
    Inbox(world.ledger).forget_strangers(["medlem0@liste.example"])
    assert len(Inbox(world.ledger).strangers()) == MOST_STRANGERS - 1


def test_who_knows_no_meeting_of_ours_is_not_kept(world: World) -> None:
    apply_inbound(world.ledger, "a.eml", reply(uid="gæt@vesterlyng.example", sender=SOFUS.email), NOW)
    assert Inbox(world.ledger).strangers() == []


def test_a_bounce_that_names_an_alias_is_that_persons(world: World) -> None:
    record = next(item for item in world.ledger.of_family(FAMILY) if item.email == RIGMOR.email)
    thread = f"References: {record.message_id}\r\nFrom: MAILER".encode()
    data = report(record, message_id="<n@x.example>", to=RIGMORS_OTHER).replace(b"From: MAILER", thread, 1)
    assert apply_inbound(world.ledger, "a.eml", data, NOW).why == leftovers.OTHERS_BOUNCE
    assert apply_inbound(world.ledger, "a.eml", data, NOW, ALIASES).reading is Reading.BOUNCE
