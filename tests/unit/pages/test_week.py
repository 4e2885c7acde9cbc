from __future__ import annotations

from dataclasses import replace
from datetime import date

from hopdocs.pages.composition import family_row
from hopdocs.pages.overview import render_overview
from hopdocs.pages.sections.week import DayLine, group_weeks
from hopdocs.pages.views import FamilyRow
from tests.unit.pages.sample import TODAY, edited, family, today
from tests.unit.pages.test_pages import FAMILIES, Outline, overview

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


def test_an_empty_week_says_so() -> None:
    assert "hverken møder eller frister" in Outline(render_overview(replace(overview(row()), today=MONDAY))).text
