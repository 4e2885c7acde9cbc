"""Facts as lines of a family's file: added at the end of their list, or put into the line that is there.

No other character changes. Where the file is written in a way that leaves no room for that, `NoPlaceForIt` is raised.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING, Final

from hopdocs.cli.drafts import scalar
from hopdocs.cli.family_edit import NoPlaceForIt, held_at, line_starts, lines_of
from hopdocs.cli.family_edit.entries import add_entry
from hopdocs.cli.figure_import.comparison import Step
from hopdocs.cli.figure_import.facts import AreaCost, AreaCount, Value
from hopdocs.model.scalars.moments import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from hopdocs.cli.figure_import.comparison import Change
    from hopdocs.cli.figure_import.facts import Fact
    from hopdocs.diagnostics import DataPath
    from hopdocs.sources.yaml.yaml_text import ParsedYaml

_HOME: Final = "measurements"
_BLOCK_LEAD: Final = re.compile(r" *(?:- +)?[\w-]+: +")
"""What stands before a value that has its line to itself."""


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
    fresh = {
        "services": page.add_counts([fact for fact in added if isinstance(fact, AreaCount)]),
        "costs": [_cost(fact) for fact in added if isinstance(fact, AreaCost)],
        "indicators": [_value(fact) for fact in added if isinstance(fact, Value)],
    }
    written = page.written()
    for name, entries in fresh.items():
        if entries:
            written = add_entry(written, (_HOME, name), list(chain.from_iterable(entries)))
    return written


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
        self._inserted: dict[int, list[str]] = defaultdict(list)
        self._rewrites: list[_Rewrite] = []
        found = source.tree.get(_HOME)
        self._home: Mapping[str, object] = found if isinstance(found, dict) else {}

    def put_value(self, at: DataPath, fact: Fact) -> None:
        """The value in the place of what stands there; behind the key where nothing does."""
        place = self._source.position(at)
        line, column = place.line - 1, place.column - 1
        old = held_at(self._source, at)
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
        entry = held_at(self._source, value_at[:-1])
        if not informant or not isinstance(entry, dict) or entry.get("informant"):
            return
        if "informant" in entry:
            self._put_behind_key((*value_at[:-1], "informant"), scalar(informant))
            return
        key = self._source.position(value_at, on_key=True)
        if _BLOCK_LEAD.fullmatch(self._lines[key.line - 1][: key.column - 1] + "value: ") is None:
            raise NoPlaceForIt
        self._inserted[key.line].append(" " * (key.column - 1) + f"informant: {scalar(informant)}")

    def _put_behind_key(self, at: DataPath, text: str) -> None:
        key = self._source.position(at, on_key=True)
        line, begin = self._lines[key.line - 1], key.column - 1
        end = begin + len(str(at[-1])) + 1
        if line[begin:end] != f"{at[-1]}:":
            raise NoPlaceForIt
        self._rewrites.append(_Rewrite(key.line - 1, end, 0, f" {text}"))

    def add_counts(self, facts: Iterable[AreaCount]) -> list[list[str]]:
        """Areas of a day that was counted on already come under its `counts`; each other day is an entry to add."""
        fresh: list[list[str]] = []
        for day, group in groupby(sorted(facts, key=lambda fact: fact.on), key=lambda fact: fact.on):
            counted = list(group)
            index = self._entry_of(day)
            if index is None:
                fresh.append(_count(day, counted))
                continue
            at = (_HOME, "services", index, "counts")
            known = held_at(self._source, at)
            if not isinstance(known, dict) or not known:
                raise NoPlaceForIt
            last = self._source.position((*at, next(reversed(known))), on_key=True)
            lead = self._lines[last.line - 1][: last.column - 1]
            if lead.strip():
                raise NoPlaceForIt
            self._inserted[last.line] += [f"{lead}{fact.area}: {_number(fact.amount)}" for fact in counted]
        return fresh

    def written(self) -> str:
        """The text with everything in its place."""
        newline = "\r\n" if "\r\n" in self._text else "\n"
        begins = line_starts(self._text)
        text = self._text
        edits: list[tuple[int, int, str]] = []
        for item in self._rewrites:
            start = begins[item.line] + item.column
            edits.append((start, start + item.length, item.text))
        for at, lines in self._inserted.items():
            block = "".join(line + newline for line in lines)
            if at < len(begins):
                edits.append((begins[at], begins[at], block))
            else:
                edits.append((len(text), len(text), newline + block))
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def _entry_of(self, day: date) -> int | None:
        services = self._home.get("services")
        for index, line in enumerate(services if isinstance(services, list) else ()):
            if isinstance(line, dict) and parse_date(str(line.get("date"))) == day:
                return index
        return None
