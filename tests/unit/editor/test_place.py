from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopdocs.editor.outline import Outline
from hopdocs.editor.place import find_place
from hopdocs.package_data import shipped_path
from hopdocs.sources.yaml.yaml_text import parse_yaml
from tests.unit.editor.marked import place_in

VALUES = [
    ("team:\n  - staff: |\n", ("team", 0, "staff")),
    ("team:\n- staff: |\n", ("team", 0, "staff")),
    ("team:\n  - staff: rri\n  - staff: i|k # den nye\n", ("team", 1, "staff")),
    ("team:\n  - {staff: |, from: 2026-10-06}\n", ("team", 0, "staff")),
    ("team:\n  - {staff: iik, for: [sami, |]}\n", ("team", 0, "for", 1)),
    ("team:\n  - {staff: iik, for: [sami,\n      |\n", ("team", 0, "for", 1)),
    ('cases:\n  - for: ["sa|mi"]\n', ("cases", 0, "for", 0)),
    ("plan:\n  goals:\n    - id: a\n      visible_to: |\n", ("plan", "goals", 0, "visible_to")),
    (
        "meetings:\n  - id: a\n    children:\n      sami:\n        attends: |\n",
        ("meetings", 0, "children", "sami", "attends"),
    ),
    ("team:\n  - {staff: iik, for: [sami\n  - staff: |\n", ("team", 1, "staff")),
    ('members:\n  a:\n    name: "Åse\n    role: |\n', ("members", "a", "role")),
]
KEYS = [
    ("|", (), ()),
    ("id: X\nna|", (), ("id",)),
    ("members:\n  nadira:\n    name: N\n    ro|\n    born: 1985-01-05\n", ("members", "nadira"), ("born", "name")),
    ("team:\n  - staff: iik\n    |\n    for: [sami]\n", ("team", 0), ("for", "staff")),
    ("team:\n  - {staff: iik, fr|}\n", ("team", 0), ("staff",)),
    ("cases:\n- area: BF\n  |\n", ("cases", 0), ("area",)),
    ("meetings:\n  - id: a\n    children:\n      |\n      sami: {}\n", ("meetings", 0, "children"), ("sami",)),
]


@pytest.mark.parametrize(("marked", "path"), VALUES)
def test_behind_a_colon_or_in_a_list_a_value_is_written(marked: str, path: tuple[str | int, ...]) -> None:
    place = place_in(marked)
    assert place is not None
    assert (place.key_in, place.value_at) == (None, path)


@pytest.mark.parametrize(("marked", "mapping", "taken"), KEYS)
def test_on_a_line_of_its_own_a_key_is_written(
    marked: str, mapping: tuple[str | int, ...], taken: tuple[str, ...]
) -> None:
    place = place_in(marked)
    assert place is not None
    assert (place.key_in, tuple(sorted(place.taken))) == (mapping, taken)


def test_behind_a_dash_it_may_become_either() -> None:
    place = place_in("cases:\n  - for:\n    - a\n    - s|\n")
    assert place is not None
    assert place.key_in == place.value_at == ("cases", 0, "for", 1)


def test_the_word_at_the_cursor_is_known_whole() -> None:
    place = place_in("cases:\n  - for: [sa|mi, omar]\n")
    assert place is not None
    assert (place.word, place.typed) == ("sami", "sa")


@pytest.mark.parametrize("marked", ["name: x # se |", "# |", "plan:\n  note: >\n    mere |ro\n", "a: >\n  |"])
def test_in_a_comment_or_free_text_nothing_is_written(marked: str) -> None:
    assert place_in(marked) is None


def test_a_hash_within_quotes_begins_no_comment() -> None:
    assert place_in('name: "a # b" |') is not None


@pytest.mark.parametrize("name", ["hop-2026-007", "hop-2025-003", "hop-2026-002"])
def test_every_key_of_the_samples_is_where_the_parser_finds_it(name: str) -> None:
    text = (shipped_path("families") / f"{name}.yaml").read_text("utf-8")
    parsed = parse_yaml(text.encode(), f"families/{name}.yaml")
    outline = Outline()
    outline.read_lines(text.split("\n"))
    expected = {at: set(here) for at, here in _mappings(parsed.tree)}
    assert outline.keys == expected


def _mappings(here: object, at: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], dict[str, object]]]:
    found = [(at, here)] if isinstance(here, dict) and here else []
    steps = here.items() if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else ()
    return found + [item for step, inner in steps for item in _mappings(inner, (*at, step))]


@pytest.mark.parametrize("name", ["hop-2026-007", "hop-2026-009"])
def test_on_every_line_of_the_samples_the_way_to_its_key_is_the_parsers(name: str) -> None:
    text = (shipped_path("families") / f"{name}.yaml").read_text("utf-8")
    parsed = parse_yaml(text.encode(), f"families/{name}.yaml")
    lines = text.split("\n")
    for at, here in _mappings(parsed.tree):
        for key in here:
            spot = parsed.position((*at, key), on_key=True)
            place = find_place(lines, spot.line - 1, spot.column)
            assert place is not None
            assert (place.key_in, place.word, place.has_colon) == (at, key, True)
            assert place.taken == here.keys() - {key}


LONG = [
    "a" + " " * 100_000,
    "x: {" + "a" + " " * 100_000,
    "x: [a" + "'" * 100_000,
    "x: " + "{a: " * 30_000,
    "[" * 100_000,
    "- " * 50_000,
    "x: [" + ",".join("ab" for _ in range(30_000)),
    "x: '" + '"' * 100_000,
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_no_line_costs_more_than_its_length(text: str) -> None:
    """One that costs its square would take hours."""
    for column in (0, len(text) // 2, len(text)):
        find_place([text, "id: x"], 0, column)
        find_place([text, "id: x"], 1, 4)


LINES = st.lists(st.text(alphabet="ab:-[]{},#'\"|> \t\\&*!%@`æ\u2028\ufeff", max_size=20), min_size=1, max_size=12)


@given(LINES, st.data())
def test_no_text_is_too_odd_to_find_a_place_in(lines: list[str], data: st.DataObject) -> None:
    line = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[line])))
    place = find_place(lines, line, column)
    if place is not None:
        assert 0 <= place.start <= column <= place.end <= len(lines[line])
