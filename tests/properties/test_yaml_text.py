"""What must hold for any bytes: no crash, no long wait, and every fault inside the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopdocs.catalogue.report import render_text
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family
from hopdocs.sources.yaml.yaml_text import ParsedYaml, parse_yaml
from tests.work import at_most_calls

if TYPE_CHECKING:
    from hopdocs.sources.yaml.yaml_text import Tree

CASES = Path(__file__).parents[1] / "golden" / "diagnostics"
SAMPLE = (CASES / "faultless" / "input.yaml").read_bytes()
CONFIG = parse_config((CASES / "config.yaml").read_bytes(), "config.yaml").config
MOST_CALLS = 5_000_000
"""Twice what the hardest of these files needs: twenty for each byte."""

_PIECES = st.sampled_from(
    [
        "a",
        "b: ",
        ": ",
        "- ",
        "  ",
        "\n",
        "\n  ",
        "\t",
        "{",
        "}",
        "[",
        "]",
        ",",
        "'",
        '"',
        "#",
        " #x",
        "&a ",
        "*a",
        "!t ",
        "|\n",
        ">",
        "---\n",
        "...\n",
        "? ",
        "%",
        "@",
        "<<<<<<< x\n",
        "=======\n",
        "\r\n",
        "\x85",
        "\u2028",
        "\ufeff",
        "\xa0",
        "æ",
        "😀",
        "~",
        "null",
        "\\",
        "7,5",
        "10:00",
        "id: x\n",
        "meetings:\n",
        "\x00",
        "\x1b",
    ]
)
_YAMLISH = st.lists(_PIECES, max_size=60).map("".join)


def _check(parsed: ParsedYaml) -> None:
    for fault in parsed.diagnostics:
        assert (fault.line == 0) == (fault.column == 0)
        assert 0 <= fault.line <= len(parsed.lines)
        if fault.line:
            assert 1 <= fault.column <= len(parsed.lines[fault.line - 1]) + 1
    for at in _paths(parsed.tree):
        for on_key in (False, True):
            for path in (at, (*at, "mangler"), (*at, 999)):
                place = parsed.position(path, on_key=on_key)
                assert 1 <= place.line <= max(1, len(parsed.lines))
                width = len(parsed.lines[place.line - 1]) if parsed.lines else 0
                assert 1 <= place.column <= width + 1
                assert place.length >= 1
                assert place.column + place.length <= width + 2
    for language in ("da", "en"):
        render_text(parsed.diagnostics, {parsed.path: parsed.lines}, language)


def _paths(tree: Tree, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [at]
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in entries:
        found += _paths(value, (*at, key))
    return found[:200]


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_explained(data: bytes) -> None:
    _check(parse_yaml(data, "families/x.yaml"))


@given(_YAMLISH)
@settings(max_examples=400, deadline=None)
def test_anything_that_looks_like_yaml_is_read_or_explained(text: str) -> None:
    _check(parse_yaml(text.encode("utf-8", "surrogatepass"), "families/x.yaml"))


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_slip_anywhere_in_a_good_file_is_read_or_explained(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SAMPLE)))
    end = data.draw(st.integers(start, min(len(SAMPLE), start + 40)))
    text = SAMPLE[:start] + data.draw(_PIECES).encode("utf-8", "surrogatepass") + SAMPLE[end:]
    assert CONFIG is not None
    read = parse_family(text, "families/hop-2026-007.yaml", CONFIG)
    _check(read.source)
    for fault in read.diagnostics:
        assert 0 <= fault.line <= len(read.source.lines)
    assert read.family is not None or read.diagnostics


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "{",
        "- ",
        "{a: ",
        "? ",
        "a: 1\n",
        "a: [\n",
        "'\n",
        "a b\n",
        "a: b: c\n",
        '"a"b\n',
        "[a]: x\n",
        "&a ",
        "k: *a\n",
        "!a ",
        '"\\',
        "a: b #c\n",
        "\t",
        "<<<<<<< \n",
        "=======\n",
        "{a,",
        "a,",
        " ",
        "\x01",
        "1 ",
        "01 01 01-0",
        "a:\xa0b\n",
        "---\n",
        "k: &a b\n",
        "x\n  ",
        "  - a: 'b\n",
        "0",
        "\r",
        "a: |\n x\n",
        "#",
        " #",
        "k: v\n k: v\n",
    ],
)
@pytest.mark.parametrize("frame", ["%s", "a: {%s}", "meetings:\n  - %s"])
def test_no_file_of_the_largest_size_takes_long(piece: str, frame: str) -> None:
    room = 256 * 1024 - len(frame)
    data = (frame % (piece * (room // len(piece.encode())))).encode()
    assert CONFIG is not None
    with at_most_calls(MOST_CALLS):
        read = parse_family(data, "families/x.yaml", CONFIG)
        read.source.position(("meetings", 0, "id"))
