"""An area has its copy of the plan while its people are on the team: not before they join, and not after they left."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.audience import Audience
from hopdocs.documents.sight import EntryKind, name_of, readers_of, sight_of
from tests.unit.cycling import OUT, Desk, actions, copy_example
from tests.unit.documents.example import on_day, zamirandi

if TYPE_CHECKING:
    from pathlib import Path

LINE = "{staff: ssk, from: 2026-10-06, for: [nadira]}"
COPY = "familieplan-SO.docx"
TARIQ = "areas: [BF, BES, DU], received_by: iik"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return copy_example(tmp_path / "workspace")


def has_copy(desk: Desk) -> bool:
    return (desk.root / OUT / COPY).exists()


def stand_on(desk: Desk, day: int) -> None:
    desk.clock.moment = datetime(2026, 11, day, 9, tzinfo=UTC)


def test_who_joins_later_has_a_copy_from_that_day(desk: Desk) -> None:
    desk.edit(LINE, LINE.replace("2026-10-06", "2026-11-23"))
    stand_on(desk, 21)
    desk.cycle()
    assert not has_copy(desk)
    stand_on(desk, 23)
    desk.cycle()
    assert has_copy(desk)


def test_the_copy_of_who_has_left_goes_on_the_day_after_her_last(desk: Desk) -> None:
    desk.edit(LINE, LINE.replace("for:", "to: 2026-11-22, for:"))
    stand_on(desk, 22)
    desk.cycle()
    assert has_copy(desk)
    stand_on(desk, 23)
    assert f"{OUT}/{COPY}" in actions(desk.cycle(), "removed")
    assert not has_copy(desk)


def test_the_copy_of_who_has_left_goes_while_a_consent_has_run_out(desk: Desk) -> None:
    desk.edit(TARIQ, TARIQ.replace("received_by", "until: 2026-11-18, received_by"))
    desk.edit(LINE, LINE.replace("for:", "to: 2026-11-20, for:"))
    stand_on(desk, 17)
    desk.cycle()
    assert has_copy(desk)
    stand_on(desk, 20)
    desk.cycle()
    assert has_copy(desk)
    stand_on(desk, 21)
    desk.cycle()
    assert not has_copy(desk)


def test_the_team_of_the_last_day_keeps_its_last_copies(desk: Desk) -> None:
    desk.edit(LINE, LINE.replace("for:", "to: 2026-11-20, for:"))
    desk.edit(
        "\nmeasurements:", "\nclosing:\n  date: 2026-11-20\n  reason: Målene er nået\n  continues: []\n\nmeasurements:"
    )
    stand_on(desk, 20)
    desk.cycle()
    stand_on(desk, 25)
    desk.cycle()
    assert has_copy(desk)


def test_who_is_asked_about_as_a_reader_is_who_has_a_copy() -> None:
    later = zamirandi((LINE, LINE.replace("2026-10-06", "2026-11-23")))
    assert "SO" in {name_of(reader) for reader in readers_of(Audience(on_day(zamirandi())))}
    assert "SO" not in {name_of(reader) for reader in readers_of(Audience(on_day(later)))}


def test_who_is_invited_without_a_consent_of_her_own_sees_nothing_of_the_plan() -> None:
    born = "  tariq:\n"
    partner = (born, f"  faris: {{name: Faris Fjord, role: partner, born: 1980-01-01}}\n{born}")
    audience = Audience(on_day(zamirandi(partner)))
    [faris] = [reader for reader in readers_of(audience) if name_of(reader) == "faris"]
    assert {entry.kind for entry in sight_of(audience, faris).seen} <= {
        EntryKind.ADDRESS,
        EntryKind.NETWORK,
        EntryKind.POINT,
        EntryKind.VIEW,
    }
