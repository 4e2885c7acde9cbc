from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hopdocs.domain.data_deliveries import AT_THE_END
from hopdocs.figures.course import Draw, MeetingFact, Place
from hopdocs.figures.missing import find_missing, say_missing
from tests.unit.figures.courses import (
    FJORDGLIMT,
    TODAY,
    child_entry,
    cost,
    course,
    measured,
    sample_course,
    shipped_catalogue,
)

NAMES = {"BF": "Børn og Familie", "BES": "Beskæftigelse", "HP": "Handicap og Psykiatri"}
PLAN = MeetingFact("familieplansmøde", date(2026, 6, 10), "held", (), (), (), Place("meetings.0"))
EARLY = date(2026, 6, 1)


def said(*, is_monthly: bool = False, on: date = TODAY, **facts: Any) -> list[str]:
    found = find_missing(course(**facts), shipped_catalogue(), on, is_monthly=is_monthly)
    return [say_missing(item, NAMES) for item in found]


def test_nothing_is_missing_where_nothing_was_begun() -> None:
    assert said() == []
    assert said(areas=(), meetings=(PLAN,)) == []


def test_the_sample_says_what_it_lacks_and_nobodys_name() -> None:
    found = find_missing(sample_course(FJORDGLIMT), shipped_catalogue(), TODAY, is_monthly=False)
    texts = [say_missing(item, NAMES) for item in found]
    assert "Datatrækket efter 18 måneder er ikke lavet (senest den 13.\xa0november 2026)." in texts
    assert not [text for text in texts if "malthe" in text.casefold()]


def test_many_months_are_counted_and_not_listed() -> None:
    lines = (measured("b_skole_fravaer", "2025-05", 9), measured("b_skole_fravaer", "2026-10", 9))
    assert said(measured=lines) == [
        "Fravær fra skole eller dagtilbud: der mangler tal for 16 måneder mellem juni 2025 og september 2026."
    ]


def test_a_draw_that_left_an_area_out_is_said() -> None:
    draws = (
        Draw(0, date(2025, 5, 13), date(2025, 5, 13), {"BF": 1, "BES": 2}, Place("a")),
        Draw(6, date(2025, 11, 13), date(2025, 11, 20), {"BF": 1}, Place("b")),
        Draw(AT_THE_END, date(2026, 5, 1), None, {}, Place("c")),
    )
    assert said(draws=draws) == [
        "Datatrækket efter 6 måneder mangler tal fra Beskæftigelse.",
        "Datatrækket ved afslutning er ikke lavet (senest den 1.\xa0maj 2026).",
    ]


def test_interviews_are_missing_after_the_meeting_about_the_plan_and_after_the_end() -> None:
    assert said(meetings=(PLAN,)) == ["Det indledende interview er ikke holdt før mødet om planen."]
    assert said(meetings=(PLAN,), baseline=PLAN.date + timedelta(days=1))[0].startswith("Det indledende")
    ended = said(end=date(2026, 7, 31), start=date(2026, 7, 1))
    assert ended == ["Det afsluttende interview er ikke holdt.", "Der er ingen udgifter for juli 2026."]


def test_a_month_without_any_value_is_said_once_and_not_for_each_indicator() -> None:
    lines = (measured("b_skole_fravaer", "2026-06", 9), measured("b_skole_fravaer", "2026-08", 9))
    facts: dict[str, Any] = {"meetings": (PLAN,), "measured": lines, "baseline": EARLY}
    answers = 4
    assert said(is_monthly=True, **facts)[0] == "Der er ikke skrevet tal for juli 2026, september 2026 og oktober 2026."
    assert len(said(is_monthly=True, **facts)) == 1 + answers
    assert said(**facts)[0].endswith("der mangler tal for juli 2026, september 2026 og oktober 2026.")


def test_a_value_that_comes_each_half_year_is_missing_when_it_is_older() -> None:
    lines = (measured("b_trivsel", "2026-04", 6),)
    assert said(measured=lines, on=date(2026, 10, 30)) == []
    assert said(measured=lines) == ["Barnets trivsel: der mangler et nyt tal (senest den 1.\xa0oktober 2026)."]


def test_what_belongs_to_a_draw_is_near_it() -> None:
    draws = (
        Draw(0, date(2025, 5, 13), date(2025, 5, 13), {}, Place("a")),
        Draw(6, date(2025, 11, 13), date(2025, 11, 20), {}, Place("b")),
    )
    assert said(draws=draws, measured=(measured("f_kontakt", "2025-06", 9, ""),)) == [
        "Kontaktpersoner i kommunen: der mangler et tal til datatrækket efter 6 måneder."
    ]


def test_an_answer_at_the_end_is_held_against_that_of_the_start() -> None:
    lines = tuple(measured(f"f_oplevelse_{number}", "2026-05", 5, "") for number in (1, 2, 3, 4))
    texts = said(measured=lines, baseline=EARLY, start=EARLY, end=date(2026, 6, 30), final=date(2026, 6, 30))
    assert len([text for text in texts if text.endswith("der mangler et svar ved slut.")]) == 4


def test_who_answered_an_sdq_is_said() -> None:
    lines = (measured("b_sdq", "2026-10", 9), measured("b_sdq", "2026-11", 9))
    assert said(measured=lines) == ["SDQ, samlet score: ved 2 tal står der ikke, hvem der har svaret."]


def test_gaps_in_an_areas_costs_are_said() -> None:
    lines = (cost("2026-05", "BF", 1), cost("2026-06", "BF", 1), cost("2026-06", "BES", 1))
    assert said(costs=lines) == ["Beskæftigelse mangler udgifter for maj 2026."]


def test_children_of_whom_nothing_is_said() -> None:
    entries = (child_entry(attended=None), child_entry(attended=False))
    meeting = MeetingFact("opfølgningsmøde", EARLY, "held", (), (), entries, Place("meetings.0"))
    assert said(meetings=(meeting,)) == [
        "Ved 1 møde står der ikke, om barnet var med.",
        "Ved 1 møde står der ikke, hvorfor barnet ikke var med.",
    ]
