"""Whether a protected PDF opens for everybody: then it is its owner's wish that it is not changed, and no lock.

pypdf decrypts only RC4 by itself, so a file that opens is told apart from one that does not, and both are left out.
Of AES there is just as much here as the question needs: the newest kind hashes its passwords with it (ISO 32000-2,
7.6.4.3.4), and a few thousand blocks are a second's work.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from pypdf import PdfReader
from pypdf._encryption import Encryption  # the password's check alone, without reading the file
from pypdf.generic import ByteStringObject

from hopdocs.rendering.pdf.attached.objects import dictionary_of, items_of, number_of, resolve

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject

_AES_256: Final = 5
_HASHED_WITH_AES: Final = 6
_ROUNDS: Final = 64
_MOST_ROUNDS: Final = 1000


class LockedError(Exception):
    """Nobody reads it without a password."""


class ProtectedError(Exception):
    """Everybody reads it, and its owner forbids changing it."""


class UnprotectedReader(PdfReader):
    """Reads a file that is not encrypted; each kind of encryption is an error of its own, before pypdf meets it."""

    def _handle_encryption(self, password: str | bytes | None) -> None:
        del password
        self._override_encryption = True
        raise ProtectedError if _opens_without_password(self) else LockedError


def _opens_without_password(reader: PdfReader) -> bool:
    entry = dictionary_of(reader.trailer["/Encrypt"])
    if entry.get("/Filter") != "/Standard":
        return False
    if number_of(entry.get("/V")) >= _AES_256:
        return _opens_newest(entry)
    identity = resolve(next(iter(items_of(reader.trailer.get("/ID"))), None))
    first = _bytes_of(identity) if identity is not None else b""
    return bool(Encryption.read(entry, first).verify(b""))


def _opens_newest(entry: DictionaryObject) -> bool:
    known = _bytes_of(resolve(entry.get("/U")))[:48]
    expected, salt = known[:32], known[32:40]
    is_hashed = number_of(entry.get("/R")) >= _HASHED_WITH_AES
    return len(expected) == 32 and _hash_password(salt, is_hashed=is_hashed) == expected  # noqa: PLR2004 - SHA-256


def _bytes_of(value: object) -> bytes:
    if isinstance(value, ByteStringObject):
        return bytes(value)
    found = getattr(value, "original_bytes", b"")
    return found if isinstance(found, bytes) else b""


def _hash_password(salt: bytes, *, is_hashed: bool) -> bytes:
    """Of the empty password."""
    key = hashlib.sha256(salt).digest()
    if not is_hashed:
        return key
    for number in range(1, _MOST_ROUNDS):
        encrypted = _encrypt_cbc(key[:16], key[16:32], key * 64)
        chosen = (hashlib.sha256, hashlib.sha384, hashlib.sha512)[sum(encrypted[:16]) % 3]
        key = chosen(encrypted).digest()
        if number >= _ROUNDS and encrypted[-1] <= number - 32:
            break
    return key[:32]


def _double(value: int) -> int:
    """Times x, in the field that AES counts in (FIPS 197, 4.2.1)."""
    return (value << 1) ^ (0x11B if value & 0x80 else 0)


def _make_box() -> bytes:
    """The S-box of FIPS 197, 5.1.1: each byte's inverse, its bits mixed."""
    box, power, inverse = bytearray(256), 1, 1
    while True:
        power ^= _double(power)
        for shift in (1, 2, 4):
            inverse = (inverse ^ (inverse << shift)) & 0xFF
        inverse ^= 0x09 if inverse & 0x80 else 0
        mixed = inverse
        for turn in range(1, 5):
            mixed ^= ((inverse << turn) | (inverse >> (8 - turn))) & 0xFF
        box[power] = mixed ^ 0x63
        if power == 1:
            box[0] = 0x63
            return bytes(box)


_BOX: Final = _make_box()
_COLUMNS: Final = tuple(
    tuple(
        int.from_bytes(bytes((two, one, one, two ^ one)[(row - turn) % 4] for row in range(4)))
        for one, two in ((byte, _double(byte)) for byte in _BOX)
    )
    for turn in range(4)
)
"""What a byte adds to its column, by its row: the S-box and MixColumns in one."""


def _expand(key: bytes) -> list[int]:
    words = [int.from_bytes(key[at : at + 4]) for at in range(0, 16, 4)]
    constant = 1
    while len(words) < 44:  # noqa: PLR2004 - four words for each of eleven keys
        last = words[-1]
        if len(words) % 4 == 0:
            turned = ((last << 8) | (last >> 24)) & 0xFFFFFFFF
            last = int.from_bytes(turned.to_bytes(4).translate(_BOX)) ^ (constant << 24)
            constant = _double(constant)
        words.append(words[-4] ^ last)
    return words


def _encrypt_cbc(key: bytes, before: bytes, data: bytes) -> bytes:
    """AES-128 in CBC mode, without padding."""
    keys, (zero, one, two, three) = _expand(key), _COLUMNS
    state = [int.from_bytes(before[at : at + 4]) for at in range(0, 16, 4)]
    out = bytearray()
    for at in range(0, len(data), 16):
        state = [state[n] ^ int.from_bytes(data[at + 4 * n : at + 4 * n + 4]) ^ keys[n] for n in range(4)]
        for turn in range(4, 40, 4):
            a, b, c, d = state
            state = [
                zero[w >> 24] ^ one[x >> 16 & 255] ^ two[y >> 8 & 255] ^ three[z & 255] ^ keys[turn + n]
                for n, (w, x, y, z) in enumerate(((a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c)))
            ]
        a, b, c, d = state
        state = [
            (_BOX[w >> 24] << 24 | _BOX[x >> 16 & 255] << 16 | _BOX[y >> 8 & 255] << 8 | _BOX[z & 255]) ^ keys[40 + n]
            for n, (w, x, y, z) in enumerate(((a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c)))
        ]
        out += b"".join(word.to_bytes(4) for word in state)
    return bytes(out)
