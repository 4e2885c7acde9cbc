from __future__ import annotations

from hopdocs.rendering.docx.tracked.comparison import Difference, ParagraphChange, compare_documents
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


def test_what_word_notes_for_itself_is_no_difference() -> None:
    data = word_file("Kære Nadira")
    noted = members_of(data)[BODY].replace(
        b"<w:p><w:r><w:t>K\xc3\xa6re Nadira</w:t></w:r></w:p>",
        b'<w:p w:rsidR="00A1" w:rsidRDefault="00B2"><w:proofErr w:type="spellStart"/>'
        b'<w:bookmarkStart w:id="9" w:name="_GoBack"/><w:bookmarkEnd w:id="9"/>'
        b'<w:r w:rsidRPr="00C3"><w:t xml:space="preserve">K\xc3\xa6re </w:t></w:r>'
        b'<w:r><w:lastRenderedPageBreak/></w:r><w:proofErr w:type="spellEnd"/>'
        b'<w:r w:rsidR="00D4"><w:t>Nadira</w:t></w:r></w:p>',
    )
    assert b"00C3" in noted
    without_break = noted.replace(b"<w:r><w:lastRenderedPageBreak/></w:r>", b"")
    assert compare_documents(data, with_members(data, {BODY: without_break})) is None
    styled = members_of(data)["word/styles.xml"].replace(b"<w:qFormat/>", b'<w:qFormat/><w:rsid w:val="00E5"/>')
    assert b"00E5" in styled
    assert compare_documents(data, with_members(data, {"word/styles.xml": styled})) is None
    bold = without_break.replace(b"<w:t>Nadira", b"<w:rPr><w:b/></w:rPr><w:t>Nadira")
    assert compare_documents(data, with_members(data, {BODY: bold})) == Difference((), (BODY,))


def test_the_same_change_has_the_same_core_whoever_the_letter_is_to() -> None:
    changes = [ParagraphChange(f"Kære {name} Berg, vi ses.", f"Hej {name} Berg, vi ses.") for name in ("Nadira", "Bo")]
    assert {change.core for change in changes} == {("Kære", "Hej")}
    assert ParagraphChange("", "PS. Husk kaffen.").core == ("", "PS. Husk kaffen.")
    assert ParagraphChange("a b a", "a a").core == ("b", "")
