"""The planner: who must be told what, given what they hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hopdocs.notices.kinds.cancellation import CANCELLATION
from hopdocs.notices.kinds.invitation import INVITATION
from hopdocs.notices.kinds.removal import REMOVAL
from hopdocs.notices.kinds.update import UPDATE
from hopdocs.notices.planning.revisions import plan_revisions, sequence_base_at
from hopdocs.notices.record import Cause, State
from hopdocs.notices.wanted import Attendee, Barred, WantedFamily
from tests.unit.notices.samples import FAMILY, NOW, PELLE, RIGMOR, SOFUS, Told, World, begin, sample_meeting

LATER = datetime(2026, 11, 26, 13, 0)  # noqa: DTZ001 - wall-clock time


def moved(**changes: object) -> dict[str, object]:
    return {"starts": LATER, "ends": LATER + timedelta(hours=2), **changes}


@pytest.fixture
def world() -> World:
    return World()


def test_a_new_meeting_invites_everybody_on_it_once(world: World) -> None:
    assert world.tell(sample_meeting()) == [Told("ppa", "indkaldelse", 0), Told("rri", "indkaldelse", 0)]
    assert world.tell(sample_meeting()) == []


def test_a_new_time_updates_everybody_and_asks_again(world: World) -> None:
    """Acceptance case 6."""
    world.tell(sample_meeting())
    world.pass_time(hours=1)
    pending = world.save(sample_meeting(**moved()))
    assert [(item.kind, item.sequence) for item in pending] == [(UPDATE, 1), (UPDATE, 1)]
    event = world.event(pending[0])
    assert event.decoded("DTSTAMP") > NOW
    assert {person.params["PARTSTAT"] for person in event["ATTENDEE"]} == {"NEEDS-ACTION"}


def test_the_uid_outlives_ten_revisions(world: World) -> None:
    """Acceptance case 5."""
    uids = set()
    for day in range(10):
        records = world.save(
            sample_meeting(**moved(starts=LATER + timedelta(days=day), ends=LATER + timedelta(days=day + 1)))
        )
        uids |= {item.uid for item in records}
        world.deliver()
        world.pass_time(minutes=1)
    assert len(uids) == 1


def test_the_uid_stays_when_the_mail_domain_changes(world: World) -> None:
    world.tell(sample_meeting())
    pending = world.save(sample_meeting(uid="other@elsewhere.example", place="Et andet sted"))
    assert {item.uid for item in pending} == {sample_meeting().uid}


def test_ten_edits_before_anything_leaves_become_one_mail(world: World) -> None:
    """Acceptance case 16."""
    for minute in range(10):
        world.save(sample_meeting(place=f"Lokale {minute}"))
    assert [(told.email, told.sequence) for told in world.deliver()] == [("ppa", 0), ("rri", 0)]


def test_create_and_cancel_before_sending_is_nothing(world: World) -> None:
    """Acceptance case 17."""
    world.save(sample_meeting())
    assert world.save(sample_meeting(status="cancelled")) == []
    assert world.deliver() == []


def test_an_edit_taken_back_before_it_left_is_nothing(world: World) -> None:
    world.tell(sample_meeting())
    world.save(sample_meeting(**moved()))
    assert world.save(sample_meeting()) == []


def test_changes_that_nobody_needs_to_know_send_nothing(world: World) -> None:
    """Acceptance case 8."""
    world.tell(sample_meeting())
    assert world.tell(sample_meeting(contact="Rigmor Rimfrost, 00 00 12 02", signature="En anden")) == []
    assert world.tell(sample_meeting(attendees=(PELLE, RIGMOR))) == []


def test_a_newcomer_gets_an_invitation_with_the_present_sequence_and_others_nothing(world: World) -> None:
    """Acceptance case 9."""
    world.tell(sample_meeting())
    world.tell(sample_meeting(**moved()))
    assert world.tell(sample_meeting(**moved(attendees=(RIGMOR, PELLE, SOFUS)))) == [Told("ssk", "indkaldelse", 1)]


def test_removed_team_member_gets_one_cancellation_and_others_nothing(world: World) -> None:
    """Acceptance case 10."""
    world.tell(sample_meeting())
    pending = world.save(sample_meeting(attendees=(RIGMOR,)))
    assert [(item.email, item.kind, item.sequence) for item in pending] == [(PELLE.email, REMOVAL, 1)]
    event = world.event(pending[0])
    assert "STATUS" not in event
    assert str(event["ATTENDEE"]) == f"mailto:{PELLE.email}"


def test_the_last_attendee_removed_gets_a_cancellation(world: World) -> None:
    """Acceptance case 11."""
    world.tell(sample_meeting(attendees=(RIGMOR,)))
    assert world.tell(sample_meeting(attendees=())) == [Told("rri", "udgaar", 1)]


def test_a_cancelled_meeting_is_cancelled_for_all(world: World) -> None:
    """Acceptance case 12."""
    world.tell(sample_meeting())
    pending = world.save(sample_meeting(status="cancelled"))
    event = world.event(pending[0])
    assert (event["STATUS"], len(event["ATTENDEE"])) == ("CANCELLED", 2)
    assert world.deliver() == [Told("ppa", "aflysning", 1), Told("rri", "aflysning", 1)]
    assert world.tell(sample_meeting(status="cancelled")) == []


def test_a_deleted_meeting_is_cancelled_too(world: World) -> None:
    world.tell(sample_meeting())
    assert [told.kind for told in world.tell()] == ["aflysning", "aflysning"]


def test_a_person_invited_again_gets_a_higher_sequence(world: World) -> None:
    """Acceptance case 13."""
    world.tell(sample_meeting())
    world.tell(sample_meeting(attendees=(RIGMOR,)))
    assert world.tell(sample_meeting()) == [Told("ppa", "indkaldelse", 2)]
    assert world.tell(sample_meeting(**moved())) == [Told("ppa", "aendring", 3), Told("rri", "aendring", 3)]


def test_a_revived_meeting_keeps_its_uid_with_a_higher_sequence(world: World) -> None:
    """Acceptance case 14."""
    world.tell(sample_meeting())
    world.tell(sample_meeting(status="cancelled"))
    pending = world.save(sample_meeting())
    assert {(item.uid, item.sequence, item.kind) for item in pending} == {(sample_meeting().uid, 2, INVITATION)}


def test_a_corrected_address_cancels_the_old_and_invites_the_new(world: World) -> None:
    """Acceptance case 15."""
    world.tell(sample_meeting())
    right = replace(PELLE, email="pelle@vesterlyng.example")
    assert world.tell(sample_meeting(attendees=(RIGMOR, right))) == [
        Told("pelle", "indkaldelse", 2),
        Told("ppa", "udgaar", 1),
    ]
    assert world.tell(sample_meeting(attendees=(RIGMOR, right))) == []


def test_a_guests_corrected_address_is_the_newer_word_too(world: World) -> None:
    """The old address may lead to the same mailbox: then the invitation must count, not the cancellation."""
    guest = Attendee("lis@vesterlyng.example", "Lærer Lis", role="OPT-PARTICIPANT")
    world.tell(sample_meeting(attendees=(RIGMOR, guest)))
    right = replace(guest, email="lis.lyng@vesterlyng.example")
    told = world.tell(sample_meeting(attendees=(RIGMOR, right)))
    assert told == [Told("lis.lyng", "indkaldelse", 2), Told("lis", "udgaar", 1)]
    assert world.tell(sample_meeting(attendees=(PELLE, right))) == [
        Told("ppa", "indkaldelse", 2),
        Told("rri", "udgaar", 3),
    ]


def test_the_case_of_an_address_makes_no_difference(world: World) -> None:
    world.tell(sample_meeting())
    assert world.tell(sample_meeting(attendees=(RIGMOR, replace(PELLE, email="PPA@Vesterlyng.example")))) == []


def test_a_past_meeting_is_not_announced(world: World) -> None:
    world.now = NOW + timedelta(days=10)
    assert world.tell(sample_meeting()) == []


def test_a_past_meeting_is_not_cancelled_afterwards(world: World) -> None:
    world.tell(sample_meeting())
    world.pass_time(days=10)
    assert world.tell(sample_meeting(status="cancelled")) == []
    assert world.tell() == []


def test_a_past_meeting_moved_into_the_future_is_told(world: World) -> None:
    world.tell(sample_meeting())
    world.pass_time(days=10)
    future = datetime(2027, 1, 5, 10, 0)  # noqa: DTZ001 - wall-clock time
    changed = sample_meeting(starts=future, ends=future + timedelta(hours=1))
    assert world.tell(changed) == [Told("ppa", "aendring", 1), Told("rri", "aendring", 1)]


def test_dtstamp_rises_even_if_the_clock_was_set_back(world: World) -> None:
    """Acceptance case 31, fault F34."""
    world.tell(sample_meeting())
    world.pass_time(hours=-1)
    pending = world.save(sample_meeting(**moved()))
    assert {item.dtstamp for item in pending} == {NOW + timedelta(seconds=1)}


def test_an_unreadable_family_changes_nothing(world: World) -> None:
    world.tell(sample_meeting())
    world.save(sample_meeting(**moved()))
    before = world.ledger.in_state(State.PENDING)
    assert world.save_families() == before


def test_a_family_that_is_gone_waits_for_a_person(world: World) -> None:
    world.tell(sample_meeting())
    pending = world.save(gone=[FAMILY])
    assert {(item.kind, item.cause) for item in pending} == {(CANCELLATION, Cause.FAMILY_GONE)}
    assert world.save(sample_meeting()) == []


def test_a_meeting_that_changed_its_id_waits_for_a_person(world: World) -> None:
    world.tell(sample_meeting())
    pending = world.save(sample_meeting(meeting="familieplansmoede", uid="new@vesterlyng.example"))
    assert {item.cause for item in pending} == {Cause.RENAMED}
    assert len(pending) == 4
    assert world.save(sample_meeting()) == []


def test_a_family_that_changed_its_id_waits_for_a_person(world: World) -> None:
    world.tell(sample_meeting())
    other = sample_meeting(family="HOP-2026-070", uid="new@vesterlyng.example")
    pending = world.save_families(WantedFamily("HOP-2026-070", (other,)), gone=[FAMILY])
    assert {(item.family, item.cause) for item in pending} == {
        (FAMILY, Cause.FAMILY_GONE),
        ("HOP-2026-070", Cause.RENAMED),
    }


def test_a_confirmed_change_of_id_does_not_ask_again(world: World) -> None:
    world.tell(sample_meeting())
    renamed = sample_meeting(meeting="familieplansmoede", uid="new@vesterlyng.example")
    for record in world.save(renamed):
        world.ledger.release(record.id, world.now)
    assert all(item.released for item in world.save(renamed))
    assert len(world.deliver()) == 4
    assert world.tell(renamed) == []


def test_withdrawn_consent_cancels_for_everybody(world: World) -> None:
    world.tell(sample_meeting())
    barred = tuple(Barred(item.email, "withdrawn") for item in (RIGMOR, PELLE))
    pending = world.save(sample_meeting(attendees=(), barred=barred))
    assert {(item.kind, item.cause) for item in pending} == {(CANCELLATION, Cause.WITHDRAWN)}


def test_partly_withdrawn_consent_takes_out_one_person(world: World) -> None:
    world.tell(sample_meeting())
    pending = world.save(sample_meeting(attendees=(RIGMOR,), barred=(Barred(PELLE.email, "withdrawn"),)))
    assert [(item.email, item.kind, item.cause) for item in pending] == [(PELLE.email, REMOVAL, Cause.WITHDRAWN)]


def test_deleted_consent_waits_for_a_person(world: World) -> None:
    world.tell(sample_meeting())
    pending = world.save(
        sample_meeting(attendees=(), barred=(Barred(RIGMOR.email, "missing"), Barred(PELLE.email, "missing")))
    )
    assert {item.cause for item in pending} == {Cause.CONSENT_GONE}


def test_expired_consent_neither_invites_nor_cancels(world: World) -> None:
    world.tell(sample_meeting())
    barred = tuple(Barred(item.email, "expired") for item in (RIGMOR, PELLE))
    assert world.save(sample_meeting(**moved(attendees=(), barred=barred))) == []
    cancelled = world.save(sample_meeting(attendees=(), barred=barred, status="cancelled"))
    assert {item.kind for item in cancelled} == {CANCELLATION}


def test_a_refused_invitation_is_not_sent_again_by_itself_nor_cancelled(world: World) -> None:
    record = world.save(sample_meeting(attendees=(RIGMOR,)))[0]
    world.ledger.fail(record.id, world.now, "rcpt", (550, "no such user"))
    assert world.save(sample_meeting(attendees=(RIGMOR,))) == []
    assert world.save(sample_meeting(attendees=())) == []
    assert [item.kind for item in world.save(sample_meeting(**moved(attendees=(RIGMOR,))))] == [INVITATION]


def test_a_cancellation_follows_an_invitation_that_may_have_arrived(world: World) -> None:
    record = world.save(sample_meeting(attendees=(RIGMOR,)))[0]
    begin(world.ledger, record.id, world.now)
    world.ledger.defer(record.id, world.now, "body", (0, ""), not_before=world.now, unanswered=True)
    pending = world.save(sample_meeting(attendees=(RIGMOR,), status="cancelled"))
    assert [(item.kind, item.sequence) for item in pending] == [(CANCELLATION, 1)]
    assert world.ledger.get(record.id).state is State.DROPPED


def test_a_cancellation_that_may_have_arrived_is_sent_again_when_it_is_wanted_again(world: World) -> None:
    world.tell(sample_meeting(attendees=(RIGMOR,)))
    record = world.save(sample_meeting(attendees=(RIGMOR,), status="cancelled"))[0]
    begin(world.ledger, record.id, world.now)
    world.ledger.recover(world.now)
    assert [item.sequence for item in world.save(sample_meeting(attendees=(RIGMOR,)))] == [2]
    pending = world.save(sample_meeting(attendees=(RIGMOR,), status="cancelled"))
    assert [(item.kind, item.sequence) for item in pending] == [(CANCELLATION, 2)]


def test_an_edit_taken_back_after_it_may_have_arrived_is_told(world: World) -> None:
    world.tell(sample_meeting(attendees=(RIGMOR,)))
    record = world.save(sample_meeting(**moved(attendees=(RIGMOR,))))[0]
    begin(world.ledger, record.id, world.now)
    world.ledger.recover(world.now)
    assert [item.sequence for item in world.save(sample_meeting(attendees=(RIGMOR,)))] == [2]


def test_a_retried_notice_keeps_its_bytes_when_a_colleague_joins(world: World) -> None:
    record = world.save(sample_meeting(attendees=(RIGMOR,)))[0]
    begin(world.ledger, record.id, world.now)
    world.ledger.recover(world.now)
    pending = world.save(sample_meeting())
    assert pending[0].id == record.id
    assert [item.email for item in pending] == [RIGMOR.email, PELLE.email]


def test_an_unsent_invitation_is_made_again_when_a_colleague_joins(world: World) -> None:
    world.save(sample_meeting(attendees=(RIGMOR,)))
    pending = world.save(sample_meeting())
    assert all(len(world.event(item)["ATTENDEE"]) == 2 for item in pending)


def test_a_lost_ledger_starts_above_what_calendars_may_hold(world: World) -> None:
    """Acceptance case 40."""
    world.save(sample_meeting())
    assert world.holds() == ["HD420", "HD420"]
    world.ledger.start_known(world.now)
    assert world.tell(sample_meeting()) == []
    base = sequence_base_at(world.now)
    assert world.tell(sample_meeting(**moved())) == [
        Told("ppa", "aendring", base + 1),
        Told("rri", "aendring", base + 1),
    ]


def test_a_restored_ledger_starts_above_what_calendars_may_hold(world: World) -> None:
    world.tell(sample_meeting())
    world.ledger.start_known(world.now)
    base = sequence_base_at(world.now)
    assert {told.sequence for told in world.tell(sample_meeting(attendees=(RIGMOR, PELLE, SOFUS)))} == {base}
    assert {told.sequence for told in world.tell(sample_meeting(**moved()))} == {base + 1}
    assert {told.sequence for told in world.tell(sample_meeting(status="cancelled"))} == {base + 2}


def test_a_trial_never_counts_as_told(world: World) -> None:
    world.channel = "test@vesterlyng.example"
    assert len(world.tell(sample_meeting())) == 2
    assert world.tell(sample_meeting()) == []
    world.channel = ""
    assert len(world.tell(sample_meeting())) == 2


def test_planning_is_the_same_whatever_the_order_of_meetings() -> None:
    """Acceptance case 5: reordering the file changes nothing."""
    one, other = sample_meeting(), sample_meeting(meeting="opfoelgning-1", uid="b@vesterlyng.example")
    view = World().ledger.view()
    first = plan_revisions([WantedFamily(FAMILY, (one, other))], view, NOW)
    assert first == plan_revisions([WantedFamily(FAMILY, (other, one))], view, NOW)


def test_wanted_values_survive_json() -> None:
    family = WantedFamily(FAMILY, (sample_meeting(barred=(Barred("a@b.example", "expired"),)),), hold=True)
    assert WantedFamily.from_json(family.as_json()) == family
    assert Attendee("a@b.example", "A").role == "REQ-PARTICIPANT"


def test_two_who_are_removed_at_once_do_not_read_of_each_other(world: World) -> None:
    world.tell(sample_meeting(attendees=(RIGMOR, PELLE, SOFUS)))
    pending = world.save(sample_meeting(attendees=(RIGMOR,)))
    assert [(item.email, str(world.event(item)["ATTENDEE"])) for item in pending] == [
        (person.email, f"mailto:{person.email}") for person in (PELLE, SOFUS)
    ]


def test_a_meeting_moved_into_the_past_is_corrected_for_those_who_hold_the_old_time(world: World) -> None:
    world.tell(sample_meeting())
    yesterday = datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 - wall-clock time
    past = sample_meeting(starts=yesterday, ends=yesterday + timedelta(hours=2), attendees=(RIGMOR, PELLE, SOFUS))
    pending = world.save(past)
    assert [(item.email, item.kind) for item in pending] == [(PELLE.email, UPDATE), (RIGMOR.email, UPDATE)]
    held_until = sample_meeting().starts_at
    assert {item.expires_at for item in pending} == {held_until}
