"""An area that is kept out of its own work is pointed out."""

from __future__ import annotations

from typing import Any

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.rules.plan import check_own_area_sees
from tests.unit.rules.samples import TODAY, config, zamirandi


def _found(kind: str, visible_to: list[str] | str) -> list[tuple[str, dict[str, str]]]:
    def edit(raw: dict[str, Any]) -> None:
        raw["plan"][kind][0]["visible_to"] = visible_to

    found = check_own_area_sees(FamilyDay.on(zamirandi(edit), config(), TODAY))
    return [(item.code, dict(item.params)) for item in found]


def test_an_area_that_loses_its_own_activity_is_pointed_out() -> None:
    ((code, params),) = _found("activities", ["nadira"])
    assert (code, set(params)) == ("HD583", {"activity", "area"})


def test_so_is_one_that_loses_it_with_the_goal() -> None:
    ((code, params),) = _found("goals", ["nadira"])
    assert (code, set(params)) == ("HD584", {"goal", "areas"})


def test_and_one_that_loses_its_own_plan() -> None:
    assert _found("sector_plans", ["tariq"]) == [("HD585", {"plan": "min_plan", "area": "BES"})]


@pytest.mark.parametrize("visible_to", ["all", ["nadira", "BF", "DU", "BES", "SO", "HP"]])
def test_who_names_the_area_or_everybody_hears_nothing(visible_to: list[str] | str) -> None:
    assert [_found(kind, visible_to) for kind in ("activities", "goals", "sector_plans")] == [[], [], []]
