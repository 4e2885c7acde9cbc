"""Reasons that tell of somebody are pointed out to whoever wrote them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.rules import check_family
from hopdocs.rules.readability import check_childrens_reasons, check_reasons
from tests.unit.rules.samples import TODAY, config, meeting, regnbuehoej, zamirandi

BEFORE = date(2026, 8, 20)


def _found(reason: str, **more: str) -> list[tuple[str, dict[str, str]]]:
    def edit(raw: dict[str, Any]) -> None:
        meeting(raw, "opfoelgning-1").update({"reason": reason, **more})
        raw.pop("closing")

    found = check_reasons(FamilyDay.on(regnbuehoej(edit), config(), BEFORE))
    return [(item.code, dict(item.params)) for item in found]


@pytest.mark.parametrize(
    ("reason", "codes"),
    [
        ("Samtykket er væk", [("HD577", {})]),
        ("Han har trukket det tilbage", [("HD577", {})]),
        ("antons behandling", [("HD578", {"member": "anton"})]),
        ("Stormvejr", []),
        ("sygdom", []),
        ("Sygdom i teamet", []),
    ],
)
def test_a_reason_that_tells_of_somebody_is_pointed_out(reason: str, codes: list[tuple[str, dict[str, str]]]) -> None:
    assert _found(reason) == codes


def test_a_reason_days_from_a_withdrawal_is_read_as_its_reason() -> None:
    assert _found("Travlhed", date="2026-08-20") == [("HD579", {"date": "2026-08-18"})]


def test_who_has_chosen_what_letters_say_is_told_nothing() -> None:
    assert _found("Samtykket er væk", told_as="praktiske grunde") == []


@pytest.mark.parametrize(
    ("reason", "codes"),
    [("Tariq er i behandling", ["HD586"]), ("Sami vil selv", []), ("Faren trak sit samtykke", ["HD586"])],
)
def test_a_childs_reason_speaks_of_that_child_alone(reason: str, codes: list[str]) -> None:
    def edit(raw: dict[str, Any]) -> None:
        meeting(raw, "familieplan")["children"]["sami"]["reason"] = reason

    found = check_childrens_reasons(FamilyDay.on(zamirandi(edit), config(), TODAY))
    assert [item.code for item in found] == codes


def test_where_no_papers_are_made_any_more_nobody_is_told() -> None:
    found = check_family(FamilyDay.on(regnbuehoej(), config(), date(2026, 11, 21)))
    assert {item.code for item in found} & {"HD577", "HD578", "HD579"} == set()
