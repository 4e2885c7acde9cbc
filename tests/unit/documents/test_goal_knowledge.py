"""A goal of health stays that, whatever else is done towards it, and whenever."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.kinds.familieplan import FamilieplanContext
from hopdocs.documents.plan_goals import WITHHELD_FROM_MEMBER
from tests.unit.documents.example import TODAY, wanted, words_of, zamirandi

if TYPE_CHECKING:
    from hopdocs.model.family import Family

DANISH = (
    "id: dansk, goal: helbred, area: BES, responsible: iik, for: [nadira], what: Danskkursus, decision: bevilget, "
    "start: 2026-11-03, end: 2027-02-23, hours_per_week: 1, follow_up: {how: Samtale, every_weeks: 6}"
)
READING = "{goal: helbred, date: 2026-11-12, progress: på vej, note: Hun har haft to gode nætter.}"
ADD_COURSE = ("  status:\n", f"    - {{{DANISH}}}\n  status:\n")
ADD_READING = ("  status:\n", f"  status:\n    - {READING}\n")
HERS = ("uden smerter", "leve med smerter", "Nadira går til dansk tre gange", "gode nætter", "Færre aflyste dage")


def without_treatment(family_text: str = "goal: helbred\n      area: SO") -> tuple[str, str]:
    """The treatment is taken from the plan: what stood for it now counts towards another goal."""
    return (family_text, "goal: arbejde\n      area: SO")


def texts(family: Family, who: str, today: date = TODAY) -> str:
    context = wanted(family, today=today)[f"familieplan-{who}"].context
    assert isinstance(context, FamilieplanContext)
    return "\n".join(words_of(context))


def seen(family: Family, who: str, today: date = TODAY) -> list[str]:
    return [words for words in HERS if words in texts(family, who, today)]


def test_a_course_of_danish_towards_it_makes_a_goal_of_health_nobody_elses() -> None:
    family = zamirandi(ADD_COURSE, ADD_READING)
    assert seen(family, "nadira") == list(HERS)
    for who in ("tariq", "yasmin"):
        assert seen(family, who) == []
        assert "Danskkursus" in texts(family, who)
        assert WITHHELD_FROM_MEMBER in texts(family, who)


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2027, 3, 20)])
def test_it_stays_hers_when_the_treatment_is_over(day: date) -> None:
    family = zamirandi(ADD_COURSE, ADD_READING)
    assert seen(family, "tariq", day) == []


def test_areas_read_it_while_the_health_area_is_in_her_consent_and_not_after() -> None:
    family = zamirandi(ADD_COURSE, ADD_READING)
    assert seen(family, "BES") == list(HERS)
    taken_back = ("received_by: iik", "received_by: iik, withdrawn: [{date: 2026-11-20, areas: [SO]}]")
    after = zamirandi(ADD_COURSE, ADD_READING, _on_nadiras_line(taken_back))
    for who in ("BES", "BF", "DU"):
        assert seen(after, who) == []
    assert "Danskkursus" in texts(after, "BES")


def _on_nadiras_line(change: tuple[str, str]) -> tuple[str, str]:
    line = "given: 2026-09-22, areas: [BF, BES, DU, SO], received_by: iik"
    return line, line.replace(*change)


def test_a_goal_whose_treatment_was_deleted_spreads_to_no_copy_that_never_had_it() -> None:
    family = zamirandi(without_treatment(), ADD_READING)
    assert seen(family, "nadira") == list(HERS)
    for who in ("tariq", "yasmin", "BF", "BES", "DU"):
        assert seen(family, who) == []


def test_an_area_on_the_goal_says_what_it_is_about_before_there_is_an_activity() -> None:
    goal = "- id: helbred\n      for: [nadira]"
    for area, readers in (("BES", {"nadira", "tariq", "yasmin", "BF", "BES", "DU"}), ("SO", {"nadira", "BF", "BES"})):
        family = zamirandi(without_treatment(), (goal, f"{goal}\n      area: {area}"))
        found = {
            who for who in ("nadira", "tariq", "yasmin", "BF", "BES", "DU") if "uden smerter" in texts(family, who)
        }
        assert found >= readers - {"DU"}, area
        assert ("tariq" in found) == ("tariq" in readers)


def test_a_goal_of_a_child_with_whom_no_health_area_works_is_the_households_before_anything_is_done() -> None:
    family = zamirandi(("goal: skole\n      area: DU", "goal: arbejde\n      area: DU"))
    for who in ("nadira", "tariq"):
        assert "en voksen i frikvarteret" in texts(family, who)


def test_a_reading_may_name_the_area_whose_knowledge_it_is() -> None:
    note = "note: Fraværet i november er 22 %."
    family = zamirandi((note, f"{note[:-1]} siger lægen., area: SO"))
    assert "siger lægen" not in texts(family, "DU")
    assert "siger lægen" not in texts(family, "yasmin")
    assert "siger lægen" in texts(family, "nadira")  # Sami is under 15: his parents with custody read it


def test_visible_to_widens_it_for_a_person_and_never_past_a_consent_for_an_area() -> None:
    goal = "- id: helbred\n      for: [nadira]"
    everybody = (goal, f"{goal}\n      visible_to: all")
    assert "uden smerter" in texts(zamirandi(everybody), "tariq")
    taken_back = ("received_by: iik", "received_by: iik, withdrawn: [{date: 2026-11-20, areas: [SO]}]")
    assert "uden smerter" not in texts(zamirandi(everybody, _on_nadiras_line(taken_back)), "BF")
