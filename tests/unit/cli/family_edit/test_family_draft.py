from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from hopdocs.cli.drafts import Person
from hopdocs.cli.family_edit.entries import add_entry
from hopdocs.cli.family_edit.family_draft import NewFamily, draft_family
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.family import Family
from hopdocs.model.people import Role
from hopdocs.package_data import shipped_path
from hopdocs.rules import check_family
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family
from hopdocs.sources.vocabulary import keys_of

if TYPE_CHECKING:
    from hopdocs.model.config import Config

TODAY = date(2026, 11, 21)
PEOPLE = (
    Person("Ida Prøve", date(1988, 2, 29), custody=True),
    Person("Maja Prøve", date(2009, 1, 2), Role.CHILD),
    Person("Ole Prøve", date(2011, 1, 2), Role.CHILD),
    Person("Bo Prøve", date(2015, 6, 1), Role.CHILD),
)
NOT_BY_HAND = {"notices", "follow_up", "moved_away", "target_group_left"}
"""What is seldom needed, and stands in the manual."""


def config() -> Config:
    found = parse_config(shipped_path("config.yaml").read_bytes(), "config.yaml").config
    assert found is not None
    return found


def draft() -> str:
    return draft_family(NewFamily("HOP-2026-100", "Familien Prøve", "", PEOPLE), config(), TODAY)


def uncovered(text: str) -> str:
    """The file with every example made true: the signs before a section's lines are taken away."""
    blocks = []
    for block in text.split("\n\n"):
        lines = block.split("\n")
        starts = [number for number, line in enumerate(lines) if re.match(r"# [a-z_]+:( |$)", line)]
        first = starts[0] if starts else len(lines)
        blocks.append("\n".join(lines[:first] + [line.removeprefix("# ") for line in lines[first:]]))
    return "\n\n".join(blocks)


def test_a_new_familys_file_has_nothing_wrong_with_it_and_asks_for_nothing_yet() -> None:
    read = parse_family(draft().encode(), "hop-2026-100.yaml", config())
    assert read.diagnostics == []
    assert read.family is not None
    assert check_family(FamilyDay.on(read.family, config(), TODAY)) == []


def test_who_signs_has_a_line_and_who_may_have_a_mailbox_an_open_route() -> None:
    read = parse_family(draft().encode(), "hop-2026-100.yaml", config()).family
    assert read is not None
    assert [line.member for line in read.consents] == ["ida", "maja"]
    assert all(person.post is None for person in read.members.values())
    assert re.findall(r"  (\w+):\n(?:    .*\n)*?    post:", draft()) == ["ida", "maja", "ole"]


def test_every_section_has_an_example_that_is_read_without_a_fault_in_the_order_of_the_contract() -> None:
    read = parse_family(uncovered(draft()).encode(), "hop-2026-100.yaml", config())
    assert read.diagnostics == []
    assert read.family is not None
    assert [*read.source.tree] == [key for key in keys_of(Family) if key not in NOT_BY_HAND]


def test_what_is_added_later_comes_right_below_its_example() -> None:
    text = add_entry(draft(), ("plan", "goals"), ["- id: ro"])
    text = add_entry(text, ("team",), ["- staff: rri"])
    assert "#     for: [ida]\nteam:\n  - staff: rri\n\n# Hvem der er tovholder" in text
    assert "i dag.\nplan:\n  goals:\n    - id: ro\n\n# Hvad der er givet" in text
