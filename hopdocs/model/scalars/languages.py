"""The languages that a letter can be written in, by the names and codes that people write.

Which there are is Babel's to say (CLDR), with one beside them: easy Danish, whose dates are Danish.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Final

from hopdocs.model.scalars.values import Reader, parse_text, reject, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

_DANISH: Final = "da_DK"
_CODE: Final = re.compile(r"[a-z]{2,3}(_[a-z0-9]{2,8})*", re.IGNORECASE)
_ALSO_CALLED: Final = {"farsi": "persisk", "let": "let dansk"}
_TERRITORIES: Final = {"en": "GB", "da": "DK"}
"""Where CLDR would take another country's way of writing dates than a letter from Denmark should."""


@dataclass(frozen=True, slots=True)
class LetterLanguage:
    """A language as letters are written in it.

    `code` is what a template's file name ends with: `invitation.en.docx`. `name` is its Danish name. `locale` is
    Babel's. `tag` is what Word and PDF call it (BCP 47). Dari is Persian as it is written in Afghanistan: its templates
    are those of Persian, its months have other names.
    """

    code: str
    name: str
    locale: str
    tag: str
    is_right_to_left: bool = False

    @property
    def is_danish(self) -> bool:
        """Whether dates and lists are those of Danish."""
        return self.locale == _DANISH


DANISH: Final = LetterLanguage("da", "dansk", _DANISH, "da-DK")
EASY_DANISH: Final = LetterLanguage("da-let", "let dansk", _DANISH, "da-DK")


@cache
def find_language(word: str) -> LetterLanguage | None:
    """The language of a Danish name (`engelsk`, `dari`, `let dansk`) or a code (`en`, `da-let`); None if there is none.

    A name with a region of its own (`dari`) is the language that it is written in.
    """
    wanted = " ".join(word.casefold().split())
    wanted = _ALSO_CALLED.get(wanted, wanted)
    own = {item.code: item for item in (DANISH, EASY_DANISH)} | {item.name: item for item in (DANISH, EASY_DANISH)}
    if wanted in own:
        return own[wanted]
    code = _code_of(wanted) or wanted.replace("-", "_")
    return _language(code) if _CODE.fullmatch(code) else None


@cache
def _danish_names() -> Mapping[str, str]:
    """What CLDR's languages are called in Danish, by their codes; asked only where a language is not Danish."""
    from babel import Locale  # noqa: PLC0415

    names: Mapping[str, str] = Locale.parse(_DANISH).languages
    return names


def _code_of(wanted: str) -> str:
    """The code of a language that has data, by its name; where two share a name, the shorter code."""
    from babel import localedata  # noqa: PLC0415

    named = [code for code, name in _danish_names().items() if name.casefold() == wanted and localedata.exists(code)]
    return min(reversed(named), key=len, default="")


def _language(code: str) -> LetterLanguage | None:
    from babel import Locale, localedata  # noqa: PLC0415
    from babel.core import get_global  # noqa: PLC0415

    if not localedata.exists(code) or code == "root":
        return None
    locale = Locale.parse(code)
    likely = Locale.parse(get_global("likely_subtags").get(locale.language, locale.language))
    territory = locale.territory or _TERRITORIES.get(locale.language) or likely.territory
    name = _danish_names().get(code) or _danish_names().get(locale.language) or code
    written = f"{locale.language}_{territory}"
    return LetterLanguage(
        code=locale.language,
        name=name,
        locale=written if localedata.exists(written) else code,
        tag=f"{locale.language}-{territory}" if territory else locale.language,
        is_right_to_left=locale.character_order == "right-to-left",
    )


def language_of_template(variant: str) -> LetterLanguage:
    """The language that a template's variant ends with (`en`, `ung.en`); Danish for one that is a form of a letter."""
    code = variant.rpartition(".")[2]
    found = find_language(code) if code else None
    return found if found is not None and found.code == code else DANISH


def _parse_language(text: str) -> str:
    """A language by name or code, kept as it was written."""
    if find_language(parse_text(text)) is None:
        reject("HD690", value=shorten(text))
    return text


LanguageWord = Annotated[str, Reader(_parse_language, {"type": "string"})]
"""A language that letters can be written in, by its Danish name or its code."""


def _parse_language_code(text: str) -> str:
    """The same, as the code that templates' names have."""
    found = find_language(_parse_language(text))
    return found.code if found is not None else text


LanguageCode = Annotated[str, Reader(_parse_language_code, {"type": "string"})]
"""A language as the key of what is said in it."""
