from __future__ import annotations

import pytest

from hopdocs.rendering.pdf.attached.reading import read_attachment
from hopdocs.rendering.pdf.attached.stand_ins import StandInError
from tests.unit.rendering.pdf.files import case, foreign, pages_of, stream, words_on

_WAIT = "BT /F1 14 Tf 60 700 Td (Vent venligst) Tj ET"
_CONFIG = "<config><present><dynamicRender>required</dynamicRender></present></config>"
_WIDGET = "<</Type/Annot/Subtype/Widget/FT/Tx/T(navn)/Rect[0 0 9 9]>>"


@pytest.mark.parametrize(
    ("name", "code", "params"),
    [
        ("xfa-form", "HD344", {}),
        ("portfolio", "HD345", {"files": "handleplan.pdf"}),
    ],
)
def test_a_cover_is_not_taken_for_the_plan(name: str, code: str, params: dict[str, str]) -> None:
    with pytest.raises(StandInError) as caught:
        read_attachment(case(name), 10)
    assert (caught.value.code, caught.value.params) == (code, params)


@pytest.mark.parametrize(
    ("form", "page"),
    [
        ("/XFA 6 0 R", "/Annots[7 0 R]"),
        ("/XFA[(config)6 0 R]", "/Annots[7 0 R]"),
        ("/XFA[(template)8 0 R]", ""),
    ],
    ids=["one part", "its configuration", "no fields"],
)
def test_a_form_that_only_its_own_viewer_draws_is_one_without_saying_so_in_the_catalogue(form: str, page: str) -> None:
    data = foreign(_WAIT, stream(_CONFIG), _WIDGET, stream("<template/>"), page=page, catalogue=f"/AcroForm<<{form}>>")
    with pytest.raises(StandInError, match="HD344"):
        read_attachment(data, 10)


def test_a_form_whose_pages_are_its_own_is_bound() -> None:
    config = _CONFIG.replace("required", "forbidden")
    catalogue = "/AcroForm<</Fields[7 0 R]/XFA[(config)6 0 R]>>"
    data = foreign("BT (Plan) Tj ET", stream(config), _WIDGET, page="/Annots[7 0 R]", catalogue=catalogue)
    assert words_on(pages_of(read_attachment(data, 10).pdf)[0]) == ["Plan"]


def test_a_portfolio_names_its_files_however_deep_they_stand() -> None:
    data = foreign(
        _WAIT,
        "<</Kids[7 0 R 6 0 R]>>",
        "<</Names[(a)<</F(a.pdf)/UF(\xe6ble.pdf)>>(b)<<>>]>>",
        catalogue="/Collection<</View/H>>/Names<</EmbeddedFiles 6 0 R>>",
    )
    with pytest.raises(StandInError) as caught:
        read_attachment(data, 10)
    assert caught.value.params == {"files": "æble.pdf, b"}


def test_a_plan_with_files_attached_is_bound_and_its_files_are_told() -> None:
    data = foreign("BT (Plan) Tj ET", catalogue="/Names<</EmbeddedFiles<</Names[(a)<</F(budget.xlsx)>>]>>>>")
    read = read_attachment(data, 10)
    assert words_on(pages_of(read.pdf)[0]) == ["Plan"]
    assert read.notes == (("HD346", {"files": "budget.xlsx"}),)
