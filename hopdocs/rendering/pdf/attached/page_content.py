"""A page's own content: whether it ends all that it begins, and which pieces it numbers."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from pypdf.generic import ContentStream

from hopdocs.rendering.pdf.attached.objects import make_stream

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

_PAIRED: Final = re.compile(
    rb"\((?:\\.|[^()\\])*\)|(?<![^\s\])>])(?:[qQ]|BT|ET|BDC|BMC|EMC)(?![^\s\[(<{/%])", re.DOTALL
)
"""Strings, so that what stands in them is not taken for an operator, and all that begin or end something."""
_PAIRS: Final = (((b"q",), b"Q"), ((b"BT",), b"ET"), ((b"BDC", b"BMC"), b"EMC"))
"""A state that is saved, a text, and a mark, each with its end."""
_NUMBERED: Final = re.compile(rb"/MCID\s+(\d{1,6})(?!\d)")


def content_of(page: PageObject) -> bytes:
    """Unpacked, its pieces one after the other; empty where there is none."""
    contents = page.get_contents()
    return contents.get_data() if contents is not None else b""


def _depths(words: list[bytes], begins: tuple[bytes, ...], end: bytes) -> list[int]:
    """How many of a kind are begun, after each operator."""
    return list(accumulate((word in begins) - (word == end) for word in words))


def is_balanced(content: bytes) -> bool:
    """Whether it ends each state, text and mark that it begins, and no other."""
    words = _PAIRED.findall(content)
    depths = [_depths(words, *pair) for pair in _PAIRS]
    return not words or all(min(found) >= 0 and found[-1] == 0 for found in depths)


def without_surplus(content: bytes, writer: PdfWriter) -> bytes:
    """A page may restore a state that it never saved, and viewers pass over it; in a drawing they do not."""
    if min(_depths(_PAIRED.findall(content), *_PAIRS[0]), default=0) >= 0:
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
