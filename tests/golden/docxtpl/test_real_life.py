"""What people's own templates hold besides: Word's, LibreOffice's and converters' ways, and data of every kind."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest
from docxtpl import DocxTemplate, InlineImage, Listing, RichText
from jinja2 import Environment

from hopdocs.errors import FaultyInput
from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.test_collection import assert_equal
from tests.golden.docxtpl.word_markup import (
    Word,
    cell,
    content_control,
    core,
    drawing,
    p,
    picture,
    row,
    run,
    table,
    text_box,
    torn,
)
from tests.unit.rendering.words import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

LINES = 'linje & "en"\nlinje <to>\tefter\aafsnit\fside'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
    '<w:instrText xml:space="preserve"> MERGEFIELD x </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
SECTION = '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rIdheader0"/></w:sectPr></w:pPr></w:p>'


class Person:
    """A value with attributes, a property and methods, as people hand them to templates."""

    def __init__(self) -> None:
        self.name = "Åse <3"

    @property
    def twice(self) -> str:
        return self.name * 2

    def greet(self, times: int = 1) -> str:
        return "hej " * times

    def __str__(self) -> str:
        return "Person & mere"


def values() -> dict[str, Any]:
    return {
        "x": LINES,
        "a": True,
        "n": [0, 1, 2],
        "nothing": [],
        "rows": [{"a": "æ & ø", "b": number} for number in range(5)],
        "person": Person(),
        "f": lambda number: number + 1,
        "day": date(2026, 11, 21),
        "long": timedelta(days=1),
        "amount": Decimal("1250.50"),
        "share": 0.1 + 0.2,
        "views": OrderedDict(b=1, a=2).items(),
        "keys": {"k": 1}.keys(),
        "frozen": MappingProxyType({"a": 1}),
        "generator": (number * 2 for number in range(4)),
        "numbers": range(3),
        "bytes": b"x",
        "listing": Listing("en\nto & tre"),
        "rich": RichText("fed\n&", bold=True),
    }


WORDS: dict[str, Word] = {
    "fields": Word(
        p(raw=FIELD.format(run("{{ a }}"))) + p(raw=f'<w:fldSimple w:instr=" PAGE ">{run("{{ a }}")}</w:fldSimple>')
    ),
    "bookmarks in a tag": Word(
        p(raw=run("{") + '<w:bookmarkStart w:id="0" w:name="_GoBack"/>' + run("{ a }") + run("}"))
    ),
    "a tab in a tag": Word(
        p(raw="<w:r><w:t>{{ a</w:t><w:tab/><w:t>}}</w:t><w:br/><w:t>{{ a</w:t><w:br/><w:t>}}</w:t></w:r>")
    ),
    "hard spaces in a tag": Word(p("{{\u00a0a\u00a0}}{%\u00a0if a\u00a0%}x{% endif %}")),
    "quotes from Word": Word(p("{{ person.greet() ~ “a” ~ ‘b’ }} “{{ a }}” {{ frozen[“a”] }}")),
    "torn tags": Word(torn("Kære {{ a }} {% for i in n %}{{ i }}, {% endfor %}{# væk #}slut")),
    "text boxes": Word(text_box(p("{{ x }}"), p("{{ a }}")) * 3 + drawing("rIdi") * 2, media={"rIdi": picture()}),
    "text boxes in a loop": Word(p("{%p for i in n %}") + text_box(p("{{ i }}")) + p("{%p endfor %}")),
    "content controls": Word(
        content_control(p("{{ x }}"))
        + p(raw=f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('{{ a }}')}</w:sdtContent></w:sdt>")
        + table(f"<w:tr>{cell('a')}{content_control(cell('{{ a }}'))}</w:tr>", row("c", "d"), columns=2)
    ),
    "a picture's description": Word(drawing("rIdi", descr="{{ person }}") * 2, media={"rIdi": picture()}),
    "pictures everywhere": Word(
        drawing("rIdi"), headers=(drawing("rIdi") + p("{{ a }}"), text_box(p("{{ a }}"))), media={"rIdi": picture()}
    ),
    "markup in lines": Word(
        "\n  " + p("{%p for i in n %}") + "\n" + p("{{ i }}") + "\r\n\t" + p("{%p endfor %}") + "\n" + p("{{ x }}")
    ),
    "comments and instructions": Word(p("{{ a }}") + "<!-- hej {{ a }} --><?mso x?>" + p("z")),
    "empty paragraphs": Word("<w:p/>" + p("{{ x }}") + '<w:p w:rsidR="1"/>' + p("{{ x }}{{ x }}")),
    "looks of paragraph and run": Word(
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{{ x }}</w:t>'
        "<w:tab/><w:t>{{ x }}</w:t></w:r></w:p>"
    ),
    "line breaks in the template": Word(p("a&#13;&#10;b {{ x }}") + p("a\r\n{{ a }}\rb")),
    "nested tables": Word(
        table(
            row(
                cell(
                    table(row("{%tr for i in n %}", ""), row("{{ i }}", "b"), row("{%tr endfor %}", ""), columns=2), p()
                ),
                "y",
            ),
            columns=2,
        )
        + table(row(cell(table(row("a", "b", "c"), columns=3), p())), columns=1)
    ),
    "uneven rows": Word(
        table(
            row("a", "b"),
            row("{%tr for i in n %}", ""),
            row("{%tc for j in n %}", "{{ j }}", "{%tc endfor %}"),
            row("{%tr endfor %}", ""),
            columns=2,
        )
        + table(row("a"), row("b"), columns=3, width=3000)
    ),
    "spans in loops": Word(
        table(
            row("{%tr for i in [1, 2] %}", ""),
            row(cell("{% colspan i %}b"), "{% cellbg 'FF' ~ i %}c"),
            row("{%tr endfor %}", ""),
            columns=2,
        )
        + table(
            row("{%tc for i in n %}", "{% hm %}h{{ i }}", "{%tc endfor %}"),
            row("{%tr for i in n %}", "", ""),
            row("{% vm %}a{{ i }}", "{{ i }}", "z"),
            row("{%tr endfor %}", "", ""),
            columns=3,
        )
    ),
    "a row or another": Word(
        table(
            row("{%tr if not a %}", ""),
            row("1", "2"),
            row("{%tr else %}", ""),
            row("3", ""),
            row("{%tr endif %}", ""),
            columns=2,
        )
    ),
    "paragraphs in cells": Word(
        table(row(cell(p("{%p for i in n %}"), p("{{ i }}"), p("{%p endfor %}"), p()), "y"), columns=2)
    ),
    "merging tags": Word(p("a {%- for i in n %}") + p("{{ i }}") + p("{%- endfor -%}") + p("b")),
    "runs of spaces": Word(p(" ", "{{ a }}", " ", "{% if a %}", " ", "{% endif %}")),
    "macros and blocks": Word(
        p("{% macro m(i, j='q') %}[{{ i }}{{ j }}]{% endmacro %}{{ m('&lt;') }}{{ m(j=x, i=a) }}")
        + p(
            "{% macro c(i) %}{{ caller(i) }}{% endmacro %}{% call(u) c(3) %}{{ u }}{% endcall %}"
            "{% set b %}{{ person }}!{% endset %}{{ b }}{% filter upper %}x{{ a }}{% endfilter %}"
        )
        + p("{% set ns = namespace(t=0) %}{% for i in n %}{% set ns.t = ns.t + i %}{% endfor %}{{ ns.t }}")
        + p(
            "{% with z = 1 %}{{ z }}{% endwith %}{% for i in n recursive %}{{ i }}{% endfor %}"
            "{% raw %}{{ a }}{% endraw %}"
        )
        + p(
            "{% for i in n %}{{ loop.index }}{{ loop.revindex0 }}{{ loop.cycle('a', 'b') }}"
            "{% if loop.changed(i) %}!{% endif %}{% endfor %}"
        )
    ),
    "objects and methods": Word(
        p(
            "{{ person }} {{ person.name }} {{ person.twice }} {{ person.greet() }} "
            "{{ person.greet(times=2) }} {{ f(2) }}"
        )
        + p("{{ person['name'] }} {{ frozen.a }} {{ bytes }}{% if a and 1 &lt; 2 %}ja{% endif %}")
    ),
    "dates and numbers": Word(
        p(
            "{{ day.strftime('%d.%m.%Y') }} {{ day }} {{ long }} {{ amount }} {{ amount * 2 }} "
            "{{ share }} {{ '%.2f' % share }}"
        )
        + p(
            "{{ '%.2f'|format(share) }} {{ '{:,.2f}'.format(share) }} {{ amount|round(1) }} "
            "{{ n|sum / 2 }} {{ 7 // 2 }}"
        )
    ),
    "views and ranges": Word(
        p("{% for k, v in views %}{{ k }}{{ v }}{% endfor %}{{ views }}{{ keys|list }}{{ numbers }}{{ numbers|list }}")
    ),
    "generators": Word(
        p("{% for i in generator %}{{ i }};{% endfor %}"), footers=(p("{% for i in generator %}{{ i }}{% endfor %}"),)
    ),
    "filters": Word(
        p(
            "{{ rows|map(attribute='a')|join('; ') }} "
            "{{ rows|selectattr('b', 'gt', 2)|map(attribute='b')|list }} {{ x|e|title }}"
        )
        + p(
            "{% for g in rows|groupby('a') %}{{ g.grouper }}{{ g.list|length }}{% endfor %}"
            "{{ frozen|dictsort }} {{ x|truncate(9) }}"
        )
        + p(
            "{{ listing|upper if 0 }}{{ listing ~ '&lt;' }} {{ [listing, 'b']|join('&lt;') }} "
            "{{ x|wordwrap(4) }} {{ x|indent(2) }}"
        )
        + p(
            "{{ x|striptags }} {{ x|replace('&lt;', '&gt;') }} "
            "{{ 'abc'|center(9) }}|{{ n|batch(2, '-')|list }} {{ rich|e }}"
        )
    ),
    "sections with one header": Word(p("x") + SECTION * 2, headers=(p("{{ a }} {{ x }}"),)),
    "properties with blocks": Word(
        p("x"), core=core(title="{% for i in n %}{{ i }}{% endfor %}", subject="{# væk #}a&#13;&#10;b")
    ),
    "no properties": Word(p("{{ a }}")),
}


def render_with_docxtpl(data: bytes, context: dict[str, Any]) -> bytes:
    tpl = DocxTemplate(BytesIO(data))
    tpl.render(context, Environment(autoescape=True))
    stream = BytesIO()
    tpl.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", WORDS)
def test_a_template_from_real_life_gives_what_docxtpl_gives(name: str) -> None:
    data = WORDS[name].pack()
    template = compile_template_bytes(data, f"{name}.docx")
    expected = render_with_docxtpl(data, values())
    assert_equal(template.render(values()), expected)
    assert_equal(template.render(values(), prepared_with=template.docxtpl()), expected)


def test_a_long_report_gives_what_docxtpl_gives() -> None:
    rows = row("{%tr for x in rows %}", "") + row("{{ x.a }}", "{{ x.b }}") + row("{%tr endfor %}", "")
    paragraphs = [
        torn(f"Kære {{{{ a }}}} {i} {{% if a %}}ja{{% endif %}}") if i % 9 == 0 else p(f"{i} ", "{{ a }}", " æøå " * 9)
        for i in range(600)
    ]
    word = Word(
        "".join(paragraphs) + (table(row("Hvad", "Hvem"), rows, columns=2) + p("")) * 40,
        headers=(p("{{ a }}"), p("1 {{ x }}"), p("2 {{ a }}")),
        footers=(p("{{ a }}"), p("{{ a }} 2")),
    )
    data = word.pack()
    template = compile_template_bytes(data, "rapport.docx")
    assert_equal(template.render(values()), render_with_docxtpl(data, values()))


@pytest.mark.parametrize(
    "grid",
    ["", "<w:tblGrid/>", '<w:tblGrid><w:gridCol/><w:gridCol w:w="9"/><w:gridCol/></w:tblGrid>'],
    ids=["none", "nil", "bare"],
)
def test_a_table_without_a_proper_grid_is_left_as_it_is(grid: str) -> None:
    """docxtpl ends with a TypeError or AttributeError there; Word shows the table."""
    data = Word(f"<w:tbl><w:tblPr/>{grid}{row('{{ a }}', 'b')}</w:tbl>" + p("{{ i }}")).pack()
    template = compile_template_bytes(data, "brev.docx")
    for shown in ("x", InlineImage(template.docxtpl(), BytesIO(picture()))):
        assert text_of(template.render({"a": 1, "i": shown})).startswith("1\nb")


def _subdocument(tpl: DocxTemplate) -> Any:
    made = tpl.new_subdoc()
    made.add_paragraph("under & tekst")
    made.add_picture(BytesIO(picture(9)))
    return made


class Box:
    def __init__(self, content: object) -> None:
        self.content = content


@pytest.mark.parametrize(
    ("word", "context"),
    [
        (Word(p("{% for i in g %}{{ i }}{% endfor %}{{ i }}")),
         lambda tpl: {"g": iter("abc"), "i": InlineImage(tpl, BytesIO(picture()))}),
        (Word(p("{{p b.content }}")), lambda tpl: {"b": Box(_subdocument(tpl))}),
        (Word(p("{%p for s in g %}") + p("{{p s }}") + p("{%p endfor %}")),
         lambda tpl: {"g": iter([_subdocument(tpl)])}),
        (Word(p("{{ i }}") + p("{{p b.content }}") + p("{{ g|list }}")),
         lambda tpl: {"b": Box(_subdocument(tpl)), "i": InlineImage(tpl, BytesIO(picture(3))), "g": iter("ab")}),
    ],
    ids=["after a generator", "in an object", "in a generator", "behind a picture"],
)  # fmt: skip
def test_what_only_docxtpl_can_place_is_found_wherever_it_stands(
    word: Word, context: Callable[[DocxTemplate], dict[str, Any]]
) -> None:
    data = word.pack()
    tpl = DocxTemplate(BytesIO(data))
    made = compile_template_bytes(data, "brev.docx").render(context(tpl))
    other = DocxTemplate(BytesIO(data))
    other.render(context(other), Environment(autoescape=True))
    stream = BytesIO()
    other.save(stream)
    assert_equal(made, stream.getvalue())


@pytest.mark.parametrize("source", ["{{ i ~ 'x' }}", "{{ [i, i]|join }}", "{{ i|string }}"])
def test_a_picture_as_text_is_refused_instead_of_pointing_nowhere(source: str) -> None:
    data = Word(p(source)).pack()
    tpl = DocxTemplate(BytesIO(data))
    picture_value = InlineImage(tpl, BytesIO(picture()))
    tpl.render({"i": picture_value})  # from here on the picture has a package to go into: another one
    with pytest.raises(FaultyInput) as caught:
        compile_template_bytes(data, "brev.docx").render({"i": picture_value})
    assert [(item.code, dict(item.params)) for item in caught.value.diagnostics] == [
        ("HD311", {"what": "InlineImage ~"})
    ]


@pytest.mark.parametrize(
    ("paragraph", "context", "code", "params"),
    [
        ("{{ sag.navn }}", {"sag": {"navne": 1}}, "HD307", {"name": "navn", "owner": "dict", "nearest": "navne"}),
        ("{{ titel }}", {"title": "x"}, "HD306", {"name": "titel", "nearest": "title"}),
        ("{% if tilel %}x{% endif %}", {"titel": "x"}, "HD306", {"name": "tilel", "nearest": "titel"}),
        ("{{ json_none }}", {"json_none": None}, "HD308", {}),
        ("{% filter upper %}{{ x }}{% endfilter %}", {"x": "a & b"}, "HD310", {"reason": "undefined entity"}),
    ],
)
def test_where_docxtpl_would_leave_a_hole_the_place_is_told(
    paragraph: str, context: dict[str, Any], code: str, params: dict[str, str]
) -> None:
    """docxtpl prints nothing, or "None", or drops the "&" with what stands around it."""
    data = Word(p("Før") + table(row("a", paragraph), columns=2)).pack()
    with pytest.raises(FaultyInput) as caught:
        compile_template_bytes(data, "brev.docx").render(context)
    [fault] = caught.value.diagnostics
    assert (fault.code, dict(fault.params)) == (code, params)
    assert fault.place.startswith("body, ")
