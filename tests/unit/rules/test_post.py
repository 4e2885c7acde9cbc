"""Where a protected address may not stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.rules.post import check_protected_address
from tests.unit.rules.samples import TODAY, config, meeting, zamirandi

if TYPE_CHECKING:
    from hopdocs.diagnostics import DataPath
    from tests.unit.rules.samples import Raw


def _told(place: str, *, protected: bool = True) -> list[tuple[DataPath, str]]:
    def edit(raw: Raw) -> None:
        raw["contact"]["protected"] = "ja" if protected else "nej"
        meeting(raw, "familieplan")["place"] = place

    found = check_protected_address(FamilyDay.on(zamirandi(edit), config(), TODAY))
    return [(item.at, item.params["member"]) for item in found]


@pytest.mark.parametrize("place", ["Opdigtvej 44, 9999 Vesterlyng", "hos familien (opdigtvej  44)"])
def test_the_familys_own_protected_address_is_told_for_the_first_who_lives_there(place: str) -> None:
    assert _told(place) == [(("meetings", 2, "place"), "nadira")]


@pytest.mark.parametrize("place", ["Opdigtvej 441", "home:nadira", "havoern"])
def test_another_place_is_no_secret(place: str) -> None:
    assert _told(place) == []


def test_an_address_that_nobody_protects_may_be_written() -> None:
    assert _told("Opdigtvej 44", protected=False) == []
