from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hopdocs.documents.kinds.dagsorden import DagsordenContext
from tests.unit.documents.example import wanted, zamirandi
from tests.unit.documents.minutes_sample import AFTER, NEXT_MEETING, held

if TYPE_CHECKING:
    from hopdocs.model.family import Family

SCHOOL = "Pelle møder Sami ved døren"
CLUB = "Yasmin melder sig i klubben"
ONE_MORE = """\
  - id: ekstra
    type: opfølgningsmøde
    date: 2026-12-15
    start: "10.00"
    end: "11.00"
    place: havoern
    children_as: familieplan
"""


def open_on(family: Family, meeting: str = "opfoelgning-1", today: date = AFTER) -> list[str]:
    context = wanted(family, today=today)[f"dagsorden-{meeting}"].context
    assert isinstance(context, DagsordenContext)
    return [line.agreed for line in context.open_tasks]


def test_the_next_agenda_begins_with_what_was_agreed_and_is_not_done() -> None:
    assert open_on(held()) == [SCHOOL, CLUB]


def test_what_is_marked_done_is_not_on_the_next_agenda() -> None:
    assert open_on(held(("who: ppa, due: 2026-12-01", "who: ppa, due: 2026-12-01, done: 2026-11-27"))) == [CLUB]


def test_what_is_done_after_the_agenda_is_out_stays_on_it() -> None:
    late = held(("who: ppa, due: 2026-12-01", "who: ppa, due: 2026-12-01, done: 2027-01-15"))
    assert open_on(late, today=date(2027, 1, 16)) == [SCHOOL, CLUB]
    assert open_on(late, today=date(2027, 2, 1)) == [SCHOOL, CLUB]


def test_what_not_everybody_at_the_table_may_see_is_not_on_the_agenda() -> None:
    assert "Sofus finder en tid" not in open_on(held())
    for_tariq = ("who: yasmin}", "who: yasmin, visible_to: [tariq, BF]}")
    assert open_on(held(for_tariq)) == [SCHOOL]


def test_a_child_who_was_not_there_last_time_reads_nothing_of_it() -> None:
    lina = (NEXT_MEETING, NEXT_MEETING + "    children: {lina: {attends: true, reason: Hun vil gerne med.}}\n")
    assert open_on(held(lina)) == []
    named = ("who: yasmin}", "who: yasmin, visible_to: all}")
    assert open_on(held(named, lina)) == [CLUB]


def test_a_guest_reads_only_what_is_open_to_everybody() -> None:
    guest = (NEXT_MEETING, NEXT_MEETING + "    guests: [{name: Dagny Dugfrisk}]\n")
    assert open_on(held(guest)) == [SCHOOL, CLUB]
    assert open_on(held(guest, ("who: yasmin}", "who: yasmin, visible_to: all}"))) == [SCHOOL]


def test_only_the_meeting_that_comes_next_takes_the_tasks_along() -> None:
    two = held((NEXT_MEETING, ONE_MORE + NEXT_MEETING))
    assert open_on(two, "ekstra") == [SCHOOL, CLUB]
    assert open_on(two) == []
    assert open_on(two, today=date(2026, 12, 16)) == [SCHOOL, CLUB]


def test_what_was_agreed_among_professionals_is_for_their_own_meetings() -> None:
    written = "    minutes: {points: [{point: Runde, agreed: Rigmor henter en udtalelse, who: rri}]}\n"
    intro = zamirandi(("    type: introduktionsmøde\n", "    type: introduktionsmøde\n" + written))
    assert open_on(intro, "formoede", date(2026, 10, 10)) == ["Rigmor henter en udtalelse"]
    assert open_on(intro, "familieplan", date(2026, 11, 20)) == []


def test_the_agenda_of_a_meeting_that_was_held_stays_as_it_was() -> None:
    family = held()
    assert open_on(family, "familieplan") == []
    before = wanted(family, today=date(2027, 1, 18))["dagsorden-opfoelgning-1"].context
    assert wanted(family, today=date(2027, 3, 1))["dagsorden-opfoelgning-1"].context == before
