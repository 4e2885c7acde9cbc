"""libyaml's events become plain data (dicts, lists, text) and, when asked for, places.

Events, since composing a node tree in C recurses without a limit (sixty thousand `[` end the process), and
because a walk over events costs less than PyYAML's own constructor. Places are looked up in a second walk, only
for files that have something to report: ten thousand faultless families hold no marks in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import yaml

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.sources.decoding import LINE_BREAK
from hopdocs.sources.libyaml import ENDS, MAX_DEPTH, OPENINGS, YamlEvent, open_events, walk_events

if TYPE_CHECKING:
    from collections.abc import Iterator

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
"""What a file holds: every plain scalar is its text as written; nothing, `~` and `null` are None."""

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_SHOWN: Final = 50
_MOST_FAULTS: Final = 100
_MOST_CUT: Final = 400


@dataclass(frozen=True, slots=True)
class Read:
    """One document's data, and the faults that YAML itself allows."""

    tree: Tree
    diagnostics: tuple[Diagnostic, ...]


class UnreadableText(Exception):
    """libyaml gave up; `last_scalar` is first line, column and last line of the last scalar it read."""

    def __init__(self, error: yaml.MarkedYAMLError, last_scalar: tuple[int, int, int]) -> None:
        super().__init__(str(error))
        self.error = error
        self.last_scalar = last_scalar


def read_tree(text: str, path: str) -> Read:  # noqa: C901, PLR0912, PLR0915 - one loop: a call an event costs a third
    """The data of the first document, duplicates and YAML's own conveniences refused."""
    next_event = open_events(text)
    faults: list[Diagnostic] = []
    root: list[Tree] = []
    holder: dict[str, Tree] | list[Tree] = root
    is_mapping = in_flow = False
    key: str | None = None
    key_event: YamlEvent | None = None
    stack: list[tuple[dict[str, Tree] | list[Tree], bool, bool, str | None, YamlEvent | None]] = []
    scalar: YamlEvent | None = None
    documents = 0
    has_duplicates = False
    try:
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                scalar = event
                value: Tree = event.value
                style = event.style
                if event.tag is not None or event.anchor is not None:
                    _refuse_conveniences(event, path, faults)
                if is_mapping and key_event is None:
                    key_event = event
                    key = event.value
                    if key in holder:
                        has_duplicates = True
                        key = None
                    elif not key:
                        faults.append(_at(event, path, "HD175", {}))
                    continue
                if not style:
                    if value in _NULLS:
                        value = None
                        if in_flow and is_mapping and _stands_alone(key_event, event):
                            _report_cut(key_event, holder, path, faults)
                            key = key_event = None
                            continue
                    elif event.start_mark.line != event.end_mark.line:
                        _check_folded(text, event, path, faults)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if event.tag is not None or event.anchor is not None:
                    _refuse_conveniences(event, path, faults)
                if len(stack) >= MAX_DEPTH:
                    faults.append(_at(event, path, "HD105", {"most": str(MAX_DEPTH)}))
                    break
                stack.append((holder, is_mapping, in_flow, key, key_event))
                holder = {} if kind is yaml.MappingStartEvent else []
                is_mapping = kind is yaml.MappingStartEvent
                in_flow = event.flow_style
                key = key_event = None
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                value = holder
                holder, is_mapping, in_flow, key, key_event = stack.pop()
                if is_mapping and key_event is None:
                    faults.append(_at(event, path, "HD175", {}))
                    key_event, key = event, None
                    continue
            elif kind is yaml.AliasEvent:
                _refuse_conveniences(event, path, faults)
                value = None
                if is_mapping and key_event is None:
                    key_event, key = event, None
                    continue
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    faults.append(_at(event, path, "HD108", {}, length=3))
                    break
                continue
            else:
                continue
            if not is_mapping:
                holder.append(value)  # type: ignore[union-attr]
            else:
                if key is not None:
                    holder[key] = value  # type: ignore[call-overload]
                key = key_event = None
    except yaml.MarkedYAMLError as error:
        last = (scalar.start_mark.line, scalar.start_mark.column, scalar.end_mark.line) if scalar else (0, 0, 0)
        raise UnreadableText(error, last) from error
    if has_duplicates:
        faults += _find_duplicates(text, path)
    return Read(root[0] if root else None, tuple(faults[:_MOST_FAULTS]))


def _at(event: YamlEvent, path: str, code: str, params: dict[str, str], length: int = 0) -> Diagnostic:
    start, end = event.start_mark, event.end_mark
    width = length or (end.column - start.column if end.line == start.line else 1)
    return Diagnostic(path, start.line + 1, start.column + 1, code, params, length=max(1, width))


def _refuse_conveniences(event: YamlEvent, path: str, faults: list[Diagnostic]) -> None:
    """Anchors, aliases and tags: nobody here means them, and text that begins with `&`, `*`, `!` becomes one."""
    if len(faults) >= _MOST_FAULTS:
        return
    if event.anchor is not None:
        mark = "*" if type(event) is yaml.AliasEvent else "&"
        word = f"{mark}{event.anchor}"
        faults.append(_at(event, path, "HD106", {"mark": _shorten(word)}, length=len(word)))
    tag = getattr(event, "tag", None)
    if tag is not None:
        word = tag.replace("tag:yaml.org,2002:", "!!")
        faults.append(_at(event, path, "HD107", {"tag": _shorten(word)}, length=len(word)))


def _find_duplicates(text: str, path: str) -> list[Diagnostic]:
    """Keys that stand twice in one mapping, both places told: YAML lets the second silently win."""
    found: list[Diagnostic] = []
    open_mappings: list[dict[str, int]] = []
    for step, event in _walk_keys(text):
        if step == "open":
            open_mappings.append({})
        elif step == "close":
            open_mappings.pop()
        elif event.value in open_mappings[-1]:
            first = open_mappings[-1][event.value]
            found.append(_at(event, path, "HD109", {"key": _shorten(event.value), "first_line": str(first)}))
        else:
            open_mappings[-1][event.value] = event.start_mark.line + 1
    return found


def _walk_keys(text: str) -> Iterator[tuple[str, YamlEvent]]:
    """Openings and ends of mappings, and their keys, in order."""
    waits_for_key: list[bool | None] = [None]
    for event in walk_events(text):
        kind = type(event)
        if kind in OPENINGS:
            is_mapping = kind is yaml.MappingStartEvent
            waits_for_key.append(True if is_mapping else None)
            if is_mapping:
                yield "open", event
            continue
        if kind in ENDS:
            waits_for_key.pop()
            if kind is yaml.MappingEndEvent:
                yield "close", event
        elif kind is yaml.ScalarEvent:
            if waits_for_key[-1]:
                yield "key", event
        elif kind is not yaml.AliasEvent:
            continue
        if waits_for_key[-1] is not None:
            waits_for_key[-1] = not waits_for_key[-1]


def _stands_alone(key_event: YamlEvent, value: YamlEvent) -> bool:
    """Whether a key inside `{…}` has no colon at all: `{text: skole, arbejde}`."""
    if getattr(key_event, "style", "-"):
        return False
    return bool(value.start_mark.index == key_event.end_mark.index)


def _report_cut(
    key_event: YamlEvent, holder: dict[str, Tree] | list[Tree], path: str, faults: list[Diagnostic]
) -> None:
    """A key without a value inside `{…}` is nearly always the end of a sentence, or the decimals of a number."""
    if not isinstance(holder, dict) or len(faults) >= _MOST_FAULTS:
        return
    rest = key_event.value
    previous = next(reversed(holder.items()), None)
    glued, colon, _ = rest.partition(":")
    if colon and glued and " " not in glued:
        column = key_event.start_mark.column + len(glued)
        faults.append(Diagnostic(path, key_event.start_mark.line + 1, column + 1, "HD172", {"key": _shorten(glued)}))
    elif previous and isinstance(previous[1], str):
        name, before = previous
        is_decimal = str(before).isdecimal() and rest.isdecimal()
        params = {"key": _shorten(name), "rest": _shorten(rest), "text": _shorten(f"{before}, {rest}")}
        if is_decimal:
            params["text"] = f"{before},{rest}"
        faults.append(_at(key_event, path, "HD113" if is_decimal else "HD114", params))
    else:
        faults.append(_at(key_event, path, "HD171", {"key": _shorten(rest), "text": _shorten(rest)}))


def _check_folded(text: str, event: YamlEvent, path: str, faults: list[Diagnostic]) -> None:
    """A list's next entry that stands too far in is read on as text of the one before: `a - b`."""
    written = text[event.start_mark.index : event.end_mark.index].splitlines()
    for offset, line in enumerate(written[1:], 1):
        if line.lstrip().startswith("- "):
            column = len(line) - len(line.lstrip())
            params = {
                "found": str(column),
                "expected": str(max(0, column - 1)),
                "above": str(event.start_mark.line + 1),
            }
            faults.append(Diagnostic(path, event.start_mark.line + offset + 1, column + 1, "HD173", params))
            return


def warn_of_hidden_text(text: str, path: str, starts: list[int]) -> list[Diagnostic]:
    """`Lokale #4`: what follows ` #` is a comment to YAML. A comment proper has a space after its mark.

    `starts` are the indexes of the `#` in question; only those right behind an unquoted value count.
    """
    ends: dict[int, YamlEvent] = {}
    for event in walk_events(text):
        kind = type(event)
        if kind is yaml.ScalarEvent and not event.style and event.value:
            ends[event.end_mark.index] = event
    found = []
    for start in starts:
        if start - 1 not in ends:
            continue
        event = ends[start - 1]
        cut = LINE_BREAK.split(text[start : start + _MOST_CUT], maxsplit=1)[0].rstrip()
        line, column = event.end_mark.line + 1, event.end_mark.column + 2
        whole = f"{event.value} {cut}"
        params = {"text": _shorten(cut), "whole": _shorten(whole)}
        found.append(Diagnostic(path, line, column, "HD115", params, Severity.WARNING, Blocks.NOTHING, length=len(cut)))
    return found


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
