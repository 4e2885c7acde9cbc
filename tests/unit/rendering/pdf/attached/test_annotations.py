from __future__ import annotations

import pytest

from hopdocs.rendering.pdf.attached.reading import read_attachment
from tests.unit.rendering.pdf.files import (
    brought_along,
    case,
    drawn_on,
    foreign,
    form,
    marked,
    order_on,
    pages_of,
    words_on,
)

_BOX = "/Type/Annot/Rect[60 690 160 710]/F 4"
_BLACK = form("0 g 0 0 100 20 re f")


@pytest.mark.parametrize("name", ["covered-by-line", "covered-by-square", "covered-by-redact-marked"])
def test_a_covered_name_stays_covered(name: str) -> None:
    read = read_attachment(case(name), 10)
    page = pages_of(read.pdf)[0]
    drawn = order_on(page, b"Tj", b"TJ", b"f", b"S")
    assert drawn[0] in (b"Tj", b"TJ")
    assert drawn[-1] in (b"f", b"S")
    assert [code for code, _ in read.notes] == ["HD348" if "redact" in name else "HD338"]
    assert page["/Annots"] == []


def test_words_that_are_only_marked_for_removal_are_covered_and_told() -> None:
    outline = form("1 0 0 RG 0 0 100 20 re S")
    redact = f"<<{_BOX}/Subtype/Redact/QuadPoints[60 710 160 710 60 690 160 690]/AP<</N 7 0 R>>>>"
    for hidden in (redact, redact.replace("/F 4", "/F 2"), redact.replace("/AP<</N 7 0 R>>", "")):
        read = read_attachment(marked(hidden, outline), 10)
        page = pages_of(read.pdf)[0]
        assert order_on(page, b"TJ", b"f") == [b"TJ", b"f"]
        [path] = [operands for operator, operands in drawn_on(page) if operator == b"m"]
        assert [float(one) for one in path] == [60, 710]
        assert read.notes == (("HD348", {"pages": "1"}),)


@pytest.mark.parametrize(
    ("mark", "paint"),
    [
        ("/Subtype/Square/IC[0 0 0]", b"f"),
        ("/Subtype/Square/IC[0 0 0]/C[1 0 0]/BS<</W 2>>", b"b"),
        ("/Subtype/Circle/IC[0]", b"f"),
        ("/Subtype/Polygon/IC[0 0 0]/Vertices[60 690 160 690 160 710]", b"f"),
        ("/Subtype/PolyLine/Vertices[60 690 160 690 160 710]", b"S"),
        ("/Subtype/Line/L[60 700 160 700]/BS<</W 20>>", b"S"),
        ("/Subtype/Ink/InkList[[60 700 160 700 160 690][60 690 70 690]]", b"S"),
        ("/Subtype/StrikeOut/QuadPoints[60 710 160 710 60 690 160 690]", b"S"),
        ("/Subtype/Underline/QuadPoints[60 710 160 710 60 690 160 690]", b"S"),
        ("/Subtype/Squiggly", b"S"),
        ("/Subtype/Highlight/C[1 1 0]/QuadPoints[60 710 160 710 60 690 160 690]", b"f"),
        ("/Subtype/FreeText/C[1 1 1]/Contents(Rettet)/DA(0 g /Helv 10 Tf)", b"B"),
        ("/Subtype/Caret", b"S"),
        ("/Subtype/Stamp/Name/Confidential", b"s"),
    ],
)
def test_a_mark_that_the_viewer_draws_is_drawn(mark: str, paint: bytes) -> None:
    page = pages_of(read_attachment(marked(f"<<{_BOX}{mark}>>"), 10).pdf)[0]
    assert order_on(page, b"Tj", b"f", b"S", b"b", b"s", b"B")[:2] == [b"Tj", paint]


@pytest.mark.parametrize("kind", ["StrikeOut", "Ink", "FreeText", "Stamp", "Polygon", "Caret", "Watermark", "Ukendt"])
def test_a_mark_with_a_look_of_its_own_keeps_it(kind: str) -> None:
    read = read_attachment(marked(f"<<{_BOX}/Subtype/{kind}/AP<</N 7 0 R>>>>", _BLACK), 10)
    assert order_on(pages_of(read.pdf)[0], b"Tj", b"f") == [b"Tj", b"f"]


def test_a_cover_that_is_not_printed_in_the_original_covers_on_paper_too() -> None:
    read = read_attachment(marked(f"<<{_BOX.replace('/F 4', '')}/Subtype/Square/AP<</N 7 0 R>>>>", _BLACK), 10)
    assert order_on(pages_of(read.pdf)[0], b"Tj", b"f") == [b"Tj", b"f"]


def test_a_look_is_stretched_to_its_place() -> None:
    turned = form("0 g 0 0 10 20 re f", "/BBox[0 0 10 20]/Matrix[0 1 -1 0 0 0]")
    page = pages_of(read_attachment(marked(f"<<{_BOX}/Subtype/Square/AP<</N 7 0 R>>>>", turned), 10).pdf)[0]
    [place] = [operands for operator, operands in drawn_on(page) if operator == b"cm"]
    assert [float(one) for one in place] == [5, 0, 0, 2, 160, 690]


def test_what_a_highlight_marks_can_be_read_through_it() -> None:
    page = pages_of(read_attachment(marked(f"<<{_BOX}/Subtype/Highlight/AP<</N 7 0 R>>>>", _BLACK), 10).pdf)[0]
    assert page["/Resources"]["/ExtGState"]["/HopdocsMultiply"]["/BM"] == "/Multiply"
    assert order_on(page, b"gs", b"f") == [b"gs", b"f"]


@pytest.mark.parametrize("flags", [2, 2 + 4, 32])
def test_a_hidden_mark_stays_hidden(flags: int) -> None:
    mark = f"<<{_BOX.replace('/F 4', f'/F {flags}')}/Subtype/FreeText/Contents(Intern note)/AP<</N 7 0 R>>>>"
    read = read_attachment(marked(mark, form("BT /F1 9 Tf (Intern note) Tj ET")), 10)
    assert words_on(pages_of(read.pdf)[0]) == ["Under"]
    assert b"Intern" not in brought_along(read.pdf)
    assert read.notes == ()


def test_a_mark_that_only_paper_shows_is_left_out_and_told() -> None:
    mark = f"<<{_BOX.replace('/F 4', '/F 36')}/Subtype/Stamp/AP<</N 7 0 R>>>>"
    read = read_attachment(marked(mark, form("BT /F1 9 Tf (KOPI) Tj ET")), 10)
    assert words_on(pages_of(read.pdf)[0]) == ["Under"]
    assert read.notes == (("HD339", {"pages": "1"}),)


def test_a_mark_in_a_hidden_layer_is_left_out() -> None:
    layers = "/OCProperties<</OCGs[8 0 R]/D<</OFF[8 0 R]>>>>"
    mark = f"<<{_BOX}/Subtype/Stamp/OC 8 0 R/AP<</N 7 0 R>>>>"
    data = marked(mark, form("BT (Kladde) Tj ET"), "<</Type/OCG/Name(Kladde)>>", catalogue=layers)
    assert words_on(pages_of(read_attachment(data, 10).pdf)[0]) == ["Under"]


def test_a_comment_keeps_its_words_and_is_drawn_once() -> None:
    mark = f"<<{_BOX}/Subtype/StrikeOut/Contents(Udgår)/T(Iben)/AP<</N 7 0 R>>/A<</S/JavaScript/JS(x)>>>>"
    read = read_attachment(marked(mark, _BLACK), 10)
    page = pages_of(read.pdf)[0]
    [comment] = [item.get_object() for item in page["/Annots"]]
    assert (comment["/Contents"], comment["/T"]) == ("Udgår", "Iben")
    assert comment["/AP"]["/N"].get_data() == b""
    assert b"JavaScript" not in brought_along(read.pdf)


def test_a_note_stays_a_note() -> None:
    page = pages_of(read_attachment(marked(f"<<{_BOX}/Subtype/Text/Contents(Husk)/Name/Note>>"), 10).pdf)[0]
    [note] = [item.get_object() for item in page["/Annots"]]
    assert (note["/Subtype"], note["/Contents"], note["/Name"]) == ("/Text", "Husk", "/Note")


def test_attached_files_and_films_are_told() -> None:
    file = f"<<{_BOX}/Subtype/FileAttachment/FS<</F(budget.xlsx)>>>>"
    read = read_attachment(marked(file, f"<<{_BOX}/Subtype/Movie>>"), 10)
    assert read.notes == (("HD346", {"files": "budget.xlsx, Movie"}),)


@pytest.mark.parametrize(
    ("turned", "flags", "expected"),
    [
        (90, 20, [0, 1, -1, 0, 770, 650]),
        (180, 28, [-1, 0, 0, -1, 120, 1420]),
        (-90, 20, [0, -1, 1, 0, -650, 770]),
        (0, 20, None),
        (90, 4, None),
    ],
)
def test_a_mark_that_is_not_turned_with_its_page_stands_upright(
    turned: int, flags: int, expected: list[float] | None
) -> None:
    mark = f"<</Type/Annot/Rect[60 690 160 710]/F {flags}/Subtype/Stamp/AP<</N 7 0 R>>>>"
    data = foreign("", mark, _BLACK, page=f"/Annots[6 0 R]/Rotate {turned}")
    places = [
        operands for operator, operands in drawn_on(pages_of(read_attachment(data, 10).pdf)[0]) if operator == b"cm"
    ]
    assert [[float(one) for one in place] for place in places[:-1]] == ([expected] if expected else [])


def test_a_link_with_a_look_of_its_own_keeps_it_in_place_of_a_border() -> None:
    link = "<</Type/Annot/Subtype/Link/Rect[60 690 160 710]/BS<</W 4>>/Dest[3 0 R/Fit]/AP<</N 7 0 R>>>>"
    page = pages_of(read_attachment(marked(link, _BLACK), 10).pdf)[0]
    assert order_on(page, b"Tj", b"f") == [b"Tj", b"f"]
    [copy] = [item.get_object() for item in page["/Annots"]]
    assert (copy["/Border"], copy["/Dest"][0]) == ([0, 0, 0], page.indirect_reference)
    assert "/BS" not in copy
