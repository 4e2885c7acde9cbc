from __future__ import annotations

import pytest

from hopdocs.model.family import Family
from hopdocs.model.meeting import Meeting
from hopdocs.model.people import Contact, Member
from hopdocs.sources.vocabulary import find_home, keys_of, model_at, suggest_key


@pytest.mark.parametrize(
    ("at", "model"),
    [
        ((), Family),
        (("meetings", 3), Meeting),
        (("members", "nadira"), Member),
        (("members", "nadira", "contact"), Contact),
        (("contact",), Contact),
        (("name",), None),
        (("nothing", "here"), None),
    ],
)
def test_the_model_of_a_mapping_is_found_by_its_path(at: tuple[str | int, ...], model: type | None) -> None:
    assert model_at(Family, at) is model


def test_keys_are_those_of_the_file_not_of_the_code() -> None:
    assert "for" in keys_of(model_at(Family, ("cases", 0)) or Family)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("navn", "name"),
        ("Navn", "name"),
        ("tovholdr", "tovholder"),
        ("case-number", "case_number"),
        ("Case Number", "case_number"),
        ("startdato", "start_date"),
        ("møder", "meetings"),
        ("“name”", "name"),
        ("samtykke", "consents"),
        ("vejr", ""),
    ],
)
def test_a_key_is_suggested_by_its_name_or_its_danish_title(written: str, meant: str) -> None:
    assert suggest_key(Family, written) == meant


def test_a_key_at_the_wrong_level_is_told_where_it_belongs() -> None:
    assert find_home(Family, "postcode") == "contact"
    assert find_home(Family, "hours_per_week") == "plan.activities"
    assert find_home(Family, "vejr") == ""
