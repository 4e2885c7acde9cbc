from __future__ import annotations

import pytest

from hopdocs.rendering.pdf.attached.reading import read_attachment
from tests.unit.rendering.pdf.files import case, drawn_on, form, marked, order_on, pages_of, stream, words_on

_PLACE = "/Type/Annot/Subtype/Widget/F 4/Rect[60 600 260 630]"
_FORM = "/AcroForm<</Fields[6 0 R]/NeedAppearances true/DA(/Helv 12 Tf 0 g)>>"
_QUIET = _FORM.replace("/NeedAppearances true", "")
_ON, _NOTHING = form("0 g 2 2 10 10 re f"), form("")


def words_in(data: bytes) -> list[str]:
    return words_on(pages_of(read_attachment(data, 10).pdf)[0])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("form-filled", "Tariq Zamirandi"),
        ("form-needs-appearances", "Tariq Zamirandi"),
        ("form-ticks", "Praktik 12 timer"),
    ],
)
def test_a_filled_field_is_drawn_into_the_page(name: str, words: str) -> None:
    read = read_attachment(case(name), 10)
    page = pages_of(read.pdf)[0]
    assert words in words_on(page)
    assert page["/Annots"] == []
    assert read.notes == ()


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("/FT/Tx/V(Æble \\(1\\))", ["Æble (1)"]),
        ("/FT/Tx/V<FEFF00C6>", ["Æ"]),
        ("/FT/Tx/Ff 4096/V(En linje\\ren anden)", ["En linje", "en anden"]),
        ("/FT/Tx/Ff 16777216/MaxLen 4/V(2407)", ["2", "4", "0", "7"]),
        ("/FT/Tx/Ff 8192/V(hemmelig)", ["********"]),
        ("/FT/Ch/Ff 131072/V(B)/Opt[[(A)(Beskæftigelse)][(B)(Børn)]]", ["Børn"]),
        ("/FT/Ch/V[(A)(B)]/Opt[(A)(B)]", ["A, B"]),
        ("/FT/Btn/Ff 65536/MK<</CA(Send)>>", ["Send"]),
        ("/FT/Tx/V(Drejet)/MK<</R 90>>", ["Drejet"]),
        ("/FT/Tx", []),
    ],
    ids=["letters", "utf-16", "lines", "comb", "password", "choice", "list", "button", "turned", "empty"],
)
def test_each_kind_of_field_without_a_look_gets_one(field: str, words: list[str]) -> None:
    assert words_in(marked(f"<<{_PLACE}/T(felt){field}>>", catalogue=_FORM)) == ["Under", *words]


def test_what_stands_in_the_field_above_counts() -> None:
    above = "<</FT/Tx/T(navn)/V(Tariq)/DA(1 0 0 rg /Helv 9 Tf)/Q 2/Kids[6 0 R]>>"
    page = pages_of(read_attachment(marked(f"<<{_PLACE}/Parent 7 0 R>>", above, catalogue=_FORM), 10).pdf)[0]
    assert words_on(page) == ["Under", "Tariq"]
    [ink] = [operands for operator, operands in drawn_on(page) if operator == b"rg"]
    assert [float(one) for one in ink] == [1, 0, 0]
    assert [float(operands[1]) for operator, operands in drawn_on(page) if operator == b"Tf"] == [12, 9]


@pytest.mark.parametrize("words", ["Lang \xe6ble", "\xfe\xff\0L\0a\0n\0g\0 \0\xe6\0b\0l\0e"], ids=["bytes", "utf-16"])
def test_words_that_stand_in_a_stream_count(words: str) -> None:
    assert words_in(marked(f"<<{_PLACE}/FT/Tx/V 7 0 R>>", stream(words), catalogue=_FORM)) == ["Under", "Lang æble"]


@pytest.mark.parametrize("size", ["0", "0.0000001", "inf", "nan", "1000000", "-0.5"])
def test_words_in_a_size_that_nobody_reads_are_as_large_as_there_is_room(size: str) -> None:
    field = f"<<{_PLACE}/FT/Tx/V(Tariq)/Ff 16777216/MaxLen -3/DA(/Helv {size} Tf 0 g)>>"
    page = pages_of(read_attachment(marked(field, catalogue=_FORM), 10).pdf)[0]
    assert words_on(page) == ["Under", "Tariq"]
    assert [float(operands[1]) for operator, operands in drawn_on(page) if operator == b"Tf"] == [12, 12]


def test_a_look_that_is_older_than_its_words_is_made_anew() -> None:
    old = form("BT /F1 9 Tf (Gammel) Tj ET")
    field = f"<<{_PLACE}/FT/Tx/T(a)/V(Ny)/AP<</N 7 0 R>>>>"
    assert words_in(marked(field, old, catalogue=_FORM)) == ["Under", "Ny"]
    assert words_in(marked(field, old, catalogue=_QUIET)) == ["Under", "Gammel"]
    assert words_in(marked(field, form(""), catalogue=_QUIET)) == ["Under", "Ny"]


def test_words_that_the_font_lacks_are_told_unless_the_file_has_their_look() -> None:
    field = f"<<{_PLACE}/FT/Tx/T(navn)/V<FEFF0141>/AP<</N 7 0 R>>>>"
    read = read_attachment(marked(field, form(""), catalogue=_FORM), 10)
    assert read.notes == (("HD349", {"fields": "navn"}),)
    look = form("BT /F1 9 Tf (L) Tj ET")
    read = read_attachment(marked(field, look, catalogue=_FORM), 10)
    assert words_on(pages_of(read.pdf)[0]) == ["Under", "L"]
    assert read.notes == ()


@pytest.mark.parametrize(
    ("field", "is_ticked"),
    [
        ("/V/Ja/AS/Ja/AP<</N<</Ja 7 0 R/Off 8 0 R>>>>", True),
        ("/V/Ja/AP<</N<</Ja 7 0 R/Off 8 0 R>>>>", True),
        ("/V/Ja/AS/Off/AP<</N<</Ja 7 0 R/Off 8 0 R>>>>", True),
        ("/V(Ja)/AP<</N<</Ja 7 0 R>>>>", True),
        ("/V/Off/AS/Off/AP<</N<</Ja 7 0 R/Off 8 0 R>>>>", False),
        ("/AS/Off/AP<</N<</Ja 7 0 R/Off 8 0 R>>>>", False),
        ("/AP<</N<</Ja 7 0 R/Off 8 0 R>>>>", False),
    ],
)
def test_a_box_is_ticked_as_its_field_says(field: str, is_ticked: bool) -> None:  # noqa: FBT001 - a column
    data = marked(f"<<{_PLACE}/FT/Btn/T(ja){field}>>", _ON, _NOTHING, catalogue=_FORM)
    assert bool(order_on(pages_of(read_attachment(data, 10).pdf)[0], b"f")) is is_ticked


@pytest.mark.parametrize(("style", "paint"), [("4", b"S"), ("8", b"S"), ("l", b"f"), ("", b"S")])
def test_a_tick_without_a_look_is_drawn(style: str, paint: bytes) -> None:
    data = marked(f"<<{_PLACE}/FT/Btn/T(ja)/V/Ja/MK<</CA({style})>>>>", catalogue=_FORM)
    assert order_on(pages_of(read_attachment(data, 10).pdf)[0], b"S", b"f") == [paint]


def test_of_a_group_the_chosen_one_is_marked() -> None:
    def kid(on: str) -> str:
        return f"<<{_PLACE}/Parent 8 0 R/AP<</N<</{on} 9 0 R>>>>>>"

    for chosen, options, states, expected in (
        ("/Nej", "", ("Ja", "Nej"), [False, True]),
        ("(Barn)", "/Opt[(Voksen)(Barn)]", ("0", "1"), [False, True]),
        ("/Off", "", ("Ja", "Nej"), [False, False]),
    ):
        group = f"<</FT/Btn/Ff 32768/T(svar)/V{chosen}{options}/Kids[6 0 R 7 0 R]>>"
        read = read_attachment(marked(kid(states[0]), kid(states[1]), group, _ON, catalogue=_FORM), 10)
        forms = pages_of(read.pdf)[0]["/Resources"]["/XObject"]
        assert len([name for name in forms if "Mark" in name]) == sum(expected)


def test_a_tick_on_which_viewers_disagree_is_told() -> None:
    field = f"<<{_PLACE}/FT/Btn/T(ja)/V/Ja/AS/Off/AP<</N<</Ja 7 0 R/Off 8 0 R>>>>>>"
    read = read_attachment(marked(field, _ON, _NOTHING, catalogue=_QUIET), 10)
    assert order_on(pages_of(read.pdf)[0], b"f") == []
    assert read.notes == (("HD339", {"pages": "1"}),)


def test_a_choice_of_which_nothing_says_where_it_stands_is_told() -> None:
    kid = f"<<{_PLACE}/Parent 7 0 R>>"
    read = read_attachment(marked(kid, "<</FT/Btn/Ff 32768/T(svar)/V/Ja/Kids[6 0 R]>>", catalogue=_FORM), 10)
    assert read.notes == (("HD349", {"fields": "svar"}),)


def test_a_field_with_a_ground_and_a_border_has_them() -> None:
    field = f"<<{_PLACE}/FT/Tx/T(a)/MK<</BG[0.9]/BC[0 0 1]>>>>"
    assert order_on(pages_of(read_attachment(marked(field, catalogue=_FORM), 10).pdf)[0], b"f", b"S") == [b"f", b"S"]


def test_fields_above_each_other_without_end_are_read_to_an_end() -> None:
    loop = "<</Parent 7 0 R/Kids[6 0 R]>>"
    assert words_in(marked(f"<<{_PLACE}/FT/Tx/Parent 7 0 R>>", loop, catalogue=_FORM)) == ["Under"]


def test_a_field_that_no_form_names_is_drawn() -> None:
    assert words_in(marked(f"<<{_PLACE}/FT/Tx/T(a)/V(Uden blanket)>>")) == ["Under", "Uden blanket"]


def test_a_ticked_box_whose_only_look_is_empty_is_ticked_and_told() -> None:
    field = f"<<{_PLACE}/FT/Btn/T(ja)/V/Yes/AS/N/MK<</CA(8)>>/AP<</N 7 0 R>>>>"
    read = read_attachment(marked(field, form(""), catalogue=_QUIET), 10)
    assert order_on(pages_of(read.pdf)[0], b"S") == [b"S"]
    assert read.notes == (("HD339", {"pages": "1"}),)
    read = read_attachment(marked(field, _ON, catalogue=_QUIET), 10)
    assert order_on(pages_of(read.pdf)[0], b"S", b"f") == [b"f"]
    assert read.notes == ()


@pytest.mark.parametrize(
    ("field", "is_told"),
    [
        ("/V({0})", True),
        ("/V({1})", False),
        ("/Ff 4096/V({0})", True),
        ("/Ff 4096/V({1})", False),
        ("/Ff 16777216/MaxLen 4/V(12345)", True),
    ],
)
def test_words_that_no_size_makes_fit_are_told(field: str, is_told: bool) -> None:  # noqa: FBT001 - a column
    words = field.format("Mange ord i et lille felt. " * 30, "Mange ord i et lille felt.")
    read = read_attachment(marked(f"<<{_PLACE}/FT/Tx/T(maal){words}>>", catalogue=_FORM), 10)
    assert read.notes == ((("HD349", {"fields": "maal"}),) if is_told else ())


_SIGNED = "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<00>>>"


@pytest.mark.parametrize(
    "objects",
    [
        [f"<<{_PLACE}/FT/Sig/T(underskrift)/V 7 0 R>>", _SIGNED],
        [f"<<{_PLACE}/Parent 7 0 R>>", "<</FT/Sig/T(underskrift)/V 8 0 R/Kids[6 0 R]>>", _SIGNED],
    ],
    ids=["in the field", "in the field above"],
)
def test_a_signed_file_is_said_to_lose_its_signature(objects: list[str]) -> None:
    read = read_attachment(marked(*objects, catalogue=_QUIET), 10)
    assert ("HD335", {}) in read.notes


def test_a_field_that_nobody_has_signed_says_nothing() -> None:
    assert not read_attachment(marked(f"<<{_PLACE}/FT/Sig/T(underskrift)>>", catalogue=_QUIET), 10).notes
