from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.pages.status import family_status
from hopdocs.pages.todo import TodoKind, TodoLine, pack_lines, todo_lines
from tests.unit.documents.example import on_day, zamirandi
from tests.unit.documents.minutes_sample import AFTER, held

if TYPE_CHECKING:
    from hopdocs.model.family import Family

CLUB, SCHOOL = "Yasmin melder sig i klubben.", "Pelle møder Sami ved døren."
EXAMINATION = "Børnefaglig undersøgelse er færdig"
WITHHELD = "Noget, som ikke vises her, har en frist: spørg projektkoordinatoren"


def lines_of(person: str, family: Family | None = None, today: date = AFTER) -> dict[str, TodoLine]:
    day = on_day(family or held(), today)
    return {line.what: line for line in todo_lines(day, family_status(day)) if line.person == person}


def test_what_a_colleague_promised_is_on_her_list_with_its_day_and_meeting() -> None:
    line = lines_of("ppa")[SCHOOL]
    assert (line.due, line.kind, line.case_number) == (date(2026, 12, 1), TodoKind.AGREEMENT, "26-012345")
    assert line.comes_from.replace("\u00a0", " ") == "aftalt ved familieplansmødet den 24. november 2026"
    assert not line.opens_page
    assert line.is_overdue(date(2026, 12, 2))


def test_what_the_family_promised_is_the_tovholders_to_ask_about() -> None:
    assert lines_of("iik")[CLUB].kind is TodoKind.FAMILY
    assert lines_of("iik")[CLUB].opens_page


def test_computed_deadlines_are_on_the_list_of_whose_they_are() -> None:
    line = lines_of("iik")["Familien har dagsordenen til opfølgningsmødet"]
    assert (line.kind, line.due) == (TodoKind.DEADLINE, date(2027, 1, 12))


def test_what_is_done_is_on_nobodys_list() -> None:
    done = held(("who: yasmin}", "who: yasmin, done: 2026-11-26}"))
    assert CLUB not in lines_of("iik", done)


def test_what_her_area_may_not_read_is_not_on_her_list() -> None:
    kept = held(("who: yasmin}", "who: yasmin, visible_to: [yasmin, BF]}"))
    assert CLUB not in lines_of("iik", kept)


def test_what_somebody_promised_who_has_left_the_team_is_the_tovholders() -> None:
    left = held(("{staff: ppa, from: 2026-10-06, ", "{staff: ppa, from: 2026-10-06, to: 2026-11-25, "))
    assert SCHOOL not in lines_of("ppa", left)
    assert lines_of("iik", left)[SCHOOL].kind is TodoKind.FAMILY


def test_a_deadline_of_somebody_who_has_left_the_team_is_the_tovholders() -> None:
    part, before_meeting = "Familiefaglig undersøgelse: delen fra Sundhed og Omsorg", date(2026, 11, 21)
    assert part in lines_of("ssk", zamirandi(), before_meeting)
    left = zamirandi(("{staff: ssk, from: 2026-10-06, ", "{staff: ssk, from: 2026-10-06, to: 2026-11-20, "))
    assert lines_of("ssk", left, before_meeting) == {}
    assert part in lines_of("iik", left, before_meeting)


@pytest.mark.parametrize("hidden", [False, True])
def test_an_examination_that_the_tovholders_area_may_not_know_of_has_no_words_on_her_list_or_page(
    *, hidden: bool
) -> None:
    began = ("since: 2026-03-02}", "since: 2026-03-02, examination: {since: 2026-09-30}}")
    taken_back = ("given: 2026-09-22, areas: [BF, BES, DU], received_by: iik}", "given: 2026-09-22, areas: [BF, DU]}")
    family, today = zamirandi(began, *([taken_back] if hidden else [])), date(2026, 11, 21)
    day = on_day(family, today)
    pages = [json.dumps(family_status(day).as_json(), ensure_ascii=False)]
    pages += [item.title for item in family_status(day).coming]
    assert [EXAMINATION in "".join(pages), WITHHELD in "".join(pages)] == [not hidden, hidden]
    assert EXAMINATION in lines_of("rri", family, today)
    without_adviser = family.model_copy(update={"team": tuple(line for line in family.team if line.staff != "rri")})
    assert (EXAMINATION in lines_of("iik", without_adviser, today)) is not hidden
    assert (WITHHELD in lines_of("iik", without_adviser, today)) is hidden


def test_after_a_withdrawal_no_agreement_is_on_any_list() -> None:
    gone = held(
        ("SO], received_by: iik", "SO], withdrawn: [{date: 2026-11-26}], received_by: iik"),
        ("DU], received_by: iik", "DU], withdrawn: [{date: 2026-11-26}], received_by: iik"),
    )
    assert not {line.kind for line in lines_of("iik", gone).values()} - {TodoKind.DEADLINE}
    assert lines_of("ppa", gone) == {}


def test_a_line_comes_back_from_the_cache_as_it_was() -> None:
    lines = list(lines_of("iik").values())
    assert pack_lines(lines)["iik"].unpack() == lines
