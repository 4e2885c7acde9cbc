"""Facts as lines of a family's file: added at the end of their list, or put into the line that is there.

No other character changes. Where the file is written in a way that leaves no room for that, `NoPlaceForIt` is raised.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain, groupby
from typing import TYPE_CHECKING, Final

from hopdocs.cli.drafts import scalar
from hopdocs.cli.family_edit import NoPlaceForIt, lines_of
from hopdocs.cli.figure_import.comparison import Step
from hopdocs.cli.figure_import.facts import AreaCost, AreaCount, Value
from hopdocs.model.scalars.moments import parse_date
from hopdocs.sources.yaml.decoding import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from hopdocs.cli.figure_import.comparison import Change
    from hopdocs.cli.figure_import.facts import Fact
    from hopdocs.diagnostics import DataPath
    from hopdocs.sources.yaml.yaml_text import ParsedYaml

_HOME: Final = "measurements"
_LISTS: Final = ("services", "costs", "indicators")
_LATER_KEYS: Final = ("pauses", "closing", "moved_away", "target_group_left")
_INDENT: Final = "  "
_BLOCK_LEAD: Final = re.compile(r" *(?:- +)?[\w-]+: +")
"""What stands before a value that has its line to itself."""


class _Turn(IntEnum):
    """Which lines come first where several come in at one place."""

    IN_LIST = 0
    """What belongs to a list that ends there."""
    HOME = 1
    NEW_LIST = 2
    ROOM = 3


@dataclass(frozen=True, slots=True)
class _Rewrite:
    """Signs of one line, counted from 0, that become others."""

    line: int
    column: int
    length: int
    text: str


def write_changes(text: str, source: ParsedYaml, changes: Iterable[Change]) -> str:
    """`text` with all that is to be added, filled in or replaced."""
    todo = [change for change in changes if change.step is not Step.KEEP]
    page = _Page(text, source)
    for change in todo:
        if change.step in (Step.REPLACE, Step.FILL):
            page.put_value(change.at, change.entry.fact)
        if change.step is Step.FILL and isinstance(change.entry.fact, Value):
            page.put_informant(change.at, change.entry.fact.informant)
    added = [change.entry.fact for change in todo if change.step is Step.ADD]
    page.add_counts([fact for fact in added if isinstance(fact, AreaCount)])
    page.add_entries("costs", [_cost(fact) for fact in added if isinstance(fact, AreaCost)])
    page.add_entries("indicators", [_value(fact) for fact in added if isinstance(fact, Value)])
    return page.written()


def add_entries(text: str, source: ParsedYaml, name: str, entries: Sequence[list[str]]) -> str:
    """`text` with entries, each as its lines, at the end of a list under `measurements`."""
    page = _Page(text, source)
    page.add_entries(name, entries)
    return page.written()


def _cost(fact: AreaCost) -> list[str]:
    return [f"- month: {fact.on:%Y-%m}", f"  area: {fact.area}", f"  amount: {_number(fact.amount)}"]


def _value(fact: Value) -> list[str]:
    return [
        f"- key: {fact.kind.key}",
        *([f"  for: [{fact.member}]"] if fact.member is not None else []),
        f"  date: {fact.on.isoformat()}" if fact.is_day else f"  month: {fact.on:%Y-%m}",
        f"  value: {_worded(fact)}",
        *([f"  source: {fact.source}"] if fact.source else []),
        *([f"  informant: {scalar(fact.informant)}"] if fact.informant else []),
    ]


def _count(day: date, facts: Iterable[AreaCount]) -> list[str]:
    counts = [f"    {fact.area}: {_number(fact.amount)}" for fact in facts]
    return [f"- date: {day.isoformat()}", "  counts:", *counts]


def _worded(fact: Fact) -> str:
    """The value as people would write it: yes and no where that is what it says."""
    if isinstance(fact, Value) and fact.kind.is_yes_or_no and fact.amount in (0, 1):
        return "ja" if fact.amount else "nej"
    return _number(fact.amount)


def _number(number: Decimal) -> str:
    """With a comma: what people would have written."""
    return f"{number:f}".replace(".", ",")


class _Page:
    """A file's text, with the places where lines come in and the signs that change."""

    def __init__(self, text: str, source: ParsedYaml) -> None:
        self._text, self._source, self._lines = text, source, lines_of(text)
        self._inserted: dict[tuple[int, _Turn], list[str]] = defaultdict(list)
        self._rewrites: list[_Rewrite] = []
        found = source.tree.get(_HOME)
        self._home: Mapping[str, object] = found if isinstance(found, dict) else {}
        self._begun = False

    def put_value(self, at: DataPath, fact: Fact) -> None:
        """The value in the place of what stands there; behind the key where nothing does."""
        place = self._source.position(at)
        line, column = place.line - 1, place.column - 1
        old = self._value_at(at)
        if old is None:
            self._put_behind_key(at, _worded(fact))
        elif self._lines[line][column : column + place.length].strip("\"'").strip() == str(old).strip():
            is_block = _BLOCK_LEAD.fullmatch(self._lines[line][:column]) is not None
            new = _worded(fact) if is_block else _worded(fact).replace(",", ".")  # in braces a comma ends the value
            self._rewrites.append(_Rewrite(line, column, place.length, new))
        else:
            raise NoPlaceForIt

    def put_informant(self, value_at: DataPath, informant: str) -> None:
        """Who answered, in an entry that waited for its value: behind its key, or on a line below the value."""
        entry = self._value_at(value_at[:-1])
        if not informant or not isinstance(entry, dict) or entry.get("informant"):
            return
        if "informant" in entry:
            self._put_behind_key((*value_at[:-1], "informant"), scalar(informant))
            return
        key = self._source.position(value_at, on_key=True)
        if _BLOCK_LEAD.fullmatch(self._lines[key.line - 1][: key.column - 1] + "value: ") is None:
            raise NoPlaceForIt
        self._inserted[key.line, _Turn.IN_LIST].append(" " * (key.column - 1) + f"informant: {scalar(informant)}")

    def _put_behind_key(self, at: DataPath, text: str) -> None:
        key = self._source.position(at, on_key=True)
        line, begin = self._lines[key.line - 1], key.column - 1
        end = begin + len(str(at[-1])) + 1
        if line[begin:end] != f"{at[-1]}:":
            raise NoPlaceForIt
        self._rewrites.append(_Rewrite(key.line - 1, end, 0, f" {text}"))

    def add_counts(self, facts: Iterable[AreaCount]) -> None:
        """Areas of a day that was counted on already come under its `counts`; each other day is an entry of its own."""
        fresh: list[list[str]] = []
        for day, group in groupby(sorted(facts, key=lambda fact: fact.on), key=lambda fact: fact.on):
            counted = list(group)
            index = self._entry_of(day)
            if index is None:
                fresh.append(_count(day, counted))
                continue
            at = (_HOME, "services", index, "counts")
            known = self._value_at(at)
            if not isinstance(known, dict) or not known:
                raise NoPlaceForIt
            last = self._source.position((*at, next(reversed(known))), on_key=True)
            lead = self._lines[last.line - 1][: last.column - 1]
            if lead.strip():
                raise NoPlaceForIt
            self._inserted[last.line, _Turn.IN_LIST] += [
                f"{lead}{fact.area}: {_number(fact.amount)}" for fact in counted
            ]
        self.add_entries("services", fresh)

    def add_entries(self, name: str, entries: Sequence[list[str]]) -> None:
        """Entries at the end of a list under `measurements`, which is begun where there is none."""
        if not entries:
            return
        body = list(chain.from_iterable(entries))
        if self._home.get(name):
            place = self._source.position((_HOME, name, 0), on_key=False)
            lead = re.match(r"(\s*)-\s", self._lines[place.line - 1])
            if lead is None:
                raise NoPlaceForIt
            self._inserted[self._end_of((_HOME, name)), _Turn.IN_LIST] += [lead[1] + line for line in body]
        elif name in self._home:
            place = self._source.position((_HOME, name), on_key=True)
            lead = re.fullmatch(rf"(\s*){name}:\s*(#.*)?", self._lines[place.line - 1])
            if lead is None:
                raise NoPlaceForIt
            self._inserted[place.line, _Turn.IN_LIST] += [lead[1] + _INDENT + line for line in body]
        else:
            at, lead_text = self._room_for(name)
            self._inserted[at, _Turn.NEW_LIST] += [
                f"{lead_text}{name}:",
                *(lead_text + _INDENT + line for line in body),
            ]

    def written(self) -> str:
        """The text with everything in its place."""
        newline = "\r\n" if "\r\n" in self._text else "\n"
        begins = [0, *(found.end() for found in LINE_BREAK.finditer(self._text))]
        text = self._text
        edits: list[tuple[int, int, str]] = []
        for item in self._rewrites:
            start = begins[item.line] + item.column + (item.line == 0 and text.startswith("\ufeff"))
            edits.append((start, start + item.length, item.text))
        for at, turns in groupby(sorted(self._inserted), key=lambda place: place[0]):
            block = "".join(line + newline for place in turns for line in self._inserted[place])
            if at < len(begins):
                edits.append((begins[at], begins[at], block))
            else:
                edits.append((len(text), len(text), newline + block))
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def _room_for(self, name: str) -> tuple[int, str]:
        """Before which line a new list under `measurements` comes, and how far in its key stands."""
        if self._home:
            first = self._source.position((_HOME, next(iter(self._home))), on_key=True)
            lead = self._lines[first.line - 1][: first.column - 1]
            if lead.strip() or not lead:
                raise NoPlaceForIt
            before = [key for key in _LISTS[: _LISTS.index(name)] if self._home.get(key)]
            return self._end_of((_HOME, before[-1]) if before else (_HOME,)), lead
        if _HOME in self._source.tree:
            line = self._source.position((_HOME,), on_key=True).line
            if re.fullmatch(rf"{_HOME}:\s*(#.*)?", self._lines[line - 1]) is None:
                raise NoPlaceForIt
            return line, _INDENT
        tops = [self._source.position((key,), on_key=True).line for key in _LATER_KEYS if key in self._source.tree]
        at = self._before_comments(min(tops) - 1, 0) if tops else len(self._lines)
        if not self._begun:
            self._begun = True
            has_room = not tops or (at < len(self._lines) and not self._lines[at].strip())
            self._inserted[at, _Turn.HOME] += ["", f"{_HOME}:"] if has_room else [f"{_HOME}:"]
            self._inserted[at, _Turn.ROOM] += [] if has_room else [""]
        return at, _INDENT

    def _end_of(self, path: DataPath) -> int:
        """The line index after the last line of the block under a key."""
        key = self._source.position(path, on_key=True)
        indent, at = key.column - 1, key.line
        while at < len(self._lines) and self._is_inside(self._lines[at], indent):
            at += 1
        return self._before_comments(at, indent)

    @staticmethod
    def _is_inside(line: str, indent: int) -> bool:
        """Whether a line may belong to what stands under a key: further in, or a dash right below it."""
        rest = line.lstrip(" ")
        depth = len(line) - len(rest)
        return (
            not rest.strip() or rest.startswith("#") or depth > indent or (depth == indent and rest[:2] in ("- ", "-"))
        )

    def _before_comments(self, at: int, indent: int) -> int:
        """Back over blank lines, and over comments that stand no further in than the key: they belong below."""
        while at > 0:
            line = self._lines[at - 1]
            rest = line.lstrip(" ")
            if rest.strip() and not (rest.startswith("#") and len(line) - len(rest) <= indent):
                break
            at -= 1
        return at

    def _entry_of(self, day: date) -> int | None:
        services = self._home.get("services")
        for index, line in enumerate(services if isinstance(services, list) else ()):
            if isinstance(line, dict) and parse_date(str(line.get("date"))) == day:
                return index
        return None

    def _value_at(self, at: DataPath) -> object:
        here: object = self._source.tree
        for step in at:
            if isinstance(here, dict) and isinstance(step, str):
                here = here.get(step)
            elif isinstance(here, list) and isinstance(step, int):
                here = here[step]
        return here
