from __future__ import annotations

from datetime import date

import pytest

from hopdocs.pages.timeline import plan_timeline
from tests.unit.pages.sample import edited, family, today


def test_the_scale_covers_whole_months_around_everything() -> None:
    line = plan_timeline(today(family("2026-007")))
    assert line is not None
    assert (line.start, line.end) == (date(2026, 10, 1), date(2027, 7, 1))
    assert line.ticks[0].left == 0
    assert [tick.label for tick in line.ticks] == ["okt", "nov", "dec", "jan", "feb", "mar", "apr", "maj", "jun"]
    assert [tick.year for tick in line.ticks] == [2026, None, None, 2027, None, None, None, None, None]
    assert line.ticks[1].left < line.today < line.ticks[2].left


def test_bars_lie_inside_the_scale_in_the_order_of_their_days() -> None:
    for number in ("2025-003", "2026-007"):
        line = plan_timeline(today(family(number)))
        assert line is not None
        for bar in [bar for goal in line.goals for bar in goal.bars]:
            assert 0 <= bar.left <= bar.left + bar.width <= 100.01


def test_an_activity_without_an_end_runs_to_the_edge() -> None:
    line = plan_timeline(today(family("2025-003")))
    assert line is not None
    (bar,) = [bar for goal in line.goals for bar in goal.bars if bar.open_end]
    assert bar.end is None
    assert bar.left + bar.width == pytest.approx(100, abs=0.05)


def test_goals_tell_their_latest_progress() -> None:
    line = plan_timeline(today(family("2025-003")))
    assert line is not None
    assert [(goal.people, goal.progress) for goal in line.goals] == [
        ("Signe", ""),  # also about the children, of whom the tovholder's area may know nothing
        ("Signe", "nået"),
    ]
    line = plan_timeline(today(family("2026-007")))
    assert line is not None
    assert {goal.progress for goal in line.goals} >= {"på vej", "ikke begyndt"}


def test_meetings_stand_on_their_days_with_what_became_of_them() -> None:
    line = plan_timeline(today(family("2026-007")))
    assert line is not None
    assert [point.kind for point in line.meetings] == ["held", "held", "held", "planned", "planned"]
    assert [point.left for point in line.meetings] == sorted(point.left for point in line.meetings)


def test_a_withdrawn_course_shows_no_plan() -> None:
    assert plan_timeline(today(family("2026-002"))) is None


def test_before_consent_there_is_no_plan_to_show() -> None:
    assert plan_timeline(today(family("2026-009"))) is None


def test_an_area_that_was_taken_out_of_a_consent_takes_its_goal_along() -> None:
    """Sundhed og Omsorg leaves Nadira's consent: the tovholder's page no longer shows what it does."""
    line = "    areas: [BF, BES, DU, SO]\n"
    without = edited("2026-007", line, line + "    withdrawn:\n      - date: 2026-11-20\n        areas: [SO]\n")
    shown = plan_timeline(today(without))
    assert shown is not None
    assert not [goal for goal in shown.goals if "Smertehåndtering" in str(goal.bars)]


def test_a_day_mistyped_by_a_century_does_not_squeeze_the_picture() -> None:
    line = plan_timeline(today(edited("2026-007", "start: 2026-11-09", "start: 1926-11-09")))
    assert line is not None
    assert line.start > date(2024, 1, 1)
    assert line.end < date(2029, 1, 1)


def test_once_a_consent_has_run_out_the_plan_shows_no_more_than_what_still_runs_and_what_is_ones_own() -> None:
    running = plan_timeline(today(family("2026-007")))
    given = "  - member: nadira\n    form_given: 2026-09-15\n    given: 2026-09-22\n"
    lapsed = plan_timeline(today(edited("2026-007", given, f"{given}    until: 2026-11-18\n")))
    assert running is not None
    assert lapsed is not None
    assert (running.waits_for_consent, lapsed.waits_for_consent) == (False, True)
    people = [{bar.people for goal in line.goals for bar in goal.bars} for line in (running, lapsed)]
    assert "Sami" in people[0] - people[1]
    assert "Tariq" in people[1]  # his own consent still runs
