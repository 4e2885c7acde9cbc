"""What docxtpl makes of a template and its data, hopdocs makes too, compared as canonical XML.

The templates are built here, feature by feature, after docxtpl's manual.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from docxtpl import RP, InlineImage, Listing, RichText
from markupsafe import Markup

from hopdocs.errors import FaultyInput
from hopdocs.rendering.template import compile_template_bytes
from tests.unit.rendering.words import (
    compared_parts,
    members_of,
    render_with_docxtpl,
    text_of,
    with_footnotes,
    with_members,
    word_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docxtpl import DocxTemplate

NASTY = "Kjærgaard & Ågård <b> \"x\" 'y' ]]> 😀"
MANY_LINES = "en\nto\tafter tab\ntre\aafsnit\fside"


def pixel(red: int = 255) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes([0, red, 0, 0]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def table(*rows: tuple[str, ...]) -> Callable[[Any], None]:
    def build(document: Any) -> None:
        made = document.add_table(len(rows), max(map(len, rows)))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                made.cell(row, column).text = text

    return build


def split_runs(document: Any) -> None:
    """Placeholders as Word leaves them: cut into runs by spelling marks and edits."""
    paragraph = document.add_paragraph("Kære {")
    for piece, bold in (
        ("{ na", True),
        ("me }", False),
        ("}, og {", False),
        ("% if a %}ja{%", True),
        (" endif %}", False),
    ):
        paragraph.add_run(piece).bold = bold


def header_and_footer(document: Any) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = "Sag {{ name }} & <mere> “citat”"
    section.header.add_paragraph("{%p if a %}")
    section.header.add_paragraph("{{ lines }}")
    section.header.add_paragraph("{%p endif %}")
    section.footer.paragraphs[0].text = "{% for n in numbers %}{{ n }} {% endfor %}"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Første {{ name }}"
    document.add_section().header.is_linked_to_previous = False
    document.sections[1].header.paragraphs[0].text = "Anden {{ name }}"


def properties(document: Any) -> None:
    document.core_properties.title = "Plan {{ plain }}"
    document.core_properties.subject = "Uden & noget"
    document.core_properties.comments = "{{ numbers|join(', ') }}"


def pictures(document: Any) -> None:
    document.add_paragraph("{%p for n in numbers %}")
    document.add_picture(BytesIO(pixel()))
    document.add_paragraph("{%p endfor %}")


@dataclass(frozen=True)
class Case:
    paragraphs: tuple[str, ...] = ()
    build: Callable[[Any], None] | None = None
    footnotes: tuple[str, ...] = ()

    def template(self) -> bytes:
        data = word_file(*self.paragraphs, build=self.build)
        return with_footnotes(data, *self.footnotes) if self.footnotes else data


CASES = {
    "values": Case(("{{ name }} {{ plain }} {{ numbers[1] }} {{ person.name }} {{ 1.5 }} {{ true }}",)),
    "lines in values": Case(("Før {{ lines }} efter", "{{ lines }}{{ lines }}")),
    "spaces": Case(("  to {{ plain }}   tre  ", "{% if a %}  x  {% endif %} y", "{{ plain }} {{ plain }}")),
    "minus signs": Case(("en {%- if a -%} to {%- endif -%} tre", "fire {{- plain -}} fem")),
    "paragraph loops": Case(("{%p for n in numbers %}", "{{ loop.index }}: {{ n }}", "{%p endfor %}")),
    "nested loops": Case(
        ("{%p for row in grid %}", "{%p for cell in row %}", "{{ cell }}", "{%p endfor %}", "--", "{%p endfor %}")
    ),
    "empty loop": Case(("{%p for n in [] %}", "{{ n }}", "{%p else %}", "ingen", "{%p endfor %}")),
    "macros and set": Case(
        ("{% macro m(x) %}[{{ x }}]{% endmacro %}{% set y = name %}{{ m(y) }}{{ m(plain|upper) }}",)
    ),
    "comments": Case(("en {# skjult #} to", "{#p hele afsnittet #}", "tre")),
    "escaped braces": Case(("{_{ ikke }_} {_% heller %_} {{ plain }}",)),
    "quotes from Word": Case(
        ("{{ person[‘name’] }} {{ “x” ~ plain }}", "{% if plain < 'z' and 1 > 0 %}mindre{% endif %}")
    ),
    "split runs": Case(build=split_runs),
    "run tags": Case(("en {%r if a %}to{%r endif %} tre {{r rich }}",)),
    "table rows": Case(
        build=table(
            ("Hvad", "Hvem"), ("{%tr for p in people %}", ""), ("{{ p.name }}", "{{ p.lines }}"), ("{%tr endfor %}", "")
        )
    ),
    "table columns": Case(
        build=table(
            ("{%tc for n in numbers %}", "{{ n }}", "{%tc endfor %}"),
            ("{%tc for n in numbers %}", "{{ n }}", "{%tc endfor %}"),
        )
    ),
    "fewer columns": Case(
        build=table(("{%tc if not a %}", "b", "{%tc endif %}", "c"), ("{%tc if not a %}", "d", "{%tc endif %}", "e"))
    ),
    "row that may be missing": Case(
        build=table(("{%tr if not a %}", "x"), ("y", "z"), ("{%tr endif %}", ""), ("u", "v"))
    ),
    "colspan": Case(build=table(("{% colspan numbers|length %}Bred", "b", "c"), ("x", "y", "z"))),
    "cell background": Case(build=table(("{% cellbg color %}Rød", "b"), ("x", "y"))),
    "vertical merge": Case(
        build=table(("{%tr for p in people %}", ""), ("{% vm %}samme", "{{ p.name }}"), ("{%tr endfor %}", ""))
    ),
    "horizontal merge": Case(
        build=table(("{%tc for n in numbers %}", "{% hm %}{{ n }}", "{%tc endfor %}"), ("x", "y", "z"))
    ),
    "headers and footers": Case(build=header_and_footer),
    "properties": Case(build=properties),
    "drawings in a loop": Case(build=pictures),
    "footnotes": Case(
        ("tekst",), footnotes=("Note {{ name }}", "{% for n in numbers %}{{ n }}{% endfor %}", "{{ lines }}")
    ),
    "rich text": Case(("{{r rich }} og {{ listing }}", "{{p rich_paragraph }}", "slut")),
    "filters": Case(("{{ people|map(attribute='name')|join('; ') }} {{ numbers|sum }} {{ missing|default('–') }}",)),
    "a long text": Case(("{{ long }}",)),
}

CONTEXTS: dict[str, dict[str, Any]] = {
    "full": {"name": NASTY, "lines": MANY_LINES, "numbers": [1, 2, 3], "grid": [[1, 2], [3], []], "a": True},
    "bare": {"name": "", "lines": "én linje", "numbers": [0, 1], "grid": [], "a": False},
}


def context(kind: str) -> dict[str, Any]:
    rich = RichText("fed & ", bold=True)
    rich.add("rød\nlinje", color="#ff0000", italic=True, size=28, underline="wave", font="Calibri", style="Strong")
    people = [{"name": f"{CONTEXTS[kind]['name']}{number}", "lines": MANY_LINES} for number in range(3)]
    return {
        **CONTEXTS[kind],
        "plain": "abc",
        "color": "ff0000",
        "person": {"name": "Åse"},
        "people": people,
        "rich": rich,
        "rich_paragraph": RP(RichText("et afsnit & mere"), parastyle="Heading 1"),
        "listing": Listing("en\nto & tre\tfire"),
        "long": "æøå & <x> " * 400,
    }


def assert_equal(ours: bytes, theirs: bytes) -> None:
    left, right = compared_parts(ours), compared_parts(theirs)
    assert left.keys() == right.keys()
    for name, xml in left.items():
        assert xml == right[name], name


@pytest.mark.parametrize("kind", CONTEXTS)
@pytest.mark.parametrize("name", CASES)
def test_the_result_equals_docxtpls(name: str, kind: str) -> None:
    data = CASES[name].template()
    template = compile_template_bytes(data, f"{name}.docx")
    expected = render_with_docxtpl(data, context(kind))
    assert_equal(template.render(context(kind)), expected)
    assert_equal(template.render(context(kind)), expected)  # a second time


def test_the_other_parts_equal_docxtpls_too() -> None:
    data = CASES["headers and footers"].template()
    ours = members_of(compile_template_bytes(data, "x.docx").render(context("full")))
    theirs = members_of(render_with_docxtpl(data, context("full")))
    assert ours.keys() == theirs.keys()
    for name in ours.keys() - compared_parts(render_with_docxtpl(data, context("full"))).keys():
        assert ours[name] == theirs[name], name


def test_blanks_that_a_value_brings_into_a_header_are_dropped_as_docxtpl_drops_them() -> None:
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{p raw }}"

    data = word_file("Hej", build=build)
    raw = {"raw": Markup("<w:p>\t <w:r><w:t xml:space='preserve'> x </w:t></w:r> </w:p>")}
    assert_equal(compile_template_bytes(data, "x.docx").render(raw), render_with_docxtpl(data, raw))


def picture_context(tpl: DocxTemplate) -> Mapping[str, object]:
    return {"picture": InlineImage(tpl, BytesIO(pixel()), width=914400), "linked": InlineImage(tpl, BytesIO(pixel(9)))}


def test_pictures_are_placed_docxtpls_way_with_the_same_result() -> None:
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ linked }}"

    data = word_file("Her: {{ picture }} {{ name }}", "{% for n in numbers %}{{ picture }}{% endfor %}", build=build)
    template = compile_template_bytes(data, "x.docx")
    tpl = template.docxtpl()
    more = picture_context(tpl)
    expected = render_with_docxtpl(data, context("full"), picture_context)
    first = template.render({**context("full"), **more})
    assert_equal(first, expected)
    assert template.render({**context("full"), **more}) == first
    media = {name for name in members_of(first) if name.startswith("word/media/")}
    assert media == {name for name in members_of(expected) if name.startswith("word/media/")}


def test_links_and_replaced_pictures_come_with_the_docxtpl_object_they_were_made_with() -> None:
    def build(document: Any) -> None:
        document.add_picture(BytesIO(pixel()))

    def prepare(tpl: DocxTemplate) -> Mapping[str, object]:
        link = RichText("her", url_id=tpl.build_url_id("https://vesterlyng.example/?a=1&b=2"))
        tpl.replace_media(BytesIO(pixel()), BytesIO(pixel(7)))
        return {"link": link}

    data = word_file("Se {{r link }} {{ name }}", build=build)
    template = compile_template_bytes(data, "x.docx")
    tpl = template.docxtpl()
    made = template.render({**context("full"), **prepare(tpl)}, prepared_with=tpl)
    expected = render_with_docxtpl(data, context("full"), prepare)
    assert_equal(made, expected)
    old, new = members_of(expected), members_of(made)
    assert new["word/_rels/document.xml.rels"] == old["word/_rels/document.xml.rels"]
    assert {new[name] for name in new if "media" in name} == {pixel(7)}


def test_an_embedded_file_is_replaced() -> None:
    data = with_members(word_file("Hej {{ plain }}"), {})
    template = compile_template_bytes(data, "x.docx")
    tpl = template.docxtpl()
    tpl.zipname_to_replace["word/styles.xml"] = members_of(data)["word/styles.xml"] + b"<!-- ny -->"
    assert members_of(template.render(context("full"), prepared_with=tpl))["word/styles.xml"].endswith(b"<!-- ny -->")


def test_a_footnote_that_somebody_wrote_as_a_template_is_not_run() -> None:
    """docxtpl renders footnotes once a section: what stood in the data is run the second time."""

    def build(document: Any) -> None:
        document.add_section()

    data = with_footnotes(word_file("x", build=build), "{{ name }}")
    made = compile_template_bytes(data, "x.docx").render({"name": "{{ 7 * 7 }}"})
    assert "{{ 7 * 7 }}" in members_of(made)["word/footnotes.xml"].decode()


def test_a_fault_beside_a_picture_is_told_at_its_place() -> None:
    template = compile_template_bytes(word_file("{{ picture }}", "Kære {{ navn }}"), "x.docx")
    picture = InlineImage(template.docxtpl(), BytesIO(pixel()))
    with pytest.raises(FaultyInput) as caught:
        template.render({"picture": picture, "navne": "Ada"})
    [fault] = caught.value.diagnostics
    assert (fault.code, fault.place, fault.params["nearest"]) == ("HD306", 'body, "Kære {{ navn }}"', "navne")


def test_docxtpls_way_is_as_strict_as_the_quick_one() -> None:
    template = compile_template_bytes(word_file("{{ picture }} {{ name }}"), "x.docx")
    picture = InlineImage(template.docxtpl(), BytesIO(pixel()))
    made = template.render({"picture": picture, "name": "Kjærgaard & <b>\x00"})
    assert text_of(made).endswith(" Kjærgaard & <b>")
    for value, code in ((None, "HD308"), (Sour(), "HD309")):
        with pytest.raises(FaultyInput) as caught:
            template.render({"picture": picture, "name": value})
        assert caught.value.diagnostics[0].code == code


class Sour:
    """A value that cannot be shown."""

    def __str__(self) -> str:
        raise ValueError("sur")


def test_a_link_without_the_object_that_knows_its_target_is_told(caplog: pytest.LogCaptureFixture) -> None:
    template = compile_template_bytes(word_file("Se {{r link }}"), "brev.docx")
    tpl = template.docxtpl()
    context = {"link": RichText("her", url_id=tpl.build_url_id("https://vesterlyng.example/"))}
    template.render(context, prepared_with=tpl)
    assert not caplog.messages
    template.render(context)
    [message] = caplog.messages
    assert "prepared_with" in message


def test_a_template_brought_from_docxtpl_may_be_rendered_as_leniently_as_docxtpl_does() -> None:
    data = word_file("[{{ nowhere }}{{ nothing }}{{ a.b }}{% if nowhere %}x{% endif %}]{{ '<w:br/>'|safe }}", "{{ i }}")
    context: dict[str, Any] = {"nothing": None, "a": {}}
    template = compile_template_bytes(data, "brev.docx", lenient=True)
    for show in (lambda _: {"i": ""}, lambda tpl: {"i": InlineImage(tpl, BytesIO(pixel()))}):
        made = template.render({**context, **show(template.docxtpl())})
        assert compared_parts(made) == compared_parts(render_with_docxtpl(data, context, show))
        assert text_of(made).startswith("[None]")
    with pytest.raises(FaultyInput):
        template.render({"i": ""})  # `a` itself is missing: docxtpl raises there too
    for strict in (word_file("{{ nowhere }}"), word_file("{{ nothing }}")):
        with pytest.raises(FaultyInput):
            compile_template_bytes(strict, "brev.docx").render({"nothing": None})


def test_a_picture_where_no_picture_can_stand_is_told_at_its_place() -> None:
    template = compile_template_bytes(word_file("Før {{p picture }} efter"), "brev.docx")
    with pytest.raises(FaultyInput) as caught:
        template.render({"picture": InlineImage(template.docxtpl(), BytesIO(pixel()))})
    [fault] = caught.value.diagnostics
    assert fault.code == "HD310"
    assert fault.place.startswith("body")
