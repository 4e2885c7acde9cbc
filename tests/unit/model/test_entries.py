"""The entries of the YAML files, read from text as the sources hand it over."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from hopdocs.model.config import Config, Law
from hopdocs.model.family import Family
from hopdocs.model.meeting import Meeting, MeetingStatus, MeetingType
from hopdocs.model.people import Member, Role
from hopdocs.model.plan import Activity, Decision, OpenEnd


def family(**more: Any) -> Family:
    return Family.model_validate(
        {
            "id": "HOP-2026-100",
            "name": "Familien Prøve",
            "start_date": "2026-01-05",
            "members": {"ida": {"name": "Ida Prøve", "role": "mor", "born": "29.2.1988"}},
        }
        | more
    )


def test_danish_and_english_words_are_one_value() -> None:
    read = [Meeting.model_validate(_meeting(status=word)).status for word in ("aflyst", "cancelled", "Aflyst")]
    assert read == [MeetingStatus.CANCELLED] * 3
    assert family().members["ida"].role is Role.PARENT  # type: ignore[index]  # a plain text as key


@pytest.mark.parametrize("written", ["14.00-15.30", "kl. 14 – 15.30", "14:00 til 15:30", "fra kl. 14 til kl. 15.30"])
def test_a_meetings_beginning_and_end_may_stand_in_one_line(written: str) -> None:
    given = _meeting(start=written)
    del given["end"]
    read = Meeting.model_validate(given)
    assert (read.start, read.end) == (time(14), time(15, 30))


def test_a_span_beside_an_end_is_refused() -> None:
    with pytest.raises(ValidationError, match="HD133"):
        Meeting.model_validate(_meeting(start="14.00-15.00", end="16.00"))


def _meeting(**more: str) -> dict[str, Any]:
    return {
        "id": "møde",
        "type": "opfølgningsmøde",
        "date": "2026-11-24",
        "start": "10.00",
        "end": "11.00",
        "place": "ternen",
    } | more


def test_a_key_without_a_value_counts_as_not_written() -> None:
    assert Meeting.model_validate(_meeting() | {"message": None}).message is None


def test_a_short_agenda_line_is_a_point() -> None:
    meeting = Meeting.model_validate(_meeting() | {"agenda": ["Velkomst", {"point": "Mål", "minutes": "15"}]})
    assert [(line.point, line.minutes) for line in meeting.agenda] == [("Velkomst", None), ("Mål", 15)]


def test_family_takes_no_part_in_the_professionals_own_meetings() -> None:
    without = {kind for kind in MeetingType if not kind.is_for_family}
    assert without == {MeetingType.INTRODUKTIONSMØDE, MeetingType.FAGLIGT_FORMØDE}


def test_age_turns_on_the_birthday_and_leap_days_on_the_first_of_march() -> None:
    ida = family().members["ida"]  # type: ignore[index]  # a plain text as key
    assert [ida.age_on(day) for day in (date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29))] == [37, 38, 40]


def test_an_activity_may_be_open_ended() -> None:
    raw = {
        "id": "a",
        "goal": "g",
        "area": "BF",
        "responsible": "rri",
        "for": ["ida"],
        "what": "Støtte",
        "start": "2026-01-01",
        "decision": "granted",
        "hours_per_week": "1,5",
    }
    open_ended = Activity.model_validate(raw | {"end": "løbende"})
    closed = Activity.model_validate(raw | {"end": "30.6.2026"})
    assert (open_ended.end, open_ended.last_day, closed.last_day) == (OpenEnd.LØBENDE, None, date(2026, 6, 30))
    assert (closed.decision, closed.hours_per_week) == (Decision.BEVILGET, Decimal("1.5"))


def test_the_team_of_a_day_counts_first_and_last_day() -> None:
    course = family(team=[{"staff": "rri", "from": "2026-01-05", "to": "2026-02-01"}])
    on_team = [bool(course.team_on(date(2026, *day))) for day in ((1, 4), (1, 5), (2, 1), (2, 2))]
    assert on_team == [False, True, True, False]


def test_the_latest_tovholder_line_counts_and_an_ended_one_leaves_nobody() -> None:
    course = family(
        tovholder=[
            {"staff": "rri", "from": "2026-01-05", "chosen_by": "team"},
            {"staff": "iik", "from": "2026-03-01", "to": "2026-04-01", "chosen_by": "familien"},
        ]
    )
    names = [getattr(course.tovholder_on(date(2026, *day)), "staff", None) for day in ((1, 4), (2, 1), (3, 1))]
    assert names == [None, "rri", "iik"]


def test_every_fault_of_an_entry_is_told_at_once_with_its_path() -> None:
    with pytest.raises(ValidationError) as refused:
        Family.model_validate(
            {
                "id": "x y",
                "name": ["a"],
                "start_date": "mandag 24.11.2026",
                "members": {"ida": {"nam": "Ida", "role": "barm", "born": "31.2.2020"}},
            }
        )
    found = {(".".join(str(step) for step in fault["loc"]), fault["type"]) for fault in refused.value.errors()}
    assert found == {
        ("id", "HD143"),
        ("name", "HD120"),
        ("start_date", "HD131"),
        ("members.ida.name", "missing"),
        ("members.ida.nam", "extra_forbidden"),
        ("members.ida.role", "HD147"),
        ("members.ida.born", "HD132"),
    }


def test_values_are_frozen() -> None:
    member = Member.model_validate({"name": "Ida", "role": "child", "born": "2020-01-01"})
    with pytest.raises(ValidationError):
        member.name = "Eva"  # type: ignore[misc]  # what the test is about


def test_a_law_reference_counts_its_first_and_last_day() -> None:
    law = Law.model_validate({"text": "lov § 1", "from": "2024-01-01", "to": "2026-12-31"})
    assert [law.is_valid_on(date(*day)) for day in ((2023, 12, 31), (2024, 1, 1), (2026, 12, 31), (2027, 1, 1))] == [
        False,
        True,
        True,
        False,
    ]


def test_absence_counts_its_last_day(config_entries: dict[str, Any]) -> None:
    config = Config.model_validate(
        config_entries | {"absences": [{"staff": "rri", "from": "2026-11-23", "to": "2026-12-04"}]}
    )
    days = (date(2026, 11, 22), date(2026, 12, 4), date(2026, 12, 5))
    assert [config.is_absent(next(iter(config.staff)), day) for day in days] == [False, True, False]


@pytest.fixture
def config_entries() -> dict[str, Any]:
    return {
        "municipality": {
            "name": "Vesterlyng Kommune",
            "unit": "Familierådgivningen",
            "address": "Opdigtvej 1, 9999 Vesterlyng",
            "phone": "00001200",
            "email": "hop@vesterlyng.example",
        },
        "areas": {"BF": {"name": "Børn og Familie"}},
        "staff": {
            "rri": {"name": "Rigmor Rimfrost", "title": "rådgiver", "area": "BF", "email": "rri@vesterlyng.example"}
        },
        "project_coordinator": "rri",
    }
