"""A page's own content: whether it leaves the state of the drawing as it found it, and which pieces it numbers."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from pypdf.generic import ContentStream

from hopdocs.rendering.pdf.attached.objects import make_stream

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

_SAVES: Final = re.compile(rb"\((?:\\.|[^()\\])*\)|(?<![^\s\])>])[qQ](?!\S)", re.DOTALL)
"""Strings, so that what stands in them is not taken for an operator, and the two that save and restore a state."""
_NUMBERED: Final = re.compile(rb"/MCID\s+(\d{1,6})(?!\d)")


def content_of(page: PageObject) -> bytes:
    """Unpacked, its pieces one after the other; empty where there is none."""
    contents = page.get_contents()
    return contents.get_data() if contents is not None else b""


def _depths(content: bytes) -> list[int]:
    """How many states are saved, after each operator that saves or restores one."""
    return list(accumulate({b"q": 1, b"Q": -1}.get(word, 0) for word in _SAVES.findall(content)))


def is_balanced(content: bytes) -> bool:
    """Whether it restores each state that it saves, and no other."""
    depths = _depths(content)
    return not depths or (min(depths) >= 0 and depths[-1] == 0)


def without_surplus(content: bytes, writer: PdfWriter) -> bytes:
    """A page may restore a state that it never saved, and viewers pass over it; in a drawing they do not."""
    if min(_depths(content), default=0) >= 0:
        return content
    stream = ContentStream(make_stream(content), writer)
    kept, depth = [], 0
    for operands, operator in stream.operations:
        depth += (operator == b"q") - (operator == b"Q")
        if depth >= 0:
            kept.append((operands, operator))
        depth = max(depth, 0)
    stream.operations = kept
    return stream.get_data()


def piece_numbers(content: bytes) -> list[int]:
    """The numbers of its pieces (MCID), whether a tag stands for them or not."""
    return [int(number) for number in _NUMBERED.findall(content)]
