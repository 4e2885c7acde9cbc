"""Whatever happens in whatever order, in the end everybody's calendar shows what the data say.

Edits, deletions, checkouts, unreadable files, withdrawals, faults of the mail server, crashes at any commit and in
any phase of a transaction, restarts and clock jumps, against the real planner, ledger, outbox and delivery. Only
the connection is a fake, which keeps what recipients got and how often.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hopdocs.notices.ledger import entering
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.planning.revisions import plan_revisions
from hopdocs.notices.record import State
from hopdocs.notices.sending import delivery, lane
from hopdocs.notices.sending import round as whole
from hopdocs.notices.sending.outbox import Gates
from hopdocs.notices.sending.outcome import Outcome, Phase, Verdict
from hopdocs.notices.sending.pause import ServerPause
from hopdocs.notices.sending.transport import TransportSettings
from hopdocs.notices.wanted import Attendee, Barred, WantedFamily, WantedMeeting
from tests.unit.notices.samples import FAMILY, NOW, PELLE, POLICY, RIGMOR, SOFUS, read_calendar, sample_meeting

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from hopdocs.notices.planning.revisions import RevisionPlan
    from hopdocs.notices.wanted import MeetingStatus

import icalendar

PEOPLE = (RIGMOR, PELLE, SOFUS)
FIRST = datetime(2027, 1, 11, 10, 0)  # noqa: DTZ001 - wall-clock time
MEETINGS = ("m1", "m2")
EXAMPLES = int(os.environ.get("HOPDOCS_NOTICE_EXAMPLES", "25"))


class Crash(BaseException):
    """The process is gone."""


class Fate(Enum):
    """What becomes of one transaction."""

    TAKEN = "taken"
    REFUSED = "refused"
    LATER = "later"
    BROKEN = "broken"
    TAKEN_UNANSWERED = "taken, not answered"
    LOST_UNANSWERED = "lost, not answered"
    CRASH_BEFORE = "crash before the body"
    CRASH_LOST = "crash after the body began, nothing taken"
    CRASH_TAKEN = "crash after the body was taken"


@dataclass
class Recipients:
    """Everybody's mailbox and calendar, and the fate that the next mails will have."""

    fates: list[Fate] = field(default_factory=list)
    copies: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    calendars: dict[tuple[str, str], Any] = field(default_factory=dict)
    windows: Counter[str] = field(default_factory=Counter)
    is_process_gone: bool = False

    async def let_others_go_on(self) -> None:
        """Several connections are at work: what one of them does, it does between two steps of another."""
        await asyncio.sleep(0)
        if self.is_process_gone:
            raise Crash

    def crash(self) -> NoReturn:
        """Nothing is done, sent or written after that, over whichever connection."""
        self.is_process_gone = True
        raise Crash

    def take(self, recipient: str, mime: bytes) -> None:
        """Keep the mail, and do with it what a calendar program does (RFC 5546 2.1.5)."""
        is_first = message_id(mime) not in self.copies
        self.copies[message_id(mime)].append(mime)
        calendar = icalendar.Calendar.from_ical(read_calendar(mime))
        event: Any = calendar.walk("VEVENT")[0]
        key = (recipient, str(event["UID"]))
        number = (int(event["SEQUENCE"]), event.decoded("DTSTAMP"))
        held = self.calendars.get(key)
        if held is not None and is_first:
            assert held[0][1] < number[1], "DTSTAMP did not rise"
        if held is not None and held[0] > number:
            return
        shown = None if str(calendar["METHOD"]) == "CANCEL" else (event.decoded("DTSTART"), str(event["LOCATION"]))
        if held is not None and held[1] != shown:
            assert held[0][0] < number[0], "what is shown changed under the same SEQUENCE"
        self.calendars[key] = (number, shown)


def message_id(mime: bytes) -> str:
    return next(line for line in mime.decode().split("\r\n") if line.startswith("Message-ID: "))


class FakeConnection:
    """Stands in for `transport.Connection`."""

    recipients: Recipients
    lead_seconds = 0.0

    def __init__(self, _settings: TransportSettings) -> None:
        pass

    async def send(
        self,
        recipient: str,
        mime: bytes,
        before_body: Callable[[], Awaitable[None]],
        *,
        sender: str,
        meanwhile: Callable[[], None],
    ) -> Outcome:
        assert sender.endswith("@vesterlyng.example")
        await self.recipients.let_others_go_on()
        meanwhile()
        await self.recipients.let_others_go_on()
        fate = self.recipients.fates.pop(0) if self.recipients.fates else Fate.TAKEN
        match fate:
            case Fate.REFUSED:
                return Outcome(Verdict.REFUSED, Phase.RCPT, 550, "no")
            case Fate.LATER:
                return Outcome(Verdict.LATER, Phase.RCPT, 450, "later")
            case Fate.BROKEN:
                return Outcome(Verdict.BROKEN, Phase.DATA)
            case Fate.CRASH_BEFORE:
                self.recipients.crash()
        await before_body()
        if fate in {Fate.TAKEN, Fate.TAKEN_UNANSWERED, Fate.CRASH_TAKEN}:
            self.recipients.take(recipient, mime)
        if fate in {Fate.CRASH_LOST, Fate.CRASH_TAKEN}:
            self.recipients.crash()
        await self.recipients.let_others_go_on()
        if fate is Fate.TAKEN:
            return Outcome(Verdict.ACCEPTED, Phase.BODY, 250, "ok")
        self.recipients.windows[message_id(mime)] += 1
        return Outcome(Verdict.UNANSWERED, Phase.BODY)

    async def close(self) -> None:
        pass


@dataclass
class Clock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()


meetings = st.builds(
    lambda name, day, place, who, status: sample_meeting(
        meeting=name,
        uid=f"{name}@vesterlyng.example",
        starts=FIRST + timedelta(days=day),
        ends=FIRST + timedelta(days=day, hours=1),
        place=f"Lokale {place}",
        attendees=tuple(person for person in PEOPLE if person in who),
        status=status,
    ),
    st.sampled_from(MEETINGS),
    st.integers(0, 2),
    st.integers(0, 1),
    st.sets(st.sampled_from(PEOPLE)),
    st.sampled_from(["confirmed", "confirmed", "confirmed", "cancelled"]),
)


class NoticesMachine(RuleBasedStateMachine):
    """One family's file, a ledger, and the people who are told."""

    @initialize()
    def open(self) -> None:
        self.connection = connect_ledger(Path(":memory:"))
        self.ledger = Ledger(self.connection)
        self.ledger.start(NOW)
        self.clock = Clock()
        self.recipients = Recipients()
        self.file = {
            name: sample_meeting(
                meeting=name,
                uid=f"{name}@vesterlyng.example",
                starts=FIRST,
                ends=FIRST + timedelta(hours=1),
                place="Lokale 0",
            )
            for name in MEETINGS
        }
        self.snapshots: list[dict[str, WantedMeeting]] = [self.file]
        self.is_there = True
        self.is_readable = True
        self.is_withdrawn = False

    def teardown(self) -> None:
        if hasattr(self, "connection"):
            self.settle()
            self.connection.close()

    # What people do

    @rule(meeting=meetings)
    def edit(self, meeting: WantedMeeting) -> None:
        self.file = {**self.file, meeting.meeting: meeting}
        self.snapshots.append(self.file)

    @rule(name=st.sampled_from(MEETINGS), place=st.integers(0, 1), fate=st.sampled_from(Fate))
    def move_plan_and_send(self, name: str, place: int, fate: Fate) -> None:
        """What happens most: one edit, one cycle, one round of sending that goes one way."""
        if name in self.file:
            self.edit(replace(self.file[name], place=f"Lokale {place}", status="confirmed"))
        self.cycle_and_send_after_the_hold([fate, fate, fate])

    @rule(name=st.sampled_from(MEETINGS), place=st.integers(0, 1), who=st.sets(st.sampled_from(PEOPLE)))
    def edit_and_plan(self, name: str, place: int, who: set[Attendee]) -> None:
        if name in self.file:
            people = tuple(person for person in PEOPLE if person in who)
            self.edit(replace(self.file[name], place=f"Lokale {place}", attendees=people))
        self.cycle(None)

    @rule(name=st.sampled_from(MEETINGS), places=st.lists(st.integers(0, 1), min_size=2, max_size=4))
    def waver(self, name: str, places: list[int]) -> None:
        """Back and forth, with a cycle after each save and nothing sent."""
        for place in places:
            self.edit_and_plan(name, place, set(PEOPLE[:2]))

    @rule(name=st.sampled_from(MEETINGS))
    def delete_meeting(self, name: str) -> None:
        self.file = {key: value for key, value in self.file.items() if key != name}

    @rule(old=st.sampled_from(MEETINGS), new=st.sampled_from(MEETINGS))
    def rename_meeting(self, old: str, new: str) -> None:
        if old in self.file and new not in self.file:
            meeting = replace(self.file[old], meeting=new, uid=f"{new}@vesterlyng.example")
            self.file = {**{key: value for key, value in self.file.items() if key != old}, new: meeting}

    @rule(data=st.data())
    def check_out(self, data: st.DataObject) -> None:
        self.file = data.draw(st.sampled_from(self.snapshots))

    @rule(
        what=st.sampled_from(["the file is gone", "the file can't be read", "consent is taken back"]),
        fates=st.none() | st.lists(st.sampled_from(Fate), max_size=3),
    )
    def interlude(self, what: str, fates: list[Fate] | None) -> None:
        """Something is wrong for a while, with or without mail leaving meanwhile; then it is put right."""
        self.is_there = what != "the file is gone"
        self.is_readable = what != "the file can't be read"
        self.is_withdrawn = what == "consent is taken back"
        self.cycle(None)
        if fates is not None:
            self.pass_time(11)
            self.send(fates, None)
        self.is_there, self.is_readable, self.is_withdrawn = True, True, False

    @rule(withdrawn=st.integers(0, 9))
    def decide_on_consent(self, withdrawn: int) -> None:
        self.is_withdrawn = withdrawn == 0

    @rule(minutes=st.integers(-60, 90))
    def pass_time(self, minutes: int) -> None:
        self.clock.at += timedelta(minutes=minutes)

    # What the program does

    @rule(crash_at=st.none() | st.tuples(st.integers(0, 2), st.booleans()))
    def cycle(self, crash_at: tuple[int, bool] | None) -> None:
        with self.may_crash(crash_at):
            self.plan()

    @rule(
        fates=st.lists(st.sampled_from(Fate), max_size=4),
        crash_at=st.none() | st.tuples(st.integers(0, 6), st.booleans()),
    )
    def send(self, fates: list[Fate], crash_at: tuple[int, bool] | None) -> None:
        self.recipients.fates = list(fates)
        with self.may_crash(crash_at):
            self.deliver()
        self.recipients.fates = []

    @rule(fates=st.lists(st.sampled_from(Fate), max_size=4))
    def cycle_and_send_after_the_hold(self, fates: list[Fate]) -> None:
        self.cycle(None)
        self.pass_time(11)
        self.send(fates, None)

    @rule(name=st.sampled_from(MEETINGS), fates=st.lists(st.sampled_from(Fate), max_size=3))
    def edit_while_mail_is_leaving(self, name: str, fates: list[Fate]) -> None:
        """The sender moves on between the planner's look at the ledger and its writing."""
        self.cycle(None)
        self.pass_time(11)
        if name in self.file:
            status: MeetingStatus = "confirmed" if self.file[name].status == "cancelled" else "cancelled"
            self.edit(replace(self.file[name], status=status))
        self.recipients.fates = list(fates)
        is_first = True

        def send_meanwhile(*values: Any, **named: Any) -> RevisionPlan:
            nonlocal is_first
            plan = plan_revisions(*values, **named)
            if is_first:
                is_first = False
                self.deliver()
            return plan

        with self.may_crash(None), patch.object(entering, "plan_revisions", send_meanwhile):
            self.plan()
        self.recipients.fates = []

    def plan(self) -> None:
        present = [FAMILY] if self.is_there else []
        families = [WantedFamily(FAMILY, self.wanted())] if self.is_there and self.is_readable else []
        entering.record_wanted(families, self.ledger, self.clock.at, present=present)

    def deliver(self) -> None:
        gates = Gates(POLICY, unreadable=frozenset() if self.is_readable else frozenset({FAMILY}))
        fake = type("Connected", (FakeConnection,), {"recipients": self.recipients})
        with patch.object(lane, "Connection", fake), patch.object(whole, "WORTH_ANOTHER", 0):
            asyncio.run(
                delivery.deliver_due(self.ledger, TransportSettings("localhost", 25, "none"), self.clock, gates)
            )

    def wanted(self) -> tuple[WantedMeeting, ...]:
        if not self.is_withdrawn:
            return tuple(self.file.values())
        return tuple(
            replace(item, attendees=(), barred=tuple(Barred(who.email, "withdrawn") for who in item.attendees))
            for item in self.file.values()
        )

    @contextmanager
    def may_crash(self, crash_at: tuple[int, bool] | None) -> Iterator[None]:
        """Kill at the n-th commit, just before or just after it; then start again as a new process does."""
        commits = 0
        plain = Ledger.transaction

        @contextmanager
        def counted(ledger: Ledger) -> Iterator[Any]:
            nonlocal commits
            if self.recipients.is_process_gone:
                raise Crash
            with plain(ledger) as connection:
                yield connection
                if crash_at == (commits, False):
                    self.recipients.crash()
            commits += 1
            if crash_at == (commits - 1, True):
                self.recipients.crash()

        try:
            with patch.object(Ledger, "transaction", counted):
                yield
        except Crash:
            self.recipients.is_process_gone = False
            self.ledger = Ledger(self.connection)
            for record in self.ledger.in_state(State.DATA_STARTED):
                self.recipients.windows[f"Message-ID: {record.message_id}"] += 1
            self.ledger.recover(self.clock.at)

    # What must always hold

    @invariant()
    def copies_are_identical_and_no_more_than_explained(self) -> None:
        for key, copies in getattr(self, "recipients", Recipients()).copies.items():
            assert len(set(copies)) == 1
            assert len(copies) <= 1 + self.recipients.windows[key], f"{key}: {len(copies)} copies"

    @invariant()
    def at_most_one_notice_waits_for_each_person(self) -> None:
        if hasattr(self, "ledger"):
            waiting = Counter((item.uid, item.email) for item in self.ledger.in_state(State.PENDING))
            assert all(count == 1 for count in waiting.values())

    @invariant()
    def the_chain_holds(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.verify()

    def settle(self) -> None:
        """The faults end, a person looks at what is held: then everybody's calendar is what the data say."""
        self.is_readable = True
        for _ in range(6):
            self.plan()
            for record in self.ledger.in_state(State.FAILED, State.IN_DOUBT):
                if not self.ledger.has_newer(record.id):
                    self.ledger.resolve(record.id, self.clock.at, arrived=False)
            for record in self.ledger.in_state(State.PENDING):
                self.ledger.release(record.id, self.clock.at)
            ServerPause(self.ledger).end()
            self.clock.at += timedelta(hours=2)
            self.deliver()
        assert self.ledger.in_state(State.PENDING) == []
        expected = {}
        for meeting in self.wanted() if self.is_there else ():
            if meeting.status == "confirmed":
                for person in meeting.attendees:
                    expected[person.email, meeting.uid] = (meeting.starts, meeting.place)
        shown = {key: value[1] for key, value in self.recipients.calendars.items() if value[1] is not None}
        assert {key: (value[0].replace(tzinfo=None), value[1]) for key, value in shown.items()} == expected
        self.copies_are_identical_and_no_more_than_explained()


TestNotices = NoticesMachine.TestCase
TestNotices.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_the_machine_is_strict_enough_to_see_a_lost_notice() -> None:
    machine = NoticesMachine()
    machine.open()
    machine.edit(sample_meeting(meeting="m1", uid="m1@vesterlyng.example", starts=FIRST, ends=FIRST))
    machine.plan()
    machine.connection.execute("UPDATE notice SET state = 'accepted' WHERE email = ?", (RIGMOR.email,))
    with pytest.raises(AssertionError):
        machine.settle()
    machine.connection.close()
