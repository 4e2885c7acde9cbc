from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.domain.consent import ConsentAnswer, Consents, Gate, before_lapse, days_of_taking_back
from hopdocs.model.scalars.values import AreaCode, MemberKey
from tests.unit.rules.samples import TODAY, consent, regnbuehoej, zamirandi

if TYPE_CHECKING:
    from tests.unit.rules.samples import Raw

NADIRA, TARIQ, YASMIN, SAMI = (MemberKey(key) for key in ("nadira", "tariq", "yasmin", "sami"))
KARLA, ANTON, STORM = (MemberKey(key) for key in ("karla", "anton", "storm"))
BF, BES, DU, SO = (AreaCode(code) for code in ("BF", "BES", "DU", "SO"))


def _withdraw(raw: Raw, member: str, day: str, *areas: str) -> None:
    line: Raw = {"date": day} | ({"areas": list(areas)} if areas else {})
    consent(raw, member).setdefault("withdrawn", []).append(line)


def test_every_holder_of_custody_and_every_youth_of_sixteen_must_say_yes() -> None:
    assert Consents.on(zamirandi(), TODAY).needed == (NADIRA, TARIQ, YASMIN)
    assert Consents.on(zamirandi(), date(2025, 4, 17)).needed == (NADIRA, TARIQ)


def test_another_adult_of_the_household_is_not_needed_for_the_gate() -> None:
    def add_partner(raw: Raw) -> None:
        raw["members"]["bo"] = {"name": "Bo Test", "role": "partner", "born": "1980-01-01"}

    family = zamirandi(add_partner)
    assert MemberKey("bo") not in Consents.on(family, TODAY).needed
    assert Consents.on(family, TODAY).gate is Gate.OPEN
    assert Consents.on(family, TODAY).shared_areas(MemberKey("bo")) == frozenset()


def test_the_gate_opens_on_the_day_of_the_last_signature() -> None:
    family = zamirandi()
    assert Consents.on(family, date(2026, 9, 21)).gate is Gate.CLOSED
    assert Consents.on(family, date(2026, 9, 22)).gate is Gate.OPEN


def test_a_family_without_consents_is_behind_a_closed_gate() -> None:
    family = zamirandi(lambda raw: raw.pop("consents"))
    assert Consents.on(family, TODAY).gate is Gate.CLOSED
    assert Consents.on(family, TODAY).missing == (NADIRA, TARIQ, YASMIN)
    assert not Consents.on(family, TODAY).is_withdrawn


def test_one_deleted_consent_closes_the_gate() -> None:
    family = zamirandi(lambda raw: raw["consents"].remove(consent(raw, "tariq")))
    assert Consents.on(family, TODAY).gate is Gate.CLOSED
    assert Consents.on(family, TODAY).missing == (TARIQ,)


def test_a_family_in_which_nobody_has_custody_stays_behind_the_gate() -> None:
    def drop_custody(raw: Raw) -> None:
        for key in ("nadira", "tariq"):
            del raw["members"][key]["custody"]

    assert Consents.on(zamirandi(drop_custody), TODAY).gate is Gate.CLOSED


def test_a_yes_without_areas_is_no_yes() -> None:
    family = zamirandi(lambda raw: consent(raw, "tariq").pop("areas"))
    assert Consents.on(family, TODAY).standing(TARIQ).answer is ConsentAnswer.NONE
    assert Consents.on(family, TODAY).gate is not Gate.OPEN


def test_areas_taken_back_are_gone_from_that_day() -> None:
    family = regnbuehoej()
    assert Consents.on(family, date(2026, 8, 17)).standing(ANTON).areas == {BF, SO}
    assert Consents.on(family, date(2026, 8, 18)).standing(ANTON).areas == {BF}
    assert Consents.on(family, date(2026, 8, 18)).gate is Gate.OPEN


def test_a_course_is_withdrawn_when_nobody_with_custody_is_left() -> None:
    family = regnbuehoej()
    assert not Consents.on(family, date(2026, 9, 7)).is_withdrawn
    assert Consents.on(family, date(2026, 9, 8)).is_withdrawn
    assert Consents.on(family, TODAY).gate is Gate.CLOSED
    assert Consents.on(family, TODAY).missing == ()


def test_one_parent_who_takes_everything_back_steps_out_and_closes_nothing_else() -> None:
    family = zamirandi(lambda raw: _withdraw(raw, "tariq", "2026-11-20"))
    assert Consents.on(family, TODAY).has_stepped_out(TARIQ)
    assert Consents.on(family, TODAY).gate is Gate.OPEN
    assert not Consents.on(family, TODAY).is_withdrawn
    assert Consents.on(family, TODAY).shared_areas(TARIQ) == frozenset()
    assert Consents.on(family, TODAY).shared_areas(SAMI) == frozenset()
    assert Consents.on(family, TODAY).shared_areas(NADIRA) == {BF, BES, DU, SO}


def test_taking_back_every_area_by_name_is_taking_back_all() -> None:
    family = zamirandi(lambda raw: _withdraw(raw, "tariq", "2026-11-20", "BF", "BES", "DU"))
    assert Consents.on(family, TODAY).standing(TARIQ).answer is ConsentAnswer.WITHDRAWN


def test_a_withdrawal_holds_for_older_forms_too() -> None:
    def renew_then_withdraw(raw: Raw) -> None:
        raw["consents"].append({"member": "tariq", "given": "2026-11-01", "areas": ["BF"]})
        raw["consents"][-1]["withdrawn"] = [{"date": "2026-11-10"}]

    family = zamirandi(renew_then_withdraw)
    assert Consents.on(family, TODAY).standing(TARIQ).areas == frozenset()


def test_a_withdrawal_written_at_the_old_form_holds_for_the_new_one() -> None:
    def renew(raw: Raw) -> None:
        raw["consents"].append({"member": "tariq", "given": "2026-11-01", "areas": ["BF", "DU"]})
        _withdraw(raw, "tariq", "2026-11-10", "DU")

    assert Consents.on(zamirandi(renew), TODAY).standing(TARIQ).areas == {BF}


def test_a_new_form_after_a_withdrawal_lets_share_again() -> None:
    def withdraw_and_renew(raw: Raw) -> None:
        _withdraw(raw, "tariq", "2026-10-10")
        raw["consents"].append({"member": "tariq", "given": "2026-11-01", "areas": ["BF", "DU"]})

    family = zamirandi(withdraw_and_renew)
    assert Consents.on(family, date(2026, 10, 15)).standing(TARIQ).areas == frozenset()
    assert Consents.on(family, TODAY).standing(TARIQ).areas == {BF, DU}


def test_the_newest_form_replaces_the_one_before() -> None:
    family = zamirandi(
        lambda raw: raw["consents"].append({"member": "nadira", "given": "2026-11-01", "areas": ["BF", "BES"]})
    )
    assert Consents.on(family, TODAY).standing(NADIRA).areas == {BF, BES}


def test_a_no_after_a_yes_is_a_withdrawal() -> None:
    family = zamirandi(lambda raw: raw["consents"].append({"member": "tariq", "refused": "2026-11-01"}))
    assert Consents.on(family, TODAY).standing(TARIQ).answer is ConsentAnswer.WITHDRAWN


def test_who_says_no_to_the_renewal_has_taken_back_what_stood_until_the_lapse() -> None:
    family = zamirandi(
        lambda raw: raw["consents"].append({"member": "tariq", "form_given": "2027-09-20", "refused": "2027-10-05"})
    )
    asked = date(2027, 10, 10)
    assert Consents.on(family, asked).gate is Gate.LAPSED
    for today, answer in ((date(2027, 10, 4), ConsentAnswer.GIVEN), (asked, ConsentAnswer.WITHDRAWN)):
        standing = before_lapse(family, today)
        assert standing is not None
        assert standing.standing(TARIQ).answer is answer
        assert bool(standing.shared_areas(SAMI)) is (answer is ConsentAnswer.GIVEN)


def test_the_days_of_taking_back_are_those_of_withdrawals_and_of_a_no_after_a_yes() -> None:
    def take_back(raw: Raw) -> None:
        consent(raw, "nadira")["withdrawn"] = [{"date": "2026-10-01", "areas": ["BF"]}]
        raw["consents"] += [{"member": "tariq", "refused": day} for day in ("2026-09-16", "2026-11-01")]

    assert days_of_taking_back(zamirandi(take_back)) == {date(2026, 10, 1), date(2026, 11, 1)}


def test_a_yes_after_a_no_is_a_yes() -> None:
    family = zamirandi(lambda raw: raw["consents"].append({"member": "tariq", "refused": "2026-09-16"}))
    assert Consents.on(family, date(2026, 9, 17)).standing(TARIQ).answer is ConsentAnswer.REFUSED
    assert Consents.on(family, TODAY).standing(TARIQ).answer is ConsentAnswer.GIVEN


def test_a_consent_is_good_for_twelve_months_and_its_last_day_counts() -> None:
    family = zamirandi()
    assert Consents.on(family, date(2027, 9, 22)).gate is Gate.OPEN
    assert Consents.on(family, date(2027, 9, 23)).gate is Gate.LAPSED
    assert Consents.on(family, date(2027, 9, 23)).lapsed == (NADIRA, TARIQ, YASMIN)
    assert Consents.on(family, date(2027, 9, 23)).missing == ()


def test_a_consent_with_a_last_day_of_its_own_ends_there() -> None:
    family = zamirandi(lambda raw: consent(raw, "tariq").update(until="2026-11-20"))
    assert Consents.on(family, date(2026, 11, 20)).standing(TARIQ).answer is ConsentAnswer.GIVEN
    assert Consents.on(family, TODAY).standing(TARIQ).answer is ConsentAnswer.EXPIRED
    assert Consents.on(family, TODAY).gate is Gate.LAPSED


def test_a_sixteenth_birthday_in_a_running_course_lapses_the_gate() -> None:
    def grow_up(raw: Raw) -> None:
        raw["members"]["sami"]["born"] = "2010-11-20"

    family = zamirandi(grow_up)
    assert Consents.on(family, date(2026, 11, 19)).gate is Gate.OPEN
    assert Consents.on(family, date(2026, 11, 20)).gate is Gate.LAPSED
    assert Consents.on(family, TODAY).missing == (SAMI,)


def test_what_a_child_signed_long_before_sixteen_does_not_count_after_it() -> None:
    def sign_early(raw: Raw) -> None:
        raw["members"]["sami"]["born"] = "2010-11-20"
        raw["consents"].append({"member": "sami", "given": "2026-08-19", "areas": ["BF"]})

    family = zamirandi(sign_early)
    assert Consents.on(family, TODAY).gate is Gate.LAPSED
    assert Consents.on(family, TODAY).shared_areas(SAMI) == frozenset()


@pytest.mark.parametrize(("answer", "gate"), [("given", Gate.OPEN), ("refused", Gate.LAPSED)])
def test_who_was_asked_in_good_time_before_sixteen_has_said_yes_but_not_no(answer: str, gate: Gate) -> None:
    def answer_in_good_time(raw: Raw) -> None:
        raw["members"]["sami"]["born"] = "2010-11-20"
        raw["consents"].append({"member": "sami", answer: "2026-09-22", "areas": ["BF"]})

    family = zamirandi(answer_in_good_time)
    assert Consents.on(family, date(2026, 11, 19)).gate is Gate.OPEN
    assert Consents.on(family, TODAY).gate is gate
    assert "sami" not in {member for member in family.members if Consents.on(family, TODAY).has_stepped_out(member)}


def test_two_sixteenth_birthdays_lapse_the_gate_no_further() -> None:
    def grow_up(raw: Raw) -> None:
        raw["members"]["sami"]["born"] = "2010-11-10"
        raw["members"]["lina"]["born"] = "2010-11-20"

    assert Consents.on(zamirandi(grow_up), TODAY).gate is Gate.LAPSED


def test_a_youth_who_was_sixteen_before_the_course_began_keeps_the_gate_closed() -> None:
    family = zamirandi(lambda raw: raw["consents"].remove(consent(raw, "yasmin")))
    assert Consents.on(family, TODAY).gate is Gate.CLOSED


def test_a_youth_who_says_no_at_sixteen_steps_out_of_a_running_course() -> None:
    def grow_up(raw: Raw) -> None:
        raw["members"]["sami"]["born"] = "2010-11-10"
        raw["consents"].append({"member": "sami", "form_given": "2026-11-10", "refused": "2026-11-12"})

    family = zamirandi(grow_up)
    assert Consents.on(family, TODAY).has_stepped_out(SAMI)
    assert Consents.on(family, TODAY).gate is Gate.OPEN
    assert Consents.on(family, TODAY).shared_areas(SAMI) == frozenset()


def test_what_is_shared_about_a_child_is_what_every_parent_with_custody_shares() -> None:
    assert Consents.on(zamirandi(), TODAY).shared_areas(SAMI) == {BF, BES, DU}
    assert Consents.on(regnbuehoej(), date(2026, 8, 1)).shared_areas(STORM) == {BF, SO}
    assert Consents.on(regnbuehoej(), date(2026, 8, 18)).shared_areas(STORM) == {BF}


def test_what_is_shared_about_a_youth_of_sixteen_is_her_own_word() -> None:
    def narrow(raw: Raw) -> None:
        consent(raw, "yasmin")["areas"] = ["DU"]

    assert Consents.on(zamirandi(narrow), TODAY).shared_areas(YASMIN) == {DU}


def test_what_a_consent_let_share_until_it_expired_is_known() -> None:
    day = date(2027, 9, 23)
    assert Consents.on(zamirandi(), day).shared_areas(NADIRA) == frozenset()
    assert Consents.on(zamirandi(), day).lapsed_areas(NADIRA) == {BF, BES, DU, SO}


def test_a_no_on_a_form_that_is_signed_later_binds_nobody_before_sixteen() -> None:
    def answer_twice(raw: Raw) -> None:
        raw["members"]["sami"]["born"] = "2010-12-20"
        raw["consents"].append({"member": "sami", "refused": "2026-11-10", "given": "2026-12-01", "areas": ["BF"]})

    consents = Consents.on(zamirandi(answer_twice), TODAY)
    assert consents.standing(SAMI).answer is ConsentAnswer.REFUSED
    assert (consents.stepped_out, consents.gate) == (frozenset(), Gate.OPEN)


def test_a_day_that_was_worked_out_is_not_worked_out_again() -> None:
    family = zamirandi()
    known: dict[date, Consents] = {}
    first = Consents.on(family, TODAY, known)
    assert Consents.on(family, TODAY, known) is first
    assert Consents.on(family, date(2026, 11, 22), known) is not first
