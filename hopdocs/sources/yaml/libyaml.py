"""The door to libyaml's event parser: the only lines that touch PyYAML's untyped extension.

An event has `start_mark` and `end_mark` (line, column and index from 0, in characters); a scalar also `value` and
`style` (empty for plain text), a collection `flow_style`, both `anchor` and `tag`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave it out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

YamlEvent: TypeAlias = Any

OPENINGS: Final = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent})
MAX_DEPTH: Final = 20
"""No family file is nested deeper than nine; libyaml's own cost rises with depth."""

ENDS: Final = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})


def open_events(text: str) -> Callable[[], YamlEvent | None]:
    """A function that gives the next event, None at the end; it raises `yaml.MarkedYAMLError`."""
    next_event: Callable[[], YamlEvent | None] = CParser(text).get_event
    return next_event


def find_excess_depth(error: yaml.MarkedYAMLError) -> tuple[int, int] | None:
    """Line and column from 0 if libyaml itself refused to go deeper; None for every other complaint.

    From PyYAML 6.0.4 on it looks ahead along a line and may refuse before the event that we would count
    ("exceeded maximum nesting depth"); later libyamls say "Maximum nesting level reached".
    """
    mark = error.problem_mark
    if mark is None or "maximum nesting" not in f"{error.context} {error.problem}".lower():
        return None
    return mark.line, mark.column


def walk_events(text: str) -> Iterator[YamlEvent]:
    """The first document's events again, for a second look; ends quietly where the first reading gave up."""
    next_event = open_events(text)
    depth = 0
    try:
        while (event := next_event()) is not None and type(event) is not yaml.DocumentEndEvent:
            depth += (type(event) in OPENINGS) - (type(event) in ENDS)
            if depth > MAX_DEPTH:
                return
            yield event
    except yaml.MarkedYAMLError:
        return
