"""How single values may be written, as JSON Schema and in Danish words: an entry a form of the model's values.

Patterns are ECMA regular expressions without flags, so small and capital letters are both spelled out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hopdocs.model.scalars import moments, values, weekly
from hopdocs.model.scalars.moments import MONTHS, WEEKDAYS
from hopdocs.model.scalars.values import Reader, parse_yes_no

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def describe_form(kind: Any, reader: Reader) -> dict[str, Any]:
    """The schema of a scalar, with a Danish description where the form is not plain text."""
    if "enum" in reader.schema:
        return _one_of(reader.schema["enum"])
    known = _FORMS.get(reader.parse)
    schema = dict(known if known is not None else reader.schema)
    if "anyOf" not in schema:
        schema.setdefault("type", ["string", "number", "boolean"])
    if words := _NAMES.get(getattr(kind, "__name__", "")):
        schema["description"] = words
    return schema


def _any_case(word: str) -> str:
    """A pattern for a word in small or capital letters, single spaces as any white space."""
    pairs = []
    for letter in word:
        if letter == " ":
            pairs.append(r"\s+")
        elif letter.upper() != letter.lower():
            pairs.append(f"[{letter.upper()}{letter.lower()}]")
        else:
            pairs.append(letter)
    return "".join(pairs)


def _any_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(_any_case(word) for word in words) + ")"


def _one_of(spellings: list[str]) -> dict[str, Any]:
    """A closed list: the words for completion, any case for checking."""
    return {
        "anyOf": [{"enum": list(spellings)}, {"type": "string", "pattern": rf"^\s*{_any_of(spellings)}\s*$"}],
        "description": f"Et af: {', '.join(spellings)}.",
    }


_WEEKDAY: Final = rf"(?:(?:{_any_of(WEEKDAYS)}|{_any_case('den')}),? )?(?:{_any_case('den')} |[Dd]\. ?)?"
_MONTH_WORD: Final = rf"(?:{'|'.join(_any_case(name[:3]) + '[A-Za-zæøåÆØÅ]*' for name in MONTHS)})"
_DAY: Final = (
    rf"(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}}|\d{{1,2}}\.? ?{_MONTH_WORD}\.? \d{{4}})"
)
_CLOCK: Final = rf"(?:{_any_case('kl')}\.? ?)?\d{{1,2}}(?:[.:]\d{{2}})?"
_SPAN: Final = r"\d{1,2}[.:]\d{2} ?[-–] ?\d{1,2}[.:]\d{2}"
_UNIT: Final = _any_of(("s", "sek", "m", "min", "t", "h", "d"))

_DATE: Final = {
    "type": "string",
    "pattern": rf"^\s*{_WEEKDAY}{_DAY}\s*$",
    "description": "Dato: 2026-11-24, 24.11.2026, 24. november 2026 eller tirsdag 24.11.2026.",
}
_YES_NO: Final = {
    "anyOf": [
        {"type": "boolean"},
        {"enum": ["ja", "nej"]},
        {"type": "string", "pattern": rf"^\s*{_any_of(('ja', 'nej', 'true', 'false', 'yes', 'no'))}\s*$"},
    ],
    "description": "ja eller nej.",
}

_DECIMAL: Final = {
    "type": ["string", "number"],
    "pattern": r"^\s*-?\d+(?:[.,](?:\d{1,2}|\d{4,}))?\s*$",
    "description": "Et tal: 7, 7,5 eller 7.5.",
}

_FORMS: Final[dict[Callable[[str], Any], dict[str, Any]]] = {
    moments.parse_date: _DATE,
    moments.parse_time: {
        "type": ["string", "number"],
        "pattern": rf"^\s*{_CLOCK}\s*$",
        "description": "Klokkeslæt: 10.00, 10:00 eller kl. 10.",
    },
    moments.parse_start: {
        "type": ["string", "number"],
        "pattern": rf"^\s*(?:{_any_case('fra')} )?{_CLOCK}(?: ?(?:[-–]|{_any_case('til')}) ?{_CLOCK})?\s*$",
        "description": "Klokkeslæt: 10.00, 10:00 eller kl. 10.",
    },
    moments.parse_date_and_time: {
        "type": "string",
        "pattern": rf"^\s*{_WEEKDAY}{_DAY}(?:[ ,]*{_any_case('kl')}\.?)? \d{{1,2}}[.:]\d{{2}}\s*$",
        "description": "Dag og klokkeslæt: 2026-11-24 10.00.",
    },
    values.parse_decimal: _DECIMAL,
    values.parse_measured: {
        "anyOf": [{key: _DECIMAL[key] for key in ("type", "pattern")}, *_YES_NO["anyOf"]],
        "description": "Et tal (7, 7,5 eller 7.5), eller ja eller nej.",
    },
    values.parse_whole_number: {
        "type": ["integer", "string"],
        "minimum": 0,
        "pattern": r"^\s*\d{1,9}\s*$",
        "description": "Et helt tal.",
    },
    parse_yes_no: _YES_NO,
    moments.parse_month: {
        "type": ["string", "number"],
        "pattern": rf"^\s*(?:\d{{4}}-\d{{1,2}}|\d{{1,2}}[./-]\d{{4}}|{_MONTH_WORD} \d{{4}})\s*$",
        "description": "En måned: 2026-09, 09.2026 eller september 2026.",
    },
    values.parse_duration: {
        "type": ["string", "number"],
        "pattern": rf"^\s*(?:0|\d+ ?{_UNIT})\s*$",
        "description": "Et tidsrum: 20s, 10m, 2t eller 1d.",
    },
    values.parse_rate: {
        "type": "string",
        "pattern": rf"^\s*\d+ ?/ ?{_UNIT}\s*$",
        "description": "Et tempo: 30/min.",
    },
    values.parse_hours: {
        "type": "string",
        "pattern": rf"^\s*{_SPAN}\s*$",
        "description": "Fra klokken til klokken: 07.00-17.00.",
    },
    weekly.parse_weekly_time: {
        "type": "string",
        "pattern": rf"^\s*{_any_of(WEEKDAYS)}[Ee]?\s+(?:{_any_case('kl')}\.? ?)?{_SPAN}\s*$",
        "description": "Ugedag og tid: tirsdag 9.00-12.00.",
    },
}

_NAMES: Final = {
    "MemberKey": "En nøgle under members.",
    "StaffId": "En medarbejders korte id fra config.yaml.",
    "AreaCode": "Et fagområdes kode fra config.yaml.",
    "MeetingId": "Et mødes id: bogstaver, cifre og bindestreger.",
    "GoalId": "Et måls id: bogstaver, cifre og bindestreger.",
    "ActivityId": "En indsats' id: bogstaver, cifre og bindestreger.",
    "FamilyId": "Bogstaver, cifre og bindestreger.",
}
