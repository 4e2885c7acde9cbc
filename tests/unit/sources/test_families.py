from __future__ import annotations

import unicodedata
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hopdocs.diagnostics import Blocks, Finding, Severity
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import FamilySource, parse_family, place_findings

if TYPE_CHECKING:
    from hopdocs.model.config import Config

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "golden" / "diagnostics"
PATH = "families/hop-2026-007.yaml"
BASE = (CASES / "faultless" / "input.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def config() -> Config:
    read = parse_config((CASES / "config.yaml").read_bytes(), "config.yaml")
    assert read.config is not None
    return read.config


def _parse(text: str, config: Config) -> FamilySource:
    return parse_family(text.encode(), PATH, config)


def _codes(source: FamilySource) -> list[str]:
    return [fault.code for fault in source.diagnostics]


def test_a_faultless_file_becomes_a_family(config: Config) -> None:
    read = _parse(BASE, config)
    assert read.diagnostics == []
    assert read.family is not None
    assert read.family_id == "HOP-2026-007"
    meeting = read.family.meetings[0]
    assert (meeting.date, meeting.start) == (date(2026, 11, 24), time(10, 0))
    assert read.family.plan is not None
    assert read.family.plan.activities[0].hours_per_week == Decimal("1.5")


def test_every_sample_family_is_faultless() -> None:
    settings = parse_config((ROOT / "config.yaml").read_bytes(), "config.yaml")
    assert settings.diagnostics == []
    assert settings.config is not None
    for path in sorted((ROOT / "families").glob("*.yaml")):
        read = parse_family(path.read_bytes(), f"families/{path.name}", settings.config)
        assert read.diagnostics == [], path.name
        assert read.family is not None


def test_a_fault_stops_the_family_and_its_id_is_still_known(config: Config) -> None:
    read = _parse(BASE.replace("staff: rri", "staff: rrr"), config)
    assert read.family is None
    assert read.family_id == "HOP-2026-007"


def test_a_warning_does_not_stop_the_family(config: Config) -> None:
    read = _parse(BASE.replace("place: havoern", "place: Skolen, lokale #4"), config)
    assert _codes(read) == ["HD115"]
    assert read.family is not None


def test_a_missing_key_is_not_told_where_lines_could_not_be_read(config: Config) -> None:
    read = _parse(BASE.replace("name: Familien Zamirandi", "name Familien Zamirandi"), config)
    assert _codes(read) == ["HD171"]


def test_the_key_that_was_meant_is_not_missing_too(config: Config) -> None:
    read = _parse(BASE.replace("members:", "membres:"), config)
    assert "HD122" not in _codes(read)
    assert [fault.params.get("suggestion") for fault in read.diagnostics if fault.code == "HD121"] == ["members"]


def test_names_are_checked_in_a_file_that_the_model_refuses(config: Config) -> None:
    read = _parse(BASE.replace("date: 2026-11-24", "date: snart").replace("for: [nadira]}", "for: [nadia]}"), config)
    assert _codes(read) == ["HD151", "HD130"]


@pytest.mark.parametrize("word", ["for_: [sami]", "from_: 2026-10-06"])
def test_a_name_of_the_code_is_no_key(word: str, config: Config) -> None:
    read = _parse(BASE.replace("{staff: rri, from: 2026-10-06, for: [sami]}", "{staff: rri, " + word + "}"), config)
    assert read.family is None
    assert "HD121" in _codes(read)


def test_somebody_outside_may_be_responsible_by_full_name(config: Config) -> None:
    assert _parse(BASE.replace("responsible: ppa", "responsible: Farbror Karim"), config).diagnostics == []
    assert _parse(BASE.replace("responsible: ppa", "responsible: nadira"), config).diagnostics == []


@pytest.mark.parametrize("place", ["Biblioteket, Storegade 2", "biblioteket", "home:nadira", "ternen"])
def test_a_place_may_be_an_id_a_home_or_free_text(place: str, config: Config) -> None:
    assert _parse(BASE.replace("place: havoern", f"place: {place}"), config).diagnostics == []


def test_a_meeting_may_not_inherit_in_a_circle(config: Config) -> None:
    second = (
        "  - id: nummer-to\n    type: opfølgningsmøde\n    date: 2027-01-19\n    start: 10.00\n    end: 11.00\n"
        "    place: ternen\n    children_as: familieplan\n\nplan:\n"
    )
    text = BASE.replace("\nplan:\n", second).replace("place: havoern", "place: havoern\n    children_as: nummer-to")
    assert _codes(_parse(text, config)) == ["HD160", "HD160"]


def test_a_number_shaped_like_a_cpr_is_told_wherever_it_stands_and_never_repeated(config: Config) -> None:
    born, tail = "730112", "1234"
    text = BASE.replace("role: child", f"role: {born}{tail}") + f"# {born}-{tail}\n{born}{tail}: x\n"
    read = _parse(text, config)
    assert _codes(read).count("HD127") == 3
    assert not any("73011" in value for fault in read.diagnostics for value in fault.params.values())
    assert read.family is None


def test_a_finding_of_a_rule_is_placed_with_its_weight(config: Config) -> None:
    read = _parse(BASE, config)
    finding = Finding("HD203", ("team", 1, "staff"), {"staff": "iik"}, Severity.WARNING, Blocks.NOTHING)
    (placed,) = place_findings([finding], read.source)
    assert (placed.path, placed.line, placed.column, placed.length) == (PATH, 16, 13, 3)
    assert (placed.severity, placed.blocks) == (Severity.WARNING, Blocks.NOTHING)


def test_an_unreadable_file_tells_only_that(config: Config) -> None:
    for data, code in ((b"", "HD103"), (b"- a\n", "HD104"), (BASE.encode("cp1252"), "HD101")):
        assert _codes(parse_family(data, PATH, config)) == [code]


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (BASE.encode("utf-16-le"), "HD101", "UTF-16"),
        (BASE.encode("utf-16-be"), "HD101", "UTF-16"),
        (f"Ærø: {BASE}".encode("utf-16-le"), "HD101", "UTF-16"),
        (b"{\\rtf1\\ansi\\ansicpg1252 id: HOP-2026-007}", "HD500", "RTF"),
        (b"PK\x03\x04\x14\x00" + b"\xff\x00" * 200_000, "HD500", ".docx, .odt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "HD500", ".doc"),
    ],
)
def test_a_file_of_another_kind_is_told_by_its_kind(config: Config, data: bytes, code: str, said: str) -> None:
    [told] = parse_family(data, PATH, config).diagnostics
    assert (told.code, *told.params.values()) == (code, said)


def test_a_fault_in_one_block_hides_no_unknown_name_in_another(config: Config) -> None:
    text = BASE.replace("for: [nadira]}", "for: [nadia]}").replace("shared_goal: En", "shared_goal: Mål: en")
    assert _codes(_parse(text, config)) == ["HD151", "HD116"]


def test_names_of_a_block_that_could_not_be_read_are_not_checked(config: Config) -> None:
    read = _parse(BASE.replace("sami: {name: Sami", "sami {name: Sami"), config)
    assert _codes(read) == ["HD171"]


def test_names_of_a_misspelled_block_are_not_checked(config: Config) -> None:
    assert _codes(_parse(BASE.replace("members:", "membres:"), config)) == ["HD121"]


def test_letters_that_a_mac_stores_in_two_parts_are_the_same_letters(config: Config) -> None:
    text = BASE.replace("\nname: ", "\nname: Åse Ærø ", 1)
    split = _parse(unicodedata.normalize("NFD", text), config)
    assert split.diagnostics == []
    assert split.family == _parse(text, config).family


@pytest.mark.parametrize(
    "mark", ["\N{ZERO WIDTH SPACE}", "\N{WORD JOINER}", "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{POP DIRECTIONAL ISOLATE}"]
)
def test_marks_that_nobody_can_see_make_no_difference(mark: str, config: Config) -> None:
    spoiled = "".join(mark + line if line[:1].isalpha() else line for line in BASE.splitlines(keepends=True))
    read = _parse(spoiled.replace("-11-", f"-11{mark}-"), config)
    assert read.diagnostics == []
    assert read.family == _parse(BASE, config).family


def test_persian_and_emoji_keep_the_joiners_that_they_are_written_with(config: Config) -> None:
    name = "می\N{ZERO WIDTH NON-JOINER}خواهم 👨\N{ZERO WIDTH JOINER}👩"
    read = _parse(BASE.replace("\nname: ", f"\nname: {name} ", 1), config)
    assert read.family is not None
    assert read.family.name.startswith(name)


def test_empty_quotes_say_as_little_as_nothing_does(config: Config) -> None:
    read = _parse(BASE + 'follow_up: {every_weeks: 8, reason: ""}\n', config)
    assert read.diagnostics == []
    assert read.family is not None
    assert read.family.follow_up is not None
    assert read.family.follow_up.reason is None
    assert _codes(_parse(BASE.replace("\nname: ", '\nname: "" # ', 1), config)) == ["HD123"]


def test_an_id_that_cannot_be_one_gives_no_file_its_name(config: Config) -> None:
    read = _parse(BASE.replace("id: HOP-2026-007", "id: ../../etc/passwd", 1), config)
    assert _codes(read) == ["HD143"]


def test_a_pasted_sentence_with_a_colon_is_no_key_that_is_unknown(config: Config) -> None:
    (fault,) = _parse(f"{BASE}\nog skolen siger: vi kan ikke mere\n", config).diagnostics
    assert (fault.code, fault.params["text"]) == ("HD116", "og skolen siger: …")
