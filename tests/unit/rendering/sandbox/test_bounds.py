"""A template may be hostile or only mistaken: it ends with a message, at its place, and the machine goes on."""

from __future__ import annotations

import resource
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment

from hopdocs.errors import FaultyInput
from hopdocs.rendering.compilation import DEEPEST_EXPRESSION, MOST_TAGS
from hopdocs.rendering.sandbox.bounds import LONGEST_RANGE
from hopdocs.rendering.sandbox.work_limits import MOST_ROUNDS
from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import Word, p
from tests.unit.rendering.words import text_of
from tests.work import at_most_calls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.diagnostics import Diagnostic

MOST_CALLS = 30_000_000
"""Twice what the greediest of these templates may do before it is stopped."""
TEXT = "{% set s = 'aaaaaaaa' %}"
LOOP = "{{% for a in range(9999) %}}{}{{% endfor %}}"
LIST = "{% set l = [1] %}"
NESTED = LIST + "{% set l = [l, l] %}" * 60
TWO_NESTED = "{% set a = [1] %}{% set b = [1] %}" + "{% set a = [a, a] %}{% set b = [b, b] %}" * 60
LONG_TEXT = "{% set s = 'a,' * 49000 %}"
KEPT = LONG_TEXT + "{% set n = namespace(l=[]) %}" + LOOP.format("{% set n.l = n.l + [VALUE] %}")

GREEDY = {
    "center": "{{ 'a'|center(10**9) }}",
    "center as a method": "{{ 'a'.center(10**9) }}",
    "a named width": "{{ 'a'.ljust(width=10**9) }}",
    "zeros": "{{ 'a'.zfill(10**9) }}",
    "tabs": "{{ '\\t'.expandtabs(10**9) }}",
    "times": "{{ 'a' * 10**9 }}",
    "times a list": "{{ [1] * 10**9 }}",
    "tilde": TEXT + "{% set s = s ~ s %}" * 40 + "{{ s }}",
    "plus": TEXT + "{% set s = s + s %}" * 40,
    "plus in a namespace": "{% set n = namespace(s='aaaa') %}" + LOOP.format("{% set n.s = n.s + n.s %}"),
    "lists added": LIST + "{% set l = l + l %}" * 60,
    "captured text": TEXT + "{% set s %}{{ s }}{{ s }}{% endset %}" * 40 + "{{ s }}",
    "replace": TEXT + "{% set s = s|replace('a', s) %}" * 9,
    "replace as a method": TEXT + "{% set s = s.replace('a', s) %}" * 9,
    "a nested list": NESTED + "{{ l }}",
    "a nested list joined": NESTED + "{{ l ~ 'x' }}",
    "a nested list as text": NESTED + "{{ l|string }}",
    "a nested list as json": NESTED + "{{ l|tojson }}",
    "a nested list formatted": NESTED + "{{ '%s' % (l,) }}",
    "a nested list in braces": NESTED + "{{ '{0!r}'.format(l) }}",
    "percent": "{{ '%1000000000d' % 1 }}",
    "percent with a star": "{{ '%*d' % (10**9, 1) }}",
    "percent as a filter": "{{ '%1000000000d'|format(1) }}",
    "percent again and again": "{{ ('%(a)s' * 15000) % {'a': 'x' * 90000} }}",
    "braces": "{{ '{:>1000000000}'.format(1) }}",
    "braces in braces": "{{ '{:{}}'.format(1, 10**9) }}",
    "braces from a mapping": "{{ '{a:>{w}}'.format_map({'a': 1, 'w': 10**9}) }}",
    "braces again and again": "{{ ('{0}' * 20000).format('x' * 90000) }}",
    "batch": "{{ [1]|batch(10**9, 'x')|list }}",
    "slice": "{{ [1]|slice(10**9)|list }}",
    "indent": "{{ 'a\\nb'|indent(10**9) }}",
    "wordwrap": "{{ ('x' * 90000)|wordwrap(1, true, 'y' * 90000) }}",
    "round": "{{ 1.5|round(10**9, 'ceil') }}",
    "power": "{{ (10**64)**(10**6) }}",
    "squares": "{% set n = 10**60 %}" + "{% set n = n * n %}" * 60,
    "bytes": "{{ 7 .to_bytes(10**10, 'big') }}",
    "join": "{{ (['a' * 90000] * 90000)|join }}",
    "join as a method": "{{ ''.join(['a' * 90000] * 90000) }}",
    "join by attribute": "{{ ([{'a': 'x' * 90000}] * 90000)|join(attribute='a') }}",
    "sum of lists": "{{ ([[1] * 90000] * 90000)|sum(start=[]) }}",
    "translate": "{{ ('a' * 90000).translate({97: 'b' * 90000}) }}",
    "map": "{{ ['a']|map('center', 10**9)|list }}",
    "range": "{% for a in range(10**9) %}{% endfor %}",
    "loops in loops": "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "long values in loops": LOOP.format("{{ 'x' * 100000 }}"),
    "long values in a macro": "{% macro m() %}" + LOOP.format("{{ 'x' * 90000 }}") + "{% endmacro %}{{ m() }}",
    "a macro without end": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a loop without end": "{% for a in range(9) recursive %}{{ loop(range(9)) }}{% endfor %}",
    "nested lists compared": TWO_NESTED + "{{ a == b }}",
    "nested lists searched": TWO_NESTED + "{{ a in [b] }}",
    "nested lists by a test": TWO_NESTED + "{{ a is eq(b) }}",
    "nested lists picked": TWO_NESTED + "{{ [a]|select('eq', b)|list }}",
    "nested lists sorted": TWO_NESTED + "{{ [a, b]|sort|length }}",
    "nested lists from a generator": TWO_NESTED + "{{ [a, b]|map('default', 1)|max|length }}",
    "nested lists found": TWO_NESTED + "{{ [a].index(b) }}",
    "nested lists counted": TWO_NESTED + "{{ [a].count(b) }}",
    "nested lists changed": TWO_NESTED + "{% for x in [a, b] %}{{ loop.changed(x) }}{% endfor %}",
    "a nested key": TWO_NESTED.replace("[", "(").replace("]", ",)") + "{{ {a: 1}|length }}",
    "a nested key asked for": TWO_NESTED.replace("[", "(").replace("]", ",)") + "{{ {}[a] }}{{ {}.get(a) }}",
    "a nested key in a call": TWO_NESTED.replace("[", "(").replace("]", ",)") + "{{ dict([(a, 1)])|length }}",
    "nested values made unique": TWO_NESTED.replace("[", "(").replace("]", ",)") + "{{ [a]|unique|list|length }}",
    "long texts kept": KEPT.replace("VALUE", "s|upper"),
    "long texts repeated": KEPT.replace("VALUE", "'x' * 99000"),
    "long texts cut": KEPT.replace("VALUE", "s[1:]"),
    "long texts split": LONG_TEXT + LOOP.format("{% set q = s.split(',') %}"),
    "long lists sorted": "{% set s = range(9999)|list %}" + LOOP.format("{% set q = s|sort %}"),
    "long lists searched": "{% set s = range(9999)|list %}" + LOOP.format("{% set q = 'x' in s %}"),
}


def faults_of(source: str, context: Mapping[str, object] | None = None) -> list[Diagnostic]:
    markup = source.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    with pytest.raises(FaultyInput) as caught:
        compile_template_bytes(Word(p("Hej") + p(markup)).pack(), "brev.docx").render(context or {})
    return list(caught.value.diagnostics)


@pytest.mark.parametrize("name", GREEDY)
def test_what_would_fill_the_machine_is_refused_at_its_place(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with at_most_calls(MOST_CALLS):
        [fault] = faults_of(GREEDY[name])
    assert fault.code == "HD311"
    assert fault.place.startswith('body, "{')
    assert fault.params["what"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_macros_that_call_each_other_twice_end() -> None:
    source = (
        "{% macro m(n) %}{% if n %}{% set x = m(n - 1) %}{% set y = m(n - 1) %}{% endif %}{% endmacro %}{{ m(60) }}"
    )
    assert [fault.code for fault in faults_of(source)] == ["HD311"]


def test_breaks_that_repeat_long_looks_are_weighed() -> None:
    looks = "".join(f'<w:rFonts w:ascii="{number}"/>' for number in range(2000))
    data = Word(p(raw=f"<w:r><w:rPr>{looks}</w:rPr><w:t>{{{{ x }}}}</w:t></w:r>")).pack()
    template = compile_template_bytes(data, "brev.docx")
    assert len(template.render({"x": "a\tb\n"})) > 1000
    with pytest.raises(FaultyInput) as caught:
        template.render({"x": "\t" * 50_000})
    assert [fault.code for fault in caught.value.diagnostics] == ["HD311"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 'a'|center(5) }}{{ 'b'.rjust(3) }}", "  a    b"),
        ("{{ '%05.1f' % 7.25 }} {{ '%s og %s'|format('a', 'b') }}", "007.2 a og b"),
        ("{{ '{:>4} {x}'.format(7, x='y') }}", "   7 y"),
        ("{{ '{a}'.format_map({'a': 1}) }}", "1"),
        ("{{ [3, 1, 2]|sort|join('-') }} {{ [{'a': 1}, {'a': 2}]|join(', ', attribute='a') }}", "1-2-3 1, 2"),
        ("{{ [1, 2, 3]|batch(2, 0)|list }} {{ [1, 2]|sum }} {{ [[1], [2]] }}", "[[1, 2], [3, 0]] 3 [[1], [2]]"),
        ("{{ 'a-b'.replace('-', '+') }} {{ 'a-b'|replace('-', '+') }} {{ '-'.join(['x', 'y']) }}", "a+b a+b x-y"),
        ("{{ 1 + 2 }} {{ 7 % 3 }} {{ 2 ** 10 }} {{ 3 * 4 }} {{ [1] + [2] }} {{ 'a' + 'b' }}", "3 1 1024 12 [1, 2] ab"),
        ("{{ 2.345|round(1) }} {{ amount * 2 }} {{ 'x' ~ 1 ~ none|default('–', true) }}", "2.3 2.50 x1–"),
        (
            "{{ [{'a': 1.5}, {'a': 2}]|sum(attribute='a') }} {{ [1, 2]|sum(start=3) }} {{ 'a'|center(width=3) }}",
            "3.5 6  a ",
        ),
        (
            "{{ [1, 2][1:] }} {{ {'a': 1}['a'] }} {{ 1 < 2 < 3 }} {{ 'a' in 'abc' }} {{ [2] not in [[1]] }}",
            "[2] 1 True True True",
        ),
        (
            "{{ [2, 1, 2]|unique|list }} {{ [1, 3]|max }} {{ 'b' in {'b': 1} }} {{ [1]|select('in', [1])|list }}",
            "[2, 1] 3 True [1]",
        ),
        ("{{ 'abc'|upper|replace('B', '<') ~ '>' }}", "A<C>"),
    ],
)
def test_ordinary_uses_are_as_ever(source: str, expected: str) -> None:
    markup = source.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    made = compile_template_bytes(Word(p(markup)).pack(), "brev.docx").render({"amount": Decimal("1.25")})
    assert text_of(made) == expected


def test_a_whole_environments_filters_bring_none_of_the_forbidden_ones() -> None:
    environment = Environment(autoescape=True)
    environment.filters["råb"] = lambda value: f"{value}!"
    template = compile_template_bytes(
        Word(p("{{ 'hej'|råb }} {{ 'a'|center(3) }}")).pack(),
        "brev.docx",
        filters=environment.filters,
        globals=environment.globals,
    )
    assert text_of(template.render({})) == "hej!  a "
    assert {"safe", "random"}.isdisjoint(template.filters)
    assert "lipsum" not in template.globals


@pytest.mark.parametrize("depth", [90, 400, 5000])
@pytest.mark.parametrize("more", [".a", "|upper", "(1)", " + 1"])
def test_an_expression_as_deep_as_no_letter_needs_is_told_at_its_place(more: str, depth: int) -> None:
    data = Word(p("{{ x" + more * depth + " }}")).pack()
    if depth < DEEPEST_EXPRESSION:
        compile_template_bytes(data, "brev.docx")
        return
    with pytest.raises(FaultyInput) as caught:
        compile_template_bytes(data, "brev.docx")
    [fault] = caught.value.diagnostics
    assert fault.code == "HD304"
    assert fault.place.startswith('body, "{{ x')


def test_more_tags_than_any_form_has_are_refused_before_they_are_read() -> None:
    data = Word(p("{{ a }}") * (MOST_TAGS + 1)).pack()
    with pytest.raises(FaultyInput) as caught:
        compile_template_bytes(data, "brev.docx")
    assert [(fault.code, fault.place) for fault in caught.value.diagnostics] == [("HD301", "body")]


def test_rounds_are_counted_anew_for_each_document() -> None:
    rounds = f"{{% for a in range({LONGEST_RANGE}) %}}{{% for b in range(20) %}}{{% endfor %}}{{% endfor %}}slut"
    assert LONGEST_RANGE * 20 < MOST_ROUNDS
    template = compile_template_bytes(Word(p(rounds)).pack(), "brev.docx")
    assert [text_of(template.render({})) for _ in range(2)] == ["slut", "slut"]
