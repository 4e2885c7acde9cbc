"""A search for a family's personal data that knows nothing of hopdocs' own: the YAML as it stands against raw bytes.

Every name of a member or of somebody in the network, whole and in its parts, every address and telephone number, in a
mail's bytes as they are, in every part decoded and in every header decoded: no matter where, whatever its case.
"""

from __future__ import annotations

import html
import quopri
import re
import unicodedata
from base64 import b64decode
from contextlib import suppress
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NOBODY = frozenset({"Familien", "Vesterlyng"})
"""Parts of names that name nobody: every family is one, and the place is the municipality's own."""

_CPR = re.compile(r"(?<!\d)[0-3]\d[01]\d\d\d[- ]?\d{4}(?!\d)")


def personal_words(family_file: Path) -> set[str]:
    """What must not leave: from every `name`, `address` and `phone` of the people in the file."""
    family: dict[str, Any] = yaml.safe_load(family_file.read_text("utf-8"))
    people = [*family["members"].values(), *family.get("network", []), family]
    words = set()
    for person in people:
        name = str(person["name"])
        words |= {name, *(part for part in re.split(r"[\s-]+", name) if len(part) > 2 and part[0].isupper())}
        contact = person.get("contact") or {}
        words |= {str(contact[key]) for key in ("address", "phone", "email") if contact.get(key)}
    return words - _NOBODY


def found_in(mail: bytes, words: set[str]) -> set[str]:
    """The words that a mail holds, and anything shaped like a CPR number."""
    texts = [_plain(text) for text in _readings(mail)]
    found = {word for word in words for text in texts if re.search(rf"(?<!\w){re.escape(_plain(word))}(?!\w)", text)}
    found |= {shape for text in _decoded(mail) for shape in _CPR.findall(text)}
    return found


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _readings(mail: bytes) -> Iterator[str]:
    yield mail.decode("latin-1")
    yield quopri.decodestring(mail).decode("utf-8", "replace")
    for block in re.findall(rb"(?:[A-Za-z0-9+/]{76}\r?\n)*[A-Za-z0-9+/]{8,}={0,2}", mail):
        with suppress(ValueError):  # a word that only looks like base64
            yield b64decode(block).decode("utf-8", "replace")
    yield from _decoded(mail)


def _decoded(mail: bytes) -> Iterator[str]:
    message = message_from_bytes(mail, policy=policy.default)
    for name, value in message.items():
        if name.lower() not in {"message-id", "content-type"}:
            yield f"{name}: {value}"
    for part in message.walk():
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            text = payload.decode("utf-8") if isinstance(payload, bytes) else ""
            yield html.unescape(re.sub(r"<[^>]*>", " ", text))
            yield re.sub(r"(?m)^(UID|DTSTAMP)[:;].*$", "", re.sub(r"\r?\n[ \t]", "", text)).replace("\\", "")
