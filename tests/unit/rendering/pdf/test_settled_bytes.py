"""No moment is left in a PDF, wherever a LibreOffice has written it."""

from __future__ import annotations

import re

import pytest

from hopdocs.rendering.pdf.settled_bytes import settle_bytes
from tests.unit.rendering.words import word_file

IDENTIFIER = b"0123456789ABCDEF" * 2
PDF = (
    b"%%PDF-1.7\n<dc:date>\n    <rdf:Seq>\n     <rdf:li>NOWZ</rdf:li>\n    </rdf:Seq>\n   </dc:date>\n"
    b"<xmp:CreateDate>NOWZ</xmp:CreateDate><xmp:ModifyDate>NOWZ</xmp:ModifyDate>\n"
    b"/CreationDate(D:20261129102042Z')\n/ID [ <%s>\n<%s> ]\n%%%%EOF\n" % (IDENTIFIER, IDENTIFIER)
)


@pytest.mark.parametrize("now", [b"2026-11-29T10:20:42", b"2027-01-02T03:04:05"])
def test_each_of_a_files_dates_is_the_documents_own(now: bytes) -> None:
    settled = settle_bytes(PDF.replace(b"NOW", now), word_file("Kære familie"))
    assert now not in settled
    assert len(set(re.findall(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", settled))) == 1
