from __future__ import annotations

import pytest

from hopdocs.rendering.pdf.attached.reading import read_attachment
from tests.unit.rendering.pdf.files import (
    bind_behind,
    brought_along,
    case,
    drawn_on,
    foreign,
    pages_of,
    raw_pdf,
    sheets,
    stream,
    words_on,
)


def stamp_of(page: object) -> tuple[list[float], list[float]]:
    """Where the page's number stands, and what is shown of the page."""
    operations = drawn_on(page)
    last = max(at for at, (operator, _) in enumerate(operations) if operator == b"cm")
    box = page["/MediaBox"]  # type: ignore[index]
    return [float(one) for one in operations[last][1]], [float(side) for side in box]


def bound_pages(data: bytes) -> list[object]:
    return pages_of(bind_behind(sheets(1), ("a.pdf", data, "A")).data)[1:]


def test_every_odd_page_is_stamped_inside_what_is_shown_of_it() -> None:
    pages = bound_pages(case("page-oddities"))
    for number, page in enumerate(pages, 2):
        assert words_on(page)[-1] == f"Samlet plan: Side {number} af 8"
        (_, _, _, _, x, y), (left, bottom, right, top) = stamp_of(page)
        assert left <= x <= right
        assert bottom <= y <= top
    assert [words_on(page)[0] for page in pages][2:5] == ["Odd 3", "To q uden Q", "Et Q for meget"]


def test_what_a_page_leaves_behind_does_not_reach_its_stamp() -> None:
    page = bound_pages(foreign("q q 9 0 0 9 0 0 cm 0 0 1 1 re W n BT 3 Tr (Odd) Tj"))[0]
    depth, reached = 0, []
    for operator, _ in drawn_on(page):
        depth += (operator == b"q") - (operator == b"Q")
        if operator == b"Do":
            reached.append(depth)
    assert reached == [2]


def test_what_a_page_restores_too_often_is_taken_off() -> None:
    content = "Q (Q) pop q BT /F1 9 Tf (a q \\) b) Tj ET Q Q BT (Efter) Tj ET"
    page = pages_of(read_attachment(foreign(content), 10).pdf)[0]
    assert [one for one, _ in drawn_on(page) if one in (b"q", b"Q")] == [b"q", b"q", b"Q", b"Q"]
    assert words_on(page) == ["a q ) b", "Efter"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("/MediaBox[595 842 0 0]", [1, 0, 0, 1, 0, 14]),
        ("/MediaBox[0 0 595 842]/CropBox[100 100 495 742]", [1, 0, 0, 1, 0, 114]),
        ("/MediaBox[0 0 595 842]/CropBox[900 900 999 999]", [1, 0, 0, 1, 0, 14]),
        ("/MediaBox[0 0 100 100]/UserUnit 2", [0.5, 0, 0, 0.5, 0, 7]),
        ("/MediaBox[0 0 595 842]/Rotate 450", [0, 1, -1, 0, 581, 0]),
        ("/MediaBox[-100 -100 495 742]/Rotate 45", [1, 0, 0, 1, 0, -86]),
    ],
    ids=["corners the other way", "cropped", "cropped to nothing", "larger units", "turned more than once", "askew"],
)
def test_the_stamp_stands_at_the_foot_of_what_is_shown(page: str, expected: list[float]) -> None:
    place, _ = stamp_of(bound_pages(foreign("", page=page))[0])
    along = 5 if place[1] else 4
    assert [*place[:along], 0, *place[along + 1 :]] == pytest.approx([*expected[:along], 0, *expected[along + 1 :]])


@pytest.mark.parametrize("box", ["[0 0 0 0]", "[0 0 595 0]", "[0 0 595]"])
def test_a_page_without_a_size_is_as_large_as_every_viewer_takes_it_to_be(box: str) -> None:
    page = pages_of(read_attachment(foreign("BT (Ord) Tj ET", page=f"/MediaBox{box}"), 10).pdf)[0]
    assert [float(side) for side in page.mediabox] == [0, 0, 612, 792]
    assert [float(side) for side in page["/Resources"]["/XObject"]["/HopdocsPage"]["/BBox"]] == [0, 0, 612, 792]


def test_what_pages_inherit_through_a_nested_tree_is_kept() -> None:
    data = raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 400]/Rotate 90/Resources<</Font<</F1 6 0 R>>>>>>",
        b"<</Type/Pages/Parent 2 0 R/Kids[4 0 R]/Count 1/CropBox[10 10 290 390]>>",
        b"<</Type/Page/Parent 3 0 R/Contents 5 0 R>>",
        stream("BT /F1 9 Tf (Arvet) Tj ET").encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    page = pages_of(read_attachment(data, 10).pdf)[0]
    assert [float(side) for side in page.mediabox] == [0, 0, 300, 400]
    assert [float(side) for side in page.cropbox] == [10, 10, 290, 390]
    assert page["/Rotate"] == 90
    assert page["/Resources"]["/XObject"]["/HopdocsPage"]["/Resources"]["/Font"]["/F1"]["/BaseFont"] == "/Helvetica"


def test_an_editors_own_copy_and_an_older_picture_of_the_page_stay_outside() -> None:
    asides = "/Thumb 6 0 R/PieceInfo<</Tegner<</Private 6 0 R>>>>/AF[6 0 R]/Metadata 6 0 R"
    picture = "<</Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Alternates[<</Image 6 0 R>>]"
    data = foreign(
        "/X0 Do",
        stream("Slettet navn"),
        f"{picture}/Length 1>>stream\n0\nendstream",
        page=asides,
        resources="/XObject<</X0 7 0 R>>",
    )
    assert b"Slettet" not in brought_along(read_attachment(data, 10).pdf)


@pytest.mark.parametrize(
    "page",
    [
        "/Annots null",
        "/Annots 99 0 R",
        "/Annots[null 99 0 R 4]",
        "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A null>>]",
        "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo/D null>>>>]",
        "/Annots[<</Type/Annot/Subtype/Link/Dest[]>>]",
        "/Annots[<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/AP<</N null>>>>]",
        "/Annots[<</Type/Annot/Subtype/Ink/Rect[0 0 9 9]/InkList[(a)[1(b)]]>>]",
        "/Annots[<</Type/Annot/Subtype/Square/Rect[0 0 9 9]/C[1(a)]/BS 3/Border[]>>]",
        "/Annots[<</Type/Annot/Subtype[]/Rect[0 0 9 9]>>]",
        "/B[null 99 0 R]",
        "/MediaBox null",
        "/Rotate null/UserUnit(a)",
    ],
)
def test_a_page_that_every_viewer_shows_is_bound(page: str) -> None:
    bound = bind_behind(sheets(1), ("a.pdf", foreign("BT (Ord) Tj ET", page=page), "A"))
    assert bound.faults == ()
    assert words_on(pages_of(bound.data)[1])[0] == "Ord"


@pytest.mark.parametrize("kind", ["", "/Type/Side", "/Type null", "/Type(Page)"])
def test_a_page_that_does_not_say_what_it_is_is_bound(kind: str) -> None:
    data = raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 5 0 R 6 0 R]/Count 3>>",
        f"<<{kind}/Parent 2 0 R/MediaBox[0 0 9 9]/Contents[99 0 R 4 0 R]>>".encode(),
        stream("BT (Ord) Tj ET").encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Type/Template/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
    )
    assert [words_on(page) for page in pages_of(read_attachment(data, 10).pdf)] == [["Ord"], []]


def test_a_file_that_lacks_only_the_mark_of_its_end_is_bound_as_it_was_saved_last() -> None:
    first = foreign("BT (Ord) Tj ET")
    newer = b"4 0 obj\n%s\nendobj\n" % stream("BT (Rettet) Tj ET").encode()
    table = b"xref\n4 1\n%010d 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n"
    saved_again = first + newer + table % (len(first), first.index(b"xref"), len(first + newer))
    for data, word in ((first.removesuffix(b"%%EOF\n"), "Ord"), (saved_again, "Rettet")):
        assert words_on(pages_of(read_attachment(data, 10).pdf)[0]) == [word]
