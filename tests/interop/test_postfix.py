"""A real relay between hopdocs and real inboxes: what is sent arrives, once, in order and unharmed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import threading
from collections import Counter
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Final

import pytest

from tests.interop.conftest import PASSWORD, address_of
from tests.interop.mail_rules import calendar_lines, faults_of, plain_value
from tests.interop.relay_rules import WELCOME
from tests.interop.story import AROUND_THE_CHANGES, HARD_PLACE
from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.interop.conftest import Relay
    from tests.interop.maildir import Arrival
    from tests.interop.office import Office
    from tests.interop.story import Story

TEAM: Final = {address_of(staff) for staff in ("rri", "iik", "ssk", "yym", "ppa", "bbl")}
PELLE: Final = address_of("ppa")
LATER: Final = "2026-11-22"
"""A day on: every wait after a refusal or a silence is over."""


def told(arrivals: Mapping[str, list[Arrival]]) -> dict[str, list[tuple[str, int]]]:
    """Who got which method and sequence."""
    return {address: sorted(method_of(arrival) for arrival in got) for address, got in arrivals.items()}


def method_of(arrival: Arrival) -> tuple[str, int]:
    found = facts_of(arrival)
    return found["METHOD"], int(found["SEQUENCE"])


def facts_of(arrival: Arrival) -> dict[str, str]:
    """The calendar part's properties; where one stands twice, the last."""
    return {line.name: line.value for line in calendar_lines(message_from_bytes(arrival.as_sent, policy=policy.SMTP))}


# What a meeting's whole life brings into the inboxes


def test_each_edit_reaches_those_whom_it_concerns_and_nobody_else(story: Story) -> None:
    meetings = 2 + len(AROUND_THE_CHANGES)
    assert told(story.step("invited")) == {person: [("REQUEST", 0)] * meetings for person in TEAM}
    assert told(story.step("nothing changed")) == {}
    assert told(story.step("moved")) == {person: [("REQUEST", 1)] for person in TEAM}
    assert told(story.step("elsewhere")) == {person: [("REQUEST", 2)] for person in TEAM}
    off = {person: [("CANCEL", 1)] for person in TEAM} | {PELLE: [("CANCEL", 1), ("CANCEL", 3)]}
    assert told(story.step("one removed, one meeting off")) == off
    on = {person: [("REQUEST", 2)] for person in TEAM} | {PELLE: [("REQUEST", 2), ("REQUEST", 4)]}
    assert told(story.step("both back")) == on
    assert told(story.step("after the changes")) == {person: [("CANCEL", 1), ("REQUEST", 1)] for person in TEAM}


def test_every_mail_arrives_once_and_with_the_bytes_that_the_ledger_keeps(story: Story) -> None:
    arrived = {str(arrival.message["Message-ID"]): arrival.as_sent for _, arrival in story.mails}
    assert len(arrived) == len(story.mails)
    assert arrived == story.stored


def test_no_mail_breaks_a_rule_after_its_way_through_a_relay(story: Story) -> None:
    assert {arrival.path.name: faults for _, arrival in story.mails if (faults := faults_of(arrival.as_sent))} == {}


def test_each_mail_goes_to_one_person_and_bounces_to_the_organizer(story: Story) -> None:
    for address, arrival in story.mails:
        assert arrival.message["Delivered-To"] == address
        assert arrival.message["To"].addresses[0].addr_spec == address
        assert arrival.message["Return-Path"] == "<hop@vesterlyng.example>"
        assert arrival.message["Reply-To"].addresses[0].addr_spec == "iik@vesterlyng.example"


def test_numbers_rise_in_every_inbox(story: Story) -> None:
    """Acceptance case 18."""
    for person in TEAM:
        last: dict[str, tuple[int, str]] = {}
        for arrival in story.inbox(person):
            facts = facts_of(arrival)
            numbers = int(facts["SEQUENCE"]), facts["DTSTAMP"]
            assert numbers > last.get(facts["UID"], (-1, ""))
            last[facts["UID"]] = numbers


def test_four_thousand_difficult_characters_arrive_as_they_were_written(story: Story) -> None:
    (arrival,) = story.step("elsewhere")[PELLE]
    written = " ".join(HARD_PLACE.split())
    assert plain_value(facts_of(arrival)["LOCATION"]) == written
    for kind in ("plain", "html"):
        body = arrival.message.get_body((kind,))
        assert body is not None
        assert ("&lt;b&gt;" if kind == "html" else written) in " ".join(body.get_content().split())


def test_danish_subjects_arrive(story: Story) -> None:
    subjects = {str(arrival.message["Subject"]) for arrival in story.inbox(PELLE)}
    assert "Ændret: familieplansmøde, sag 26-012345, nu tirsdag den 24. november kl. 12.30" in subjects
    assert "Du deltager ikke længere: familieplansmøde, sag 26-012345, tirsdag den 24. november kl. 12.30" in subjects
    assert "Aflyst: opfølgningsmøde, sag 26-012345, tirsdag den 19. januar kl. 10.00" in subjects


# Encryption and login


def secure(relay: Relay, office: Office, password: str, authority: Path) -> None:
    """Send to the other door, which wants a password, and show it whom to trust."""
    office.set_server(relay.secured)
    (office.folder / "secret").write_text(password + "\n", "utf-8")
    (office.folder / "secret").chmod(0o600)
    shutil.copy(authority, office.folder / "authority.pem")


def test_mail_goes_encrypted_and_signed_in_where_the_relay_asks_for_it(relay: Relay, office: Office) -> None:
    secure(relay, office, PASSWORD, relay.authority)
    office.send()
    arrivals = relay.arrivals()
    assert told(arrivals) == {person: [("REQUEST", 0)] * 2 for person in TEAM}
    for got in arrivals.values():
        for arrival in got:
            assert re.search(r"using TLSv1\.[23] ", arrival.message["Received"])
            assert "Authenticated sender: hop-service" in arrival.message["Received"]


def test_a_wrong_password_stops_the_queue_after_one_try(relay: Relay, office: Office) -> None:
    secure(relay, office, "forkert", relay.authority)
    before = relay.accounts.refused
    said = office.send() + office.watch_once()  # who sends by hand tries at once, after a pause too
    assert relay.arrivals() == {}
    assert relay.accounts.refused == before + 1
    assert "forkert" not in said + relay.postfix.log()
    (office.folder / "secret").write_text(PASSWORD, "utf-8")
    (office.folder / "secret").chmod(0o600)
    office.today = LATER
    office.send()
    assert told(relay.arrivals()) == {person: [("REQUEST", 0)] * 2 for person in TEAM}


def test_nothing_is_said_to_a_relay_that_nobody_vouches_for(relay: Relay, office: Office) -> None:
    """Acceptance case 24."""
    secure(relay, office, PASSWORD, relay.stranger)
    before = len(relay.postfix.log())
    said = office.send()
    assert relay.arrivals() == {}
    assert "cannot prove who it is" in said
    log = relay.postfix.log()[before:]
    assert "Authenticated" not in log
    assert "from=<" not in log


# A relay that is not always there


def test_a_relay_that_wants_to_be_asked_again_is_asked_again(relay: Relay, office: Office) -> None:
    """Greylisting: a first try is refused for a while (RFC 6647)."""
    asked: Counter[str] = Counter()

    def greylist(question: Mapping[str, str]) -> str:
        if question["protocol_state"] != "RCPT":
            return WELCOME
        asked[question["recipient"]] += 1
        return "DEFER Greylisted for 60 seconds" if asked[question["recipient"]] <= 2 else WELCOME

    relay.policy.rule = greylist
    office.send()
    assert relay.arrivals() == {}
    assert set(asked.values()) == {2}
    office.today = LATER
    office.send()
    assert told(relay.arrivals()) == {person: [("REQUEST", 0)] * 2 for person in TEAM}


@pytest.mark.parametrize(("how", "where"), [("stop", "RCPT"), ("kill", "END-OF-MESSAGE")])
def test_a_relay_that_goes_away_in_the_middle_loses_and_doubles_nothing(
    relay: Relay, office: Office, how: str, where: str
) -> None:
    stopped: list[threading.Thread] = []

    def go_away(question: Mapping[str, str]) -> str:
        if question["protocol_state"] == where and nth(5):
            relay.postfix.settle()
            leaving = threading.Thread(target=getattr(relay.postfix, how))
            leaving.start()
            stopped.append(leaving)
            leaving.join()
        return WELCOME

    nth = counter()
    relay.policy.rule = go_away
    office.send()
    stopped[0].join()
    assert not relay.postfix.is_running
    relay.policy.rule = lambda _question: WELCOME
    relay.postfix.start()
    office.today = LATER
    office.send()
    assert told(relay.arrivals()) == {person: [("REQUEST", 0)] * 2 for person in TEAM}


def test_a_sender_that_dies_before_the_body_sends_the_rest_once(relay: Relay, office: Office) -> None:
    die_at(relay, office, "RCPT")
    office.send()
    assert told(relay.arrivals()) == {person: [("REQUEST", 0)] * 2 for person in TEAM}


def test_a_sender_that_dies_before_the_answer_sends_the_same_bytes_again(relay: Relay, office: Office) -> None:
    """The one window in which nobody can know: a second copy, the same to the last byte (RFC 1047)."""
    die_at(relay, office, "END-OF-MESSAGE")
    office.send()
    arrivals = [arrival.as_sent for got in relay.arrivals().values() for arrival in got]
    assert len(set(arrivals)) == 2 * len(TEAM)
    assert len(arrivals) - len(set(arrivals)) <= 1


def die_at(relay: Relay, office: Office, where: str) -> None:
    """Kill the sender while the relay thinks about the fourth mail."""
    nth = counter()

    def murder(question: Mapping[str, str]) -> str:
        if question["protocol_state"] == where and nth(4):
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        return WELCOME

    ready = threading.Event()
    relay.policy.rule = lambda question: murder(question) if ready.wait(PATIENCE_SECONDS) else WELCOME
    with office.start("notices", "send") as process:
        ready.set()
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == -signal.SIGKILL, said
    relay.policy.rule = lambda _question: WELCOME


def counter() -> Callable[[int], bool]:
    """Whether this call is the n-th."""
    calls = iter(range(1, 10_000))
    return lambda number: next(calls) == number
