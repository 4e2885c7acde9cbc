from __future__ import annotations

import pytest

from hopdocs.rendering.docx.repairs.acceptance import accept_changes
from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import Word, cell, p, run, table
from tests.unit.rendering.word_templates.made_in_word import read_case
from tests.unit.rendering.words import members_of, text_of

_BY = 'w:id="1" w:author="Skabelonejer" w:date="2026-05-01T10:00:00Z"'
_GONE = f"<w:del {_BY}><w:r><w:delText>VÆK</w:delText></w:r></w:del>"
_NEW = f"<w:ins {_BY}>{run('NY')}</w:ins>"


def lost_mark(content: str) -> str:
    return f"<w:p><w:pPr><w:rPr><w:del {_BY}/></w:rPr></w:pPr>{content}</w:p>"


def test_a_template_with_its_changes_accepted_makes_letters() -> None:
    accepted = accept_changes(read_case("tracked-changes"), "x.docx")
    made = compile_template_bytes(accepted, "x.docx").render({"meeting": {"when": "tirsdag"}})
    assert text_of(made) == "Vi moedes NYTORD tirsdag\nSlut"
    assert all(b"Skabelonejer" not in part and b"GAMMELORD" not in part for part in members_of(made).values())


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p("a", raw=_GONE + _NEW), "aNY"),
        (p("a", raw=f"<w:ins {_BY}>{_GONE}{run('b')}</w:ins>"), "ab"),
        (p("a", raw=f"<w:moveTo {_BY}>{run('b')}</w:moveTo>") + p("c", raw=_GONE.replace("w:del>", "w:del>")), "ab\nc"),
        (lost_mark(run("a")) + p("b"), "ab"),
        (lost_mark(_GONE) + p("b"), "b"),
        (lost_mark(run("a")) + lost_mark(run("b")) + p("c"), "abc"),
        (p("x") + table(f"<w:tr><w:trPr><w:del {_BY}/></w:trPr>{cell('væk')}</w:tr>", columns=1), "x"),
        (table(f"<w:tr>{cell('a')}{cell('b', properties=f'<w:cellDel {_BY}/>')}</w:tr>", columns=2), "a"),
        (table(f"<w:tr>{cell('a', properties=f'<w:cellIns {_BY}/>')}</w:tr>", columns=1), "a"),
        (f"<w:p><w:moveFromRangeStart {_BY}/>{run('a')}<w:moveFrom {_BY}>{run('b')}</w:moveFrom></w:p>", "a"),
    ],
)
def test_every_kind_of_change_is_accepted_as_word_does_it(body: str, text: str) -> None:
    accepted = accept_changes(Word(body, headers=(p("h", raw=_GONE),)).pack(), "x.docx")
    assert text_of(accepted) == text
    assert all(b"Skabelonejer" not in part for part in members_of(accepted).values())
    assert compile_template_bytes(accepted, "x.docx").render({})
