"""What a course asks of somebody on certain days: draws, registrations, waits, and what its end asks for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.notice_switches import NoticeSwitches
from hopdocs.notices.kinds.table import KINDS
from hopdocs.notices.planning.invitations import wanted_family
from hopdocs.notices.wanted import SHORT_MAIL
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family
from tests.unit.documents.example import load_config
from tests.unit.notices.kinds.course.courses import asked_for, consent, mails, meeting, on_team, wanted
from tests.unit.notices.samples import World

if TYPE_CHECKING:
    from hopdocs.model.config import Config

ROOT = Path(__file__).parents[5]
ACTIVE: dict[str, Any] = {"meetings": [meeting("familieplansmøde", "2026-10-20")]}
CLOSING: dict[str, Any] = {
    "closing": {"date": "2026-11-20", "reason": "målene er nået"},
    "consents": [consent("signe"), consent("jeppe")],
}
OFFICERS = {"data-bf", "data-bes", "data-so"}


def config_with(**changes: Any) -> Config:
    return load_config().model_copy(update=changes)


ASKING = config_with(finance_department="oekonomi@vesterlyng.example", closing_survey="https://svar.example/hop")


@pytest.mark.parametrize(
    ("today", "says"),
    [
        ("2027-03-23", "6 måneder efter start skal trækkes tirsdag den 6. april."),
        ("2027-04-06", "6 måneder efter start skal trækkes nu."),
        ("2027-04-20", "skulle være trukket tirsdag den 6. april. Tallene mangler endnu."),
    ],
)
def test_a_data_draw_is_reminded_of_before_on_and_after_its_day(today: str, says: str) -> None:
    told = mails("datatraek", today)
    assert set(told) == {"kko", *OFFICERS}
    assert all(says in text for text in told.values())
    assert "Send antallet af ydelser i Beskæftigelse til Kamma Korsedderkop." in told["data-bes"]


def test_data_officers_of_areas_without_work_or_consent_hear_nothing_of_the_family() -> None:
    narrow = [consent("signe", areas=["BF", "BES", "DU"]), consent("jeppe", areas=["BF", "BES", "DU"])]
    assert set(mails("datatraek", "2027-04-06", consents=narrow)) == {"kko", "data-bf", "data-bes"}


def test_a_draw_that_was_made_asks_for_nothing_and_one_on_a_day_off_is_asked_for_on_the_next() -> None:
    made = {"services": [{"date": "2027-04-01", "counts": {"BF": 1}}]}
    assert mails("datatraek", "2027-04-06", measurements=made) == {}
    assert {item.due.isoformat() for item in asked_for("datatraek", "2026-11-16", start_date="2026-05-16")} == {
        "2026-11-16"
    }


def test_one_who_answers_for_several_areas_gets_one_mail() -> None:
    areas = {
        code: area.model_copy(update={"data_officer": "data@vesterlyng.example"})
        for code, area in load_config().areas.items()
    }
    told = asked_for("datatraek", "2027-04-06", config_with(areas=areas))
    assert [item.recipient.email for item in told] == ["kko@vesterlyng.example", "data@vesterlyng.example"]


def test_years_of_draws_that_nobody_made_are_no_flood() -> None:
    assert mails("datatraek", "2029-06-01", start_date="2026-10-06") == {}


def test_after_the_end_only_the_last_draw_is_asked_for() -> None:
    told = mails("datatraek", "2026-11-20", **CLOSING)
    assert set(told) == {"kko", *OFFICERS}
    assert all("ved afslutningen" in text for text in told.values())


def monthly() -> Config:
    config = load_config()
    return config.model_copy(update={"deadlines": config.deadlines.model_copy(update={"monthly_registration": True})})


def test_on_the_first_working_day_the_tovholder_is_asked_to_register_where_the_project_does_so_monthly() -> None:
    assert mails("registrering", "2026-11-30", monthly(), **ACTIVE) == {}
    assert list(mails("registrering", "2026-12-01", monthly(), **ACTIVE)) == ["rri"]
    days = {item.due.isoformat() for item in asked_for("registrering", "2026-11-03", monthly(), **ACTIVE)}
    assert days == {"2026-11-02"}
    assert mails("registrering", "2026-12-01", **ACTIVE) == {}


def test_nobody_is_asked_to_register_twice_a_month_nor_what_is_written_already() -> None:
    world = World(now=World().now.replace(month=12, day=1))
    for day in ("2026-12-01", "2026-12-02", "2026-12-04"):
        world.save_families(wanted(day, monthly(), **ACTIVE))
        told = [item for item in world.deliver() if item.kind == "registrering"]
        assert len(told) == (day == "2026-12-01")
    written = {"indicators": [{"key": "skolefravær", "for": ["malthe"], "month": "2026-11", "value": 31}]}
    assert mails("registrering", "2026-12-01", monthly(), measurements=written, **ACTIVE) == {}


def test_the_mail_says_of_each_what_is_missing_and_no_name() -> None:
    config = monthly().model_copy(update={"indicators_used": ("skolefravær", "a_job", "v_sundhed")})
    text = mails("registrering", "2026-12-01", config, **ACTIVE)["rri"]
    assert "Skriv tallene for november 2026 ind." in text
    assert "Mangler: Voksen 1: Arbejde, helbred." in text
    assert "Fravær" in text
    assert not any(name in text for name in ("Signe", "Malthe", "signe", "malthe"))


def test_who_writes_some_of_a_months_figures_is_not_asked_for_the_others_in_another_mail() -> None:
    config = monthly().model_copy(update={"indicators_used": ("skolefravær", "a_job")})
    world = World(now=World().now.replace(month=12, day=1))
    world.save_families(wanted("2026-12-01", config, **ACTIVE))
    assert [item.kind for item in world.deliver()] == ["registrering"]
    some = {"indicators": [{"key": "a_job", "for": ["signe"], "month": "2026-11", "value": 20}]}
    world.save_families(wanted("2026-12-02", config, measurements=some, **ACTIVE))
    assert [item.kind for item in world.deliver()] == []


def test_a_course_that_rests_or_has_not_begun_asks_for_no_registration() -> None:
    assert mails("registrering", "2026-12-01", monthly()) == {}
    resting = [{"from": "2026-11-25", "to": "2026-12-20"}]
    assert mails("registrering", "2026-12-01", monthly(), pauses=resting, **ACTIVE) == {}


def test_a_wait_that_lasts_too_long_is_brought_to_the_coordinator_once() -> None:
    wait = {"area": "BES", "applied": "2026-09-26", "consequence": "Signe kan ikke begynde i praktik."}
    assert mails("ventetid", "2026-11-19", waiting_times=[wait]) == {}
    told = mails("ventetid", "2026-11-23", waiting_times=[wait])
    assert list(told) == ["kko"]
    assert "I Beskæftigelse er der ventet i over 56 dage på en afgørelse." in told["kko"]
    assert "praktik" not in told["kko"]
    world = World()
    world.pass_time(days=2)
    world.save_families(wanted("2026-11-23", waiting_times=[wait]))
    assert [item.kind for item in world.deliver()] == ["ventetid"]
    world.save_families(wanted("2026-11-24", waiting_times=[{**wait, "consequence": "Signe venter stadig."}]))
    assert world.deliver() == []


@pytest.mark.parametrize(
    "wait",
    [
        {"area": "BES", "applied": "2026-09-26", "granted": "2026-11-20"},
        {"area": "HP", "applied": "2026-09-26"},
        {"area": "BES", "applied": "2025-06-16"},
    ],
    ids=["ended", "without consent", "forgotten"],
)
def test_a_wait_that_is_over_or_no_business_of_the_team_is_brought_to_nobody(wait: dict[str, Any]) -> None:
    assert mails("ventetid", "2026-11-23", waiting_times=[wait]) == {}


def test_at_the_end_the_team_gets_the_survey_and_the_tovholder_is_reminded_of_the_interview() -> None:
    told = mails("afsluttet", "2026-11-20", ASKING, **CLOSING)
    assert set(told) == {"rri", "iik", "hha"}
    assert all("Spørgeskema https://svar.example/hop" in text for text in told.values())
    assert [who for who, text in told.items() if "afsluttende interview" in text] == ["rri"]
    done = mails("afsluttet", "2026-11-20", ASKING, **CLOSING, measurements={"final_interview": "2026-11-18"})
    assert not [text for text in done.values() if "interview" in text]
    unwanted = {"final_interview_declined": {"date": "2026-11-18", "reason": "ønskede ikke"}}
    declined = mails("afsluttet", "2026-11-20", ASKING, **CLOSING, measurements=unwanted)
    assert not [text for text in declined.values() if "interview" in text or "ønskede" in text]


def test_without_a_survey_the_team_is_told_of_the_end_alone() -> None:
    told = mails("afsluttet", "2026-11-20", **CLOSING)
    assert told["iik"] == "Forløbet i sagen er afsluttet fra fredag den 20. november."


def test_finance_is_asked_for_the_months_of_the_course_and_told_no_more() -> None:
    (mail,) = asked_for("udgifter", "2026-11-20", ASKING, **CLOSING)
    assert mail.recipient.email == "oekonomi@vesterlyng.example"
    assert mail.rows == (("Fra", "oktober 2026"), ("Til og med", "november 2026"))
    assert mail.reply_to == "kko@vesterlyng.example"


def test_without_an_address_of_finance_the_coordinator_is_asked_to_ask() -> None:
    told = mails("udgifter", "2026-11-20", **CLOSING)
    assert list(told) == ["kko"]
    assert told["kko"].startswith("Bed økonomiafdelingen om udgifterne i sagen")


def test_a_family_that_moved_is_told_of_to_team_and_coordinator_and_nothing_is_asked() -> None:
    told = mails("afsluttet", "2026-11-20", ASKING, moved_away="2026-11-20")
    assert set(told) == {"rri", "iik", "hha", "kko"}
    assert not [text for text in told.values() if "interview" in text or "svar" in text.casefold()]
    assert mails("udgifter", "2026-11-20", ASKING, moved_away="2026-11-20") == {}


def test_an_end_of_weeks_ago_is_told_to_nobody() -> None:
    assert mails("afsluttet", "2026-12-05", ASKING, **CLOSING) == {}
    assert mails("udgifter", "2026-12-05", ASKING, **CLOSING) == {}


@pytest.mark.parametrize("name", sorted(NoticeSwitches.model_fields))
def test_each_switch_turns_off_one_kind(name: str) -> None:
    others = {field: field != name for field in NoticeSwitches.model_fields}
    off = [kind for kind in KINDS if not kind.is_on(NoticeSwitches(**others))]
    assert len(off) == 1
    assert off[0].wanted is not None


def test_only_invitations_and_what_mail_itself_makes_have_no_switch() -> None:
    nothing = NoticeSwitches(**dict.fromkeys(NoticeSwitches.model_fields, False))
    assert not [kind.name for kind in KINDS if kind.wanted is not None and kind.is_on(nothing)]


def test_a_kind_that_is_turned_off_is_not_wanted() -> None:
    config = load_config()
    assert config.mail is not None
    off = config.mail.notices.model_copy(update={"data_draw": False})
    quiet = config.model_copy(update={"mail": config.mail.model_copy(update={"notices": off})})
    assert mails("datatraek", "2027-04-06", quiet) == {}
    assert mails("datatraek", "2027-04-06") != {}


@pytest.mark.parametrize("stem", ["hop-2025-003", "hop-2026-002", "hop-2026-007", "hop-2026-009"])
def test_years_of_sample_courses_make_no_flood_on_the_day_of_the_demo(stem: str) -> None:
    config = parse_config((ROOT / "config.yaml").read_bytes(), "config.yaml").config
    assert config is not None
    family = parse_family((ROOT / f"families/{stem}.yaml").read_bytes(), f"families/{stem}.yaml", config).family
    assert family is not None
    told = wanted_family(FamilyDay.on(family, config, date(2026, 11, 21))).reminders
    assert {item.kind for item in told} <= {SHORT_MAIL}


def test_who_has_left_the_municipality_gets_no_mail() -> None:
    config = load_config()
    left = {"to": date(2026, 11, 1)}
    staff = {key: person.model_copy(update=left if key == "iik" else {}) for key, person in config.staff.items()}
    told = mails("afsluttet", "2026-11-20", config_with(staff=staff), **CLOSING)
    assert set(told) == {"rri", "hha"}


def test_a_family_that_runs_without_a_hitch_makes_no_mail_on_a_day_like_others() -> None:
    assert wanted("2026-12-15", team=[on_team("rri"), on_team("iik")], **ACTIVE).reminders == ()
