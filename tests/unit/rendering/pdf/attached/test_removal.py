from __future__ import annotations

import pytest
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from hopdocs.rendering.pdf.attached import text_widths
from hopdocs.rendering.pdf.attached.reading import PageKind, read_attachment
from tests.unit.rendering.pdf.files import case, drawn_on, foreign, form, pages_of, words_on

_AREA = "/Type/Annot/Subtype/Redact/Rect[100 690 200 712]"


def words_left(content: str, *more: str, resources: str = "", page: str = "") -> list[str]:
    data = foreign(content, *more, page=f"/Annots[<<{_AREA}>>]{page}", resources=resources)
    return words_on(pages_of(read_attachment(data, 10).pdf)[0])


def test_words_under_a_place_that_is_marked_for_removal_are_taken_out() -> None:
    data = read_attachment(case("covered-by-redact-marked"), 10).pdf
    assert words_on(pages_of(data)[0]) == ["Underretning fra:"]


@pytest.mark.parametrize(
    "content",
    [
        "BT /F1 10 Tf 60 700 Td (Fra ) Tj 50 0 Td (Nadira) Tj ET",
        "BT /F1 10 Tf 60 700 Td [(Fra ) -3000 (Nadira)] TJ ET",
        "BT /F1 10 Tf 60 715 Td (Fra ) Tj 14 TL 60 0 Td (Nadira) ' ET",
        'BT /F1 10 Tf 60 715 Td (Fra ) Tj 14 TL 60 0 Td 1 1 (Nadira) " ET',
        "[1] 9 Tf BT /F1 10 Tf 60 700 Td (Fra ) Tj 60 0 Td (Nadira) Tj ET",
        "BT /F1 10 Tf 60 700 Td (Fra ) Tj ET BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI BT 120 700 Td (Nadira) Tj ET",
        "BT /F1 10 Tf 60 720 TD (Fra ) Tj 60 -20 TD (Nadira) Tj ET",
        "BT /F1 10 Tf 60 720 Td (Fra ) Tj 60 0 Td 20 TL T* (Nadira) Tj ET",
        "BT /F1 10 Tf 60 700 Td (Fra ) Tj ET q 1 0 0 1 120 700 cm BT (Nadira) Tj ET Q",
        "BT /F1 10 Tf 60 700 Td (Fra ) Tj ET q 2 0 0 2 0 0 cm BT /F1 5 Tf 1 0 0 1 60 350 Tm (Nadira) Tj ET Q",
        "BT /F1 10 Tf 60 700 Td (Fra ) Tj 50 Tz 30 Tc 10 0 Td 0 Tc 120 0 Td -60 0 Td (Nadira) Tj ET",
        "BT /F1 10 Tf 60 680 Td (Fra ) Tj 60 0 Td 20 Ts (Nadira) Tj ET",
        "BT /F1 10 Tf 60 700 Td (Fra ) Tj ET /Span <</ActualText(Nadira)>> BDC BT 120 700 Td (Nadira) Tj ET EMC",
    ],
)
def test_a_word_is_found_however_it_came_to_its_place(content: str) -> None:
    assert words_left(content) == ["Fra "]


def test_only_the_letters_under_the_mark_go_and_the_rest_stays_in_its_place() -> None:
    data = foreign("BT /F1 10 Tf 90 700 Td (iiiiMMMMMMMMMMMMMiiii) Tj ET", page=f"/Annots[<<{_AREA}>>]")
    page = pages_of(read_attachment(data, 10).pdf)[0]
    [shown] = [operands[0] for operator, operands in drawn_on(page) if operator == b"TJ"]
    assert str(shown[0]) == "iiii"
    assert set(str(shown[-1])) <= set("Mi")
    assert sum(float(item) for item in shown[1:-1]) == pytest.approx(-833 * (17 - len(shown[-1]) + 0), abs=833 * 9)


def test_words_inside_drawings_go_where_they_are_under_the_mark_and_stay_elsewhere() -> None:
    drawing = form("BT /F1 10 Tf 0 0 Td (Nadira) Tj ET", "/BBox[0 0 99 99]/Matrix[1 0 0 1 10 0]")
    content = "q 1 0 0 1 110 700 cm /X0 Do Q q 1 0 0 1 110 300 cm /X0 Do Q"
    assert words_left(content, drawing, resources="/XObject<</X0 6 0 R>>") == ["Nadira"]


def test_letters_of_two_bytes_are_followed() -> None:
    font = "<</Type/Font/Subtype/Type0/DescendantFonts[<</DW 500/W[1[1000]2 3 2000]>>]>>"
    content = "BT /F9 10 Tf 80 700 Td <000100020003000400050006> Tj ET"
    data = foreign(content, font, page=f"/Annots[<<{_AREA}>>]").replace(b"/F1 5 0 R", b"/F9 6 0 R")
    page = pages_of(read_attachment(data, 10).pdf)[0]
    [shown] = [operands[0] for operator, operands in drawn_on(page) if operator == b"TJ"]
    kept = b"".join(
        item if isinstance(item, bytes) else item.original_bytes for item in shown if not hasattr(item, "real")
    )
    assert kept == b"\0\1"


def test_a_fonts_widths_are_read_once_for_all_its_strings() -> None:
    own = DictionaryObject({NameObject("/W"): ArrayObject([NumberObject(1), ArrayObject([NumberObject(250)] * 9)])})
    font = DictionaryObject({NameObject("/Subtype"): NameObject("/Type0")})
    font[NameObject("/DescendantFonts")] = ArrayObject([own])
    assert text_widths.widths_in(font, b"\0\1\0\x63") == [250, 1000]
    del own["/W"]
    assert text_widths.widths_in(font, b"\0\2") == [250]


def test_a_field_under_the_mark_goes_and_one_beside_it_stays() -> None:
    field = "<</Type/Annot/Subtype/Widget/F 4/FT/Tx"
    fields = f"{field}/V(Nadira)/Rect[110 690 190 705]>>{field}/V(Tariq)/Rect[110 600 190 620]>>"
    data = foreign("", page=f"/Annots[<<{_AREA}>>{fields}]")
    assert words_on(pages_of(read_attachment(data, 10).pdf)[0]) == ["Tariq"]


def test_tags_of_a_file_with_such_a_mark_stay_outside() -> None:
    tags = "/MarkInfo<</Marked true>>/StructTreeRoot<</K<</S/P/Pg 3 0 R/K 0/ActualText(Nadira)>>>>"
    data = foreign("/P <</MCID 0>> BDC BT (Ord) Tj ET EMC", page=f"/Annots[<<{_AREA}>>]", catalogue=tags)
    read = read_attachment(data, 10)
    assert read.nodes == ()
    assert read.kinds == (PageKind.TEXT,)


def test_drawings_inside_each_other_without_end_are_refused_where_words_are_to_go() -> None:
    loop = form("/X0 Do").replace("/Font<</F1 5 0 R>>", "/XObject<</X0 6 0 R>>")
    with pytest.raises(PyPdfError, match="without end"):
        words_left("/X0 Do", loop, resources="/XObject<</X0 6 0 R>>")


@pytest.mark.parametrize(
    ("mark", "is_told"),
    [
        ("/Subtype/Square/IC[0 0 0]", True),
        ("/Subtype/Polygon/IC[1 1 1]/Vertices[100 690 200 690 200 710]", True),
        ("/Subtype/Line/L[100 700 200 700]/BS<</W 14>>", True),
        ("/Subtype/PolyLine/Vertices[100 700 200 700]/BS<</W 14>>", True),
        ("/Subtype/FreeText/C[1 1 1]/Contents(Rettet)", True),
        ("/Subtype/Highlight/C[0 0 0]", True),
        ("/Subtype/Highlight/C[0 0 0 1]", True),
        ("/Subtype/Highlight/C[1 1 0]", False),
        ("/Subtype/Highlight/C[0 0 1 0]", False),
        ("/Subtype/Line/L[100 700 200 700]", False),
        ("/Subtype/Square/C[1 0 0]", False),
        ("/Subtype/Square/IC[1 1 0]/CA 0.4", False),
        ("/Subtype/StrikeOut", False),
    ],
)
@pytest.mark.parametrize("is_inside", [False, True], ids=["on the page", "in a drawing"])
def test_words_that_are_only_covered_stay_and_are_told(mark: str, is_told: bool, is_inside: bool) -> None:  # noqa: FBT001 - columns
    words = "BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI BT /F1 10 Tf 110 700 Td (Nadira) Tj ET"
    content, drawing = ("/X0 Do", form(words, "/BBox[0 0 595 842]")) if is_inside else (words, form(""))
    annotation = f"<</Type/Annot/F 4/Rect[100 690 200 712]{mark}>>"
    data = foreign(content, drawing, page=f"/Annots[{annotation}]", resources="/XObject<</X0 6 0 R>>")
    read = read_attachment(data, 10)
    assert words_on(pages_of(read.pdf)[0])[0] == "Nadira"
    assert read.notes == ((("HD338", {"pages": "1"}),) if is_told else ())


def test_a_box_beside_the_words_is_nobodys_business() -> None:
    mark = "<</Type/Annot/F 4/Rect[100 600 200 612]/Subtype/Square/IC[0 0 0]>>"
    assert read_attachment(foreign("BT /F1 10 Tf 110 700 Td (Ord) Tj ET", page=f"/Annots[{mark}]"), 10).notes == ()
