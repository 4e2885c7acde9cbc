from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hopdocs.documents.kinds.familieplan import FamilieplanContext
from hopdocs.documents.kinds.samtykkeerklaering import SamtykkeerklaeringContext
from hopdocs.documents.plan_goals import WITHHELD_FROM_AREA
from tests.unit.documents.example import TODAY, load_config, regnbuehoej, wanted, words_of, zamirandi

if TYPE_CHECKING:
    from hopdocs.model.family import Family

SUPPORT = "id: a, goal: aftensmad, area: HP, responsible: mmo, for: [karla], what: Bostøtte, start: 2026-03-09"
BEFORE_WITHDRAWAL = date(2026, 8, 1)


def plan(family: Family, who: str, today: date = TODAY) -> FamilieplanContext:
    context = wanted(family, today=today)[f"familieplan-{who}"].context
    assert isinstance(context, FamilieplanContext)
    return context


def goals(family: Family, who: str) -> list[str]:
    return [goal.words for goal in plan(family, who).goals]


WORK = "Jeg vil forsørge min familie."
SCHOOL = "Jeg vil gerne have en voksen i frikvarteret."
HEALTH = "Jeg vil kunne lege med børnene uden smerter."


def test_a_goal_that_only_a_health_area_works_on_is_seen_by_whom_it_is_for() -> None:
    assert goals(zamirandi(), "nadira") == [WORK, SCHOOL, HEALTH]
    assert goals(zamirandi(), "tariq") == [WORK, SCHOOL]
    assert goals(zamirandi(), "yasmin") == [WORK, SCHOOL]
    for who in ("tariq", "yasmin"):
        assert "mert" not in " ".join(words_of(plan(zamirandi(), who)))


def test_each_area_reads_the_goals_that_its_consents_open() -> None:
    assert goals(zamirandi(), "BF") == [WORK, SCHOOL, HEALTH]
    assert goals(zamirandi(), "SO") == [HEALTH]


def test_goals_are_numbered_as_they_stand_in_this_copy() -> None:
    assert [goal.number for goal in plan(zamirandi(), "SO").goals] == [1]


def test_each_activity_says_what_when_who_and_which_area_decides() -> None:
    activity = plan(zamirandi(), "tariq").goals[0].activities[0]
    assert activity.responsible == "Ingolf Iskrystal"
    assert activity.until.replace("\u00a0", " ") == "31. marts 2027"
    assert activity.hours_per_week == Decimal(20)
    assert activity.follow_up == "Samtale på arbejdspladsen hver 4. uge"
    assert activity.decision_text == "Beskæftigelse har bevilget det."


def test_an_open_end_is_said_with_the_day_it_is_looked_at_again() -> None:
    open_end = zamirandi(("end: 2027-03-31", "end: løbende\n      review: 2027-02-01"))
    activity = plan(open_end, "tariq").goals[0].activities[0]
    assert activity.end is None
    assert activity.until.replace("\u00a0", " ") == "løbende, tages op den 1. februar 2027"


def test_a_law_reference_stands_only_while_it_is_in_force() -> None:
    activity = plan(zamirandi(), "tariq").goals[0].activities[0]
    assert activity.law == "lov om en aktiv beskæftigelsesindsats § 57"
    config = load_config()
    ended = {
        key: config.law[key].model_copy(update={"to": date(2026, 11, 20)}) for key in ("virksomhedspraktik", "min_plan")
    }
    config = config.model_copy(update={"law": {**config.law, **ended}})
    context = wanted(zamirandi(), config)["familieplan-tariq"].context
    assert isinstance(context, FamilieplanContext)
    assert context.goals[0].activities[0].law == ""
    assert context.sector_plans[0].law == ""


def test_the_week_counts_what_this_copy_shows_on_the_next_meetings_day() -> None:
    assert plan(zamirandi(), "tariq").week_day == date(2026, 11, 24)
    assert [(line.name, line.hours) for line in plan(zamirandi(), "tariq").week] == [("Sami", Decimal("1.5"))]
    assert [(line.name, line.hours) for line in plan(zamirandi(), "nadira").week] == [
        ("Nadira", Decimal(2)),
        ("Sami", Decimal("1.5")),
    ]


def test_the_week_says_on_which_days_as_far_as_they_are_known() -> None:
    times = "times: [tirsdage 9.00-9.45, torsdag 9.00-9.45]"
    family = zamirandi(("hours_per_week: 1,5", f"hours_per_week: 1,5\n      {times}"))
    (line,) = plan(family, "tariq").week
    assert [words.replace("\u00a0", " ") for words in line.activities] == [
        "AKT-forløb med fast voksen (1,5 timer: tirsdag kl. 09.00–09.45 og torsdag kl. 09.00–09.45)"
    ]


def test_parents_have_a_page_for_each_child_and_a_youth_none_of_her_siblings() -> None:
    pages = {page.first_name: page for page in plan(zamirandi(), "tariq").children}
    assert list(pages) == ["Sami", "Lina", "Omar"]
    assert pages["Sami"].words == (SCHOOL,)
    assert pages["Lina"].view == "Har tegnet sine ønsker sammen med Birthe."
    assert plan(zamirandi(), "yasmin").children == ()


def test_the_next_meeting_is_the_first_that_is_not_behind_us() -> None:
    upcoming = plan(zamirandi(), "tariq", date(2026, 11, 25)).next_meeting
    assert upcoming is not None
    assert upcoming.id == "opfoelgning-1"
    assert plan(zamirandi(), "tariq", date(2027, 1, 20)).next_meeting is None


def test_a_familys_own_rhythm_comes_with_its_reason() -> None:
    assert (plan(zamirandi(), "tariq").follow_up_weeks, plan(zamirandi(), "tariq").follow_up_reason) == (8, "")
    own = zamirandi(
        (
            "measurements:",
            "follow_up: {every_weeks: 4, reason: Nadira orker mere nu., told_as: familiens ønske}\nmeasurements:",
        )
    )
    assert (plan(own, "tariq").follow_up_weeks, plan(own, "tariq").follow_up_reason) == (4, "familiens ønske")


def test_a_goal_put_aside_moves_to_its_own_list_and_off_the_childs_page() -> None:
    ended = zamirandi(
        ("direction: børns trivsel", "direction: børns trivsel\n      ended: {date: 2026-11-01, reason: Nået.}")
    )
    copy = plan(ended, "tariq")
    assert [goal.words for goal in copy.goals] == [WORK]
    assert [(goal.words, goal.ended_reason) for goal in copy.ended_goals] == [(SCHOOL, "Nået.")]
    assert "Sami" not in {page.first_name for page in copy.children if page.goals}


def test_the_other_homes_private_part_is_not_in_the_copy() -> None:
    shared = regnbuehoej(("  activities:\n", f"  activities:\n    - {{{SUPPORT}}}\n"))
    karla, anton = (" ".join(words_of(plan(shared, who, BEFORE_WITHDRAWAL))) for who in ("karla", "anton"))
    assert "Bostøtte" in karla
    assert "Rusmiddelsamtaler" not in karla
    assert "Bostøtte" not in anton
    assert "Rusmiddelsamtaler" in anton
    assert "Opdigtvej" not in karla.replace("Opdigtvej 12", "").replace("Opdigtvej 1,", "")


def test_people_see_their_own_consent_and_their_childrens_but_not_each_others() -> None:
    assert [line.name for line in plan(zamirandi(), "tariq").sharing] == [
        "Tariq Zamirandi",
        "Sami Zamirandi",
        "Lina Zamirandi",
        "Omar Zamirandi",
    ]
    assert [line.name for line in plan(zamirandi(), "yasmin").sharing] == ["Yasmin Zamirandi"]
    assert [line.name for line in plan(zamirandi(), "SO").sharing] == ["Nadira Zamirandi"]


def test_the_team_list_of_a_family_copy_has_those_who_work_with_the_household() -> None:
    assert "Sofus Skumring" in {line.name for line in plan(zamirandi(), "nadira").team}
    assert "Sofus Skumring" not in {line.name for line in plan(zamirandi(), "tariq").team}
    assert "Sofus Skumring" in {line.name for line in plan(zamirandi(), "DU").team}


def test_the_nearest_of_the_network_come_first() -> None:
    assert [line.circle for line in plan(zamirandi(), "tariq").network] == ["meget tæt", "tæt"]


def test_a_family_without_a_plan_yet_gets_a_draft_to_write_in() -> None:
    copy = plan(zamirandi().model_copy(update={"plan": None}), "tariq")
    assert copy.document.draft
    assert (copy.goals, copy.shared_goal) == ((), "")


def test_a_statutory_plan_says_what_this_plan_does_to_it() -> None:
    lines = plan(zamirandi(), "tariq").sector_plans
    assert [(line.name, line.relation, line.is_attached) for line in lines] == [
        ("Min Plan", "erstattes", True),
        ("Ungeplan", "særskilt", False),
    ]


def test_a_parent_signs_for_the_children_under_sixteen_and_a_youth_for_herself() -> None:
    forms = {who: wanted(zamirandi())[f"samtykkeerklaering-{who}"].context for who in ("tariq", "yasmin")}
    assert isinstance(forms["tariq"], SamtykkeerklaeringContext)
    assert isinstance(forms["yasmin"], SamtykkeerklaeringContext)
    assert forms["tariq"].children == ("Sami Zamirandi", "Lina Zamirandi", "Omar Zamirandi")
    assert forms["yasmin"].children == ()
    assert [line.code for line in forms["tariq"].areas if line.is_health] == ["SO"]


def test_what_is_behind_us_is_told_from_what_is_done() -> None:
    past = zamirandi(("start: 2026-11-09\n      end: 2027-04-30", "start: 2026-10-09\n      end: 2026-11-20"))
    activities = [activity for goal in plan(past, "tariq").goals for activity in goal.activities]
    assert [(activity.what, activity.is_over) for activity in activities] == [
        ("Virksomhedspraktik i Vesterlyng Gartneri", False),
        ("AKT-forløb med fast voksen", True),
    ]


def test_another_homes_tovholder_is_named_without_whom_she_works_with() -> None:
    lines = {line.name: line for line in plan(regnbuehoej(), "anton", BEFORE_WITHDRAWAL).team}
    assert lines["Mette Morgenfrue"].is_tovholder
    assert lines["Mette Morgenfrue"].for_ == ()


OWN_ACTIVITY = (
    "    - id: akt\n      goal: skole\n      area: DU\n      responsible: ppa",
    "    - id: akt\n      goal: skole\n      area: DU\n      responsible: nadira",
)
UNDECIDED = ("what: AKT-forløb med fast voksen\n      decision: bevilget", "what: Madpakker om aftenen")


def test_what_the_family_does_itself_is_nobody_elses_to_decide() -> None:
    own = plan(zamirandi(OWN_ACTIVITY, UNDECIDED), "nadira").goals[1].activities[0]
    assert (own.responsible, own.decision_text) == ("Nadira Zamirandi", "Det bestemmer familien selv.")
    others = plan(zamirandi(UNDECIDED), "nadira").goals[1].activities[0]
    assert others.decision_text == "Det afgøres ikke i denne plan. Dagtilbud og Undervisning tager stilling."


PARTNER = "  omar: {name: Omar Zamirandi, role: child, born: 2024-02-11}"
WITH_PARTNER = (PARTNER, f"{PARTNER}\n  faris: {{name: Faris Fjord, role: partner, born: 1980-01-01}}")


def test_an_adult_without_custody_gets_the_plan_only_with_a_consent_of_her_own() -> None:
    def papers(answer: str) -> set[str]:
        line = (
            "consents:\n",
            f"consents:\n  - {{member: faris, form_given: 2026-09-15, {answer}, received_by: iik}}\n",
        )
        changes = (WITH_PARTNER, line) if answer else (WITH_PARTNER,)
        stems = wanted(zamirandi(*changes))
        return {stem.split("-")[0] for stem in stems if stem.endswith("-faris")} & {"invitation", "familieplan"}

    assert papers("given: 2026-09-22, areas: [BF]") == {"invitation", "familieplan"}
    assert papers("refused: 2026-09-22") == set()
    assert papers("given: 2026-09-22, areas: [BF], withdrawn: [{date: 2026-11-01}]") == set()
    assert papers("") == {"invitation"}


CLOSED = (
    "\nmeasurements:",
    (
        "\nclosing:\n  date: 2026-11-20\n  reason: Målene er nået\n  continues:\n"
        "    - {plan: barnets plan, area: BF}\n    - {plan: smerteforløb, area: SO}\n\nmeasurements:"
    ),
)


def test_a_course_that_has_ended_speaks_of_what_goes_on_and_not_of_the_next_meeting() -> None:
    last = plan(zamirandi(CLOSED), "nadira")
    assert last.closing is not None
    assert (last.closing.date, last.closing.reason) == (date(2026, 11, 20), "Målene er nået")
    assert last.closing.continues == ("Barnets plan (Børn og Familie)", "Smerteforløb (Sundhed og Omsorg)")
    assert last.week == ()
    assert plan(zamirandi(CLOSED), "nadira", date(2026, 11, 19)).closing is None


def test_a_treatment_that_goes_on_is_told_only_to_whom_it_is_for() -> None:
    for who in ("tariq", "yasmin"):
        copy = plan(zamirandi(CLOSED), who)
        assert copy.closing is not None
        assert copy.closing.continues == ("Barnets plan (Børn og Familie)",)


def test_a_family_that_has_moved_away_has_no_next_step_either() -> None:
    moved = plan(zamirandi(("\nmeasurements:", "\nmoved_away: 2026-11-15\n\nmeasurements:")), "tariq")
    assert moved.closing is not None
    assert moved.closing.date == date(2026, 11, 15)
    assert moved.closing.continues == ()


SHARED_GOAL = ("- id: skole\n      for: [sami]", "- id: skole\n      for: [sami, tariq]")
NARROW = (
    "given: 2026-09-22, areas: [BF, BES, DU], received_by: iik",
    "given: 2026-09-22, areas: [BF, BES], received_by: iik",
)


def test_an_area_reads_its_own_work_also_towards_a_goal_whose_words_are_not_its_to_read() -> None:
    """Tariq's part of the goal is none of the school's business; what the school does for Sami is."""
    work = ("for: [sami]\n      what: AKT-forløb", "for: [yasmin]\n      what: AKT-forløb")
    copy = plan(zamirandi(SHARED_GOAL, NARROW, work), "DU")
    (goal,) = [goal for goal in copy.goals if goal.goal == WITHHELD_FROM_AREA]
    assert (goal.words, goal.need, goal.sign, goal.status) == ("", "", "", None)
    assert [activity.what for activity in goal.activities] == ["AKT-forløb med fast voksen"]
    assert not [text for text in words_of(copy) if "frikvarteret" in text]
    assert WITHHELD_FROM_AREA not in [goal for page in copy.children for goal in page.goals]


def test_a_goal_kept_to_some_by_hand_takes_its_activities_with_it() -> None:
    kept = ("direction: børns trivsel", "direction: børns trivsel\n      visible_to: [nadira, sami]")
    assert "AKT-forløb med fast voksen" not in words_of(plan(zamirandi(kept), "DU"))


def test_no_hours_are_not_counted_as_a_week() -> None:
    assert [line.name for line in plan(zamirandi(("hours_per_week: 1,5", "hours_per_week: 0")), "nadira").week] == [
        "Nadira"
    ]


def test_a_withheld_goal_is_on_no_childs_page_either() -> None:
    goal = ("- id: skole\n      for: [sami]", "- id: skole\n      for: [yasmin, tariq]")
    work = ("for: [sami]\n      what: AKT-forløb", "for: [yasmin]\n      what: AKT-forløb")
    copy = plan(zamirandi(goal, NARROW, work), "DU")
    assert WITHHELD_FROM_AREA in [item.goal for item in copy.goals]
    (page,) = [page for page in copy.children if page.first_name == "Yasmin"]
    assert page.goals == ()
    assert page.activities == ("AKT-forløb med fast voksen (Pelle Pærevang)",)


def test_what_is_over_is_off_the_childs_page() -> None:
    page = {page.first_name: page for page in plan(zamirandi(), "tariq").children}["Sami"]
    assert page.activities == ("AKT-forløb med fast voksen (Pelle Pærevang)",)
    over = zamirandi(("end: 2027-04-30", "end: 2026-11-20"))
    assert {page.first_name: page for page in plan(over, "tariq").children}["Sami"].activities == ()


def test_the_plan_of_a_course_that_has_ended_is_final() -> None:
    for family, day, is_final in (
        (zamirandi(CLOSED), date(2026, 11, 21), True),
        (zamirandi(CLOSED), date(2026, 11, 19), False),
    ):
        plans = [
            item for stem, item in wanted(family, today=day).items() if "familieplan-" in stem and not item.meeting
        ]
        assert plans
        assert {item.final for item in plans} == {is_final}
