from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopdocs.cli.drafts import NewMeeting, add_meeting, member_key, next_family_id, scalar
from hopdocs.cli.family_edit import NoPlaceForIt
from hopdocs.model.meeting import MeetingType
from hopdocs.package_data import shipped_path
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family
from hopdocs.sources.yaml.yaml_text import parse_yaml
from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.model.config import Config

MEETING = NewMeeting("ekstra", MeetingType.OPFØLGNINGSMØDE, date(2027, 3, 16), time(10), time(11), "havoern")


def config() -> Config:
    found = parse_config(shipped_path("config.yaml").read_bytes(), "config.yaml").config
    assert found is not None
    return found


def added(text: str) -> str:
    return add_meeting(text, MEETING)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40).map(str.strip))
def test_any_text_reads_back_as_it_was(text: str) -> None:
    if not text:
        return
    source = parse_yaml(f"name: {scalar(text)}\n".encode(), "f.yaml")
    assert not source.diagnostics
    assert source.tree == {"name": text}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Familien Prøve", "Familien Prøve"),
        ("a: b", '"a: b"'),
        ("nej", '"nej"'),
        ("9999", '"9999"'),
        ("x #1", '"x #1"'),
    ],
)
def test_plain_text_stays_plain_and_the_rest_is_quoted(text: str, written: str) -> None:
    assert scalar(text) == written


def test_a_case_number_that_another_family_has_is_told_with_its_file(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    words = ("-w", root, "--today", "2026-11-21", "new", "family", "Familien Prøve", "--parent", "Ida", "29.2.1988")
    shown = run(*words, "--case-number", "26-012345")
    assert shown.code == 0, shown.err
    assert "the case number 26-012345 stands in families/hop-2026-007.yaml too" in shown.err
    assert "stands in" not in run(*words, "--case-number", "26-01234").err
    assert "stands in" not in run(*words).err


def test_a_meeting_while_the_family_has_another_is_told_at_once(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    words = ("-w", root, "--today", "2026-11-21", "new", "meeting", "HOP-2026-007", "opfølgningsmøde", "2027-03-16")
    first = run(*words)
    assert (first.code, first.err) == (0, "")
    again = run(*words)
    assert again.code == 0
    assert "the family has another meeting then (opfoelgning-2, opfølgningsmøde " in again.err


def test_the_next_id_follows_the_highest_of_the_year() -> None:
    assert next_family_id(["hop-2026-007", "hop-2025-090"], 2026) == "HOP-2026-008"
    assert next_family_id([], 2026) == "HOP-2026-001"


def test_two_of_one_first_name_get_two_keys() -> None:
    assert member_key("Ida Prøve", ["ida"]) == "ida-2"
    assert member_key("Null Prøve", []) == "null-2"  # YAML reads the word as nothing


def test_a_meeting_is_added_and_nothing_else_is_changed() -> None:
    for path in sorted(shipped_path("families").glob("*.yaml")):
        before = path.read_text(encoding="utf-8")
        after = added(before)
        rest = iter(after.splitlines())
        assert all(line in rest for line in before.splitlines()), path.name  # the old lines, in their order
        read = parse_family(after.encode(), path.name, config())
        assert read.family is not None
        assert read.family.meetings[-1].id == "ekstra"


def test_the_comment_over_what_follows_stays_with_it() -> None:
    text = added("id: X\nmeetings:\n  - id: a\n    type: b\n\n# The plan.\nplan:\n  shared_goal: c\n")
    assert "place: havoern\n\n# The plan.\nplan:" in text


def test_a_file_without_meetings_gets_a_list_before_the_plan() -> None:
    text = added("id: X\n\n# The plan.\nplan:\n  shared_goal: c\n")
    assert text.startswith("id: X\nmeetings:\n  - id: ekstra\n") or "\n\nmeetings:\n  - id: ekstra" in text
    assert text.endswith("# The plan.\nplan:\n  shared_goal: c\n")


def test_an_empty_list_is_begun() -> None:
    assert "meetings:\n  - id: ekstra\n" in added("id: X\nmeetings:\n")


def test_windows_line_ends_stay() -> None:
    text = added("id: X\r\nmeetings:\r\n  - id: a\r\n    type: b\r\n")
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "with the mark of Notepad"])
@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\u2028"])
@pytest.mark.parametrize("meetings", ["", "meetings:\n", "meetings:\n  - id: a\r\n    type: b\n"])
def test_no_character_that_was_there_goes_or_changes(start: str, end: str, meetings: str) -> None:
    before = f"{start}id: X\r\nname: a\u2028b: c\n{meetings}plan:\n  shared_goal: c{end}"
    after = added(before)
    at = next(place for place in range(len(after)) if not before.startswith(after[: place + 1]))
    assert before in {after[:cut] + after[cut + len(after) - len(before) :] for cut in range(at + 1)}
    assert "ekstra" in after


def test_a_list_on_one_line_is_left_alone() -> None:
    with pytest.raises(NoPlaceForIt):
        added("id: X\nmeetings: [{id: a, type: b}]\n")


def test_new_meeting_falls_by_the_familys_rhythm_where_it_met_last(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    shown = run("-w", root, "--today", "2026-11-21", "new", "meeting", "HOP-2026-007", "opf")
    assert shown.code == 0, shown.err
    read = parse_family((root / "families/hop-2026-007.yaml").read_bytes(), "f", config()).family
    assert read is not None
    meeting = read.meetings[-1]
    assert (meeting.id, meeting.date, meeting.place) == ("opfoelgning-2", date(2027, 3, 16), "havoern")
    assert meeting.children_as == "opfoelgning-1"
    assert meeting.interpreter is not None
    assert meeting.interpreter.language == "dari"


def test_new_family_is_read_without_a_fault_and_never_overwrites(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    words = (
        "-w",
        root,
        "--today",
        "2026-11-21",
        "new",
        "family",
        "Familien Prøve",
        "--parent",
        "Ida Prøve",
        "29.2.1988",
    )
    shown = run(*words, "--child", "Bo Prøve", "2015-06-01")
    assert shown.code == 0, shown.err
    assert shown.out == "families/hop-2026-008.yaml\n"
    read = parse_family((root / "families/hop-2026-008.yaml").read_bytes(), "f", config())
    assert read.family is not None
    assert list(read.family.members) == ["ida", "bo"]
    assert run(*words, "--id", "HOP-2026-008").code == 3


def test_a_family_that_is_not_there_is_asked_about(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    shown = run("-w", root, "new", "meeting", "HOP-2026-070", "interview")
    assert shown.code == 2
    assert "did you mean HOP-2026-007?" in shown.err


@pytest.mark.parametrize("words", [("", "Ida Prøve"), ("Familien Prøve", " ")])
def test_an_empty_name_is_refused_in_words(tmp_path: Path, words: tuple[str, str]) -> None:
    root = make_workspace(tmp_path / "ws")
    shown = run("-w", root, "new", "family", words[0], "--parent", words[1], "1988-02-29")
    assert shown.code == 2
    assert "the name is empty" in shown.err


def test_a_date_or_time_that_is_none_comes_with_the_mend(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    meeting = ("-w", root, "new", "meeting", "HOP-2026-007", "opfølgningsmøde")
    assert "31-06-2027 is no date; write 2026-11-24" in run(*meeting, "31-06-2027").err
    assert "25 is no time of day; write 10.00" in run(*meeting, "--start", "25").err


@pytest.mark.parametrize(
    ("name", "key"), [("Éa-Lou Å", "ea-lou"), ("Şirin", "sirin"), ("Åse Ø", "åse"), ("- x", "person")]
)
def test_a_key_keeps_the_letters_that_it_can(name: str, key: str) -> None:
    assert member_key(name, ()) == key


def test_a_key_is_never_too_long_for_an_id() -> None:
    keys: list[str] = []
    for _ in range(12):
        keys.append(member_key("a" * 80, keys))
    assert max(len(key) for key in keys) <= 64
