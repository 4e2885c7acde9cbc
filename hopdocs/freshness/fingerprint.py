"""Digests of contents: equal digest, nothing to do."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final, NewType

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


def digest_source(data: bytes) -> Digest:
    """The digest of a file that people write. All are hashed at every look, so by what processors are built for."""
    return Digest(hashlib.sha256(data).hexdigest())


def digest_plain(value: object) -> Digest:
    """The digest of plain data (JSON's types), whatever the order of its keys."""
    return digest_bytes(_ENCODER.encode(value).encode("utf-8", "surrogatepass"))


def changed_fields(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that differ, in alphabetical order."""
    return tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
