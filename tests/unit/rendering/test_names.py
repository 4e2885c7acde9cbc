from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

import pytest
from jinja2 import Environment

from hopdocs.rendering.names import read_names
from hopdocs.rendering.narrow import narrow_context


def names(*sources: str) -> set[str]:
    environment = Environment(autoescape=True)
    found = read_names([environment.parse(source) for source in sources], environment.globals)
    return {".".join(path) for path in found}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ a }}", {"a"}),
        ("{{ a.b['c'] }}", {"a.b.c"}),
        ("{{ a.b }}{{ a }}", {"a"}),
        ("{{ a[0].b }}", {"a.*.b"}),
        ("{{ a[k] }}", {"a", "k"}),
        ("{{ a.b() }}", {"a"}),
        ("{{ f(a.b) }}", {"f", "a.b"}),
        ("{% for x in a.b %}{{ x.c }}{% endfor %}", {"a.b.*.c"}),
        ("{% for x in a.b %}-{% endfor %}", {"a.b.#"}),
        ("{% for x in a %}{% for y in x.b %}{{ y.c }}{{ loop.index }}{% endfor %}{% endfor %}", {"a.*.b.*.c"}),
        ("{% for x in a %}{{ loop.previtem.d }}{{ x.c }}{% endfor %}", {"a.*.c", "a.*.d"}),
        ("{% for x in a if x.ok %}{{ x.c }}{% endfor %}", {"a.*.c", "a.*.ok.?"}),
        ("{% for k, v in a %}{{ v }}{% endfor %}", {"a.*"}),
        ("{% if a.b %}{{ c }}{% endif %}", {"a.b.?", "c"}),
        ("{% if a.b %}{% for x in a.b %}{{ x.c }}{% endfor %}{% endif %}", {"a.b.*.c"}),
        ("{% if a.b == 'x' %}{% endif %}", {"a.b"}),
        ("{% set y = a.b %}{{ y.c }}", {"a.b.c"}),
        ("{% set y = a %}{% for x in y %}{% set y = x.z %}{% endfor %}{{ y.q }}", {"a.#", "a.q"}),
        ("{% if a %}{% set y = b %}{% else %}{% set y = c %}{% endif %}{{ y.d }}", {"a.?", "b.d", "c.d", "y.d"}),
        ("{% set ns = namespace(x=a.b) %}{% set ns.x = c %}{{ ns.x }}", {"a.b", "c"}),
        ("{% macro m(x) %}{{ x.y }}{{ z }}{% endmacro %}{{ m(a.b) }}", {"a.b", "z"}),
        ("{% with y = a.b %}{{ y.c }}{% endwith %}", {"a.b.c"}),
        ("{{ a|sort(attribute='d')|map(attribute='n')|join(', ') }}", {"a.*.d", "a.*.n"}),
        ("{{ a|length }}", {"a.#"}),
        ("{% for x in a|selectattr('ok') %}{{ x.n }}{% endfor %}", {"a.*.ok", "a.*.n"}),
        ("{{ (a|first).n }}", {"a.*.n"}),
        ("{{ a.b if c else d }}", {"a.b", "c.?", "d"}),
        ("{{ a.b or c }}", {"a.b", "c"}),
        ("{{ a is defined }}", {"a"}),
        ("{{ range(3) }}{{ a }}", {"a"}),
        ("{% call(x) m(a) %}{{ x }}{{ b }}{% endcall %}", {"m", "a", "b"}),
        ("{% filter upper %}{{ a.b }}{% endfilter %}", {"a.b"}),
        ("{% for x in a recursive %}{{ loop(x.kids) }}{% endfor %}", {"a"}),
    ],
)
def test_what_a_template_can_read_is_known(source: str, expected: set[str]) -> None:
    assert names(source) == expected


def test_all_parts_count() -> None:
    assert names("{{ a.b }}", "{{ a.c }}") == {"a.b", "a.c"}


@dataclass(frozen=True)
class Point:
    text: str
    hidden: str = ""

    @property
    def shout(self) -> str:
        return self.text.upper()


def test_a_narrowed_context_holds_what_is_named_and_no_more() -> None:
    context = {"a": {"points": (Point("x", "s"), Point("y")), "z": 1}, "b": 2}
    narrowed = narrow_context([("a", "points", "*", "shout"), ("c", "d")], context)
    assert narrowed == {"a": {"points": {"*": [{"shout": "X"}, {"shout": "Y"}]}}, "c": {"~": "absent"}}


def test_values_that_a_template_could_tell_apart_stay_apart() -> None:
    values: list[object] = ["1", 1, True, None, 1.0, Decimal(1), date(2026, 1, 1), time(10), [1], {"a": 1}]
    narrowed = [repr(narrow_context([("v",)], {"v": value})) for value in values]
    assert len(set(narrowed)) == len(values)


def test_truth_and_count_say_only_that() -> None:
    assert narrow_context([("a", "?"), ("b", "#")], {"a": "hemmelig", "b": ["x", "y"]}) == {
        "a": {"?": True},
        "b": {"#": 2},
    }
