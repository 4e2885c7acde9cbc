from __future__ import annotations

import json
from datetime import UTC, datetime

from hopdocs.domain.state import State
from hopdocs.pages.composition import PageFacts, family_row, family_view
from hopdocs.pages.status import STATE_TEXTS, family_status
from tests.unit.pages.sample import edited, family, today

FACTS = PageFacts("families/f.yaml", "f", datetime(2026, 11, 21, 8, 41, tzinfo=UTC))


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


def test_the_page_of_all_families_counts_what_lacks_and_names_nobody_of_a_family() -> None:
    unanswered = edited("2026-009", "    given: 2026-11-17\n    areas: [BF, BES, DU]\n", "")
    assert family_row(today(unanswered), "f", ()).waiting_for == ("familien: svar på samtykket (2 mangler)",)
    assert family_row(today(family("2026-009")), "f", ()).waiting_for == ("familien: svar på samtykket",)
    running = family_row(today(family("2026-007")), "f", ()).waiting_for
    assert "Sundhed og Omsorg: beslutning om en indsats" in running


def test_the_page_of_all_families_does_not_say_at_whose_home_a_meeting_is() -> None:
    at_home = edited("2026-007", 'end: "12.00"\n    place: havoern', 'end: "12.00"\n    place: home:nadira')
    (own, shared) = (
        family_view(today(at_home), FACTS).next_meeting,
        family_row(today(at_home), "f", ()).next_meeting,
    )
    assert own is not None
    assert shared is not None
    assert (own.place, shared.place) == ("hjemme hos Nadira", "i hjemmet")
