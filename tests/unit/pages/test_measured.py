from __future__ import annotations

import re
from datetime import UTC, date, datetime

from hopdocs.pages.composition import PageFacts, family_view
from hopdocs.pages.measured import MeasuredView, measured_view
from hopdocs.pages.overview import render_family
from tests.unit.documents.measured.fjordglimt import day_of, fjordglimt
from tests.unit.pages.sample import family, today

FACTS = PageFacts("families/hop-2025-003.yaml", "hop-2025-003", datetime(2026, 11, 21, 8, 41, tzinfo=UTC))


def shown(on: date) -> MeasuredView:
    view = measured_view(day_of(fjordglimt(), on))
    assert view is not None
    return view


def test_the_page_shows_what_the_tovholders_own_area_may_see_and_says_that_there_is_more() -> None:
    """Today she is of Handicap og Psykiatri, with which the father shares nothing about the children."""
    view = shown(date(2026, 11, 21))
    assert {line.who for line in view.outcomes} == {"Signe", ""}
    assert not view.is_whole
    page = render_family(family_view(day_of(fjordglimt()), FACTS))
    figures = page.partition('<h2 id="tal">')[2].partition("<h2")[0]
    assert "Malthe" not in figures
    assert "må se efter familiens samtykker" in figures


def test_a_draw_that_was_not_made_leaves_room_for_the_columns_beside_it() -> None:
    page = render_family(family_view(day_of(fjordglimt()), FACTS)).replace("\u00a0", " ")
    assert '<td data-label="Talt">Ikke talt, senest <span class="nowrap">13. november 2026</span></td>' in page


def test_each_chart_on_the_page_has_a_name_and_its_numbers_as_a_table_behind() -> None:
    page = render_family(family_view(day_of(fjordglimt()), FACTS))
    drawn = re.findall(r'<figure class="chart">.*?</figure>', page, re.DOTALL)
    assert len(drawn) == len(shown(date(2026, 11, 21)).charts) == 3
    for figure in drawn:
        assert 'role="img"' in figure
        assert "<details>" in figure
        assert "<td data-label=" in figure


def test_money_stands_with_its_rule() -> None:
    page = render_family(family_view(day_of(fjordglimt()), FACTS))
    assert shown(date(2026, 11, 21)).cost_rule in page
    assert "44.900\u00a0kr." in page


def test_what_is_missing_is_said() -> None:
    assert any("18 måneder" in line for line in shown(date(2026, 11, 21)).missing)


def test_a_consent_that_has_run_out_is_no_way_to_others_figures() -> None:
    """The consents were renewed on 21 April 2026: a page of May 2027 tells of no person any more."""
    assert {line.who for line in shown(date(2027, 5, 1)).outcomes} == {""}


def test_a_family_without_consent_and_one_that_took_it_back_have_no_figures() -> None:
    assert measured_view(today(family("2026-009"))) is None
    assert measured_view(today(family("2026-002"))) is None
