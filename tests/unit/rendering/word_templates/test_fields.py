"""Word's own fields: those that a letter can answer are right, the others are named at their places."""

from __future__ import annotations

import pytest

from hopdocs.rendering.docx.properties import DocumentProperties
from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import Word, content_control, core, drawing, p, run
from tests.unit.rendering.word_templates.made_in_word import make, params_of, read_case, said_of
from tests.unit.rendering.words import members_of


def field(instruction: str, shown: str = "før", cuts: tuple[int, ...] = ()) -> str:
    """A field in runs, its instruction cut at these places."""
    pieces = [instruction[a:b] for a, b in zip((0, *cuts), (*cuts, len(instruction)), strict=True)]
    asked = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}{asked}{separate}{run(shown)}{end}"


def codes(body: str, headers: tuple[str, ...] = (), footers: tuple[str, ...] = ()) -> list[str]:
    return [code for code, _ in said_of(Word(body, headers=headers, footers=footers).pack())]


def test_fields_that_the_letter_has_no_answer_to_are_named() -> None:
    said = said_of(read_case("fields-if-mergefield-filename"), "invitation")
    assert [code for code, _ in said] == ["HD354", "HD355", "HD354"]
    assert said[2][1] == 'body, "Fil: Invitation.docx"'
    assert params_of(read_case("fields-if-mergefield-filename"), "HD354", "invitation")[1] == {"what": "FILENAME \\p"}


def test_a_date_is_seen_however_word_has_written_it() -> None:
    said = said_of(read_case("date-field-split"), "indkaldelse")
    assert [code for code, _ in said] == ["HD326", "HD326"]


@pytest.mark.parametrize("case", ["mergefields-left", "mail-merge-source"])
def test_what_a_mail_merge_left_is_named_as_that(case: str) -> None:
    assert said_of(read_case(case)) == [("HD355", 'body, "Kaere «Navn»"')]
    assert params_of(read_case(case), "HD355") == [{"what": "MERGEFIELD Navn"}]


_UNANSWERED = (
    "FILENAME",
    "userName",
    "DOCPROPERTY Sagsnr",
    "createdate",
    "AUTHOR",
    "IF 1 = 1 a b",
    "= 2 + 3",
    "FILLIN x",
)


@pytest.mark.parametrize("instruction", _UNANSWERED)
def test_an_unanswered_field_is_seen_in_every_form_and_text(instruction: str) -> None:
    whole = field(f" {instruction} ")
    torn = field(f" {instruction} ", cuts=(2, 3))
    simple = f'<w:fldSimple w:instr=" {instruction} ">{run("før")}</w:fldSimple>'
    nested = field(" PAGE ").replace(run("før"), whole)
    for raw in (whole, torn, simple, nested):
        assert codes(p(raw=raw)) == ["HD354"]
    boxed = content_control(p(raw=torn))
    assert codes(boxed) == ["HD354"]
    assert codes(p("x"), headers=(p(raw=torn),), footers=(p(raw=simple),)) == ["HD354", "HD354"]


def test_a_field_inside_another_s_instruction_is_seen() -> None:
    inner = field(" MERGEFIELD Køn ", "M")
    around = f" IF </w:instrText></w:r>{inner}<w:r><w:instrText> = "
    outer = field(" IF  = M han hun ", "han").replace(" IF  = ", around)
    assert codes(p(raw=outer)) == ["HD355", "HD354"]


@pytest.mark.parametrize("kind", ["DATE", "time", "SaveDate", 'PRINTDATE \\@ "d. MMMM"'])
def test_a_clock_is_seen_in_a_footer_s_simple_field(kind: str) -> None:
    assert codes(p("x"), footers=(p(raw=f"<w:fldSimple w:instr='{kind}'>{run('1.')}</w:fldSimple>"),)) == ["HD326"]


@pytest.mark.parametrize("kind", ["PAGE", "numpages", "REF Aftale \\h", "TITLE", 'HYPERLINK "https://a.example"'])
def test_fields_that_the_letter_answers_are_no_fault(kind: str) -> None:
    assert codes(p(raw=field(f" {kind} ").replace('"', "&quot;").replace("&quot;", '"'))) == []


def test_a_reference_that_is_only_a_bookmark_s_name_is_no_fault() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="Aftale"/><w:bookmarkEnd w:id="1"/>'
    assert codes(p("x", raw=mark) + p(raw=field(" Aftale "))) == []


def test_a_table_of_contents_is_named_as_what_it_is() -> None:
    assert said_of(read_case("contents-static")) == [("HD356", 'body, "Dagsorden 2"')]
    assert ("HD356", 'body, "{{ a.point }} 2"') in said_of(read_case("contents-looped"))
    assert codes(content_control(p(raw=f"<w:fldSimple w:instr='TOC \\o'>{run('a')}</w:fldSimple>"))) == ["HD356"]


def test_a_picture_without_words_is_told() -> None:
    data = Word(drawing("rIdx"), headers=(drawing("rIdx", name="Våben"),), media={"rIdx": b""}).pack()
    assert params_of(data, "HD357") == [{"name": "Våben"}, {"name": "billede.png"}]
    assert codes(drawing("rIdx", descr="Kommunens logo")) == []


def test_an_old_picture_without_words_is_told() -> None:
    shape = "<w:r><w:pict><v:shape{}><v:imagedata/></v:shape></w:pict></w:r>"
    assert codes(p(raw=shape.format(""))) == ["HD357"]
    assert codes(p(raw=shape.format(' alt="Logo"'))) == []


def test_a_picture_that_is_only_an_ornament_needs_no_words() -> None:
    assert said_of(read_case("informationsbrev"), "informationsbrev") == []


@pytest.mark.parametrize(
    "instruction", ["TITLE", " title \\* MERGEFORMAT ", 'DOCPROPERTY "Title"', "DOCPROPERTY Title"]
)
def test_a_field_that_shows_the_title_shows_the_letter_s(instruction: str) -> None:
    simple = f"<w:fldSimple w:instr='{instruction}'>{run('Skabelon')}{run(' 2019')}</w:fldSimple>"
    data = Word(p("{{ name }}", raw=field(instruction, "Skabelon 2019")), headers=(p(raw=simple),)).pack()
    template = compile_template_bytes(data, "brev.docx")
    made = template.render({"name": "Ada"}, properties=DocumentProperties(title="Plan & mål"))
    through_docxtpl = template.render(
        {"name": "Ada"}, properties=DocumentProperties(title="Plan & mål"), prepared_with=template.docxtpl()
    )
    for parts in (members_of(made), members_of(through_docxtpl)):
        for name in ("word/document.xml", "word/header0.xml"):
            assert "Plan &amp; mål" in parts[name].decode()
            assert b"Skabelon" not in parts[name]
            assert "\ue002" not in parts[name].decode()
    assert not {code for code, _ in said_of(data)} & {"HD354"}


def test_a_field_shows_the_template_s_own_title_where_the_letter_has_none() -> None:
    data = Word(p(raw=field("TITLE", "Gammel")), core=core(title="Plan for {{ name }}")).pack()
    assert b"Plan for Ada" in make(data, name="Ada")["word/document.xml"]
