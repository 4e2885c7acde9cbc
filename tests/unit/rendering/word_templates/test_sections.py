"""Sections keep their paper, whatever stands in their last paragraph."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.golden.docxtpl.word_markup import Word, p, run
from tests.unit.rendering.word_templates.made_in_word import make, read_case

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WIDE = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'


def pages_of(data: bytes, **context: object) -> list[str]:
    """The text of each section of the letter, with how its paper lies."""
    root = etree.fromstring(make(data, **context)["word/document.xml"])
    sections, words = [], ""
    for node in root.iter(f"{_W}t", f"{_W}sectPr"):
        if node.tag == f"{_W}t":
            words += node.text or ""
            continue
        paper = node.find(f"{_W}pgSz")
        assert paper is not None
        sections.append(f"{paper.get(f'{_W}orient', 'portrait')}: {words}")
        words = ""
    return sections


def ending(tag: str) -> str:
    return f"<w:p><w:pPr>{_WIDE}</w:pPr>{run(tag)}</w:p>"


def test_a_section_that_ends_with_a_tag_keeps_its_paper() -> None:
    agenda = [{"number": 1, "point": "Velkomst"}, {"number": 2, "point": "Mål"}]
    assert pages_of(read_case("section-end-with-tag"), family_name="Zamirandi", agenda=agenda) == [
        "landscape: Liggende side for Zamirandi1 Velkomst2 Mål",
        "portrait: Staaende side igen",
    ]


@pytest.mark.parametrize("yes", [True, False])
def test_a_section_that_ends_where_a_block_begins_ends_before_it(yes: bool) -> None:  # noqa: FBT001
    data = Word(p("a") + ending("{%p if yes %}") + p("b") + p("{%p endif %}") + p("c")).pack()
    assert pages_of(data, yes=yes) == ["landscape: a", "portrait: bc" if yes else "portrait: c"]


@pytest.mark.parametrize(("yes", "pages"), [(True, ["ab", "d"]), (False, ["a", "cd"])])
def test_a_section_that_ends_with_else_ends_whichever_way_it_goes(yes: bool, pages: list[str]) -> None:  # noqa: FBT001
    body = p("a") + p("{%p if yes %}") + p("b") + ending("{%p else %}") + p("c") + p("{%p endif %}") + p("d")
    assert pages_of(Word(body).pack(), yes=yes) == [f"landscape: {pages[0]}", f"portrait: {pages[1]}"]
