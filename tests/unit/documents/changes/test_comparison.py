from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.audience import AreaReader, Audience, MemberReader
from hopdocs.documents.changes.comparison import ChangeKind, changes_between, sight_of_gone
from hopdocs.documents.changes.facts import facts_of, read_facts
from hopdocs.model.scalars.values import AreaCode, MemberKey
from tests.unit.documents.example import TODAY, on_day, regnbuehoej, wanted, zamirandi

if TYPE_CHECKING:
    from hopdocs.documents.changes.facts import PlanFacts
    from hopdocs.model.family import Family

SINCE = date(2026, 11, 10)
NEW_HELP = (
    "  status:\n",
    (
        "    - {id: bold, goal: skole, area: DU, responsible: ppa, for: [sami], what: Holdtræning,"
        " decision: bevilget, start: 2026-12-01, end: 2027-03-31}\n  status:\n"
    ),
)
STATUS = "    - {goal: skole, date: 2026-11-10, progress: på vej, note: Fraværet i november er 22 %.}\n"
HALF_A_YEAR = date(2026, 8, 1)


def facts(family: Family, who: str, today: date = TODAY) -> PlanFacts:
    found = read_facts(facts_of(wanted(family, today=today)[f"familieplan-{who}"]))
    assert found is not None
    return found


def changes(before: Family, now: Family, who: str = "nadira", today: date = TODAY) -> list[tuple[ChangeKind, str]]:
    audience = Audience(on_day(now, today))
    reader = MemberReader(MemberKey(who)) if who in now.members else AreaReader(AreaCode(who))
    found = changes_between(
        facts(before, who, today), facts(now, who, today), family=now.id, since=SINCE,
        may_still_see=sight_of_gone(audience, reader),
    )  # fmt: skip
    return [(change.kind, change.text.replace("\u00a0", " ")) for change in found]


def texts(before: Family, now: Family, who: str = "nadira", today: date = TODAY) -> list[str]:
    return [text for _, text in changes(before, now, who, today)]


def test_nothing_is_new_in_the_same_plan_on_another_day() -> None:
    there = facts(zamirandi(), "nadira", date(2026, 11, 23))
    later = facts(zamirandi(), "nadira", date(2027, 5, 1))
    assert there == later


def test_new_help_is_told_with_its_first_day() -> None:
    assert changes(zamirandi(), zamirandi(NEW_HELP)) == [
        (ChangeKind.ADDED, "Ny hjælp: Holdtræning for Sami. Fra den 1. december 2026.")
    ]


def test_what_the_family_does_itself_is_an_agreement_and_no_help() -> None:
    new = (
        "  status:\n",
        (
            "    - {id: bold, goal: skole, area: DU, responsible: tariq, for: [sami], what: Følges i skole,"
            " start: 2026-12-01}\n  status:\n"
        ),
    )
    assert texts(zamirandi(), zamirandi(new)) == ["Ny aftale: Følges i skole for Sami. Fra den 1. december 2026."]


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        ("bevilget", "Sundhed og Omsorg har bevilget »Smertehåndteringsforløb« for Nadira."),
        ("afslag", "Sundhed og Omsorg har sagt nej til »Smertehåndteringsforløb« for Nadira."),
        ("ansøgt", "Der er søgt om »Smertehåndteringsforløb« for Nadira."),
    ],
)
def test_a_decision_is_told_with_the_area_that_took_it(decision: str, told: str) -> None:
    found = changes(zamirandi(), zamirandi(("decision: afventer", f"decision: {decision}")))
    assert found == [(ChangeKind.DECIDED, told)]


@pytest.mark.parametrize(
    ("progress", "kind", "told"),
    [
        ("nået", ChangeKind.REACHED, "Målet »Samis fravær er under 10 % i marts 2027« er nået."),
        ("opgivet", ChangeKind.CHANGED, "Målet »Samis fravær er under 10 % i marts 2027« er opgivet."),
    ],
)
def test_a_reading_that_says_something_else_is_told(progress: str, kind: ChangeKind, told: str) -> None:
    new = zamirandi((STATUS, f"{STATUS}    - {{goal: skole, date: 2026-11-20, progress: {progress}}}\n"))
    assert changes(zamirandi(), new) == [(kind, told)]


def test_a_reading_that_says_the_same_again_is_nothing_new() -> None:
    new = zamirandi((STATUS, f"{STATUS}    - {{goal: skole, date: 2026-11-20, progress: på vej}}\n"))
    assert texts(zamirandi(), new) == []


def test_a_goal_put_aside_and_one_that_is_reworded_are_told() -> None:
    ended = ("      direction: børns trivsel\n", "      direction: børns trivsel\n      ended: {date: 2026-11-20}\n")
    assert texts(zamirandi(), zamirandi(ended)) == [
        "Målet »Samis fravær er under 10 % i marts 2027« er afsluttet den 20. november 2026."
    ]
    reworded = ("under 10 % i marts 2027", "under 5 % til sommer")
    assert texts(zamirandi(), zamirandi(reworded)) == [
        (
            "Målet »Samis fravær er under 10 % i marts 2027« er ændret."
            " Nu lyder det: »Samis fravær er under 5 % til sommer«."
        )
    ]


def test_a_meeting_is_moved_from_when_to_when() -> None:
    moved = ("    date: 2026-11-24\n", "    date: 2026-11-26\n")
    assert changes(zamirandi(), zamirandi(moved)) == [
        (
            ChangeKind.MOVED,
            (
                "Mødet er flyttet fra tirsdag den 24. november 2026 kl. 10.00–12.00 til torsdag den 26. november 2026"
                " kl. 10.00–12.00."
            ),
        )
    ]


def test_a_meeting_that_is_off_is_told_and_one_that_lay_behind_is_not() -> None:
    off = ("    date: 2027-01-19\n", "    date: 2027-01-19\n    status: cancelled\n    reason: ferie\n")
    assert texts(zamirandi(), zamirandi(off)) == ["Mødet tirsdag den 19. januar 2027 kl. 10.00–11.30 er aflyst."]
    behind = regnbuehoej(("    date: 2026-10-20\n", "    date: 2026-10-21\n"))
    assert texts(regnbuehoej(), behind, "karla", HALF_A_YEAR) == []


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (("end: 2027-04-30", "end: 2027-06-25"), ("»AKT-forløb med fast voksen« for Sami fortsætter nu til den"
         " 25. juni 2027. Før var det den 30. april 2027.")),
        (("end: 2027-04-30", "end: 2027-01-31"), ("»AKT-forløb med fast voksen« for Sami slutter nu den"
         " 31. januar 2027. Før var det den 30. april 2027.")),
        (("end: 2027-04-30", "end: løbende\n      review: 2027-02-01"),
         "»AKT-forløb med fast voksen« for Sami fortsætter nu uden slutdato."),
        (("hours_per_week: 1,5", "hours_per_week: 3"),
         "»AKT-forløb med fast voksen« for Sami er nu 3 timer om ugen. Før var det 1,5."),
        (("responsible: ppa", "responsible: bbl"),
         "Det er nu Birthe Blåbærris, der står for »AKT-forløb med fast voksen« for Sami."),
        (("every_weeks: 6", "every_weeks: 3"),
         "Sådan følger vi nu op på »AKT-forløb med fast voksen« for Sami: Møde på skolen hver 3. uge."),
        (("AKT-forløb med fast voksen", "En fast voksen"), "»AKT-forløb med fast voksen« hedder nu »En fast voksen«."),
    ],
)  # fmt: skip
def test_what_changed_in_the_help_is_told_with_what_it_was(edit: tuple[str, str], told: str) -> None:
    assert texts(zamirandi(), zamirandi(edit)) == [told]


def test_what_is_taken_out_of_the_plan_is_told() -> None:
    assert texts(zamirandi(NEW_HELP), zamirandi()) == [
        "»Holdtræning« for Sami står ikke længere i planen.",
    ]


def test_what_she_may_no_longer_see_is_not_mentioned_at_all() -> None:
    hidden = zamirandi(("      what: Smerte", "      visible_to: [SO]\n      what: Smerte"))
    assert texts(zamirandi(), hidden) == []


def test_what_she_may_not_see_any_more_is_not_mentioned_when_it_is_deleted_either() -> None:
    withdrawn = (
        "areas: [BF, BES, DU, SO], received_by: iik}",
        "areas: [BF, BES, DU, SO], received_by: iik, withdrawn: [{date: 2026-11-20, areas: [SO]}]}",
    )
    gone = zamirandi(
        withdrawn,
        ("goal: helbred\n      area: SO", "goal: helbred\n      area: BES"),
        ("    - id: smerter\n", "    - id: andet\n"),
    )
    told = texts(zamirandi(), gone, "BF")
    assert not [text for text in told if "Smerte" in text and "længere" in text]


def test_what_she_is_only_now_allowed_to_see_is_not_told_as_new() -> None:
    narrow = zamirandi(("      what: AKT", "      visible_to: [sami, DU]\n      what: AKT"))
    assert texts(narrow, zamirandi()) == []


def test_what_another_reader_alone_may_see_is_told_to_that_reader_alone() -> None:
    decided = zamirandi(("decision: afventer", "decision: bevilget"))
    assert texts(zamirandi(), decided, "tariq") == []
    assert texts(zamirandi(), decided, "BES") == texts(zamirandi(), decided, "nadira")


def test_a_new_tovholder_and_who_joins_and_leaves_the_team_are_told() -> None:
    new = zamirandi(
        ("chosen_by: team, substitute: rri}\n", ("chosen_by: team, substitute: rri}\n"
         "  - {staff: rri, from: 2026-11-24, chosen_by: family}\n")),
        ("{staff: bbl, from: 2026-10-06,", "{staff: bbl, from: 2026-10-06, to: 2026-12-01,"),
        ("team:\n", "team:\n  - {staff: tta, from: 2026-12-01, for: [tariq]}\n"),
    )  # fmt: skip
    assert texts(zamirandi(), new, "tariq") == [
        "Fra den 24. november 2026 er Rigmor Rimfrost tovholder.",
        "Ny i teamet fra den 1. december 2026: Torben Tågehorn, jobrådgiver.",
        "Birthe Blåbærris er med i teamet til og med den 1. december 2026.",
    ]


def test_a_tovholder_who_is_chosen_again_is_nothing_new() -> None:
    again = zamirandi(("chosen_by: team, substitute: rri}\n", ("chosen_by: team, substitute: rri}\n"
                       "  - {staff: iik, from: 2026-11-24, chosen_by: family}\n")))  # fmt: skip
    assert texts(zamirandi(), again) == []


def test_the_facts_are_the_same_text_for_the_same_plan_and_hold_nothing_for_other_papers() -> None:
    papers = wanted(zamirandi())
    plan = papers["familieplan-nadira"]
    assert facts_of(plan) == facts_of(wanted(zamirandi())["familieplan-nadira"])
    assert facts_of(papers["samlet-familieplan-tariq"]) == facts_of(papers["familieplan-tariq"])
    assert facts_of(papers["dagsorden-familieplan"]) == ""


@pytest.mark.parametrize("kept", ["", "no json", "{}", '{"form": 99, "facts": [], "existed": ""}', "[1]"])
def test_facts_that_cannot_be_read_are_as_if_they_were_not_known(kept: str) -> None:
    assert read_facts(kept) is None
