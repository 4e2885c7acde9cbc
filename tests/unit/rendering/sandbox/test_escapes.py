"""A template reaches nothing of the program, whichever part of the Word file it stands in."""

from __future__ import annotations

import pytest

from hopdocs.errors import FaultyInput
from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import Word, core, p

PAYLOADS = {
    "a class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "a function's globals": "{{ joiner.__init__.__globals__.os.popen('id').read() }}",
    "an attribute by a filter": "{{ ''|attr('__class__') }}",
    "an attribute by format": "{{ '{0.__class__}'.format('') }}",
    "an attribute by a map": "{{ ['']|map(attribute='__class__')|list }}",
    "an index": "{{ ''['__class__'] }}",
    "a list that grows": "{% set l = [] %}{{ l.append(1) }}",
}


def _parts(text: str) -> dict[str, Word]:
    note = f'<w:footnote w:id="2">{p(text)}</w:footnote>'
    return {
        "body": Word(p(text)),
        "header": Word(p("x"), headers=(p(text),)),
        "footer": Word(p("x"), footers=(p(text),)),
        "footnote": Word(p("x"), footnotes=note),
        "title": Word(p("x"), core=core(title=text)),
        "description": Word(p("x"), core=core(description=text)),
    }


@pytest.mark.parametrize("part", _parts(""))
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_no_part_of_a_template_gets_hold_of_the_program(part: str, payload: str) -> None:
    data = _parts(payload)[part].pack()
    with pytest.raises(FaultyInput) as refused:
        compile_template_bytes(data, "brev.docx").render({})
    assert {fault.code for fault in refused.value.diagnostics} <= {"HD305", "HD306", "HD307", "HD309", "HD311"}
