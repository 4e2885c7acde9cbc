"""Deadlines and meetings as tables: they go further than a page does, and have no more than one."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hopdocs.exports.days import tabulate_deadlines, tabulate_meetings
from tests.unit.documents.example import on_day, zamirandi

TODAY = date(2026, 11, 21)
EXAMINATION = "Børnefaglig undersøgelse er færdig"


@pytest.mark.parametrize("hidden", [False, True])
def test_a_deadline_has_no_words_that_the_tovholder_may_not_know(*, hidden: bool) -> None:
    began = ("since: 2026-03-02}", "since: 2026-03-02, examination: {since: 2026-09-30}}")
    taken_back = ("given: 2026-09-22, areas: [BF, BES, DU], received_by: iik}", "given: 2026-09-22, areas: [BF, DU]}")
    day = on_day(zamirandi(began, *([taken_back] if hidden else [])), TODAY)
    rows = tabulate_deadlines([day]).as_json()
    assert (EXAMINATION in {row["title"] for row in rows}) is not hidden
    assert ("hidden" in {row["kind"] for row in rows}) is hidden


@pytest.mark.parametrize("hidden", [False, True])
def test_a_wait_in_an_area_that_the_tovholder_may_not_know_of_is_a_day_without_words(*, hidden: bool) -> None:
    waits = ("\nstart_date:", "\nwaiting_times:\n  - {area: SO, applied: 2026-10-01}\nstart_date:")
    taken_back = ("areas: [BF, BES, DU, SO], received_by: iik}", "areas: [BF, DU, SO]}")
    day = on_day(zamirandi(waits, *([taken_back] if hidden else [])), TODAY)
    rows = tabulate_deadlines([day]).as_json()
    assert any(row["title"].startswith("Ventetid i ") for row in rows) is not hidden
    assert [row["due"] for row in rows if row["kind"] == "hidden"] == (["2026-11-26"] if hidden else [])


def test_a_place_that_was_typed_is_not_passed_on() -> None:
    day = on_day(zamirandi(("place: havoern", "place: Hos Yasmin på Opdigtvej 9")), TODAY)
    rows = tabulate_meetings([day]).as_json()
    assert "se indkaldelsen" in {row["place"] for row in rows}
    assert "Opdigtvej 9" not in json.dumps(rows, ensure_ascii=False)


def test_what_is_planned_says_whom_it_asks_and_nothing_of_who_came() -> None:
    rows = tabulate_meetings([on_day(zamirandi(), TODAY)]).as_json()
    [planned] = [row for row in rows if row["type"] == "familieplansmøde"]
    assert (planned["status"], planned["came"], planned["children_came"]) == ("planlagt", None, None)
    assert "BF" in planned["asked"].split(", ")
