"""Where a new entry comes in a family's file: last in its list, which is begun in its place where there is none.

Lines come in, and values behind keys that stood empty; no other character changes. Where the file is written in a way
that leaves no room for that, `NoPlaceForIt` is raised. A section that stands as a comment (`# team:` and an example) is
begun right below it, since what it says is about the lines that come.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from hopdocs.cli.family_edit import NoPlaceForIt, held_at, insert_lines, line_starts, lines_of
from hopdocs.model.family import Family
from hopdocs.model.measurement import Measurements
from hopdocs.model.plan import Plan
from hopdocs.sources.vocabulary import keys_of
from hopdocs.sources.yaml.yaml_text import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hopdocs.diagnostics import DataPath
    from hopdocs.sources.yaml.positions import Position
    from hopdocs.sources.yaml.yaml_text import ParsedYaml

_STEP: Final = "  "
_CONTRACTS: Final = {"plan": Plan, "measurements": Measurements}
"""What may stand under a section, in its order."""
_BEFORE_KEY: Final = re.compile(r" *(?:- +)?")
"""What may stand before a key that has its line to itself."""


def add_entry(text: str, at: DataPath, entry: Sequence[str]) -> str:
    """`text` with an entry, as its lines, last in the list or the mapping at `at`."""
    source = parse_yaml(text.encode(), "")
    lines, key = lines_of(text), str(at[-1])
    held = held_at(source, at)
    if held:
        indent = _indent_of_entries(source, lines, at)
        return insert_lines(text, _end_under(lines, source.position(at, on_key=True)), _indented(entry, indent))
    parent = held_at(source, at[:-1])
    if isinstance(parent, dict) and key in parent:
        line, indent = _empty_key(source, lines, at)
        return insert_lines(text, line, _indented(entry, indent + _STEP))
    block = [f"{key}:", *_indented(entry, _STEP)]
    if len(at) == 1:
        return _add_section(text, source, key, block)
    if not parent:
        return add_entry(text, at[:-1], block)
    return insert_lines(text, *_among_siblings(source, lines, at, block))


def as_entry(values: Mapping[str, str | None]) -> list[str]:
    """An entry's lines: a key without a value stands open, for who writes on; one with `None` is left out."""
    lines = [f"{key}: {value}".rstrip() for key, value in values.items() if value is not None]
    return ["- " + line if number == 0 else _STEP + line for number, line in enumerate(lines)]


def as_list(names: Iterable[str]) -> str:
    """Short names, as they stand behind a key."""
    return f"[{', '.join(names)}]"


def fill_in(text: str, at: DataPath, values: Mapping[str, str]) -> str:
    """`text` with values in the entry at `at`: behind their keys where those stand empty, else on lines at its end."""
    missing: list[str] = []
    for key, value in values.items():
        entry = held_at(parse_yaml(text.encode(), ""), at)
        if not isinstance(entry, dict) or entry.get(key):
            raise NoPlaceForIt
        if key in entry:
            text = _put_behind_key(text, (*at, key), value)
        else:
            missing.append(f"{key}: {value}")
    if not missing:
        return text
    source, lines = parse_yaml(text.encode(), ""), lines_of(text)
    first, indent = _first_key(source, lines, at)
    return insert_lines(text, end_of_mapping(lines, first, len(indent)), _indented(missing, indent))


def _put_behind_key(text: str, at: DataPath, value: str) -> str:
    place = parse_yaml(text.encode(), "").position(at, on_key=True)
    found = re.fullmatch(rf"( *(?:- +)?{re.escape(str(at[-1]))}:)\s*(?:#.*)?", lines_of(text)[place.line - 1])
    if found is None:
        raise NoPlaceForIt
    end = line_starts(text)[place.line - 1] + found.end(1)
    return f"{text[:end]} {value}{text[end:]}"


def _add_section(text: str, source: ParsedYaml, key: str, block: list[str]) -> str:
    """A section of the file that is not there yet: below its own example, else before those that come after it."""
    lines = lines_of(text)
    example = next((index for index, line in enumerate(lines) if re.fullmatch(rf"# ?{key}:\s*", line)), None)
    if example is not None:
        at = example + sum(1 for _ in takewhile(lambda line: line.startswith("#"), lines[example:]))
        return insert_lines(text, at, block)
    names = list(keys_of(Family))
    following = [
        source.position((name,), on_key=True).line for name in names[names.index(key) + 1 :] if name in source.tree
    ]
    at = _before_comments(lines, min(following) - 1, 0) if following else len(lines)
    has_room = at < len(lines) and not lines[at].strip()  # the blank line that was there comes after it
    return insert_lines(text, at, ["", *block] if has_room or not following else [*block, ""])


def _among_siblings(source: ParsedYaml, lines: list[str], at: DataPath, block: list[str]) -> tuple[int, list[str]]:
    """Before which line a new key of a mapping comes, in the contract's order, and its lines as far in as they."""
    first, indent = _first_key(source, lines, at[:-1])
    contract = _CONTRACTS.get(str(at[0])) if len(at) == 2 else None  # noqa: PLR2004 - a section's own key
    names = list(keys_of(contract)) if contract is not None else []
    later = names[names.index(str(at[-1])) + 1 :] if at[-1] in names else []
    siblings = held_at(source, at[:-1])
    assert isinstance(siblings, dict)  # noqa: S101 - it holds keys
    following = [source.position((*at[:-1], name), on_key=True).line for name in later if name in siblings]
    if following:
        end = _before_comments(lines, min(following) - 1, len(indent))
    else:
        end = end_of_mapping(lines, first, len(indent))
    return end, _indented(block, indent)


def _indent_of_entries(source: ParsedYaml, lines: list[str], at: DataPath) -> str:
    held = held_at(source, at)
    if isinstance(held, dict):
        return _first_key(source, lines, at)[1]
    first = source.position((*at, 0), on_key=False)
    lead = re.match(r"(\s*)-\s", lines[first.line - 1])
    if lead is None:
        raise NoPlaceForIt
    return lead[1]


def _first_key(source: ParsedYaml, lines: list[str], at: DataPath) -> tuple[int, str]:
    """The line, counted from 0, of a mapping's first key, and what stands before the others."""
    held = held_at(source, at)
    if not isinstance(held, dict) or not held:
        raise NoPlaceForIt
    place = source.position((*at, next(iter(held))), on_key=True)
    lead = lines[place.line - 1][: place.column - 1]
    if _BEFORE_KEY.fullmatch(lead) is None:
        raise NoPlaceForIt
    return place.line - 1, " " * len(lead)


def _empty_key(source: ParsedYaml, lines: list[str], at: DataPath) -> tuple[int, str]:
    """The line below a key that nothing stands behind, counted from 0, and what stands before the key."""
    line = source.position(at, on_key=True).line
    found = re.fullmatch(rf"(\s*){re.escape(str(at[-1]))}:\s*(#.*)?", lines[line - 1])
    if found is None:
        raise NoPlaceForIt
    return line, found[1]


def _end_under(lines: list[str], key: Position) -> int:
    """The line index after the last line of what stands under a key: further in, or a dash right below it."""
    indent, at = key.column - 1, key.line
    while at < len(lines) and (_is_open(lines[at]) or _depth(lines[at]) > indent or _is_dash(lines[at], indent)):
        at += 1
    return _before_comments(lines, at, indent)


def end_of_mapping(lines: list[str], first: int, indent: int) -> int:
    """The line index after the last line that is as far in as the mapping's keys: a text of several lines is, too."""
    at = first + 1
    while at < len(lines) and (_is_open(lines[at]) or _depth(lines[at]) >= indent):
        at += 1
    return _before_comments(lines, at, indent - 1)


def _before_comments(lines: list[str], at: int, indent: int) -> int:
    """Back over blank lines, and over comments no further in than `indent`: they belong to what follows."""
    while at > 0 and (not lines[at - 1].strip() or (_is_open(lines[at - 1]) and _depth(lines[at - 1]) <= indent)):
        at -= 1
    return at


def _is_open(line: str) -> bool:
    """Whether a line says nothing by itself: blank, or a comment."""
    return not line.strip() or line.lstrip(" ").startswith("#")


def _is_dash(line: str, indent: int) -> bool:
    return _depth(line) == indent and (line[indent:] == "-" or line[indent:].startswith("- "))


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _indented(lines: Iterable[str], indent: str) -> list[str]:
    return [indent + line for line in lines]
