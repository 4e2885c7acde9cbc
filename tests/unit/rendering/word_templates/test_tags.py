"""Tags that look right in Word are right: whatever nobody sees in them is dropped, wherever Word cut them."""

from __future__ import annotations

import pytest

from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import Word, p, run
from tests.unit.rendering.word_templates.made_in_word import make, read_case
from tests.unit.rendering.words import text_of, word_file


def filled(data: bytes, **context: object) -> str:
    return text_of(compile_template_bytes(data, "brev.docx").render(context))


@pytest.mark.parametrize("case", ["tag-bom", "tag-soft_hyphen", "tag-zero_width", "tag-hyperlink_split"])
def test_a_tag_that_looks_right_is_right(case: str) -> None:
    assert filled(read_case(case), family_name="Zamirandi").strip().endswith("Zamirandi")


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e", "\u202c", "\u2066", "\u200d"])
@pytest.mark.parametrize(
    "source", ["{|{ na|me }}", "{{| name }|}", "{%| if name == 'A|da' %}{{ name }}{% end|if %|}", "{|%p if name %}"]
)
def test_what_nobody_sees_in_a_tag_is_dropped(unseen: str, source: str) -> None:
    if unseen == "\u200d" and "A|da" in source:
        source = source.replace("A|da", "Ada")  # a joiner in a quoted text may be meant
    ends = ("{%p endif %}",) if source.startswith("{|%p") else ()
    data = Word("".join(p(text) for text in (source.replace("|", unseen), *ends, "slut"))).pack()
    assert filled(data, name="Ada") in ("Ada\nslut", "slut")


def test_what_nobody_sees_outside_tags_stays() -> None:
    assert filled(word_file("Fami\u00adlie\u200bplan {{ name }}"), name="Ada") == "Fami\u00adlie\u200bplan Ada"


def test_a_joiner_in_a_quoted_text_stays() -> None:
    assert filled(word_file("{{ '👨\u200d👩' }}")) == "👨\u200d👩"


@pytest.mark.parametrize(
    "around",
    [
        '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
        '<w:smartTag w:uri="urn:x" w:element="navn">{}</w:smartTag>',
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:fldSimple w:instr=" QUOTE x ">{}</w:fldSimple>',
        '<w:customXml w:element="x">{}</w:customXml>',
    ],
)
@pytest.mark.parametrize("cut", [1, 2, 6, 10, 12])
def test_a_tag_that_another_element_tears_stands_where_it_begins(around: str, cut: int) -> None:
    tag = "{{ person.name }}"
    inside = Word(p("Hej ", raw=around.format(run(tag[:cut])) + run(tag[cut:] + " og ")) + p("slut")).pack()
    after = Word(p("Hej ", raw=run(tag[:cut]) + around.format(run(tag[cut:] + " og "))) + p("slut")).pack()
    for data in (inside, after):
        assert filled(data, person={"name": "Ada"}) == "Hej Ada og \nslut"


def test_a_tag_torn_in_a_header_is_whole() -> None:
    header = p(raw=f'<w:hyperlink w:anchor="x">{run("{{ na")}</w:hyperlink>{run("me }}")}')
    assert b"Ada" in make(Word(p("x"), headers=(header,)).pack(), name="Ada")["word/header0.xml"]


@pytest.mark.parametrize("looks", ["<w:vanish/>", "<w:strike/>", '<w:dstrike w:val="1"/>', "<w:webHidden/>"])
def test_what_is_hidden_or_struck_out_behind_a_torn_tag_stays_so(looks: str) -> None:
    data = Word(p(raw=run("Hej {{ na") + run("me }} HEMMELIGT", looks) + run(" og velkommen"))).pack()
    body = make(data, name="Ada")["word/document.xml"].decode()
    shown, _, withdrawn = body.partition(looks)
    assert "Hej Ada" in shown
    assert "HEMMELIGT" not in shown
    assert "HEMMELIGT" in withdrawn


def test_a_tag_torn_by_other_looks_is_filled_as_docxtpl_fills_it() -> None:
    data = Word(p(raw=run("Hej {{ na") + run("me }} der", '<w:strike w:val="0"/>'))).pack()
    assert filled(data, name="Ada") == "Hej Ada der"
