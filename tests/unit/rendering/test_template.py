from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest
from markupsafe import Markup, escape

from hopdocs.errors import FaultyInput
from hopdocs.rendering import template
from hopdocs.rendering.checking.typecheck import check_template
from hopdocs.rendering.compilation import run_template
from hopdocs.rendering.docx.properties import DocumentProperties
from hopdocs.rendering.template import compile_template, compile_template_bytes, digest_template
from tests.unit.rendering.words import compared_parts, members_of, text_of, word_file

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Meeting:
    title: str
    place: str = ""
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class XContext:
    x: tuple[str, ...]


def faults_of(*paragraphs: str, context: dict[str, object] | None = None) -> list[Diagnostic]:
    with pytest.raises(FaultyInput) as caught:
        compile_template_bytes(word_file(*paragraphs), "brev.docx").render(context or {})
    return list(caught.value.diagnostics)


@pytest.mark.parametrize(
    "text",
    [
        "Kjærgaard & Ågård",
        "<b>fed</b>",
        "\"citat\" og 'ét til'",
        "😀 familien 👨‍👩‍👧",
        "]]>",
        "{{ navn }} {_{",
        "æøå " * 1000,
    ],
)
def test_what_people_write_appears_unharmed(text: str) -> None:
    template = compile_template_bytes(word_file("Kære {{ name }}."), "brev.docx")
    assert text_of(template.render({"name": text})) == f"Kære {text}."


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    template = compile_template_bytes(word_file("{{ name }}"), "brev.docx")
    assert text_of(template.render({"name": "A\x00\x0b\x1b\ud800\uffffB"})) == "AB"


def test_a_text_is_escaped_once_wherever_it_is_printed_and_a_plain_one_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    escaped = []

    def note(value: object) -> Markup:
        escaped.append(value)
        return escape(value)

    monkeypatch.setattr("hopdocs.rendering.sandbox.environment.escape", note)
    source = "{% macro m(a) %}{{ a }}{% endmacro %}{% set b %}{{ x }}{% endset %}{{ m(x) }}, {{ b }}, {{ x }}"
    template = compile_template_bytes(word_file(source), "brev.docx")
    assert text_of(template.render({"x": "Kær & <Å>"})) == "Kær & <Å>, Kær & <Å>, Kær & <Å>"
    assert [item for item in escaped if not isinstance(item, Markup)] == ["Kær & <Å>"] * 3
    escaped.clear()
    assert text_of(template.render({"x": "Kjær"})) == "Kjær, Kjær, Kjær"
    assert all(isinstance(item, Markup) for item in escaped)


@pytest.mark.parametrize(
    ("text", "times"), [("Kære alle", 1), ("Kære {{ name }}", 3), ("{% if name %}Kære{% endif %}", 3)]
)
def test_a_part_that_nothing_is_filled_in_is_made_once(text: str, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    template = compile_template_bytes(word_file(text), "brev.docx")
    run = Mock(side_effect=run_template)
    monkeypatch.setattr("hopdocs.rendering.template.run_template", run)
    made = {template.render({"name": "Ada"}) for _ in range(3)}
    assert (run.call_count, len(made)) == (times, 1)


def test_a_fixed_part_that_was_made_unchecked_is_checked_for_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    template = compile_template_bytes(word_file("Kære alle"), "brev.docx")
    template.render({}, check_output=False)
    monkeypatch.setattr("hopdocs.rendering.template.run_template", lambda *_: "<w:body>")
    template.render({}, check_output=False)
    with pytest.raises(FaultyInput):
        template.render({})


def test_a_data_class_is_read_like_a_mapping() -> None:
    template = compile_template_bytes(word_file("{{ m.title }}: {{ m.agenda|join(', ') }}"), "brev.docx")
    meeting = Meeting("Opfølgning", agenda=("Siden sidst", "Næste møde"))
    assert text_of(template.render({"m": meeting})) == "Opfølgning: Siden sidst, Næste møde"


def test_rendering_twice_gives_the_same_bytes() -> None:
    data = word_file("Kære {{ name }}")
    first = compile_template_bytes(data, "brev.docx").render({"name": "Ada"})
    assert first == compile_template_bytes(data, "brev.docx").render({"name": "Ada"})


def test_another_process_zone_and_locale_give_the_same_bytes() -> None:
    data = word_file("Kære {{ name }}{% for key in m %}{{ key }}{% endfor %}")
    script = (
        "import sys; from hopdocs.rendering.template import compile_template_bytes\n"
        "template = compile_template_bytes(sys.stdin.buffer.read(), 'brev.docx')\n"
        "sys.stdout.buffer.write(template.render({'name': 'Åse', 'm': {'b': 1, 'a': 2}}))"
    )
    results = {
        subprocess.run(
            [sys.executable, "-c", script],
            input=data,
            capture_output=True,
            check=True,
            env={**os.environ, "TZ": zone, "LC_ALL": name, "PYTHONHASHSEED": seed},
        ).stdout
        for zone, name, seed in (("UTC", "C", "1"), ("Asia/Tokyo", "C.UTF-8", "2"))
    }
    assert results == {compile_template_bytes(data, "brev.docx").render({"name": "Åse", "m": {"b": 1, "a": 2}})}


def test_the_path_is_enough_and_extra_filters_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "brev.docx"
    path.write_bytes(word_file("{{ name|hvisk }} {{ sted }}"))
    template = compile_template(path, filters={"hvisk": str.lower}, globals={"sted": "her"})
    assert template.name == "brev.docx"
    assert text_of(template.render({"name": "ADA"})) == "ada her"
    assert template.names == {("name",)}


def test_an_unknown_name_is_told_with_its_place_and_the_nearest_name() -> None:
    [fault] = faults_of("Hej", "Kære {{ navn }}, velkommen", context={"name": 1, "navne": 2})
    assert (fault.code, fault.path, fault.place) == ("HD306", "brev.docx", 'body, "Kære {{ navn }}, velkommen"')
    assert fault.params == {"name": "navn", "nearest": "navne"}


def test_an_unknown_field_is_told_with_the_owner() -> None:
    [fault] = faults_of("{{ m.titel }}", context={"m": Meeting("x")})
    assert (fault.code, dict(fault.params)) == ("HD307", {"name": "titel", "owner": "Meeting", "nearest": "title"})


def test_an_empty_value_is_never_printed() -> None:
    [fault] = faults_of("Sted: {{ place }}", context={"place": None})
    assert (fault.code, fault.place) == ("HD308", 'body, "Sted: {{ place }}"')


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("{{ 'a' * 10**10 }}", "HD311"),
        ("{{ ''.__class__.__mro__ }}", "HD311"),
        ("{{ x.append(1) }}", "HD311"),
        ("{{ name|safe }}", "HD311"),
        ("{% autoescape false %}{{ name }}{% endautoescape %}", "HD311"),
        ("{{ name|uppr }}", "HD305"),
        ("{% if name is emptyish %}{% endif %}", "HD305"),
        ("{% include 'andet.docx' %}", "HD312"),
        ("{{ name", "HD304"),
        ("{{ 1 + name }}", "HD309"),
        ("{% for a in range(10**9) %}{% endfor %}", "HD311"),
        ("{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}", "HD311"),
        ("{% for a in x %}" * 25 + "{% endfor %}" * 25, "HD304"),
        ("{{ " + "(" * 5000 + ")" * 5000 + " }}", "HD304"),
    ],
)
def test_a_faulty_expression_has_its_own_code(source: str, code: str) -> None:
    assert [fault.code for fault in faults_of(source, context={"name": "Ada", "x": []})] == [code]


def test_all_faults_of_all_parts_are_told_at_once() -> None:
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ sag|fedt }}"
        table = document.add_table(1, 1)
        table.cell(0, 0).text = "Hvem {{ a|ukendt }}"

    with pytest.raises(FaultyInput) as caught:
        compile_template_bytes(word_file("{% for x in y %}", "slut", build=build), "brev.docx")
    assert [(item.code, item.place) for item in caught.value.diagnostics] == [
        ("HD304", 'body, "{% for x in y %}"'),
        ("HD305", 'header, "{{ sag|fedt }}"'),
    ]


def test_a_block_across_paragraphs_is_refused_before_it_leaves() -> None:
    [fault] = faults_of("Hej alle", "{%p if a %}", "to{% endif %}", context={"a": False})
    assert (fault.code, fault.place, fault.params) == ("HD310", 'body, after "Hej alle"', {"reason": "mismatched tag"})


def test_properties_are_set_when_given_and_only_then() -> None:
    template = compile_template_bytes(word_file("Hej"), "brev.docx")
    plain = members_of(template.render({}))["docProps/core.xml"].decode()
    assert "2013-12-23" in plain
    given = DocumentProperties(title="Plan & mål", created=date(2026, 11, 21))
    core = members_of(template.render({}, properties=given))["docProps/core.xml"].decode()
    assert "<dc:title>Plan &amp; mål</dc:title>" in core
    assert "<dc:language>da-DK</dc:language>" in core
    assert core.count("2026-11-21T12:00:00Z") == 2
    assert set(compared_parts(template.render({}))) >= {"word/document.xml", "docProps/core.xml"}


def test_narrowing_leaves_only_what_the_template_can_read() -> None:
    template = compile_template_bytes(word_file("{{ m.title }}"), "brev.docx")
    before = template.narrow({"m": Meeting("A", place="x"), "andet": 1})
    assert template.narrow({"m": Meeting("A", place="y"), "andet": 2}) == before
    assert template.narrow({"m": Meeting("B", place="x"), "andet": 1}) != before


@pytest.mark.parametrize("source", ["{{ rows|map(attribute='nvan')|list }}", "{{ rows|groupby('nvan') }}"])
def test_what_is_missing_does_not_hide_in_a_list(source: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        compile_template_bytes(word_file(source), "brev.docx").render({"rows": [{"navn": "Nadira"}]})
    [fault] = caught.value.diagnostics
    assert (fault.code, fault.params["nearest"]) == ("HD307", "navn")


def test_a_caller_adds_tests_and_extensions_of_jinja2s_language() -> None:
    source = "{% for a in x %}{% if a is sidst %}{% break %}{% endif %}{{ a }}{% endfor %}{% do x|length %}"
    template = compile_template_bytes(
        word_file(source),
        "brev.docx",
        tests={"sidst": lambda value: value == "c"},
        extensions=["jinja2.ext.loopcontrols", "jinja2.ext.do"],
    )
    assert text_of(template.render({"x": ["a", "b", "c", "d"]})) == "ab"


def test_a_loop_is_left_only_where_it_leaves_nothing_open() -> None:
    inside = word_file("{%p for a in x %}", "{{ a }}{% break %}", "{%p endfor %}")
    template = compile_template_bytes(inside, "brev.docx", extensions=["jinja2.ext.loopcontrols"])
    assert [fault.code for fault in check_template(template, XContext)] == ["HD327"]


def test_another_version_of_whatever_writes_a_letter_makes_its_template_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(template, "_programs", template._programs.__wrapped__)
    libraries = ("", "docxtpl", "jinja2", "lxml", "python-docx", "babel", "matplotlib")
    found = set()
    for newer in libraries:
        monkeypatch.setattr(template, "version", lambda name, newer=newer: "99" if name == newer else "1")
        found.add(digest_template(b"PK"))
    assert len(found) == len(libraries)
