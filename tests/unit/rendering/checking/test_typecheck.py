from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - read at run time
from dataclasses import dataclass
from datetime import date  # noqa: TC003 - as above
from enum import StrEnum
from typing import Any, Literal, NewType

import pytest

from hopdocs.rendering.checking.typecheck import check_template
from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import Word, p
from tests.unit.rendering.words import word_file

StaffId = NewType("StaffId", str)


class Progress(StrEnum):
    BEGUN = "på vej"


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    id: StaffId
    born: date | None = None
    manager: Person | None = None
    progress: Progress = Progress.BEGUN

    @property
    def initials(self) -> str:
        return self.name[:1]


@dataclass(frozen=True, slots=True)
class Meeting:
    date: date
    people: tuple[Person, ...]
    kind: Literal["formøde", "opfølgning"]
    notes: Mapping[str, Person]
    pair: tuple[int, str] = (1, "")


@dataclass(frozen=True, slots=True)
class Letter:
    meeting: Meeting
    recipient: Person
    title: str


def long_date(day: date) -> str:
    return day.isoformat()


def faults(*sources: str, **more: Any) -> list[tuple[str, dict[str, str]]]:
    template = compile_template_bytes(word_file(*sources), "brev.docx", filters={"long_date": long_date}, **more)
    return [(fault.code, dict(fault.params)) for fault in check_template(template, Letter)]


@pytest.mark.parametrize(
    "source",
    [
        "{{ title }} {{ meeting.date|long_date }} {{ meeting.date.year }} {{ recipient.initials|upper }}",
        "{% for p in meeting.people %}{{ loop.index }} {{ p.name }} {{ loop.previtem.name }}{% endfor %}",
        "{% if recipient.born %}{{ recipient.born|long_date }}{% endif %}",
        "{% if not recipient.born %}–{% else %}{{ recipient.born }}{% endif %}",
        "{% if recipient.born is none %}–{% elif title %}{{ recipient.born }}{% endif %}",
        "{{ recipient.born if recipient.born else '–' }} {{ recipient.born or '–' }}",
        "{{ recipient.born|default('–', true) }} {{ recipient.progress.value }} {{ recipient['name'] }}",
        "{% if recipient.manager and recipient.manager.manager %}{{ recipient.manager.manager.name }}{% endif %}",
        "{% for p in meeting.people if p.manager %}{{ p.manager.name }}{% endfor %}",
        "{{ meeting.people|map(attribute='name')|join(', ') }} {{ (meeting.people|first).name }}",
        "{{ meeting.people|length }} {{ title.startswith('x') }} {{ undefined_name is defined }}",
        "{{ meeting.people[0].name }} {% for p in meeting.people[1:] %}{{ p.id }}{% endfor %}",
        "{% for p in meeting.people|sort(attribute='manager.name')|selectattr('born') %}{{ p.name }}{% endfor %}",
        "{% set m = meeting %}{{ m.kind }} {% with q = m.people %}{{ q[0].name }}{% endwith %}",
        "{% macro line(p, x=1) %}{{ p.whatever }}{% endmacro %}{{ line(recipient) }}",
        "{% for key, value in meeting.notes.items() %}{{ value.name }}{% endfor %}{{ meeting.notes.a.name }}",
        "{% set ns = namespace(n=0) %}{% set ns.n = ns.n + 1 %}{{ ns.n }} {{ range(3)|list }} {{ 'a' ~ title }}",
        "{% if title %}{% set x = recipient %}{% else %}{% set x = meeting.people[0] %}{% endif %}{{ x.name }}",
    ],
)
def test_a_sound_template_has_no_faults(source: str) -> None:
    assert faults(source) == []


@pytest.mark.parametrize(
    ("source", "code", "params"),
    [
        ("{{ titel }}", "HD320", {"name": "titel", "nearest": "title"}),
        ("{{ recipient.nam }}", "HD321", {"name": "nam", "nearest": "name", "owner": "Person"}),
        ("{{ meeting.date.yeer }}", "HD321", {"name": "yeer", "nearest": "year", "owner": "date"}),
        (
            "{% for p in meeting.people %}{{ p.nme }}{% endfor %}",
            "HD321",
            {"name": "nme", "nearest": "name", "owner": "Person"},
        ),
        ("{% if recipient.nam %}{% endif %}", "HD321", {"name": "nam", "nearest": "name", "owner": "Person"}),
        (
            "{% for p in meeting.people %}{{ loop.indeks }}{% endfor %}",
            "HD321",
            {"name": "indeks", "nearest": "index", "owner": "loop"},
        ),
        ("{% set m = meeting %}{{ m.dat }}", "HD321", {"name": "dat", "nearest": "date", "owner": "Meeting"}),
        (
            "{{ meeting.people|map(attribute='nam')|join }}",
            "HD321",
            {"name": "nam", "nearest": "name", "owner": "Person"},
        ),
        (
            "{% for p in meeting.people|sort(attribute='nam') %}{% endfor %}",
            "HD321",
            {"name": "nam", "nearest": "name", "owner": "Person"},
        ),
        ("{{ (meeting.people|last).nam }}", "HD321", {"name": "nam", "nearest": "name", "owner": "Person"}),
        ("{% macro m(a) %}{{ titel }}{% endmacro %}", "HD320", {"name": "titel", "nearest": "title"}),
        ("{% for x in recipient %}{% endfor %}", "HD322", {"owner": "recipient"}),
        ("{{ recipient.born }}", "HD323", {"name": "recipient.born"}),
        ("{{ recipient.manager.name }}", "HD323", {"name": "recipient.manager"}),
        ("{% if title %}{{ recipient.born }}{% endif %}", "HD323", {"name": "recipient.born"}),
        ("{{ recipient.born|long_date }}", "HD323", {"name": "recipient.born"}),
        ("{{ title|long_date }}", "HD325", {"filter": "long_date", "wanted": "date", "given": "str"}),
    ],
)
def test_a_fault_is_found_without_data(source: str, code: str, params: dict[str, str]) -> None:
    assert faults(source) == [(code, params)]


def test_a_fault_is_told_at_its_place() -> None:
    def build(document: Any) -> None:
        document.add_table(1, 1)
        document.add_table(1, 1).cell(0, 0).text = "Hvem kommer: {{ meting }}"
        document.sections[0].footer.paragraphs[0].text = "{{ recipient.nme }}"
        document.core_properties.title = "Brev {{ tite }}"

    template = compile_template_bytes(word_file("Hej", build=build), "brev.docx")
    assert [fault.place for fault in check_template(template, Letter)] == [
        'body, table 2, "Hvem kommer: {{ meting }}"',
        'footer, "{{ recipient.nme }}"',
        'properties, title, "Brev {{ tite }}"',
    ]


@pytest.mark.parametrize("target", ["https://vesterlyng.example/{{ title }}", "%7b%7b%20title%20%7D%7D"])
def test_template_language_in_the_address_of_a_link_is_told(target: str) -> None:
    data = Word(p("Hej"), links={"rIdl": target}).pack()
    [fault] = check_template(compile_template_bytes(data, "brev.docx"), Letter)
    assert (fault.code, fault.place) == ("HD324", "word/_rels/document.xml.rels")
    assert fault.params == {"what": "{{ title }}"}


def test_a_quoted_place_shows_the_name_that_it_speaks_of() -> None:
    text = "Tovholderen taler med familien om, hvordan det går. " * 3 + "{% if titel %}Hej {{ title }}{% endif %}"
    template = compile_template_bytes(word_file(text), "brev.docx")
    assert [fault.place for fault in check_template(template, Letter)] == [
        'body, "…{% if titel %}Hej {{ title }}{% endif %}"'
    ]
