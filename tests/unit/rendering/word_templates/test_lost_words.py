"""Nothing that stands beside a tag is lost in silence, and every branch closes what it opens."""

from __future__ import annotations

import pytest

from hopdocs.errors import FaultyInput
from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import Word, drawing, p, row, table, text_box
from tests.unit.rendering.word_templates.made_in_word import make, params_of, read_case, said_of


def test_words_beside_a_tag_that_takes_its_paragraph_or_row_are_told() -> None:
    assert params_of(read_case("words-beside-paragraph-tag"), "HD352") == [
        {"tag": "{%p if message %}", "words": "VIGTIGT: tag jeres papirer med."},
        {"tag": "{%p if guests %}", "words": "Medbring sygesikringskort."},
        {"tag": "{%tr for a in agenda %}", "words": "PUNKTER"},
        {"tag": "{%tr endfor %}", "words": "I ALT: {{ planned_minutes }}"},
    ]


@pytest.mark.parametrize(
    ("word", "place"),
    [
        (Word(p("x"), headers=(p("Kopi {%p if title %}") + p("{%p endif %}"),)), 'header, "Kopi {%p if title %}"'),
        (Word(p("{%p if agenda %}{%p if guests %}") + p("{%p endif %}")), 'body, "{%p if agenda %}{%p if guests %}"'),
        (Word(p("{#p væk #} men dette?")), 'body, "{#p væk #} men dette?"'),
        (Word(text_box(p("{%p if agenda %} boks"), p("{%p endif %}"))), 'body, text box, "{%p if agenda %} boks"'),
        (
            Word(table(row("{%tc for a in agenda %} a", "{{ a }}", "{%tc endfor %}"), columns=3)),
            'body, table 1, "{%tc for a in agenda %} a"',
        ),
    ],
)
def test_words_beside_a_tag_are_told_wherever_it_stands(word: Word, place: str) -> None:
    assert ("HD352", place) in said_of(word.pack())


@pytest.mark.parametrize(
    "beside",
    [
        drawing("rIdx", descr="Logo").removeprefix('<w:p w:rsidR="00A77B3E">').removesuffix("</w:p>"),
        '<w:bookmarkStart w:id="1" w:name="Aftaler"/><w:bookmarkEnd w:id="1"/>',
        '<w:r><w:footnoteReference w:id="1"/></w:r>',
        '<w:fldSimple w:instr=" PAGE "/>',
    ],
)
def test_what_is_no_text_beside_a_tag_is_told(beside: str) -> None:
    data = Word(p("{%p if agenda %}", raw=beside) + p("{%p endif %}"), media={"rIdx": b""}).pack()
    assert said_of(data) == [("HD353", 'body, "{%p if agenda %}"')]


def test_what_word_marks_for_itself_beside_a_tag_is_no_loss() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="_GoBack"/><w:bookmarkEnd w:id="1"/><w:proofErr w:type="spellStart"/>'
    assert said_of(Word(p("{%p if agenda %}  ", raw=mark) + p("{%p endif %}")).pack()) == []


def test_a_tag_in_its_line_takes_nothing_with_it() -> None:
    assert said_of(Word(p("Hej {% if agenda %}der{% endif %} og {{r family_name }} her")).pack()) == []


_STRADDLING = (
    p("{% if agenda %}") + p("Betalingen er aftalt.") + p("{%p endif %}") + "".join(p(f"Afsnit {n}") for n in range(40))
)


def test_a_block_that_begins_in_the_line_and_ends_with_its_paragraph_is_told_at_its_tag() -> None:
    data = Word(_STRADDLING).pack()
    assert said_of(data) == [("HD327", 'body, "{% if agenda %}"')]
    template = compile_template_bytes(data, "x.docx")
    template.render({"agenda": [1]})
    with pytest.raises(FaultyInput):
        template.render({"agenda": []})


@pytest.mark.parametrize(
    "body",
    [
        p("{%p if agenda %}") + p("a {% endif %}"),
        p("{% for a in agenda %}") + p("b") + p("{%p endfor %}"),
        p("{% if agenda %}") + p("b") + p("{%p elif guests %}") + p("c") + p("{%p endif %}"),
        p("{% if agenda %}a") + table(row("b{% endif %}"), columns=1),
        table(row("{% if agenda %}", "{%tc endif %}"), columns=2),
        table(row("{%tr if agenda %}") + row("a{% endif %}"), columns=1),
        p("{% set x %}") + p("{%p endset %}"),
    ],
)
def test_uneven_branches_are_told_whatever_the_block(body: str) -> None:
    assert {code for code, _ in said_of(Word(body).pack())} & {"HD327", "HD304"}


@pytest.mark.parametrize(
    "body",
    [
        p("{% if agenda %}a") + p("b{% endif %}"),
        p("{% for a in agenda %}{{ loop.index }}") + p("{% endfor %}"),
        p("{%p for a in agenda %}") + p("x") + p("{%p else %}") + p("ingen") + p("{%p endfor %}"),
        table(row("{%tr for a in agenda %}") + row("{{ loop.index }}") + row("{%tr endfor %}"), columns=1),
        p("{%p macro m(a) %}") + p("{{ a }}") + p("{%p endmacro %}") + p("x"),
        p("<!-- {% if agenda %} -->".replace("<", "&lt;").replace(">", "&gt;") + "{% endif %}"),
        '<w:p><w:pPr><w:ind w:left="{% if agenda %}100{% else %}200{% endif %}"/></w:pPr></w:p>',
    ],
)
def test_even_branches_are_no_fault(body: str) -> None:
    data = Word(body).pack()
    assert said_of(data) == []
    for agenda in ([], [1, 2]):
        make(data, agenda=agenda)
