"""A finished mail as a person would read it: headers, text, HTML and calendar, decoded as a mail program decodes them.

RFC 2047 headers, transfer encodings, unfolded calendar lines, HTML entities. Mails of the very shape that
`notices.mail.message` gives them are taken apart here, which is a tenth of the work; whatever differs from it in
one byte goes through the standard library's parser.
"""

from __future__ import annotations

import binascii
import email
import email.policy
import html
import re
import unicodedata
from email.header import decode_header, make_header
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hopdocs.catalogue.masking import mark_unseen, plain_signs
from hopdocs.notices.mail.message import INNER_BOUNDARY, OUTER_BOUNDARY

if TYPE_CHECKING:
    from email.message import Message

_MACHINE_HEADERS: Final = frozenset(
    {"message-id", "date", "mime-version", "content-type", "content-transfer-encoding", "auto-submitted"}
)
_HEADERS_OF_A_PART: Final = frozenset({"content-type", "content-transfer-encoding"})
_MACHINE_LINES: Final = re.compile(r"(?m)^(?:UID|DTSTAMP|DTSTART|DTEND|SEQUENCE|PRODID)[:;].*$")

_FRAME: Final = re.compile(
    (
        r"((?:[!-9;-~]+: [^\r\n]*(?:\r\n[ \t][^\r\n]*)*\r\n)*)"
        rf'Content-Type: multipart/mixed; boundary="{OUTER_BOUNDARY}"\r\n\r\n--{OUTER_BOUNDARY}\r\n'
        rf'Content-Type: multipart/alternative; boundary="{INNER_BOUNDARY}"\r\n\r\n'
        rf"--{INNER_BOUNDARY}\r\n(.*)\r\n--{INNER_BOUNDARY}--\r\n--{OUTER_BOUNDARY}--\r\n"
    ).encode(),
    re.DOTALL,
)
_PART: Final = re.compile(
    rb'Content-Type: text/(plain|html|calendar); charset="utf-8"(?:; method=[A-Z]+)?\r\n'
    rb"Content-Transfer-Encoding: (quoted-printable|base64)\r\n\r\n(.*)",
    re.DOTALL,
)
_HEADER: Final = re.compile(r"([!-9;-~]+): ([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)\r\n")
_BETWEEN_PARTS: Final = f"\r\n--{INNER_BOUNDARY}\r\n".encode()
_BOUNDARY_BYTES: Final = b"--=_hopdocs"


def readable_text(mime: bytes) -> list[str]:
    """Every header and part of a mail as a person would read it."""
    return _read_own(mime) or _read_any(mime)


def normalise_text(text: str) -> str:
    """One way to write each letter, one kind of blank and of dash, and nothing that cannot be seen."""
    return unicodedata.normalize("NFC", plain_signs(text))


def as_seen(text: str) -> str:
    """The same, with a mark (`UNSEEN`) for what cannot be seen: somebody may have put it in place of a blank."""
    return unicodedata.normalize("NFC", mark_unseen(text))


def _read_own(mime: bytes) -> list[str] | None:
    """A mail of our own shape, the headers as one text; None for any other."""
    frame = _FRAME.fullmatch(mime)
    if frame is None or not mime.isascii():
        return None
    raw_parts = frame[2].split(_BETWEEN_PARTS)
    if mime.count(_BOUNDARY_BYTES) != len(raw_parts) + 3:
        return None
    texts = [_read_part(raw) for raw in raw_parts]
    headers = [(name.lower(), name, value) for name, value in _HEADER.findall(frame[1].decode("ascii"))]
    if None in texts or any(lower in _HEADERS_OF_A_PART for lower, _, _ in headers):
        return None
    shown = [f"{name}: {_decoded(value)}" for lower, name, value in headers if lower not in _MACHINE_HEADERS]
    return [as_seen(_HEADERS_APART.join(shown)), *filter(None, texts)]


_HEADERS_APART: Final = "\n\x00\n"
"""No phrase and no number reaches across it."""


@lru_cache(maxsize=64)
def _read_part(raw: bytes) -> str | None:
    """One part of our own shape; None if it isn't. Everybody who is invited gets the same calendar part."""
    part = _PART.fullmatch(raw)
    if part is None:
        return None
    kind, encoding, body = part.groups()
    if encoding == b"quoted-printable":
        payload = binascii.a2b_qp(body)
    else:
        try:
            payload = binascii.a2b_base64(body.replace(b"\r\n", b""), strict_mode=True)
        except binascii.Error:
            return None
    return _shown(f"text/{kind.decode('ascii')}", payload)


def _read_any(mime: bytes) -> list[str]:
    """Any mail, each header and part by itself.

    The plain parser, with the headers decoded here: the one that parses every header takes eight times as long.
    """
    message = email.message_from_bytes(mime, policy=email.policy.compat32)
    texts = [
        f"{name}: {_decoded(str(value))}" for name, value in message.items() if name.lower() not in _MACHINE_HEADERS
    ]
    for part in message.walk():
        if part is not message:
            texts += _labels(part)
        texts += [text for text in (part.preamble, part.epilogue) if text]
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            texts.append(_shown(part.get_content_type(), payload))
    return [as_seen(text) for text in texts]


def _labels(part: Message) -> list[str]:
    """What a part says of itself, a file's name with RFC 2231's encoding undone."""
    names = ("Content-Disposition", "Content-Description")
    return [*(_decoded(str(part[name])) for name in names if part[name]), _decoded(part.get_filename() or "")]


def _shown(kind: str, payload: bytes) -> str:
    body = payload.decode("utf-8", "replace")
    if kind == "text/calendar":
        body = _MACHINE_LINES.sub("", re.sub(r"\r?\n[ \t]", "", body))
        body = body.replace("\\n", "\n").replace("\\N", "\n").replace("\\,", ",").replace("\\;", ";")
    elif kind == "text/html":
        body = html.unescape(re.sub(r"<[^>]*>", " ", body))
    return as_seen(body)


@lru_cache(maxsize=256)
def _decoded(value: str) -> str:
    """A header's value with its encoded words read (RFC 2047) and its folds undone."""
    unfolded = re.sub(r"\r?\n", "", value)
    return str(make_header(decode_header(unfolded))) if "=?" in unfolded else unfolded
