"""What becomes of a picture on its way to somebody who listens, with the LibreOffice that is installed."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from hopdocs.rendering.pdf.copy_to_convert.preparing import prepare_copy
from hopdocs.rendering.pdf.pictures import prepare_story, repair_pictures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.rendering.pdf.worker_pool import PdfConverter

_LETTER = Path(__file__).parents[3] / "data" / "word_templates" / "informationsbrev.docx"
"""A letter from outside, with a logo that Word marks as decoration."""
_INLINE = re.compile(rb"<wp:inline\b[^>]*>(.*?)</wp:inline>", re.DOTALL)
_ANCHOR = (
    b'<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" '
    b'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0'
    b'</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset>'
    b'</wp:positionV>%s<wp:wrapSquare wrapText="bothSides"/>%s</wp:anchor>'
)
_DESCRIBED = (b'name="Logo"', 'name="Logo" descr="Kommunens byvåben"'.encode())
_PLAIN = (b'decorative val="1"', b'decorative val="0"')
_UNMARKED = (b'<adec:decorative val="1"/>', b"")


def _letter(*changes: tuple[bytes, bytes], floating: bool = False) -> bytes:
    """The letter with its text changed, the same in every other way."""
    made = BytesIO()
    with ZipFile(_LETTER) as package, ZipFile(made, "w") as copy:
        for name in package.namelist():
            data = package.read(name)
            if name == "word/document.xml":
                for old, new in changes:
                    assert old in data
                    data = data.replace(old, new)
                data = _INLINE.sub(_float, data) if floating else data
            copy.writestr(name, data)
    return made.getvalue()


def _float(match: re.Match[bytes]) -> bytes:
    extent, rest = re.fullmatch(rb"(<wp:extent\b[^>]*/>)(.*)", match[1], re.DOTALL).groups()  # type: ignore[union-attr]
    return _ANCHOR % (extent, rest)


def _figures(element: Any) -> Iterator[Any]:
    element = element.get_object()
    if isinstance(element, int):
        return
    if element.get("/S") == "/Figure":
        yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        yield from _figures(kid)


def _read(pdf: bytes) -> tuple[list[Any], bytes, list[Any]]:
    """The figures, the first page's content, and what stands for each of its marks."""
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.root_object["/StructTreeRoot"]
    contents = reader.pages[0].get_contents()
    assert contents is not None
    return list(_figures(root)), contents.get_data(), root["/ParentTree"]["/Nums"][1]


def test_decoration_is_no_figure(converter: PdfConverter) -> None:
    figures, content, _ = _read(converter.convert(_letter(), "Brev"))
    assert figures == []
    assert re.search(rb"/Artifact (?:BMC|<<[^>]*>>\s?BDC)(?:(?!EMC|BDC).)*/Im\d+ Do", content, re.DOTALL)


@pytest.mark.parametrize("floating", [False, True], ids=["in the line", "floating"])
def test_a_described_picture_is_what_its_figure_holds(converter: PdfConverter, *, floating: bool) -> None:
    figures, content, marks = _read(converter.convert(_letter(_DESCRIBED, _PLAIN, floating=floating), "Brev"))
    [figure] = figures
    assert figure["/Alt"] == "Kommunens byvåben"
    [mark] = figure["/K"] if isinstance(figure["/K"], list) else [figure["/K"]]
    assert re.search(rb"/Figure<</MCID %d>>BDC(?:(?!EMC|BDC).)*/Im\d+ Do" % mark, content, re.DOTALL)
    assert marks[mark].get_object() == figure
    numbers = [int(number) for number in re.findall(rb"/MCID (\d+)", content)]
    assert sorted(numbers) == list(range(len(marks)))


def test_decoration_with_a_description_stays_decoration(converter: PdfConverter) -> None:
    assert _read(converter.convert(_letter(_DESCRIBED), "Brev"))[0] == []


def test_only_what_is_said_of_decoration_is_changed_in_the_copy_to_convert() -> None:
    unmarked, marked = (_story(_letter(*changes)) for changes in ((_UNMARKED,), ()))
    assert prepare_story(unmarked) == unmarked == prepare_story(_story(_letter(_PLAIN)))
    assert b'descr="hopdocs: decoration"' in prepare_story(marked)
    assert b'descr="hopdocs: decoration"' in _story(prepare_copy(_letter()).data)


def _story(docx: bytes) -> bytes:
    with ZipFile(BytesIO(docx)) as package:
        return package.read("word/document.xml")


@pytest.mark.parametrize("data", [b"", b"no zip", b"%PDF-1.7\nnothing of the kind\n%%EOF\n"])
def test_what_is_written_otherwise_is_left_alone(data: bytes) -> None:
    assert prepare_copy(data).data == data
    assert repair_pictures(data) == data
