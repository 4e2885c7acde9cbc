from __future__ import annotations

import json

from hopdocs.domain.state import State
from hopdocs.pages.status import STATE_TEXTS, family_status
from tests.unit.pages.sample import edited, family, today


def test_the_shape_is_the_interfaces() -> None:
    shape = family_status(today(family("2026-007"))).as_json()
    fixed = ["family", "state", "tovholder", "last_meeting", "next_meeting", "overdue", "waiting_for"]
    assert list(shape) == [*fixed, "answers"]
    assert (shape["family"], shape["state"], shape["tovholder"]) == ("HOP-2026-007", "opstart", "iik")
    assert shape["next_meeting"] == {
        "id": "familieplan",
        "type": "familieplansmøde",
        "date": "2026-11-24",
        "start": "10:00",
        "end": "12:00",
    }
    assert shape["last_meeting"]["id"] == "formoede"


def test_programs_get_no_names_of_the_family() -> None:
    for number in ("2025-003", "2026-002", "2026-007", "2026-009"):
        text = json.dumps(family_status(today(family(number))).as_json(), ensure_ascii=False)
        for member in family(number).members.values():
            assert member.name not in text


def test_the_missed_data_draw_is_overdue() -> None:
    shape = family_status(today(family("2025-003"))).as_json()
    assert [item["key"] for item in shape["overdue"]] == ["data_draw_18"]


def test_before_consent_only_the_answers_are_waited_for() -> None:
    status = family_status(today(family("2026-009")))
    assert status.state is State.SAMTYKKE_AFVENTER
    assert [(item.who, item.what) for item in status.waiting_for] == [("viggo", "svar på samtykket")]
    assert status.tovholder is None
    assert status.next_meeting is None


def test_who_has_no_form_yet_waits_for_the_coordinator() -> None:
    waiting = edited("2026-009", "  - member: viggo\n    form_given: 2026-11-10\n    received_by: yym\n", "")
    status = family_status(today(waiting))
    assert [(item.who, item.what) for item in status.waiting_for] == [("kko", "at Viggo får samtykkeerklæringen")]


def test_a_running_course_waits_for_parts_interpreters_and_decisions() -> None:
    status = family_status(today(family("2026-007")))
    assert [item.who for item in status.waiting_for] == ["ssk", "iik", "SO"]


def test_an_ended_course_waits_for_nothing() -> None:
    status = family_status(today(family("2026-002")))
    assert status.state is State.SAMTYKKE_TRUKKET
    assert status.waiting_for == ()
    assert status.next_meeting is None


def test_every_state_has_words() -> None:
    assert set(STATE_TEXTS) == set(State)


def test_what_the_tovholders_area_may_not_know_is_waited_for_without_its_name() -> None:
    waits = {item.who: item.what for item in family_status(today(family("2026-007"))).waiting_for}
    assert waits["SO"] == "beslutning om indsatsen smerter"
    hidden = edited(
        "2026-007", "      what: Smertehåndteringsforløb", "      what: Smerter\n      visible_to: [nadira, SO]"
    )
    waits = {item.who: item.what for item in family_status(today(hidden)).waiting_for}
    assert waits["SO"] == "beslutning om en indsats"
