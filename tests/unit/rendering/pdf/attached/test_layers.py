from __future__ import annotations

import pytest

from hopdocs.rendering.pdf.attached.reading import read_attachment
from tests.unit.rendering.pdf.files import brought_along, case, drawn_on, foreign, form, pages_of, stream, words_on

_TWO = "/OC /L0 BDC BT /F1 12 Tf 60 700 Td (Skjult) Tj ET EMC /OC /L1 BDC BT /F1 12 Tf 60 650 Td (Synlig) Tj ET EMC"
_GROUPS = ("<</Type/OCG/Name(Noter)>>", "<</Type/OCG/Name(Tekst)>>")


def layered(
    chosen: str, *more: str, content: str = _TWO, hidden: str = "6 0 R", groups: tuple[str, str] = _GROUPS
) -> bytes:
    return foreign(
        content,
        *groups,
        *more,
        catalogue=f"/OCProperties<</OCGs[6 0 R 7 0 R]/D<<{chosen}>>>>",
        resources=f"/Properties<</L0 {hidden}/L1 7 0 R>>/XObject<</X0 8 0 R>>",
    )


def test_a_layer_that_is_switched_off_is_left_out() -> None:
    read = read_attachment(case("layer-off"), 10)
    assert words_on(pages_of(read.pdf)[0]) == ["SYNLIG TEKST"]
    assert b"Interne noter" not in brought_along(read.pdf)
    assert read.notes == ()


def test_a_watermark_that_is_switched_off_is_left_out() -> None:
    read = read_attachment(case("watermark-off"), 10)
    assert words_on(pages_of(read.pdf)[0]) == ["Godkendt plan"]


@pytest.mark.parametrize(
    ("chosen", "hidden"),
    [
        ("/OFF[6 0 R]", "6 0 R"),
        ("/BaseState/OFF/ON[7 0 R]", "6 0 R"),
        ("/OFF[6 0 R]", "8 0 R"),
        ("/OFF[6 0 R]", "9 0 R"),
        ("/OFF[6 0 R]", "10 0 R"),
        ("/OFF[6 0 R]", "11 0 R"),
    ],
    ids=[
        "off",
        "off from the start",
        "any on",
        "all on",
        "all off, turned round",
        "expressions inside each other",
    ],
)
def test_what_belongs_to_a_hidden_layer_by_membership_is_left_out(chosen: str, hidden: str) -> None:
    members = (
        "<</Type/OCMD/OCGs[6 0 R null]>>",
        "<</Type/OCMD/OCGs[6 0 R 7 0 R]/P/AllOn>>",
        "<</Type/OCMD/OCGs[7 0 R]/P/AllOff>>",
        "<</Type/OCMD/OCGs 7 0 R/VE[/And[/Or 6 0 R[/Not 7 0 R]]7 0 R]>>",
    )
    read = read_attachment(layered(chosen, *members, hidden=hidden), 10)
    assert words_on(pages_of(read.pdf)[0]) == ["Synlig"]


@pytest.mark.parametrize("member", ["<</Type/OCMD/OCGs[6 0 R 7 0 R]>>", "<</Type/OCMD/OCGs[6 0 R]/P/AnyOff>>"])
def test_what_belongs_to_a_visible_layer_too_stays(member: str) -> None:
    read = read_attachment(layered("/OFF[6 0 R]", member, hidden="8 0 R"), 10)
    assert words_on(pages_of(read.pdf)[0]) == ["Skjult", "Synlig"]


@pytest.mark.parametrize(("medium", "category"), [("Print", "Print"), ("View", "View")])
def test_a_layer_that_only_paper_or_only_the_screen_hides_is_left_out_and_told(medium: str, category: str) -> None:
    groups = (f"<</Type/OCG/Name(Noter)/Usage<</{category}<</{category}State/OFF>>>>>>", _GROUPS[1])
    chosen = f"/AS[<</Event/{medium}/Category[/{category}]/OCGs[6 0 R]>>]"
    read = read_attachment(layered(chosen, groups=groups), 10)
    assert words_on(pages_of(read.pdf)[0]) == ["Synlig"]
    assert read.notes == (("HD347", {"layers": "Noter"}),)


def test_usage_that_no_rule_applies_changes_nothing() -> None:
    groups = ("<</Type/OCG/Name(Noter)/Usage<</Print<</PrintState/OFF>>>>>>", _GROUPS[1])
    read = read_attachment(layered("", groups=groups), 10)
    assert words_on(pages_of(read.pdf)[0]) == ["Skjult", "Synlig"]
    assert read.notes == ()


def test_layers_inside_layers_and_drawings_inside_drawings_are_left_out() -> None:
    inner = "/OC /L1 BDC BT /F1 9 Tf (Ude) Tj ET /OC /L0 BDC BT (Inde) Tj ET 0 0 9 9 re f EMC BT (Efter) Tj ET EMC"
    drawing = form(inner).replace("/Resources<<", "/Resources<</Properties<</L0 6 0 R/L1 7 0 R>>")
    read = read_attachment(layered("/OFF[6 0 R]", drawing, content="/X0 Do"), 10)
    page = pages_of(read.pdf)[0]
    assert words_on(page) == ["Ude", "Efter"]
    assert not [one for one, _ in drawn_on(page) if one == b"f"]


def test_what_follows_a_hidden_word_on_its_line_stays_where_it_is() -> None:
    content = "BT /F1 10 Tf 60 700 Td /OC /L0 BDC (iii) Tj EMC (Synlig) Tj ET"
    page = pages_of(read_attachment(layered("/OFF[6 0 R]", content=content), 10).pdf)[0]
    assert words_on(page) == ["Synlig"]
    [step] = [operands[0] for operator, operands in drawn_on(page) if operator == b"TJ"]
    assert [float(item) for item in step] == [-3 * 222]


def test_layers_inside_each_other_without_end_are_refused() -> None:
    endless = "<</Type/OCMD/VE " + "[/Not" * 60 + " 6 0 R" + "]" * 60 + ">>"
    with pytest.raises(Exception, match="without end"):
        read_attachment(layered("/OFF[6 0 R]", endless, hidden="8 0 R"), 10)


def test_layers_for_paper_and_for_the_screen_as_php_programs_write_them_are_left_out_and_told() -> None:
    groups = (
        "<</Type/OCG/Name(print)/Usage<</Print<</PrintState/ON>>/View<</ViewState/OFF>>>>>>",
        "<</Type/OCG/Name(view)/Usage<</Print<</PrintState/OFF>>/View<</ViewState/ON>>>>>>",
    )
    both = "/OCGs[6 0 R 7 0 R]/Category"
    chosen = f"/ON[6 0 R]/OFF[7 0 R]/AS[<</Event/Print{both}[/Print]>><</Event/View{both}[/View]>>]"
    read = read_attachment(layered(chosen, groups=groups), 10)
    assert words_on(pages_of(read.pdf)[0]) == []
    assert read.notes == (("HD347", {"layers": "print, view"}),)


def test_of_two_usages_for_one_medium_the_one_that_hides_wins() -> None:
    groups = ("<</Type/OCG/Name(Noter)/Usage<</Print<</PrintState/OFF>>/View<</ViewState/ON>>>>>>", _GROUPS[1])
    chosen = "/AS[<</Event/View/Category[/View/Zoom]/OCGs[6 0 R]>><</Event/Print/Category[/Print]/OCGs[6 0 R]>>]"
    read = read_attachment(layered(chosen, groups=groups), 10)
    assert words_on(pages_of(read.pdf)[0]) == ["Synlig"]
    assert read.notes == (("HD347", {"layers": "Noter"}),)


def test_patterns_masks_and_drawn_letters_are_looked_through() -> None:
    hidden = "/OC /L0 BDC 0 0 7 7 re B EMC 1 1 2 2 re S"
    own = "/Resources<</Properties<</L0 6 0 R>>>>"
    resources = "/Pattern<</P0 8 0 R>>/ExtGState<</G0<</SMask<</G 9 0 R>>>>>>"
    data = foreign(
        "/Pattern cs /P0 scn 0 0 9 9 re f",
        *_GROUPS,
        stream(hidden, f"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9{own}"),
        stream(hidden, f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]{own}"),
        f"<</Type/Font/Subtype/Type3{own}/CharProcs<</a 11 0 R>>>>",
        stream(hidden),
        catalogue="/OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[6 0 R]>>>>",
        resources=resources,
    ).replace(b"/F1 5 0 R", b"/F1 10 0 R")
    drawings = brought_along(read_attachment(data, 10).pdf)
    assert drawings.count(b"7 7 re\nn\n") == 3
    assert b"7 7 re\nB" not in drawings
