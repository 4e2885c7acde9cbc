from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.audience import Audience
from hopdocs.documents.letterhead import person_name
from hopdocs.domain.addresses import names_address
from hopdocs.model.config import Absence
from hopdocs.model.scalars.values import MemberKey, StaffId
from tests.unit.documents.example import TODAY, load_config, on_day, regnbuehoej, wanted, zamirandi
from tests.unit.papers import REGNBUEHOEJ, build_papers

if TYPE_CHECKING:
    from pathlib import Path

AWAY = Absence(staff=StaffId("iik"), from_=date(2026, 11, 23), to=date(2026, 12, 4))


def absent(*absences: Absence) -> dict[str, tuple[str, ...]]:
    config = load_config().model_copy(update={"absences": absences})
    return {stem: item.context.tovholder.absences for stem, item in wanted(zamirandi(), config).items()}


def test_letters_name_who_to_call_while_the_tovholder_is_away() -> None:
    told = absent(AWAY)
    sentence = (
        "Ingolf Iskrystal er væk 23.\u00a0november–4.\u00a0december 2026. "
        "Ring imens til Rigmor Rimfrost, telefon 00\u00a000\u00a012\u00a002."
    )
    for stem in ("invitation-familieplan-nadira", "invitation-opfoelgning-1-nadira", "indkaldelse-familieplan"):
        assert told[stem] == (sentence,)
    assert told["familieplan-tariq"] == (sentence,)


def test_an_absence_that_no_reader_meets_is_not_told() -> None:
    assert set(absent(Absence(staff=StaffId("iik"), from_=date(2027, 6, 1), to=date(2027, 6, 5))).values()) == {()}
    assert absent(AWAY)["informationsbrev-nadira"] == ()


def test_where_the_substitute_is_away_too_the_coordinator_is_named() -> None:
    both = absent(AWAY, Absence(staff=StaffId("rri"), from_=date(2026, 12, 4), to=date(2026, 12, 5)))
    assert "Kamma Korsedderkop" in both["invitation-familieplan-nadira"][0]


def test_an_absence_changes_no_paper_when_it_begins() -> None:
    config = load_config().model_copy(update={"absences": (AWAY,)})
    before, after = (
        {stem: item.context for stem, item in wanted(zamirandi(), config, day).items() if item.meeting}
        for day in (TODAY, date(2026, 11, 24))
    )
    assert before == after


def test_the_coordinator_signs_before_there_is_a_tovholder_and_calls_the_first_meeting() -> None:
    papers = wanted(zamirandi().model_copy(update={"tovholder": ()}))
    assert {item.context.tovholder.role for item in papers.values()} == {"projektkoordinator"}
    assert wanted(zamirandi())["indkaldelse-intro"].context.tovholder.name == "Kamma Korsedderkop"


def test_whoever_is_to_be_called_has_a_number_though_she_has_none_of_her_own() -> None:
    config = load_config()
    without = {key: person.model_copy(update={"phone": None}) for key, person in config.staff.items()}
    papers = wanted(zamirandi(), config.model_copy(update={"staff": without}))
    assert papers["informationsbrev-nadira"].context.tovholder.phone == "00\u00a000\u00a012\u00a000"
    assert (
        papers["invitation-familieplan-nadira"].context.tovholder.substitute
        == "Rigmor Rimfrost, telefon 00\u00a000\u00a012\u00a000"
    )


def test_a_new_tovholder_stands_in_the_papers_of_meetings_from_that_day() -> None:
    shifted = zamirandi(
        (
            "chosen_by: team, substitute: rri}",
            "chosen_by: team}\n  - {staff: rri, from: 2026-12-01, chosen_by: family, reason: Familien ville gerne.}",
        )
    )
    papers = wanted(shifted)
    assert papers["invitation-familieplan-nadira"].context.tovholder.name == "Ingolf Iskrystal"
    assert papers["invitation-opfoelgning-1-nadira"].context.tovholder.name == "Rigmor Rimfrost"
    assert papers["familieplan-nadira"].context.tovholder.name == "Ingolf Iskrystal"
    later = wanted(shifted, today=date(2026, 12, 1))
    assert later["familieplan-nadira"].context.tovholder.name == "Rigmor Rimfrost"


def test_a_tovholder_from_a_health_area_is_named_without_it_to_those_it_does_not_serve() -> None:
    health = zamirandi(
        ("  - {staff: iik, from: 2026-10-06, chosen_by: team", "  - {staff: ssk, from: 2026-10-06, chosen_by: team")
    )
    papers = wanted(health)
    boxes = {who: papers[f"invitation-familieplan-{who}"].context.tovholder for who in ("nadira", "tariq")}
    assert (boxes["nadira"].title, boxes["nadira"].area) == ("visitator", "Sundhed og Omsorg")
    assert (boxes["tariq"].title, boxes["tariq"].area) == ("tovholder", "")
    assert boxes["tariq"].name == boxes["nadira"].name


def test_two_of_the_same_first_name_are_told_apart() -> None:
    family = zamirandi(("name: Sami Zamirandi", "name: Tariq Den Yngre"))
    names = Audience(on_day(family)).short_names
    assert (names[MemberKey("sami")], names[MemberKey("nadira")]) == ("Tariq Den Yngre", "Nadira")


def test_a_responsible_person_is_named_whoever_it_is() -> None:
    family, config = regnbuehoej(), load_config()
    assert person_name(family, config, "hha") == "Hanne Havgus"
    assert person_name(family, config, "karla") == "Karla Regnbuehøj"
    assert person_name(family, config, "Naboen") == "Naboen"


def test_a_person_without_an_address_gets_a_letter_without_one() -> None:
    family = zamirandi().model_copy(update={"contact": None})
    assert wanted(family)["informationsbrev-nadira"].context.recipient.address_lines == ()


def test_who_keeps_the_own_address_to_herself_gets_no_other_homes_on_the_envelope() -> None:
    written = "contact: {address: Opdigtvej 310, postcode: 9999, city: Vesterlyng, protected: true}"
    family = regnbuehoej((written, "contact: {protected: true}"))
    letters = wanted(family, today=date(2026, 8, 1))
    assert letters["informationsbrev-anton"].context.recipient.address_lines == ()
    assert letters["informationsbrev-karla"].context.recipient.address_lines == ("Opdigtvej 12", "9999 Vesterlyng")


def test_a_youth_with_two_homes_is_written_to_at_the_familys_own() -> None:
    family = regnbuehoej(("born: 2017-11-25", "born: 2010-11-25"))
    letters = wanted(family, today=date(2026, 8, 1))
    assert letters["informationsbrev-storm"].context.recipient.address_lines == ("Opdigtvej 12", "9999 Vesterlyng")


OWN_PROTECTED = "{address: opdigtvej nr. 12, postcode: 9999, city: Vesterlyng, protected: ja}"


@pytest.mark.parametrize("household", [", protected: ja}", "}"])
def test_a_protected_address_is_not_lent_to_who_has_only_a_phone_of_his_own(household: str, tmp_path: Path) -> None:
    papers = build_papers(
        tmp_path,
        REGNBUEHOEJ,
        date(2026, 7, 1),
        (", withdrawn: [{date: 2026-09-08}]}", "}"),
        (", withdrawn: [{date: 2026-08-18, areas: [SO]}, {date: 2026-09-08}]}", "}"),
        (
            "contact: {address: Opdigtvej 12, postcode: 9999, city: Vesterlyng}",
            f"contact: {{address: Opdigtvej 12, postcode: 9999, city: Vesterlyng{household}",
        ),
        (
            "contact: {address: Opdigtvej 310, postcode: 9999, city: Vesterlyng, protected: true}",
            "contact: {phone: 00 00 99 01}",
        ),
        (
            "born: 1992-06-06, custody: true, post: digital}",
            f"born: 1992-06-06, custody: true, post: digital, contact: {OWN_PROTECTED}}}",
        ),
        ("closing: {date: 2026-09-08, reason: samtykke trukket, continues: [{plan: barnets plan, area: BF}]}", ""),
    )
    assert "invitation-opfoelgning-1-anton" in papers
    assert [
        stem for stem, text in papers.items() if stem.endswith("-anton") and names_address(text, "Opdigtvej 12")
    ] == []
    assert "nr. 12" in papers["invitation-opfoelgning-1-karla"]


def test_who_may_live_elsewhere_is_a_home_apart() -> None:
    written = "contact: {address: Opdigtvej 310, postcode: 9999, city: Vesterlyng, protected: true}"
    home = "contact: {address: Opdigtvej 12, postcode: 9999, city: Vesterlyng"
    open_home = regnbuehoej((written, "contact: {phone: 00 00 99 01}"))
    hidden = regnbuehoej((written, "contact: {phone: 00 00 99 01}"), (home, f"{home}, protected: ja"))
    for family, is_shared in ((open_home, True), (hidden, False)):
        audience = Audience(on_day(family, date(2026, 8, 1)))
        assert audience.share_household(MemberKey("karla"), MemberKey("anton")) is is_shared
