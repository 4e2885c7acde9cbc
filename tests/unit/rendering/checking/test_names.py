from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

import pytest
from jinja2 import Environment

from hopdocs.rendering.checking.names import read_names
from hopdocs.rendering.checking.template_inputs import narrow_context


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
        ("{% set y %}{{ a.b }}{% endset %}{{ y }}", {"a.b"}),
        ("{% set y | upper %}{{ a.b }}{% endset %}{{ y.z }}", {"a.b"}),
        ("{% set x, y = a.b, c %}{{ x.d }}{{ y.e }}", {"a.b.d", "c.e"}),
        ("{% set x, y = a.b %}{{ x.d }}", {"a.b"}),
        ("{% for x in a[1:] %}{{ x.b }}{% endfor %}", {"a.*.b"}),
        ("{% if not a or b %}{{ c if a and b }}{% endif %}", {"a.?", "b.?", "c"}),
        ("{{ a|sum(attribute='n') }} {{ a|join(',', 'm') }} {{ a|sort(false, false, 'k')|list }}", {"a"}),
        ("{{ a|sum('n') }} {{ a|join(',', 'm') }}", {"a.*.n", "a.*.m"}),
        ("{{ a|sort }}{{ b|map(f)|list }}{{ c|default(d) }}", {"a", "b", "f", "c", "d"}),
        ("{% for x in a %}{{ loop|string }}{% endfor %}", {"a.*"}),
        ("{% for x in a %}{% set y = x %}{% else %}{{ b }}{% endfor %}{{ y }}", {"a.#", "b", "y"}),
        ("{{ a.b ~ c + 1 }}{{ [d.e] }}{{ {'k': f.g} }}", {"a.b", "c", "d.e", "f.g"}),
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


def test_a_set_is_the_same_in_whatever_order_it_comes() -> None:
    one, other = {f"navn {number}" for number in range(20)}, {f"navn {number}" for number in reversed(range(20))}
    assert narrow_context([("v",)], {"v": one}) == narrow_context([("v",)], {"v": other})


def test_what_is_no_data_is_refused() -> None:
    with pytest.raises(TypeError, match="plain data"):
        narrow_context([("v",)], {"v": object()})


def test_each_and_count_of_a_mapping_or_a_number_are_told_apart() -> None:
    assert narrow_context([("a", "*", "b")], {"a": {0: {"b": 1}}}) == {"a": {"*": [[0, {"b": 1}]]}}
    assert narrow_context([("a", "#")], {"a": 7}) == {"a": {"#": 7}}
    assert narrow_context([("a", "*", "b")], {"a": 7}) == {"a": {"*": 7}}


def test_truth_and_count_say_only_that() -> None:
    assert narrow_context([("a", "?"), ("b", "#")], {"a": "hemmelig", "b": ["x", "y"]}) == {
        "a": {"?": True},
        "b": {"#": 2},
    }
    for empty in ("", (), None, 0):
        assert narrow_context([("a", "?")], {"a": empty}) == {"a": {"?": False}}
