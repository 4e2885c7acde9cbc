"""Why a notice waits: each gate, and what passes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.notices.inbound.inbox import Inbox
from hopdocs.notices.record import State
from hopdocs.notices.sending.outbox import Gates, MailPolicy, OutboxRow
from hopdocs.notices.wanted import Attendee, Barred, PrivateWords
from tests.unit.notices.samples import FAMILY, NOW, PELLE, POLICY, RIGMOR, World, sample_meeting

if TYPE_CHECKING:
    from hopdocs.catalogue import Language

AT_ONCE = replace(POLICY, hold_seconds=0)


@pytest.fixture
def world() -> World:
    world = World()
    world.ledger.start(NOW)
    return world


def gates(policy: MailPolicy = AT_ONCE, **changes: Any) -> Gates:
    return Gates(policy, **changes)


ONE = {"attendees": (RIGMOR,)}


def test_without_a_gate_in_the_way_it_is_due(world: World) -> None:
    world.save(sample_meeting(**ONE))
    assert world.holds(gates()) == [""]


def test_an_unstarted_ledger_sends_nothing() -> None:
    """Acceptance case 40."""
    world = World()
    world.save(sample_meeting(**ONE))
    assert world.holds(gates()) == ["HD420"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"held_families": frozenset({FAMILY})}, "HD430"),
        ({"held_meetings": frozenset({(FAMILY, "familieplan")})}, "HD430"),
        ({"unreadable": frozenset({FAMILY})}, "HD429"),
        ({"blocked": {FAMILY: ("HD223",)}}, "HD431"),
        ({"merge_in_progress": True}, "HD433"),
        ({"policy": replace(AT_ONCE, allowed_domains=("elsewhere.example",))}, "HD426"),
        ({"policy": replace(AT_ONCE, release="manual")}, "HD436"),
        ({"policy": replace(AT_ONCE, release="committed"), "wrong_branch": "try"}, "HD434"),
        ({"policy": replace(AT_ONCE, release="committed"), "uncommitted": frozenset({FAMILY})}, "HD435"),
        ({"policy": replace(AT_ONCE, redirect_all_to="test@vesterlyng.example")}, "HD421"),
        ({"private": {FAMILY: PrivateWords(full_names=("Havørnen",))}}, "HD427"),
    ],
)
def test_each_gate_holds_with_its_own_reason(world: World, changes: dict[str, Any], code: str) -> None:
    """Acceptance case 36, among others."""
    world.save(sample_meeting(**ONE))
    assert world.holds(gates(**{"policy": AT_ONCE, **changes})) == [code]


def test_what_is_committed_on_the_right_branch_may_leave(world: World) -> None:
    world.save(sample_meeting(**ONE))
    assert world.holds(gates(replace(AT_ONCE, release="committed"))) == [""]


def test_updates_and_cancellations_leave_although_the_family_has_faults(world: World) -> None:
    world.tell(sample_meeting())
    faulty = gates(blocked={FAMILY: ("HD223",)})
    world.save(sample_meeting(place="Et andet sted"))
    assert world.holds(faulty) == ["", ""]
    world.save(sample_meeting(status="cancelled"))
    assert world.holds(faulty) == ["", ""]


def test_the_hold_window_starts_over_with_each_edit(world: World) -> None:
    world.save(sample_meeting(**ONE))
    world.pass_time(minutes=9)
    world.save(sample_meeting(place="Et andet sted", **ONE))
    row = world.outbox(gates(POLICY)).rows()[0]
    assert row.hold is not None
    assert (row.hold.code, row.hold.until) == ("HD437", world.now + timedelta(minutes=10))
    world.pass_time(minutes=10)
    assert world.holds(gates(POLICY)) == [""]


def test_a_released_notice_does_not_wait_out_the_hold(world: World) -> None:
    record = world.save(sample_meeting(**ONE))[0]
    world.ledger.release(record.id, world.now)
    assert world.holds(gates(POLICY)) == [""]
    world.ledger.hold(record.id, world.now)
    assert world.holds(gates(POLICY)) == ["HD422"]


def test_what_a_person_held_stays_held_after_a_newer_edit(world: World) -> None:
    record = world.save(sample_meeting(**ONE))[0]
    world.ledger.hold(record.id, world.now)
    world.save(sample_meeting(place="Et andet sted", **ONE))
    assert world.holds(gates()) == ["HD422"]


NIGHT = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
OFFICE_HOURS = replace(AT_ONCE, hours_start_minute=7 * 60, hours_end_minute=17 * 60)


def test_mail_waits_for_the_morning(world: World) -> None:
    world.now = NIGHT
    world.save(sample_meeting(**ONE))
    row = world.outbox(gates(OFFICE_HOURS)).rows()[0]
    assert row.hold is not None
    assert (row.hold.code, row.hold.until) == ("HD438", datetime(2026, 11, 24, 6, 0, tzinfo=UTC))


def test_early_in_the_morning_it_waits_for_the_same_day(world: World) -> None:
    world.now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    world.save(sample_meeting(**ONE))
    (row,) = world.outbox(gates(OFFICE_HOURS)).rows()
    assert row.hold is not None
    assert row.hold.until == datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def test_a_withdrawal_waits_neither_for_the_morning_nor_for_the_hold(world: World) -> None:
    world.tell(sample_meeting(**ONE))
    world.now = NIGHT
    world.save(sample_meeting(attendees=(), barred=(Barred(RIGMOR.email, "withdrawn"),)))
    assert world.holds(gates(replace(OFFICE_HOURS, hold_seconds=600))) == [""]


def test_the_cancellation_of_todays_meeting_ignores_mail_hours(world: World) -> None:
    world.tell(sample_meeting(**ONE))
    world.now = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    world.save(sample_meeting(status="cancelled", **ONE))
    assert world.holds(gates(OFFICE_HOURS)) == [""]


def test_many_cancellations_at_once_wait_for_a_person(world: World) -> None:
    meetings = [sample_meeting(meeting=f"m{n}", uid=f"{n}@x.example", **ONE) for n in range(6)]
    world.tell(*meetings)
    world.save(*(replace(item, status="cancelled") for item in meetings))
    assert world.holds(gates()) == ["HD432"] * 6
    for record in world.ledger.in_state(State.PENDING):
        world.ledger.release(record.id, world.now)
    assert world.holds(gates()) == [""] * 6


def test_as_many_cancellations_as_the_limit_leave(world: World) -> None:
    meetings = [sample_meeting(meeting=f"m{n}", uid=f"{n}@x.example", **ONE) for n in range(5)]
    world.tell(*meetings)
    world.save(*(replace(item, status="cancelled") for item in meetings))
    assert world.holds(gates()) == [""] * 5


def test_a_gone_family_and_a_deleted_consent_and_a_new_id_wait_for_a_person(world: World) -> None:
    world.tell(sample_meeting(**ONE))
    world.save(gone=[FAMILY])
    assert world.holds(gates()) == ["HD423"]
    world.save(sample_meeting(attendees=(), barred=(Barred(RIGMOR.email, "missing"),)))
    assert world.holds(gates()) == ["HD424"]
    world.save(sample_meeting(meeting="other", uid="o@x.example", **ONE))
    assert world.holds(gates()) == ["HD425", "HD425"]


def test_the_trial_box_must_be_in_an_allowed_domain_too(world: World) -> None:
    world.channel = "test@elsewhere.example"
    world.save(sample_meeting(**ONE))
    assert world.holds(gates(replace(AT_ONCE, redirect_all_to=world.channel))) == ["HD426"]


def test_a_first_name_alone_warns_and_leaves(world: World) -> None:
    world.save(sample_meeting(place="Samis skole: hos Sami", **ONE))
    row = world.outbox(gates(private={FAMILY: PrivateWords(first_names=("Sami",))})).rows()[0]
    assert (row.hold, row.warnings) == (None, ("HD428",))


def test_the_list_says_everything_in_one_shape(world: World) -> None:
    world.save(sample_meeting(**ONE))
    row = world.outbox(gates(POLICY)).rows()[0].as_json("da")
    assert (row["family"], row["meeting"], row["kind"]) == (FAMILY, "familieplan", "indkaldelse")
    assert (row["recipient"], row["revision"], row["state"]) == (RIGMOR.email, 0, "pending")
    assert row["reason"] == "venter til 2026-11-21 09.10, så flere rettelser bliver til én mail"
    assert row["not_before"] == "2026-11-21T08:10:00+00:00"


def test_settled_notices_can_be_listed_too(world: World) -> None:
    world.tell(sample_meeting(**ONE))
    outbox = world.outbox(gates())
    rows = [outbox.judge(item).as_json("en") for item in world.ledger.of_family(FAMILY)]
    assert [(row["state"], row["reason"]) for row in rows] == [("accepted", "sent (250 ok)")]


def test_a_recipient_outside_is_held_while_colleagues_are_told(world: World) -> None:
    """Acceptance case 36."""
    world.save(sample_meeting(attendees=(PELLE, Attendee("x@private.example", "X"))))
    assert world.holds(gates()) == ["", "HD426"]


def test_neither_list_nor_log_repeats_what_must_not_leave(world: World) -> None:
    """Acceptance case 38."""
    canary = "Kanarina Fuglesang"
    record = world.save(sample_meeting(place=f"hos {canary}", **ONE))[0]
    row = world.outbox(gates(private={FAMILY: PrivateWords(full_names=(canary,))})).rows()[0]
    assert "Kanarina" not in str(row.as_json("da"))
    assert "Kanarina" not in str(world.ledger.events(FAMILY))
    assert "Kanarina" not in f"{record.subject} {record.message_id} {record.uid} {record.reason}"


def test_reasons_are_said_in_the_readers_language(world: World) -> None:
    def reasons(language: Language) -> list[str]:
        private = {FAMILY: PrivateWords(full_names=("Nadira Zamirandi",))}
        rows = world.outbox(gates(private=private)).rows()
        settled = [world.ledger.get(record.id) for record in records]
        told = [OutboxRow(item, None) for item in settled if item.state is not State.PENDING]
        return [str(row.as_json(language)["reason"]) for row in (*rows, *told)]

    records = [*world.save(sample_meeting(**ONE, place="Hos Nadira Zamirandi"))]
    assert reasons("da") == ["mailen indeholder personoplysninger (navn)"]
    records += world.save(sample_meeting(**ONE))
    world.deliver()
    assert reasons("da")[0] == "droppet (en nyere rettelse kom i stedet)"
    Inbox(world.ledger).bounce(records[-1].id, NOW, "5.1.1", "<a@b>")
    assert reasons("da")[-1] == "afvist (kom retur: 5.1.1)"
    assert reasons("en")[0] == "dropped (replaced by a newer edit)"
    assert reasons("en")[-1].endswith("(came back: 5.1.1)")
