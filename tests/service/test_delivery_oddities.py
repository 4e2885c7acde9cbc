"""Servers and clocks that do what none should, and what is begun in advance: no notice lost, and none twice."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from hopdocs.errors import MailFault
from hopdocs.notices.record import NoticeId, State
from hopdocs.notices.sending import lane
from hopdocs.notices.sending.delivery import deliver_due
from hopdocs.notices.sending.outbox import Gates, Scope
from hopdocs.notices.sending.outcome import Outcome, Phase, Verdict
from hopdocs.notices.sending.pause import ServerPause
from hopdocs.notices.sending.transport import TransportSettings
from hopdocs.notices.wanted import WantedFamily, WantedReminder
from tests.service.test_delivery import HandClock, Post, serve, start_post
from tests.unit.notices.samples import FAMILY, NOW, PELLE, POLICY, RIGMOR, sample_meeting

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from hopdocs.notices.ledger.store import Ledger
    from tests.service.smtp_script import Script, ScriptedServer, Step


def post_with(*names: str, **changes: Any) -> Post:
    """A started ledger with an invitation to Rigmor for each meeting."""
    post = start_post()
    meetings = (sample_meeting(meeting=name, uid=f"{name}@x.example", attendees=(RIGMOR,), **changes) for name in names)
    post.world.save(*meetings)
    return post


def states(post: Post) -> list[State]:
    return [item.state for item in post.world.ledger.of_family(FAMILY)]


# Replies that are none, or one too many


@pytest.mark.parametrize("reply", [b"250 modtaget, k\xe6re ven\r\n", b"250 \x00\x07\r\n", "250 tak 🌈"])
def test_a_reply_in_any_letters_is_written_down_and_counts_once(reply: Step) -> None:
    post, server = post_with("m1"), serve({"DOT": reply})
    post.send(server)
    assert states(post) == [State.ACCEPTED]
    post.send(server)
    assert len(server.taken) == 1


def test_a_refusal_in_any_letters_is_written_down() -> None:
    post, server = post_with("m1"), serve({"RCPT": b"550 ukendt modtager: \xe6\xf8\xe5\r\n"})
    post.send(server)
    assert states(post) == [State.FAILED]


def test_two_replies_to_one_dot_are_not_taken_for_the_next_ones() -> None:
    post, server = post_with("m1", "m2"), serve({"DOT": b"250 taken\r\n250 taken\r\n"})
    post.send(server)
    assert states(post) == [State.ACCEPTED] * 2
    assert (server.connections, len(server.taken)) == (2, 2)


def test_a_wrong_kind_of_reply_to_the_dot_leaves_it_open_what_became_of_the_mail() -> None:
    post, server = post_with("m1"), serve({"DOT": "354 go on"})
    post.send(server)
    record = post.world.ledger.of_family(FAMILY)[0]
    assert (record.state, record.maybe_delivered, record.unanswered) == (State.PENDING, True, 1)


@pytest.mark.parametrize("script", [{"DATA": "250 ok"}, {"MAIL": "354 go on"}, {"RCPT": "354 go on"}])
def test_replies_out_of_step_end_the_connection_before_any_body(script: Script) -> None:
    post, server = post_with("m1"), serve(script)
    post.send(server)
    record = post.world.ledger.of_family(FAMILY)[0]
    assert (record.state, record.maybe_delivered, server.taken) == (State.PENDING, False, [])
    assert "RSET" not in server.commands


@pytest.mark.parametrize("verb", ["MAIL", "RCPT"])
@pytest.mark.parametrize("refusal", ["555 5.5.4 unsupported option", "501 5.5.4 syntax", "504 5.5.4 no", "455 no"])
def test_a_server_that_offers_reports_and_refuses_them_gets_the_mail_without(verb: str, refusal: str) -> None:
    """A gateway passes on what the server behind it offers, and takes no parameters itself."""
    post = post_with("m1", "m2")
    wanted = {"MAIL": "RET=HDRS", "RCPT": "NOTIFY=FAILURE,DELAY"}[verb]
    server = serve({"EHLO": "250-script.example\r\n250 DSN", f"{verb} WITH {wanted}": refusal})
    assert post.send(server).fault is None
    assert states(post) == [State.ACCEPTED] * 2
    assert (len(server.taken), sum(wanted in line for line in server.commands)) == (2, 1)


def test_a_recipient_who_is_refused_with_and_without_reports_has_failed() -> None:
    post, server = (
        post_with("m1", "m2"),
        serve({"EHLO": "250-script.example\r\n250 DSN", "RCPT": "501 5.1.3 bad address"}),
    )
    post.send(server)
    assert states(post) == [State.FAILED] * 2
    assert server.taken == []


def test_a_server_that_takes_only_so_many_over_one_connection_gets_the_rest_over_another() -> None:
    post, server = post_with("m1", "m2", "m3"), serve({"MAIL AGAIN": "421 4.7.0 too many messages, reconnect"})
    assert post.send(server).fault is None
    assert states(post) == [State.ACCEPTED] * 3
    assert (server.connections, len(server.taken)) == (3, 3)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param({"MAIL": "550 5.7.60 not allowed to send as this sender"}, id="another sender"),
        pytest.param({"MAIL": "554 no mail from this host"}, id="another host"),
        pytest.param({"RCPT": "554 5.7.1 relay access denied"}, id="a relay of others"),
        pytest.param({"DOT": "554 5.2.252 SendAsDenied; not allowed"}, id="told after the dot"),
        pytest.param({"RCPT": "550 5.4.5 daily quota exceeded"}, id="the day's limit"),
    ],
)
def test_a_server_that_lets_us_in_nowhere_costs_no_notice(script: Script) -> None:
    """It is set up wrongly, or we are: whatever it says of each mail, none of them is at fault."""
    post, server = start_post(), serve(script)
    post.world.save(*(sample_meeting(meeting=name, uid=f"{name}@x.example") for name in ("m1", "m2", "m3")))
    report = post.send(server)
    assert report.fault is not None
    assert (report.fault.code, set(states(post))) == ("HD402", {State.PENDING})
    assert sum(line.startswith("MAIL") for line in server.commands) <= 3
    server.scripts = [{}]
    for _ in range(3):
        post.pass_time(minutes=1)
        post.send(server)
    assert states(post) == [State.ACCEPTED] * 6
    assert len(server.accepted) == 6


def test_a_recipient_to_whom_nobody_may_write_fails_and_holds_up_nobody() -> None:
    post, server = start_post(), serve({f"RCPT {PELLE.email}": "550 5.7.1 not allowed"})
    post.world.save(*(sample_meeting(meeting=name, uid=f"{name}@x.example") for name in ("m1", "m2", "m3")))
    assert post.send(server).fault is None
    told = {item.email for item in post.world.ledger.of_family(FAMILY) if item.state is State.ACCEPTED}
    assert (told, len(server.accepted)) == ({RIGMOR.email}, 3)
    post.pass_time(minutes=1)
    post.send(server)
    assert {State.FAILED} == {item.state for item in post.world.ledger.of_family(FAMILY) if item.email == PELLE.email}


def test_a_recipient_to_whom_nobody_may_write_fails_once_somebody_else_got_mail_since() -> None:
    """Where few mails go, a round has one: what was taken in another says as well that the server knows us."""
    post, server = start_post(), serve({f"RCPT {PELLE.email}": "550 5.7.1 not allowed"})
    meetings = [
        sample_meeting(meeting=name, uid=f"{name}@x.example", attendees=(who,))
        for name, who in (("m1", PELLE), ("m2", RIGMOR))
    ]
    for count in (1, 2):
        post.world.save(*meetings[:count])
        post.send(server)
        post.pass_time(minutes=5)
    assert sorted(states(post)) == [State.ACCEPTED, State.PENDING]
    post.send(server)
    assert sorted(states(post)) == [State.ACCEPTED, State.FAILED]


def test_a_recipient_at_whose_name_the_server_hangs_up_holds_up_the_others_for_hours_and_not_days() -> None:
    """Whose server is always busy comes first each time, since his notice is the oldest."""
    post, server = start_post(), serve({f"RCPT {PELLE.email}": "421 4.7.0 later"})
    post.world.save(*(sample_meeting(meeting=name, uid=f"{name}@x.example") for name in ("m1", "m2", "m3")))
    for _ in range(4):
        post.send(server)
        post.pass_time(hours=1)
    assert [item.state for item in post.world.ledger.of_family(FAMILY) if item.email == RIGMOR.email] == [
        State.ACCEPTED
    ] * 3


def test_a_sender_who_is_refused_holds_up_the_others_for_a_minute_only() -> None:
    """A cancellation comes from the address that the invitation came from, which the account may no longer use."""
    post, server = start_post(), serve({"MAIL WITH <old@": "550 5.7.60 not allowed to send as this sender"})
    names = {"m1": "old@vesterlyng.example", "m2": "hop@vesterlyng.example", "m3": "hop@vesterlyng.example"}
    post.world.save(
        *(sample_meeting(meeting=m, uid=f"{m}@x.example", organizer=o, attendees=(RIGMOR,)) for m, o in names.items())
    )
    for _ in range(2):
        post.send(server)
        post.pass_time(minutes=1)
    assert sorted(states(post)) == [State.ACCEPTED, State.ACCEPTED, State.PENDING]


@pytest.mark.parametrize("refusal", ["503 5.5.1 nested MAIL", "550 5.5.3 too many mails, reconnect"])
def test_a_connection_over_which_nothing_more_is_taken_is_opened_anew(refusal: str) -> None:
    post, server = post_with("m1", "m2", "m3"), serve({"MAIL AGAIN": refusal})
    assert post.send(server).fault is None
    assert (states(post), server.connections) == ([State.ACCEPTED] * 3, 3)


def test_a_demand_for_login_after_the_dot_pauses_and_is_no_doubt() -> None:
    post, server = post_with("m1", "m2"), serve({"DOT": "530 5.7.0 authentication required"})
    report = post.send(server)
    assert report.fault is not None
    assert report.fault.code == "HD406"
    records = post.world.ledger.of_family(FAMILY)
    assert [(item.state, item.maybe_delivered) for item in records] == [(State.PENDING, False)] * 2
    assert len(server.taken) == 1


def test_a_wrong_password_is_tried_in_one_way_only(tmp_path: Path) -> None:
    """A server that offers three ways would count three tries, and lock the account after a few pauses."""
    secret = tmp_path / "password"
    secret.write_text("not a real secret", "utf-8")
    secret.chmod(0o600)
    post = post_with(*(f"m{n}" for n in range(20)))
    server = serve({"EHLO": "250-script.example\r\n250 AUTH CRAM-MD5 LOGIN PLAIN", "AUTH": "535 no"})
    for _ in range(10):
        post.send(server, user="hop", password_file=str(secret))
        post.pass_time(minutes=1)
    assert sum(line.startswith("AUTH") for line in server.commands) == 1
    assert not any(line.startswith("MAIL") for line in server.commands)


# A body begun in the commit that accepted the one before


@dataclass
class Watched:
    """A connection that notes each notice's state when its envelope begins, and then does as `fates` say."""

    ledger: Ledger
    fates: list[Outcome | BaseException]
    lead_seconds: float = 0.0

    def __post_init__(self) -> None:
        self.seen: list[State] = []

    async def send(
        self,
        recipient: str,
        mime: bytes,
        before_body: Callable[[], Awaitable[None]],
        *,
        sender: str,
        meanwhile: Callable[[], None],
    ) -> Outcome:
        assert recipient.endswith(sender.partition("@")[2])
        line = next(item for item in mime.decode().split("\r\n") if item.startswith("Message-ID: "))
        record = self.ledger.of_message_id(line.removeprefix("Message-ID: "))
        assert record is not None
        self.seen.append(record.state)
        meanwhile()
        fate = self.fates.pop(0) if self.fates else Outcome(Verdict.ACCEPTED, Phase.BODY, 250, "ok")
        if isinstance(fate, BaseException):
            raise fate
        if fate.phase is Phase.BODY:
            await before_body()
        return fate

    async def close(self) -> None:
        """Nothing is open."""


def send_watched(post: Post, *fates: Outcome | BaseException, lead_seconds: float = 0.0) -> list[State]:
    watched = Watched(post.world.ledger, list(fates), lead_seconds)
    with patch.object(lane, "Connection", lambda _settings: watched):
        asyncio.run(deliver_due(post.world.ledger, TransportSettings("localhost", 25, "none"), post.clock, post.gates))
    return watched.seen


TAKEN = Outcome(Verdict.ACCEPTED, Phase.BODY, 250, "ok")


def test_the_next_body_begins_with_the_commit_that_accepts_the_one_before() -> None:
    post = post_with("m1", "m2", "m3")
    assert send_watched(post) == [State.PENDING, State.DATA_STARTED, State.DATA_STARTED]
    assert states(post) == [State.ACCEPTED] * 3
    post.world.ledger.verify()


def test_with_a_slow_server_each_body_has_its_own_commit() -> None:
    assert send_watched(post_with("m1", "m2"), lead_seconds=1.0) == [State.PENDING, State.PENDING]


def test_a_reminder_never_begins_before_its_time() -> None:
    """It would be in doubt after a crash, although nothing of it had left."""
    post = start_post()
    meeting = sample_meeting(meeting="m1", uid="m1@x.example", attendees=(RIGMOR,))
    reminder = WantedReminder(
        family=FAMILY,
        meeting="m1",
        key="del-1",
        recipient=PELLE,
        due=NOW.date(),
        expires=NOW + timedelta(days=1),
        case_number="26-012345",
        subject="din del mangler",
        lines=("Din del mangler endnu.",),
        organizer=meeting.organizer,
        organizer_name=meeting.organizer_name,
        reply_to=meeting.reply_to,
    )
    post.world.save_families(WantedFamily(FAMILY, (meeting,), reminders=(reminder,)))
    assert send_watched(post) == [State.PENDING, State.PENDING]


@pytest.mark.parametrize(
    "fate",
    [
        pytest.param(Outcome(Verdict.BROKEN, Phase.DATA), id="broken off"),
        pytest.param(Outcome(Verdict.LATER, Phase.RCPT, 450, "later"), id="deferred"),
        pytest.param(Outcome(Verdict.LATER, Phase.MAIL, 421, "busy"), id="busy"),
        pytest.param(MailFault("HD402", host="h", reply="", detail=""), id="no connection"),
        pytest.param(asyncio.CancelledError(), id="cancelled"),
        pytest.param(ZeroDivisionError(), id="a fault of ours"),
    ],
)
def test_a_body_that_was_begun_in_advance_and_did_not_leave_waits_again(fate: Outcome | BaseException) -> None:
    post = post_with("m1", "m2")
    with suppress(asyncio.CancelledError, ZeroDivisionError):
        send_watched(post, TAKEN, fate)
    first, second = post.world.ledger.of_family(FAMILY)
    assert first.state is State.ACCEPTED
    assert (second.state, second.maybe_delivered) == (State.PENDING, False)
    post.pass_time(hours=1)
    assert send_watched(post) == [State.PENDING]
    assert states(post) == [State.ACCEPTED] * 2


def test_a_fault_of_ours_after_the_body_makes_no_storm_of_copies() -> None:
    post = post_with("m1")
    server = serve({})
    with patch.object(lane.Lane, "_apply", side_effect=ZeroDivisionError), suppress(ZeroDivisionError):
        post.send(server)
    assert states(post) == [State.DATA_STARTED]
    for _ in range(5):
        post.send(server)
    assert len(server.taken) == 1


# Time


class PushedClock(HandClock):
    """A clock that leaps as soon as a server has taken a mail."""

    server: ScriptedServer
    leap = timedelta(hours=10)

    def now(self) -> datetime:
        return self.at + (self.leap if self.server.taken else timedelta())


def send_while_time_flies(post: Post, gates: Gates | None = None) -> ScriptedServer:
    server, clock = serve({}), PushedClock(post.clock.at)
    clock.server = server
    post.clock, post.gates = clock, gates or post.gates
    post.send(server)
    return server


def test_a_meeting_that_begins_during_a_long_round_is_not_announced_any_more() -> None:
    post = post_with("m1", "m2", starts=datetime(2026, 11, 21, 14, 0), ends=datetime(2026, 11, 21, 15, 0))  # noqa: DTZ001 - local
    server = send_while_time_flies(post)
    assert (states(post), len(server.taken)) == ([State.ACCEPTED, State.DROPPED], 1)


def test_mail_hours_end_during_a_long_round_too() -> None:
    post = post_with("m1", "m2")
    office = replace(POLICY, hold_seconds=0, hours_start_minute=7 * 60, hours_end_minute=17 * 60)
    server = send_while_time_flies(post, Gates(office))
    assert (states(post), len(server.taken)) == ([State.ACCEPTED, State.PENDING], 1)


@pytest.mark.parametrize(
    "ahead",
    [
        pytest.param(timedelta(days=2), id="two days"),  # still before the meeting
        pytest.param(timedelta(hours=1), id="the machine's clock shows local time, and is taken for UTC"),
    ],
)
def test_what_a_clock_that_ran_ahead_wrote_down_holds_nothing_back(ahead: timedelta) -> None:
    post = post_with("m1")
    post.gates = Gates(POLICY)
    post.clock.at = NOW + ahead
    post.send(serve({"RCPT": "450 later"}))
    post.world.ledger._connection.execute("UPDATE notice SET planned_at = not_before")
    ServerPause(post.world.ledger).begin(post.clock.at, post.clock.at + timedelta(hours=1), "HD402")
    post.clock.at = NOW
    server = serve({})
    post.send(server)
    assert (states(post), len(server.taken)) == ([State.ACCEPTED], 1)


# What the gates speak of


def test_what_came_after_the_gates_were_read_waits_for_the_next_look() -> None:
    post = post_with("m1")
    waiting = post.world.ledger.waiting
    post.gates = Gates(replace(POLICY, hold_seconds=0), scope=Scope(waiting.families(), waiting.newest()))
    post.world.save(
        *(sample_meeting(meeting=name, uid=f"{name}@x.example", attendees=(RIGMOR,)) for name in ("m1", "m2"))
    )
    server = serve({})
    report = post.send(server)
    assert (states(post), report.unjudged) == ([State.ACCEPTED, State.PENDING], {FAMILY})
    post.gates = replace(post.gates, scope=Scope(waiting.families(), waiting.newest()))
    assert len(post.send(server).accepted) == 1


def test_what_a_person_sends_again_waits_until_its_family_was_looked_at() -> None:
    post = post_with("m1")
    post.send(serve({"RCPT": "550 no"}))
    waiting = post.world.ledger.waiting
    post.gates = replace(post.gates, scope=Scope(waiting.families(), waiting.newest()))
    post.world.ledger.resolve(NoticeId(1), NOW, arrived=False)
    assert post.world.holds(post.gates) == ["HD447"]
