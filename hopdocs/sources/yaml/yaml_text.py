"""Strict YAML with positions: data as text, every fault at its line, as many faults at once as can be found.

Scalars stay text: PyYAML's own typing would make 600 of `10:00`, False of `no`, and 1.25 of
`1.250`. The schema types them, knowing what each key means. What YAML allows and nobody here means (duplicate
keys, aliases, tags, a second document) is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from hopdocs.diagnostics import DataPath, Diagnostic, sort_diagnostics
from hopdocs.sources.yaml.decoding import LINE_BREAK, decode_text
from hopdocs.sources.yaml.event_tree import Read, Tree, UnreadableText, read_tree
from hopdocs.sources.yaml.positions import START, Position, PositionMap
from hopdocs.sources.yaml.recovery import Recovery
from hopdocs.sources.yaml.shared_causes import drop_unseen_indents
from hopdocs.sources.yaml.syntax_faults import explain_syntax_error
from hopdocs.sources.yaml.unread_parts import UnreadParts, find_unread_parts
from hopdocs.sources.yaml.yaml_pitfalls import warn_of_hidden_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.sources.yaml.syntax_fault import SyntaxFault

__all__ = ["ParsedYaml", "Tree", "parse_yaml"]

_HASH_IN_TEXT: Final = re.compile(r" #(?<=[^\s#] #)(?:[^\s#!]|[ ]\d)")
_TAB_INDENT: Final = re.compile(r"^[ ]*\t", re.MULTILINE)
_MOST_TABS: Final = 20
_MOST_HASHES: Final = 20


@dataclass(frozen=True)
class ParsedYaml:
    """What a file holds, where, and what is wrong with its YAML.

    `shown` is the text for snippets; `parsed` is what the data come from: the same lines, with those blanked that
    could not be read (`None`: nothing could). `has_empty`: some key stands without a value.
    """

    path: str
    tree: dict[str, Tree]
    diagnostics: tuple[Diagnostic, ...]
    shown: str
    parsed: str | None
    has_empty: bool = False

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The file's lines as a person sees them, for carets."""
        return tuple(LINE_BREAK.split(self.shown))

    def has_lost(self, at: DataPath) -> bool:
        """Whether lines were left out there: only where not does a missing key mean that nobody wrote it."""
        return self._unread_parts.reaches(at)

    @cached_property
    def _unread_parts(self) -> UnreadParts:
        if self.parsed is None:
            return UnreadParts(everything=True)
        if not self.diagnostics:
            return UnreadParts()
        return find_unread_parts(self.lines, LINE_BREAK.split(self.parsed), self.diagnostics)

    def position(self, at: DataPath, *, on_key: bool = False) -> Position:
        """Where a value (or its key) stands; for a path that does not exist, its nearest existing ancestor."""
        found = self._positions.find(at, on_key=on_key) if self._positions else START
        if not self.lines:
            return START
        if found.line > len(self.lines):
            return Position(len(self.lines), 1, 1)
        width = len(self.lines[found.line - 1])
        column = min(found.column, width + 1)
        return Position(found.line, column, max(1, min(found.length, width + 1 - column)))

    @cached_property
    def _positions(self) -> PositionMap | None:
        return PositionMap(self.parsed) if self.parsed is not None else None


def parse_yaml(data: bytes, path: str) -> ParsedYaml:
    """Everything in `data` that can be read, and everything that is wrong with it as YAML."""
    decoded = decode_text(data, path)
    if decoded.text is None:
        return ParsedYaml(path, {}, decoded.diagnostics, decoded.shown, None)
    try:
        read, parsed = read_tree(decoded.text, path), decoded.text
        faults: list[Diagnostic] = []
    except UnreadableText as unreadable:
        read, parsed, faults = _read_around_faults(decoded.text, path, unreadable)
        faults = _with_all_tabs(faults, decoded.text)
    faults = drop_unseen_indents([*faults, *decoded.diagnostics])
    faults += read.diagnostics
    starts = [match.start() + 1 for match in islice(_HASH_IN_TEXT.finditer(parsed), _MOST_HASHES)]
    if starts:
        faults += warn_of_hidden_text(parsed, path, starts)
    tree = read.tree
    if not isinstance(tree, dict):
        faults += _report_top_level(tree, path, is_certain=not faults)
        tree = {}
    if faults:
        lines = LINE_BREAK.split(decoded.shown)
        faults = sort_diagnostics([_inside(fault, lines) for fault in faults])
    return ParsedYaml(path, tree, tuple(faults), decoded.shown, parsed, read.has_empty)


def _inside(fault: Diagnostic, lines: list[str]) -> Diagnostic:
    """A fault at the end of the file, which libyaml puts on a line below the last, on the last."""
    if fault.line <= len(lines):
        return fault
    return replace(fault, line=len(lines), column=max(1, len(lines[-1])), length=1)


def _read_around_faults(text: str, path: str, unreadable: UnreadableText) -> tuple[Read, str, list[Diagnostic]]:
    """Blanks what cannot be read and reads on, until the rest is readable; each fault is explained once."""
    recovery = Recovery(text)
    faults: list[Diagnostic] = []
    while True:
        fault = explain_syntax_error(unreadable.error, recovery.lines, unreadable.last_scalar)
        if recovery.is_news(fault):
            faults.append(_diagnose(fault, path))
        if not recovery.blank(fault):
            return Read({}, ()), "", faults
        try:
            return read_tree(recovery.text, path), recovery.text, faults
        except UnreadableText as again:
            unreadable = again


def _diagnose(fault: SyntaxFault, path: str) -> Diagnostic:
    return Diagnostic(path, fault.line + 1, fault.column + 1, fault.code, fault.params, length=fault.length)


def _with_all_tabs(faults: list[Diagnostic], text: str) -> list[Diagnostic]:
    """Where one tab broke the file, the others are told too: they come in numbers."""
    first = next((fault for fault in faults if fault.code == "HD112"), None)
    if first is None:
        return faults
    known = {fault.line for fault in faults}
    return faults + [
        replace(first, line=line, column=column, params={})
        for line, column in _find_tab_indents(text)
        if line not in known
    ]


def _find_tab_indents(text: str) -> Iterator[tuple[int, int]]:
    found = 0
    for number, line in enumerate(LINE_BREAK.split(text), 1):
        match = _TAB_INDENT.match(line)
        if match and line.strip() and found < _MOST_TABS:
            found += 1
            yield number, match.end()


def _report_top_level(tree: Tree, path: str, *, is_certain: bool) -> list[Diagnostic]:
    """The file holds no `key: value` lines; after a fault that was told already, that says nothing new."""
    if not is_certain:
        return []
    if tree is None:
        return [Diagnostic(path, 0, 0, "HD103")]
    return [Diagnostic(path, 1, 1, "HD104")]
