"""What single values mean: the forms of dates, times, numbers and words that a Danish caseworker writes.

Every scalar reaches the model as the text that stands in the file (YAML's own typing turns `10:00` into 600,
`no` into False and `0412` into 266). The types here read that text, and raise a coded error that the source
layer puts at its line. Each type also tells JSON Schema which forms it takes, so that an editor accepts exactly
what the loader accepts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, NewType, NoReturn

from pydantic_core import PydanticCustomError, core_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from enum import StrEnum

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

FamilyId = NewType("FamilyId", str)
MemberKey = NewType("MemberKey", str)
StaffId = NewType("StaffId", str)
AreaCode = NewType("AreaCode", str)
MeetingId = NewType("MeetingId", str)
GoalId = NewType("GoalId", str)
ActivityId = NewType("ActivityId", str)

TEXTUAL: JsonSchemaValue = {"type": ["string", "number"]}


def reject(code: str, **params: str) -> NoReturn:
    """Refuses a value with a code of the catalogue; the source layer adds the place."""
    raise PydanticCustomError(code, code, params or None)


def shorten(text: str, limit: int = 60) -> str:
    """The start of a value, fit for a one-line message."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def nearest(word: str, choices: list[str]) -> str:
    """The choice that was probably meant, or an empty text."""
    found = get_close_matches(word.lower(), [choice.lower() for choice in choices], n=1, cutoff=0.6)
    return next((choice for choice in choices if found and choice.lower() == found[0]), "")


def nearest_few(word: str, choices: Iterable[str], most: int = 4) -> tuple[str, ...]:
    """The few choices that are most like a word, the nearest first."""
    return tuple(get_close_matches(word.lower(), list(choices), n=most, cutoff=0.0))


@dataclass(frozen=True, eq=False)
class Reader:
    """A pydantic annotation: reads one scalar's text, and knows its JSON Schema."""

    parse: Callable[[str], Any]
    schema: Mapping[str, Any]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Replaces pydantic's own reading of the annotated type."""
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The forms that `parse` takes."""
        return dict(self.schema)

    def _read(self, value: object) -> Any:
        if isinstance(value, str):
            return self.parse(value.strip())
        if isinstance(value, (dict, list)):
            reject("HD120", found="mapping" if isinstance(value, dict) else "list")
        if value is None:
            reject("HD123")
        return value  # already typed: a value made in code, not read from a file


def parse_text(text: str) -> str:
    """Any text but none."""
    if not text:
        reject("HD123")
    return text


Text = Annotated[str, Reader(parse_text, {"type": ["string", "number", "boolean"]})]
"""A piece of writing, any length, kept as written but for white space at its ends."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def parse_machine_name(text: str) -> str:
    """What the system, the mail server or git will be asked for: a control character would make them fail."""
    found = _CONTROL.search(parse_text(text))
    if found:
        reject("HD111", character=f"U+{ord(found[0]):04X}")
    return text


MachineName = Annotated[str, Reader(parse_machine_name, {"type": ["string", "number", "boolean"]})]
"""A file's, a group's, a user's or a branch's name."""


_ID_SHAPE = re.compile(r"[A-Za-z0-9æøåÆØÅ-]{1,64}")


def is_id_shaped(text: str) -> bool:
    """Whether `text` may be the id of a family, a person, a meeting."""
    return _ID_SHAPE.fullmatch(text) is not None


def _parse_id(text: str) -> str:
    if not is_id_shaped(text):
        reject("HD143", value=shorten(text))
    return text


_ID_READER = Reader(_parse_id, {"type": ["string", "number"], "pattern": "^[A-Za-z0-9æøåÆØÅ-]{1,64}$"})
FamilyIdText = Annotated[FamilyId, _ID_READER]
MemberRef = Annotated[MemberKey, _ID_READER]
StaffRef = Annotated[StaffId, _ID_READER]
AreaRef = Annotated[AreaCode, _ID_READER]
MeetingRef = Annotated[MeetingId, _ID_READER]
GoalRef = Annotated[GoalId, _ID_READER]
ActivityRef = Annotated[ActivityId, _ID_READER]

_KEY_SHAPE = re.compile(r"[A-Za-z0-9æøåÆØÅ_-]{1,64}")


def _parse_key(text: str) -> str:
    if not _KEY_SHAPE.fullmatch(text):
        reject("HD143", value=shorten(text))
    return text


KeyText = Annotated[str, Reader(_parse_key, {"type": ["string", "number"], "pattern": "^[A-Za-z0-9æøåÆØÅ_-]{1,64}$"})]
"""A key in `config.yaml` that never becomes a file name: places, law references."""


_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def parse_decimal(text: str) -> Decimal:
    """`7`, `7,5`, `7.5`; three digits after the mark (`1.250`) could be either, so they are asked about."""
    if not _NUMBER.fullmatch(text):
        reject("HD135", value=shorten(text))
    whole, _, rest = text.replace(",", ".").partition(".")
    if len(rest) == 3:  # noqa: PLR2004 - thousands or thousandths
        reject("HD136", value=shorten(text), thousands=f"{whole}{rest}", decimal=f"{whole},{rest[:2]}")
    return Decimal(f"{whole}.{rest}" if rest else whole)


DecimalNumber = Annotated[Decimal, Reader(parse_decimal, TEXTUAL)]
"""A number that may have decimals, with comma or point."""


_MOST = 65_535


def parse_whole_number(text: str) -> int:
    """A whole number from zero to the largest port; as many days, weeks or months still give a day of the calendar."""
    if not re.fullmatch(r"\d{1,5}", text) or int(text) > _MOST:
        reject("HD137", value=shorten(text))
    return int(text)


WholeNumber = Annotated[int, Reader(parse_whole_number, {"type": ["integer", "string"]})]
"""A count."""


_YES = ("ja", "true", "yes")
_NO = ("nej", "false", "no")


def parse_yes_no(text: str) -> bool:
    """`ja`/`nej`, `true`/`false`."""
    lowered = text.lower()
    if lowered in _YES:
        return True
    if lowered in _NO:
        return False
    reject("HD138", value=shorten(text))


def parse_measured(text: str) -> Decimal:
    """A number, or `ja` and `nej`, which count as 1 and 0."""
    return Decimal(parse_yes_no(text)) if is_yes_no(text) else parse_decimal(text)


def is_yes_no(text: str) -> bool:
    """Whether `text` is a word for yes or no."""
    return text.lower() in _YES + _NO


MeasuredValue = Annotated[Decimal, Reader(parse_measured, {"type": ["string", "number", "boolean"]})]
"""What was measured: a number, or yes or no."""


YesNo = Annotated[
    bool,
    Reader(
        parse_yes_no,
        {"anyOf": [{"type": "boolean"}, {"enum": ["ja", "nej", "Ja", "Nej", "true", "false", "yes", "no"]}]},
    ),
]
"""Yes or no."""


def _parse_postcode(text: str) -> str:
    if not re.fullmatch(r"\d{4}", text):
        reject("HD140", value=shorten(text))
    return text


Postcode = Annotated[str, Reader(_parse_postcode, {"type": ["integer", "string"], "pattern": "^[0-9]{4}$"})]
"""Four digits, kept as text: a leading zero counts."""

_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
)


def _parse_email(text: str) -> str:
    if len(text) > 254 or not _EMAIL.fullmatch(text):  # noqa: PLR2004 - RFC 5321, 4.5.3.1.3 less the angle brackets
        reject("HD141", value=shorten(text))
    local, _, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}"


EmailAddress = Annotated[str, Reader(_parse_email, {"type": "string"})]
"""A bare address in the strict form of RFC 5321 4.1.2 (dot-string, ASCII): no display name, comment or list.

The domain is kept in small letters, since capitals make no difference in it (RFC 5321 2.4)."""


def _parse_phone(text: str) -> str:
    digits = re.sub(r"[\s().,/\N{EN DASH}-]|\N{NON-BREAKING HYPHEN}", "", text).removeprefix("+45").removeprefix("0045")
    if not re.fullmatch(r"\d{8}", digits):
        reject("HD142", value=shorten(text))
    return " ".join(digits[i : i + 2] for i in range(0, 8, 2))


PhoneNumber = Annotated[str, Reader(_parse_phone, {"type": ["integer", "string"]})]
"""Eight digits, written in pairs."""

_DURATION = re.compile(r"(\d+) ?(s|sek|m|min|t|h|d)")
_LONGEST_SECONDS = 366 * 86_400
_SECONDS = {"s": 1, "sek": 1, "m": 60, "min": 60, "t": 3600, "h": 3600, "d": 86400}


def parse_duration(text: str) -> timedelta:
    """`20s`, `10m`, `2t`, `1d`; a bare `0` is no time at all."""
    if text == "0":
        return timedelta()
    found = _DURATION.fullmatch(text.lower())
    seconds = int(found[1]) * _SECONDS[found[2]] if found else -1
    if not 0 <= seconds <= _LONGEST_SECONDS:
        reject("HD144", value=shorten(text))
    return timedelta(seconds=seconds)


Duration = Annotated[timedelta, Reader(parse_duration, TEXTUAL)]
"""A length of time."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in so many seconds."""

    count: int
    per_seconds: int


def parse_rate(text: str) -> Rate:
    """`30/min`, `1/s`, `500/t`."""
    found = re.fullmatch(r"(\d+) ?/ ?(s|sek|m|min|t|h|d)", text.lower())
    if not found or int(found[1]) == 0:
        reject("HD145", value=shorten(text))
    return Rate(int(found[1]), _SECONDS[found[2]])


RateText = Annotated[Rate, Reader(parse_rate, {"type": "string"})]
"""How often."""


@dataclass(frozen=True, slots=True)
class HoursWindow:
    """A span of the local day, in minutes from midnight; `end` may be 1440."""

    start: int
    end: int


_DAY_MINUTES = 24 * 60


def parse_hours(text: str) -> HoursWindow:
    """`07.00-17.00`; `00.00-24.00` is always."""
    found = re.fullmatch(r"(\d{1,2})[.:](\d{2}) ?[-–] ?(\d{1,2})[.:](\d{2})", text)
    if not found:
        reject("HD146", value=shorten(text))
    start, end = (int(found[i]) * 60 + int(found[i + 1]) for i in (1, 3))
    if not (0 <= start < end <= _DAY_MINUTES) or int(found[2]) > 59 or int(found[4]) > 59:  # noqa: PLR2004 - the clock
        reject("HD146", value=shorten(text))
    return HoursWindow(start, end)


HoursText = Annotated[HoursWindow, Reader(parse_hours, {"type": "string"})]
"""From when until when on a day."""


def _word_with_aliases(word: StrEnum, aliases: Mapping[str, str]) -> str:
    """`cancelled (aflyst)`: the canonical word, and what else is understood."""
    others = [spelling for spelling, value in aliases.items() if value == word.value]
    return f"{word.value} ({', '.join(others)})" if others else str(word.value)


def closed_list(words: type[StrEnum], aliases: Mapping[str, str] | None = None) -> Reader:
    """Reads one of a closed list of words; `aliases` gives the same word in the other language.

    The canonical word is the enum's value; aliases map a lower-case spelling to it.
    """
    spellings = {str(word.value): word for word in words} | {
        spelling: words(value) for spelling, value in (aliases or {}).items()
    }

    def parse(text: str) -> StrEnum:
        found = spellings.get(" ".join(text.lower().split()))
        if found is None:
            meant = nearest(text, list(spellings))
            likeliest_first = sorted(words, key=lambda word: spellings.get(meant) is not word)
            choices = ", ".join(_word_with_aliases(word, aliases or {}) for word in likeliest_first)
            reject("HD147", value=shorten(text), choices=choices, suggestion=meant)
        return found

    return Reader(parse, {"type": "string", "enum": sorted(spellings)})
