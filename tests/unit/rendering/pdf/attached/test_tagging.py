from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from hopdocs.rendering.pdf.attached.reading import PageKind
from hopdocs.rendering.pdf.attached.tagging import name_limits
from hopdocs.rendering.pdf.bundle import Attachment, bind_plan
from tests.unit.rendering.pdf.files import foreign, raw_pdf, stream

_TEXT = foreign("BT /F1 9 Tf (Tekst) Tj ET", catalogue="/Lang(ar)")
_PICTURE = foreign("0 0 9 9 re f", page="/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Husk)>>]")


@cache
def tagged(tree: str = "<</Nums[0[6 0 R]]>>") -> bytes:
    """A plan of one paragraph."""
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 5 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
        b"<</Type/Page/Parent 2 0 R/StructParents 0/Contents 4 0 R>>",
        stream("/P <</MCID 0>> BDC EMC").encode(),
        f"<</Type/StructTreeRoot/K 7 0 R/ParentTree {tree}>>".encode(),
        b"<</Type/StructElem/S/P/P 7 0 R/Pg 3 0 R/K 0>>",
        b"<</Type/StructElem/S/Document/P 5 0 R/K 6 0 R>>",
        b"<</Nums[0[6 0 R]]>>",
    )


def bound(plan: bytes, *attachments: bytes) -> PdfReader:
    wanted = [Attachment(f"{at}.pdf", data, f"Bilag {at}") for at, data in enumerate(attachments)]
    return PdfReader(BytesIO(bind_plan(plan, wanted, title="Plan").data))


@pytest.mark.parametrize("tree", ["<</Nums[0[6 0 R]]>>", "<</Kids[8 0 R]>>"])
def test_foreign_pages_stand_behind_the_plan_in_its_tags(tree: str) -> None:
    reader = bound(tagged(tree), _TEXT, _PICTURE)
    root: Any = reader.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    paragraph, text, picture = (item.get_object() for item in root["/K"].get_object()["/K"])
    assert paragraph["/S"] == "/P"
    assert (text["/S"], text["/T"], text["/Lang"]) == ("/Part", "Bilag 0", "ar")
    [read_aloud] = (item.get_object() for item in text["/K"])
    assert (read_aloud["/S"], read_aloud["/K"]) == ("/P", 0)
    figure, note = (item.get_object() for item in picture["/K"])
    assert (figure["/S"], figure["/Alt"]) == ("/Figure", "Bilag 1, side 1: billede uden tekst")
    assert note["/K"][0]["/Obj"]["/Contents"] == "Husk"
    numbers = root["/ParentTree"]["/Nums"]
    tree_of = dict(zip(numbers[::2], numbers[1::2], strict=True))
    assert list(tree_of) == [0, 1, 2, 3]
    assert root["/ParentTreeNextKey"] == 4
    for page, element in zip(reader.pages, (paragraph, read_aloud, figure), strict=True):
        assert tree_of[page["/StructParents"]][0].get_object() == element
        assert element["/Pg"] == page
    assert tree_of[note["/K"][0]["/Obj"]["/StructParent"]].get_object() == note


def test_all_that_a_foreign_page_draws_is_inside_its_tag() -> None:
    page = bound(tagged(), _TEXT).pages[1]
    contents = page.get_contents()
    assert contents is not None
    lines = contents.get_data().decode("cp1252").split("\n")
    assert lines[lines.index("/P <</MCID 0>> BDC") + 1] == "q /HopdocsPage Do Q"
    assert lines[lines.index("q /HopdocsPage Do Q") + 2] == "EMC"


@pytest.mark.parametrize("plan", [foreign(""), tagged("<</Kids[8 0 R 8 0 R]>>")], ids=["none", "endless"])
def test_a_plan_without_usable_tags_is_bound_all_the_same(plan: bytes) -> None:
    assert len(bound(plan, _TEXT).pages) == 2


def test_the_outline_says_what_is_not_accessible() -> None:
    reader = bound(tagged(), _TEXT, _PICTURE, foreign(""))
    titles = [str(item["/Title"]) for item in reader.outline if not isinstance(item, list)]
    assert titles == [
        "Familieplan",
        "Bilag 0 (uden tags: læses op som løbende tekst)",
        "Bilag 1 (billeder uden tekst: kan ikke læses op)",
        "Bilag 2",
    ]


def test_an_attachment_of_text_and_pictures_names_its_pictures() -> None:
    kinds = [PageKind.PICTURE, PageKind.TEXT, PageKind.EMPTY, PageKind.PICTURE]
    assert name_limits(kinds) == "uden tags; billeder uden tekst på side 1, 4"
