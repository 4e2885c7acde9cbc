from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfWriter

from hopdocs.rendering.pdf.attached.protection import LockedError, ProtectedError
from hopdocs.rendering.pdf.attached.reading import read_attachment
from tests.unit.rendering.pdf.files import case


def encrypted(algorithm: str, user: str) -> bytes:
    """The kinds that pypdf makes by itself; those with AES were made with `cryptography` and lie in `cases`."""
    if algorithm.startswith("AES"):
        return case(f"{'user' if user else 'owner'}-{algorithm.lower()}")
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt(user, "ejer", algorithm=algorithm)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_file_that_opens_for_everybody_is_told_apart_from_a_locked_one() -> None:
    with pytest.raises(ProtectedError):
        read_attachment(case("owner-password"), 10)


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
@pytest.mark.parametrize(("user", "error"), [("", ProtectedError), ("hemmelig", LockedError)])
def test_each_kind_of_protection_is_told_apart(algorithm: str, user: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_attachment(encrypted(algorithm, user), 10)


def test_protection_of_another_maker_counts_as_locked() -> None:
    with pytest.raises(LockedError):
        read_attachment(encrypted("RC4-128", "").replace(b"/Filter /Standard", b"/Filter /Fremmede"), 10)
