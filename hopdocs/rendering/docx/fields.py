"""Word's fields in a text, each with its whole instruction, into however many runs Word has cut it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING, Final

from hopdocs.rendering.docx.stories import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_KIND: Final = re.compile(r"\s*(=|[^\s\\\"{]+)")


@dataclass(slots=True)
class WordField:
    """One field: where it begins, what it asks for, and the texts that it showed when the template was saved."""

    start: etree._Element
    instruction: str = ""
    shown: list[etree._Element] = dataclass_field(default_factory=list)
    is_shown: bool = False
    """Whether what follows is what it showed, no longer what it asks for."""

    @property
    def kind(self) -> str:
        """Its first word, in capitals as Word writes it."""
        match = _KIND.match(self.instruction)
        return match[1].upper() if match else ""


def read_fields(root: etree._Element) -> Iterator[WordField]:
    """Every field of a text, inner ones before those around them."""
    opened: list[WordField] = []
    for node in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple", f"{W}t"):
        match node.get(f"{W}fldCharType"):
            case "begin":
                opened.append(WordField(node))
            case "separate" if opened:
                opened[-1].is_shown = True
            case "end" if opened:
                yield opened.pop()
            case None if node.tag == f"{W}fldSimple":
                yield WordField(node, node.get(f"{W}instr", ""), list(node.iter(f"{W}t")), is_shown=True)
            case None:
                _add_text(opened, node)
    yield from reversed(opened)


def _add_text(opened: list[WordField], node: etree._Element) -> None:
    if node.tag == f"{W}t":
        for field in opened:
            field.shown += [node] if field.is_shown else []
    elif opened and not opened[-1].is_shown:
        opened[-1].instruction += node.text or ""
