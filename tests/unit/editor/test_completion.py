from __future__ import annotations

import pytest

from hopdocs.editor.completion import OfferKind
from hopdocs.editor.keys import SourceKind
from tests.unit.editor.marked import offers_in

FAMILY = """\
members:
  nadira: {name: Nadira Zamirandi, role: parent, born: 1985-01-05}
  sami: {name: Sami Zamirandi, role: child, born: 2013-12-03}
meetings:
  - {id: intro, type: introduktionsmøde, date: 2026-10-06}
  - {id: familieplan, type: familieplansmøde, date: 2026-11-24}
plan:
  goals:
    - {id: skole, goal: Samis fravær er under 10 %.}
"""


def beside(marked: str, kind: SourceKind = SourceKind.FAMILY) -> dict[str, str]:
    return {item.text: item.beside for item in offers_in(marked, kind)}


@pytest.mark.parametrize(
    ("line", "word", "words"),
    [
        ("team:\n  - staff: |", "iik", "Ingolf Iskrystal (integrationsrådgiver, Beskæftigelse)"),
        ("team:\n  - for: [|]", "sami", "Sami Zamirandi (12 år)"),
        ("consents:\n  - areas: [|]", "BF", "Børn og Familie"),
        ("deliveries:\n  - meeting: |", "familieplan", "familieplansmøde (tirsdag den 24. november 2026)"),
        ("waiting_times:\n  - area: |", "SO", "Sundhed og Omsorg"),
    ],
)
def test_ids_are_offered_with_names_beside(line: str, word: str, words: str) -> None:
    assert beside(FAMILY + line)[word] == words


def test_a_goal_is_offered_with_its_words() -> None:
    text = FAMILY + "  activities:\n    - id: x\n      goal: |\n"
    assert beside(text) == {"skole": "Samis fravær er under 10 %."}


def test_a_home_is_a_place_too() -> None:
    text = FAMILY.replace("date: 2026-11-24}", "date: 2026-11-24, place: |}")
    assert beside(text)["home:nadira"] == "hjemme hos Nadira Zamirandi"


def test_whoever_may_see_an_entry_is_a_person_an_area_or_all() -> None:
    text = FAMILY.replace("under 10 %.}", "under 10 %., visible_to: [|]}")
    assert {"alle", "sami", "SO"} <= beside(text).keys()


def test_where_a_list_begins_a_name_is_written_as_one() -> None:
    found = beside(FAMILY.replace("under 10 %.}", "under 10 %., visible_to: |}"))
    assert {"alle", "[sami]", "[SO]"} <= found.keys()
    assert "sami" not in found


def test_what_is_behind_us_is_offered_last() -> None:
    found = offers_in(FAMILY + "deliveries:\n  - meeting: |")
    assert [(item.label, item.is_last) for item in found] == [("familieplan", False), ("intro", True)]


def test_a_name_is_found_by_the_person_as_well_as_by_the_id() -> None:
    found = {item.label: item for item in offers_in("team:\n  - staff: |")}
    assert "Ingolf Iskrystal" in found["iik"].sought_by


def test_words_of_a_closed_list_are_offered() -> None:
    assert {"barn", "child", "parent"} <= beside("members:\n  a:\n    role: |").keys()
    assert beside("members:\n  a:\n    custody: |").keys() == {"ja", "nej"}


def test_an_indicator_is_offered_by_its_name() -> None:
    assert beside("measurements:\n  indicators:\n    - key: |")["b_trivsel"].startswith("Barnets trivsel")


def test_keys_are_offered_with_their_danish_names_but_for_those_that_are_there() -> None:
    found = beside("members:\n  a:\n    name: A\n    |")
    assert found["born: "] == "Født – skal stå her"
    assert found["contact:"] == "Kontakt"
    assert "name: " not in found


def test_where_a_persons_key_is_due_the_persons_are_offered() -> None:
    text = FAMILY.replace("date: 2026-11-24}", "date: 2026-11-24, children: {|}}")
    assert beside(text)["sami:"] == "Sami Zamirandi (12 år)"


def test_below_the_name_of_a_list_an_entry_begins_with_its_dash() -> None:
    assert beside("team:\n  |")["- staff: "] == "Medarbejder"


def test_a_key_that_has_its_colon_gets_no_second() -> None:
    assert "born" in beside("members:\n  a:\n    bo|: 2013-12-03")


def test_a_colleague_is_offered_in_the_configuration_as_it_is_being_written() -> None:
    text = "staff:\n  abc: {name: Alma Blå, title: lærer}\n  xyz:\n    substitute: |"
    assert beside(text, SourceKind.CONFIG)["abc"] == "Alma Blå (lærer)"


def test_what_a_project_names_is_offered() -> None:
    assert beside("risks:\n  - owner: |", SourceKind.PROJECT)["iik"].startswith("Ingolf Iskrystal")


def test_where_nothing_is_known_nothing_is_offered() -> None:
    assert beside("nonsens:\n  - mere: |") == {}
    assert all(item.kind is OfferKind.KEY for item in offers_in("|"))
