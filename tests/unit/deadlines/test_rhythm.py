from __future__ import annotations

from datetime import date

from hopdocs.deadlines.rhythm import rhythm_of
from hopdocs.domain.family_day import FamilyDay
from tests.unit.rules.samples import TODAY, config, zamirandi


def test_before_the_plan_is_made_there_is_nothing_to_count_from() -> None:
    rhythm = rhythm_of(FamilyDay.on(zamirandi(), config(), TODAY))
    assert (rhythm.last, rhythm.target, rhythm.limit) == (None, None, None)
    assert rhythm.next is not None
    assert rhythm.next.id == "opfoelgning-1"


def test_eight_weeks_after_the_familieplansmoede_the_plan_is_followed_up() -> None:
    rhythm = rhythm_of(FamilyDay.on(zamirandi(), config(), date(2026, 11, 25)))
    assert rhythm.last is not None
    assert rhythm.last.id == "familieplan"
    assert (rhythm.target_days, rhythm.target, rhythm.limit) == (56, date(2027, 1, 19), date(2027, 11, 24))


def test_pauses_move_the_target_and_overlapping_ones_count_once() -> None:
    pauses = [{"from": "2026-12-01", "to": "2026-12-10"}, {"from": "2026-12-05", "to": "2026-12-14"}]
    rhythm = rhythm_of(FamilyDay.on(zamirandi(lambda raw: raw.update(pauses=pauses)), config(), date(2027, 1, 4)))
    assert rhythm.target == date(2027, 2, 2)
