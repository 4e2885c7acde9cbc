"""The last look at a finished mail: does it hold what no mail may hold?

It reads the bytes that would leave, decoded as the recipient's program decodes them (RFC 2047 headers, transfer
encodings, unfolded calendar lines, HTML entities), and not the data that they were made from: so it also
finds what got in by a way that nobody thought of. A finding never repeats what was found.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
import html
import re
import unicodedata
from dataclasses import dataclass
from email.header import decode_header, make_header
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hopdocs.notices.wanted import PrivateWords

LeakKind: TypeAlias = Literal["cpr", "name", "phone", "address", "email", "first_name"]

CPR_SHAPE: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-2]\d|3[01]|[67]\d|8\d|9[01])(?:0\d|1[0-2])\d{2}[- ]?\d{4}(?![0-9A-Za-z])"
)
"""Anything shaped like a CPR number, whether or not modulus 11 holds (it doesn't since 2007, cpr.dk).

Days above 60 are the health service's substitute numbers.
"""

_MACHINE_HEADERS: Final = frozenset(
    {"message-id", "date", "mime-version", "content-type", "content-transfer-encoding", "auto-submitted"}
)
_MACHINE_LINES: Final = re.compile(r"(?m)^(?:UID|DTSTAMP|DTSTART|DTEND|SEQUENCE|PRODID)[:;].*$")


@dataclass(frozen=True, slots=True)
class Leak:
    """One thing that must not leave; where it only might be a name, it warns and does not stop."""

    kind: LeakKind

    @property
    def blocks(self) -> bool:
        """Whether the mail must stay. A first name alone may be the place's or a colleague's."""
        return self.kind != "first_name"


_VERDICTS: Final[dict[tuple[bytes, PrivateWords], tuple[Leak, ...]]] = {}
"""What was found in which bytes: a waiting mail is asked about again in every cycle, and its bytes never change."""

_MOST_VERDICTS: Final = 8192


def scan_mail(mime: bytes, words: PrivateWords) -> tuple[Leak, ...]:
    """What the mail holds that it must not; at most one of each kind."""
    key = (hashlib.sha256(mime).digest(), words)
    found = _VERDICTS.get(key)
    if found is None:
        if len(_VERDICTS) >= _MOST_VERDICTS:
            _VERDICTS.clear()
        found = _VERDICTS[key] = _scan(mime, words)
    return found


def _scan(mime: bytes, words: PrivateWords) -> tuple[Leak, ...]:
    text = readable_text(mime)
    found: list[LeakKind] = []
    for part in text:
        reduced = _without(part, words.allowed)
        if CPR_SHAPE.search(reduced):
            found.append("cpr")
        for kind, listed in _word_lists(words):
            if listed and _pattern(tuple(listed)).search(reduced):
                found.append(kind)
        if any(_phone_pattern(phone).search(reduced) for phone in words.phones):
            found.append("phone")
    return tuple(Leak(kind) for kind in dict.fromkeys(found))


def readable_text(mime: bytes) -> list[str]:
    """Every header and part of a mail as a person would read it.

    The plain parser, with the headers decoded here: the one that parses every header takes eight times as long.
    """
    message = email.message_from_bytes(mime, policy=email.policy.compat32)
    texts = [
        f"{name}: {_decoded(str(value))}" for name, value in message.items() if name.lower() not in _MACHINE_HEADERS
    ]
    for part in message.walk():
        if part is not message:
            texts += [
                _decoded(str(part[name])) for name in ("Content-Disposition", "Content-Description") if part[name]
            ]
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        body = payload.decode("utf-8", "replace")
        kind = part.get_content_type()
        if kind == "text/calendar":
            body = _MACHINE_LINES.sub("", re.sub(r"\r?\n[ \t]", "", body))
            body = body.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
        elif kind == "text/html":
            body = html.unescape(re.sub(r"<[^>]*>", " ", body))
        texts.append(body)
    return [_normalise(text) for text in texts]


def _decoded(value: str) -> str:
    """A header's value with its encoded words read (RFC 2047) and its folds undone."""
    return str(make_header(decode_header(re.sub(r"\r?\n", "", value))))


def _word_lists(words: PrivateWords) -> Iterable[tuple[LeakKind, Sequence[str]]]:
    return (
        ("name", words.full_names),
        ("address", words.addresses),
        ("email", words.emails),
        ("first_name", words.first_names),
    )


def _without(text: str, allowed: Sequence[str]) -> str:
    return _pattern(tuple(allowed)).sub(" ¤ ", text) if allowed else text


@lru_cache(maxsize=512)
def _pattern(listed: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words or phrases, whole, whatever the case and the white space between."""
    phrases = sorted({_normalise(item) for item in listed if item.strip()}, key=len, reverse=True)
    body = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{body or '(?!)'})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=512)
def _phone_pattern(phone: str) -> re.Pattern[str]:
    digits = re.sub(r"\D", "", phone)[-8:]
    return re.compile(r"(?<!\d)" + r"[ .\-]?".join(digits) + r"(?!\d)" if digits else "(?!)")


def _normalise(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ")
