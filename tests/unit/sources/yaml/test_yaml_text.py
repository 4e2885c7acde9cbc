from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from hopdocs.sources.yaml.libyaml import open_events
from hopdocs.sources.yaml.yaml_text import ParsedYaml, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from hopdocs.sources.yaml.libyaml import YamlEvent
from tests.work import Calls

PATH = "families/x.yaml"
SAMPLE = Path(__file__).parents[4] / "families" / "hop-2026-007.yaml"


def _parse(text: str) -> ParsedYaml:
    return parse_yaml(text.encode(), PATH)


def _codes(text: str) -> list[str]:
    return [fault.code for fault in _parse(text).diagnostics]


def test_every_plain_scalar_is_its_text_as_written() -> None:
    text = "a: 10:00\nb: no\nc: 0712\nd: 1.250\ne: 24.11.2026\nf: 7,5\ng: 2026-11-24\nh: true\ni: 0x1F\nj: '007'\n"
    text += "on: off\n"
    parsed = _parse(text)
    assert parsed.diagnostics == ()
    assert parsed.tree == {
        "a": "10:00", "b": "no", "c": "0712", "d": "1.250", "e": "24.11.2026", "f": "7,5", "g": "2026-11-24",
        "h": "true", "i": "0x1F", "j": "007", "on": "off",
    }  # fmt: skip


def test_nothing_a_tilde_and_null_are_none_unless_quoted() -> None:
    assert _parse("a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: [~, x]\n").tree == {
        "a": None, "b": None, "c": None, "d": "", "e": "null", "f": [None, "x"],
    }  # fmt: skip


def test_text_over_several_lines_keeps_yaml_s_own_rules() -> None:
    assert _parse("a: |\n  en\n  to\nb: >\n  en\n  to\nc: en\n  to\n").tree == {
        "a": "en\nto\n", "b": "en to\n", "c": "en to",
    }  # fmt: skip


def test_line_breaks_of_windows_and_a_byte_order_mark_change_nothing() -> None:
    parsed = parse_yaml(b"\xef\xbb\xbfa: x\r\nb:\r\n  - y\r\n", PATH)
    assert parsed.tree == {"a": "x", "b": ["y"]}
    assert parsed.lines[:2] == ("a: x", "b:")
    assert parsed.position(("b", 0)).line == 3


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (("a",), (1, 4, 1)),
        (("b",), (2, 4, 19)),
        (("b", "c"), (2, 8, 6)),
        (("d", 1, "e"), (5, 8, 3)),
        (("d", 1, "missing"), (5, 5, 1)),
        (("d", 0, "missing"), (4, 5, 1)),
        (("d", 9), (3, 1, 1)),
        (("b", "missing"), (2, 1, 1)),
        (("missing",), (1, 1, 1)),
        (("missing", 3, "x"), (1, 1, 1)),
        (("f",), (6, 1, 1)),
        ((), (1, 1, 1)),
    ],
)
def test_a_place_is_the_value_or_what_is_nearest_to_it(
    at: tuple[str | int, ...], expected: tuple[int, int, int]
) -> None:
    place = _parse("a: x\nb: {c: 'æøå!', é: 1 x}\nd:\n  - {h: i}\n  - e: yes\nf:\n").position(at)
    assert (place.line, place.column, place.length) == expected


def test_a_place_can_be_the_key() -> None:
    parsed = _parse("a: {b: c}\ndeep:\n  key: value\n")
    assert parsed.position(("deep", "key"), on_key=True).column == 3
    assert parsed.position(("deep", "key"), on_key=True).length == 3
    assert parsed.position(("a", "b"), on_key=True).column == 5


def test_columns_count_characters_not_bytes() -> None:
    place = _parse("a: {navn: 😀 Åse, b: c}\n").position(("a", "b"))
    assert (place.column, place.length) == (21, 1)


def test_of_two_equal_keys_the_first_counts_and_both_places_are_told() -> None:
    parsed = _parse("a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert parsed.tree == {"a": {"b": "1", "c": "2"}}
    (fault,) = parsed.diagnostics
    assert (fault.code, fault.line, fault.column, fault.params["first_line"]) == ("HD109", 4, 3, "2")


def test_keys_are_equal_only_within_one_mapping() -> None:
    assert _codes("a: {b: 1}\nc:\n  - {b: 1}\n  - {b: 2}\nd: [a, a]\n") == []


def test_a_fault_in_one_block_does_not_hide_those_in_others() -> None:
    parsed = _parse("a: Mål: ro\nb: {x: 1\nc: 'Jens' s hus\nd: ok\ne: [1, 2]\nd: to\n")
    assert [(fault.code, fault.line) for fault in parsed.diagnostics] == [
        ("HD116", 1),
        ("HD170", 2),
        ("HD118", 3),
        ("HD109", 6),
    ]
    assert parsed.tree["e"] == ["1", "2"]
    assert parsed.has_lost(("b", "x"))
    assert not parsed.has_lost(("e", 0))


def test_two_faults_in_one_block_are_both_told() -> None:
    text = "meetings:\n  - id: a\n    message: Husk: mad\n  - id: b\n    place: @ her\n  - id: c\n"
    parsed = _parse(text)
    assert [(fault.code, fault.line) for fault in parsed.diagnostics] == [("HD116", 3), ("HD117", 5)]
    assert parsed.tree == {"meetings": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}


def test_a_quote_that_is_never_closed_is_told_once() -> None:
    parsed = _parse("a: 'Samis\nb:\n  - x: 'y'\n  - z: 'w'\nc: ok\n")
    assert [(fault.code, fault.line) for fault in parsed.diagnostics] == [("HD119", 1)]


@pytest.mark.parametrize("opening", ["[", "{", "[\n", "- ", "? ", "{a: ", "[{"])
def test_depth_is_checked_before_anything_is_composed(opening: str) -> None:
    parsed = parse_yaml((opening * 5_000).encode(), PATH)
    assert [fault.code for fault in parsed.diagnostics] == ["HD105"]
    assert parsed.position(("a", 0, "b")).line == 1


@pytest.mark.parametrize(
    ("context", "problem"),
    [
        ("while increasing flow level", "exceeded maximum nesting depth"),
        ("while parsing", "Maximum nesting level reached, set with yaml_set_max_nest_level())"),
    ],
)
def test_depth_that_libyaml_refuses_itself_is_told_the_same(
    monkeypatch: pytest.MonkeyPatch, context: str, problem: str
) -> None:
    def refuse_on_line_three(text: str) -> Callable[[], YamlEvent | None]:
        next_event = open_events(text)

        def next_or_refuse() -> YamlEvent | None:
            event = next_event()
            if event is not None and event.start_mark.line == 2:
                raise yaml.scanner.ScannerError(context, None, problem, event.start_mark)
            return event

        return next_or_refuse

    monkeypatch.setattr("hopdocs.sources.yaml.event_tree.open_events", refuse_on_line_three)
    parsed = _parse("a: x\nb:\n  [[y]]\nc: z\n")
    assert [(fault.code, fault.line, fault.column) for fault in parsed.diagnostics] == [("HD105", 3, 3)]
    assert parsed.tree == {}
    assert parsed.has_lost(("c",))


def test_twenty_levels_are_enough_and_allowed() -> None:
    assert _codes("a: " + "[" * 19 + "x" + "]" * 19) == []
    assert _codes("a: " + "[" * 20 + "x" + "]" * 20) == ["HD105"]


def test_a_file_beyond_256_kib_is_not_read() -> None:
    assert [fault.code for fault in parse_yaml(b"a: " + b"x" * 256 * 1024, PATH).diagnostics] == ["HD102"]
    assert parse_yaml(b"a: " + b"x" * (256 * 1024 - 3), PATH).diagnostics == ()


def test_a_comment_proper_is_no_fault_and_a_glued_one_is_a_warning() -> None:
    assert _codes("a: x # en note\nb: y   #   mere\n# helt\nc: '#4'\nd: C#\ne: |\n  lokale #4\n") == []
    assert _codes("a: lokale #4\nb: [rum #2, x\n  ]\n") == ["HD115", "HD115"]
    assert _parse("a: lokale #4\n").diagnostics[0].blocks == "nothing"


def test_a_merge_conflict_is_told_once_and_the_rest_is_read() -> None:
    parsed = _parse("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> gren\nc: 4\nc: 5\n")
    assert [(fault.code, fault.line) for fault in parsed.diagnostics] == [("HD110", 2), ("HD109", 8)]
    assert parsed.tree == {"a": "1", "c": "4"}


def test_a_merge_mark_left_alone_is_told() -> None:
    assert _codes("a: 1\n=======\nb: 2\n") == ["HD110"]
    assert _codes("a: |\n  =======\nb: 2\n") == []


def test_a_row_of_unreadable_characters_is_told_once() -> None:
    parsed = _parse("a: 1\nb: " + 500 * "\0" + "\nc: 2\n")
    assert [(fault.code, fault.line, fault.column) for fault in parsed.diagnostics] == [("HD111", 2, 4)]


def test_reading_takes_no_more_work_than_a_quarter_of_pyyaml_s_own() -> None:
    data = SAMPLE.read_bytes()
    with Calls() as plain:
        yaml.load(data, Loader=yaml.CSafeLoader)
    with Calls() as ours:
        parse_yaml(data, PATH)
    assert 4 * ours.count < plain.count


def test_an_anchor_before_a_sentence_with_a_comma_hides_nothing() -> None:
    assert _codes("a: {address: &a Opdigtvej 4, 9999, Vesterlyng}\n") == ["HD106", "HD114"]


@pytest.mark.parametrize("quotes", ["“”", "””", "„“", "»«", "«»"])
def test_quotation_marks_that_word_has_set_around_a_value_are_not_part_of_it(quotes: str) -> None:
    written = f"words: {quotes[0]}Jeg vil have en ven.{quotes[1]}\n"
    assert parse_yaml(written.encode(), "f.yaml").tree == {"words": "Jeg vil have en ven."}


@pytest.mark.parametrize("text", ["“Ja”, siger hun, og “nej”", "“Ja”, siger hun", "“", "““", "Vi »hygger«"])
def test_quotation_marks_inside_a_text_stay(text: str) -> None:
    assert parse_yaml(f"words: {text}\n".encode(), "f.yaml").tree == {"words": text}
