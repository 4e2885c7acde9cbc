"""Digests of contents: equal digest, nothing to do.

What a document is made of is digested by its top-level fields, so that a changed document can say which of them
changed, and so that an edit which the document does not show changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final, NewType

from pydantic_core import PydanticSerializationError, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

Digest = NewType("Digest", str)

NOTHING_THERE: Final = Digest("")
"""Stands for a file that was looked for and is missing: an input like any other, since it may appear later."""

_BYTES: Final = 20
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_bytes(data: bytes) -> Digest:
    """The digest of a file's contents."""
    return Digest(hashlib.blake2b(data, digest_size=_BYTES).hexdigest())


def digest_plain(value: object) -> Digest:
    """The digest of plain data (JSON's types), whatever the order of its keys."""
    return digest_bytes(_ENCODER.encode(value).encode("utf-8", "surrogatepass"))


def digest_sorted(value: object) -> Digest:
    """The same of data whose keys are in order already, in a fifth of the time.

    Numbers of more than sixteen digits or less than a ten-thousandth with a fraction are written in another way.
    """
    try:
        return digest_bytes(to_json(value))
    except PydanticSerializationError:  # half of a surrogate pair
        return digest_plain(value)


def digest_fields(fields: Mapping[str, object]) -> dict[str, Digest]:
    """A digest for each top-level field of a document's data."""
    return {name: digest_sorted(value) for name, value in sorted(fields.items())}


def changed_fields(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that differ, in alphabetical order."""
    return tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
