"""Whether each branch of a template closes the elements that it opens.

A block that begins in the line (`{% if x %}`) and ends with its paragraph (`{%p endif %}`) gives a document while x
holds, and a broken one when it does not, at a place far away. So the markup is followed through every branch: a loop
must leave the elements open that it found open, and the ways through an `if` must agree.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from jinja2 import nodes

from hopdocs.rendering.faults import locate_line, template_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.diagnostics import Diagnostic
    from hopdocs.rendering.docx.preparation import PartSource

_TAG_NAME: Final = re.compile(r"</?([\w:.-]+)")
_TAG_END: Final = re.compile(r"[\"'>]|/>")
_SKIPPED: Final = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
_OPENING: Final = re.compile(r"{%[-+]?\s*(?:if|for|macro|call|filter|set|with)\b.*?%}", re.DOTALL)


class _State(NamedTuple):
    """The elements that are open, innermost last; whether the text is inside a tag of the markup, and which quote."""

    open: tuple[str, ...]
    tag: str = ""
    quote: str = ""


class _UnevenError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def find_uneven_branches(template: str, part: PartSource, tree: nodes.Template) -> Iterator[Diagnostic]:
    """A fault at the first block whose branches do not agree; what follows it could not be judged."""
    if not part.source.lstrip().startswith("<"):
        return  # a property, which is plain text
    try:
        _Walker().follow(tree.body, _State(()))
    except _UnevenError as err:
        line = part.source.split("\n")[err.line - 1 : err.line]
        match = _OPENING.search(line[0]) if line else None
        tag = " ".join(re.sub(r"<[^>]*>", "", match[0]).split()) if match else "{{ }}"
        yield template_fault("HD327", template, place=locate_line(part.label, part.source, err.line), tag=tag)


class _Walker:
    """Follows every way through a template; `loops` are the states that the loops around began in."""

    def __init__(self) -> None:
        self.loops: list[_State] = []

    def follow(self, statements: Iterable[nodes.Node], state: _State) -> _State:
        for node in statements:
            state = self._follow_one(node, state)
        return state

    def _follow_one(self, node: nodes.Node, state: _State) -> _State:
        match node:
            case nodes.Output(nodes=pieces):
                for piece in pieces:
                    if isinstance(piece, nodes.TemplateData):
                        state = _read(piece.data, state, piece.lineno)
            case nodes.If(body=body, elif_=others, else_=otherwise):
                return self._agree([body, *(other.body for other in others), otherwise], state, node.lineno)
            case nodes.For(body=body, else_=otherwise):
                self.loops.append(state)
                self._return_to(state, body, node.lineno)
                self.loops.pop()
                self._return_to(state, otherwise, node.lineno)
            case nodes.Break() | nodes.Continue() if self.loops and state != self.loops[-1]:
                raise _UnevenError(node.lineno)
            case nodes.Macro(body=body) | nodes.CallBlock(body=body) | nodes.AssignBlock(body=body):
                self._return_to(state, body, node.lineno)
            case nodes.FilterBlock(body=body) | nodes.With(body=body) | nodes.Scope(body=body) | nodes.Block(body=body):
                state = self.follow(body, state)
        return state

    def _agree(self, branches: list[list[nodes.Node]], state: _State, line: int) -> _State:
        ways = {self.follow(branch, state) for branch in branches}
        if len(ways) > 1:
            raise _UnevenError(line)
        return ways.pop()

    def _return_to(self, state: _State, body: Iterable[nodes.Node], line: int) -> None:
        if self.follow(body, state) != state:
            raise _UnevenError(line)


def _read(data: str, state: _State, line: int) -> _State:
    """The state after a piece of markup, which may begin and end anywhere."""
    opened, tag, quote = list(state.open), state.tag, state.quote
    place = 0
    while place < len(data):
        if quote:
            end = data.find(quote, place)
            if end < 0:
                break
            quote, place = "", end + 1
        elif tag:
            match = _TAG_END.search(data, place)
            if match is None:
                break
            place = match.end()
            if match[0] in "\"'":
                quote = match[0]
                continue
            if match[0] == ">":
                _open_or_close(opened, tag, line)
            tag = ""
        else:
            place, tag = _find_tag(data, place)
    return _State(tuple(opened), tag, quote)


def _find_tag(data: str, place: int) -> tuple[int, str]:
    """The next tag's name with its slash, and where it goes on; the end and nothing where there is none."""
    start = data.find("<", place)
    if start < 0:
        return len(data), ""
    for begin, end in _SKIPPED:
        if data.startswith(begin, start):
            found = data.find(end, start)
            return (found + len(end) if found >= 0 else len(data)), ""
    match = _TAG_NAME.match(data, start)
    return (match.end(), match[0][1:]) if match else (start + 1, "")


def _open_or_close(opened: list[str], tag: str, line: int) -> None:
    if not tag.startswith("/"):
        opened.append(tag)
    elif opened and opened[-1] == tag[1:]:
        opened.pop()
    else:
        raise _UnevenError(line)
