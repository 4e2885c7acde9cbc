"""What a template's owner is told: in Danish, about the words that stand in Word, without a programmer's names."""

from __future__ import annotations

import re

import pytest

from hopdocs.catalogue import fill_hint, fill_message
from hopdocs.cycle.template_review import compile_letter, find_faults
from hopdocs.documents.kinds.table import find_kind_of_template
from hopdocs.errors import FaultyInput
from tests.golden.docxtpl.word_markup import Word, p

_PROGRAMMERS = re.compile(
    r"Error|object at 0x|<class|unsafe|Encountered|Unexpected|unexpected|expected|tag name|mismatched|undefined|"
    r"Dagsorden[A-Z]|MeetingView|NoneType|\bstr\b|\bint\b|\bdict\b|unsupported operand|token"
)


def told(source: str) -> list[str]:
    """What somebody reads in Danish who has this in a template, of its check and of its making."""
    kind = find_kind_of_template("dagsorden")
    assert kind is not None
    data = Word("".join(map(p, source.split("\n")))).pack()
    faults = find_faults(data, "dagsorden.docx", kind)
    try:
        compile_letter(data, "dagsorden.docx").render({"agenda": 3, "family_name": object()})
    except FaultyInput as err:
        faults += err.diagnostics
    return [
        f"{fill_message(fault.code, fault.params, 'da')} {fill_hint(fault.code, fault.params, 'da')}"
        for fault in faults
    ]


@pytest.mark.parametrize(
    "source",
    [
        "{{ family_name",
        "{{ family name }}",
        "{% if agenda %}\nx",
        "{% endif %}",
        "{% if agenda %}x{% endfor %}",
        "{% foreach a in agenda %}",
        "{{ 'a }}",
        "{{ family_name + 1 }}",
        "{{ family_name.__class__ }}",
        "{{ meeting.whn }}",
        "{% for a in family_name %}{% endfor %}",
        "{% for a in agenda %}{{ a }}{% endfor %}",
        "{{ family_name|dato }}",
        "{{ agenda|ukendt }}",
        "{% if agenda %}\nx\n{%p endif %}",
        "{{ family_name() }}",
    ],
)
def test_no_message_speaks_of_what_only_programmers_know(source: str) -> None:
    messages = told(source)
    assert messages
    for message in messages:
        assert not _PROGRAMMERS.search(message), message
        assert not re.search(r"0x[0-9a-f]{6}", message)


def test_a_tag_that_cannot_be_read_is_quoted() -> None:
    [message] = [
        text for text in told("Hej {{ ok }} og {{ family name }}, {% if agenda %}a{% endif %}") if "forstås" in text
    ][:1]
    assert "forstås her: {{ family name }}" in message


def test_all_faults_of_a_template_are_told_at_once() -> None:
    first, second = told("{%p if agenda %} væk\n{%p endif %}\n{{ ukendt }}")[:2]
    assert "væk" in first
    assert "ukendt" in second


def test_what_shows_in_the_text_is_told_together_with_what_cannot_be_read() -> None:
    first, second = told("{%p if agenda %} væk\n{%p endif %}\n{{ ukendt navn }}")[:2]
    assert "{{ ukendt navn }}" in first
    assert "væk" in second
