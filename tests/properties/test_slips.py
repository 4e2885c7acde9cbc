"""Each slip of the hand, on the lines of a family's file: told at that line, in words, and hardly more than once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT: Final = Path(__file__).parents[2]
CONFIG: Final = parse_config((ROOT / "config.yaml").read_bytes(), "config.yaml").config
CASE: Final = ROOT / "tests" / "golden" / "diagnostics" / "faultless" / "input.yaml"
FILES: Final = [
    path.read_text("utf-8").split("\n") for path in (ROOT / "families" / "hop-2026-007.yaml", CASE)
]  # block style, and braces
KEY: Final = re.compile(r"^(\s*(?:- )?)([\w-]+): ?(.*)$")
STEP: Final = 3
"""Of the longer file every third line is tried: each kind of line stands in it many times."""


def _with_value(change: Callable[[str, str, str], str]) -> Callable[[str], str | None]:
    def slip(line: str) -> str | None:
        found = KEY.match(line)
        is_plain = found is not None and bool(found[3]) and found[3][0] not in "{[\"'"
        return change(found[1], found[2], found[3]) if found is not None and is_plain else None

    return slip


def _without(mark: str) -> Callable[[str], str | None]:
    return lambda line: line.replace(mark, "", 1) if mark in line else None


def _glue_key(line: str) -> str | None:
    found = KEY.match(line)
    return f"{found[1]}{found[2]}:{found[3]}" if found and found[3] else None


def _drop_colon(line: str) -> str | None:
    found = KEY.match(line)
    return f"{found[1]}{found[2]} {found[3]}" if found else None


SLIPS: Final[dict[str, Callable[[str], str | None]]] = {
    "colon left out": _drop_colon,
    "space after the colon left out": _glue_key,
    "colon in the sentence": _with_value(lambda lead, key, value: f"{lead}{key}: Husk: {value}"),
    "at sign first": _with_value(lambda lead, key, value: f"{lead}{key}: @ {value}"),
    "bracket first": _with_value(lambda lead, key, value: f"{lead}{key}: [ {value}"),
    "star first": _with_value(lambda lead, key, value: f"{lead}{key}: *{value}"),
    "dash first": _with_value(lambda lead, key, value: f"{lead}{key}: - {value}"),
    "bar first": _with_value(lambda lead, key, value: f"{lead}{key}: | {value}"),
    "quote not closed": _with_value(lambda lead, key, value: f'{lead}{key}: "{value}'),
    "apostrophe first": _with_value(lambda lead, key, value: f"{lead}{key}: '{value}"),
    "text after the quote": _with_value(lambda lead, key, value: f"{lead}{key}: '{value}' igen"),
    "closing brace left out": _without("}"),
    "opening brace left out": _without("{"),
    "closing bracket left out": _without("]"),
    "comma left out": lambda line: line.replace(", ", " ", 1) if "{" in line and ", " in line else None,
    "one space too many": lambda line: f" {line}" if line.strip() else None,
    "one space too few": lambda line: line[1:] if line.startswith(" ") else None,
    "tab for spaces": lambda line: "\t" + line.lstrip(" ") if line.startswith("  ") else None,
    "space after the dash left out": lambda line: line.replace("- ", "-", 1) if line.lstrip()[:2] == "- " else None,
}


def _slipped(slip: Callable[[str], str | None]) -> Iterator[tuple[int, str]]:
    for lines, step in zip(FILES, (STEP, 1), strict=True):
        for number in range(0, len(lines), step):
            line = slip(lines[number])
            if line is not None and not lines[number].lstrip().startswith("#"):
                yield number + 1, "\n".join([*lines[:number], line, *lines[number + 1 :]])


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_at_its_line_in_words(name: str) -> None:
    assert CONFIG is not None
    tried = 0
    for line, text in _slipped(SLIPS[name]):
        read = parse_family(text.encode(), "families/hop-2026-007.yaml", CONFIG)
        if not read.diagnostics:  # a list of one entry may stand anywhere
            assert name in ("one space too many", "one space too few"), line
            assert read.family is not None
            continue
        tried += 1
        where = f"line {line}: {[(fault.code, fault.line) for fault in read.diagnostics]}"
        assert min(abs(fault.line - line) for fault in read.diagnostics) <= 1, where
        assert len(read.diagnostics) <= 3, where
        assert not {"HD176", "HD128"} & {fault.code for fault in read.diagnostics}, where
    assert tried >= 5
