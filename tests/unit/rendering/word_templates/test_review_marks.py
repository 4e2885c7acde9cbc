"""Comments and tracked changes: nothing that somebody noted or struck out goes out with a letter."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest

from hopdocs.catalogue import fill_message
from hopdocs.cycle.template_review import annotate, find_faults
from hopdocs.diagnostics import Severity
from hopdocs.documents.kinds.table import find_kind_of_template
from hopdocs.errors import FaultyInput
from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import NAMESPACES, Word, cell, p, run, table
from tests.unit.rendering.word_templates.made_in_word import make, read_case, said_of, with_relation
from tests.unit.rendering.words import members_of, text_of, with_footnotes, word_file

_BY = 'w:id="1" w:author="Skabelonejer" w:date="2026-05-01T10:00:00Z"'
_MICROSOFT = "http://schemas.microsoft.com/office"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MARKS = '<w:commentRangeStart w:id="0"/>'
_ENDS = '<w:commentRangeEnd w:id="0"/><w:r><w:rPr><w:b/></w:rPr><w:commentReference w:id="0"/></w:r>'


def commented(text: str) -> str:
    return p(raw=_MARKS + run(text) + _ENDS)


def everything_in(parts: dict[str, bytes]) -> bytes:
    return b"\n".join(name.encode() + data for name, data in parts.items())


def test_comments_are_left_out_wherever_they_are_anchored() -> None:
    note = f'<w:footnote w:id="1">{commented("Note {{ name }}")}</w:footnote>'
    data = Word(
        commented("Kære {{ name }}") + table(f"<w:tr>{cell(commented('celle'))}</w:tr>", columns=1),
        headers=(commented("Hoved {{ name }}"),),
        footers=(commented("Fod"),),
        footnotes=note,
        comments=f'<w:comment w:id="0" w:author="Tove Talgslot" w:initials="TT">{p("HEMMELIG")}</w:comment>',
    ).pack()
    for kind, part in (
        (f"{_MICROSOFT}/2011/relationships/commentsExtended", "commentsExtended.xml"),
        (f"{_MICROSOFT}/2011/relationships/people", "people.xml"),
    ):
        data = with_relation(data, kind, part, f'<w:x {NAMESPACES} w:author="Tove Talgslot"/>')
    parts = make(data, name="Ada")
    assert not [name for name in parts if "comment" in name or "people" in name]
    everything = everything_in(parts)
    for word in (b"HEMMELIG", b"Talgslot", b"comment", b"people.xml"):
        assert word not in everything
    assert b"Ada" in parts["word/header0.xml"]
    assert b"Ada" in parts["word/footnotes.xml"]


def test_comments_that_point_at_a_picture_s_run_leave_the_run() -> None:
    data = Word(
        p(raw=f'{_MARKS}<w:r><w:t>Hej</w:t><w:commentReference w:id="0"/></w:r><w:commentRangeEnd w:id="0"/>'),
        comments=f'<w:comment w:id="0" w:author="T">{p("x")}</w:comment>',
    ).pack()
    assert text_of(compile_template_bytes(data, "x.docx").render({})) == "Hej"


def test_how_many_comments_stay_behind_is_told() -> None:
    def build(document: Any) -> None:
        for text in ("Husk {{ title }}", "Ring til Tove"):
            document.add_comment(document.paragraphs[0].runs[0], text=text)

    kind = find_kind_of_template("dagsorden")
    assert kind is not None
    [note] = find_faults(word_file("Hej", build=build), "dagsorden.docx", kind)
    assert (note.code, note.severity, note.params) == ("HD351", Severity.ADVICE, {"count": "2"})
    assert fill_message(note.code, note.params, "da") == "kommentarer, som ikke kommer med i brevene: 2"


def test_a_copy_that_check_has_annotated_makes_letters_without_the_annotations() -> None:
    kind = find_kind_of_template("dagsorden")
    assert kind is not None
    data = word_file("{{ ukendt }}")
    marked = annotate("dagsorden.docx", data, find_faults(data, "dagsorden.docx", kind), "da")
    # Its faults are named with the folder, as the workspace's templates are.
    assert marked is not None
    document: Any = docx.Document(BytesIO(marked))
    assert len(list(document.comments)) == 1
    assert b"HD320" not in everything_in(make(marked, ukendt="x"))


def test_what_formatting_was_before_is_left_out_and_asks_nothing() -> None:
    before = f"<w:rPrChange {_BY}><w:rPr><w:i/></w:rPr></w:rPrChange>"
    changed = f"<w:r><w:rPr><w:b/>{before}</w:rPr><w:t>Hej {{{{ name }}}}</w:t></w:r>"
    parts = make(Word(p(raw=changed)).pack(), name="Ada")
    assert b"Skabelonejer" not in everything_in(parts)
    assert b"<w:b/>" in parts["word/document.xml"]
    assert b"<w:i/>" not in parts["word/document.xml"]


def test_tracked_changes_are_refused_at_each_place() -> None:
    assert said_of(read_case("tracked-changes")) == [
        ("HD350", 'body, "Vi moedes NYTORD {{ meeting.when }}"'),
        ("HD350", 'body, after "Vi moedes NYTORD {{ meeting.when }}"'),
    ]


_DELETED = f"<w:del {_BY}><w:r><w:delText>GAMMELT</w:delText></w:r></w:del>"


@pytest.mark.parametrize(
    ("word", "place"),
    [
        (Word(p("a") + p("b", raw=f"<w:moveFrom {_BY}>{run('FLYTTET')}</w:moveFrom>")), 'body, "b"'),
        (Word(p("a", raw=f"<w:moveTo {_BY}>{run('FLYTTET')}</w:moveTo>")), 'body, "aFLYTTET"'),
        (Word(f"<w:p><w:pPr><w:rPr><w:del {_BY}/></w:rPr></w:pPr>{run('a')}</w:p>" + p("b")), 'body, "a"'),
        (
            Word(
                "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='9'/></w:tblGrid>"
                f"<w:tr><w:trPr><w:del {_BY}/></w:trPr>{cell('række')}</w:tr></w:tbl>"
            ),
            'body, table 1, "række"',
        ),
        (
            Word(table(f"<w:tr>{cell('celle', properties=f'<w:cellDel {_BY}/>')}</w:tr>", columns=1)),
            'body, table 1, "celle"',
        ),
        (Word(p("a"), headers=(p("Hoved", raw=_DELETED),)), 'header, "Hoved"'),
        (Word(p("a"), footers=(p("Fod", raw=f"<w:ins {_BY}>{run(' ny')}</w:ins>"),)), 'footer, "Fod ny"'),
        (Word(p("a"), footnotes=f'<w:footnote w:id="1">{p("Note", raw=_DELETED)}</w:footnote>'), 'footnotes, "Note"'),
    ],
)
def test_every_kind_of_tracked_change_is_refused(word: Word, place: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        make(word.pack())
    assert [(fault.code, fault.place) for fault in caught.value.diagnostics] == [("HD350", place)]


def test_tracked_changes_are_told_together_with_what_else_is_wrong() -> None:
    data = Word(p("a", raw=_DELETED) + p("{{ a|ukendt }}")).pack()
    assert [code for code, _ in said_of(data)] == ["HD350", "HD305"]


def test_notes_are_cleaned_like_the_body() -> None:
    data = with_footnotes(Word(p("x")).pack(), "En {{ name }}")
    assert b"En Ada" in make(data, name="Ada")["word/footnotes.xml"]
    assert members_of(data)
