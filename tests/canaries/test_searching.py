"""A word is found wherever a file hides it."""

from __future__ import annotations

import io
import sqlite3
import zipfile
import zlib
from base64 import b64encode
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfWriter

from tests.canaries.searching import mail_words, words_in
from tests.canaries.words import word_at

if TYPE_CHECKING:
    from pathlib import Path

WORD = word_at(77)


def zipped(name: str, text: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as parts:
        parts.writestr(name, text)
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        zipped("word/document.xml", f"<w:t>{WORD}</w:t>"),
        zipped("word/document.xml", f"<w:t>{WORD[:4]}</w:t></w:r><w:r><w:t>{WORD[4:]}</w:t>"),
        zipped("docProps/core.xml", f"<dc:title>{WORD.upper()}</dc:title>"),
        zipped(f"word/media/{WORD}.png", ""),
        zipped("word/comments.xml", f"<w:comment w:author='{WORD}'/>"),
        f"<p>{WORD[:5]}<b>{WORD[5:]}s</b></p>".encode(),
    ],
    ids=["text", "two runs", "properties", "name of a part", "attribute", "page"],
)
def test_a_word_is_found(data: bytes) -> None:
    assert words_in(data) == {WORD}


def test_a_word_is_found_in_a_pdfs_metadata_and_enclosures() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": WORD})
    other = word_at(78)
    writer.add_attachment("plan.docx", zipped("word/document.xml", other))
    data = io.BytesIO()
    writer.write(data)
    assert words_in(data.getvalue()) == {WORD, other}


def test_a_word_is_found_in_a_database_squeezed_and_in_what_was_deleted(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "some.db")) as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("CREATE TABLE some (text TEXT)")
        squeezed = b64encode(zlib.compress(f"name: {word_at(78)}, and some more".encode())).decode()
        database.executemany("INSERT INTO some VALUES (?)", [(WORD,), (squeezed,)])
        database.commit()
        database.execute("DELETE FROM some")
        database.commit()
    assert words_in((tmp_path / "some.db").read_bytes()) == {WORD, word_at(78)}


def test_a_word_is_found_in_an_encoded_mail() -> None:
    mail = (
        "Subject: =?utf-8?q?" + "".join(f"={ord(letter):02X}" for letter in WORD) + "?=\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        f"{word_at(78)[:3]}=\r\n{word_at(78)[3:]}\r\n"
    )
    assert mail_words(mail.encode()) == {WORD, word_at(78)}
