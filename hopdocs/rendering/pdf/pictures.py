"""Pictures, for somebody who listens to a letter: those with a description are heard, decorative ones passed over.

LibreOffice 7.4 draws every picture as an artifact, and leaves beside it a figure in the structure that holds nothing:
a program that reads aloud has nothing on the page to tie the description to. And it does not know Word's mark for a
picture that is mere decoration (25.2 does): to it that is a figure without a description, which PDF/UA forbids
(ISO 14289-1, 7.1 and 7.3). So the copy that it converts bears a description that says so, and here the empty figure
goes. Any other gets its picture back. 25.2 takes any mark for a yes, also one that says no; so that one does not stand
in the copy. The file stays LibreOffice's own, as in `marks`.

A chart is vectors beside dots (`docx/pictures/charts`). 25.2 draws the vectors; 7.4 knows the dots alone, and draws the
vectors where they stand in the place of the dots. So in the copy they do.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

from hopdocs.rendering.pdf.edits import apply_edits, find_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.rendering.pdf.edits import Edit

_DECORATION: Final = "hopdocs: decoration"
_AS_WRITTEN: Final = b"<FEFF%s>" % _DECORATION.encode("utf-16-be").hex().upper().encode()

_MARKED: Final = b":decorative "
_PROPERTIES: Final = re.compile(rb"<(\w+:)?docPr\b([^>]*[^>/])>((?:(?!</?\1?docPr\b).)*)(?=</\1?docPr>)", re.DOTALL)
_IS_ON: Final = re.compile(rb"<\w+:decorative\b[^>]*\bval=[\"'](?:1|true)[\"']")
_IS_SAID: Final = re.compile(rb"<\w+:decorative\b[^>]*/>")
_CHART: Final = re.compile(
    rb'<a:blip r:embed="hopdocs-(\w+)-png"><a:extLst>(?:(?!</a:blip>).)*r:embed="hopdocs-\1-svg"/></a:ext></a:extLst>'
    rb"</a:blip>",
    re.DOTALL,
)
_DESCRIPTION: Final = re.compile(rb"\s(?:descr|title)=(?:\"[^\"]*\"|'[^']*')")

_FIGURE: Final = re.compile(
    rb"(?<=\n)(\d+) 0 obj\n<</Type/StructElem\n/S/Figure\n/P (\d+) 0 R\n/Pg (\d+) 0 R\n((?:(?!/K\[|endobj).)*?)(>>)\n"
    rb"endobj\n",
    re.DOTALL,
)
"""A figure that holds nothing."""
_KIND: Final = b"/S/Figure"
_ATTRIBUTES: Final = re.compile(rb"/A (\d+) 0 R")
_BOX: Final = re.compile(rb"/BBox\[([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+)\]")
_DRAWN: Final = re.compile(
    rb"(?<=\n)/Artifact BMC(?=\nQ q [\d. -]+ re\nW\* n\nq ([\d.-]+) 0 0 ([\d.-]+) ([\d.-]+) ([\d.-]+) cm\n"
    rb"/Im\d+ Do Q\nEMC\n)"
)
_CUT: Final = re.compile(rb"(?<=\n)/Artifact BMC(?=\nQ q ([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re\nW\* n\n)")
"""What is drawn within a box of its own: vectors, which have no matrix that would say their size."""
_CONTENTS: Final = re.compile(rb"/Contents (\d+) 0 R")
_MARKS_OF_PAGE: Final = re.compile(rb"/StructParents (\d+)")
_STREAM: Final = rb"(?<=\n)%s 0 obj\n<</Length (\d+) 0 R/Filter/FlateDecode>>\nstream\n(.*?)\nendstream\nendobj\n"
_OBJECT: Final = rb"(?<=\n)%s 0 obj\n(?:(?!endobj).)*"
_ROWS: Final = re.compile(rb"<</Nums\[\n(?:(?!\]>>).)*\n(?=\]>>)", re.DOTALL)
_ROW: Final = re.compile(rb"\n(\d+) ")
_PARENTS: Final = rb"(?:(?<=<</Nums\[\n)|(?<=\]\n))%s \[((?:\s*\d+ 0 R|\s*null)*) ?\]"
_NEAR: Final = 0.5
"""Points by which LibreOffice's own two measures of one box differ at most."""


def prepare_story(data: bytes) -> bytes:
    """A document, header, footer or notes for the copy to convert: charts as vectors, and decoration that is named.

    `repair_pictures` knows that name. A story without either, which is nearly every one, comes back as it is.
    """
    if _MARKED in data:
        data = _PROPERTIES.sub(_name_one, data)
    return _CHART.sub(rb'<a:blip r:embed="hopdocs-\1-svg"/>', data) if b":svgBlip " in data else data


def _name_one(match: re.Match[bytes]) -> bytes:
    prefix, attributes, inner = match[1] or b"", match[2], match[3]
    if not _IS_ON.search(inner):
        return b"<%sdocPr%s>%s" % (prefix, attributes, _IS_SAID.sub(b"", inner))
    return b'<%sdocPr%s descr="%s">%s' % (prefix, _DESCRIPTION.sub(b"", attributes), _DECORATION.encode(), inner)


def repair_pictures(pdf: bytes) -> bytes:
    """The same PDF with decoration out of its structure, and each described picture where its figure is."""
    table = find_table(pdf) if _KIND in pdf else None
    if table is None:
        return pdf
    edits: list[Edit] = []
    lone: dict[bytes, list[re.Match[bytes]]] = {}
    for figure in _FIGURE.finditer(pdf):
        if _AS_WRITTEN in figure[4]:
            edits += _take_out(pdf, figure)
        else:
            lone.setdefault(figure[3], []).append(figure)
    rows = _ROWS.search(pdf)
    if lone and rows is not None:
        known = [int(number) for number in _ROW.findall(rows[0])]
        more: list[bytes] = []
        for page, figures in lone.items():
            fresh = max(known, default=-1) + 1 + len(more)
            edits += _tie(pdf, page, figures, fresh, more)
        if more:
            edits.append((rows.end(), rows.end(), b"".join(more)))
    return apply_edits(pdf, sorted(edits), table) if edits else pdf


def _take_out(pdf: bytes, figure: re.Match[bytes]) -> Iterator[Edit]:
    """The figure out of what holds it; its number stays, and means nothing."""
    above = re.search(_OBJECT % figure[2], pdf, re.DOTALL)
    kids = above[0].rfind(b"/K[") if above is not None else -1
    found = re.compile(rb"(?<=[\[\s])%s 0 R\s?" % figure[1]).search(above[0], kids) if above is not None else None
    if above is not None and found is not None and kids >= 0:
        yield above.start() + found.start(), above.start() + found.end(), b""
        yield pdf.index(b"<<", figure.start()), figure.end(5), b"null"


def _tie(pdf: bytes, page: bytes, figures: list[re.Match[bytes]], fresh: int, more: list[bytes]) -> Iterator[Edit]:
    """Each figure of a page to the one picture that is drawn in its box.

    A page without words has no row yet in the table of what its marks belong to; it takes the `fresh` number, and its
    row goes into `more`.
    """
    said = re.search(_OBJECT % page, pdf, re.DOTALL)
    contents = _CONTENTS.search(said[0]) if said is not None else None
    marks_of_page = _MARKS_OF_PAGE.search(said[0]) if said is not None else None
    if said is None or contents is None:
        return
    stream = re.search(_STREAM % contents[1], pdf, re.DOTALL)
    parents = re.search(_PARENTS % marks_of_page[1], pdf) if marks_of_page is not None else None
    length = re.search(rb"\n%s 0 obj\n(\d+)\nendobj\n" % stream[1], pdf) if stream is not None else None
    if stream is None or length is None or (parents is None and marks_of_page is not None):
        return
    try:
        content = zlib.decompress(stream[2])
    except zlib.error:
        return
    boxes = [(match.span(), _box_of_picture(match)) for match in _DRAWN.finditer(content)]
    known = {span for span, _ in boxes}
    cuts = [(match.span(), _box_of_cut(match)) for match in _CUT.finditer(content) if match.span() not in known]
    number = len(re.findall(rb"\d+ 0 R|null", parents[1])) if parents is not None else 0
    marks: list[tuple[int, int, bytes]] = []
    owners: list[bytes] = []
    for figure in figures:
        box = _box_of(pdf, figure)
        pictures = [item for item in boxes if _fills(item[1], box)] or [item for item in cuts if _fills(item[1], box)]
        if len(pictures) != 1:
            continue
        (boxes if pictures[0] in boxes else cuts).remove(pictures[0])
        mark = number + len(owners)
        marks.append((*pictures[0][0], b"/Figure<</MCID %d>>BDC" % mark))
        owners.append(figure[1])
        yield figure.start(5), figure.start(5), b"/K[%d ]\n" % mark
    if not owners:
        return
    for start, end, new in sorted(marks, reverse=True):
        content = content[:start] + new + content[end:]
    packed = zlib.compress(content)
    yield (*stream.span(2), packed)
    yield (*length.span(1), b"%d" % len(packed))
    row = b"".join(b" %s 0 R" % owner for owner in owners)
    if parents is not None:
        yield parents.end(1), parents.end(1), row
    else:
        place = said.start() + contents.start()
        yield place, place, b"/StructParents %d\n" % fresh
        more.append(b"%d [%s ]\n" % (fresh, row))


def _box_of(pdf: bytes, figure: re.Match[bytes]) -> tuple[float, ...]:
    """Left, bottom, right, top in points; empty if the file does not say."""
    attributes = _ATTRIBUTES.search(figure[4])
    where = re.search(_OBJECT % attributes[1], pdf, re.DOTALL) if attributes is not None else None
    box = _BOX.search(where[0] if where is not None else figure[4])
    return tuple(map(float, box.groups())) if box is not None else ()


def _box_of_picture(match: re.Match[bytes]) -> tuple[float, ...]:
    width, height, left, bottom = map(float, match.groups())
    return left, bottom, left + width, bottom + height


def _box_of_cut(match: re.Match[bytes]) -> tuple[float, ...]:
    left, bottom, width, height = map(float, match.groups())
    return left, bottom, left + width, bottom + height


def _fills(drawn: tuple[float, ...], box: tuple[float, ...]) -> bool:
    return len(drawn) == len(box) and all(abs(one - two) <= _NEAR for one, two in zip(drawn, box, strict=True))
