"""Whatever people write: it appears as they wrote it, as docxtpl would have placed it; and an equal fingerprint
means an equal document.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hopdocs.rendering.template import compile_template_bytes
from tests.unit.rendering.words import compared_parts, render_with_docxtpl, text_of, word_file

_LEGAL = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\u2028\u2029")
TEXT = st.text(_LEGAL, max_size=80)
LAYOUT_TEXT = st.text(st.one_of(_LEGAL, st.sampled_from("\n\t\a\f&<>\"'")), max_size=60).filter(
    lambda text: not any(mark in text for mark in ("{_{", "}_}", "{_%", "%_}"))
)
_SOURCES = (
    "{{ m.title }}{% if m.place %} på {{ m.place|upper }}{% endif %}",
    "{%p for p in m.points if p.show %}",
    "{{ loop.index }}/{{ loop.length }} {{ p.text }}{% if not loop.first %} efter {{ loop.previtem.who }}{% endif %}",
    "{%p endfor %}",
    "{% set first = m.points|first %}{% if m.points %}{{ first.text }}{% endif %}",
    "{{ m.points|sort(attribute='rank')|map(attribute='who')|join(', ') }} {{ others|length }}",
    "{% for key, value in extra.items() %}{{ key }}={{ value }};{% endfor %}",
)
_PLAIN = compile_template_bytes(word_file("[{{ text }}]"), "x.docx")
_PLAIN_DATA = word_file("Før {{ text }} efter {{ text }}")
_LAYOUT = compile_template_bytes(_PLAIN_DATA, "x.docx")
_RICH = compile_template_bytes(word_file(*_SOURCES), "x.docx")

_SHORT = st.sampled_from(["", "a", "b", "&"])
_POINT = st.fixed_dictionaries(
    {"show": st.booleans(), "text": _SHORT, "who": _SHORT, "rank": st.integers(0, 2), "hidden": _SHORT}
)
CONTEXT = st.fixed_dictionaries(
    {
        "m": st.fixed_dictionaries(
            {"title": _SHORT, "place": _SHORT, "secret": _SHORT, "points": st.lists(_POINT, max_size=3)}
        ),
        "others": st.lists(_SHORT, max_size=2),
        "extra": st.dictionaries(_SHORT, _SHORT, max_size=2),
    }
)


@given(TEXT)
def test_any_text_appears_as_it_was_written(text: str) -> None:
    assert text_of(_PLAIN.render({"text": text})) == f"[{text}]"


@given(LAYOUT_TEXT)
@settings(max_examples=40, deadline=None)
def test_any_text_is_placed_as_docxtpl_places_it(text: str) -> None:
    assert compared_parts(_LAYOUT.render({"text": text})) == compared_parts(
        render_with_docxtpl(_PLAIN_DATA, {"text": text})
    )


@given(CONTEXT, CONTEXT, st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_equal_inputs_mean_an_equal_document(one: Any, other: Any, data: st.DataObject) -> None:
    mixed = copy.deepcopy(one)
    for _ in range(data.draw(st.integers(0, 2))):
        _replace_somewhere(mixed, other, data)
    if json.dumps(_RICH.narrow(one), sort_keys=True) == json.dumps(_RICH.narrow(mixed), sort_keys=True):
        assert _RICH.render(one) == _RICH.render(mixed)
    else:
        assert json.dumps(one) != json.dumps(mixed)


def _replace_somewhere(target: Any, source: Any, data: st.DataObject) -> None:
    """Take one value of the other context over, somewhere."""
    while True:
        is_mapping = isinstance(target, dict)
        common = [key for key in target if key in source] if is_mapping else range(min(len(target), len(source)))
        if not common:
            return
        key = data.draw(st.sampled_from(common))
        inner, other = target[key], source[key]
        if isinstance(inner, dict | list) and inner and other and data.draw(st.booleans()):
            target, source = inner, other
            continue
        target[key] = copy.deepcopy(other)
        return
