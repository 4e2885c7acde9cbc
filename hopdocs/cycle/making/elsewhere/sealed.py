"""What is sent and what comes back, in a form that no log can show."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Sealed:
    """Bytes of somebody's papers. A program that logs what it was given writes no word of it."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __repr__(self) -> str:
        return "<sealed>"

    def __getstate__(self) -> bytes:
        return self.data

    def __setstate__(self, data: bytes) -> None:
        self.data = data


class Word(StrEnum):
    """How an answer is meant."""

    DONE = "done"
    LACKS_SETTINGS = "lacks settings"
    """Whoever was asked does not have what the families share: it is to be asked again, with it."""
    REFUSED = "refused"
    """Whoever was asked is not like the machine that asks, and would make other files."""
    FAULT = "fault"
    """LibreOffice, or hopdocs itself: the answer says which."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    word: Word
    content: Sealed

    @classmethod
    def of(cls, word: Word, value: object = None) -> Answer:
        """A value, sealed."""
        return cls(word, seal(value))

    @property
    def value(self) -> Any:
        """The value again."""
        return unseal(self.content)


def seal(value: object) -> Sealed:
    """A plain value as bytes."""
    return Sealed(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def unseal(sealed: Sealed) -> Any:
    """The inverse of `seal`. Who can send to us is known by certificate, and runs our own program."""
    return pickle.loads(sealed.data)  # noqa: S301 - as said
