"""Reminders: once, on their day, while they help."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hopdocs.notices.kinds.assessment_reminder import ASSESSMENT_REMINDER
from hopdocs.notices.record import State
from hopdocs.notices.wanted import WantedReminder
from tests.unit.notices.samples import FAMILY, PELLE, SOFUS, Told, World, begin, sample_meeting

REMINDER = WantedReminder(
    family=FAMILY,
    meeting="formoede",
    key="del-3",
    recipient=PELLE,
    due=date(2026, 11, 25),
    expires=datetime(2026, 11, 30, 9, 0, tzinfo=UTC),
    case_number="26-012345",
    subject="din del mangler",
    lines=("Din del af den familiefaglige undersøgelse mangler endnu.", "Skriv den gerne i sagen."),
    organizer="hop@vesterlyng.example",
    organizer_name="Vesterlyng Kommune",
    reply_to="iik@vesterlyng.example",
)


@pytest.fixture
def world() -> World:
    return World(now=datetime(2026, 11, 25, 7, 0, tzinfo=UTC))


def test_a_reminder_is_sent_once_on_its_day(world: World) -> None:
    assert world.tell(reminders=(REMINDER,)) == [Told("ppa", "paamindelse", 0)]
    assert world.tell(reminders=(REMINDER,)) == []


def test_a_reminder_that_arrived_is_not_sent_again_to_another_address_of_the_same_person(world: World) -> None:
    world.tell(reminders=(REMINDER,))
    moved = replace(REMINDER, recipient=replace(PELLE, email="pelle.paerevang@vesterlyng.example"))
    assert world.save(reminders=(moved,)) == []
    substitute = replace(REMINDER, recipient=SOFUS)
    assert [item.email for item in world.save(reminders=(substitute,))] == [SOFUS.email]


def test_a_reminder_that_was_refused_is_sent_to_the_address_that_is_right(world: World) -> None:
    (record,) = world.save(reminders=(REMINDER,))
    world.ledger.fail(record.id, world.now, "rcpt", (550, "no such user"))
    moved = replace(REMINDER, recipient=replace(PELLE, email="pelle.paerevang@vesterlyng.example"))
    assert len(world.save(reminders=(moved,))) == 1


def test_a_reminder_is_not_planned_long_before_its_day(world: World) -> None:
    world.now -= timedelta(days=3)
    assert world.save(reminders=(REMINDER,)) == []


@pytest.mark.parametrize(("day", "midnight"), [(date(2026, 8, 17), 22), (date(2026, 11, 25), 23)])
def test_its_day_begins_at_midnight_where_the_municipality_is(world: World, day: date, midnight: int) -> None:
    world.now = datetime(day.year, day.month, day.day - 1, midnight, 12, tzinfo=UTC)
    (record,) = world.save(reminders=(replace(REMINDER, due=day),), zone="Europe/Copenhagen")
    assert record.not_before == world.now.replace(minute=0)


def test_a_reminder_has_no_calendar_part(world: World) -> None:
    record = world.save(reminders=(REMINDER,))[0]
    assert b"text/calendar" not in world.ledger.mime(record.id)
    assert record.subject == "Påmindelse: din del mangler, sag 26-012345"


def test_a_reminder_that_no_longer_helps_expires(world: World) -> None:
    """Acceptance case 32."""
    world.save(reminders=(REMINDER,))
    world.pass_time(days=6)
    assert world.save(reminders=(REMINDER,)) == []


def test_a_moved_meeting_moves_its_reminder(world: World) -> None:
    """Acceptance case 32."""
    world.save(reminders=(REMINDER,))
    moved = replace(REMINDER, due=date(2026, 12, 2), expires=REMINDER.expires + timedelta(days=7))
    assert world.save(reminders=(moved,)) == []
    world.pass_time(days=7)
    assert [item.kind for item in world.save(reminders=(moved,))] == [ASSESSMENT_REMINDER]


def test_there_is_none_after_a_cancellation(world: World) -> None:
    """Acceptance case 32."""
    world.save(reminders=(REMINDER,))
    assert world.save(reminders=()) == []


def test_a_reminder_interrupted_on_its_way_is_left_to_a_person(world: World) -> None:
    record = world.save(reminders=(REMINDER,))[0]
    begin(world.ledger, record.id, world.now)
    world.ledger.recover(world.now)
    assert world.ledger.get(record.id).state is State.IN_DOUBT
    assert world.save(reminders=(REMINDER,)) == []


def test_a_family_that_is_gone_reminds_nobody(world: World) -> None:
    world.save(sample_meeting(), reminders=(REMINDER,))
    assert [item.kind for item in world.save(gone=[FAMILY])] == []
