"""The page that a child may be given, and the sheet to write on at the table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from hopdocs.documents.kinds.boernesiden import BoernesidenContext
from hopdocs.documents.kinds.bordark import BordarkContext
from tests.unit.documents.example import TODAY, wanted, words_of, zamirandi
from tests.unit.letters.word_text import W, all_text, parts_of, render
from tools.letters.build import build_template

if TYPE_CHECKING:
    from hopdocs.model.family import Family

AGREED = date(2026, 11, 25)
SCHOOL = "Jeg vil gerne have en voksen i frikvarteret."
SHEET = ("date: 2026-11-24\n", "date: 2026-11-24\n    sheet: ja\n")


def pages(family: Family, today: date = AGREED) -> dict[str, BoernesidenContext]:
    found = {}
    for stem, document in wanted(family, today=today).items():
        if isinstance(document.context, BoernesidenContext):
            found[stem.removeprefix("boernesiden-")] = document.context
    return found


def sheets(family: Family) -> dict[str, BordarkContext]:
    found = {}
    for stem, document in wanted(family).items():
        if isinstance(document.context, BordarkContext):
            found[stem] = document.context
    return found


def test_each_child_with_something_to_say_has_a_page_once_the_plan_is_agreed() -> None:
    assert pages(zamirandi(), TODAY) == {}
    assert set(pages(zamirandi())) == {"sami", "lina", "omar"}
    assert pages(zamirandi())["sami"].words == (SCHOOL,)
    assert pages(zamirandi())["lina"].view == "Har tegnet sine ønsker sammen med Birthe."
    quiet = zamirandi(("        view: Har tegnet sine ønsker sammen med Birthe.\n", ""))
    assert set(pages(quiet)) == {"sami", "omar"}


def test_from_fifteen_on_there_is_a_plan_of_ones_own_instead() -> None:
    assert "yasmin" not in pages(zamirandi())
    younger = zamirandi(
        ("born: 2009-04-18", "born: 2012-04-18"), ("for: [sami]\n      words", "for: [yasmin]\n      words")
    )
    assert "yasmin" in pages(younger)


def test_a_child_reads_nothing_of_its_mothers_treatment_not_even_in_a_goal_of_both() -> None:
    together = ("- id: helbred\n      for: [nadira]", "- id: helbred\n      for: [nadira, sami]")
    for family in (zamirandi(), zamirandi(together)):
        text = " ".join(words_of(pages(family)["sami"])).casefold()
        for secret in ("smerte", "sofus", "sundhed"):
            assert secret not in text


def test_what_one_parent_may_not_read_is_not_on_the_page_that_both_may_hand_over() -> None:
    kept = ("direction: børns trivsel", "direction: børns trivsel\n      visible_to: [nadira, sami]")
    assert "sami" not in pages(zamirandi(kept))


def test_where_a_parent_has_stepped_out_there_is_no_page() -> None:
    taken_back = (
        "areas: [BF, BES, DU], received_by: iik}",
        "areas: [BF, BES, DU], received_by: iik, withdrawn: [{date: 2026-11-24}]}",
    )
    assert pages(zamirandi(taken_back)) == {}


def test_the_goal_is_told_in_the_words_for_the_child_where_there_are_some() -> None:
    assert pages(zamirandi())["sami"].goals == ("Samis fravær er under 10 % i marts 2027.",)
    told = ("direction: børns trivsel", "direction: børns trivsel\n      to_child: Du er i skole hver dag")
    assert pages(zamirandi(told))["sami"].goals == ("Du er i skole hver dag",)


def test_the_page_says_whom_the_child_can_talk_to_and_whether_it_comes_along() -> None:
    page = pages(zamirandi())["sami"]
    assert [person.name for person in page.contacts] == ["Rigmor Rimfrost", "Pelle Pærevang", "Birthe Blåbærris"]
    assert (page.takes_part, page.part) == (True, "de første 30 minutter")
    text = all_text(render("boernesiden", page))
    assert "Du er med de første 30 minutter." in text
    assert "Sig det til en voksen" in all_text(render("boernesiden", pages(zamirandi())["lina"]))
    assert page.recipient.address_lines == ()


def test_a_sheet_is_made_for_a_meeting_that_asks_for_it_one_for_each_of_the_family() -> None:
    assert sheets(zamirandi()) == {}
    assert set(sheets(zamirandi(SHEET))) == {f"bordark-familieplan-{who}" for who in ("nadira", "tariq", "yasmin")}


def test_a_sheet_has_the_goals_of_ones_own_plan() -> None:
    goals = {
        stem.rsplit("-")[-1]: [goal.words for goal in sheet.goals] for stem, sheet in sheets(zamirandi(SHEET)).items()
    }
    assert goals["nadira"] == ["Jeg vil forsørge min familie.", SCHOOL, "Jeg vil kunne lege med børnene uden smerter."]
    assert goals["tariq"] == ["Jeg vil forsørge min familie.", SCHOOL]
    assert "mert" not in " ".join(words_of(sheets(zamirandi(SHEET))["bordark-familieplan-tariq"]))


def test_a_meeting_of_professionals_has_no_sheet() -> None:
    formoede = ("date: 2026-11-10\n    start", "date: 2026-11-10\n    sheet: ja\n    start")
    assert sheets(zamirandi(formoede)) == {}


@pytest.mark.parametrize("stem", ["boernesiden", "bordark"])
def test_papers_to_read_together_are_in_large_type(stem: str) -> None:
    styles = etree.fromstring(parts_of(build_template(stem))["word/styles.xml"])
    size = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
    assert size is not None
    assert int(size.get(f"{W}val") or 0) >= 28
