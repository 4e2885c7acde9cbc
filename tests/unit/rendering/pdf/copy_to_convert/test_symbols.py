from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from hopdocs.package_data import shipped_path
from hopdocs.rendering.pdf.copy_to_convert import preparing
from hopdocs.rendering.pdf.copy_to_convert.preparing import prepare_copy
from tests.unit.rendering.words import members_of, with_members

if TYPE_CHECKING:
    from hopdocs.rendering.pdf.worker_pool import PdfConverter

CONSENT = (shipped_path("templates") / "samtykkeerklaering.docx").read_bytes()
"""A letter with boxes to tick before its words."""
RUN = re.compile(r"<w:r>(?:(?!</w:r>).)*</w:r>")
BOLD = "<w:r><w:rPr><w:b/></w:rPr><w:t>Sæt ☑\ufe0f her → nu</w:t></w:r>"


def letter(runs: str, *, name: str = "word/document.xml", data: bytes = CONSENT) -> bytes:
    """The letter with these runs in front of its first."""
    text = members_of(data)[name].decode()
    assert "<w:r>" in text
    return with_members(data, {name: text.replace("<w:r>", f"{runs}<w:r>", 1).encode()})


def test_a_symbol_gets_a_run_of_its_own_that_looks_like_the_words_around_it() -> None:
    copy = prepare_copy(letter(BOLD))
    assert not copy.needs.symbols
    runs = RUN.findall(members_of(copy.data)["word/document.xml"].decode())
    assert runs[:5] == [
        f'<w:r><w:rPr><w:b/>{kerned}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'
        for words, kerned in (
            ("Sæt ", ""),
            ("☑\ufe0f", '<w:kern w:val="1"/>'),
            (" her ", ""),
            ("→", '<w:kern w:val="1"/>'),
            (" nu", ""),
        )
    ]


NOT_PLAIN = {
    "a break in the run": "<w:r><w:t>☐</w:t><w:br/></w:r>",
    "a mark of its own in the next run": "<w:r><w:t>☑</w:t></w:r><w:r><w:t>\ufe0f</w:t></w:r>",
    "a text that was taken out": "<w:r><w:delText>☐</w:delText></w:r>",
    "a sign of a font": '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
    "letters that are kerned": '<w:r><w:rPr><w:kern w:val="28"/></w:rPr><w:t>☐</w:t></w:r>',
    "spaces that do not count": "<w:r><w:t> ☐ Ja </w:t></w:r>",
    "a word above another": "<w:r><w:ruby><w:rt><w:r><w:t>☐</w:t></w:r></w:rt></w:ruby></w:r>",
    "a character by its number": "<w:r><w:t>&#9744;</w:t></w:r>",
}


@pytest.mark.parametrize("runs", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_where_one_symbol_is_not_plainly_words_libreoffice_looks_for_all(runs: str) -> None:
    """All or none: what the copy has parted, the search would join again."""
    copy = prepare_copy(letter(runs))
    assert copy.needs.symbols
    assert members_of(copy.data)["word/document.xml"].count(b'<w:kern w:val="1"/>') == 0


def test_a_symbol_that_a_field_may_fetch_is_left_to_libreoffice() -> None:
    title = members_of(CONSENT)["docProps/core.xml"].replace(b"</cp:coreProperties>", "☐</cp:coreProperties>".encode())
    assert prepare_copy(with_members(CONSENT, {"docProps/core.xml": title})).needs.symbols


def test_the_pdf_is_the_same_as_if_libreoffice_had_looked(
    converter: PdfConverter, monkeypatch: pytest.MonkeyPatch
) -> None:
    parted = converter.convert(CONSENT, "Samtykke")
    monkeypatch.setattr(preparing, "find_plain", lambda *_: None)
    assert prepare_copy(CONSENT).needs.symbols
    assert converter.convert(CONSENT, "Samtykke") == parted
