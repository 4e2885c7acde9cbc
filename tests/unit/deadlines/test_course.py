from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hopdocs.deadlines.course import DeadlineKind, deadlines_of
from hopdocs.domain.family_day import FamilyDay
from tests.unit.rules.samples import TODAY, config, consent, meeting, regnbuehoej, zamirandi

if TYPE_CHECKING:
    from hopdocs.deadlines.course import Deadline
    from hopdocs.model.family import Family
    from tests.unit.rules.samples import Raw


def _by_key(family: Family, today: date = TODAY) -> dict[str, Deadline]:
    return {item.key: item for item in deadlines_of(FamilyDay.on(family, config(), today))}


def test_deadlines_come_soonest_first_and_each_once() -> None:
    found = deadlines_of(FamilyDay.on(zamirandi(), config(), TODAY))
    assert [item.due for item in found] == sorted(item.due for item in found)
    assert len({item.key for item in found}) == len(found)


def test_no_title_names_anybody() -> None:
    names = {
        word for family in (zamirandi(), regnbuehoej()) for one in family.members.values() for word in one.name.split()
    }
    titles = " ".join(item.title for item in deadlines_of(FamilyDay.on(zamirandi(), config(), TODAY)))
    assert not any(name in titles for name in names)


def test_before_consent_there_are_only_the_reminders_of_it() -> None:
    family = zamirandi(lambda raw: consent(raw, "tariq").pop("given"))
    assert {key: item.due for key, item in _by_key(family).items()} == {
        "consent_reminder_1:tariq": date(2026, 9, 29),
        "consent_reminder_2:tariq": date(2026, 10, 13),
    }


def test_each_reminder_that_was_handed_over_closes_its_own_day() -> None:
    def edit(raw: Raw) -> None:
        consent(raw, "tariq").pop("given")
        line = {"document": "samtykke-paamindelse", "to": ["tariq"], "how": "paper"}
        raw["deliveries"] = [line | {"date": "2026-09-30"}, line | {"to": ["nadira"], "date": "2026-10-14"}]

    found = _by_key(zamirandi(edit))
    done = [found[f"consent_reminder_{number}:tariq"].done for number in (1, 2)]
    assert done == [date(2026, 9, 30), None]


def test_data_draws_are_counted_in_months_from_the_start() -> None:
    found = _by_key(zamirandi())
    assert found["data_draw_0"].done == date(2026, 10, 6)
    assert [found[f"data_draw_{months}"].due for months in (6, 12, 18)] == [
        date(2027, 4, 6), date(2027, 10, 6), date(2028, 4, 6),
    ]  # fmt: skip
    assert found["data_draw_6"].who == "kko"


def test_the_missing_part_of_the_assessment_is_overdue_for_whoever_owes_it() -> None:
    late = {key: item.who for key, item in _by_key(zamirandi()).items() if item.is_overdue(TODAY)}
    assert late["assessment:SO"] == "ssk"
    assert "assessment:BF" not in late


def test_an_invitation_with_interpreter_leaves_three_weeks_before() -> None:
    found = _by_key(zamirandi())
    assert found["invitation:opfoelgning-1"].due == date(2026, 12, 29)
    assert found["interpreter:familieplan"].done == date(2026, 10, 28)

    def speak_danish(raw: Raw) -> None:
        for key in ("nadira", "tariq"):
            del raw["members"][key]["interpreter"]

    assert _by_key(zamirandi(speak_danish))["invitation:opfoelgning-1"].due == date(2027, 1, 5)


def test_a_delivery_is_what_makes_an_invitation_done() -> None:
    handed_over: Raw = {
        "document": "invitation",
        "meeting": "familieplan",
        "to": ["nadira"],
        "date": "2026-11-02",
        "how": "paper",
    }
    family = zamirandi(lambda raw: raw.update(deliveries=[handed_over]))
    assert _by_key(family)["invitation:familieplan"].done == date(2026, 11, 2)


def test_follow_up_has_a_target_and_a_limit() -> None:
    found = _by_key(zamirandi(), date(2026, 12, 1))
    assert found["follow_up_target"].due == date(2027, 1, 19)
    assert found["follow_up_limit"].due == date(2027, 11, 24)


def test_a_rhythm_of_the_family_s_own_is_followed() -> None:
    family = zamirandi(lambda raw: raw.update(follow_up={"every_weeks": "4"}))
    assert _by_key(family, date(2026, 12, 1))["follow_up_target"].nominal == date(2026, 12, 22)


def test_while_a_course_rests_nobody_is_asked_to_follow_up() -> None:
    family = zamirandi(lambda raw: raw.update(pauses=[{"from": "2026-12-01", "to": "2026-12-31"}]))
    assert "follow_up_target" not in _by_key(family, date(2026, 12, 10))
    assert _by_key(family, date(2027, 1, 4))["follow_up_target"].nominal == date(2027, 2, 19)


def test_minutes_are_due_five_working_days_after_the_meeting() -> None:
    assert _by_key(zamirandi(), date(2026, 11, 25))["minutes:familieplan"].due == date(2026, 12, 1)


def _out(minutes: Raw | None, *lines: Raw) -> date | None:
    """When the familieplansmøde's papers were out, by what was written and handed over."""

    def edit(raw: Raw) -> None:
        if minutes is not None:
            meeting(raw, "familieplan").update(minutes=minutes)
        raw["deliveries"] = [{"to": ["nadira"], "how": "paper", **line} for line in lines]

    return _by_key(zamirandi(edit), date(2026, 12, 5))["minutes:familieplan"].done


def test_minutes_and_plan_are_out_once_both_were_handed_over_and_not_when_somebody_approves_them() -> None:
    approved: Raw = {"approved": "2026-11-30"}
    referat: Raw = {"document": "referat", "meeting": "familieplan", "date": "2026-12-01"}
    plan: Raw = {"document": "familieplan", "date": "2026-12-02"}
    assert _out(approved) is None
    assert _out(approved, referat) is None
    assert _out(approved, plan) is None
    assert _out(approved, referat, plan) == date(2026, 12, 2)
    assert _out(approved, referat, plan | {"date": "2026-11-23"}) is None


def test_where_nobody_wrote_minutes_the_plan_says_what_came_of_the_meeting() -> None:
    assert _out(None, {"document": "familieplan", "date": "2026-11-27"}) == date(2026, 11, 27)
    assert _out(None) is None


def test_what_came_of_a_later_meeting_settles_an_older_one() -> None:
    def edit(raw: Raw) -> None:
        meeting(raw, "familieplan").update(minutes={"approved": "2026-11-30"})
        raw["deliveries"] = [{"document": "familieplan", "to": ["nadira"], "how": "paper", "date": "2027-01-21"}]

    found = _by_key(zamirandi(edit), date(2027, 1, 25))
    assert [found[f"minutes:{name}"].done for name in ("familieplan", "opfoelgning-1")] == [date(2027, 1, 21)] * 2


def test_a_first_follow_up_for_a_child_is_law_and_moves_back_from_a_day_off() -> None:
    def for_child(raw: Raw) -> None:
        raw["plan"]["activities"][1].update(area="BF", responsible="rri", start="2026-10-10")

    item = _by_key(zamirandi(for_child))["first_follow_up:akt"]
    assert (item.kind, item.nominal, item.due) == (DeadlineKind.LAW, date(2027, 1, 10), date(2027, 1, 8))
    assert item.done == date(2026, 11, 10)


def test_birthdays_are_listed_some_months_ahead_and_then_gone() -> None:
    assert "birthday_18:yasmin" in _by_key(zamirandi(), date(2026, 11, 21))
    assert "birthday_18:yasmin" not in _by_key(zamirandi(), date(2026, 10, 6))
    assert "birthday_18:yasmin" not in _by_key(zamirandi(), date(2027, 4, 19))


def test_nobody_is_late_for_a_birthday_on_a_sunday_that_is_still_to_come() -> None:
    def grow_up(raw: Raw) -> None:
        raw["members"]["sami"]["born"] = "2011-11-22"

    deadline = _by_key(zamirandi(grow_up), date(2026, 11, 21))["birthday_15:sami"]
    assert deadline.due == date(2026, 11, 22)
    assert not deadline.is_overdue(date(2026, 11, 21))


def test_a_consent_with_health_information_must_be_renewed_by_law() -> None:
    found = _by_key(zamirandi(), date(2027, 9, 1))
    assert found["consent_renewal:nadira"].kind is DeadlineKind.LAW
    assert found["consent_renewal:tariq"].kind is DeadlineKind.LOCAL
    assert "consent_renewal:nadira" not in _by_key(zamirandi())


def test_after_the_end_only_the_last_interview_and_data_draw_are_left() -> None:
    found = _by_key(regnbuehoej())
    assert set(found) == {"data_draw_final", "final_interview"}
    assert not found["data_draw_final"].is_overdue(TODAY)


def test_a_family_that_does_not_want_the_last_interview_leaves_nobody_late() -> None:
    def decline(raw: Raw) -> None:
        raw["measurements"]["final_interview_declined"] = {"date": "2026-09-08", "reason": "ønskede ikke"}

    assert _by_key(regnbuehoej())["final_interview"].is_overdue(TODAY)
    assert not _by_key(regnbuehoej(decline))["final_interview"].is_overdue(TODAY)


def test_a_long_wait_is_brought_to_the_steering_group() -> None:
    wait = {"activity": "smerter", "area": "SO", "applied": "2026-09-01"}
    item = _by_key(zamirandi(lambda raw: raw.update(waiting_times=[wait])))["waiting_time:smerter"]
    assert (item.due, item.is_overdue(TODAY)) == (date(2026, 10, 27), True)


def test_after_the_last_signature_the_team_meets_within_three_weeks() -> None:
    item = _by_key(zamirandi(lambda raw: raw.pop("meetings")))["introduction"]
    assert (item.due, item.who) == (date(2026, 10, 13), "kko")
    held = _by_key(zamirandi())["introduction"]
    assert (held.due, held.done) == (date(2026, 10, 13), date(2026, 10, 6))


def test_a_form_signed_again_does_not_move_the_introduction_that_was_held() -> None:
    def sign_again(raw: Raw) -> None:
        raw["consents"].append({**consent(raw, "nadira"), "given": "2026-11-01"})

    assert _by_key(zamirandi(sign_again))["introduction"].due == date(2026, 10, 13)


def test_the_network_is_drawn_before_the_plan_and_asked_for_until_somebody_stands_in_it() -> None:
    item = _by_key(zamirandi(lambda raw: raw.pop("network")))["network"]
    assert (item.due, item.done, item.who) == (date(2026, 11, 24), None, "iik")
    assert "network" not in _by_key(zamirandi())


def test_an_open_ended_activity_is_taken_up_again_on_its_day() -> None:
    def keep_open(raw: Raw) -> None:
        raw["plan"]["activities"][1].update(end="løbende", review="2027-02-01")
        raw["plan"]["status"].append({"goal": "skole", "date": "2027-02-02", "progress": "nået"})

    item = _by_key(zamirandi(keep_open))["review:akt"]
    assert (item.due, item.done, item.who) == (date(2027, 2, 1), date(2027, 2, 2), "ppa")


def test_an_answer_that_is_a_no_is_not_asked_for_again() -> None:
    def refuse(raw: Raw) -> None:
        line = consent(raw, "tariq")
        line["refused"] = line.pop("given")

    assert _by_key(zamirandi(refuse)) == {}


def test_a_formoede_that_was_cancelled_asks_nobody_for_their_part() -> None:
    family = zamirandi(lambda raw: meeting(raw, "formoede").update(status="cancelled", reason="Sygdom"))
    assert not any(key.startswith("assessment:") for key in _by_key(family))


def test_a_moved_meeting_is_told_to_everyone_invited_by_the_next_working_day() -> None:
    def move(raw: Raw) -> None:
        told = {"nadira": "2026-11-20", "tariq": "2026-11-20"}
        meeting(raw, "familieplan")["moved"] = [{"from": "2026-11-23 10.00", "on": "2026-11-20", "told": told}]

    family = zamirandi(move)
    assert (_by_key(family)["told:familieplan"].due, _by_key(family)["told:familieplan"].done) == (
        date(2026, 11, 23),
        None,
    )

    def tell_yasmin(raw: Raw) -> None:
        move(raw)
        meeting(raw, "familieplan")["moved"][0]["told"]["yasmin"] = "2026-11-21"

    assert _by_key(zamirandi(tell_yasmin))["told:familieplan"].done == date(2026, 11, 21)


def test_the_family_has_the_agenda_five_working_days_before_but_of_an_interview_there_is_none() -> None:
    found = _by_key(zamirandi())
    assert found["agenda:familieplan"].due == date(2026, 11, 17)
    handed_over: Raw = {
        "document": "dagsorden",
        "meeting": "familieplan",
        "to": ["nadira"],
        "date": "2026-11-16",
        "how": "paper",
    }
    assert _by_key(zamirandi(lambda raw: raw.update(deliveries=[handed_over])))["agenda:familieplan"].done == date(
        2026, 11, 16
    )
    interview = zamirandi(lambda raw: meeting(raw, "familieplan").update(type="interview"))
    assert "agenda:familieplan" not in _by_key(interview)


def test_a_tenth_birthday_is_listed_a_month_ahead() -> None:
    family = zamirandi(lambda raw: raw["members"]["lina"].update(born="2016-12-10"))
    assert _by_key(family)["birthday_10:lina"].due == date(2026, 12, 10)
    assert "birthday_10:lina" not in _by_key(family, date(2026, 11, 9))


def test_the_first_count_in_its_time_is_the_draw() -> None:
    def count(raw: Raw) -> None:
        raw["measurements"]["services"] = [
            {"date": day, "counts": {"BF": 1}} for day in ("2027-04-20", "2027-03-06", "2027-09-06")
        ]

    found = _by_key(zamirandi(count))
    assert found["data_draw_6"].done == date(2027, 3, 6)
    assert found["data_draw_12"].done == date(2027, 9, 6)
    assert found["data_draw_0"].done is None


def test_what_the_family_does_itself_is_for_the_tovholder_to_bring_up() -> None:
    def run_it_themselves(raw: Raw) -> None:
        raw["plan"]["activities"][2].update(responsible="nadira", end="løbende", review="2026-12-01")

    found = _by_key(zamirandi(run_it_themselves))["review:smerter"]
    assert (found.who, found.due) == ("iik", date(2026, 12, 1))


def test_a_family_without_a_team_two_weeks_after_consent_is_late() -> None:
    def edit(raw: Raw) -> None:
        raw["team"], raw["tovholder"], raw["meetings"], raw["assessment"] = [], [], [], []

    found = _by_key(zamirandi(edit), date(2026, 10, 7))
    assert found["team"].due == date(2026, 10, 6)
    assert found["team"].is_overdue(date(2026, 10, 7))
    assert found["team"].who == "kko"


def test_the_teams_call_is_a_deadline_only_while_somebody_holds_it_back() -> None:
    held = zamirandi(lambda raw: meeting(raw, "opfoelgning-1").update(notices="hold"))
    assert "team_call:opfoelgning-1" not in _by_key(zamirandi())
    assert _by_key(held)["team_call:opfoelgning-1"].due == date(2027, 1, 11)
    assert "team_call:familieplan" not in _by_key(held)


def test_a_childs_plan_is_ready_three_months_after_it_was_decided_by_law() -> None:
    def edit(raw: Raw) -> None:
        raw["plan"]["sector_plans"] = [
            {"kind": "barnets_plan", "area": "BF", "for": ["sami"], "relation": "særskilt", "decided": "2026-11-30"},
            {"kind": "ungeplan", "area": "BF", "for": ["yasmin"], "relation": "særskilt", "decided": "2026-09-01",
             "ready": "2026-11-20"},
        ]  # fmt: skip

    found = _by_key(zamirandi(edit))
    plan, youth = found["sector_plan:barnets_plan:0"], found["sector_plan:ungeplan:1"]
    assert (plan.nominal, plan.due, plan.kind, plan.who) == (
        date(2027, 2, 28), date(2027, 2, 26), DeadlineKind.LAW, "rri",
    )  # fmt: skip
    assert (youth.due, youth.done) == (date(2026, 12, 1), date(2026, 11, 20))


def test_a_youths_plan_counts_from_the_sixteenth_birthday_in_the_course() -> None:
    def edit(raw: Raw) -> None:
        raw["members"]["yasmin"]["born"] = "2010-11-10"

    assert _by_key(zamirandi(edit))["sector_plan:ungeplan:1"].due == date(2027, 2, 10)
    assert "sector_plan:ungeplan:1" not in _by_key(zamirandi()), "she was sixteen long before the course began"


def test_an_examination_of_a_child_takes_at_most_four_months_by_law() -> None:
    def edit(raw: Raw) -> None:
        raw["cases"][0]["examination"] = {"since": "2026-09-30"}

    found = next(item for key, item in _by_key(zamirandi(edit)).items() if key.startswith("examination:"))
    assert (found.nominal, found.due, found.kind) == (date(2027, 1, 30), date(2027, 1, 29), DeadlineKind.LAW)


def test_the_months_figures_are_due_on_the_first_working_day_where_the_project_writes_them_monthly() -> None:
    def monthly(raw: Raw) -> None:
        raw["deadlines"]["monthly_registration"] = "ja"

    def measured(raw: Raw) -> None:
        raw["measurements"]["indicators"] = [{"key": "skolefravær", "month": "2027-01", "value": "12"}]

    today = date(2027, 2, 3)
    key = "monthly_registration:2027-01"
    late = {item.key: item for item in deadlines_of(FamilyDay.on(zamirandi(), config(monthly), today))}
    written = {item.key: item for item in deadlines_of(FamilyDay.on(zamirandi(measured), config(monthly), today))}
    assert (late[key].due, late[key].is_overdue(today)) == (date(2027, 2, 1), True)
    assert not written[key].is_overdue(today)
    assert key not in _by_key(zamirandi(), today)


def test_a_closing_that_is_written_after_a_withdrawal_moves_no_last_draw() -> None:
    def stop_and_close(raw: Raw) -> None:
        for line in raw["consents"]:
            line["withdrawn"] = [{"date": "2026-11-10"}]
        raw["closing"] = {"date": "2026-11-20", "reason": "samtykket er trukket"}

    found = _by_key(zamirandi(stop_and_close))
    assert {item.due for item in found.values()} == {date(2026, 11, 10)}


def test_the_task_of_a_month_is_done_when_all_is_written_that_is_asked_and_says_what_is_not() -> None:
    def monthly(raw: Raw) -> None:
        raw["deadlines"]["monthly_registration"] = "ja"
        raw["indicators_used"] = ["skolefravær", "a_behandling"]

    def title(*lines: tuple[str, str]) -> tuple[str, bool]:
        def measured(raw: Raw) -> None:
            raw["measurements"]["indicators"] = [
                {"key": key, "for": [member], "month": "2027-01", "value": "12"} for key, member in lines
            ]

        on = FamilyDay.on(zamirandi(measured), config(monthly), date(2027, 2, 3))
        found = next(item for item in deadlines_of(on) if item.key == "monthly_registration:2027-01")
        return found.title, found.done is not None

    children = [("skolefravær", key) for key in ("yasmin", "sami", "lina", "omar")]
    adults = [("a_behandling", key) for key in ("nadira", "tariq")]
    assert title(*children, *adults) == ("Månedens tal skrives (01-2027)", True)
    assert title(*children[1:], *adults[1:]) == (
        "Månedens tal skrives (01-2027). Mangler: Voksen 1: helbred; Barn 1: Fravær fra skole eller dagtilbud",
        False,
    )


def test_an_interview_is_called_what_one_calls_it() -> None:
    def interview(raw: Raw) -> None:
        raw["meetings"][-1]["type"] = "interview"

    titles = [item.title for item in _by_key(zamirandi(interview)).values()]
    assert "Familien har invitationen til samtalen" in titles
