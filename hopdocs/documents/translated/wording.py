"""A letter's data in another language: what hopdocs and the municipality say, never what somebody wrote about a family.

A place, a profession, an agenda's usual point, a sentence that hopdocs put together: each is looked up as it stands in
Danish. A name is a name in any language. What the tovholder wrote stays as she wrote it, and the template says so.
"""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from hopdocs.documents.views import (
    AreaLine,
    ContactBox,
    Context,
    DocumentInfo,
    InterpreterView,
    MunicipalityBox,
    Recipient,
)
from hopdocs.languages.filters import Speech, filters_of
from hopdocs.languages.phrases import fill_blanks
from hopdocs.languages.said import Days, Hours, Said
from hopdocs.model.scalars.languages import find_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hopdocs.languages.phrases import Phrases
    from hopdocs.languages.said import Part
    from hopdocs.model.scalars.languages import LetterLanguage

AnyContext = TypeVar("AnyContext", bound=Context)

_ASKED_FOR: Final = frozenset({"code", "id", "key", "kind", "type"})
"""Fields that templates ask for and do not print: `{% if meeting.type == 'interview' %}`."""
_NAMES_A_LANGUAGE: Final[Mapping[type, str]] = MappingProxyType(
    {InterpreterView: "language", Recipient: "interpreter_language"}
)
_BEGIN, _END = "\u200f\u202a", "\u202c\u200f"
"""From left to right, and as before (UAX 9, 2.1 and 2.6), in older marks than the isolates, which not every Word knows.
The outer ones keep two such texts apart: a telephone number and the mail address behind it would change places."""
_LEFT_TO_RIGHT: Final = frozenset({"L", "EN", "AN"})
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})


def put_in_words(context: AnyContext, language: LetterLanguage, phrases: Phrases) -> AnyContext:
    """The same data with its short texts in the language. Whom it is to, and all that is a date or number, stays."""
    put: AnyContext = _Wording(language, phrases).put(context)
    return put


class _Wording:
    """One language's words for a letter's data."""

    def __init__(self, language: LetterLanguage, phrases: Phrases) -> None:
        self._language = language
        self._phrases = phrases
        self._filters = filters_of(language)

    def put(self, value: Any) -> Any:
        """A value of a context, and all below it."""
        if isinstance(value, str):
            return self._set(self._text(value))
        if isinstance(value, tuple):
            return tuple(map(self.put, value))
        if not is_dataclass(value) or isinstance(value, type):
            return value
        return replace(value, **{name: self._field(value, name) for name in _names(value)})

    def _field(self, value: object, name: str) -> Any:
        found = getattr(value, name)
        if _NAMES_A_LANGUAGE.get(type(value)) == name:
            return self._set(self._name_of(found))
        match value:
            case DocumentInfo() if name != "title":
                return found
            case DocumentInfo():
                return self._text(found)
            case AreaLine() if name == "name":
                return self._area(found)
            case Recipient() | MunicipalityBox() if name not in _ASKED_FOR:
                return self._kept(found)
        is_asked_for = name in _ASKED_FOR or (isinstance(value, ContactBox) and name == "role")
        return found if is_asked_for else self.put(found)

    def _area(self, danish: str) -> str:
        """An area by both its names: the sign on the door, and the line of the form, are in Danish."""
        said = self._text(danish)
        return self._set(danish) if said == danish else f"{self._set(said)} ({self._set(danish)})"

    def _kept(self, value: Any) -> Any:
        """A name or an address, which is the same in every language, and runs its own way among other letters."""
        if isinstance(value, tuple):
            return tuple(map(self._kept, value))
        return self._set(value) if isinstance(value, str) else value

    def _text(self, danish: str) -> str:
        if isinstance(danish, Said):
            pattern = self._phrases.find(danish.pattern) or ""
            parts = {name: self._part(part) for name, part in danish.parts.items()}
            return fill_blanks(pattern, parts) or str(danish)
        return self._phrases.find(danish) or danish

    def _part(self, part: Part) -> str:
        say: dict[str, Callable[..., str]] = dict(self._filters)
        match part:
            case Days():
                return say["periode"](*part)
            case Hours():
                return say["tidsrum"](*part)
            case date():
                return say["lang_dato"](part)
        return self._set(self._text(part))

    def _name_of(self, spoken: str) -> str:
        known = find_language(spoken) if spoken else None
        if known is None or self._language.is_danish:
            return spoken
        return Speech(self._language).language_name(known)

    def _set(self, text: str) -> str:
        """Text of Latin letters or numbers in a line that runs the other way: a telephone number keeps its order."""
        if not self._language.is_right_to_left:
            return text
        directions = {unicodedata.bidirectional(letter) for letter in text}
        is_foreign = bool(directions & _LEFT_TO_RIGHT) and not directions & _RIGHT_TO_LEFT
        return f"{_BEGIN}{text}{_END}" if is_foreign else text


def _names(value: Any) -> tuple[str, ...]:
    return tuple(item.name for item in fields(value))
