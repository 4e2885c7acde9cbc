from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hopdocs.domain.tovholder import contact_person, tovholder_of
from tests.unit.rules.samples import TODAY, config, zamirandi

if TYPE_CHECKING:
    from tests.unit.rules.samples import Raw


def _away(*staff: str) -> dict[str, list[dict[str, str]]]:
    return {"absences": [{"staff": one, "from": "2026-11-16", "to": "2026-11-27"} for one in staff]}


def test_before_there_is_a_tovholder_the_coordinator_is_the_contact() -> None:
    family = zamirandi()
    assert tovholder_of(family, date(2026, 10, 5)) is None
    assert contact_person(family, config(), date(2026, 10, 5)).staff == "kko"


def test_the_tovholder_is_the_contact_from_the_first_day() -> None:
    contact = contact_person(zamirandi(), config(), date(2026, 10, 6))
    assert (contact.staff, contact.substitute, contact.is_away) == ("iik", "rri", False)
    assert contact.reachable == "iik"


def test_a_new_line_takes_over_from_the_one_before() -> None:
    def change(raw: Raw) -> None:
        raw["tovholder"].append({"staff": "rri", "from": "2026-11-24", "chosen_by": "family"})

    family = zamirandi(change)
    assert tovholder_of(family, date(2026, 11, 23)) == "iik"
    assert tovholder_of(family, date(2026, 11, 24)) == "rri"


def test_while_the_tovholder_is_away_the_substitute_is_reached() -> None:
    contact = contact_person(zamirandi(), config(lambda raw: raw.update(_away("iik"))), TODAY)
    assert contact.is_away
    assert contact.reachable == "rri"


def test_a_substitute_who_is_away_too_is_passed_over() -> None:
    contact = contact_person(zamirandi(), config(lambda raw: raw.update(_away("iik", "rri"))), TODAY)
    assert contact.reachable == "kko"


def test_the_municipality_s_own_substitute_stands_in_where_the_file_names_none() -> None:
    family = zamirandi(lambda raw: raw["tovholder"][0].pop("substitute"))
    settings = config(lambda raw: (raw.update(_away("iik")), raw["staff"]["iik"].update(substitute="tta")))
    assert contact_person(family, settings, TODAY).reachable == "tta"


def test_a_tovholder_who_left_the_municipality_is_away() -> None:
    settings = config(lambda raw: raw["staff"]["iik"].update(to="2026-11-20"))
    assert not contact_person(zamirandi(), settings, date(2026, 11, 20)).is_away
    assert contact_person(zamirandi(), settings, TODAY).is_away
