"""What LibreOffice's tags lack for somebody who listens to a letter.

PDF/UA (ISO 14289-1, 7.1) wants every mark on a page to be either content in the structure or an artifact, so that a
screen reader knows what to pass over. LibreOffice 7.4 marks the lines of tables, but not those of paragraphs: the
rules under a letterhead, the bar beside a quotation. The file stays LibreOffice's own, with every object where it was;
offsets are counted anew. What is not written in that way is left as it is.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

from hopdocs.rendering.pdf.edits import apply_edits, find_object, find_table, read_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hopdocs.rendering.pdf.edits import Edit

_CONTENTS: Final = re.compile(rb"/Type/Page/[^>]*?/Contents (\d+) 0 R")
_STREAM: Final = re.compile(rb"(\d+) 0 obj\n<</Length (\d+) 0 R/Filter/FlateDecode>>\nstream\n")
_END: Final = b"\nendstream\nendobj\n"
_LENGTH: Final = re.compile(rb"(\d+) 0 obj\n(\d+)\nendobj\n")
_MARK: Final = re.compile(rb"C(?<=([BE])[DM]C)(?=\s)(?<![^\s>]...)")
"""From its last letter, which is seldom anything else: that finds it four times as fast."""
_DRAWN: Final = re.compile(rb"(?:^|(?<=\n))[^\n]*(?<=[ \n])(?:S|s|f\*?|F|B\*?|b\*?)(?=\n)")
_TEXT_OR_PICTURE: Final = re.compile(rb"(?:^|(?<=[ \n]))(?:BT|Do|sh|BI)(?=[ \n])")

_TABS_AS_TEXT: Final = b"\n/Tabs(S)\n"
_TABS_AS_NAME: Final = b"\n/Tabs/S \n"
"""How one moves from link to link (7.18.3): a name (ISO 32000-1, table 30), which LibreOffice 7.4 writes as a text."""


def repair_marks(pdf: bytes) -> bytes:
    """The same PDF with every line outside the tags an artifact."""
    pdf = pdf.replace(_TABS_AS_TEXT, _TABS_AS_NAME)
    table = find_table(pdf)
    if table is None:
        return pdf
    offsets, pages = read_offsets(table), {int(number) for number in _CONTENTS.findall(pdf)}
    edits = [edit for page in pages for edit in _edit_page(pdf, offsets, page)]
    return apply_edits(pdf, sorted(edits), table) if edits else pdf


def _edit_page(pdf: bytes, offsets: Sequence[int], number: int) -> Iterator[Edit]:
    stream = find_object(pdf, offsets, number, _STREAM)
    length = find_object(pdf, offsets, int(stream[2]), _LENGTH) if stream is not None else None
    if stream is None or length is None:
        return
    begin, end = stream.end(), stream.end() + int(length[2])
    if not pdf.startswith(_END, end):
        return
    try:
        content = zlib.decompress(pdf[begin:end])
    except zlib.error:
        return
    marked = mark_content(content)
    if marked != content:
        packed = zlib.compress(marked)
        yield begin, end, packed
        yield (*length.span(2), b"%d" % len(packed))


def mark_content(content: bytes) -> bytes:
    """A page's content with the lines between its marked stretches wrapped."""
    pieces, depth, begin = [], 0, 0
    for mark in _MARK.finditer(content):
        if mark[1] == b"E":
            depth -= 1
            begin = mark.end() if depth == 0 else begin
            continue
        if depth == 0:
            start = content.rfind(b"\n", 0, mark.start()) + 1
            pieces.append((begin, max(start, begin)))
        depth += 1
    pieces.append((begin, len(content)))
    made, done = [], 0
    for start, end in pieces:
        made += [content[done:start], _mark_piece(content[start:end])]
        done = end
    return b"".join([*made, content[done:]])


def _mark_piece(piece: bytes) -> bytes:
    """Each drawn path, from its first point on; anything that a reader would hear stays as it is."""
    if piece.isspace() or not _DRAWN.search(piece) or _TEXT_OR_PICTURE.search(piece):
        return piece
    lines = piece.split(b"\n")
    drawn = [number for number, line in enumerate(lines) if _DRAWN.match(b"\n" + line + b"\n", 1)]
    first, last = _path_start(lines, drawn[0]), drawn[-1]
    return b"\n".join([*lines[:first], b"/Artifact BMC", *lines[first : last + 1], b"EMC", *lines[last + 1 :]])


def _path_start(lines: list[bytes], drawn: int) -> int:
    """The line on which the path begins that is drawn on this one: nothing may come between it and its drawing."""
    start = drawn
    while start > 0 and lines[start - 1].endswith((b" m", b" l", b" c", b" v", b" y", b" h", b"h", b" re")):
        start -= 1
    return start
