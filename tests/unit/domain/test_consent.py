from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.domain.consent import (
    Answer,
    Gate,
    consented_areas,
    gate_is_open,
    gate_of,
    has_stepped_out,
    is_withdrawn,
    lapsed_areas,
    lapsed_consents,
    may_know,
    missing_consents,
    needed_consents,
    shared_areas,
    standing_of,
)
from hopdocs.model.values import AreaCode, MemberKey
from tests.unit.rules.samples import TODAY, config, consent, regnbuehoej, zamirandi

if TYPE_CHECKING:
    from hopdocs.model.family import Family
    from tests.unit.rules.samples import Raw

NADIRA, TARIQ, YASMIN, SAMI = (MemberKey(key) for key in ("nadira", "tariq", "yasmin", "sami"))
KARLA, ANTON, STORM = (MemberKey(key) for key in ("karla", "anton", "storm"))
BF, BES, DU, SO, HP = (AreaCode(code) for code in ("BF", "BES", "DU", "SO", "HP"))


def _withdraw(raw: Raw, member: str, day: str, *areas: str) -> None:
    line: Raw = {"date": day} | ({"areas": list(areas)} if areas else {})
    consent(raw, member).setdefault("withdrawn", []).append(line)


def _knows(family: Family, viewer: AreaCode, about: AreaCode, member: MemberKey, day: date = TODAY) -> bool:
    return may_know(family, config(), viewer_area=viewer, about_area=about, member=member, day=day)


def test_every_holder_of_custody_and_every_youth_of_sixteen_must_say_yes() -> None:
    assert needed_consents(zamirandi(), TODAY) == (NADIRA, TARIQ, YASMIN)
    assert needed_consents(zamirandi(), date(2025, 4, 17)) == (NADIRA, TARIQ)


def test_another_adult_of_the_household_is_not_needed_for_the_gate() -> None:
    def add_partner(raw: Raw) -> None:
        raw["members"]["bo"] = {"name": "Bo Test", "role": "partner", "born": "1980-01-01"}

    family = zamirandi(add_partner)
    assert MemberKey("bo") not in needed_consents(family, TODAY)
    assert gate_is_open(family, TODAY)
    assert shared_areas(family, MemberKey("bo"), TODAY) == frozenset()


def test_the_gate_opens_on_the_day_of_the_last_signature() -> None:
    family = zamirandi()
    assert gate_of(family, date(2026, 9, 21)) is Gate.CLOSED
    assert gate_of(family, date(2026, 9, 22)) is Gate.OPEN


def test_a_family_without_consents_is_behind_a_closed_gate() -> None:
    family = zamirandi(lambda raw: raw.pop("consents"))
    assert gate_of(family, TODAY) is Gate.CLOSED
    assert missing_consents(family, TODAY) == (NADIRA, TARIQ, YASMIN)
    assert not is_withdrawn(family, TODAY)


def test_one_deleted_consent_closes_the_gate() -> None:
    family = zamirandi(lambda raw: raw["consents"].remove(consent(raw, "tariq")))
    assert gate_of(family, TODAY) is Gate.CLOSED
    assert missing_consents(family, TODAY) == (TARIQ,)


def test_a_family_in_which_nobody_has_custody_stays_behind_the_gate() -> None:
    def drop_custody(raw: Raw) -> None:
        for key in ("nadira", "tariq"):
            del raw["members"][key]["custody"]

    assert gate_of(zamirandi(drop_custody), TODAY) is Gate.CLOSED


def test_a_yes_without_areas_is_no_yes() -> None:
    family = zamirandi(lambda raw: consent(raw, "tariq").pop("areas"))
    assert standing_of(family, TARIQ, TODAY).answer is Answer.NONE
    assert not gate_is_open(family, TODAY)


def test_areas_taken_back_are_gone_from_that_day() -> None:
    family = regnbuehoej()
    assert consented_areas(family, ANTON, date(2026, 8, 17)) == {BF, SO}
    assert consented_areas(family, ANTON, date(2026, 8, 18)) == {BF}
    assert gate_is_open(family, date(2026, 8, 18))


def test_a_course_is_withdrawn_when_nobody_with_custody_is_left() -> None:
    family = regnbuehoej()
    assert not is_withdrawn(family, date(2026, 9, 7))
    assert is_withdrawn(family, date(2026, 9, 8))
    assert gate_of(family, TODAY) is Gate.CLOSED
    assert missing_consents(family, TODAY) == ()


def test_one_parent_who_takes_everything_back_steps_out_and_closes_nothing_else() -> None:
    family = zamirandi(lambda raw: _withdraw(raw, "tariq", "2026-11-20"))
    assert has_stepped_out(family, TARIQ, TODAY)
    assert gate_is_open(family, TODAY)
    assert not is_withdrawn(family, TODAY)
    assert shared_areas(family, TARIQ, TODAY) == frozenset()
    assert shared_areas(family, SAMI, TODAY) == frozenset()
    assert shared_areas(family, NADIRA, TODAY) == {BF, BES, DU, SO}


def test_taking_back_every_area_by_name_is_taking_back_all() -> None:
    family = zamirandi(lambda raw: _withdraw(raw, "tariq", "2026-11-20", "BF", "BES", "DU"))
    assert standing_of(family, TARIQ, TODAY).answer is Answer.WITHDRAWN


def test_a_withdrawal_holds_for_older_forms_too() -> None:
    def renew_then_withdraw(raw: Raw) -> None:
        raw["consents"].append({"member": "tariq", "given": "2026-11-01", "areas": ["BF"]})
        raw["consents"][-1]["withdrawn"] = [{"date": "2026-11-10"}]

    family = zamirandi(renew_then_withdraw)
    assert consented_areas(family, TARIQ, TODAY) == frozenset()


def test_a_withdrawal_written_at_the_old_form_holds_for_the_new_one() -> None:
    def renew(raw: Raw) -> None:
        raw["consents"].append({"member": "tariq", "given": "2026-11-01", "areas": ["BF", "DU"]})
        _withdraw(raw, "tariq", "2026-11-10", "DU")

    assert consented_areas(zamirandi(renew), TARIQ, TODAY) == {BF}


def test_a_new_form_after_a_withdrawal_lets_share_again() -> None:
    def withdraw_and_renew(raw: Raw) -> None:
        _withdraw(raw, "tariq", "2026-10-10")
        raw["consents"].append({"member": "tariq", "given": "2026-11-01", "areas": ["BF", "DU"]})

    family = zamirandi(withdraw_and_renew)
    assert consented_areas(family, TARIQ, date(2026, 10, 15)) == frozenset()
    assert consented_areas(family, TARIQ, TODAY) == {BF, DU}


def test_the_newest_form_replaces_the_one_before() -> None:
    family = zamirandi(
        lambda raw: raw["consents"].append({"member": "nadira", "given": "2026-11-01", "areas": ["BF", "BES"]})
    )
    assert consented_areas(family, NADIRA, TODAY) == {BF, BES}


def test_a_no_after_a_yes_is_a_withdrawal() -> None:
    family = zamirandi(lambda raw: raw["consents"].append({"member": "tariq", "refused": "2026-11-01"}))
    assert standing_of(family, TARIQ, TODAY).answer is Answer.WITHDRAWN


def test_a_yes_after_a_no_is_a_yes() -> None:
    family = zamirandi(lambda raw: raw["consents"].append({"member": "tariq", "refused": "2026-09-16"}))
    assert standing_of(family, TARIQ, date(2026, 9, 17)).answer is Answer.REFUSED
    assert standing_of(family, TARIQ, TODAY).answer is Answer.GIVEN


def test_a_consent_is_good_for_twelve_months_and_its_last_day_counts() -> None:
    family = zamirandi()
    assert gate_of(family, date(2027, 9, 22)) is Gate.OPEN
    assert gate_of(family, date(2027, 9, 23)) is Gate.LAPSED
    assert lapsed_consents(family, date(2027, 9, 23)) == (NADIRA, TARIQ, YASMIN)
    assert missing_consents(family, date(2027, 9, 23)) == ()


def test_a_consent_with_a_last_day_of_its_own_ends_there() -> None:
    family = zamirandi(lambda raw: consent(raw, "tariq").update(until="2026-11-20"))
    assert standing_of(family, TARIQ, date(2026, 11, 20)).answer is Answer.GIVEN
    assert standing_of(family, TARIQ, TODAY).answer is Answer.EXPIRED
    assert gate_of(family, TODAY) is Gate.LAPSED


def test_a_sixteenth_birthday_in_a_running_course_lapses_the_gate() -> None:
    def grow_up(raw: Raw) -> None:
        raw["members"]["sami"]["born"] = "2010-11-20"

    family = zamirandi(grow_up)
    assert gate_of(family, date(2026, 11, 19)) is Gate.OPEN
    assert gate_of(family, date(2026, 11, 20)) is Gate.LAPSED
    assert missing_consents(family, TODAY) == (SAMI,)


def test_what_a_child_signed_long_before_sixteen_does_not_count_after_it() -> None:
    def sign_early(raw: Raw) -> None:
        raw["members"]["sami"]["born"] = "2010-11-20"
        raw["consents"].append({"member": "sami", "given": "2026-08-19", "areas": ["BF"]})

    family = zamirandi(sign_early)
    assert gate_of(family, TODAY) is Gate.LAPSED
    assert shared_areas(family, SAMI, TODAY) == frozenset()


@pytest.mark.parametrize(("answer", "gate"), [("given", Gate.OPEN), ("refused", Gate.LAPSED)])
def test_who_was_asked_in_good_time_before_sixteen_has_said_yes_but_not_no(answer: str, gate: Gate) -> None:
    def answer_in_good_time(raw: Raw) -> None:
        raw["members"]["sami"]["born"] = "2010-11-20"
        raw["consents"].append({"member": "sami", answer: "2026-09-22", "areas": ["BF"]})

    family = zamirandi(answer_in_good_time)
    assert gate_of(family, date(2026, 11, 19)) is Gate.OPEN
    assert gate_of(family, TODAY) is gate
    assert "sami" not in {member for member in family.members if has_stepped_out(family, member, TODAY)}


def test_two_sixteenth_birthdays_lapse_the_gate_no_further() -> None:
    def grow_up(raw: Raw) -> None:
        raw["members"]["sami"]["born"] = "2010-11-10"
        raw["members"]["lina"]["born"] = "2010-11-20"

    assert gate_of(zamirandi(grow_up), TODAY) is Gate.LAPSED


def test_a_youth_who_was_sixteen_before_the_course_began_keeps_the_gate_closed() -> None:
    family = zamirandi(lambda raw: raw["consents"].remove(consent(raw, "yasmin")))
    assert gate_of(family, TODAY) is Gate.CLOSED


def test_a_youth_who_says_no_at_sixteen_steps_out_of_a_running_course() -> None:
    def grow_up(raw: Raw) -> None:
        raw["members"]["sami"]["born"] = "2010-11-10"
        raw["consents"].append({"member": "sami", "form_given": "2026-11-10", "refused": "2026-11-12"})

    family = zamirandi(grow_up)
    assert has_stepped_out(family, SAMI, TODAY)
    assert gate_of(family, TODAY) is Gate.OPEN
    assert shared_areas(family, SAMI, TODAY) == frozenset()


def test_what_is_shared_about_a_child_is_what_every_parent_with_custody_shares() -> None:
    assert shared_areas(zamirandi(), SAMI, TODAY) == {BF, BES, DU}
    assert shared_areas(regnbuehoej(), STORM, date(2026, 8, 1)) == {BF, SO}
    assert shared_areas(regnbuehoej(), STORM, date(2026, 8, 18)) == {BF}


def test_what_is_shared_about_a_youth_of_sixteen_is_her_own_word() -> None:
    def narrow(raw: Raw) -> None:
        consent(raw, "yasmin")["areas"] = ["DU"]

    assert shared_areas(zamirandi(narrow), YASMIN, TODAY) == {DU}


@pytest.mark.parametrize(
    ("viewer", "about", "member", "expected"),
    [
        (BF, SO, NADIRA, True),
        (SO, BF, NADIRA, True),
        (BF, SO, TARIQ, False),
        (SO, BF, TARIQ, False),
        (HP, BF, NADIRA, False),
        (DU, BF, SAMI, True),
        (SO, DU, SAMI, False),
    ],
)
def test_staff_see_what_both_areas_are_in_the_consent_for(
    viewer: AreaCode, about: AreaCode, member: MemberKey, *, expected: bool
) -> None:
    assert _knows(zamirandi(), viewer, about, member) is expected


def test_health_knowledge_is_hidden_the_day_a_consent_has_expired_and_the_rest_is_not() -> None:
    day = date(2027, 9, 23)
    assert not _knows(zamirandi(), BF, SO, NADIRA, day)
    assert not _knows(zamirandi(), SO, BF, NADIRA, day)
    assert _knows(zamirandi(), BF, DU, NADIRA, day)
    assert lapsed_areas(zamirandi(), NADIRA, day) == {BF, BES, DU, SO}


def test_what_was_taken_back_is_hidden_from_everyone() -> None:
    assert _knows(regnbuehoej(), BF, SO, ANTON, date(2026, 8, 17))
    assert not _knows(regnbuehoej(), BF, SO, ANTON, date(2026, 8, 18))
