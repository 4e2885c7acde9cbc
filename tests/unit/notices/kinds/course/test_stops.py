"""When consent is taken back: whoever shared is told to stop, on that day, and not why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.notices.mail.message import plain_text
from hopdocs.notices.planning.reminders import reminder_notice
from hopdocs.notices.record import State
from hopdocs.notices.sending.outbox import Gates, MailPolicy
from tests.unit.notices.kinds.course.courses import asked_for, consent, data, mails, meeting, on_team, wanted
from tests.unit.notices.samples import DOMAIN, NOW, World

if TYPE_CHECKING:
    from hopdocs.notices.wanted import WantedFamily

TODAY = "2026-11-21"
ALL_OF_IT = [
    consent("signe", withdrawn=[{"date": "2026-11-21"}]),
    consent("jeppe", withdrawn=[{"date": "2026-11-21"}]),
]
HEALTH = [
    consent("signe", withdrawn=[{"date": "2026-11-21", "areas": ["SO"]}]),
    consent("jeppe", areas=["BF", "BES"]),
]
NIGHT = MailPolicy(allowed_domains=(DOMAIN,), hold_seconds=600, hours_start_minute=420, hours_end_minute=1020)


def stopped(**changes: Any) -> WantedFamily:
    return wanted(TODAY, **{"consents": ALL_OF_IT, **changes})


def test_all_of_the_team_and_the_coordinator_are_told_also_where_no_meeting_is_planned() -> None:
    told = mails("stop", TODAY, consents=ALL_OF_IT)
    assert set(told) == {"rri", "iik", "hha", "kko"}
    assert "Samarbejdet i sagen er stoppet. Del ikke flere oplysninger" in told["hha"]
    assert "Luk teamets adgang til sagen." in told["kko"]


def test_the_team_is_not_told_why() -> None:
    told = mails("stop", TODAY, consents=ALL_OF_IT)
    assert not [text for who, text in told.items() if who != "kko" and "samtykke" in text.casefold()]
    assert "Samtykket er trukket tilbage." in told["kko"]


def test_the_link_to_the_case_goes_to_those_alone_who_have_more_to_do_there() -> None:
    linked = {item.recipient.staff for item in asked_for("stop", TODAY, consents=ALL_OF_IT) if item.rows}
    assert linked == {"kko"}


def test_who_left_before_and_whose_area_was_in_no_consent_hear_nothing() -> None:
    team = [on_team("rri"), on_team("iik", "2026-09-01", "2026-11-20"), on_team("mmo"), on_team("bbl", TODAY, TODAY)]
    assert set(mails("stop", TODAY, consents=ALL_OF_IT, team=team)) == {"rri", "bbl", "kko"}


def test_the_steering_group_gets_a_number_that_does_not_say_which_course() -> None:
    told = asked_for("stopantal", TODAY, consents=ALL_OF_IT)
    assert [item.recipient.staff for item in told] == ["mmo", "tta"]
    notice = reminder_notice(told[0], [], "", NOW)
    assert plain_text(notice) == (
        "Hej Mette\n\nAntal forløb, der er stoppet: 1.\n\nVenlig hilsen\nFamilierådgivningen, Vesterlyng Kommune\n"
    )
    assert notice.kind.subject(notice) == "Et forløb er stoppet"
    assert told[0].reply_to == "hop@vesterlyng.example"


@pytest.mark.parametrize("days", [0, 12, 30])
def test_a_withdrawal_that_is_written_down_late_is_told_all_the_same(days: int) -> None:
    day = (NOW + timedelta(days=days)).date().isoformat()
    assert set(mails("stop", day, consents=ALL_OF_IT)) == {"rri", "iik", "hha", "kko"}


def test_one_of_long_ago_is_told_to_nobody() -> None:
    assert mails("stop", "2026-12-22", consents=ALL_OF_IT) == {}


def test_nothing_else_is_told_of_a_course_that_was_taken_back() -> None:
    waits = [{"area": "BES", "applied": "2026-09-26"}]
    told = stopped(
        waiting_times=waits, closing={"date": TODAY, "reason": "samtykket er trukket"}, start_date="2026-11-21"
    )
    assert {item.kind for item in told.reminders} == {"stop", "stopantal"}


@pytest.mark.parametrize("hour", [2, 12, 22])
def test_no_hour_keeps_it_but_it_waits_for_edits_to_settle(hour: int) -> None:
    world = World(now=NOW.replace(hour=hour))
    family = stopped()
    world.save_families(family)
    world.ledger.start(world.now)
    gates = Gates.of(NIGHT, [family])
    assert {row.hold.code if row.hold else "" for row in world.outbox(gates).rows() if is_stop(row)} == {"HD437"}
    world.pass_time(minutes=11)
    assert {row.hold.code if row.hold else "" for row in world.outbox(gates).rows() if is_stop(row)} == {""}


def test_a_hold_on_the_family_keeps_it_until_the_line_is_gone() -> None:
    world = World(now=NOW)
    family = stopped(notices="hold")
    world.save_families(family)
    world.ledger.start(world.now)
    world.pass_time(minutes=11)
    assert all(row.hold for row in world.outbox(Gates.of(NIGHT, [family])).rows() if is_stop(row))
    let_go = stopped()
    world.save_families(let_go)
    world.pass_time(minutes=11)
    assert not any(row.hold for row in world.outbox(Gates.of(NIGHT, [let_go])).rows() if is_stop(row))


def is_stop(row: Any) -> bool:
    return bool(row.record.kind.name == "stop")


def test_one_that_is_taken_back_before_it_left_is_not_told() -> None:
    world = World()
    assert world.save_families(stopped())
    world.pass_time(minutes=5)
    world.save_families(wanted(TODAY))
    assert world.deliver() == []
    assert {item.reason for item in world.ledger.in_state(State.DROPPED)} == {"no longer wanted"}


def test_it_is_told_once_though_its_day_is_put_right_and_the_file_is_edited() -> None:
    world = World()
    world.save_families(stopped())
    assert len(world.deliver()) == 6
    earlier = [{**line, "withdrawn": [{"date": "2026-11-19"}]} for line in ALL_OF_IT]
    world.save_families(stopped(consents=earlier, case_number="26-000032"))
    assert world.deliver() == []
    world.pass_time(days=20)
    world.save_families(wanted("2026-12-11", consents=earlier))
    assert world.deliver() == []


def test_a_second_course_that_is_taken_back_is_told_anew() -> None:
    world = World()
    world.save_families(stopped())
    world.deliver()
    world.pass_time(days=2)
    again = [*ALL_OF_IT, *(consent(who, given="2026-11-22") for who in ("signe", "jeppe"))]
    world.save_families(wanted("2026-11-22", consents=again))
    world.deliver()
    both = [{**line, "withdrawn": [{"date": "2026-11-23"}]} for line in again]
    world.save_families(wanted("2026-11-23", consents=both))
    assert {told.email for told in world.deliver() if told.kind == "stop"} == {"rri", "iik", "hha", "kko"}


def test_an_area_that_is_taken_back_closes_its_own_people_out_and_tells_nobody_else() -> None:
    told = mails("fagomraadestop", TODAY, consents=HEALTH)
    assert set(told) == {"hha", "kko"}
    assert "Del ikke flere oplysninger" in told["hha"]
    assert told["kko"] == "Luk adgangen til sagen for Hanne Havgus."
    assert mails("stop", TODAY, consents=HEALTH) == {}


def test_who_leaves_the_team_on_that_day_gets_that_mail_alone() -> None:
    team = [on_team("rri"), on_team("iik"), on_team("hha", "2026-09-01", TODAY, "signe")]
    told = wanted(TODAY, consents=HEALTH, team=team)
    assert [item.kind for item in told.reminders if item.recipient.staff == "hha"] == ["fagomraadestop"]


def test_where_another_still_lets_the_area_share_about_whom_she_serves_nobody_is_closed_out() -> None:
    team = [on_team("rri"), on_team("iik"), on_team("hha", "2026-09-01", None, "signe", "jeppe")]
    one = [HEALTH[0], consent("jeppe")]
    assert mails("fagomraadestop", TODAY, consents=one, team=team) == {}
    assert set(mails("fagomraadestop", TODAY, consents=one)) == {"hha", "kko"}


def test_one_parent_who_takes_everything_back_closes_out_who_was_there_for_her_alone() -> None:
    out = [consent("signe", withdrawn=[{"date": TODAY}]), consent("jeppe", areas=["BF", "BES"])]
    assert set(mails("fagomraadestop", TODAY, consents=out)) == {"hha", "kko"}


def test_the_calendar_and_the_mail_say_the_same_day() -> None:
    planned = stopped(meetings=[meeting("opfølgningsmøde", "2026-12-01")])
    (calendar,) = planned.meetings
    assert {item.email.partition("@")[0] for item in calendar.barred} == {"rri", "iik", "hha"}
    assert {item.due.isoformat() for item in planned.reminders} == {TODAY}


def test_the_family_of_these_tests_has_nobody_whose_name_a_mail_may_hold() -> None:
    words = [person["name"] for person in data()["members"].values()]
    texts = [plain_text(reminder_notice(item, [], "", NOW)) for item in stopped().reminders]
    assert not [text for text in texts if any(word in text for word in words)]
