"""Where a value stands in its file: from a path of keys and indexes to line, column and length."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import yaml

from hopdocs.sources.yaml.libyaml import ENDS, OPENINGS, YamlEvent, walk_events

if TYPE_CHECKING:
    from hopdocs.diagnostics import DataPath


@dataclass(frozen=True, slots=True)
class Position:
    """Line and column from 1, in characters, and how many characters a caret should cover."""

    line: int
    column: int
    length: int


START: Final = Position(1, 1, 1)
_NODES: Final = OPENINGS | {yaml.ScalarEvent, yaml.AliasEvent}


@dataclass(slots=True)
class _Spot:
    """One value in the file, with what lies in it: `keys` holds the positions of a mapping's keys."""

    position: Position
    keys: dict[str, Position] = field(default_factory=dict)
    values: dict[str | int, _Spot] = field(default_factory=dict)
    is_empty: bool = False


class PositionMap:
    """The positions of everything in one text that libyaml can read."""

    def __init__(self, text: str) -> None:
        self._root = _map_spots(text)

    def find(self, at: DataPath, *, on_key: bool = False) -> Position:
        """The position of a value or, if it does not exist, of the nearest thing that holds it.

        A list's entry is shown by its first key; a missing key of a named mapping by that mapping's own name, since
        the reader looks for the name; an empty value by its key.
        """
        spot = self._root
        key_position: Position | None = None
        for step in at:
            inner = spot.values.get(step)
            if inner is None:
                return key_position or _beginning(spot)
            key_position = spot.keys.get(step) if isinstance(step, str) else None
            spot = inner
        if key_position and (on_key or spot.is_empty):
            return key_position
        return _first_inside(spot)


def _first_inside(spot: _Spot) -> Position:
    """A block of lines is shown by its first key, everything else by itself."""
    first = next(iter(spot.keys.values()), None)
    is_block = first is not None and (first.line, first.column) == (spot.position.line, spot.position.column)
    return first if first is not None and is_block else spot.position


def _beginning(spot: _Spot) -> Position:
    """Where something is missing, a long `{…}` is marked at its bracket only."""
    position = _first_inside(spot)
    return (
        position
        if spot.position != position or not (spot.keys or spot.values)
        else Position(position.line, position.column, 1)
    )


def _map_spots(text: str) -> _Spot:
    """One walk over the events; twins keep the first one's position, as the data keep the first one's value."""
    holder = root = _Spot(START)
    name: str | None = None
    stack: list[tuple[_Spot, str | None, bool]] = []
    is_mapping = False
    for event in walk_events(text):
        kind = type(event)
        if kind in ENDS:
            _close(holder, event)
            holder, name, is_mapping = stack.pop()
            continue
        if kind not in _NODES:
            continue
        position = _position_of(event)
        is_key = is_mapping and name is None
        if is_key and kind is yaml.ScalarEvent:
            name = event.value
            holder.keys.setdefault(event.value, position)
            continue
        spot = _Spot(position, is_empty=kind is yaml.ScalarEvent and event.start_mark.index == event.end_mark.index)
        if is_key:
            name = ""  # a list or a mapping as key: refused elsewhere, but what follows is its value
        elif is_mapping:
            holder.values.setdefault(name or "", spot)
            name = None
        else:
            holder.values[len(holder.values)] = spot
        if kind in OPENINGS:
            stack.append((holder, name, is_mapping))
            holder, name, is_mapping = spot, None, kind is yaml.MappingStartEvent
    return root.values.get(0, root)


def _close(spot: _Spot, event: YamlEvent) -> None:
    """`{…}` and `[…]` on one line are marked whole."""
    end = event.end_mark
    if end.index > event.start_mark.index and end.line + 1 == spot.position.line:
        spot.position = Position(spot.position.line, spot.position.column, end.column - spot.position.column + 1)


def _position_of(event: YamlEvent) -> Position:
    start, end = event.start_mark, event.end_mark
    width = end.column - start.column if end.line == start.line else 1
    return Position(start.line + 1, start.column + 1, max(1, width))
