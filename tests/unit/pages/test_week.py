from __future__ import annotations

from dataclasses import replace
from datetime import date

from hopdocs.domain.family_day import FamilyDay
from hopdocs.pages.composition import family_row, family_view
from hopdocs.pages.overview import render_family, render_overview
from hopdocs.pages.sections.week import DayLine, group_weeks
from hopdocs.pages.views import FamilyRow
from tests.unit.pages.sample import TODAY, config, edited, family, today
from tests.unit.pages.test_pages import FAMILIES, Outline, facts, overview

MONDAY = date(2026, 11, 23)


def row(*days: DayLine) -> FamilyRow:
    return FamilyRow("HOP-1", "Familien Prøve", "hop-1/overblik.html", "i gang", "Ingolf, rådgiver", days=days)


def test_a_week_begins_on_its_monday_and_ends_on_its_sunday() -> None:
    sunday, last, after = (DayLine(date(2026, 11, day), "", f"{day}.") for day in (22, 23, 30))
    this, following = group_weeks([row(sunday, last, after)], TODAY)
    assert [line.what for line, _ in this.lines] == ["22."]
    assert [line.what for line, _ in following.lines] == ["23."]
    assert (this.title, following.title) == ("Denne uge (uge\u00a047)", "Næste uge (uge\u00a048)")


def test_days_that_are_over_are_not_shown_from_a_row_of_an_earlier_day() -> None:
    this, _ = group_weeks(
        [row(DayLine(MONDAY, "", "i går"), DayLine(date(2026, 11, 24), "", "i dag"))], date(2026, 11, 24)
    )
    assert [line.what for line, _ in this.lines] == ["i dag"]


def test_the_weeks_of_all_families_are_in_the_order_of_their_days() -> None:
    rows = [family_row(today(family(number)), f"hop-{number}", ()) for number in FAMILIES]
    _, following = group_weeks(rows, TODAY)
    assert [(line.what, line.at, of.family) for line, of in following.lines] == [
        ("Mind om samtykket (1. gang)", "", "HOP-2026-009"),
        ("familieplansmøde", "kl.\u00a010.00", "HOP-2026-007"),
    ]


def test_a_meeting_in_a_home_says_not_whose() -> None:
    at_home = edited("2026-007", "place: havoern\n    interpreter", "place: home:nadira\n    interpreter")
    page = Outline(render_overview(overview(family_row(today(at_home), "hop-2026-007", ())))).text
    assert "i hjemmet" in page
    assert "Nadira" not in page


def test_what_is_going_on_in_a_case_and_what_is_measured_of_whom_stands_on_the_familys_own_page_alone() -> None:
    began = ("since: 2026-03-02\n", "since: 2026-03-02\n    examination: {since: 2026-07-30}\n")
    monthly = config().deadlines.model_copy(update={"monthly_registration": True})
    measured = config().model_copy(update={"deadlines": monthly, "indicators_used": ("skolefravær", "a_behandling")})
    said = ("Børnefaglig undersøgelse", "Barn 1", "helbred")
    for today_ in (date(2026, 11, 25), date(2026, 12, 8)):  # to come, and overdue
        day = FamilyDay.on(edited("2026-007", *began), measured, today_)
        own = render_family(family_view(day, facts()))
        of_all = render_overview(replace(overview(family_row(day, "hop-2026-007", ())), today=today_))
        assert [word in own for word in said] == [True, True, True]
        assert [word in of_all for word in said] == [False, False, False]
        assert "Månedens tal skrives (11-2026)" in of_all


def test_a_birthday_stands_on_the_familys_own_page_alone() -> None:
    """The day and the age together are when somebody was born."""
    day = today(edited("2026-007", "born: 2013-12-03", "born: 2011-11-25"))
    words = "Et barn fylder 15 år"
    assert words in render_family(family_view(day, facts()))
    assert words not in render_overview(overview(family_row(day, "hop-2026-007", ())))


def test_an_empty_week_says_so() -> None:
    assert "hverken møder eller frister" in Outline(render_overview(replace(overview(row()), today=MONDAY))).text
