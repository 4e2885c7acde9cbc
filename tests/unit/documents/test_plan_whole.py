"""What the plan says of a family beside its goals and what is done: strengths, how far it is, what to do when hard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.kinds.familieplan import FamilieplanContext
from hopdocs.documents.plan_goals import WITHHELD_FROM_AREA
from hopdocs.documents.views import GoalPath
from tests.unit.documents.example import regnbuehoej, wanted, words_of, zamirandi
from tests.unit.documents.test_familieplan import BEFORE_WITHDRAWAL, NARROW, SHARED_GOAL, plan
from tests.unit.letters.word_text import all_text, render

if TYPE_CHECKING:
    from hopdocs.model.family import Family

SCHOOL_PATH = ("direction: børns trivsel", "direction: børns trivsel\n      indicator: skolefravær")
TARGET = ("indicator: skolefravær", "indicator: skolefravær\n      target: højst 10 %")
RESOURCES = (
    "  goals:\n",
    (
        "  resources:\n    - Vi griner sammen\n"
        "    - {text: Nadira er god til at bede om hjælp, for: [nadira], visible_to: [nadira, SO]}\n  goals:\n"
    ),
)
WHEN_HARD = (
    "  sector_plans:\n",
    (
        "  when_hard:\n    - Vi ringer til farbror Karim\n    - {text: Kun mor ved det, visible_to: [nadira]}\n"
        "  sector_plans:\n"
    ),
)


def path_of(family: Family, who: str) -> GoalPath | None:
    return next(goal.path for goal in plan(family, who).goals if "Sami" in goal.for_)


def test_a_goal_shows_where_it_began_and_where_it_is_from_its_indicator() -> None:
    assert path_of(zamirandi(), "tariq") is None
    assert path_of(zamirandi(SCHOOL_PATH), "tariq") == GoalPath(
        baseline="38 % (september 2026)", now="31 % (oktober 2026)", wanted="Samis fravær er under 10 % i marts 2027."
    )
    named = path_of(zamirandi(SCHOOL_PATH, TARGET), "tariq")
    assert named is not None
    assert named.wanted == "højst 10 %"


def test_where_it_began_may_be_words_and_the_latest_reading_is_where_it_is() -> None:
    words = ("direction: børns trivsel", "direction: børns trivsel\n      baseline: Sami kom to dage om ugen")
    found = path_of(zamirandi(words), "tariq")
    assert found is not None
    assert (found.baseline, found.now.replace("\u00a0", " ")) == (
        "Sami kom to dage om ugen",
        "På vej (10. november 2026)",
    )


def test_an_indicator_of_somebody_else_says_nothing_of_this_goal() -> None:
    other = ("- {key: skolefravær, for: [sami], month: 2026-10", "- {key: skolefravær, for: [yasmin], month: 2026-10")
    found = path_of(zamirandi(SCHOOL_PATH, other), "tariq")
    assert found is not None
    assert (found.baseline, found.now) == ("38 % (september 2026)", "På vej (10.\u00a0november 2026)")


def test_how_far_a_goal_is_goes_with_its_words() -> None:
    work = ("for: [sami]\n      what: AKT-forløb", "for: [yasmin]\n      what: AKT-forløb")
    told = ("direction: børns trivsel", "direction: børns trivsel\n      baseline: Sami kom aldrig")
    copy = plan(zamirandi(SHARED_GOAL, NARROW, work, told), "DU")
    (goal,) = [goal for goal in copy.goals if goal.goal == WITHHELD_FROM_AREA]
    assert goal.path is None
    assert goal.direction == ""


def test_goals_stand_under_what_they_are_about_as_far_as_this_reader_knows_it() -> None:
    headings = {who: [goal.heading for goal in plan(zamirandi(), who).goals] for who in ("nadira", "tariq", "SO")}
    assert headings["nadira"] == ["Job, uddannelse og økonomi", "Hverdag og trivsel", "Sundhed"]
    assert headings["tariq"] == ["Job, uddannelse og økonomi", "Hverdag og trivsel"]
    assert headings["SO"] == ["Sundhed"]


def test_goals_of_one_heading_stand_together_and_are_numbered_in_that_order() -> None:
    youth = ("direction: livsmestring", "direction: uddannelse")
    own = ("- id: helbred\n      for: [nadira]", "- id: helbred\n      for: [tariq]")
    language = (
        "area: SO\n      responsible: ssk\n      for: [nadira]",
        "area: BES\n      responsible: iik\n      for: [tariq]",
    )
    goals = plan(zamirandi(youth, own, language), "nadira").goals
    assert [(goal.number, goal.direction, goal.heading) for goal in goals] == [
        (1, "job", "Job, uddannelse og økonomi"),
        (2, "uddannelse", ""),
        (3, "børnenes trivsel", "Hverdag og trivsel"),
    ]


def test_where_all_goals_are_of_everyday_life_the_heading_asks_who_does_what() -> None:
    plain = ("direction: beskæftigelse", "direction: livsmestring")
    assert [goal.heading for goal in plan(zamirandi(plain), "tariq").goals] == [
        "Hvad er målene, og hvem gør hvad?",
        "",
    ]


def test_the_plan_begins_with_what_goes_well_from_the_areas_that_the_reader_may_read() -> None:
    works = {
        who: [(line.text, line.area) for line in plan(zamirandi(), who).strengths]
        for who in ("nadira", "yasmin", "SO", "BF")
    }
    home = ("Forældrene holder sammen om børnene.", "Børn og Familie")
    assert works["nadira"][0] == home
    assert works["BF"][0] == home
    assert len(works["nadira"]) == 3
    assert works["yasmin"] == []
    assert works["SO"] == []
    text = all_text(render("familieplan", plan(zamirandi(), "nadira")))
    assert text.index(home[0]) < text.index("Vi vil have en hverdag")


def test_the_plans_own_words_of_what_goes_well_take_the_place_of_the_areas() -> None:
    texts = {
        who: [line.text for line in plan(zamirandi(RESOURCES), who).strengths] for who in ("nadira", "tariq", "SO")
    }
    assert texts["nadira"] == ["Vi griner sammen", "Nadira er god til at bede om hjælp"]
    assert texts["tariq"] == ["Vi griner sammen"]
    assert texts["SO"] == ["Vi griner sammen", "Nadira er god til at bede om hjælp"]


def test_what_the_family_does_when_it_is_hard_stands_before_whom_to_call() -> None:
    assert plan(zamirandi(WHEN_HARD), "tariq").when_hard == ("Vi ringer til farbror Karim",)
    text = all_text(render("familieplan", plan(zamirandi(WHEN_HARD), "nadira")))
    assert text.index("Kun mor ved det.") < text.index("Sig, at det haster")


@pytest.mark.parametrize("written", ["ssk", "Sofus Skumring"])
@pytest.mark.parametrize(("who", "name"), [("nadira", "Sofus Skumring"), ("tariq", "Pelle Pærevang")])
def test_who_follows_up_is_named_where_the_reader_may_know_her_work(who: str, name: str, written: str) -> None:
    """A health adviser who follows up on the school's work would tell the father of the mother's treatment."""
    by = (
        "follow_up: {how: Møde på skolen, every_weeks: 6}",
        f"follow_up: {{how: Møde på skolen, every_weeks: 6, by: {written}}}",
    )
    serves = ("for: [sami]\n      what: AKT-forløb", "for: [nadira]\n      what: AKT-forløb")
    goal = ("- id: skole\n      for: [sami]", "- id: skole\n      for: [nadira]")
    lines = [line for item in plan(zamirandi(by, serves, goal), who).goals for line in item.activities]
    assert {line.followed_up_by for line in lines if "AKT" in line.what} == {name}


def test_each_sector_plan_says_which_system_it_is_kept_in() -> None:
    text = all_text(render("familieplan", plan(zamirandi(), "tariq")))
    assert "Beskæftigelse. Føres i Momentum." in text
    assert "Børn og Familie. Føres i DUBU." in text


def test_a_goals_heading_says_what_it_moves_towards() -> None:
    text = all_text(render("familieplan", plan(zamirandi(), "nadira")))
    assert "Mål 1 for Tariq: job" in text
    assert "Mål 3 for Nadira: at klare hverdagen" in text


def test_the_history_says_nothing_that_stands_under_the_goals_already() -> None:
    assert plan(zamirandi(), "tariq").history == ()
    again = (
        "  sector_plans:\n",
        "    - {goal: skole, date: 2026-11-20, progress: nået}\n  sector_plans:\n",
    )
    assert [line.progress for line in plan(zamirandi(again), "tariq").history] == ["nået", "på vej"]


def test_no_page_is_left_half_empty_for_a_heading() -> None:
    docx = wanted(zamirandi())["familieplan-nadira"].context
    assert isinstance(docx, FamilieplanContext)
    assert b"pageBreakBefore" not in render("familieplan", docx)


def test_the_other_home_reads_nothing_of_the_assessment_of_this_one() -> None:
    part = (
        "assessment:\n  - {area: BF, by: rri, date: 2026-03-01, works: De holder hverdagen, for: [karla]}\n\nmeetings:"
    )
    family = regnbuehoej(("meetings:", part))
    assert "De holder hverdagen" in words_of(plan(family, "karla", BEFORE_WITHDRAWAL))
    assert "De holder hverdagen" not in words_of(plan(family, "anton", BEFORE_WITHDRAWAL))
