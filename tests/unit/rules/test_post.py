"""What may stand in a delivery, and where a protected address may not stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.rules.post import check_delivered_documents, check_protected_address
from tests.unit.rules.samples import TODAY, config, meeting, zamirandi

if TYPE_CHECKING:
    from collections.abc import Mapping

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


@pytest.mark.parametrize("document", ["invitation", "samlet-familieplan", "referat"])
def test_what_hopdocs_makes_and_the_minutes_may_be_delivered(document: str) -> None:
    assert _unknown_in_delivery(document) == []


@pytest.mark.parametrize("document", ["invitaton", "Dagsorden", "indbydelse"])
def test_a_delivery_of_something_that_there_is_not_is_told_at_its_place_with_all_names(document: str) -> None:
    ((at, params),) = _unknown_in_delivery(document)
    assert at == ("deliveries", 0, "document")
    assert params["document"] == document
    assert "samtykkeerklaering, invitation, indkaldelse, dagsorden" in params["choices"]
    assert "referat" in params["choices"]


def _unknown_in_delivery(document: str) -> list[tuple[DataPath, Mapping[str, str]]]:
    line: Raw = {"document": document, "meeting": "familieplan", "to": ["nadira"], "date": "2026-11-20", "how": "paper"}
    day = FamilyDay.on(zamirandi(lambda raw: raw.update(deliveries=[line])), config(), TODAY)
    return [(item.at, item.params) for item in check_delivered_documents(day)]
