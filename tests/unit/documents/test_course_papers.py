"""The papers of those who run a course: the køreplan, the interview guide, the screening sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from hopdocs.deadlines.course import course_dates
from hopdocs.documents.desired import wanted_documents
from hopdocs.documents.kinds.course.interviewguide import InterviewguideContext
from hopdocs.documents.kinds.course.koereplan import KoereplanContext, StepLine
from hopdocs.documents.kinds.course.screening import ScreeningContext
from hopdocs.documents.kinds.table import names_of_deliveries
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.state import State
from hopdocs.model.measurement import SurveyLinks
from hopdocs.sources.indicators import parse_catalogue
from tests.unit.documents.example import TODAY, load_config, on_day, regnbuehoej, words_of, zamirandi

if TYPE_CHECKING:
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.model.family import Family

PLAN_IS_HELD = date(2026, 12, 1)


def papers(family: Family, today: date = TODAY) -> dict[str, WantedDocument]:
    return {item.stem: item for item in wanted_documents(on_day(family, today), dates=course_dates)}


def koereplan(family: Family, today: date = TODAY, area: str = "BES") -> KoereplanContext:
    context = papers(family, today)[f"koereplan-{area}"].context
    assert isinstance(context, KoereplanContext)
    return context


def guide(family: Family, today: date = TODAY) -> InterviewguideContext:
    context = papers(family, today)["interviewguide-BES"].context
    assert isinstance(context, InterviewguideContext)
    return context


def step(context: KoereplanContext, text: str) -> StepLine:
    return next(line for line in context.steps if text in line.text)


def enquiry(*changes: tuple[str, str]) -> Family:
    blank = {"information_given": None, "consents": (), "meetings": (), "team": (), "tovholder": (), "plan": None}
    return zamirandi(*changes).model_copy(update=blank)


def screening(family: Family) -> ScreeningContext:
    context = papers(family)["screening"].context
    assert isinstance(context, ScreeningContext)
    return context


def test_the_tovholder_has_every_phase_of_the_course_in_its_order() -> None:
    phases = dict.fromkeys(line.phase for line in koereplan(zamirandi()).steps)
    assert list(phases) == [
        *("Før start", "Samtykke", "Team", "Introduktionsmøde", "Netværkskort", "Måling", "Fagligt formøde"),
        *("Familieplansmøde", "Efter mødet", "Opfølgning", "Ny tovholder", "Ventetid", "Tilbagekaldelse"),
        "Afslutning",
    ]


def test_a_step_has_its_day_from_the_deadlines_and_was_done_when_the_file_says() -> None:
    line = step(koereplan(zamirandi()), "Indledende interview")
    assert (line.due, line.done, line.is_done, line.who) == (
        *(date(2026, 11, 24), date(2026, 10, 20), True),
        "Ingolf Iskrystal",
    )
    assert step(koereplan(zamirandi()), "Udfyldt sammen med familien").is_done


def test_the_parts_of_the_assessment_are_one_line_that_names_what_is_missing() -> None:
    line = step(koereplan(zamirandi()), "Undersøgelsens dele")
    assert line.text == "Undersøgelsens dele er skrevet. Mangler: Sundhed og Omsorg"
    assert (line.due, line.is_overdue) == (date(2026, 11, 10), True)


def test_a_day_that_passes_changes_the_page_only_where_a_step_becomes_overdue_on_it() -> None:
    agenda_is_due = date(2026, 11, 17)
    assert koereplan(zamirandi(), date(2026, 11, 15)) == koereplan(zamirandi(), date(2026, 11, 16))
    assert koereplan(zamirandi(), date(2026, 11, 16)) == koereplan(zamirandi(), agenda_is_due)
    before, after = koereplan(zamirandi(), agenda_is_due), koereplan(zamirandi(), date(2026, 11, 18))
    changed = [new for old, new in zip(before.steps, after.steps, strict=True) if old != new]
    assert [(line.text, line.is_overdue) for line in changed] == [
        ("Familien har dagsordenen til familieplansmødet", True),
    ]
    assert after.overdue_count == before.overdue_count + 1


def test_a_page_of_years_shows_of_what_is_done_again_and_again_only_the_last() -> None:
    held = zamirandi(("date: 2027-01-19", "date: 2026-11-26"))
    lines = koereplan(held, PLAN_IS_HELD).steps
    assert [line.text for line in lines if line.phase == "Efter mødet"] == [
        "Referat og plan fra familieplansmødet er ude",
        "Referat og plan fra opfølgningsmødet er ude",
        "Læg plan og referat på sagen",
    ]


def test_a_colleague_whom_no_consent_covers_with_the_tovholder_is_not_named_on_her_page() -> None:
    apart = zamirandi(
        ("member: nadira, form_given: 2026-09-15, given: 2026-09-22, areas: [BF, BES, DU, SO]",
         "member: nadira, form_given: 2026-09-15, given: 2026-09-22, areas: [BF, DU, SO]"),
    )  # fmt: skip
    text = " ".join(words_of(koereplan(apart)))
    assert step(koereplan(apart), "Undersøgelsens dele").text.endswith("Mangler: 1 andre")
    assert "Sundhed" not in text
    assert "Skumring" not in text


@pytest.mark.parametrize(
    ("title", "hidden"),
    [
        ("Ungeplanen ligger klar", ("decided: 2026-10-01}", "decided: 2026-10-01, visible_to: [yasmin, BF]}")),
        (
            "Børnefaglig undersøgelse er færdig",
            ("given: 2026-09-22, areas: [BF, BES, DU], received_by: iik}", "given: 2026-09-22, areas: [BF, DU]}"),
        ),
    ],
)
def test_a_statutory_plan_or_examination_that_her_area_may_not_know_of_is_no_step_of_hers(
    title: str, hidden: tuple[str, str]
) -> None:
    known = (
        ("since: 2026-03-02}", "since: 2026-03-02, examination: {since: 2026-09-30}}"),
        ("source: DUBU, relation: særskilt}", "source: DUBU, relation: særskilt, decided: 2026-10-01}"),
    )
    assert step(koereplan(zamirandi(*known)), title)
    assert not [line.text for line in koereplan(zamirandi(*known, hidden)).steps if title in line.text]


@pytest.mark.parametrize(
    ("family", "state"),
    [
        (zamirandi().model_copy(update={"meetings": (), "team": (), "tovholder": ()}), State.SAMTYKKE_GIVET),
        (zamirandi().model_copy(update={"consents": ()}), State.INFORMERET),
        (regnbuehoej(), State.SAMTYKKE_TRUKKET),
    ],
)
def test_before_the_team_is_summoned_and_after_a_withdrawal_the_tovholder_has_no_papers(
    family: Family, state: State
) -> None:
    assert on_day(family).state is state
    assert not {item.kind.name for item in papers(family).values()} & {"koereplan", "interviewguide"}


def test_the_papers_of_those_who_run_a_course_are_handed_to_nobody_of_the_family() -> None:
    assert not {"koereplan", "interviewguide", "screening"} & set(names_of_deliveries())


def test_the_first_guide_has_who_answers_in_which_language_and_asks_for_an_interpreter() -> None:
    context = guide(zamirandi())
    assert [(line.name, line.language, line.needs_interpreter) for line in context.people] == [
        ("Nadira Zamirandi", "dari", True),
        ("Tariq Zamirandi", "dari", True),
        ("Yasmin Zamirandi", "", False),
    ]
    assert (context.is_final, context.interpreter_languages, context.has_children) == (False, ("dari",), True)
    assert (context.contact_persons, context.parallel_plans) == (6, 2)


def test_the_guide_has_the_link_to_the_familys_own_survey() -> None:
    assert guide(zamirandi()).survey_url == ""
    links = SurveyLinks(family_start="https://svar.example/{case_number}", family_end="https://svar.example/slut")
    day = on_day(zamirandi())
    asking = FamilyDay.on(day.family, day.config.model_copy(update={"surveys": links}), day.today)
    found = {item.stem: item.context for item in wanted_documents(asking, dates=course_dates)}["interviewguide-BES"]
    assert isinstance(found, InterviewguideContext)
    assert found.survey_url == "https://svar.example/26-012345"


def test_who_has_stepped_out_is_not_asked_in_an_interview() -> None:
    stepped_out = zamirandi(
        (
            "given: 2026-09-22, areas: [BF, BES, DU], received_by: iik}",
            "given: 2026-09-22, areas: [BF, BES, DU], withdrawn: [{date: 2026-11-20}]}",
        )
    )
    assert [line.name for line in guide(stepped_out).people] == ["Nadira Zamirandi", "Yasmin Zamirandi"]


def test_once_the_end_is_in_sight_the_guide_asks_what_has_changed_beside_the_first_answers() -> None:
    family = zamirandi((
        "    type: opfølgningsmøde", "    type: afslutningsmøde"
    ))  # fmt: skip
    measured = family.measurements
    assert measured is not None
    first, later = (
        measured.indicators[0].model_copy(update={"key": "f_oplevelse_1", "month": month, "value": value, "for_": ()})
        for month, value in ((date(2026, 10, 1), Decimal(4)), (date(2026, 11, 1), Decimal(8)))
    )
    answered = measured.model_copy(update={"indicators": (later, first)})
    context = guide(family.model_copy(update={"measurements": answered}))
    assert (context.is_final, context.first_interview) == (True, date(2026, 10, 20))
    assert [(line.topic, line.score) for line in context.earlier] == [("Sammenhæng", Decimal(4))]


def test_the_guide_asks_what_the_catalogue_has_for_the_family_a_municipalitys_own_too() -> None:
    own = parse_catalogue(
        b"indicators:\n"
        b"  - {key: f_ro, label: Ro, who: familie, unit: point, lowest: 0, highest: 10, rhythm: start_og_slut,"
        b" topic: Ro, question: Er der ro?}\n"
        b"  - {key: f_snit, label: Uden skala, who: familie, unit: point, rhythm: start_og_slut, topic: Snit}\n"
    )
    assert own.catalogue is not None
    config = load_config().with_catalogue(own.catalogue)
    family = zamirandi()
    context = next(
        item.context
        for item in wanted_documents(FamilyDay.on(family, config, TODAY), dates=course_dates)
        if item.stem.startswith("interviewguide")
    )
    assert isinstance(context, InterviewguideContext)
    assert [(line.number, line.question) for line in context.topics] == [
        (1, "Hænger hjælpen sammen?"),
        (2, "Bliver I hørt?"),
        (3, "Kender I planerne?"),
        (4, "Ved I, hvem I skal ringe til?"),
        (5, "Er der ro?"),
    ]
    assert context.topics[0].scale == "Hvor godt synes I, at hjælpen fra kommunen passer sammen?"


def test_without_a_first_interview_nothing_is_the_last_one() -> None:
    family = zamirandi(("  baseline_interview: 2026-10-20\n", ""), ("type: opfølgningsmøde", "type: afslutningsmøde"))
    assert not guide(family).is_final


def test_the_sheet_before_anybody_is_asked_names_nobody_but_the_coordinator() -> None:
    named = enquiry(("criteria: [langvarig offentlig forsørgelse, ", "criteria: [Tariq er langvarigt ledig, "))
    text = " ".join(words_of(screening(named)))
    assert "Kamma Korsedderkop" in text
    for name in ("Zamirandi", "Nadira", "Tariq", "Sami", "Ingolf", "Opdigtvej 44"):
        assert name not in text, name
    assert (screening(named).case_number, screening(named).family_id) == ("26-012345", "HOP-2026-007")
    assert [line.text for line in screening(named).reasons if line.is_noted] == ["børn i middel eller svær mistrivsel"]
    assert screening(named).other_reasons == 1


def test_the_sheet_says_which_part_of_the_target_group_fails() -> None:
    assert screening(enquiry()).is_met
    alone = enquiry()
    only_child = alone.model_copy(update={"cases": alone.cases[:1], "criteria": ()})
    context = screening(only_child)
    assert not context.is_met
    assert [line.missing for line in context.criteria] == [
        "Der er ikke skrevet nogen grund.",
        "Ingen aktiv sag nævner en forælder.",
        "Der er aktive sager i 0 andre fagområder; der skal være 1.",
    ]
    assert [line.area for line in context.cases if line.is_active] == ["Børn og Familie"]


def test_without_a_case_in_the_area_that_must_be_there_the_sheet_says_so() -> None:
    family = enquiry()
    context = screening(family.model_copy(update={"cases": family.cases[1:]}))
    assert context.criteria[2].missing == "Der er ingen aktiv sag i Børn og Familie."


def test_the_sheet_goes_when_the_family_is_informed() -> None:
    informed = enquiry().model_copy(update={"information_given": date(2026, 11, 1)})
    assert "screening" in papers(enquiry())
    assert "screening" not in papers(informed)
