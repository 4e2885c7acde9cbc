"""Days and texts that know where in the file they stand, wherever a document carries them.

Something else may be on the day of a meeting, and a town may be the family's and the municipality's: that a paper says
the same is no proof. So a family is handed out whose days tell their place when they are written out, and whose texts
carry it behind each word, through sentences and lists. What is made of it is looked at and thrown away.
"""

from __future__ import annotations

import re
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

if TYPE_CHECKING:
    from hopdocs.diagnostics import DataPath
    from hopdocs.model.family import Family

_MARK: Final = "\N{START OF HEADING}"
"""Stands before the number of a place. No file can hold it, and nobody who takes texts apart takes it for a blank."""
PLACED: Final = re.compile(rf"{_MARK}(\d+)")
_WORD: Final = re.compile(r"\w+")


class _MarkedDate(date):
    """A day whose place is `number`; a day that is worked out from it has none."""

    number = -1

    def isoformat(self) -> str:
        return _say(super().isoformat(), self.number)


class _MarkedTime(time):
    """A time of the day whose place is `number`."""

    number = -1

    def isoformat(self, timespec: str = "auto") -> str:
        return _say(super().isoformat(timespec), self.number)


def _say(text: str, number: int) -> str:
    return text if number < 0 else f"{text}{_MARK}{number}"


class Marking:
    """The places that were given numbers, and all texts that were met on the way; `marked` are those to mark."""

    def __init__(self, marked: frozenset[DataPath] = frozenset()) -> None:
        self.texts: dict[DataPath, str] = {}
        self._marked = marked
        self._places: list[DataPath] = []

    def places_in(self, said: str) -> set[DataPath]:
        """The places that are told of in what was made of the family."""
        return {self._places[int(number)] for number in PLACED.findall(said)}

    def mark_family(self, family: Family) -> Family:
        """The same family, each day and time of it marked."""
        marked: Family = self._mark(family, ())
        return marked

    def _mark(self, value: Any, at: DataPath) -> Any:  # noqa: PLR0911 - one for each sort of value
        match value:
            case BaseModel():
                fields = type(value).model_fields
                marked = {
                    name: self._mark(getattr(value, name), (*at, fields[name].alias or name))
                    for name in value.model_fields_set
                }
                return value.model_copy(update=marked)
            case dict():
                return {key: self._mark(item, (*at, key)) for key, item in value.items()}
            case tuple():
                return tuple(self._mark(item, (*at, number)) for number, item in enumerate(value))
            case str() if type(value) is str:
                self.texts[at] = value
                return self._mark_words(value, at) if at in self._marked else value
            case date() if type(value) is date:
                return self._number(_MarkedDate(value.year, value.month, value.day), at)
            case time():
                return self._number(_MarkedTime(value.hour, value.minute), at)
        return value

    def _mark_words(self, text: str, at: DataPath) -> str:
        self._places.append(at)
        return _WORD.sub(rf"\g<0>{_MARK}{len(self._places) - 1}", text)

    def _number(self, value: _MarkedDate | _MarkedTime, at: DataPath) -> Any:
        value.number = len(self._places)
        self._places.append(at)
        return value
