from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hopdocs.figures.course import TOVHOLDER_AT_WORK, TOVHOLDER_AWAY, Draw, MeetingFact, Place, Wait
from hopdocs.figures.warning import Light, count_long_waits, early_warnings, list_rules
from tests.unit.figures.courses import TODAY, course, sample_config

if TYPE_CHECKING:
    from hopdocs.figures.course import CourseFigures

CONFIG = sample_config()
PLAN = TODAY - timedelta(days=50)
GOOD = course(
    meetings=(MeetingFact("familieplansmøde", PLAN, "held", (), (), (), Place("meetings.0")),),
    tovholder=TOVHOLDER_AT_WORK,
    baseline=PLAN,
)


def light_of(found: CourseFigures, on: date = TODAY) -> tuple[Light, list[str]]:
    (warning,) = early_warnings((found,), CONFIG, on)
    return warning.light, [signal.seen for signal in warning.signals]


def test_a_course_in_which_all_is_well_is_green() -> None:
    assert light_of(GOOD) == (Light.GREEN, [])


@pytest.mark.parametrize(("days", "light"), [(56, Light.GREEN), (57, Light.AMBER), (70, Light.AMBER), (71, Light.RED)])
def test_the_longer_there_was_no_meeting_the_more_urgent_it_is(days: int, light: Light) -> None:
    found, seen = light_of(GOOD, PLAN + timedelta(days=days))
    assert found is light
    assert all(f"i {days} dage" in text for text in seen)


def test_a_course_at_rest_is_not_asked_for_meetings() -> None:
    rested = replace(GOOD, pauses=((PLAN, None),))
    assert light_of(rested, PLAN + timedelta(days=100))[0] is Light.GREEN


def test_a_slower_rhythm_that_the_family_agreed_on_is_not_red() -> None:
    assert light_of(replace(GOOD, follow_up_days=84), PLAN + timedelta(days=80))[0] is Light.GREEN


@pytest.mark.parametrize(("late", "light"), [(1, Light.AMBER), (30, Light.AMBER), (31, Light.RED)])
def test_a_draw_is_amber_when_it_is_late_and_red_when_it_is_very_late(late: int, light: Light) -> None:
    draw = Draw(6, TODAY - timedelta(days=late), None, {}, Place("measurements.services"))
    assert light_of(replace(GOOD, draws=(draw,)))[0] is light


def test_nobody_at_the_helm_is_red_and_somebody_away_amber() -> None:
    assert light_of(replace(GOOD, tovholder="")) == (Light.RED, ["Der er ingen tovholder."])
    assert light_of(replace(GOOD, tovholder=TOVHOLDER_AWAY))[0] is Light.AMBER


def test_a_long_wait_is_amber_until_it_is_over() -> None:
    wait = Wait("HP", "stoette", TODAY - timedelta(days=57), None, None, "", Place("waiting_times.0"))
    light, seen = light_of(replace(GOOD, areas=("BF", "HP"), waits=(wait,)))
    assert (light, seen) == (
        Light.AMBER,
        ["En afgørelse i Handicap og Psykiatri har ladet vente på sig i 57 dage."],
    )
    assert light_of(replace(GOOD, waits=(replace(wait, granted=TODAY),)))[0] is Light.GREEN


def test_who_waits_for_consent_is_counted_and_told_of_by_no_case() -> None:
    waiting = [course(group="waiting", areas=(), start=TODAY - timedelta(days=days)) for days in (28, 29, 40)]
    assert early_warnings(waiting, CONFIG, TODAY) == ()
    assert count_long_waits((*waiting, replace(GOOD, start=TODAY - timedelta(days=90))), CONFIG, TODAY) == 2


def test_a_consent_that_no_longer_stands_is_red() -> None:
    lapsed = replace(GOOD, lapsed=TODAY - timedelta(days=1), tovholder="")
    assert light_of(lapsed) == (Light.RED, ["Samtykket gælder ikke længere."])


def test_red_courses_come_first_and_those_that_ended_not_at_all() -> None:
    red, closed = replace(GOOD, case="z", tovholder=""), replace(GOOD, group="closed")
    found = early_warnings((GOOD, red, closed), CONFIG, TODAY)
    assert [(warning.light, warning.case) for warning in found] == [(Light.RED, "z"), (Light.GREEN, GOOD.case)]


def test_a_month_without_figures_is_amber_where_the_municipality_asks_for_them() -> None:
    monthly = CONFIG.model_copy(
        update={"deadlines": CONFIG.deadlines.model_copy(update={"monthly_registration": True})}
    )
    (warning,) = early_warnings((GOOD,), monthly, TODAY)
    assert [signal.seen for signal in warning.signals] == ["Månedens tal mangler for 1 måned."]
    assert "Månedens tal mangler." in [rule.seen for rule in list_rules(monthly)]
    assert "Månedens tal mangler." not in [rule.seen for rule in list_rules(CONFIG)]


def test_the_rules_are_said_with_the_municipalitys_own_numbers() -> None:
    stricter = CONFIG.model_copy(update={"reports": CONFIG.reports.model_copy(update={"no_meeting_weeks": 9})})
    assert list_rules(stricter)[0].seen.startswith("Der er gået mere end 9 uger")
