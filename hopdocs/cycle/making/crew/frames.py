"""Messages on a stream: eight bytes that say how long, one that says what, and the rest.

The reader takes what is there and keeps what is not whole yet, so that half a message holds nobody up.
"""

from __future__ import annotations

import struct
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD: Final = struct.Struct("!Q")


class Word(Enum):
    """What a worker says, and what it is told."""

    SIGN = b"+"
    """It has begun, or is done with one more family."""
    DONE = b"="
    """Products, pickled."""
    FAULT = b"!"
    """An exception, pickled."""
    WORK = b"?"
    """Tasks, pickled."""


def frame(word: Word, content: bytes = b"") -> bytes:
    """One message."""
    return _HEAD.pack(len(content) + 1) + word.value + content


class FrameReader:
    """Puts messages together from whatever pieces arrive."""

    def __init__(self) -> None:
        self._unread = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[Word, bytes]]:
        """The messages that are whole now."""
        self._unread += data
        while len(self._unread) >= _HEAD.size:
            [length] = _HEAD.unpack_from(self._unread)
            end = _HEAD.size + length
            if len(self._unread) < end:
                return
            message = bytes(self._unread[_HEAD.size : end])
            del self._unread[:end]
            yield Word(message[:1]), message[1:]
