"""A long queue over several connections: as quick as the server lets it be, and still each notice once."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hopdocs.errors import LedgerFault
from hopdocs.notices.ledger.store import Ledger
from hopdocs.notices.record import NoticeId, State
from hopdocs.notices.sending.outbox import Gates
from hopdocs.notices.sending.round import MOST_CONNECTIONS, WORTH_ANOTHER
from tests.service.smtp_script import Act, HandLoop, Script
from tests.service.test_delivery import Post, serve, start_post
from tests.unit.notices.samples import FAMILY, POLICY, RIGMOR, sample_meeting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.notices.record import Beginning, Taken
    from hopdocs.notices.sending.delivery import DeliveryReport
    from tests.service.smtp_script import ScriptedServer

MANY = 8 * WORTH_ANOTHER


def long_queue() -> Post:
    post = start_post()
    names = [f"m{number}" for number in range(MANY)]
    post.world.save(*(sample_meeting(meeting=n, uid=f"{n}@x.example", attendees=(RIGMOR,)) for n in names))
    return post


def states(post: Post) -> Counter[State]:
    return Counter(item.state for item in post.world.ledger.of_family(FAMILY))


def copies(server: ScriptedServer) -> Counter[bytes]:
    """How often each mail came."""
    return Counter(item.data for item in server.taken)


def test_a_long_queue_leaves_over_as_many_connections_as_are_worth_it_each_mail_once() -> None:
    post, server = long_queue(), serve()
    report = post.send(server)
    assert len(report.accepted) == len(server.accepted) == MANY
    assert set(copies(server).values()) == {1}
    assert server.connections == MOST_CONNECTIONS
    assert states(post) == {State.ACCEPTED: MANY}
    post.world.ledger.verify()


def test_what_connections_have_to_write_down_together_goes_into_one_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    together: list[int] = []
    write = Ledger.write_together

    def count(ledger: Ledger, taken: Sequence[Taken], beginning: Sequence[Beginning]) -> frozenset[NoticeId]:
        together.append(len(taken))
        return write(ledger, taken, beginning)

    monkeypatch.setattr(Ledger, "write_together", count)
    long_queue().send(serve())
    assert sum(together) == MANY
    assert max(together) == MOST_CONNECTIONS
    assert len(together) < MANY * 2 / 3


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param({"GREETING": "421 4.7.0 too many connections"}, id="421 at the greeting"),
        pytest.param({"GREETING": Act.CLOSE}, id="closed at once"),
        pytest.param({"MAIL": "432 4.3.2 concurrent connections limit exceeded"}, id="F31 432 at MAIL"),
        pytest.param({"MAIL": "421 4.4.2 too many"}, id="421 at MAIL"),
        pytest.param({"MAIL": "554 no more than one"}, id="554 at MAIL"),
    ],
)
def test_a_server_that_takes_one_connection_only_gets_everything_over_that_one(refusal: Script) -> None:
    """Fault F31, acceptance case 26: a further connection is one too many, and no fault of the server's."""
    post, server = long_queue(), serve({}, refusal)
    report = post.send(server)
    assert (report.fault, len(report.accepted)) == (None, MANY)
    assert server.connections == 2
    assert {item.attempts for item in post.world.ledger.of_family(FAMILY)} == {1}
    assert set(copies(server).values()) == {1}


def test_a_server_that_goes_away_amid_a_long_queue_gets_one_rest() -> None:
    post = long_queue()
    server = serve({"MAIL AGAIN": Act.CLOSE, "GREETING": "220 x"}, {"GREETING": "421 going down"})
    report = post.send(server)
    assert report.fault is not None
    assert (report.fault.code, len(report.accepted)) == ("HD402", 1)
    assert states(post) == {State.ACCEPTED: 1, State.PENDING: MANY - 1}
    assert not any(item.maybe_delivered for item in post.world.ledger.pending())


@pytest.mark.parametrize("fate", [Act.CLOSE, Act.SILENCE, Act.CLOSE_MID_BODY])
def test_what_goes_wrong_over_one_connection_is_that_mails_alone(fate: Act) -> None:
    """Faults F20, F21, F22: one in doubt waits ten minutes, and all others have arrived, and are known to have."""
    post, server = long_queue(), serve({}, {"DOT": fate}, {})
    report = post.send(server)
    assert states(post) == {State.ACCEPTED: MANY - 1, State.PENDING: 1}
    (left,) = post.world.ledger.pending()
    assert (report.deferred, left.unanswered) == ([left.id], 1)
    post.pass_time(minutes=10)
    post.send(server)
    assert states(post) == {State.ACCEPTED: MANY}
    assert sorted(copies(server).values())[-2:] == ([1, 1] if fate is Act.CLOSE_MID_BODY else [1, 2])


def test_a_disk_that_fills_while_several_mails_are_under_way_costs_no_second_copy(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Fault F33: what was taken over any connection and could not be written down is owed, and made up for."""
    post, server = long_queue(), serve()
    database = post.world.ledger._connection
    database.execute(
        f"CREATE TRIGGER full BEFORE INSERT ON notice_attempt WHEN (SELECT count(*) FROM notice_attempt) >= {MANY // 2}"  # noqa: S608 - a number
        " BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    )
    for _ in range(2):
        with pytest.raises(LedgerFault, match="HD413"):
            post.send(server)
    assert MANY // 2 < len(server.taken) <= MANY // 2 + MOST_CONNECTIONS
    assert caplog.records == []
    database.execute("DROP TRIGGER full")
    post.send(server)
    assert states(post) == {State.ACCEPTED: MANY}
    assert set(copies(server).values()) == {1}


def test_a_login_that_is_refused_over_a_further_connection_pauses_at_once() -> None:
    post, server = long_queue(), serve({}, {"MAIL": "530 5.7.0 authentication required"})
    report = post.send(server)
    assert report.fault is not None
    assert report.fault.code == "HD406"
    assert states(post)[State.ACCEPTED] < MANY
    assert set(copies(server).values()) == {1}


def test_the_rate_holds_over_all_connections_together() -> None:
    post, server = long_queue(), serve()
    most = 5 * WORTH_ANOTHER + 3
    post.gates = Gates(replace(POLICY, hold_seconds=0, rate_count=most))
    assert len(post.send(server).accepted) == most
    assert post.send(server).accepted == []
    post.pass_time(minutes=1)
    assert len(post.send(server).accepted) == MANY - most


def test_whoever_stops_lets_the_mails_under_way_arrive_over_every_connection() -> None:
    post, server = long_queue(), serve()

    async def send() -> DeliveryReport:
        async with server:
            return await post.deliver(server, should_stop=lambda: len(server.taken) >= 5 * WORTH_ANOTHER)

    with asyncio.Runner(loop_factory=HandLoop) as runner:
        report = runner.run(send())
    arrived = len(server.taken)
    assert 5 * WORTH_ANOTHER <= arrived < 5 * WORTH_ANOTHER + MOST_CONNECTIONS
    assert states(post) == {State.ACCEPTED: arrived, State.PENDING: MANY - arrived}
    assert len(report.accepted) == arrived


@pytest.mark.parametrize("after", [3 * WORTH_ANOTHER, 4 * WORTH_ANOTHER + 1])
def test_broken_off_at_any_moment_every_connection_leaves_the_truth_behind(after: int) -> None:
    post, server = long_queue(), serve()

    async def send() -> None:
        async with server:
            task = asyncio.create_task(post.deliver(server))
            while len(server.taken) < after:
                await server.has_taken.wait()
                server.has_taken.clear()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    with asyncio.Runner(loop_factory=HandLoop) as runner:
        runner.run(send())
    assert states(post)[State.DATA_STARTED] == 0
    waiting = post.world.ledger.pending()
    assert sum(item.maybe_delivered for item in waiting) <= MOST_CONNECTIONS
    assert len(server.taken) - states(post)[State.ACCEPTED] <= MOST_CONNECTIONS
    post.send(server)
    assert states(post) == {State.ACCEPTED: MANY}
    assert sum(copies(server).values()) <= MANY + MOST_CONNECTIONS
