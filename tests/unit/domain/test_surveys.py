"""Who is asked which survey when, when its answers are in, and who sees to it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.deadlines.course import deadlines_of
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.surveys import Moment, survey_rounds, team_survey_url
from hopdocs.model.indicators import Subject
from hopdocs.model.measurement import SurveyLinks
from hopdocs.sources.families import parse_family
from tests.unit.documents.example import load_config
from tests.unit.notices.kinds.course.courses import data, mails, meeting, wanted
from tests.unit.notices.samples import World

if TYPE_CHECKING:
    from hopdocs.model.config import Config

NAMES = ("family_start", "family_end", "staff_start", "staff_end")
LINKS = SurveyLinks(**{name: f"https://svar.example/{name}?sag={{case_number}}" for name in NAMES})
ASKING = load_config().model_copy(update={"surveys": LINKS})
MET: dict[str, Any] = {"meetings": [meeting("introduktionsmøde", "2026-10-20")]}
ENDED: dict[str, Any] = MET | {"closing": {"date": "2027-03-19", "reason": "målene er nået"}}


def on(today: str, config: Config = ASKING, **changes: Any) -> FamilyDay:
    read = parse_family(json.dumps(data(**changes)).encode(), "families/hop-2026-031.yaml", config)
    assert read.family is not None, read.diagnostics
    return FamilyDay.on(read.family, config, date.fromisoformat(today))


def answer(key: str, month: str) -> dict[str, Any]:
    return {"measurements": {"indicators": [{"key": key, "month": month, "value": 4}]}}


def open_rounds(today: str, **changes: Any) -> set[tuple[str, str]]:
    return {
        (item.subject.value, item.moment.value) for item in survey_rounds(on(today, **changes)) if not item.is_answered
    }


def test_nobody_is_asked_before_the_team_has_met_and_then_each_by_the_case() -> None:
    assert not list(survey_rounds(on("2026-10-19", **MET)))
    found = {item.subject: item for item in survey_rounds(on("2026-10-21", **MET))}
    assert found[Subject.FAMILIE].url == "https://svar.example/family_start?sag=26-000031"
    assert found[Subject.MEDARBEJDER].on == date(2026, 10, 20)


def test_at_the_end_both_are_asked_again() -> None:
    whole = {(who, when) for who in ("familie", "medarbejder") for when in ("start", "slut")}
    assert open_rounds("2027-03-20", **ENDED) == whole


@pytest.mark.parametrize(
    ("key", "month", "answered"),
    [
        ("f_oplevelse_2", "2026-10", ("familie", "start")),
        ("m_oplevelse_5", "2026-11", ("medarbejder", "start")),
        ("f_oplevelse_1", "2027-03", ("familie", "slut")),
        ("m_oplevelse_6", "2027-01", ("medarbejder", "slut")),
        ("f_kontakt", "2027-03", ("", "")),
    ],
)
def test_an_answer_counts_for_the_survey_that_lay_nearest(key: str, month: str, answered: tuple[str, str]) -> None:
    before = open_rounds("2027-03-20", **ENDED)
    assert open_rounds("2027-03-20", **ENDED, **answer(key, month)) == before - {answered}


def test_the_tovholder_sees_to_the_familys_answers_and_the_coordinator_to_the_teams() -> None:
    found = {item.key: item for item in deadlines_of(on("2026-10-21", **MET)) if item.key.startswith("survey_")}
    assert {key: (item.who, item.nominal, item.done) for key, item in found.items()} == {
        "survey_familie_start": ("rri", date(2026, 11, 17), None),
        "survey_medarbejder_start": ("kko", date(2026, 11, 17), None),
    }
    answered = deadlines_of(on("2026-10-21", **MET, **answer("m_oplevelse_5", "2026-10")))
    assert [item.key for item in answered if item.key.startswith("survey_") and item.done is None] == [
        "survey_familie_start"
    ]
    ended = {item.key for item in deadlines_of(on("2027-03-20", **ENDED)) if item.key.startswith("survey_")}
    assert ended == {"survey_familie_slut", "survey_medarbejder_slut"}


def test_a_link_of_the_older_kind_is_mailed_and_nobody_waits_for_its_answers() -> None:
    older = load_config().model_copy(update={"opening_survey": "https://svar.example/start?sag={case_number}"})
    day = on("2026-10-21", older, **MET)
    assert team_survey_url(day, Moment.START) == "https://svar.example/start?sag=26-000031"
    assert not list(survey_rounds(day))


def test_the_team_and_the_tovholder_get_the_links_by_mail_at_both_ends() -> None:
    assert set(mails("spoergeskema", "2026-10-21", ASKING, **MET)) == {"rri", "iik", "hha"}
    assert mails("familieskema", "2026-10-21", ASKING, **MET) == {
        "rri": "Familien skal svare på et spørgeskema, før planen laves. Giv dem linket, eller svar sammen med dem. "
        "Spørgeskema https://svar.example/family_start?sag=26-000031"
    }
    told = mails("afsluttet", "2027-03-20", ASKING, **ENDED)
    assert all("https://svar.example/staff_end?sag=26-000031" in text for text in told.values())
    assert "family_end" in mails("familieskema", "2027-03-20", ASKING, **ENDED)["rri"]


def test_no_mail_once_the_answers_are_in_or_long_after() -> None:
    assert mails("familieskema", "2026-10-21", ASKING, **MET, **answer("f_oplevelse_1", "2026-10")) == {}
    assert mails("familieskema", "2026-11-20", ASKING, **MET) == {}
    assert mails("familieskema", "2026-10-21", **MET) == {}


def test_the_link_leaves_once() -> None:
    world = World()
    for day in ("2026-11-18", "2026-11-20"):
        world.save_families(wanted(day, ASKING, meetings=[meeting("introduktionsmøde", "2026-11-17")]))
        assert len([item for item in world.deliver() if item.kind == "familieskema"]) == (1 if "18" in day else 0)
