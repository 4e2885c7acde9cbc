"""The ledger: what it keeps, and that it notices when something is wrong with it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.errors import LedgerFault
from hopdocs.notices.inbound.inbox import Inbox
from hopdocs.notices.kinds.cancellation import CANCELLATION
from hopdocs.notices.kinds.unreadable_file import unreadable_mail
from hopdocs.notices.ledger import entering
from hopdocs.notices.ledger.entering import queue_short_mail, record_wanted
from hopdocs.notices.ledger.history import describe_history
from hopdocs.notices.ledger.store import Ledger, OutdatedPlan, connect_ledger
from hopdocs.notices.mail.wording import say_time
from hopdocs.notices.planning.revisions import RevisionPlan, plan_revisions
from hopdocs.notices.preview import preview_notices
from hopdocs.notices.record import Answer, Beginning, NoticeId, State
from hopdocs.notices.sending.outbox import Gates
from hopdocs.notices.wanted import Attendee, WantedFamily
from tests.unit.notices.samples import FAMILY, NOW, POLICY, RIGMOR, World, begin, sample_meeting

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def world() -> World:
    return World()


def test_a_notice_survives_closing_and_opening(tmp_path: Path) -> None:
    world = World(ledger=Ledger(connect_ledger(tmp_path / "ledger.db")))
    records = world.save(sample_meeting())
    bytes_before = world.ledger.mime(records[0].id)
    world.ledger.close()
    again = Ledger(connect_ledger(tmp_path / "ledger.db"))
    assert again.in_state(State.PENDING) == records
    assert again.mime(records[0].id) == bytes_before
    again.close()


def test_it_is_set_to_lose_nothing(tmp_path: Path) -> None:
    connection = connect_ledger(tmp_path / "ledger.db")
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    connection.close()


def test_the_mail_of_one_family_is_found_without_reading_all_that_waits(world: World) -> None:
    world.save(sample_meeting())
    asked: list[str] = []
    connection = world.ledger._connection
    connection.set_trace_callback(asked.append)
    assert world.ledger.pending(family=FAMILY)
    connection.set_trace_callback(None)
    (query,) = (text for text in asked if " FROM notice " in text)
    (step, *_) = connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
    assert step[3].endswith("(state=? AND family=?)")


@pytest.mark.parametrize("damage", [b"not a database at all, just text", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_file_is_a_fault_and_is_left_as_it_is(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(damage)
    with pytest.raises(LedgerFault, match="HD410"):
        Ledger(connect_ledger(path))
    assert path.read_bytes() == damage


def test_a_truncated_file_is_a_fault_or_an_honest_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    world = World(ledger=Ledger(connect_ledger(path)))
    for n in range(20):
        world.save(sample_meeting(place=f"Lokale {n}"))
    known = [*world.ledger.in_state(*State), world.ledger.reached()]
    world.ledger.close()
    whole = path.read_bytes()
    for length in range(0, len(whole), len(whole) // 23):
        path.write_bytes(whole[:length])
        if length == 0:
            continue
        try:
            with closing(Ledger(connect_ledger(path))) as ledger:
                ledger.verify()
                assert [*ledger.in_state(*State), ledger.reached()] == known  # cut in what no row uses
        except LedgerFault as fault:
            assert fault.code == "HD410"  # noqa: PT017 - one of the two


def test_a_ledger_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    ledger = Ledger(connect_ledger(tmp_path / "ledger.db"))
    ledger._connection.execute("PRAGMA user_version = 99")
    ledger.close()
    with pytest.raises(LedgerFault, match="HD411"):
        Ledger(connect_ledger(tmp_path / "ledger.db"))


@pytest.mark.parametrize(
    "tamper",
    [
        'UPDATE notice_event SET details = \'{"code": "0"}\' WHERE seq = 2',
        "DELETE FROM notice_event WHERE seq = 3",
        "UPDATE notice_event SET at = '2026-01-01T00:00:00+00:00' WHERE seq = 1",
        "DELETE FROM notice_event WHERE seq = 1",
    ],
)
def test_a_changed_row_breaks_the_chain(world: World, tamper: str) -> None:
    world.tell(sample_meeting())
    world.ledger.verify()
    world.ledger._connection.execute(tamper)
    with pytest.raises(LedgerFault, match="HD412"):
        world.ledger.verify()


def test_a_plan_is_kept_whole_or_not_at_all(world: World) -> None:
    plan = plan_revisions([WantedFamily(FAMILY, (sample_meeting(),))], world.ledger.view(), NOW)
    with pytest.raises(LedgerFault, match="HD413"):
        world.ledger.record_plan([], [*plan.notices, plan.notices[0]], NOW)
    assert world.ledger.of_family(FAMILY) == []
    assert world.ledger.events(FAMILY) == []


def test_a_notice_cannot_be_begun_twice(world: World) -> None:
    """Acceptance case 29."""
    record = world.save(sample_meeting())[0]
    begin(world.ledger, record.id, NOW)
    with pytest.raises(LedgerFault, match="HD415"):
        begin(world.ledger, record.id, NOW)


def test_no_body_begins_with_other_bytes_than_its_row_stands_for(world: World) -> None:
    """Made before somebody started the ledger anew, under a Message-ID that is another's now, or kept otherwise."""
    record = world.save(sample_meeting(attendees=(RIGMOR,)))[0]
    outdated = Beginning(record.id, NOW, "<before@vesterlyng.example>", world.ledger.mime(record.id))
    assert world.ledger.write_together([], [outdated]) == frozenset()
    begin(world.ledger, record.id, NOW)
    world.ledger.recover(NOW)
    other = Beginning(record.id, NOW, record.message_id, b"Subject: another\r\n\r\n")
    assert world.ledger.write_together([], [other]) == frozenset()
    assert world.ledger.get(record.id).state is State.PENDING


def test_a_plan_made_for_a_state_that_is_no_more_is_not_recorded(world: World) -> None:
    record = world.save(sample_meeting(attendees=(RIGMOR,)))[0]
    plan = plan_revisions([WantedFamily(FAMILY)], world.ledger.view(), NOW)
    begin(world.ledger, record.id, NOW)
    with pytest.raises(OutdatedPlan):
        world.ledger.record_plan(plan.drops, [], NOW)
    assert world.ledger.get(record.id).state is State.DATA_STARTED


def test_a_plan_is_outdated_if_a_body_was_sent_without_an_answer_and_waits_again(world: World) -> None:
    """The recipient may hold it: what takes its place must be newer, not the same number as if nobody had it."""
    record = world.save(sample_meeting(attendees=(RIGMOR,)))[0]
    plan = plan_revisions([WantedFamily(FAMILY)], world.ledger.view(), NOW)
    begin(world.ledger, record.id, NOW)
    world.ledger.recover(NOW)
    assert world.ledger.get(record.id).state is State.PENDING
    with pytest.raises(OutdatedPlan):
        world.ledger.record_plan(plan.drops, [], NOW)
    entering.record_wanted([WantedFamily(FAMILY)], world.ledger, NOW, present=[FAMILY])
    assert [(item.kind, item.sequence) for item in world.ledger.in_state(State.PENDING)] == [(CANCELLATION, 1)]


def test_a_cancellation_is_planned_although_the_invitation_leaves_that_very_moment(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = world.save(sample_meeting(attendees=(RIGMOR,)))[0]

    def plan_slowly(*values: Any, **named: Any) -> RevisionPlan:
        plan = plan_revisions(*values, **named)
        if world.ledger.get(record.id).state is State.PENDING:
            begin(world.ledger, record.id, NOW)
        return plan

    monkeypatch.setattr(entering, "plan_revisions", plan_slowly)
    entering.record_wanted([WantedFamily(FAMILY)], world.ledger, NOW, present=[FAMILY])
    assert [(item.kind, item.sequence) for item in world.ledger.in_state(State.PENDING)] == [(CANCELLATION, 1)]


def test_a_held_notice_cannot_be_begun(world: World) -> None:
    record = world.save(sample_meeting(attendees=(RIGMOR,)))[0]
    world.ledger.hold(record.id, NOW)
    with pytest.raises(LedgerFault, match="HD415"):
        begin(world.ledger, record.id, NOW)


def test_unknown_and_settled_notices_are_named_in_the_fault(world: World) -> None:
    record = world.save(sample_meeting())[0]
    world.deliver()
    for act in (world.ledger.hold, world.ledger.release):
        with pytest.raises(LedgerFault, match="HD415"):
            act(record.id, NOW)
    with pytest.raises(LedgerFault, match="HD416"):
        world.ledger.resolve(record.id, NOW, arrived=True)
    with pytest.raises(LedgerFault, match="HD414"):
        world.ledger.get(NoticeId(99))


def test_a_full_disk_is_a_fault_and_not_a_crash(world: World) -> None:
    world.ledger._connection.execute(
        "CREATE TRIGGER full BEFORE INSERT ON notice_event BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END"
    )
    with pytest.raises(LedgerFault, match="HD413"):
        world.save(sample_meeting())
    assert not world.ledger._connection.in_transaction


def test_other_tables_in_the_same_file_are_left_alone(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "ledger.db")
    connection.execute("CREATE TABLE document_version (id INTEGER)")
    connection.commit()
    connection.close()
    ledger = Ledger(connect_ledger(tmp_path / "ledger.db"))
    assert ledger.in_state(State.PENDING) == []
    ledger.close()


def test_a_clone_with_an_empty_ledger_plans_and_sends_nothing(world: World) -> None:
    """Acceptance case 39."""
    world.save(sample_meeting())
    assert set(world.holds()) == {"HD420"}


def test_a_restored_copy_of_a_started_ledger_sends_nothing_until_a_person_says_so(tmp_path: Path) -> None:
    ledger = Ledger(connect_ledger(tmp_path / "ledger.db"))
    ledger.start(NOW)
    assert ledger.started
    ledger.close()
    again = Ledger(connect_ledger(tmp_path / "ledger.db"))
    assert again.started
    again.close()
    shutil.copy2(tmp_path / "ledger.db", tmp_path / "copy.db")
    copy = Ledger(connect_ledger(tmp_path / "copy.db"))
    assert not copy.started
    copy.close()


def test_what_a_trial_left_behind_is_dropped_when_it_is_over(world: World) -> None:
    wanted = [WantedFamily(FAMILY, (sample_meeting(),))]
    record_wanted(wanted, world.ledger, NOW, present=[FAMILY], channel="test@vesterlyng.example")
    record_wanted(wanted, world.ledger, NOW, present=[FAMILY])
    assert [item.channel for item in world.ledger.in_state(State.PENDING)] == ["", ""]


def test_a_short_mail_about_a_file_that_cannot_be_read_is_sent_once(world: World) -> None:
    mail = unreadable_mail(
        FAMILY,
        RIGMOR,
        case_number="26-012345",
        line=41,
        organizer="hop@vesterlyng.example",
        organizer_name="H",
        now=NOW,
        today=NOW.date(),
    )
    assert queue_short_mail(world.ledger, mail, "unreadable-abc", NOW) is not None
    assert queue_short_mail(world.ledger, mail, "unreadable-abc", NOW) is None
    world.ledger.start(NOW)
    assert world.holds(Gates(POLICY, unreadable=frozenset({FAMILY}))) == [""]
    assert [item.key for item in world.save()] == ["event:unreadable-abc"]


def test_a_cycle_puts_the_difference_in_the_ledger_once(world: World) -> None:
    wanted = [WantedFamily(FAMILY, (sample_meeting(),))]
    assert len(record_wanted(wanted, world.ledger, NOW, present=[FAMILY]).notices) == 2
    assert not record_wanted(wanted, world.ledger, NOW, present=[FAMILY])
    world.deliver()
    assert not record_wanted([], world.ledger, NOW, present=[FAMILY])
    assert len(record_wanted([], world.ledger, NOW, present=[]).notices) == 2


def test_a_preview_writes_nothing_down(world: World) -> None:
    preview = preview_notices([WantedFamily(FAMILY, (sample_meeting(),))], world.ledger, NOW)
    assert [item.file_name for item in preview.notices] == [
        "HOP-2026-007_familieplan_indkaldelse_ppa-vesterlyng.example.eml",
        "HOP-2026-007_familieplan_indkaldelse_rri-vesterlyng.example.eml",
    ]
    assert world.ledger.of_family(FAMILY) == []


def test_a_preview_shows_what_an_edit_takes_back(world: World) -> None:
    world.save(sample_meeting())
    preview = preview_notices([WantedFamily(FAMILY, (sample_meeting(status="cancelled"),))], world.ledger, NOW)
    assert (len(preview.notices), len(preview.dropped), preview.waiting) == (0, 2, ())


def test_the_history_tells_who_was_told_what_and_when(world: World) -> None:
    world.tell(sample_meeting(attendees=(RIGMOR,)))
    world.pass_time(days=1)
    world.save(sample_meeting(attendees=(RIGMOR,), place="Et andet sted"))
    world.save(sample_meeting(attendees=(RIGMOR,), place="Et tredje sted"))
    world.deliver()
    rows = describe_history(world.ledger, FAMILY)
    when = "familieplansmøde tirsdag den 24. november 2026 kl. 10.00–12.00"
    assert f"{rows[1].at:%d.%m.%Y %H.%M}" == "21.11.2026 09.00"
    assert rows[1].text == (
        f"Sendte indkaldelsen ({when}, Mødelokale Havørnen, Opdigtvej 1, 9999 Vesterlyng) til rri@vesterlyng.example."
    )
    assert f"{rows[3].at:%d.%m.%Y %H.%M}" == "22.11.2026 09.00"
    assert rows[3].text == (
        f"Ændringen ({when}, Et andet sted) til rri@vesterlyng.example blev ikke sendt: en nyere rettelse kom i stedet."
    )
    assert rows[-1].text == (f"Sendte ændringen ({when}, Et tredje sted) til rri@vesterlyng.example.")


def test_the_history_tells_what_came_back_and_what_a_person_said(world: World) -> None:
    """`log` is read a year later, by somebody who was not there."""
    (record,) = world.save(sample_meeting(attendees=(RIGMOR,)))
    ledger, later = world.ledger, world.now + timedelta(minutes=5)
    ledger.defer(record.id, world.now, "connect", (0, "refused"), not_before=later)
    ledger.defer(record.id, world.now, "rcpt", (450, "busy"), not_before=later)
    ledger.fail(record.id, world.now, "connect", (0, "refused"), "gave up")
    ledger.resolve(record.id, world.now, arrived=False)
    world.deliver()
    for number, partstat in enumerate(("ACCEPTED", "DECLINED", "TENTATIVE", "NEEDS-ACTION")):
        answer = Answer(record.uid, record.email, partstat, 0, sample_meeting().time_key, world.now)
        Inbox(ledger).keep_answer(answer, record.id, world.now, f"<{number}@x>")
    Inbox(ledger).bounce(record.id, world.now, "5.1.1", "<bounce@x>")
    what = f"indkaldelsen (familieplansmøde {say_time(sample_meeting())}, {sample_meeting().place})"
    told = [row.text for row in describe_history(ledger, FAMILY)]
    assert told[1:] == [
        f"Mailserveren kunne ikke nås, så {what} til {RIGMOR.email} venter.",
        f"Mailserveren bad os vente med {what} til {RIGMOR.email} (450).",
        f"I{what[1:]} til {RIGMOR.email} blev opgivet: mailserveren kunne ikke nås.",
        f"Et menneske har oplyst, at {what} til {RIGMOR.email} ikke er nået frem. Den sendes igen.",
        f"Sendte {what} til {RIGMOR.email}.",
        f"{RIGMOR.email} svarede ja til {what}.",
        f"{RIGMOR.email} svarede nej til {what}.",
        f"{RIGMOR.email} svarede måske til {what}.",
        f"{RIGMOR.email} tog sit svar tilbage på {what}.",
        f"I{what[1:]} til {RIGMOR.email} kom retur (5.1.1).",
    ]


def test_previewed_mails_to_namesakes_at_two_places_get_a_file_each(world: World) -> None:
    twins = (Attendee("rri@vesterlyng.example", "Rigmor"), Attendee("rri@skolen.example", "Rikke"))
    preview = preview_notices([WantedFamily(FAMILY, (sample_meeting(attendees=twins),))], world.ledger, NOW)
    assert len({item.file_name for item in preview.notices}) == len(preview.notices) == len(twins)
