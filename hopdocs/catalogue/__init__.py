"""The wording of every code, one folder a language: what a diagnostic says, its hint, and its long text.

A code's entry stands in the file of its hundred (`hd1.yaml` holds HD100-HD199), in `da/` and in `en/`:

    HD203:
      message: 'tovholder "{staff}" is not an authority adviser'
      hint: choose one of {choices}
      explain: |
        Why the rule exists, with its source, and how to mend it.

Code ranges: HD1xx what stands in a YAML file, HD2xx and HD6xx the domain's rules, HD3xx templates, documents and
PDF, HD4xx notices and mail, HD5xx workspace, build and machine, HD7xx operation: the operator's file, backups,
forgetting, other machines, HD8xx figures. The first hundred of the rules is full: a new rule takes the next number of
HD6xx.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from hopdocs.catalogue.field_words import say_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOME: Final = Path(__file__).parent
Language: TypeAlias = Literal["da", "en"]
_SAYS_LANGUAGE: Final = ("HOPDOCS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
"""Ours, then those of POSIX in their order."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One code's texts, before parameters are filled in."""

    message: str
    hint: str
    explain: str


class _Params(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@cache
def load_wordings(language: Language) -> dict[str, Wording]:
    """Every code's wording in one language; no code stands in two files, or in the wrong one."""
    found: dict[str, Wording] = {}
    for path in sorted((_HOME / language).glob("*.yaml")):
        for code, texts in _parse(path.read_text(encoding="utf-8")).items():
            if code[:3].lower() != path.stem:
                msg = f"{code} does not belong in {language}/{path.name}"
                raise ValueError(msg)
            found[code] = texts
    return found


@cache
def wording(code: str, language: Language) -> Wording:
    """The texts of `code`; raises KeyError for a code that does not exist.

    They are cut out of their file: to parse all of it takes longer than most commands.
    """
    try:
        file = _read_hundred(language, code[:3].lower())
    except FileNotFoundError as err:
        raise KeyError(code) from err
    begin = file.find(f"\n{code}:")
    if begin < 0:
        raise KeyError(code)
    end = file.find("\nHD", begin + 1)
    return _parse(file[begin : end + 1 if end >= 0 else None])[code]  # with the line break that ends it


@cache
def _read_hundred(language: Language, hundred: str) -> str:
    return "\n" + (_HOME / language / f"{hundred}.yaml").read_text(encoding="utf-8")


def _parse(text: str) -> dict[str, Wording]:
    import yaml  # noqa: PLC0415 - where nothing is wrong nothing is read

    raw = yaml.load(text, Loader=yaml.CSafeLoader) or {}
    return {code: Wording(texts["message"], texts.get("hint", ""), texts["explain"]) for code, texts in raw.items()}


def fill_message(code: str, params: Mapping[str, str], language: Language) -> str:
    """The one-line statement of the fact. What it is due to may be a code too, and is said in its words."""
    said = {key: fill_message(params[key], _without(params, key), language) for key in _CODED if _is_code(params, key)}
    if language == "da" and code in _NAMING_FIELDS:
        said["fields"] = say_fields(params.get("fields", ""))
    return wording(code, language).message.format_map(_Params({**params, **said}))


_NAMING_FIELDS: Final = frozenset({"HD551", "HD553", "HD571", "HD572", "HD574"})
"""Why a document was made anew: they name what of it changed."""
_CODED: Final = ("fault", "why")
_CODE: Final = re.compile(r"HD[1-9][0-9]{2}")


def _is_code(params: Mapping[str, str], key: str) -> bool:
    return _CODE.fullmatch(params.get(key, "")) is not None


def _without(params: Mapping[str, str], key: str) -> dict[str, str]:
    """Those that a code inside another may name; never itself again."""
    return {name: value for name, value in params.items() if name != key}


def fill_hint(code: str, params: Mapping[str, str], language: Language) -> str:
    """How to mend it; empty if there is nothing to add."""
    return wording(code, language).hint.format_map(_Params(params))


def choose_language() -> Language:
    """`HOPDOCS_LANG`, else the locale, else English.

    The locale is read where the person says it: the wording is ours, so the machine need not have the locale built.
    """
    wanted = next((said for name in _SAYS_LANGUAGE if (said := os.environ.get(name))), "")
    return "da" if wanted.lower().startswith("da") else "en"
