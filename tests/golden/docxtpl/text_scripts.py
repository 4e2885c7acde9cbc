"""Scripts about text: values, loops, filters, escaping, rich text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docxtpl import RP, Listing, R, RichText

from tests.golden.docxtpl.script import Context, Script, plain
from tests.golden.docxtpl.word_markup import (
    Word,
    p,
)

if TYPE_CHECKING:
    from docxtpl import DocxTemplate


def _append(value: object, more: str) -> str:
    return f"{value} {more}"


def _add(value: Any, more: float) -> Any:
    return value + more


def _rich(tpl: DocxTemplate) -> Context:
    rich = RichText("et eksempel på ")
    styled: tuple[tuple[str, dict[str, Any]], ...] = (
        ("stil", {"style": "dynamic"}),
        (" kursiv", {"italic": True}),
        (" violet", {"color": "#ff00ff"}),
        (" streget", {"strike": True}),
        (" lille", {"size": 14}),
        (" stor", {"size": 60}),
        (" fremhævet", {"highlight": "#ffff00"}),
        ("2", {"superscript": True}),
        ("3", {"subscript": True}),
        (" skrift", {"font": "eastAsia:SimSun"}),
        (" modsat", {"rtl": True, "lang": "ar-SA", "bold": True}),
        *((f" {kind}", {"underline": kind}) for kind in ("single", "dotDash", "wave", "ukendt")),
        ("\n1. linje\n\n<fed> & \f side \a afsnit", {}),
        (" et tal ", {}),
    )
    for text, style in styled:
        rich.add(text, **style)
    rich.add(42)
    rich.add(RichText("indre", bold=True))
    rich.add("link", url_id=tpl.build_url_id("https://vesterlyng.example/?x=1&y=2"))
    return {"example": rich, "Chinese": RichText("测试", font="eastAsia:微软雅黑"), "flag": True}


def _rich_paragraphs(_: DocxTemplate) -> Context:
    made = RP()
    made.add("Et afsnit med stil", parastyle="SquareBullet")
    made.add("brugerens\aegne & punkter", parastyle="SquareBullet")
    made.add(RichText("rig tekst", bold=True))
    return {"example": made}


TEXT_SCRIPTS: Final[dict[str, Script]] = {
    "custom_jinja_filters": Script(
        Word(p("{{ s | my_filterA('verden') }} og {{ f | my_filterB(2.5) }}") + p("{{ s|my_filterA(“klogt”) }}")),
        plain(s=" Hej", f=1.5),
        filters={"my_filterA": _append, "my_filterB": _add},
    ),
    "escape": Script(
        Word(
            p("{{r myvar }}")
            + p("{{ myescvar|e }}")
            + p("{{r nlnp }} bagefter")
            + p("{{ mylisting }}", style="SquareBullet")
            + p("{{ new_listing }}")
            + p("{{ some_html|e }}")
            + p("før {{r page_break }} efter")
        ),
        plain(
            myvar=R('"mindre end" < skal undslippes'),
            myescvar="også med filteret |e : < & >",
            nlnp=R("flere\nlinjer\aog\aafsnit", color="#ff00ff"),
            mylisting=Listing("liste\nmed\nlinjer\nog tegn : <>&"),
            page_break=R("\f"),
            new_listing="\nNy liste\nuden Listing\nen \t tab\a\nnyt afsnit\a\nside : \f\nslut\n",
            some_html="HTTP/1.1 200 OK\nServer: x\n\n<html>\n<style>\n\tpre {\n\t}\n</style>\n</html>",
        ),
    ),
    "escape_auto": Script(
        Word(p("{{ autoescape }} {{ autoescape|e }} {{ (autoescape ~ '&lt;')|forceescape }} {{ myvar }}")),
        plain(autoescape="<, >, &, \", and '.", myvar="{{ x }}"),
    ),
    "escaping_delimiters": Script(
        Word(p("{_%") + p("%_}") + p("{_{") + p("}_}") + p("{_% if a %_} {_{ b }_}") + p("{a_{hej") + p("{f_{"))
    ),
    "get_undeclared_variables": Script(
        Word(
            p("{{ name }}, {{ age }} år, {{ email }}")
            + p("{% if is_student %}studerende{% if has_degree %} i {{ field }}{% endif %}{% endif %}")
            + p("{%p for s in skills %}")
            + p("* {{ s }}")
            + p("{%p endfor %}")
            + p("{%p for x in projects %}")
            + p("{{ x.name }} ({{ x.year }}): {{ x.description }}")
            + p("{%p endfor %}"),
            headers=(p("{{ company }}"),),
            footers=(p("Side {{ page }} {{ day }} {{ author }}"),),
        ),
        plain(
            name="Tove",
            age=25,
            email="t@vesterlyng.example",
            is_student=True,
            has_degree=False,
            field="",
            page=1,
            skills=("a", "b"),
            projects=[{"name": "A", "year": 2026, "description": "&"}],
            company="V",
            day="2026-11-21",
            author="T",
        ),
    ),
    "main": Script(
        Word(
            p("{{ d }} {{ d.inner }} {{ l }} {% for x in l %}{{ x }}{{ ', ' if not loop.last }}{% endfor %}")
            + p("{{ s }} {{ i }} {{ f }} {{ t }} {{ n }}")
            + p("{% for k, v in d.items() %}{{ k }}={{ v }}{% endfor %}")
        ),
        plain(d={"inner": "indsat"}, l=["json", "liste"], s="tekst", i=123, f=1.234, t=True, n=False),
    ),
    "merge_paragraph": Script(
        Word(
            p("Jeg bor")
            + p("{%- if town -%}")
            + p("i en by")
            + p("{%- else -%}")
            + p("på landet")
            + p("{%- endif -%}")
            + p("og er glad. {{- town -}}")
        ),
        plain(town=True),
    ),
    "module_execute": Script(
        Word(p("{{ d.a }} {{ l|join(', ') }} {{ s }} {{ i }} {{ f }} {{ t }} {{ n }}{% if o is none %}tom{% endif %}")),
        plain(d={"a": 1}, l=["x", "y"], s="é & 测试", i=123, f=1.234, t=True, n=False, o=None),
    ),
    "multi_rendering": Script(Word(p("{{ title }}") + p("{{ body }}")), plain(title="Et", body="tekst")),
    "patch_xml_modulo_brace": Script(
        Word(p("{% set x = a % b %}{{ x }}") + p("{% set d = {'a': 1} %}{{ d.a }} {{ '%d' % a }}")), plain(a=7, b=3)
    ),
    "preserve_spaces": Script(
        Word(p("Jeg ", "{{ tag_1 }} ", " for ", "{{ tag_2 }}", " krydret ") + p(" {{ tag_1 }}  {{ tag_2 }} ")),
        plain(tag_1="leder", tag_2="også"),
    ),
    "richtext": Script(Word(p("{{r example }}") + p("før {{r example}} efter", style="SquareBullet")), _rich),
    "richtext_and_if": Script(
        Word(p("{% if foobar == '' %}tom{% else %}", "{{r foobar }}", "{% endif %} {%r if foobar %}x{%r endif %}")),
        plain(foobar=RichText("Foobar!", color="ff0000")),
    ),
    "richtext_eastAsia": Script(Word(p("{{r example }}{{r Chinese }}")), _rich),
    "richtextparagraph": Script(Word(p("{{p example }}") + p("efter")), _rich_paragraphs),
    "unescape_jinja2_tags": Script(
        Word(p("{% if 1 &lt; 2 and ‘a’ != “b” %}ja &amp; nej{% endif %} {{ &#8216;x&#8217; }} {{ 3 &gt; 2 }}"))
    ),
    "word2016": Script(
        Word(
            p("[{{ test_space }}]") + p("[{{ test_tabs }}]") + p("[{{r test_space_r }}]") + p("[{{r test_tabs_r }}]"),
            settings='<w:compat><w:compatSetting w:name="compatibilityMode" w:val="15"/></w:compat>',
        ),
        plain(test_space=" " * 10, test_tabs="\t" * 5, test_space_r=R(" " * 10), test_tabs_r=R("\t" * 5)),
    ),
}
