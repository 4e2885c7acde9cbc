from __future__ import annotations

from datetime import date

from hopdocs.pages.tasks import task_lines
from tests.unit.documents.example import on_day
from tests.unit.documents.minutes_sample import AFTER, held

SHARED = ("for: [nadira], decided_in: SO", "decided_in: SO, visible_to: [nadira, SO]")


def test_the_page_lists_what_is_agreed_with_whose_it_is_and_by_when() -> None:
    line = task_lines(on_day(held(), AFTER))[0]
    assert (line.what, line.who, line.due) == ("Pelle møder Sami ved døren", "Pelle Pærevang", date(2026, 12, 1))
    assert (line.decided_in, line.agreed_at) == ("Dagtilbud og Undervisning", "familieplansmøde")
    assert not line.is_overdue
    assert task_lines(on_day(held(), date(2026, 12, 2)))[0].is_overdue


def test_what_the_tovholders_area_may_not_read_is_not_on_it() -> None:
    assert "Sofus finder en tid" in [line.what for line in task_lines(on_day(held(), AFTER))]
    assert "Sofus finder en tid" not in [line.what for line in task_lines(on_day(held(SHARED), AFTER))]


def test_what_is_done_is_gone_from_the_page() -> None:
    done = held(("who: yasmin}", "who: yasmin, done: 2026-11-26}"))
    assert "Yasmin melder sig i klubben" not in [line.what for line in task_lines(on_day(done, AFTER))]


def test_where_consent_is_taken_back_the_page_lists_nothing() -> None:
    gone = held(
        ("SO], received_by: iik", "SO], withdrawn: [{date: 2026-11-26}], received_by: iik"),
        ("DU], received_by: iik", "DU], withdrawn: [{date: 2026-11-26}], received_by: iik"),
    )
    assert task_lines(on_day(gone, AFTER)) == ()
