"""What may stand in a delivery, and where a protected address may not stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.rules.post import (
    check_delivered_documents,
    check_known_home,
    check_protected_address,
    check_protected_home,
)
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


@pytest.mark.parametrize("place", ["Opdigtvej 44, 9999 Vesterlyng", "hos familien (opdigtvej  44)", "Opdigtv. nr. 44B"])
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


@pytest.mark.parametrize(
    ("document", "nearest"),
    [("invitaton", "invitation"), ("Dagsorden", "dagsorden"), ("indbydelse", "indkaldelse")],
)
def test_a_delivery_of_something_that_there_is_not_is_told_at_its_place_with_the_nearest(
    document: str, nearest: str
) -> None:
    ((at, params),) = _unknown_in_delivery(document)
    assert at == ("deliveries", 0, "document")
    assert params["document"] == document
    assert params["choices"].startswith(f"{nearest}, ")
    assert params["choices"].count(", ") == 3


def _unknown_in_delivery(document: str) -> list[tuple[DataPath, Mapping[str, str]]]:
    line: Raw = {"document": document, "meeting": "familieplan", "to": ["nadira"], "date": "2026-11-20", "how": "paper"}
    day = FamilyDay.on(zamirandi(lambda raw: raw.update(deliveries=[line])), config(), TODAY)
    return [(item.at, item.params) for item in check_delivered_documents(day)]


def _with_phone_alone(raw: Raw) -> None:
    raw["contact"]["protected"] = "ja"
    raw["members"]["tariq"]["contact"] = {"phone": "00 00 99 01"}


def test_a_phone_of_ones_own_beside_a_protected_home_leaves_open_where_one_lives() -> None:
    found = list(check_known_home(FamilyDay.on(zamirandi(_with_phone_alone), config(), TODAY)))
    assert [(item.code, item.at, item.params["member"]) for item in found] == [
        ("HD580", ("members", "tariq", "contact", "address"), "tariq")
    ]


def test_who_lives_with_somebody_there_has_a_home() -> None:
    def edit(raw: Raw) -> None:
        _with_phone_alone(raw)
        raw["members"]["tariq"]["lives_with"] = ["nadira"]

    assert list(check_known_home(FamilyDay.on(zamirandi(edit), config(), TODAY))) == []


def test_the_protected_address_is_found_though_everybody_has_a_phone_of_their_own() -> None:
    def edit(raw: Raw) -> None:
        raw["contact"]["protected"] = "ja"
        for person in raw["members"].values():
            person["contact"] = {"phone": "00 00 99 01"}
        meeting(raw, "familieplan")["place"] = "Opdigtvej 44"
        meeting(raw, "opfoelgning-1")["place"] = "home:nadira"

    day = FamilyDay.on(zamirandi(edit), config(), TODAY)
    assert [item.at for item in check_protected_address(day)] == [("meetings", 2, "place")]
    assert [item.at for item in check_protected_home(day)] == [("meetings", 3, "place")]
