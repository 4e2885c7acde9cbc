"""When another becomes tovholder: the old, the new, the team and the coordinator hear who, her phone, and from when."""

from __future__ import annotations

from typing import Any

from tests.unit.notices.kinds.course.courses import mails, on_team, wanted
from tests.unit.notices.samples import World

FIRST = {"staff": "rri", "from": "2026-09-01", "chosen_by": "team"}
SHIFT = [FIRST, {"staff": "iik", "from": "2026-11-24", "chosen_by": "family"}]
TEAM = [on_team("rri"), on_team("iik"), on_team("ssk")]
TODAY = "2026-11-24"


def told(today: str = TODAY, **changes: Any) -> dict[str, str]:
    return mails("tovholderskift", today, **{"team": TEAM, "tovholder": SHIFT, **changes})


def test_old_new_team_and_coordinator_are_told_name_phone_and_from_when() -> None:
    found = told()
    assert set(found) == {"rri", "iik", "ssk", "kko"}
    for text in found.values():
        assert "Tovholder Ingolf Iskrystal Telefon 00 00 12 10 Fra tirsdag den 24. november 2026" in text
    assert found["iik"].startswith(
        "Du er tovholder fra tirsdag den 24. november. Rigmor Rimfrost giver opgaverne videre"
    )
    assert "Giv opgaverne videre inden da." in found["rri"]
    assert found["ssk"].startswith("Ingolf Iskrystal er tovholder fra tirsdag den 24. november.")


def test_it_is_told_when_it_is_written_down_and_not_weeks_after() -> None:
    assert set(told("2026-11-10")) == {"rri", "iik", "ssk", "kko"}
    assert told("2026-11-08") == {}
    assert told("2026-12-09") == {}


def test_the_first_tovholder_takes_over_from_nobody_and_the_same_one_again_is_no_shift() -> None:
    assert told("2026-09-22", tovholder=[{**FIRST, "from": "2026-09-20"}]) == {}
    assert told(tovholder=[FIRST, {**FIRST, "from": "2026-11-24", "chosen_by": "family"}]) == {}


def test_it_is_told_once_and_anew_where_the_day_was_wrong() -> None:
    world = World(now=World().now.replace(day=20))
    world.save_families(wanted("2026-11-20", team=TEAM, tovholder=SHIFT))
    assert len(world.deliver()) == 4
    world.pass_time(days=4)
    world.save_families(wanted(TODAY, team=TEAM, tovholder=SHIFT))
    assert world.deliver() == []
    later = [FIRST, {**SHIFT[1], "from": "2026-12-01"}]
    world.save_families(wanted(TODAY, team=TEAM, tovholder=later))
    assert len(world.deliver()) == 4


def test_a_shift_that_is_taken_back_before_its_mails_left_is_not_told() -> None:
    world = World(now=World().now.replace(day=20))
    assert world.save_families(wanted("2026-11-20", team=TEAM, tovholder=SHIFT))
    world.save_families(wanted("2026-11-20", team=TEAM, tovholder=[FIRST]))
    assert world.deliver() == []


def test_another_name_before_the_mails_left_makes_one_mail_each_with_the_right_one() -> None:
    world = World(now=World().now.replace(day=20))
    world.save_families(wanted("2026-11-20", team=TEAM, tovholder=SHIFT))
    other = [FIRST, {**SHIFT[1], "staff": "ssk"}]
    world.save_families(wanted("2026-11-20", team=TEAM, tovholder=other))
    pending = world.save_families(wanted("2026-11-20", team=TEAM, tovholder=other))
    assert len(pending) == 4
    assert all("Sofus Skumring" in str(item.facts) for item in pending)
