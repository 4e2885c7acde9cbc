"""The team is asked how it works together once it has met, and told who stayed away from two meetings in a row."""

from __future__ import annotations

from typing import Any

import pytest

from hopdocs.model.measurement import SurveyLinks
from tests.unit.documents.example import load_config
from tests.unit.notices.kinds.course.courses import consent, mails, meeting, on_team, wanted
from tests.unit.notices.samples import World

ASKING = load_config().model_copy(update={"opening_survey": "https://svar.example/start"})
INTRO = meeting("introduktionsmøde", "2026-11-17")
AWAY: dict[str, Any] = {"attendance": {"absent": ["iik"]}}
TWICE = [meeting("introduktionsmøde", "2026-11-03", **AWAY), meeting("fagligt formøde", "2026-11-17", **AWAY)]


def quiet(**switches: bool) -> Any:
    mail = ASKING.mail
    assert mail is not None
    return ASKING.model_copy(
        update={"mail": mail.model_copy(update={"notices": mail.notices.model_copy(update=switches)})}
    )


def test_the_team_gets_the_survey_once_when_it_has_met() -> None:
    assert mails("spoergeskema", "2026-11-16", ASKING, meetings=[INTRO]) == {}
    told = mails("spoergeskema", "2026-11-18", ASKING, meetings=[INTRO])
    assert set(told) == {"rri", "iik", "hha"}
    assert all("Spørgeskema https://svar.example/start" in text for text in told.values())
    world = World()
    for day in ("2026-11-18", "2026-11-20"):
        world.save_families(wanted(day, ASKING, meetings=[INTRO]))
        assert len([item for item in world.deliver() if item.kind == "spoergeskema"]) == (3 if "18" in day else 0)


@pytest.mark.parametrize("config", [load_config(), quiet(opening_survey=False)], ids=["no survey", "turned off"])
def test_without_a_survey_or_where_it_is_turned_off_nobody_is_asked(config: Any) -> None:
    assert mails("spoergeskema", "2026-11-18", config, meetings=[INTRO]) == {}


def test_neither_long_after_the_meeting_nor_an_area_that_nobody_lets_share() -> None:
    assert mails("spoergeskema", "2026-12-10", ASKING, meetings=[INTRO]) == {}
    narrow = [consent("signe", areas=["BF", "BES"]), consent("jeppe", areas=["BF", "BES"])]
    assert set(mails("spoergeskema", "2026-11-18", ASKING, meetings=[INTRO], consents=narrow)) == {"rri", "iik"}


def test_who_has_left_the_team_since_gets_no_survey_about_it() -> None:
    team = [on_team("rri"), on_team("iik", "2026-09-01", "2026-11-18"), on_team("hha")]
    assert set(mails("spoergeskema", "2026-11-18", ASKING, meetings=[INTRO], team=team)) == {"rri", "iik", "hha"}
    assert set(mails("spoergeskema", "2026-11-19", ASKING, meetings=[INTRO], team=team)) == {"rri", "hha"}


@pytest.mark.parametrize("kind", ["spoergeskema", "familieskema"])
@pytest.mark.parametrize(
    "ended", [{"withdrawn": [{"date": "2026-11-19"}]}, {"until": "2026-11-18"}], ids=["taken back", "lapsed"]
)
def test_once_no_consent_stands_any_more_nobody_is_mailed_a_survey(kind: str, ended: dict[str, Any]) -> None:
    """The link to it has the case's number, and the tovholder would ask the family."""
    lines = [consent(member, **ended) for member in ("signe", "jeppe")]
    links = SurveyLinks(staff_start="https://svar.example/s", family_start="https://svar.example/{case_number}")
    config = load_config().model_copy(update={"surveys": links})
    assert mails(kind, "2026-11-18", config, meetings=[INTRO], consents=lines)
    assert mails(kind, "2026-11-19", config, meetings=[INTRO], consents=lines) == {}


def test_who_was_away_twice_in_a_row_hears_of_it_and_so_does_the_tovholder() -> None:
    told = mails("fravaer", "2026-11-18", meetings=TWICE)
    assert set(told) == {"iik", "rri"}
    days = "tirsdag den 3. november og tirsdag den 17. november"
    assert told["iik"].startswith(f"Du var ikke med til møderne {days}.")
    assert told["rri"].startswith("Ingolf Iskrystal var ikke med")


def test_once_is_not_twice_and_old_absences_are_no_news() -> None:
    assert mails("fravaer", "2026-11-18", meetings=[INTRO | AWAY]) == {}
    assert mails("fravaer", "2026-12-10", meetings=TWICE) == {}
    assert mails("fravaer", "2026-11-18", quiet(absence=False), meetings=TWICE) == {}


def test_it_is_told_once_and_a_third_meeting_is_another_matter() -> None:
    world = World()
    third = meeting("familieplansmøde", "2026-11-20", **AWAY)
    for day, meetings, number in (
        ("2026-11-18", TWICE, 2), ("2026-11-19", TWICE, 0), ("2026-11-21", [*TWICE, third], 2),
    ):  # fmt: skip
        world.save_families(wanted(day, meetings=meetings))
        assert len([item for item in world.deliver() if item.kind == "fravaer"]) == number, day
