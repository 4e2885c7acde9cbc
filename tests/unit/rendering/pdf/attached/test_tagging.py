from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from hopdocs.rendering.pdf.attached.reading import PageKind
from hopdocs.rendering.pdf.attached.tags.tagging import name_limits
from tests.unit.rendering.pdf.files import bind_behind, foreign, raw_pdf, stream

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
    wanted = ((f"{at}.pdf", data, f"Bilag {at}") for at, data in enumerate(attachments))
    return PdfReader(BytesIO(bind_behind(plan, *wanted).data))


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
    assert name_limits(kinds) == "uden tags på side 2; billeder uden tekst på side 1, 4"


def tagged_attachment(  # noqa: PLR0913 - each a way in which a tagged file may be
    *,
    content: str = "/H1 <</MCID 0>> BDC (Overskrift) Tj EMC /P <</MCID 1>> BDC (Tekst) Tj EMC",
    heading: str = "<</S/Overskrift/P 7 0 R/Pg 3 0 R/K 0/Alt(Titel)>>",
    link: str = "<</S/Link/P 7 0 R/K[<</Type/MCR/Pg 3 0 R/MCID 1>><</Type/OBJR/Pg 3 0 R/Obj 10 0 R>>]>>",
    marks: str = "<</Marked true>>",
    layers: str = "",
    more: str = "",
) -> bytes:
    """One page from a word processor: a heading, a linked paragraph, a cell; and a second page without tags."""
    return raw_pdf(
        f"<</Type/Catalog/Pages 2 0 R/Lang(da)/MarkInfo {marks}/StructTreeRoot 6 0 R{layers}>>".encode(),
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 595 842]>>",
        f"<</Type/Page/Parent 2 0 R/StructParents 0/Contents 5 0 R/Annots[10 0 R {more}]>>".encode(),
        b"<</Type/Page/Parent 2 0 R/Contents 5 0 R>>",
        stream(content).encode(),
        b"<</Type/StructTreeRoot/K[7 0 R]/RoleMap<</Overskrift/H1>>/ParentTree<</Nums[0[8 0 R 9 0 R]1 9 0 R]>>>>",
        b"<</S/Document/P 6 0 R/K[8 0 R 9 0 R 11 0 R 12 0 R]>>",
        heading.encode(),
        link.encode(),
        b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest[4 0 R/Fit]/StructParent 1>>",
        b"<</S/TH/P 7 0 R/Pg 3 0 R/A[<</O/Table/Scope/Column/ColSpan 2>><</O/Layout/Color[1 0 0]>>]/K 2>>",
        b"<</S/P/P 7 0 R/ActualText(uden indhold)>>",
    )


def part_of(reader: PdfReader) -> Any:
    root: Any = reader.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    return root["/K"].get_object()["/K"][1].get_object()


def outline_of(reader: PdfReader) -> str:
    return str(reader.outline[1]["/Title"])  # type: ignore[call-overload]


def test_the_tags_that_an_attachment_came_with_are_kept() -> None:
    reader = bound(tagged(), tagged_attachment())
    document, untagged = (item.get_object() for item in part_of(reader)["/K"])
    heading, link, cell = (item.get_object() for item in document["/K"])
    assert [one["/S"] for one in (document, heading, link, cell, untagged)] == [
        "/Document",
        "/H1",
        "/Link",
        "/TH",
        "/P",
    ]
    assert heading["/Alt"] == "Titel"
    assert cell["/A"] == [{"/O": "/Table", "/Scope": "/Column", "/ColSpan": 2}]
    page = reader.pages[1]
    assert heading["/K"] == [{"/Type": "/MCR", "/Pg": page.indirect_reference, "/MCID": 0}]
    annotation = link["/K"][1]["/Obj"].get_object()
    assert annotation["/Dest"][0] == reader.pages[2].indirect_reference
    root: Any = reader.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    numbers = root["/ParentTree"]["/Nums"]
    tree_of = dict(zip(numbers[::2], numbers[1::2], strict=True))
    assert [item.get_object() for item in tree_of[page["/StructParents"]]] == [heading, link, cell]
    assert tree_of[annotation["/StructParent"]].get_object() == link
    contents = page.get_contents()
    assert contents is not None
    assert b"/H1 <</MCID 0>> BDC" in contents.get_data()
    assert outline_of(reader) == "Bilag 0 (uden tags på side 2)"


def test_tags_of_a_page_that_is_written_without_a_space_too_many_are_kept() -> None:
    content = "q/G0 gs/H1<</MCID 0>>BDC BT(q)Tj ET EMC/P<</MCID 1>>BDC[1]0 d EMC Q"
    reader = bound(tagged(), tagged_attachment(content=content))
    assert outline_of(reader) == "Bilag 0 (uden tags på side 2)"


def test_what_is_drawn_over_a_tagged_page_is_read_aloud_behind_it() -> None:
    stamp = "<</Type/Annot/Subtype/FreeText/Rect[0 0 99 99]/Contents(Rettet)/F 4>>"
    reader = bound(tagged(), tagged_attachment(more=stamp))
    added = part_of(reader)["/K"][1].get_object()
    assert added["/S"] == "/P"
    assert added["/K"][0]["/MCID"] == 3
    contents = reader.pages[1].get_contents()
    assert contents is not None
    assert b"/P <</MCID 3>> BDC\nq /HopdocsMark0 Do Q\nEMC" in contents.get_data()


@pytest.mark.parametrize(
    "attachment",
    [
        tagged_attachment(heading="<</S/P/P 7 0 R/K<</Type/MCR/Pg 3 0 R/Stm 5 0 R/MCID 0>>>>"),
        tagged_attachment(heading="<</S/P/P 7 0 R/K 0>>"),
        tagged_attachment(heading="<</S/P/P 7 0 R/K[7 0 R]>>"),
        tagged_attachment(content="q (Uden slutning) Tj"),
        tagged_attachment(content="BT (Uden slutning) Tj"),
        tagged_attachment(content="/P <</MCID 0>> BDC BT (Uden slutning) Tj ET"),
        tagged_attachment(content="/P <</MCID 0>> BDC BT (Ord) Tj ET EMC EMC"),
        tagged_attachment(marks="<</Marked true/Suspects true>>"),
        tagged_attachment(marks="<<>>"),
        tagged_attachment(layers="/OCProperties<</OCGs[12 0 R]/D<</OFF[12 0 R]>>>>"),
    ],
    ids=[
        *("inside a drawing", "on no page", "endless", "open state", "open text", "open mark", "mark ended twice"),
        *("suspect", "not marked", "with hidden layers"),
    ],
)
def test_tags_that_cannot_be_brought_along_whole_stay_outside(attachment: bytes) -> None:
    reader = bound(tagged(), attachment)
    assert [item.get_object()["/S"] for item in part_of(reader)["/K"][:1]] == ["/P"]
    assert outline_of(reader) == "Bilag 0 (uden tags: læses op som løbende tekst)"
