"""Accepting every change gives the later text, rejecting every change the earlier one, whatever the two files say."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopdocs.errors import FaultyInput
from hopdocs.rendering.docx.tracked.document import track_changes
from tests.unit.rendering.docx.tracked.reviewing import W, accept_all, marks, paragraphs, reject_all

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

DAY = date(2026, 11, 24)
Block = str | list[list[list[str]]]
"""A paragraph, or a table: rows of cells of paragraphs."""


def word_file(*blocks: Block) -> bytes:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            table = document.add_table(len(block), len(block[0]))
            for row, cells in zip(table.rows, block, strict=True):
                for cell, texts in zip(row.cells, cells, strict=True):
                    _fill(cell, texts)
    document.add_paragraph("Slut")
    return _saved(document)


def _fill(cell: _Cell, texts: list[str]) -> None:
    cell.paragraphs[0].add_run(texts[0])
    for text in texts[1:]:
        cell.add_paragraph(text)


def _saved(document: Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def compare(before: bytes, after: bytes) -> bytes:
    return track_changes(before, after, author="hopdocs", day=DAY)


TABLE: Block = [[["Hvad"], ["Timer"]], [["AKT-forløb"], ["1,5 timer", "om ugen"]]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["Et mål"], ["Et mål"]),
        (["Samis fravær er under 10 %"], ["Samis fravær er under 5 %"]),
        (["Et", "To", "Tre"], ["Et", "Tre"]),
        (["Et", "Tre"], ["Et", "To", "Tre", "Fire"]),
        (["Før", TABLE], ["Før", [*TABLE, [["Ny hjælp"], ["2 timer"]]]]),
        (["Før", TABLE], ["Før", TABLE[:1]]),
        (["Før", TABLE], ["Før"]),
        (["Før"], ["Før", TABLE]),
        ([TABLE], [[[["Hvad"], ["Timer"]], [["AKT-forløb"], ["1,5 timer"]]]]),
        ([TABLE], [[[["Hvad"], ["Timer"]], [["AKT-forløb"], ["1,5 timer", "om ugen", "i skolen"]]]]),
        ([TABLE], [[[["Hvad"], ["Timer"], ["Hvem"]], [["AKT-forløb"], ["3 timer"], ["Pelle"]]]]),
    ],
)
def test_accepting_gives_the_later_text_and_rejecting_the_earlier(before: list[Block], after: list[Block]) -> None:
    old, new = word_file(*before), word_file(*after)
    merged = compare(old, new)
    assert accept_all(merged) == paragraphs(new)
    assert reject_all(merged) == paragraphs(old)


TEXTS = st.lists(st.sampled_from(["Sami", "får", "hjælp", "i", "skolen", "hver", "uge"]), max_size=5).map(" ".join)
CELLS = st.lists(TEXTS, min_size=1, max_size=3)
TABLES = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=3)
)
FILES = st.lists(TEXTS | TABLES, max_size=5)


@given(FILES, FILES)
@settings(max_examples=60, deadline=None)
def test_so_it_is_for_any_two_files(before: list[Block], after: list[Block]) -> None:
    old, new = word_file(*before), word_file(*after)
    merged = compare(old, new)
    assert accept_all(merged) == paragraphs(new)
    assert reject_all(merged) == paragraphs(old)


def test_every_change_has_a_number_of_its_own_an_author_and_the_day_of_the_data() -> None:
    merged = compare(word_file("Et", TABLE), word_file("To", "Tre", [*TABLE, [["Ny"], ["2"]]]))
    found = marks(merged)
    assert len({mark.get(f"{W}id") for mark in found}) == len(found) > 3
    assert {mark.get(f"{W}author") for mark in found} == {"hopdocs"}
    assert {mark.get(f"{W}date") for mark in found} == {"2026-11-24T00:00:00Z"}


def test_only_the_words_that_changed_are_marked_and_each_keeps_its_looks() -> None:
    old, new = docx.Document(), docx.Document()
    for document, hours in ((old, "1,5"), (new, "3")):
        paragraph = document.add_paragraph("AKT-forløb ")
        paragraph.add_run(hours).bold = True
        paragraph.add_run(" timer om ugen")
    found = marks(compare(_saved(old), _saved(new)))
    assert ["".join(map(str, mark.itertext())) for mark in found] == ["1,5", "3"]
    assert all(mark.find(f"{W}r/{W}rPr/{W}b") is not None for mark in found)


def test_the_same_files_make_the_same_bytes() -> None:
    old, new = word_file("Et", TABLE), word_file("To", TABLE)
    assert compare(old, new) == compare(old, new)


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(FaultyInput):
        compare(b"no zip", word_file("Et"))
