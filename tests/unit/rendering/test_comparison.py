from __future__ import annotations

from hopdocs.rendering.comparison import Difference, ParagraphChange, compare_documents
from tests.unit.rendering.words import members_of, with_members, word_file

BODY = "word/document.xml"


def test_a_document_is_as_itself_however_it_is_packed() -> None:
    data = word_file("Kære Nadira", "Vi ses.")
    assert compare_documents(data, data) is None
    assert compare_documents(data, with_members(data, {})) is None
    spaced = members_of(data)[BODY].replace(b"<w:body>", b"<w:body >")
    assert compare_documents(data, with_members(data, {BODY: spaced})) is None


def test_changed_added_and_removed_paragraphs_are_told() -> None:
    before = word_file("Kære Nadira", "Vi ses tirsdag.", "Hilsen", "Ingolf")
    after = word_file("Kære Nadira", "Vi ses onsdag.", "Hilsen", "PS. Husk kaffen.", "Ingolf")
    found = compare_documents(before, after)
    assert found == Difference(
        (ParagraphChange("Vi ses tirsdag.", "Vi ses onsdag."), ParagraphChange("", "PS. Husk kaffen.")), (BODY,)
    )


def test_a_new_look_is_a_difference_without_paragraphs() -> None:
    data = word_file("Kære Nadira")
    bold = members_of(data)[BODY].replace(b"<w:r>", b"<w:r><w:rPr><w:b/></w:rPr>")
    assert compare_documents(data, with_members(data, {BODY: bold})) == Difference((), (BODY,))


def test_who_saved_the_template_is_no_difference() -> None:
    data = word_file("Kære Nadira")
    core = members_of(data)["docProps/core.xml"].replace(b"python-docx", b"Tove")
    assert compare_documents(data, with_members(data, {"docProps/core.xml": core})) is None
