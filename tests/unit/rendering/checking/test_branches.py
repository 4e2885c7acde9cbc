"""A block that begins at one level of the markup and ends at another is found without data, and no other is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from hopdocs.rendering.checking.typecheck import check_template
from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import Word, cell, content_control, p, row, run, table, text_box

LINE = p("{% if a %}") + p("Betaling") + p("{%p endif %}")
CROOKED = {
    "line and paragraph": (LINE, "{% if a %}"),
    "paragraph and line": (p("{%p if a %}") + p("x") + p("y {% endif %}"), "{%p if a %}"),
    "loop": (p("{% for n in ns %}") + p("{{ n }}") + p("{%p endfor %}"), "{% for n in ns %}"),
    "line and row": (
        table(row("{% if a %}x", "y"), row("z", "u"), row("{%tr endif %}", ""), columns=2),
        "{% if a %}",
    ),
    "row and paragraph": (
        table(row("{%tr if a %}", ""), row(cell(p("x"), p("{%p endif %}")), "y"), columns=2),
        "{%tr if a %}",
    ),
    "cell and row": (
        table(row("x", "{%tc if a %}", "y"), row("{%tr endif %}"), columns=2),
        "{%tc if a %}",
    ),
    "paragraph in a cell and paragraph below": (
        table(row(cell(p("{%p if a %}"), p("x"))), columns=1) + p("{%p endif %}"),
        "{%p if a %}",
    ),
    "else in the line": (
        p("{%p if a %}") + p("x") + p("y {% else %} z") + p("u") + p("{%p endif %}"),
        "{% else %}",
    ),
    "else in a paragraph": (p("{% if a %}x") + p("{%p else %}") + p("y{% endif %}"), "{% if a %}"),
    "one elif of several": (
        p("{%p if a %}") + p("x") + p("{%p elif b %}") + p("y {% elif c %} z") + p("{%p endif %}"),
        "{% elif c %}",
    ),
    "text box": (text_box(LINE), "{% if a %}"),
    "content control": (content_control(LINE), "{% if a %}"),
    "into a content control": (
        p("{%p if a %}") + content_control(p("x"), p("{%p endif %}")),
        "{%p if a %}",
    ),
    "inner block": (p("{%p if b %}") + LINE + p("{%p endif %}"), "{% if a %}"),
    "macro": (
        p("{% macro m() %}x") + p("{%p endmacro %}"),
        "{% macro m() %}",
    ),
    "text kept in a name": (p("{% set t %}x") + p("{%p endset %}"), "{% set t %}"),
}
LEVEL = {
    "in a line": p("a {% if a %}x{% elif b %}y{% else %}z{% endif %} b"),
    "from line to line": p("a {% if a %}x") + p("y{% endif %} b"),
    "from line to line with an else": p("a {% if a %}x") + p("y{% else %}z") + p("u{% endif %} b"),
    "from cell to cell": table(row("{% if a %}x", "y{% endif %}"), columns=2),
    "paragraphs": p("{%p if a %}") + p("x") + p("{%p else %}") + p("y") + p("{%p endif %}"),
    "rows": table(row("{%tr for n in ns %}", ""), row("x", "y"), row("{%tr endfor %}", ""), columns=2),
    "cells": table(row("{%tc for n in ns %}", "{{ n }}", "{%tc endfor %}"), columns=1),
    "runs": p("{%r if a %}", "x", "{%r endif %}"),
    "around a table": p("{%p if a %}") + table(row("x"), columns=1) + p("{%p endif %}"),
    "with": p("{% with t = 1 %}x") + p("{%p endwith %}") + p("y"),
    "set": p("{% set t = 1 %}") + p("{%p set u = 2 %}") + p("{% set t %}x{% endset %}"),
    "colour of a cell": table(row("{% cellbg color %}x", "{% colspan n %}y"), columns=2),
    "merged cells": table(
        row("{%tr for n in ns %}", ""), row("{% vm %}x", "{{ n }}"), row("{%tr endfor %}", ""), columns=2
    ),
    "merged columns": table(row("{%tc for n in ns %}", "{% hm %}x", "{%tc endfor %}"), row("y"), columns=1),
    "raw": p("{% raw %}{% if a %}{% endraw %}"),
    "remark": p("{# {% if a %} #}"),
    "text that looks like a tag": p("{{ '{%' }} if a {{ '%}' }}"),
    "attribute": p(raw='<w:bookmarkStart w:id="{% if a %}1{% else %}2{% endif %}" w:name="x"/>' + run("x")),
}


@dataclass
class Data:
    a: bool
    b: bool
    c: bool
    n: int
    ns: tuple[int, ...]
    name: str
    color: str


def crooked_places(body: str) -> list[str]:
    template = compile_template_bytes(Word(p("før") + body + p("efter")).pack(), "brev.docx")
    return [fault.place for fault in check_template(template, Data) if fault.code == "HD327"]


@pytest.mark.parametrize(("body", "opens"), CROOKED.values(), ids=CROOKED)
def test_a_block_that_ends_at_another_level_is_found_at_its_beginning(body: str, opens: str) -> None:
    assert any(
        opens.replace("%p", "%").replace("%tr", "%").replace("%tc", "%") in place for place in crooked_places(body)
    )


@pytest.mark.parametrize("body", LEVEL.values(), ids=LEVEL)
def test_a_block_that_ends_where_it_began_is_no_fault(body: str) -> None:
    assert crooked_places(body) == []
