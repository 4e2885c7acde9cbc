from __future__ import annotations

import pytest

from hopdocs.sources.yaml.yaml_text import parse_yaml

MEMBERS = (
    "members:\n  anna:\n    name: A\n    role: parent\n    born: 1990-01-01\n  bo:\n    name: B\n    role: child\n"
)
TEAM = "team:\n  - {staff: a}\n  - {staff: b}\n  - {staff: c}\n"


def _told(text: str) -> list[tuple[str, int]]:
    return [(fault.code, fault.line) for fault in parse_yaml(text.encode(), "x.yaml").diagnostics]


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("    role: parent", "   role: parent", 4),
        ("    role: parent", "     role: parent", 4),
        ("    name: A", "     name: A", 3),
        ("    name: A", "   name: A", 3),
        ("    born: 1990", "  born: 1990", 5),
        ("  bo:", "   bo:", 6),
    ],
)
def test_the_line_to_move_is_told_once(right: str, wrong: str, line: int) -> None:
    assert right in MEMBERS
    told = _told(MEMBERS.replace(right, wrong, 1))
    assert all(code == "HD173" and at == line for code, at in told)
    assert len(told) <= 1


@pytest.mark.parametrize("wrong", [" - {staff: a}", "   - {staff: a}"])
def test_the_first_entry_is_the_odd_one_when_all_others_agree(wrong: str) -> None:
    assert _told(TEAM.replace("  - {staff: a}", wrong)) == [("HD173", 2)]


def test_an_entry_in_the_middle_is_the_odd_one() -> None:
    assert _told(TEAM.replace("  - {staff: b}", "    - {staff: b}")) == [("HD173", 3)]
    assert _told(TEAM.replace("  - {staff: b}", " - {staff: b}")) == [("HD173", 3)]


def test_a_missing_dash_and_one_without_its_space_have_words_of_their_own() -> None:
    assert _told(TEAM.replace("  - {staff: a}", "    {staff: a}")) == [("HD193", 2)]
    assert _told(TEAM.replace("  - {staff: b}", "  -{staff: b}")) == [("HD192", 3)]


def test_a_list_may_stand_right_below_its_key() -> None:
    assert _told("team:\n- {staff: a}\n- {staff: b}\nx:\n  y:\n  - 1\n  - 2\n") == []


def test_a_whole_block_pushed_in_is_told_at_its_head() -> None:
    assert _told(TEAM + "  plan:\n    shared_goal: x\n") == [("HD173", 5)]


@pytest.mark.parametrize(
    ("written", "code", "params"),
    [
        ("    siden “2019” – familien siger: vi kan ikke mere\n", "HD116", {}),
        ("  siden “2019” – familien siger: vi kan ikke mere\n", "HD173", {"expected": "4", "above": "2"}),
    ],
)
def test_the_second_paragraph_of_a_pasted_entry_is_told_at_its_own_line(
    written: str, code: str, params: dict[str, str]
) -> None:
    (fault,) = parse_yaml(f"criteria:\n  - arbejde, længe\n\n{written}x: 1\n".encode(), "x.yaml").diagnostics
    assert (fault.code, fault.line) == (code, 4)
    assert params.items() <= fault.params.items()


def test_an_entry_that_lacks_its_colon_is_told_though_keys_follow() -> None:
    assert _told("cases:\n  - area BF\n    for: [bo]\n") == [("HD171", 2)]
