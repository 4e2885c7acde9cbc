"""Content controls: what the data say stands in them, also after the letter is opened."""

from __future__ import annotations

import pytest

from tests.golden.docxtpl.word_markup import Word, p, run
from tests.unit.rendering.word_templates.made_in_word import make, read_case

_MAPPED = '<w:dataBinding w:xpath="/v:brev[1]/v:familie[1]" w:storeItemID="{11111111-2222-3333-4444-555555555555}"/>'
_MAPPED_2012 = _MAPPED.replace(
    "w:dataBinding", 'w15:dataBinding xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)


def control(text: str, properties: str) -> str:
    inner = run(text)
    return p(raw=f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>")


def test_a_control_that_the_data_fill_in_is_mapped_to_nothing() -> None:
    parts = make(read_case("mapped-content-control"), family_name="Zamirandi", meeting={"when": "tirsdag"})
    assert b"dataBinding" not in parts["word/document.xml"]
    assert b"Zamirandi" in parts["word/document.xml"]


@pytest.mark.parametrize("mapped", [_MAPPED, _MAPPED_2012])
def test_a_header_s_control_that_the_data_fill_in_is_mapped_to_nothing(mapped: str) -> None:
    data = Word(
        p("x"), headers=(control("{{ name }}", mapped),), footers=(control("{% if name %}a{% endif %}", mapped),)
    )
    parts = make(data.pack(), name="Ada")
    assert b"dataBinding" not in parts["word/header0.xml"] + parts["word/footer0.xml"]
    assert b"Ada" in parts["word/header0.xml"]


def test_a_control_with_fixed_text_keeps_what_it_is_mapped_to() -> None:
    parts = make(Word(control("Vesterlyng", _MAPPED) + p("{{ name }}")).pack(), name="Ada")
    assert b"dataBinding" in parts["word/document.xml"]


def test_a_date_control_that_the_data_fill_in_has_no_day_of_its_own() -> None:
    date = '<w:date w:fullDate="2020-01-01T00:00:00Z"><w:dateFormat w:val="d. MMMM yyyy"/></w:date>'
    parts = make(Word(control("{{ day }}", date) + control("1. januar 2020", date)).pack(), day="3. maj 2026")
    assert parts["word/document.xml"].count(b"w:fullDate=") == 1
