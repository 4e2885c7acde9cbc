"""libyaml's events become plain data (dicts, lists, text) and, when asked for, places.

Events, since composing a node tree in C recurses without a limit (sixty thousand `[` end the process), and
because a walk over events costs less than PyYAML's own constructor. Places are looked up in a second walk, only
for files that have something to report: ten thousand faultless families hold no marks in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import yaml

from hopdocs.diagnostics import Diagnostic
from hopdocs.sources.yaml.libyaml import MAX_DEPTH, YamlEvent, find_excess_depth, open_events
from hopdocs.sources.yaml.yaml_pitfalls import (
    MOST_FAULTS,
    check_folded,
    diagnose_event,
    find_duplicates,
    refuse_conveniences,
    report_cut,
    stands_alone,
)

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
"""What a file holds: every plain scalar is its text as written; nothing, `~` and `null` are None."""

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})

_TYPESET_QUOTES: Final = frozenset("“”„»«")


def _without_quotes(text: str) -> str:
    """A value without the quotation marks that Word set around all of it: letters print their own. Inner ones stay."""
    inner = text[1:-1]
    is_quoted = len(text) > 2 and text[-1] in _TYPESET_QUOTES and not _TYPESET_QUOTES.intersection(inner)  # noqa: PLR2004 - both marks and a letter
    return inner.strip() if is_quoted else text


@dataclass(frozen=True, slots=True)
class Read:
    """One document's data, and the faults that YAML itself allows."""

    tree: Tree
    diagnostics: tuple[Diagnostic, ...]
    has_empty: bool = False
    """Whether any value is nothing: the model takes such a key as not written."""


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
    has_duplicates = has_empty = False
    try:
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                scalar = event
                value: Tree = event.value
                style = event.style
                if event.tag is not None or event.anchor is not None:
                    refuse_conveniences(event, path, faults)
                if is_mapping and key_event is None:
                    key_event = event
                    key = event.value
                    if key in holder:
                        has_duplicates = True
                        key = None
                    elif not key:
                        faults.append(diagnose_event(event, path, "HD175", {}))
                    continue
                if not style:
                    if value in _NULLS:
                        value = None
                        has_empty = True
                        if in_flow and is_mapping and stands_alone(key_event, event):
                            report_cut(key_event, holder, path, faults)
                            key = key_event = None
                            continue
                    else:
                        if event.start_mark.line != event.end_mark.line:
                            check_folded(text, event, key if is_mapping else None, path, faults)
                        if event.value[0] in _TYPESET_QUOTES:
                            value = _without_quotes(event.value)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if event.tag is not None or event.anchor is not None:
                    refuse_conveniences(event, path, faults)
                if len(stack) >= MAX_DEPTH:
                    faults.append(diagnose_event(event, path, "HD105", {"most": str(MAX_DEPTH)}))
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
                    faults.append(diagnose_event(event, path, "HD175", {}))
                    key_event, key = event, None
                    continue
            elif kind is yaml.AliasEvent:
                refuse_conveniences(event, path, faults)
                value = None
                if is_mapping and key_event is None:
                    key_event, key = event, None
                    continue
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    faults.append(diagnose_event(event, path, "HD108", {}, length=3))
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
        if (mark := find_excess_depth(error)) is None:
            raise UnreadableText(error, last) from error
        faults.append(Diagnostic(path, mark[0] + 1, mark[1] + 1, "HD105", {"most": str(MAX_DEPTH)}, length=1))
    if has_duplicates:
        faults += find_duplicates(text, path)
    return Read(root[0] if root else None, tuple(faults[:MOST_FAULTS]), has_empty)
