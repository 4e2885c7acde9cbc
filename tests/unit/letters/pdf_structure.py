"""What PDF/UA (ISO 14289-1) asks of a letter, as far as a machine can see it without a validator."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from pypdf import PdfReader
from pypdf.generic import ContentStream

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWING: Final = frozenset(b"Tj TJ ' \" S s f F f* B B* b b* sh Do BI".split())

_STANDARD: Final = frozenset({"/BlockQuote", "/Caption", "/Code", "/Form", "/Index", "/Note", "/P", "/Quote"})
"""Standard types that a style of Word's may be called after."""


def find_faults(data: bytes, language: str = "da-DK") -> list[str]:
    """Every clause that the PDF does not keep."""
    reader = PdfReader(BytesIO(data))
    return [*_of_document(reader, data, language), *_of_pages(reader), *_of_tags(reader)]


def list_figures(data: bytes) -> list[str]:
    """The words of each figure that has something on a page to tie them to."""
    catalogue: Any = PdfReader(BytesIO(data)).trailer["/Root"]
    return [
        element["/Alt"]
        for kind, element in _walk(catalogue["/StructTreeRoot"], {})
        if kind == "/Figure" and element.get("/K")
    ]


def _of_document(reader: PdfReader, data: bytes, language: str) -> Iterator[str]:
    catalogue: Any = reader.trailer["/Root"]
    if b"<pdfuaid:part>1</pdfuaid:part>" not in data:
        yield "5: no PDF/UA mark"
    if not catalogue.get("/MarkInfo", {}).get("/Marked"):
        yield "7.1: not marked"
    if catalogue.get("/Lang") != language:
        yield f"7.2: not in {language}"
    if not catalogue.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "7.1: the title is not shown"
    if reader.metadata is None or not reader.metadata.title:
        yield "7.1: no title"


def _of_pages(reader: PdfReader) -> Iterator[str]:
    for number, page in enumerate(reader.pages, 1):
        annotations = [item.get_object() for item in page.get("/Annots", [])]
        if annotations and page.get("/Tabs") != "/S":
            yield f"7.18.3: page {number} has another order of tabs"
        yield from (f"7.18.5: page {number}, a link without words" for item in annotations if not item.get("/Contents"))
        depth = 0
        for _, operator in ContentStream(page.get_contents(), reader).operations:
            depth += (operator in (b"BDC", b"BMC")) - (operator == b"EMC")
            if depth == 0 and operator in _SHOWING:
                yield f"7.1: page {number}, {operator.decode()} is neither content nor artifact"
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            yield from _of_font(font.get_object())


def _of_font(font: Any) -> Iterator[str]:
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    descriptor = inner.get("/FontDescriptor", {})
    if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.get_object() if descriptor else ()):
        yield f"7.21.4: {font['/BaseFont']} is not in the file"
    if "/ToUnicode" not in font:
        yield f"7.21.7: {font['/BaseFont']} does not tell its letters"


def _of_tags(reader: PdfReader) -> Iterator[str]:
    catalogue: Any = reader.trailer["/Root"]
    root = catalogue["/StructTreeRoot"]
    kinds = dict(root.get("/RoleMap", {}))
    elements = list(_walk(root, kinds))
    yield from (f"7.1: {kind} stands for {kinds[kind]}" for kind in sorted(_STANDARD & set(kinds)))
    heads = [int(kind[2:]) for kind, _ in elements if kind[:2] == "/H" and kind[2:].isdigit()]
    yield from (f"7.4.2: H{below} follows H{above}" for above, below in pairwise([0, *heads]) if below > above + 1)
    for kind, element in elements:
        if kind == "/Figure" and not element.get("/Alt"):
            yield "7.3: a figure without words"
        if kind == "/TH" and "/Scope" not in str(_attributes(element)):
            yield "7.5: a head of a table without scope"
        if kind == "/Table" and "/TH" not in [item for item, _ in _walk(element, kinds)]:
            yield "7.5: a table without heads"
        if kind == "/LI" and not {item.get_object()["/S"] for item in element["/K"]} <= {"/Lbl", "/LBody"}:
            yield "7.6: an item of a list with something beside it"


def _attributes(element: Any) -> list[Any]:
    found = element.get("/A", [])
    return [item.get_object() for item in (found if isinstance(found, list) else [found])]


def _walk(node: Any, kinds: dict[str, str]) -> Iterator[tuple[str, Any]]:
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        inner = child.get_object()
        if not hasattr(inner, "get"):
            continue
        if "/S" in inner:
            kind = str(inner["/S"])
            while kinds.get(kind, kind) != kind:
                kind = str(kinds[kind])
            yield kind, inner
        yield from _walk(inner, kinds)
