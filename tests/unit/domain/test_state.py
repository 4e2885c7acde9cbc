from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.domain.consent import Consents
from hopdocs.domain.state import State, course_state
from tests.unit.rules.samples import TODAY, consent, meeting, regnbuehoej, zamirandi

if TYPE_CHECKING:
    from tests.unit.rules.samples import Raw


def _drop_consents(raw: Raw) -> None:
    raw.pop("consents")
    raw.pop("meetings")


def test_the_example_families_stand_where_their_files_say() -> None:
    assert course_state(Consents.on(zamirandi(), TODAY)) is State.OPSTART
    assert course_state(Consents.on(regnbuehoej(), TODAY)) is State.SAMTYKKE_TRUKKET


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 1, 12), State.HENVENDT),
        (date(2026, 1, 20), State.SAMTYKKE_AFVENTER),
        (date(2026, 2, 3), State.OPSTART),
        (date(2026, 3, 10), State.AKTIV),
        (date(2026, 8, 18), State.AKTIV),
        (date(2026, 9, 8), State.SAMTYKKE_TRUKKET),
    ],
)
def test_a_course_goes_through_its_states_in_order(day: date, state: State) -> None:
    assert course_state(Consents.on(regnbuehoej(), day)) is state


def test_a_family_that_has_the_letter_but_no_form_is_informed() -> None:
    assert course_state(Consents.on(zamirandi(_drop_consents), TODAY)) is State.INFORMERET


def test_a_family_nobody_has_informed_is_only_referred() -> None:
    def drop_information(raw: Raw) -> None:
        _drop_consents(raw)
        raw.pop("information_given")

    family = zamirandi(drop_information)
    assert course_state(Consents.on(family, TODAY)) is State.HENVENDT


def test_one_answer_too_few_is_waiting() -> None:
    family = zamirandi(lambda raw: consent(raw, "tariq").pop("given"))
    assert course_state(Consents.on(family, TODAY)) is State.SAMTYKKE_AFVENTER


def test_one_no_ends_it_before_it_began() -> None:
    def refuse(raw: Raw) -> None:
        line = consent(raw, "tariq")
        line["refused"] = line.pop("given")

    assert course_state(Consents.on(zamirandi(refuse), TODAY)) is State.SAMTYKKE_AFSLAAET


def test_all_consents_without_a_meeting_is_consent_given() -> None:
    assert course_state(Consents.on(zamirandi(lambda raw: raw.pop("meetings")), TODAY)) is State.SAMTYKKE_GIVET


def test_the_familieplansmoede_makes_a_course_active_the_day_after_unless_said_before() -> None:
    assert course_state(Consents.on(zamirandi(), date(2026, 11, 24))) is State.OPSTART
    assert course_state(Consents.on(zamirandi(), date(2026, 11, 25))) is State.AKTIV
    held = zamirandi(lambda raw: meeting(raw, "familieplan").update(status="held"))
    assert course_state(Consents.on(held, date(2026, 11, 24))) is State.AKTIV


def test_a_familieplansmoede_that_nobody_came_to_makes_nothing_active() -> None:
    family = zamirandi(lambda raw: meeting(raw, "familieplan").update(status="no_show", reason="Sygdom"))
    assert course_state(Consents.on(family, date(2026, 12, 1))) is State.OPSTART


def test_a_pause_has_a_first_and_a_last_day() -> None:
    pause = {"pauses": [{"from": "2026-12-01", "to": "2026-12-14"}]}
    family = zamirandi(lambda raw: raw.update(pause))
    assert course_state(Consents.on(family, date(2026, 12, 1))) is State.PAUSE
    assert course_state(Consents.on(family, date(2026, 12, 14))) is State.PAUSE
    assert course_state(Consents.on(family, date(2026, 12, 15))) is State.AKTIV


def test_a_closing_a_move_and_a_lost_case_end_a_course_each_in_its_way() -> None:
    closing = {"closing": {"date": "2026-11-20", "reason": "Målene er nået"}}
    assert course_state(Consents.on(zamirandi(lambda raw: raw.update(closing)), TODAY)) is State.AFSLUTTET
    moved = zamirandi(lambda raw: raw.update(moved_away="2026-11-20"))
    assert course_state(Consents.on(moved, TODAY)) is State.FRAFLYTTET
    left = zamirandi(lambda raw: raw.update(target_group_left="ja"))
    assert course_state(Consents.on(left, TODAY)) is State.UDGAAET_AF_MAALGRUPPE


def test_a_consent_that_time_ended_changes_no_state() -> None:
    assert course_state(Consents.on(zamirandi(), date(2027, 10, 1))) is State.AKTIV


@pytest.mark.parametrize(
    "end", [{"moved_away": "2026-11-22"}, {"closing": {"date": "2026-11-22", "reason": "Målene er nået"}}]
)
def test_a_move_or_a_closing_still_to_come_changes_nothing_yet(end: Raw) -> None:
    family = zamirandi(lambda raw: raw.update(end))
    assert course_state(Consents.on(family, TODAY)) is State.OPSTART
    assert course_state(Consents.on(family, date(2026, 11, 22))) is not State.OPSTART
