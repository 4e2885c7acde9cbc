from __future__ import annotations

from hopdocs.sources.yaml.yaml_text import parse_yaml


def _lost(text: str, *paths: tuple[str | int, ...]) -> list[bool]:
    parsed = parse_yaml(text.encode(), "x.yaml")
    return [parsed.has_lost(path) for path in paths]


def test_a_faultless_file_has_lost_nothing() -> None:
    assert _lost("a: 1\n", ("a",), ("b",), ()) == [False, False, False]


def test_a_line_that_could_not_be_read_is_lost_to_its_own_block_only() -> None:
    text = "a:\n  - b: x: y\nc:\n  d: 1\n"
    assert _lost(text, ("a", 0, "q"), ("c", "q"), ("q",)) == [True, False, False]


def test_a_lost_top_level_line_may_be_any_key_of_the_top_level() -> None:
    assert _lost("a 1\nc:\n  d: 1\n", ("name",), ("c", "q")) == [True, False]


def test_a_conflict_is_lost_to_the_block_it_stands_in() -> None:
    text = "a:\n  b: 1\n<<<<<<< x\n  c: 1\n=======\n  c: 2\n>>>>>>> y\nd:\n  e: 1\n"
    assert _lost(text, ("a", "c"), ("d", "q"), ("q",)) == [True, False, False]


def test_a_second_document_and_a_deep_one_hide_the_rest() -> None:
    assert _lost("a: 1\n---\nb: 2\n", ("b",)) == [True]
    assert _lost("a: 1\nb: " + "[" * 30, ("c",)) == [True]


def test_a_file_that_cannot_be_read_at_all_has_lost_everything() -> None:
    assert _lost("", ("a",)) == [True]
