"""Looks for canary words wherever a file may hide them: every part of a docx, a PDF's text, metadata and enclosures.

A database is looked at as it lies, its free pages too, with what is packed in it.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from base64 import b64decode
from contextlib import suppress
from email import policy
from email.parser import BytesParser
from html import unescape
from typing import TYPE_CHECKING

from pypdf import PdfReader

from tests.canaries.words import canaries_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TAG = re.compile(r"<[^>]*>")
_PACKED = re.compile(rb"[A-Za-z0-9+/\r\n]{24,}={0,2}")
_seen: dict[bytes, frozenset[str]] = {}


def words_in(data: bytes) -> frozenset[str]:
    """The canary words of a file's bytes, whatever kind of file it is."""
    digest = hashlib.sha256(data).digest()
    if digest not in _seen:
        _seen[digest] = frozenset().union(*(canaries_in(text) for text in _texts(data)))
    return _seen[digest]


def files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, hidden ones and those of earlier hands too, by its path from the folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _texts(data: bytes) -> Iterator[str]:
    if data.startswith(b"PK"):
        yield from _docx_texts(data)
    elif data.startswith(b"%PDF"):
        yield from _pdf_texts(data)
    else:
        text = data.decode("utf-8", "replace")
        yield text
        yield unescape(_TAG.sub("", text))
        if data.startswith(b"SQLite format 3") or b"\0" in data[:100]:  # its journal
            yield from _packed_texts(data)


def _packed_texts(data: bytes) -> Iterator[str]:
    """What stands in base64, as mail does, and what was squeezed before that; a page may end in the midst of it."""
    for found in _PACKED.finditer(data):
        packed = found[0].replace(b"\r", b"").replace(b"\n", b"")
        for begin in range(4):  # what stands before it may look like a part of it
            yield _decoded(packed[begin:]).decode("utf-8", "replace")
        for squeezed in re.finditer(b"eJ", packed):
            with suppress(zlib.error):
                inner = zlib.decompressobj().decompress(_decoded(packed[squeezed.start() :]))
                yield inner.decode("utf-8", "replace")


def _decoded(packed: bytes) -> bytes:
    return b64decode(packed[: len(packed) // 4 * 4])


def _docx_texts(data: bytes) -> Iterator[str]:
    """Each part as it stands, and without its marks: Word may cut a word into runs."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        yield parts.comment.decode("utf-8", "replace")
        for name in parts.namelist():
            yield name
            yield from _texts(parts.read(name))


def _pdf_texts(data: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(data))
    yield str(reader.metadata)
    if reader.xmp_metadata is not None:
        yield reader.xmp_metadata.stream.get_data().decode("utf-8", "replace")
    for page in reader.pages:
        yield page.extract_text()
    for title in reader.outline:
        yield str(title)
    for name, contents in reader.attachments.items():
        yield name
        for content in contents:
            yield from _texts(content)


def mail_words(data: bytes) -> frozenset[str]:
    """The canary words of a mail: its headers decoded, its parts, and the calendar entry unfolded."""
    mail = BytesParser(policy=policy.default).parsebytes(data)
    found = canaries_in(" ".join(f"{name}: {value}" for name, value in mail.items()))
    for part in mail.walk():
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(payload)
            found |= canaries_in(text) | canaries_in(re.sub(r"\r?\n[ \t]", "", text))
    return found
