from __future__ import annotations

import pytest

from hopdocs.cli.family_edit import NoPlaceForIt
from hopdocs.cli.family_edit.entries import add_entry, fill_in
from hopdocs.package_data import shipped_path
from hopdocs.sources.yaml.yaml_text import parse_yaml

GOAL = ["- id: ro", "  goal: b"]
PLACES = [
    ("members",),
    ("consents",),
    ("consents", 0, "withdrawn"),
    ("team",),
    ("tovholder",),
    ("assessment",),
    ("meetings",),
    ("plan", "goals"),
    ("plan", "activities"),
    ("plan", "status"),
    ("deliveries",),
]


def held(tree: object, at: tuple[str | int, ...]) -> object:
    for step in at:
        if isinstance(tree, list) and isinstance(step, int):
            tree = tree[step] if step < len(tree) else None
        else:
            tree = tree.get(step) if isinstance(tree, dict) else None
    return tree


@pytest.mark.parametrize("at", PLACES, ids=str)
def test_an_entry_comes_last_in_its_list_and_no_other_line_changes(at: tuple[str | int, ...]) -> None:
    for path in sorted(shipped_path("families").glob("*.yaml")):
        before = path.read_text(encoding="utf-8")
        if len(at) > 1 and not held(parse_yaml(before.encode(), "f").tree, at[:-1]):
            continue
        new = ["ny:", "  name: Ny"] if at == ("members",) else ["- id: ny", "  name: Ny"]
        after = add_entry(before, at, new)
        rest = iter(after.splitlines())
        assert all(line in rest for line in before.splitlines()), path.name
        found = held(parse_yaml(after.encode(), "f").tree, at)
        last = list(found.items())[-1] if isinstance(found, dict) else found[-1] if isinstance(found, list) else None
        assert last in (("ny", {"name": "Ny"}), {"id": "ny", "name": "Ny"}), path.name


def test_a_list_in_the_plan_is_begun_in_the_order_of_the_contract() -> None:
    before = "plan:\n  shared_goal: a\n\n  # Hvordan det går.\n  status: []\nclosing:\n"
    text = add_entry(before, ("plan", "goals"), GOAL)
    begun = "  goals:\n    - id: ro\n      goal: b\n"
    assert text == f"plan:\n  shared_goal: a\n{begun}\n  # Hvordan det går.\n  status: []\nclosing:\n"


def test_figures_are_begun_below_their_example_and_come_before_the_lists_that_follow_in_the_contract() -> None:
    example = "id: X\n\n# Tal.\n# measurements:\n#   baseline_interview: 2026-01-01\n\n# En pause.\n"
    costs = ["- month: 2026-09"]
    added = add_entry(example, ("measurements", "costs"), costs)
    begun = "measurements:\n  costs:\n    - month: 2026-09\n"
    assert added == example.replace("\n\n# En", f"\n{begun}\n# En")
    before = "measurements:\n  baseline_interview: 2026-01-01\n  indicators:\n    - key: a\n"
    assert add_entry(before, ("measurements", "costs"), costs) == before.replace(
        "  indicators", "  costs:\n    - month: 2026-09\n  indicators"
    )


def test_a_plan_is_begun_where_there_is_none() -> None:
    begun = "plan:\n  goals:\n    - id: ro\n      goal: b\n"
    assert add_entry("id: X\n", ("plan", "goals"), GOAL) == f"id: X\n\n{begun}"
    assert add_entry("id: X\nplan:\n", ("plan", "goals"), GOAL) == f"id: X\n{begun}"


def test_a_section_that_stands_as_a_comment_is_begun_below_its_example() -> None:
    example = "id: X\n\n# Hvem der er om familien.\n# team:\n#   - staff: rri\n\n# Møderne.\n# meetings:\n"
    added = add_entry(example, ("team",), ["- staff: ppa"])
    assert "#   - staff: rri\nteam:\n  - staff: ppa\n\n# Møderne." in added


def test_something_taken_back_comes_within_its_consent_and_not_in_the_next() -> None:
    text = "consents:\n  - member: a\n    areas: [BF]\n\n  - member: b\n"
    added = add_entry(text, ("consents", 0, "withdrawn"), ["- date: 2026-11-20"])
    assert added == (
        "consents:\n  - member: a\n    areas: [BF]\n    withdrawn:\n      - date: 2026-11-20\n\n  - member: b\n"
    )


def test_an_entry_that_waits_is_filled_in_behind_its_keys_and_gets_those_that_it_lacks() -> None:
    text = "consents:\r\n  - member: a\r\n    given:   # dato\r\n  - member: b\r\n"
    filled = fill_in(text, ("consents", 0), {"given": "2026-09-22", "areas": "[BF]"})
    assert filled == (
        "consents:\r\n  - member: a\r\n    given: 2026-09-22   # dato\r\n    areas: [BF]\r\n  - member: b\r\n"
    )


def test_what_is_written_already_is_never_written_over() -> None:
    with pytest.raises(NoPlaceForIt):
        fill_in("consents:\n  - member: a\n    given: 2026-09-22\n", ("consents", 0), {"given": "2026-10-01"})


@pytest.mark.parametrize("text", ["plan: {shared_goal: a}\n", "plan: {goals: [{id: a}]}\n"])
def test_what_stands_in_braces_is_left_alone(text: str) -> None:
    with pytest.raises(NoPlaceForIt):
        add_entry(text, ("plan", "goals"), GOAL)


@pytest.mark.parametrize("entry", ["{member: a, given: }", "{member: a}", "member: a\n    given: []"])
def test_what_stands_in_braces_is_not_filled_in(entry: str) -> None:
    with pytest.raises(NoPlaceForIt):
        fill_in(f"consents:\n  - {entry}\n", ("consents", 0), {"given": "2026-10-01"})
