from __future__ import annotations

from datetime import date

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.pages.composition import family_row, family_view
from hopdocs.pages.overview import render_family, render_overview
from hopdocs.pages.sections.consents import ConsentCount, consent_lines, count_consents
from tests.unit.pages.sample import config, edited, family, today
from tests.unit.pages.test_pages import Outline, facts, overview


def test_the_page_says_who_lets_which_areas_share_and_until_when() -> None:
    nadira, tariq, *_ = consent_lines(today(family("2026-007")))
    assert (nadira.name, nadira.answer, nadira.until) == ("Nadira Zamirandi", "har sagt ja", date(2027, 9, 22))
    assert nadira.areas == ("Børn og Familie", "Dagtilbud og Undervisning", "Beskæftigelse", "Sundhed og Omsorg")
    assert tariq.others == ("Sundhed og Omsorg",)
    page = Outline(render_family(family_view(today(family("2026-007")), facts()))).text
    assert "Ikke Sundhed og Omsorg" in page.split("Samtykker")[1]


def test_a_child_has_what_all_with_custody_let_share() -> None:
    lines = {line.name: line for line in consent_lines(today(family("2026-007")))}
    child = next(line for line in lines.values() if line.answer == "forældrene svarer for barnet")
    assert child.areas == lines["Tariq Zamirandi"].areas
    assert child.until is None


_VIGGO = "  - member: viggo\n    form_given: 2026-11-10\n    received_by: yym\n"


@pytest.mark.parametrize(
    ("instead", "answer", "weight"),
    [
        (_VIGGO, "har fået erklæringen, svar mangler", "late"),
        ("", "er ikke spurgt endnu", "late"),
        (f"{_VIGGO}    refused: 2026-11-19\n", "har sagt nej", "wait"),
    ],
)
def test_who_lacks_is_told_apart_by_what_is_to_be_done(instead: str, answer: str, weight: str) -> None:
    found = consent_lines(today(edited("2026-009", _VIGGO, instead)))[1]
    assert (found.name, found.answer, found.weight) == ("Viggo Stjernekast", answer, weight)


def test_who_took_everything_back_is_shown_with_no_area_and_no_day() -> None:
    found = consent_lines(today(family("2026-002")))[0]
    assert (found.answer, found.areas, found.until) == ("har trukket det tilbage", (), None)


def test_what_was_taken_back_ends_nothing_of_what_still_stands() -> None:
    signed = "    given: 2026-09-22\n    areas: [{}]\n"
    one = "form_given: 2026-09-15\n" + signed.format("BF, BES, DU, SO")
    two = f"{{}}  - member: nadira\n    form_given: 2026-09-15\n{signed.format('BF, BES, DU')}"
    short = "form_given: 2026-09-15\n" + signed.format("SO") + "    until: 2026-12-01\n"
    stands = consent_lines(today(edited("2026-007", one, two.format(short))))[0]
    taken_back = f"{short}    withdrawn:\n      - date: 2026-11-01\n        areas: [SO]\n"
    after = consent_lines(today(edited("2026-007", one, two.format(taken_back))))[0]
    assert (stands.until, stands.weight) == (date(2026, 12, 1), "wait")
    assert (after.until, after.weight) == (date(2027, 9, 22), "done")


def test_a_consent_is_marked_in_good_time_before_it_runs_out_and_when_it_has() -> None:
    def on(day: date) -> ConsentCount | None:
        return count_consents(FamilyDay.on(family("2026-007"), config(), day))

    soon, gone = on(date(2027, 8, 1)), on(date(2027, 9, 23))
    assert soon is not None
    assert gone is not None
    assert (soon.is_soon, soon.missing, soon.until) == (True, 0, date(2027, 9, 22))
    assert (gone.given, gone.missing) == (0, gone.needed)
    late = consent_lines(FamilyDay.on(family("2026-007"), config(), date(2027, 9, 23)))[0]
    assert (late.weight, late.areas, late.answer) == ("late", (), "udløbet: skal fornyes")
    assert late.expired


def test_the_page_of_all_says_how_many_and_names_nobody() -> None:
    row = family_row(today(family("2026-009")), "hop-2026-009", ())
    page = Outline(render_overview(overview(row))).text
    assert "1 mangler" in page
    assert "1 af 2 har sagt ja" in page
    assert "Viggo" not in page


def test_nothing_is_counted_once_a_course_is_over() -> None:
    assert count_consents(today(family("2026-002"))) is None
