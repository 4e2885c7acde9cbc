from __future__ import annotations

import unicodedata

import pytest

from hopdocs.editor.buffer import Buffer, Point
from hopdocs.sources.yaml.yaml_text import parse_yaml


def test_columns_are_counted_in_utf_16_units_where_nothing_else_was_agreed() -> None:
    buffer = Buffer("navn: 🙂 Åse")
    assert buffer.span(1, 9, 3) == (Point(0, 9), Point(0, 12))
    assert buffer.find(Point(0, 9)) == (0, 8)


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 11), ("utf-16", 9), ("utf-32", 8)])
def test_columns_are_counted_as_was_agreed(encoding: str, column: int) -> None:
    buffer = Buffer("navn: 🙂 Åse", encoding)
    assert buffer.point(0, 8) == Point(0, column)
    assert buffer.find(Point(0, column)) == (0, 8)


def test_a_column_in_the_middle_of_a_letter_is_that_letter() -> None:
    assert Buffer("🙂x").find(Point(0, 1)) == (0, 0)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_lines_end_as_the_protocol_says(line_break: str) -> None:
    buffer = Buffer(f"id: A{line_break}name: B")
    assert buffer.span(2, 7, 1) == (Point(1, 6), Point(1, 7))


@pytest.mark.parametrize("line_break", ["\u2028", "\u2029", "\x85"])
def test_a_line_break_of_yaml_that_is_none_to_an_editor_moves_no_mark(line_break: str) -> None:
    text = f'id: HOP-1\nname: "a{line_break}b"\nnavn: x\n'
    found = parse_yaml(text.encode(), "x.yaml")
    place = found.position(("navn",), on_key=True)
    assert place.line == 4
    assert Buffer(text).span(place.line, place.column, place.length) == (Point(2, 0), Point(2, 4))


def test_marks_that_nobody_sees_move_no_mark() -> None:
    text = "\ufeffna\u200bme: x\u200b  ukendt"
    assert Buffer(text).span(1, 7, 1) == (Point(0, 8), Point(0, 9))


def test_a_letter_in_two_parts_is_one_place() -> None:
    text = unicodedata.normalize("NFD", "navn: Åse Ål")
    span = Buffer(text).span(1, 11, 2)
    assert text[span.start.column : span.end.column] == unicodedata.normalize("NFD", "Ål")


def test_a_place_that_is_not_there_is_the_nearest() -> None:
    buffer = Buffer("a: 1\n")
    assert buffer.find(Point(99, 99)) == (1, 0)
    assert buffer.find(Point(0, 99)) == (0, 4)
    assert buffer.span(99, 99, 9) == (Point(1, 0), Point(1, 0))


def test_half_a_pair_of_utf_16_is_no_way_to_fail() -> None:
    assert Buffer("name: \ud83d").data == b"name: ?"
