"""When all have said yes: the steering group hears which areas and whom, and not why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.unit.notices.kinds.course.courses import consent, data, mails, meeting, on_team, wanted
from tests.unit.notices.samples import World

STEERING = ["kko", "rri", "mmo", "tta"]


def test_the_steering_group_is_told_of_areas_and_professionals() -> None:
    told = mails("nytforloeb", "2026-09-22")
    assert list(told) == STEERING
    assert "Fagområder Børn og Familie, Beskæftigelse samt Sundhed og Omsorg" in told["mmo"]
    assert "Fagpersoner Rigmor Rimfrost, Ingolf Iskrystal og Hanne Havgus" in told["mmo"]


def test_it_is_told_no_titles_criteria_or_names_of_the_family() -> None:
    (text, *_) = mails("nytforloeb", "2026-09-22", criteria=["misbrugsproblematikker"]).values()
    assert not [word for word in ("misbrug", "behandler", "Kornmod", "Signe") if word.casefold() in text.casefold()]


def test_an_area_that_nobody_lets_share_is_not_named_nor_are_its_people() -> None:
    narrow = [consent("signe", areas=["BF", "BES"]), consent("jeppe", areas=["BF", "BES"])]
    (text, *_) = mails("nytforloeb", "2026-09-22", consents=narrow).values()
    assert "Sundhed" not in text
    assert "Hanne" not in text


def test_before_the_last_yes_and_weeks_after_it_nobody_is_told() -> None:
    assert mails("nytforloeb", "2026-09-21") == {}
    assert mails("nytforloeb", "2026-10-06") != {}
    assert mails("nytforloeb", "2026-10-07") == {}


@pytest.mark.parametrize(
    "consents",
    [
        [
            consent("signe", given="2025-09-25"),
            consent("jeppe", given="2025-09-25"),
            consent("signe"),
            consent("jeppe"),
        ],
        [consent("signe", given="2025-09-25"), consent("jeppe", given="2025-09-25"), consent("jeppe")],
        [consent("signe", given="2026-01-05"), consent("jeppe", given="2026-01-05"), consent("malthe")],
    ],
    ids=["both renewed", "one renewed", "a youth of sixteen"],
)
def test_a_renewal_and_a_youths_own_yes_are_no_new_course(consents: list[dict[str, Any]]) -> None:
    youth = {"name": "Malthe Kornmod", "role": "child", "born": "2010-09-20"}
    members = {
        "signe": {"name": "Signe Kornmod", "role": "parent", "born": "1989-03-14", "custody": True},
        "jeppe": {"name": "Jeppe Lyngtop", "role": "parent", "born": "1986-11-02", "custody": True},
        "malthe": youth,
    }
    assert mails("nytforloeb", "2026-09-22", consents=consents, members=members) == {}


def test_a_family_that_took_everything_back_and_says_yes_again_begins_anew() -> None:
    before = {"given": "2026-01-05", "withdrawn": [{"date": "2026-03-01"}]}
    again = [consent("signe", **before), consent("jeppe", **before), consent("signe"), consent("jeppe")]
    assert list(mails("nytforloeb", "2026-09-22", consents=again)) == STEERING


def test_the_steering_group_stands_in_line_before_the_team() -> None:
    world = World(now=World().now.replace(year=2026, month=9, day=22))
    planned = world.save_families(wanted("2026-09-22", meetings=[meeting("introduktionsmøde", "2026-10-06")]))
    kinds = [item.kind.name for item in planned]
    assert kinds.index("indkaldelse") > max(place for place, kind in enumerate(kinds) if kind == "nytforloeb")


def test_the_coordinator_is_reminded_of_a_team_that_is_missing_two_weeks_after_consent() -> None:
    nobody: dict[str, Any] = {"team": [], "tovholder": []}
    assert mails("teammangler", "2026-10-04", **nobody) == {}
    assert list(mails("teammangler", "2026-10-06", **nobody)) == ["kko"]
    assert mails("teammangler", "2026-10-06", team=[on_team("rri")]) == {}
    assert mails("teammangler", "2026-10-06", team=[on_team("rri", "2026-10-20")]) == {}
    assert mails("teammangler", "2026-11-06", **nobody) == {}


def test_a_yes_whose_day_is_put_right_later_is_told_once() -> None:
    world = World(now=World().now.replace(year=2026, month=9, day=22))
    world.save_families(wanted("2026-09-22"))
    assert "nytforloeb" in {told.kind for told in world.deliver()}
    world.now += timedelta(days=1)
    corrected = [consent("signe", given="2026-09-20"), consent("jeppe", given="2026-09-21")]
    world.save_families(wanted("2026-09-23", consents=corrected))
    assert "nytforloeb" not in {told.kind for told in world.deliver()}


@pytest.mark.parametrize(
    "jeppes",
    [
        [consent("jeppe", withdrawn=[{"date": "2026-09-24"}])],
        [consent("jeppe"), {"member": "jeppe", "refused": "2026-09-24"}],
        [consent("jeppe"), {"member": "ulf", "refused": "2026-09-24"}],
    ],
    ids=["taken back by one", "a later no", "a no of somebody without custody"],
)
def test_who_steps_out_of_a_new_course_makes_no_second_one(jeppes: list[dict[str, Any]]) -> None:
    members = {**data()["members"], "ulf": {"name": "Ulf Ulvefod", "role": "partner", "born": "1985-05-05"}}
    world = World(now=World().now.replace(year=2026, month=9, day=22))
    world.save_families(wanted("2026-09-22", members=members))
    assert "nytforloeb" in {told.kind for told in world.deliver()}
    world.pass_time(days=2)
    world.save_families(wanted("2026-09-24", members=members, consents=[consent("signe"), *jeppes]))
    assert "nytforloeb" not in {told.kind for told in world.deliver()}
