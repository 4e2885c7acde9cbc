from __future__ import annotations

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.rules import check_family
from tests.unit.rules.samples import TODAY, Raw, config, meeting, zamirandi


def _codes(name: str) -> list[str]:
    def book(raw: Raw) -> None:
        meeting(raw, "familieplan")["interpreter"]["name"] = name

    return [item.code for item in check_family(FamilyDay.on(zamirandi(book), config(), TODAY))]


@pytest.mark.parametrize(
    "name", ["Yasmin tolker", "yasmin", "Yasmin Zamirandi", "Søster Yasmin", "Farbror Karim", "Nadiras søster"]
)
def test_a_relative_is_no_interpreter(name: str) -> None:
    assert _codes(name) == ["HD267"]


@pytest.mark.parametrize("name", ["Tolkebureauet Ordrig", "Yasmin Ahmadi", "Ordrig, Karim Rahimi", "tolk"])
def test_somebody_from_outside_may_share_a_first_name(name: str) -> None:
    assert _codes(name) == []
