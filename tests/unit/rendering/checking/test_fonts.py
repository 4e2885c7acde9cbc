from __future__ import annotations

import pytest

from hopdocs.rendering.checking.fonts import find_missing_fonts
from hopdocs.rendering.docx.package import read_members
from tests.golden.docxtpl.word_markup import NAMESPACES, Word, p, run
from tests.unit.rendering.words import with_members

_INSTALLED = frozenset({"carlito", "liberation sans", "dejavu sans"})


def set_in(font: str) -> str:
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'


def missing(body: str, **members: str) -> list[tuple[str, str]]:
    """The fonts that are missing, with their places."""
    data = Word(body, headers=(p("hoved"),)).pack()
    data = with_members(data, {name.replace("_", "/") + ".xml": text.encode() for name, text in members.items()})
    found = find_missing_fonts("brev.docx", read_members(data, "brev.docx")[0], _INSTALLED, lambda _: "DejaVu Sans")
    assert all(item.code == "HD358" and item.params["other"] == "DejaVu Sans" for item in found)
    return [(item.params["font"], item.place) for item in found]


@pytest.mark.parametrize("font", ["Verdana", "Wingdings", "Segoe UI Symbol"])
def test_a_font_that_is_missing_is_named_where_it_is_first_used(font: str) -> None:
    body = p("a") + p(raw=run("þ her", set_in(font))) + p(raw=run("igen", set_in(font)))
    assert missing(body) == [(font, 'body, "þ her"')]


@pytest.mark.parametrize("font", ["Calibri", "Arial", "DejaVu Sans", "dejavu sans"])
def test_a_font_that_is_there_or_has_one_of_the_same_widths_is_no_fault(font: str) -> None:
    assert missing(p(raw=run("a", set_in(font)))) == []


@pytest.mark.parametrize("text", ["☐", "{%p if agenda %}", "{# note #}", "–"])
def test_a_sign_that_any_font_draws_alike_and_a_tag_that_prints_nothing_need_no_font(text: str) -> None:
    assert missing(p(raw=run(text, set_in("Segoe UI Symbol")))) == []


def test_a_sign_by_the_number_that_only_wingdings_gives_it_is_told() -> None:
    assert [font for font, _ in missing(p(raw=run("\uf0fe", set_in("Wingdings"))))] == ["Wingdings"]


def test_fonts_of_styles_and_of_the_theme_are_seen() -> None:
    styles = (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:asciiTheme="minorHAnsi"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>'
        f'<w:style w:type="paragraph" w:styleId="Top"><w:rPr>{set_in("Garamond")}</w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Under"><w:basedOn w:val="Top"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="Ubrugt"><w:rPr>{set_in("Papyrus")}</w:rPr></w:style></w:styles>'
    )
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:minorFont>'
        '<a:latin typeface="Aptos"/></a:minorFont></a:theme>'
    )
    body = p("Overskrift", style="Under") + p("tekst")
    assert missing(body, word_styles=styles, word_theme_theme1=theme) == [
        ("Aptos", 'header, "hoved"'),
        ("Garamond", 'body, "Overskrift"'),
    ]


def test_a_font_that_lies_in_the_file_is_there() -> None:
    table = f'<w:fonts {NAMESPACES}><w:font w:name="Kommuneskrift"><w:embedRegular r:id="rId1"/></w:font></w:fonts>'
    assert missing(p(raw=run("a", set_in("Kommuneskrift"))), word_fontTable=table) == []
